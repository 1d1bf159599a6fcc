/** Events as text. Pure. */

import type { Delivery } from "../../../client/client.ts";

const WORDS: Readonly<Record<Delivery["type"], string>> = {
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

export const eventWords = (type: Delivery["type"]): string => WORDS[type];

const STATES = {
  pending: { word: "Pending", tone: "held" },
  delivered: { word: "Delivered", tone: "good" },
  failed: { word: "Failed", tone: "bad" },
} as const;

export const deliveryState = ({ status }: Pick<Delivery, "status">) => STATES[status];
