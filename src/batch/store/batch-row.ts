/** The batch's own row: what was ordered, and its state with the ledger. */

import type { BatchOrder, OrderKind } from "../../calling/messages/batch-order.ts";
import type { RetryPolicy } from "../../calling/messages/retry-policy.ts";
import type { WebhookTarget } from "../../calling/messages/webhook.ts";
import { present } from "../../calling/requests/assert.ts";
import type { Region } from "../../calling/words/region.ts";
import type { OnVoicemail } from "../../calling/words/voicemail.ts";
import type { Sql } from "../../storage/sql.ts";

/** Persisted. */
export type BatchRow = {
  readonly id: string;
  readonly kind: OrderKind;
  readonly organization_id: string;
  readonly name: string;
  readonly agent_id: string;
  readonly from_number_id: string;
  readonly region: Region;
  readonly target_concurrency_limit: number;
  readonly ringing_timeout_seconds: number;
  readonly max_call_duration_minutes: number;
  readonly callback_base_url: string;
  readonly total_recipients: number;
  readonly created_at: number;
  readonly scheduled_at: number | null;
  /** When slots were granted for the first time. */
  readonly admitted_at: number | null;
  /** When a human cancelled the batch. Null if no recipient waited then: such a batch can be retried, and grow. */
  readonly cancelled_at: number | null;
  readonly retry_count: number;
  /** The last change of this row; attempts' rows have their own. */
  readonly changed_at: number;
  /** Counts the requests to the ledger; 0 before the first. */
  readonly request_number: number;
  readonly request_open: 0 | 1;
  /** The grant of the open request; null while it waits, and without a request. */
  readonly granted_slots: number | null;
  /** The organization has acknowledged that this batch is finished and holds no slots. */
  readonly rest_known: 0 | 1;
  readonly paused_at: number | null;
  /** JSON of a `RetryPolicy`; null: only a human calls again. */
  readonly retry_policy: string | null;
  /** JSON of a `CallingWindow`; null: calls are allowed at any time. */
  readonly calling_window: string | null;
  /** JSON of `WebhookTarget`s, which get the events; null: none. */
  readonly webhooks: string | null;
  /** How many of the recipients were appended after the creation. */
  readonly appended_recipients: number;
  /** JSON of a `CircuitBreaker`; null without one. */
  readonly circuit_breaker: string | null;
  /** JSON of a `Breaker`; null if it has never opened. */
  readonly breaker: string | null;
  /** The most calls that it begins in a second; null: unlimited. */
  readonly calls_per_second: number | null;
  /** What to do if a machine answers; null: the carrier is not asked who answers. */
  readonly on_voicemail: OnVoicemail | null;
  /** JSON of the organization's `CallingWindow`, as last heard; null: none, or not known. */
  readonly floor: string | null;
  /**
   * Which recipients the organization holds back, and until when, while the batch asks for no slots. So it can report
   * the reason after it has slept. Null while it asks for slots.
   */
  readonly holds: string | null;
  /** Until when the pace of the organization, its provider or its number delays all calls, if that is not soon. */
  readonly paced_until: number | null;
  /** What the open request asks for; null: the target. */
  readonly asked_slots: number | null;
  /** Slots that it keeps while its open request for more waits; null without any. */
  readonly kept_slots: number | null;
  /** The grant, if the organization granted less than was asked for; otherwise null. */
  readonly most_slots: number | null;
  /** Until when the organization's reports have been told of attempts; 0 before the first time. */
  readonly sums_told: number;
  /** Of direct calls: the organization has acknowledged that everybody before this position is through. */
  readonly settled_to: number;
};

