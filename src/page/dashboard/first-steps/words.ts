/** All texts of the first steps and of the test call. Pure. */

import type { Call } from "../../../client/client.ts";

export const WORDS = {
  title: "Get started",
  about: "Four steps to your first batch.",
  done: "(done)",
  view: "View",
  viewLabel: (page: string) => `View ${page}`,
} as const;

export const STEPS = {
  provider: {
    title: "Connect a provider",
    about: "The carrier account that places your calls.",
    action: "Connect",
  },
  number: { title: "Add a number", about: "People see it when their phone rings.", action: "Add" },
  agent: { title: "Create an agent", about: "The voice that talks to people.", action: "Create" },
  call: { title: "Make a test call", about: "Call your own phone first.", action: "Call me" },
} as const;

export const TEST_CALL = {
  title: STEPS.call.title,
  about: "Your phone rings now. Nobody else is called.",
  action: STEPS.call.action,
  number: "Your phone number",
  numberHint: "+1 415 555 0123",
  agent: "Agent",
  from: "Call from",
  done: "Done",
  incomplete: "Include the country code, like +1 415 555 0123.",
  notPlaced: "The call was not placed",
} as const;

export const CALL_STATES: Readonly<Record<Call["status"], string>> = {
  created: "Ringing. Pick up your phone.",
  started: "Connected. Talk to your agent, then hang up.",
  completed: "It works: the call connected and ended.",
  failed: "The call failed.",
};
