/**
 * Batches that were admitted here and have not reported yet, and the meaning of each `Idempotency-Key`.
 *
 * The announcement is stored before the batch is. So a repeated request leads to the same batch, even if the first one
 * broke off before the batch was stored. Published API: `POST /agents/calls/batches`.
 */

import type { BatchOrder } from "../../calling/messages/batch-order.ts";
import { conflict } from "../../calling/requests/failure.ts";
import { IDEMPOTENCY_MS } from "../../calling/requests/limits.ts";
import type { Sql } from "../../storage/sql.ts";
import type { Idempotency } from "../messages/calling.ts";
import { isAnsweredHere } from "../store/answered-rows.ts";
import { isBeingDeleted } from "./deletions.ts";
import { forgetPeople } from "./people-index.ts";

type AnnouncementRow = {
  batch_id: string;
  body_hash: string | null;
  announced_at: number;
  arrived: number;
  batch_order: string;
};
type OldRow = { batch_id: string; recipients: number; arrived: number; announced_at: number; batch_order: string };

const INSERT = /*sql*/ `
  INSERT INTO announcements
    (batch_id, idempotency_key, body_hash, recipients, announced_at, arrived, batch_order, do_not_call_heard)
  VALUES (?, ?, ?, ?, ?, 0, ?, ?)`;
const BY_KEY = /*sql*/ `
  SELECT batch_id, body_hash, announced_at, arrived, batch_order FROM announcements WHERE idempotency_key = ?`;
const DELETE = /*sql*/ `DELETE FROM announcements WHERE batch_id = ?`;
const ARRIVE = /*sql*/ `UPDATE announcements SET arrived = 1
  WHERE batch_id = ? AND idempotency_key IS NOT NULL AND arrived = 0`;
const DELETE_WITHOUT_KEY = /*sql*/ `DELETE FROM announcements WHERE batch_id = ? AND idempotency_key IS NULL`;
/**
 * The rowid is the order of announcement, so the oldest row is found first and no index is needed. An index would cost
 * one more written row for each request. After a clock was set back, a row lives a little longer.
 */
const OLDEST = /*sql*/ `
  SELECT batch_id, recipients, arrived, announced_at, batch_order FROM announcements
  WHERE rowid > 0 ORDER BY rowid LIMIT ?`;

/** Kept until a row changes. With a bound LIMIT, SQLite would prepare the statement each time. */
const FIRST = /*sql*/ `SELECT announced_at FROM announcements WHERE rowid > 0 ORDER BY rowid LIMIT 1`;

/** Deleted in one turn. A busy day's rows at once could exceed an invocation's processor time. */
const EXPIRED_AT_ONCE = 1_000;
const FORGET_ARRIVED = /*sql*/ `DELETE FROM announcements WHERE idempotency_key = ? AND arrived = 1`;
const RELEASE = /*sql*/ `
  UPDATE announcements SET idempotency_key = NULL, body_hash = NULL WHERE idempotency_key = ?`;

/** A client's deletion or change asks, which is rare: an index would be one more written row for each request. */
const UNREPORTED = /*sql*/ `SELECT batch_order FROM announcements WHERE rowid > 0 AND arrived = 0`;

const BY_ID = /*sql*/ `SELECT 1 AS kept FROM announcements WHERE batch_id = ?`;

export const REUSED = conflict(
  "idempotency_key_reused",
  "this Idempotency-Key was used with another request in the last 24 hours",
);

/** Official clients repeat within seconds. Later, the same body may be a new request. */
const COUNTED_REPEAT_MS = 10 * 60 * 1_000;

/** What the key means: a new request, a repeat of an earlier one, or another request's key. */
export type KeyMeaning =
  | { readonly kind: "fresh" }
  /** `arrived`: the batch has reported itself. */
  | { readonly kind: "repeat"; readonly order: BatchOrder; readonly arrived: boolean }
  | { readonly kind: "reused" }
  | { readonly kind: "deleted" };

