/** Changes that a human can make to a running batch. Pure: takes a row, returns the changed row or the refusal. */

import type { Ordered } from "../../calling/messages/act.ts";
import type { CallingWindow } from "../../calling/messages/calling-window.ts";
import { policyProblem, type RetryPolicy } from "../../calling/messages/retry-policy.ts";
import { type Failure, wrongState } from "../../calling/requests/failure.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { totalsOf } from "../../calling/words/batch-status.ts";
import type { CircuitBreaker } from "../../calling/words/circuit-breaker.ts";
import { closedByHuman, withPolicy } from "../attempts/circuit.ts";
import type { Roster } from "../people/roster.ts";
import { reprioritized, retargeted } from "../slots/request.ts";
import type { BatchRow } from "../store/batch-row.ts";

/** Absent: unchanged. */
export type BatchChange = {
  readonly name?: string;
  /** Within the organization's limit. */
  readonly target_concurrency_limit?: number;
  readonly priority?: number;
  /** Epoch ms; null: at once. */
  readonly scheduledAt?: number | null;
  /**
   * For calls that end from now on; recipients who already wait for another call still do. Null: only a human calls
   * again.
   */
  readonly retryPolicy?: RetryPolicy | null;
  /** The batch's own; null: only the organization's window holds. */
  readonly callingWindow?: CallingWindow | null;
  /** Null: no circuit breaker; an open one closes. */
  readonly circuitBreaker?: CircuitBreaker | null;
  /** Null: unlimited. */
  readonly calls_per_second?: number | null;
};

/** As JSON; absent: unchanged. */
const stored = (value: object | null | undefined, before: string | null): string | null =>
  value === undefined ? before : value === null ? null : JSON.stringify(value);

const OVER = wrongState("batch_over", "no recipient of this batch waits; there is nothing to pause");

/** A recipient waits, or may wait again: the retry policy may repeat a call in flight. */
const mayDial = ({ retry_policy }: BatchRow, { counts, flying }: Roster): boolean =>
  counts.queued > 0 || (flying > 0 && retry_policy !== null);

/** No recipient is dialed until it is resumed; calls in flight run to their end. Idempotent. */
export function paused(row: BatchRow, roster: Roster, { at: now }: Ordered): Result<BatchRow, Failure> {
  if (row.paused_at !== null) return ok(row);
  return mayDial(row, roster) ? ok({ ...row, paused_at: now, changed_at: now }) : err(OVER);
}

/** Returns to its old place in the organization's queue, whether a human or its circuit breaker stopped it. */
export function resumed(row: BatchRow, now: number): BatchRow {
  const closed = closedByHuman(row, now);
  return closed.paused_at === null ? closed : { ...closed, paused_at: null, changed_at: now };
}

type Steered = (row: BatchRow, roster: Roster, ordered: Ordered) => Result<BatchRow, Failure>;
/** What a human orders in one word: `POST …/{id}/{word}`. */
export const STEERING = {
  pause: paused,
  resume: (row, _, { at }) => ok(resumed(row, at)),
} as const satisfies Readonly<Record<string, Steered>>;
export type SteeringWord = keyof typeof STEERING;

export function changed(row: BatchRow, roster: Roster, change: BatchChange, now: number): Result<BatchRow, Failure> {
  const problem = policyProblem(change.retryPolicy ?? null, row.on_voicemail);
  if (problem !== null) return err(problem);
  let after = row;
  if (change.name !== undefined && change.name !== row.name) after = { ...after, name: change.name, changed_at: now };
  if (change.calls_per_second !== undefined && change.calls_per_second !== row.calls_per_second) {
    after = { ...after, calls_per_second: change.calls_per_second, changed_at: now };
  }
  const { target_concurrency_limit: target } = change;
  if (target !== undefined) after = retargeted(after, target, roster.flying, now);
  if (change.priority !== undefined) after = reprioritized(after, change.priority, now);
  const retry_policy = stored(change.retryPolicy, row.retry_policy);
  const calling_window = stored(change.callingWindow, row.calling_window);
  if (retry_policy !== row.retry_policy || calling_window !== row.calling_window) {
    after = { ...after, retry_policy, calling_window, changed_at: now };
  }
  after = withPolicy(after, stored(change.circuitBreaker, row.circuit_breaker), now);
  if (change.scheduledAt !== undefined && change.scheduledAt !== row.scheduled_at) {
    if (totalsOf(roster.counts).total_calls_dispatched > 0 || row.retry_count > 0) {
      return err(wrongState("batch_started", "dialing has begun, so the start cannot be moved; pause the batch"));
    }
    after = { ...after, scheduled_at: change.scheduledAt, changed_at: now };
  }
  return ok(after);
}
