/**
 * Batches that were settled here and have not reported themselves yet, and what an `Idempotency-Key` stands for. The
 * announcement is stored before the batch is, so a repeat of the request leads to the same batch whether the first one
 * was interrupted before or after the batch was stored (contract: `POST /agents/calls/batches`).
 */

import type { BatchOrder } from "../../calling/messages/batch-order.ts";
import { conflict } from "../../calling/requests/failure.ts";
import { IDEMPOTENCY_MS } from "../../calling/requests/limits.ts";
import type { Sql } from "../../storage/sql.ts";
import type { Idempotency } from "../rpc.ts";
import { isAnsweredHere } from "../store/answered-requests.ts";

type AnnouncementRow = {
  batch_id: string;
  body_hash: string | null;
  announced_at: number;
  arrived: number;
  batch_order: string;
};
type OldRow = { batch_id: string; recipients: number; arrived: number; announced_at: number };

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
 * By the rowid, which is the order in which they were announced: so the oldest is found without a look at the others, and
 * without an index, whose entry would be one more row with each request. Where a clock was set back, one lives a little longer.
 */
const OLDEST = /*sql*/ `
  SELECT batch_id, recipients, arrived, announced_at FROM announcements WHERE rowid > 0 ORDER BY rowid LIMIT ?`;

/** Asked after each change. A bound limit would have SQLite prepare the statement anew each time. */
const FIRST = /*sql*/ `SELECT announced_at FROM announcements WHERE rowid > 0 ORDER BY rowid LIMIT 1`;

/** So many in one turn: what a busy day leaves must not reach the limit of an invocation's processor time. */
const EXPIRED_AT_ONCE = 1_000;
const FORGET_ARRIVED = /*sql*/ `DELETE FROM announcements WHERE idempotency_key = ? AND arrived = 1`;
const RELEASE = /*sql*/ `
  UPDATE announcements SET idempotency_key = NULL, body_hash = NULL WHERE idempotency_key = ?`;

export const REUSED = conflict(
  "idempotency_key_reused",
  "this Idempotency-Key was used with another request in the last 24 hours",
);

/** Official clients repeat within seconds. Later, the same body may be meant anew. */
const COUNTED_REPEAT_MS = 10 * 60 * 1_000;

/** What the key stands for: `fresh`, the order of the first request, or another request's key. */
export type KeyMeaning =
  | { readonly kind: "fresh" }
  /** `arrived`: the batch has reported itself. */
  | { readonly kind: "repeat"; readonly order: BatchOrder; readonly arrived: boolean }
  | { readonly kind: "reused" };

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
  return { kind: "repeat", order: JSON.parse(row.batch_order) as BatchOrder, arrived: row.arrived === 1 };
}

/** `heard`: the newest entry of the do-not-call list that the order was checked against. */
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

/** It never came to be, and never will. */
export function withdraw(sql: Sql, batchId: string): void {
  sql.run(DELETE, batchId);
}

/** The batch has reported itself; saying so again changes nothing. */
export function arrive(sql: Sql, batchId: string): void {
  sql.run(DELETE_WITHOUT_KEY, batchId);
  sql.run(ARRIVE, batchId);
}

/**
 * Forgets what is older than a day, the oldest first; where that is much, not all of it at once, and `nextExpiry` is not
 * later than now. Returns how many recipients were announced in batches that never came to be.
 */
export function expire(sql: Sql, now: number): number {
  let lost = 0;
  if ((nextExpiry(sql) ?? Number.POSITIVE_INFINITY) > now) return lost;
  for (const row of sql.all<OldRow>(OLDEST, EXPIRED_AT_ONCE)) {
    if (row.announced_at + IDEMPOTENCY_MS > now) break;
    if (row.arrived === 0) lost += row.recipients;
    sql.run(DELETE, row.batch_id);
  }
  return lost;
}

/** When the next announcement expires; null without one. */
export function nextExpiry(sql: Sql): number | null {
  const oldest = sql.first<Pick<OldRow, "announced_at">>(FIRST);
  return oldest === null ? null : oldest.announced_at + IDEMPOTENCY_MS;
}
