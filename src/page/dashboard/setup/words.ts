/** All texts of agents, numbers and providers, and of lists of what is set up once. Pure. */

import type { Agent } from "../../../client/client.ts";

export const WORDS = {
  save: "Save",
  saved: (name: string) => `${name} is saved.`,
  change: "Change",
  changeLabel: (name: string) => `Change ${name}`,
  delete: "Delete",
  deleteLabel: (name: string) => `Delete ${name}`,
  deleteTitle: (one: string) => `Delete this ${one}?`,
  deleteAbout: (name: string) => `${name} is deleted for good. You cannot delete it while a running batch uses it.`,
  deleted: (name: string) => `${name} is deleted.`,
  none: (one: string) => `No ${one} yet`,
} as const;

/** What a page of things says of itself. */
export type KeptWords = {
  readonly title: string;
  readonly about: string;
  /** What the first one is for, while there is none. */
  readonly first: string;
  /** "agent": for sentences. */
  readonly one: string;
  readonly add: string;
};

export type Kind = Agent["connection"]["type"];
type Place = { readonly label: string; readonly placeholder: string; readonly hint: string };

export const AGENTS = {
  title: "Agents",
  about: "An agent talks to the people who answer. It runs behind a WebSocket, at Cartesia Line or at LiveKit.",
  first: "A batch needs an agent to talk to people.",
  one: "agent",
  add: "New agent",
} as const satisfies KeptWords;

export const AGENT = {
  edit: "Edit agent",
  name: "Name",
  kind: "Where it runs",
  webhook: "Webhook",
  noWebhook: "None of its own",
  webhookHint: "It gets events of its agents only. A webhook that no agent has gets all events.",
} as const;

export const KINDS: Readonly<Record<Kind, string>> = {
  websocket: "WebSocket",
  cartesia: "Cartesia Line",
  livekit: "LiveKit",
};

export const PLACES: Readonly<Record<Kind, Place>> = {
  websocket: {
    label: "WebSocket URL",
    placeholder: "wss://agent.example.com/audio",
    hint: "New calls connect to it.",
  },
  cartesia: {
    label: "Cartesia agent ID",
    placeholder: "agent_…",
    hint: "Needs a Cartesia provider.",
  },
  livekit: {
    label: "LiveKit agent name",
    placeholder: "my-agent",
    hint: "Needs a SIP trunk provider with LiveKit as its gateway.",
  },
};

export const NUMBERS = {
  title: "Numbers",
  about: "The numbers you call from. People see them when their phone rings.",
  first: "A batch calls from one of your numbers. Add a provider first.",
  one: "number",
  add: "Add a number",
} as const satisfies KeptWords;

export const NUMBER = {
  edit: "Edit number",
  label: "Label",
  labelHint: "Main line",
  number: "Number",
  provider: "Provider",
  noProvider: "Add a provider first",
  agent: "Agent",
  noAgent: "None",
  pace: "Calls per second, at most",
  paceHint: "From this number. Empty: as fast as the provider allows.",
  paceShown: (pace: number) => `${pace} calls per second`,
} as const;

export const PROVIDERS = {
  title: "Providers",
  about: "Carrier accounts that place your calls. Secrets are stored encrypted and never shown again.",
  first: "Connect the carrier account that places your calls, or your own dialer.",
  one: "provider",
  add: "New provider",
} as const satisfies KeptWords;

export const PROVIDER = {
  edit: "Edit provider",
  carrier: "Carrier",
  label: "Label",
  labelHint: "Main account",
  keep: "Leave empty to keep it.",
  usual: "Default",
  unchanged: "Unchanged",
  truths: { true: "Yes", false: "No" } as Readonly<Record<string, string>>,
} as const;