/** Whether the key stands for a batch or for direct calls. */
export const isAnnounced = (sql: Sql, key: string, now: number): boolean => {
  const row = sql.first<AnnouncementRow>(BY_KEY, key);
  return row !== null && row.announced_at > now - IDEMPOTENCY_MS;
};

export function meaningOfKey(sql: Sql, idempotency: Idempotency, now: number): KeyMeaning {
  const row = sql.first<AnnouncementRow>(BY_KEY, idempotency.key);
  if (row === null) return { kind: isAnsweredHere(sql, idempotency.key, now) ? "reused" : "fresh" };
  const { counted } = idempotency;
  if (counted === "first" || (counted === "repeat" && row.announced_at <= now - COUNTED_REPEAT_MS)) {
    sql.run(FORGET_ARRIVED, idempotency.key);
    sql.run(RELEASE, idempotency.key);
    return { kind: "fresh" };
  }
  if (row.announced_at <= now - IDEMPOTENCY_MS) {
    sql.run(DELETE, row.batch_id);
    return { kind: "fresh" };
  }
  if (row.body_hash !== idempotency.bodyHash) return { kind: "reused" };
  const order = JSON.parse(row.batch_order) as BatchOrder;
  if (isBeingDeleted(sql, order.createdAt)) return { kind: "deleted" };
  return { kind: "repeat", order, arrived: row.arrived === 1 };
}

/** Whether it has an announcement. */
export const isKept = (sql: Sql, batchId: string): boolean => sql.first(BY_ID, batchId) !== null;

/** `heard`: the newest do-not-call entry that the order was checked against. */
export function announce(
  sql: Sql,
  order: BatchOrder,
  recipients: number,
  key: Idempotency | null,
  heard: number,
  now: number,
): void {
  sql.run(INSERT, order.id, key?.key ?? null, key?.bodyHash ?? null, recipients, now, JSON.stringify(order), heard);
}

/**
 * Batches that are on their way, or may come with a repeat of their request. Direct calls are granted their slots with the
 * announcement, so their holdings show them.
 */
export const unreportedBatches = (sql: Sql): readonly BatchOrder[] =>
  sql
    .all<Pick<AnnouncementRow, "batch_order">>(UNREPORTED)
    .map(({ batch_order }) => JSON.parse(batch_order) as BatchOrder)
    .filter(({ kind, createdAt }) => kind !== "direct" && !isBeingDeleted(sql, createdAt));

/** The batch was never created, and never will be. */
export function withdraw(sql: Sql, batchId: string): void {
  sql.run(DELETE, batchId);
}

/** The batch has reported. Idempotent. */
export function arrive(sql: Sql, batchId: string): void {
  if (sql.run(DELETE_WITHOUT_KEY, batchId) === 0) sql.run(ARRIVE, batchId);
}

/**
 * Forgets rows older than a day, oldest first. If many are due, some stay for the next turn and `nextExpiry` is at most
 * now. Returns how many recipients were announced in batches that were never created.
 */
export function expire(sql: Sql, now: number): number {
  let lost = 0;
  if ((nextExpiry(sql) ?? Number.POSITIVE_INFINITY) > now) return lost;
  for (const row of sql.all<OldRow>(OLDEST, EXPIRED_AT_ONCE)) {
    if (row.announced_at + IDEMPOTENCY_MS > now) break;
    if (row.arrived === 0) {
      lost += row.recipients;
      const { kind, createdAt } = JSON.parse(row.batch_order) as BatchOrder;
      // Direct calls share an object with others, whose people stay.
      if (kind !== "direct") forgetPeople(sql, createdAt);
    }
    sql.run(DELETE, row.batch_id);
  }
  return lost;
}

/** When the next announcement expires; null without one. */
export function nextExpiry(sql: Sql): number | null {
  const oldest = sql.kept<Pick<OldRow, "announced_at">>(["announcements"], FIRST);
  return oldest === null ? null : oldest.announced_at + IDEMPOTENCY_MS;
}
