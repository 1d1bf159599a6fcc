/** What each order of a human writes. */

import type { Ordered } from "../../../calling/messages/act.ts";
import type { NewRecipient } from "../../../calling/messages/batch-order.ts";
import { present } from "../../../calling/requests/assert.ts";
import { conflict, type Failure, notFound, wrongState } from "../../../calling/requests/failure.ts";
import { err, ok, type Result } from "../../../calling/requests/result.ts";
import { isOver } from "../../../calling/words/recipient.ts";
import { changedRemarks, isSame, type RemarksChange } from "../../../calling/words/remarks.ts";
import { eraseRecipient, eraseRecipients } from "../../people/erasing.ts";
import { STEERING } from "../../steering/steering.ts";
import { cancelQueued, findAttempt, mayRetry, requeueFailed } from "../../store/attempts.ts";
import { type BatchRow, webhooksText } from "../../store/batch-row.ts";
import { cancelledRow, withoutCancel } from "../../store/cancellation.ts";
import { packRecipients } from "../../store/recipients.ts";
import { putRemarks, remarksOfCall } from "../../store/remarks.ts";
import type { Batch } from "../batch.ts";
import type { CallNow, Order } from "../effects.ts";
import type { Write } from "../state.ts";

/** The refusal, or what is written; null: nothing to do. */
export function obeyed(batch: Batch, order: Order, ordered: Ordered): Result<Write, Failure> {
  const { at: now } = ordered;
  switch (order.kind) {
    case "cancel":
      return ok(cancelled(batch, ordered));
    case "erase_call":
      return callErased(batch, order.number, now);
    case "remark":
      return remarked(batch, order.number, order.change, now);
    case "erase_person":
      return ok(order.positions.length === 0 ? null : () => eraseRecipients(batch, order.positions, now));
    case "call_now":
      return ok(calledNow(batch, order.request, order.recipients, now));
    case "steer": {
      const after = STEERING[order.word](batch.row, batch.roster, ordered);
      return after.ok ? ok(steered(batch, after.value)) : after;
    }
  }
}

function cancelled(batch: Batch, ordered: Ordered): Write {
  const { row, roster } = batch;
  if (roster.counts.queued === 0 && (roster.flying === 0 || row.cancelled_at !== null)) return null;
  return () => {
    cancelQueued(batch.sql, ordered.at);
    batch.replaceRow(cancelledRow(row, ordered));
    batch.recount();
  };
}

/** Failed recipients wait again. */
export function retried(batch: Batch, now: number): Write {
  const { row, roster } = batch;
  if (roster.counts.failed === 0 || !mayRetry(batch.sql)) return null;
  return () => {
    requeueFailed(batch.sql, now);
    const retry_count = row.retry_count + 1;
    batch.replaceRow({ ...withoutCancel(row), retry_count, changed_at: now, rest_known: 0 });
    batch.recount();
  };
}

const NOT_OVER = conflict(
  "call_not_over",
  "the recipient of this call is being called, or waits for a call; first cancel the call or the batch, or wait for its end",
);

function callErased(batch: Batch, number: number, now: number): Result<Write, Failure> {
  const row = findAttempt(batch.sql, number);
  if (row === null || row.dispatched_at === null) return err(notFound("call"));
  if (row.redacted_at !== null && batch.recipients.at(row.position).to_number === "") return ok(null);
  if (!isOver(batch.roster.statusOf(row.position))) return err(NOT_OVER);
  return ok(() => {
    eraseRecipient(batch, row.position, now);
  });
}

const ERASED = wrongState("call_redacted", "the personal data of this call is erased, so nothing can be said about it");

/** Null if something may be said about the call. */
export function remarkProblem({ sql }: Pick<Batch, "sql">, number: number): Failure | null {
  const row = findAttempt(sql, number);
  if (row === null || row.dispatched_at === null) return notFound("call");
  return row.redacted_at === null ? null : ERASED;
}

function remarked(batch: Batch, number: number, change: RemarksChange, now: number): Result<Write, Failure> {
  const problem = remarkProblem(batch, number);
  if (problem !== null) return err(problem);
  const before = remarksOfCall(batch.sql, number);
  const after = changedRemarks(before, change);
  if (isSame(before, after)) return ok(null);
  return ok(() => {
    putRemarks(batch.sql, number, after);
    batch.outbox.remarked(number, now);
  });
}

function calledNow(
  batch: Batch,
  { id, requestedAt, webhooks, window }: CallNow,
  recipients: readonly NewRecipient[],
  now: number,
): Write {
  const { row } = batch;
  const direct = present(batch.direct, "only an object of direct calls is asked for them");
  if (direct.find(id) !== null) return null;
  const [first, count] = [row.total_recipients, recipients.length];
  return () => {
    batch.recipients.insert(packRecipients(recipients, first), now, { id, requestedAt });
    const settled_to = direct.settledTo;
    const total_recipients = first + count;
    batch.replaceRow({ ...row, total_recipients, settled_to, webhooks: webhooksText(webhooks), changed_at: now });
    direct.add({ id, requestedAt, first, count });
    batch.joined(first, count);
    if (window !== undefined) batch.windowLearned(window)?.();
  };
}

/** The row is another by a human's change. */
export function steered(batch: Batch, after: BatchRow): Write {
  const { row } = batch;
  if (after === row) return null;
  return () => {
    const isOtherPolicy = after.retry_policy !== row.retry_policy;
    if (isOtherPolicy) {
      // Earlier answers of the organization were given under another policy.
      batch.permission.forget();
      batch.heldBack.clear();
    }
    // The organization must be told, even if all recipients are finished.
    batch.replaceRow({ ...after, rest_known: 0, holds: isOtherPolicy ? null : after.holds });
    if (after.calling_window !== row.calling_window) batch.regroup();
  };
}
