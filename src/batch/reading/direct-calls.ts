/** The answer to a request for direct calls: for each admitted destination, its call or why there is none. */

import { callId } from "../../calling/secrets/ids.ts";
import { type DirectCallOutcome, directCallError } from "../../calling/words/direct-call.ts";
import { NOT_DIALED } from "../../calling/words/not-dialed.ts";
import type { Batch } from "../core/batch.ts";
import { type DirectRequest, positionsOf } from "../core/direct-requests.ts";

/** How long the answer waits for the carrier. The call itself shows what becomes known later. */
export const PLACED_WITHIN_MS = 15_000;

/** A destination whose request left has a call, unless the carrier is known to have placed none. */
export function directCallOutcomes(
  { route, roster, attempts }: Pick<Batch, "route" | "roster" | "attempts">,
  request: DirectRequest,
): DirectCallOutcome[] {
  return positionsOf(request).map((position) => {
    const latest = roster.latestOf(position);
    const row = latest === null ? null : attempts.find(latest.number);
    // If the object did not dial in time, it never will.
    if (row === null) return directCallError("call_not_placed", NOT_DIALED.not_in_time);
    const isUnplaced = row.status === "failed" && row.carrier_call_id === null;
    if (!isUnplaced) return { kind: "call", callId: callId(route, row.number) };
    const code = row.failure_reason === "do_not_call" ? "do_not_call" : "call_not_placed";
    return directCallError(code, row.error_message ?? NOT_DIALED.not_in_time);
  });
}
