/**
 * The outcome of a recipient, as a person asks for it. A status says little (`failed`). With the end reason it tells a
 * missing answer from a busy line or a failure. Pure.
 */

import type { EndReason } from "./call.ts";
import type { RecipientStatus } from "./recipient.ts";

/** In display order: finished first, then in flight, then waiting. */
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
