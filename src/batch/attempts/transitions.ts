/**
 * New attempts, and what becomes of those that wait. `settle.ts` has what becomes of those in flight. Each status is a
 * cell of the table (`calling/words/recipient.ts`), so what the table does not allow does not compile. Pure.
 */

import { NOT_DIALED, type NotDialed } from "../../calling/words/not-dialed.ts";
import { RECIPIENT_STEPS, step } from "../../calling/words/recipient.ts";
import type { AttemptRow, Intent, Queued, Unplaced } from "../store/attempt-states.ts";
import { INTENT_DUE_MS } from "./timing.ts";

const untried = (number: number, position: number, attempt: number, createdAt: number): Queued => ({
  number,
  position,
  attempt,
  // A recipient without an attempt waits.
  status: RECIPIENT_STEPS.failed.requeue,
  token: null,
  carrier_call_id: null,
  created_at: createdAt,
  dispatched_at: null,
  answered_at: null,
  ended_at: null,
  end_reason: null,
  error_message: null,
  due_at: null,
  updated_at: createdAt,
  deferred_since: null,
  ended_because: null,
  carrier_code: null,
  sip_code: null,
  failure_reason: null,
  answered_by: null,
  redacted_at: null,
});

/** The recipient's first attempt, before it is dispatched. */
export const firstAttempt = (number: number, position: number, createdAt: number): Queued =>
  untried(number, position, 1, createdAt);

/**
 * The intent to dial. Time in which the attempt was due but not tried, because of a window or a human, does not count
 * as deferred.
 */
export function dispatched(row: Queued, token: string, now: number): Intent {
  const { deferred_since: since, due_at: dueAt } = row;
  return {
    ...row,
    status: RECIPIENT_STEPS.queued.dispatch,
    token,
    dispatched_at: now,
    due_at: now + INTENT_DUE_MS,
    error_message: null,
    deferred_since: since === null ? null : since + Math.max(0, now - (dueAt ?? now)),
    updated_at: now,
  };
}

/** The recipient's next attempt, which waits until `dueAt`; null if this one can have none. */
export const nextAttempt = (ended: AttemptRow, number: number, dueAt: number, now: number): Queued | null =>
  step(ended.status, "requeue") === RECIPIENT_STEPS.failed.requeue
    ? { ...untried(number, ended.position, ended.attempt + 1, now), due_at: dueAt }
    : null;

/** A waiting recipient fails without a call. */
export const notDialed = (row: Queued, why: NotDialed, now: number): Unplaced => ({
  ...row,
  status: RECIPIENT_STEPS.queued.abandon,
  error_message: NOT_DIALED[why],
  failure_reason: why,
  ended_at: now,
  due_at: null,
  updated_at: now,
});
