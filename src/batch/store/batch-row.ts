/** The batch's own row: what was ordered, and its state with the ledger. */

import { timeOrNull } from "../../calling/answers/json.ts";
import { type Acted, type ActRecord, recordOf } from "../../calling/messages/act.ts";
import { NAMES_OF_FACTS, type StoredFacts } from "../../calling/messages/batch-facts.ts";
import type { BatchOrder, OrderKind } from "../../calling/messages/batch-order.ts";
import type { RetryPolicy } from "../../calling/messages/retry-policy.ts";
import type { WebhookTarget } from "../../calling/messages/webhook.ts";
import { present } from "../../calling/requests/assert.ts";
import { priorityOf } from "../../calling/words/priority.ts";
import type { Region } from "../../calling/words/region.ts";
import type { OnVoicemail } from "../../calling/words/voicemail.ts";
import type { Sql } from "../../storage/sql.ts";

/** Persisted. */
export type BatchRow = StoredFacts & {
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
  /** Until when the carrier has asked it to dial nobody; null if it never has. */
  readonly deferred_until: number | null;
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
  /** Among batches that wait for slots: 1 comes first. */
  readonly priority: number;
  /** JSON of `ActRecord`s that the organization has not acknowledged; null without any. */
  readonly untold_acts: string | null;
};

export const asJson = (value: object | null | undefined): string | null => (value ? JSON.stringify(value) : null);

/** As the batch begins; not stored yet. Orders that an earlier version announced lack some fields. */
export const firstRow = (order: BatchOrder, recipients: number, now: number): BatchRow => ({
  ...(Object.fromEntries(NAMES_OF_FACTS.map((name) => [name, null])) as Record<keyof StoredFacts, null>),
  id: order.id,
  kind: order.kind ?? "batch",
  organization_id: order.organizationId,
  name: order.name,
  agent_id: order.agent_id,
  from_number_id: order.from_number_id,
  region: order.region,
  target_concurrency_limit: order.target_concurrency_limit,
  ringing_timeout_seconds: order.ringing_timeout_seconds,
  max_call_duration_minutes: order.max_call_duration_minutes,
  callback_base_url: order.callbackBaseUrl,
  total_recipients: recipients,
  created_at: order.createdAt,
  scheduled_at: order.scheduledAt,
  retry_count: 0,
  changed_at: now,
  request_number: 0,
  request_open: 0,
  granted_slots: null,
  rest_known: 0,
  retry_policy: asJson(order.retryPolicy),
  calling_window: asJson(order.callingWindow),
  webhooks: webhooksText(order.webhooks ?? []),
  appended_recipients: 0,
  circuit_breaker: asJson(order.circuitBreaker),
  breaker: null,
  calls_per_second: order.callsPerSecond ?? null,
  on_voicemail: order.onVoicemail ?? null,
  floor: null,
  holds: null,
  paced_until: null,
  deferred_until: null,
  asked_slots: null,
  kept_slots: null,
  most_slots: null,
  sums_told: 0,
  settled_to: 0,
  priority: priorityOf(order),
  untold_acts:
    order.act === undefined ? null : JSON.stringify([recordOf(order.act, creationOf(order, recipients), now)]),
});

/** As stored in the row. */
export const webhooksText = (targets: readonly WebhookTarget[]): string | null =>
  targets.length === 0 ? null : JSON.stringify(targets);

/** Those of every first row, whatever its order. */
const COLUMNS = Object.keys(firstRow({} as BatchOrder, 0, 0)) as (keyof BatchRow)[];
const FIXED: ReadonlySet<keyof BatchRow> = new Set([
  "id",
  "kind",
  "organization_id",
  "agent_id",
  "from_number_id",
  "region",
  "ringing_timeout_seconds",
  "max_call_duration_minutes",
  "callback_base_url",
  "created_at",
  "on_voicemail",
]);
const CHANGING = COLUMNS.filter((name) => !FIXED.has(name));

const SELECT = /*sql*/ `SELECT ${COLUMNS} FROM batch`;
const INSERT = /*sql*/ `INSERT INTO batch (only_row, ${COLUMNS}) VALUES (1, ${COLUMNS.map(() => "?")})`;
const UPDATE = /*sql*/ `UPDATE batch SET ${CHANGING.map((name) => `${name} = ?`)}`;

export const webhooksOf = ({ webhooks }: Pick<BatchRow, "webhooks">): readonly WebhookTarget[] =>
  webhooks === null ? [] : (JSON.parse(webhooks) as WebhookTarget[]);

/** Null: only a human calls again. */
export const retryPolicyOf = ({ retry_policy }: Pick<BatchRow, "retry_policy">): RetryPolicy | null =>
  retry_policy === null ? null : (JSON.parse(retry_policy) as RetryPolicy);

export const readBatch = (sql: Sql): BatchRow => present(sql.first<BatchRow>(SELECT), "a created batch has its row");

export const insertBatch = (sql: Sql, row: BatchRow): void => void sql.run(INSERT, ...COLUMNS.map((name) => row[name]));

const creationOf = (order: BatchOrder, recipients: number): Acted => ({
  kind: "batch",
  resourceId: order.id,
  before: null,
  after: {
    name: order.name,
    agent_id: order.agent_id,
    from_number_id: order.from_number_id,
    recipients,
    target_concurrency_limit: order.target_concurrency_limit,
    scheduled_at: timeOrNull(order.scheduledAt),
  },
});

export const untoldActsOf = ({ untold_acts }: Pick<BatchRow, "untold_acts">): readonly ActRecord[] =>
  untold_acts === null ? [] : (JSON.parse(untold_acts) as ActRecord[]);

/** The row with one more record; the same row without one. */
export const withAct = (row: BatchRow, made: ActRecord | null): BatchRow =>
  made === null ? row : { ...row, untold_acts: JSON.stringify([...untoldActsOf(row), made]) };

/** The organization has stored these. */
export function withoutActs(row: BatchRow, told: readonly ActRecord[] = []): BatchRow {
  if (told.length === 0) return row;
  const ids = new Set(told.map(({ act, at }) => `${at} ${act.id}`));
  const left = untoldActsOf(row).filter(({ act, at }) => !ids.has(`${at} ${act.id}`));
  return { ...row, untold_acts: left.length === 0 ? null : JSON.stringify(left) };
}

export const isSameButForActs = (one: BatchRow, other: BatchRow): boolean =>
  COLUMNS.every((name) => name === "untold_acts" || one[name] === other[name]);

/** Stores the columns that can change. */
export const updateBatch = (sql: Sql, row: BatchRow): void =>
  void sql.run(UPDATE, ...CHANGING.map((name) => row[name]));
