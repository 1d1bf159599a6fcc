/** All texts of webhooks, and events as text. Pure. */

import type { Delivery } from "../../../client/client.ts";
import { plural } from "../text/format.ts";

export const WORDS = {
  title: "Webhooks",
  about: "Send events about calls and batches to your own systems. Failed deliveries are retried for a day.",
  first: "Update your CRM when a call ends or a batch completes.",
  one: "webhook",
  add: "New webhook",
  on: "On",
  off: "Off",
  deliveries: "Deliveries",
  deliveriesTo: (webhook: string) => `Deliveries to ${webhook}`,
} as const;

export const FORM = {
  edit: "Edit webhook",
  name: "Name",
  nameHint: "Our CRM",
  url: "URL",
  urlHint: "Receives signed POST requests.",
  newUrlHint: "Receives signed POST requests. A new URL gets a new secret, shown once.",
  events: "Send these events",
  on: "On",
  onHint: "When off, nothing is sent.",
} as const;

export const SECRET = {
  title: "Webhook secret",
  about: "Use it to verify signatures. Copy it now: it is not shown again.",
  loss: "The secret is not shown again.",
  copied: "I have it",
} as const;

export const DELIVERIES = {
  test: "Send a test",
  none: "Nothing was sent yet.",
  attempts: (attempts: number) => plural(attempts, "attempt"),
  answered: (status: number) => `answered with ${status}`,
  next: (at: string) => `Again at ${at}`,
  again: "Send again",
} as const;

const EVENTS: Readonly<Record<Delivery["type"], string>> = {
  call_started: "A call was answered",
  call_completed: "A call was completed",
  call_failed: "A call failed",
  call_updated: "A call got an outcome, notes or tags",
  batch_admitted: "A batch started",
  batch_completed: "A batch was completed",
  batch_cancelled: "A batch was cancelled",
  batch_circuit_opened: "A batch stopped because its carrier failed",
  batch_circuit_closed: "A batch continued after its carrier recovered",
  test: "Test event",
};

export const eventWords = (type: Delivery["type"]): string => EVENTS[type];

const STATES = {
  pending: { word: "Pending", tone: "held" },
  delivered: { word: "Delivered", tone: "good" },
  failed: { word: "Failed", tone: "bad" },
} as const;

export const deliveryState = ({ status }: Pick<Delivery, "status">) => STATES[status];
