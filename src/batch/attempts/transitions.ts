/**
 * New attempts, and changes of an attempt's status by the table (`calling/words/recipient.ts`). `settle.ts` handles
 * carriers' reports about attempts in flight. Pure: returns rows, which `people/moves.ts` stores.
 */

import { NOT_DIALED, type NotDialed } from "../../calling/words/not-dialed.ts";
import { LATE, type RecipientEvent, type RecipientStatus, step } from "../../calling/words/recipient.ts";
import type { AttemptRow, Dispatched } from "../store/attempts.ts";
import { INTENT_DUE_MS } from "./timing.ts";

/** A recipient without an attempt waits. */
const UNTRIED: RecipientStatus = "queued";

/** The row after the event; null if the event is too late. */
export function stepped(
  row: AttemptRow,
  event: RecipientEvent,
  now: number,
  change: Partial<AttemptRow>,
): AttemptRow | null {
  const status = step(row.status, event);
  return status === LATE ? null : { ...row, ...change, status, updated_at: now };
}

/** For events that cannot be too late. */
function surely(row: AttemptRow, event: RecipientEvent, now: number, change: Partial<AttemptRow>): AttemptRow {
  const after = stepped(row, event, now, change);
  if (after === null) throw new Error(`broken invariant: ${event} comes too late for who is ${row.status}`);
  return after;
}

const untried = (number: number, position: number, attempt: number, createdAt: number): AttemptRow => ({
  number,
  position,
  attempt,
  status: UNTRIED,
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
export const firstAttempt = (number: number, position: number, createdAt: number): AttemptRow =>
  untried(number, position, 1, createdAt);

/**
 * The intent to dial. Time in which the attempt was due but not tried, because of a window or a human, does not count
 * as deferred.
 */
export function dispatched(row: AttemptRow, token: string, now: number): Dispatched {
  const { deferred_since: since, due_at: dueAt } = row;
  const deferred_since = since === null ? null : since + Math.max(0, now - (dueAt ?? now));
  const change = { token, dispatched_at: now, due_at: now + INTENT_DUE_MS, error_message: null, deferred_since };
  return { ...surely(row, "dispatch", now, change), status: "dispatched", token, dispatched_at: now };
}

/** The recipient's next attempt, which waits until `dueAt`; null if this one can have none. */
export const nextAttempt = (ended: AttemptRow, number: number, dueAt: number, now: number): AttemptRow | null =>
  step(ended.status, "requeue") === UNTRIED
    ? { ...untried(number, ended.position, ended.attempt + 1, now), due_at: dueAt }
    : null;

/** A waiting recipient fails without a call. */
export const notDialed = (row: AttemptRow, why: NotDialed, now: number): AttemptRow =>
  surely(row, "abandon", now, {
    error_message: NOT_DIALED[why],
    failure_reason: why,
    ended_at: now,
    due_at: null,
  });
