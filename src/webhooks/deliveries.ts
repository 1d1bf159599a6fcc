/** The deliveries of one webhook: all pending ones, and the last finished ones. */

import type { WebhookEvent } from "../calling/messages/webhook.ts";
import type { Sql } from "../storage/sql.ts";
import type { DeliveryStatus, DeliveryView } from "./rpc.ts";

/** Persisted, beside the event itself. */
export type DeliveryRow = {
  /** The event's id. */
  readonly id: string;
  readonly type: WebhookEvent["about"]["type"];
  readonly status: DeliveryStatus;
  /** Attempts in all. A queue message names the count, so an old message does nothing. */
  readonly attempts: number;
  /** Attempts since the delivery was last ordered: by its event, or by a request to deliver it again. */
  readonly tries: number;
  readonly ordered_at: number;
  readonly created_at: number;
  readonly due_at: number | null;
  readonly attempted_at: number | null;
  readonly response_status: number | null;
  readonly error_message: string | null;
  readonly batch_id: string | null;
  readonly call_id: string | null;
};

/** How many finished deliveries are kept. */
export const KEPT = 100;

const COLUMNS = `id, type, status, attempts, tries, ordered_at, created_at, due_at, attempted_at, response_status,
  error_message, batch_id, call_id`;
/** A known event changes nothing. */
const INSERT = /*sql*/ `
  INSERT OR IGNORE INTO deliveries
    (id, type, status, attempts, tries, ordered_at, created_at, due_at, error_message, batch_id, call_id, event)
  VALUES (?, ?, ?, 0, 0, ?, ?, ?, ?, ?, ?, ?)`;
const BY_ID = /*sql*/ `SELECT ${COLUMNS} FROM deliveries WHERE id = ?`;
const EVENT = /*sql*/ `SELECT event FROM deliveries WHERE id = ?`;
const UPDATE = /*sql*/ `
  UPDATE deliveries SET status = ?, attempts = ?, tries = ?, ordered_at = ?, due_at = ?, attempted_at = ?,
    response_status = ?, error_message = ?
  WHERE id = ?`;
/** Read once, when the object wakes. Afterwards the object keeps it in memory. */
const ALL = /*sql*/ `SELECT id, status, attempts, due_at FROM deliveries ORDER BY id`;
const FAIL_PENDING = /*sql*/ `
  UPDATE deliveries SET status = 'failed', due_at = NULL, error_message = ? WHERE status = 'pending'`;
const DELETE = /*sql*/ `DELETE FROM deliveries WHERE id IN (SELECT value FROM json_each(?))`;
const OF_CALLS = /*sql*/ `SELECT id FROM deliveries WHERE call_id IN (SELECT value FROM json_each(?))`;
const OLDER = /*sql*/ `SELECT ${COLUMNS} FROM deliveries WHERE id < ? ORDER BY id DESC LIMIT ?`;
const NEWER = /*sql*/ `SELECT ${COLUMNS} FROM deliveries WHERE id > ? ORDER BY id ASC LIMIT ?`;
/** Sorts after every id. */
const ABOVE_ALL = "~";

/** False if the event is known. `refused`: why it will not be delivered; null if it will. */
export function insertDelivery(sql: Sql, event: WebhookEvent, refused: string | null, now: number): boolean {
  const { about } = event;
  const batchId = about.type === "test" ? null : about.batchId;
  const callId = "call" in about ? about.call.id : null;
  const [status, dueAt] = refused === null ? ["pending", now] : ["failed", null];
  const text = JSON.stringify(event);
  return sql.run(INSERT, event.id, about.type, status, now, event.at, dueAt, refused, batchId, callId, text) > 0;
}

export const findDelivery = (sql: Sql, id: string): DeliveryRow | null => sql.first<DeliveryRow>(BY_ID, id);
export const eventOf = (sql: Sql, id: string): WebhookEvent =>
  JSON.parse(sql.one<{ event: string }>(EVENT, id).event) as WebhookEvent;

export function updateDelivery(sql: Sql, row: DeliveryRow): void {
  sql.run(
    UPDATE,
    row.status,
    row.attempts,
    row.tries,
    row.ordered_at,
    row.due_at,
    row.attempted_at,
    row.response_status,
    row.error_message,
    row.id,
  );
}

type StandingRow = { id: string; status: DeliveryStatus; attempts: number; due_at: number | null };
/** Oldest first. */
export const standings = (sql: Sql): StandingRow[] => sql.all<StandingRow>(ALL);
export const failPending = (sql: Sql, why: string): number => sql.run(FAIL_PENDING, why);
export function deleteDeliveries(sql: Sql, ids: readonly string[]): void {
  sql.run(DELETE, JSON.stringify(ids));
}

export const deliveriesOfCalls = (sql: Sql, callIds: readonly string[]): string[] =>
  sql.all<{ id: string }>(OF_CALLS, JSON.stringify(callIds)).map(({ id }) => id);

/** Newest first: ids sort by time. `id` null begins with the newest. */
export const deliveriesOlderThan = (sql: Sql, id: string | null, limit: number): DeliveryRow[] =>
  sql.all<DeliveryRow>(OLDER, id ?? ABOVE_ALL, limit);
export const deliveriesNewerThan = (sql: Sql, id: string, limit: number): DeliveryRow[] =>
  sql.all<DeliveryRow>(NEWER, id, limit);

export const deliveryView = (row: DeliveryRow): DeliveryView => ({
  id: row.id,
  type: row.type,
  status: row.status,
  attempts: row.attempts,
  createdAt: row.created_at,
  attemptedAt: row.attempted_at,
  nextAttemptAt: row.due_at,
  responseStatus: row.response_status,
  errorMessage: row.error_message,
  batchId: row.batch_id,
  callId: row.call_id,
});
