/**
 * Decides about a request for direct calls before anything is dialed. Checks each destination's calling window, and how
 * many slots are free. Slots go to destinations in the order of the request; the rest are refused one by one, and none
 * waits. Pure. Published API: `POST /agents/calls`.
 */

import type { CallingWindow } from "../../calling/messages/calling-window.ts";
import type { Admission, DirectCallError, DirectCallErrorCode } from "../../calling/words/direct-call.ts";
import { NOT_DIALED } from "../../calling/words/not-dialed.ts";
import { hoursOfNumber, opensAt } from "../../window/window.ts";

export type Destination = { readonly to_number: string; readonly timezone: string | null };

const refusal = (code: DirectCallErrorCode, message: string): DirectCallError => ({ code, message });

const NOTHING_FREE: DirectCallError = refusal(
  "concurrency_limited",
  "no slot of the organization's concurrency limit was free for this call; it was not dialed",
);

const LISTED: DirectCallError = refusal("do_not_call", NOT_DIALED.do_not_call);

function windowProblem(
  window: CallingWindow | null,
  { to_number, timezone }: Destination,
  ringingMs: number,
  now: number,
): DirectCallError | null {
  if (window === null) return null;
  const opening = opensAt(hoursOfNumber([window], to_number, timezone, ringingMs), now);
  if (opening === now) return null;
  const when =
    opening === null ? "is not known to open for this number" : `opens at ${new Date(opening).toISOString()}`;
  return refusal("outside_calling_window", `the organization's calling window is closed for this number and ${when}`);
}

/** `listed`: those of the destinations that are on the do-not-call list. */
export function admit(
  destinations: readonly Destination[],
  listed: ReadonlySet<string>,
  window: CallingWindow | null,
  ringingMs: number,
  free: number,
  now: number,
): Admission {
  let left = free;
  return destinations.map((destination) => {
    const problem = listed.has(destination.to_number) ? LISTED : windowProblem(window, destination, ringingMs, now);
    if (problem !== null) return problem;
    left -= 1;
    return left < 0 ? NOTHING_FREE : null;
  });
}

export const admittedCount = (admission: Admission): number => admission.filter((error) => error === null).length;

/** No destination is called, and at least one only for lack of a slot. The same request may succeed a moment later. */
export const isOnlyShortOfSlots = (admission: Admission): boolean =>
  admittedCount(admission) === 0 && admission.includes(NOTHING_FREE);
