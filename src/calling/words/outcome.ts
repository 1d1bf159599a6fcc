/**
 * What became of a recipient, as a person asks for it. A status says little (`failed`); together with the end reason it says
 * whether nobody answered, it was busy, or something failed. Pure.
 */

import type { EndReason } from "./call.ts";
import type { RecipientStatus } from "./recipient.ts";

/** In the order in which they are shown: first what is over, then what happens, then what waits. */
export const OUTCOMES = [
  "completed",
  "unanswered",
  "busy",
  "failed",
  "talking",
  "dialing",
  "queued",
  "cancelled",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

type Told = { readonly status: RecipientStatus; readonly end_reason?: EndReason | null | undefined };

export function outcomeOf({ status, end_reason }: Told): Outcome {
  switch (status) {
    case "started":
      return "talking";
    case "dispatched":
      return "dialing";
    case "failed":
      return end_reason === "dial_no_answer" ? "unanswered" : end_reason === "dial_busy" ? "busy" : "failed";
    case "queued":
    case "completed":
    case "cancelled":
      return status;
  }
}