const COLUMNS = `id, organization_id, name, agent_id, from_number_id, region, target_concurrency_limit,
  ringing_timeout_seconds, max_call_duration_minutes, callback_base_url, total_recipients, created_at, scheduled_at,
  admitted_at, cancelled_at, retry_count, changed_at, request_number, request_open, granted_slots, rest_known,
  paused_at, retry_policy, calling_window, webhooks, kind, appended_recipients,
  circuit_breaker, breaker, calls_per_second, on_voicemail, floor, holds, paced_until, asked_slots, kept_slots,
  most_slots, sums_told, settled_to`;

const SELECT = /*sql*/ `SELECT ${COLUMNS} FROM batch`;
const INSERT = /*sql*/ `
  INSERT INTO batch (only_row, ${COLUMNS})
  VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, 0, ?, 0, 0, NULL, 0, NULL, ?, ?, ?, ?, 0, ?, NULL, ?, ?, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0)`;
const UPDATE = /*sql*/ `
  UPDATE batch SET name = ?, target_concurrency_limit = ?, scheduled_at = ?, paused_at = ?, admitted_at = ?,
    cancelled_at = ?, retry_count = ?, changed_at = ?, request_number = ?, request_open = ?, granted_slots = ?,
    rest_known = ?, webhooks = ?, retry_policy = ?, calling_window = ?, total_recipients = ?, appended_recipients = ?,
    circuit_breaker = ?, breaker = ?, calls_per_second = ?, floor = ?, holds = ?,
    paced_until = ?, asked_slots = ?, kept_slots = ?, most_slots = ?, sums_told = ?, settled_to = ?`;

/** As stored in the row. */
export const webhooksText = (targets: readonly WebhookTarget[]): string | null =>
  targets.length === 0 ? null : JSON.stringify(targets);

export const webhooksOf = ({ webhooks }: Pick<BatchRow, "webhooks">): readonly WebhookTarget[] =>
  webhooks === null ? [] : (JSON.parse(webhooks) as WebhookTarget[]);

/** Null: only a human calls again. */
export const retryPolicyOf = ({ retry_policy }: Pick<BatchRow, "retry_policy">): RetryPolicy | null =>
  retry_policy === null ? null : (JSON.parse(retry_policy) as RetryPolicy);

export const readBatch = (sql: Sql): BatchRow => present(sql.first<BatchRow>(SELECT), "a created batch has its row");

export function insertBatch(sql: Sql, order: BatchOrder, recipients: number, now: number): void {
  sql.run(
    INSERT,
    order.id,
    order.organizationId,
    order.name,
    order.agent_id,
    order.from_number_id,
    order.region,
    order.target_concurrency_limit,
    order.ringing_timeout_seconds,
    order.max_call_duration_minutes,
    order.callbackBaseUrl,
    recipients,
    order.createdAt,
    order.scheduledAt,
    now,
    // Orders that an earlier version announced have none of these fields.
    order.retryPolicy ? JSON.stringify(order.retryPolicy) : null,
    order.callingWindow ? JSON.stringify(order.callingWindow) : null,
    webhooksText(order.webhooks ?? []),
    order.kind ?? "batch",
    order.circuitBreaker ? JSON.stringify(order.circuitBreaker) : null,
    order.callsPerSecond ?? null,
    order.onVoicemail ?? null,
  );
}

/** Stores the columns that can change. */
export function updateBatch(sql: Sql, row: BatchRow): void {
  sql.run(
    UPDATE,
    row.name,
    row.target_concurrency_limit,
    row.scheduled_at,
    row.paused_at,
    row.admitted_at,
    row.cancelled_at,
    row.retry_count,
    row.changed_at,
    row.request_number,
    row.request_open,
    row.granted_slots,
    row.rest_known,
    row.webhooks,
    row.retry_policy,
    row.calling_window,
    row.total_recipients,
    row.appended_recipients,
    row.circuit_breaker,
    row.breaker,
    row.calls_per_second,
    row.floor,
    row.holds,
    row.paced_until,
    row.asked_slots,
    row.kept_slots,
    row.most_slots,
    row.sums_told,
    row.settled_to,
  );
}
