/**
 * Default concurrency when the request sets none. A batch keeps its slots until its recipients are through, used or
 * not. So a batch with a pace asks only for the slots which that pace keeps busy. Pure.
 */

import { type Capacity, mostForBatches } from "../../calling/messages/slots.ts";
import type { BatchRequest } from "../messages/calling.ts";

/** From dialing to the end of the call. Most calls are shorter; an unanswered one is much shorter. */
export const USUAL_CALL_SECONDS = 180;

type Slowly = Pick<BatchRequest, "callsPerSecond" | "ringing_timeout_seconds" | "max_call_duration_minutes">;

/** Half of the organization's limit, rounded down, at least one, and never more than batches may have. */
export function usualTarget(capacity: Capacity, request: Slowly): number {
  const half = Math.min(mostForBatches(capacity), Math.max(1, Math.floor(capacity.limit / 2)));
  if (request.callsPerSecond === null) return half;
  const longest = request.ringing_timeout_seconds + request.max_call_duration_minutes * 60;
  return Math.min(half, Math.ceil(request.callsPerSecond * Math.min(USUAL_CALL_SECONDS, longest)));
}
