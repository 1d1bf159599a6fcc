/** Rows as the API shows them. As in the published API. Pure. */

import { factsOf } from "../../calling/messages/batch-facts.ts";
import type { AttemptView, BatchSummary, CallView, RecipientView } from "../../calling/messages/batch-view.ts";
import { type BatchRoute, callId, recipientId } from "../../calling/secrets/ids.ts";
import { batchStatusOf, type RecipientCounts, totalsOf } from "../../calling/words/batch-status.ts";
import { callStatusOf, type RecipientStatus } from "../../calling/words/recipient.ts";
import type { Remarks } from "../../calling/words/remarks.ts";
import { carrierNamed } from "../../dialer/carriers.ts";
import type { Dialing } from "../../dialer/dialing.ts";
import { circuitOf } from "../attempts/circuit.ts";
import type { AttemptRow, StoredAttempt } from "../store/attempt-states.ts";
import type { ShownAttempt } from "../store/attempt-texts.ts";
import type { BatchRow } from "../store/batch-row.ts";
import type { StoredRecipient } from "../store/recipients.ts";

/** What a summary takes from the roster. */
type Standing = {
  readonly counts: RecipientCounts;
  readonly called: number;
  readonly answered: number;
  readonly updatedAt: number;
};

/** What of a summary decides when it is told. */
export type SummaryHead = Pick<BatchSummary, "status" | "retry_count" | "admittedAt" | "lastUpdatedAt">;
export const summaryHead = (row: BatchRow, { counts, updatedAt }: Standing): SummaryHead => ({
  status: batchStatusOf(counts),
  retry_count: row.retry_count,
  admittedAt: row.admitted_at,
  lastUpdatedAt: Math.max(row.changed_at, updatedAt),
});

export const summaryOf = (row: BatchRow, { counts, called, answered, updatedAt }: Standing): BatchSummary => ({
  id: row.id,
  name: row.name,
  agent_id: row.agent_id,
  from_number_id: row.from_number_id,
  region: row.region,
  target_concurrency_limit: row.target_concurrency_limit,
  priority: row.priority,
  status: batchStatusOf(counts),
  ...totalsOf(counts),
  recipients_called: called,
  recipients_answered: answered,
  retry_count: row.retry_count,
  createdAt: row.created_at,
  lastUpdatedAt: Math.max(row.changed_at, updatedAt),
  ...factsOf(row),
  circuit: circuitOf(row),
});

/** `latest`: the recipient's latest attempt; null without one. */
export function recipientView(
  route: BatchRoute,
  batch: BatchRow,
  position: number,
  recipient: StoredRecipient,
  latest: ShownAttempt | null,
): RecipientView {
  const untried: RecipientStatus = batch.cancelled_at === null ? "queued" : "cancelled";
  const status = latest?.status ?? untried;
  const failedUnplaced = status === "failed" && latest?.carrier_call_id === null;
  const hasCall = latest !== null && callStatusOf(status) !== null && !failedUnplaced;
  return {
    id: recipientId(route, position),
    to_number: recipient.to_number,
    status,
    createdAt: recipient.addedAt ?? batch.created_at,
    external_id: recipient.external_id ?? null,
    redactedAt: latest?.redacted_at ?? null,
    metadata: recipient.metadata,
    agent_call_id: hasCall ? callId(route, latest.number) : null,
    end_reason: latest?.end_reason ?? null,
    answeredBy: latest?.answered_by ?? null,
    error_message: failedUnplaced ? latest.error_message : null,
    failureReason: failedUnplaced ? latest.failure_reason : null,
    timezone: null,
    nextEligibleAt: null,
    waiting: null,
    attempts: null,
  };
}

export const attemptView = (route: BatchRoute, row: AttemptRow): AttemptView => ({
  attempt: row.attempt,
  agent_call_id: row.dispatched_at === null ? null : callId(route, row.number),
  status: row.status,
  createdAt: row.created_at,
  dispatchedAt: row.dispatched_at,
  answeredAt: row.answered_at,
  endedAt: row.ended_at,
  end_reason: row.end_reason,
  answeredBy: row.answered_by,
  error_message: row.error_message,
  carrier_code: row.carrier_code,
  sip_code: row.sip_code,
});

/** `dialing`: names of agent and number, if they could be looked up. */
export function callView(
  route: BatchRoute,
  batch: BatchRow,
  recipient: StoredRecipient,
  row: StoredAttempt,
  remarks: Remarks | null,
  dialing: Dialing | null,
): CallView {
  return {
    id: callId(route, row.number),
    agent_id: batch.agent_id,
    agent_name: dialing?.agent.name ?? null,
    // Queued again after the carrier's "not now", or cancelled then: the API shows the call as created and not
    // finished, or as failed.
    status: callStatusOf(row.status) ?? (row.status === "queued" ? "created" : "failed"),
    createdAt: row.created_at,
    startedAt: row.answered_at,
    endedAt: row.ended_at,
    to_number: recipient.to_number,
    from_number: dialing?.from_number ?? null,
    call_sid: row.carrier_call_id || null,
    telephony_account_type: dialing === null ? null : carrierNamed(dialing.account.carrier).words.type,
    end_reason: row.end_reason,
    answeredBy: row.answered_by,
    error_message: row.status === "failed" ? row.error_message : null,
    external_id: recipient.external_id ?? null,
    metadata: recipient.metadata,
    redactedAt: row.redacted_at,
    remarks,
  };
}
