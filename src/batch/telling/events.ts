/**
 * The webhook events of a change. Pure: takes a row, or the state of the batch, before and after; returns events. A
 * repeated change has no events, so each is sent once, however often its cause is heard.
 */

import type { BatchEventType, CallEventType } from "../../calling/messages/webhook.ts";
import { batchStatusOf, isAtRest, type RecipientCounts } from "../../calling/words/batch-status.ts";
import { isBroken } from "../attempts/circuit.ts";
import type { AttemptRow } from "../store/attempt-states.ts";
import type { BatchRow } from "../store/batch-row.ts";

/** The state of a batch that its events follow from. */
export type Standing = {
  readonly isAdmitted: boolean;
  /** A recipient was not dialed because of the cancel. */
  readonly isCancelled: boolean;
  /** Its circuit breaker has opened and not closed since. */
  readonly isBroken: boolean;
  /** How the batch ended; null while a recipient waits or a call is in flight. */
  readonly restsAs: ReturnType<typeof batchStatusOf> | null;
};

export const standingOf = (
  row: Pick<BatchRow, "admitted_at" | "circuit_breaker" | "breaker">,
  counts: RecipientCounts,
): Standing => ({
  isAdmitted: row.admitted_at !== null,
  isCancelled: counts.cancelled > 0,
  isBroken: isBroken(row),
  restsAs: isAtRest(counts) ? batchStatusOf(counts) : null,
});

/**
 * An attempt that never was a call has no event: its recipient failed before a carrier was asked. Lists of calls leave
 * it out too. No `call_started` if the carrier never reported the answer.
 */
export function callEventOf(
  before: Pick<AttemptRow, "status">,
  after: Pick<AttemptRow, "status" | "dispatched_at">,
): CallEventType | null {
  if (before.status === after.status || after.dispatched_at === null) return null;
  switch (after.status) {
    case "started":
      return "call_started";
    case "completed":
      return "call_completed";
    case "failed":
      return "call_failed";
    case "queued":
    case "dispatched":
    case "cancelled":
      return null;
  }
}

/**
 * `batch_completed`: all recipients are finished and none was cancelled, even if all failed. Sent again after a retry
 * or an append.
 */
export function batchEventsOf(before: Standing, after: Standing): BatchEventType[] {
  const events: BatchEventType[] = [];
  if (!before.isAdmitted && after.isAdmitted) events.push("batch_admitted");
  if (!before.isCancelled && after.isCancelled) events.push("batch_cancelled");
  if (!before.isBroken && after.isBroken) events.push("batch_circuit_opened");
  if (before.isBroken && !after.isBroken) events.push("batch_circuit_closed");
  if (before.restsAs === null && after.restsAs !== null && after.restsAs !== "cancelled") {
    events.push("batch_completed");
  }
  return events;
}
