/**
 * Which changes of an attempt may be lost for a moment, because the carrier tells them again. Then a crash costs a
 * question, and no fact. All other changes are stored before anything follows from them. Pure.
 */

import type { Capabilities } from "../../dialer/carrier.ts";
import type { AttemptRow } from "../store/attempt-states.ts";

/** How long such a change may be nowhere stored. */
export const UNSAVED_MS = 5_000;

/** `isAsked`: the carrier is asked whether a call was answered, for which its id must be known. */
type Teller = Pick<Capabilities, "finds" | "tellsDuration"> & { readonly isAsked: boolean };

/**
 * The carrier's id of a call: if it finds a call by our own id, and reports the answer. That the call was answered: if the
 * report of its end has the duration. Who answered is told once. What a human has ordered is kept at once.
 */
export function isToldAgain(before: AttemptRow, after: AttemptRow, { finds, tellsDuration, isAsked }: Teller): boolean {
  const { status, carrier_call_id, ended_because, answered_by, redacted_at } = after;
  if ((status !== "dispatched" && status !== "started") || carrier_call_id === null) return false;
  if (ended_because !== null || redacted_at !== null || answered_by !== before.answered_by) return false;
  const isFound = before.carrier_call_id !== null || (finds === "exactly" && !isAsked);
  return isFound && (status === before.status || tellsDuration);
}
