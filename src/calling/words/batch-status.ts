/**
 * A batch's status is never stored. It is derived from the counts of its recipients by status, which equal a recount of
 * the rows (promise 6). As in the published API.
 */

import type { RecipientStatus } from "./recipient.ts";

export const BATCH_STATUSES = ["pending", "in_progress", "completed", "failed", "cancelled"] as const;
export type BatchStatus = (typeof BATCH_STATUSES)[number];

export type RecipientCounts = Readonly<Record<RecipientStatus, number>> & {
  /** Of the failed ones: recipients whose latest attempt ended before a call was placed. */
  readonly unplaced: number;
};

export type BatchTotals = {
  readonly total_calls_scheduled: number;
  readonly total_calls_dispatched: number;
  readonly total_calls_finished: number;
};

export const NO_RECIPIENTS: RecipientCounts = {
  queued: 0,
  dispatched: 0,
  started: 0,
  completed: 0,
  failed: 0,
  cancelled: 0,
  unplaced: 0,
};

export function totalsOf(counts: RecipientCounts): BatchTotals {
  const finished = counts.completed + counts.failed;
  const dispatched = finished + counts.dispatched + counts.started;
  return {
    total_calls_scheduled: dispatched + counts.queued + counts.cancelled,
    total_calls_dispatched: dispatched,
    total_calls_finished: finished,
  };
}

export function batchStatusOf(counts: RecipientCounts): BatchStatus {
  const totals = totalsOf(counts);
  if (counts.cancelled > 0) return "cancelled";
  if (counts.unplaced === totals.total_calls_scheduled) return "failed";
  if (totals.total_calls_dispatched === 0) return "pending";
  return totals.total_calls_dispatched < totals.total_calls_scheduled ? "in_progress" : "completed";
}

/** No recipient is queued or in flight: only a retry continues the batch. */
export const isAtRest = (counts: RecipientCounts): boolean =>
  counts.queued === 0 && counts.dispatched === 0 && counts.started === 0;
