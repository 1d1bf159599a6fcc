/**
 * Batches that were settled here and have not reported themselves yet, and what an `Idempotency-Key` stands for. The
 * announcement is stored before the batch is, so a repeat of the request leads to the same batch whether the first one
 * was interrupted before or after the batch was stored (contract: `POST /agents/calls/batches`).
 */

import type { BatchOrder } from "../calling/batch-order.ts";
import { conflict } from "../calling/failure.ts";
import { IDEMPOTENCY_MS } from "../calling/limits.ts";
import type { Sql } from "../storage/sql.ts";
import { isAnsweredHere } from "./answered-requests.ts";

type AnnouncementRow = {
  batch_id: string;
  body_hash: string | null;
  announced_at: number;
  arrived: number;
  batch_order: string;
};
type ExpiredRow = { batch_id: string; recipients: number; arrived: number };

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
/** Announcements are few and die within a day, so the scans of the alarm need no index. */
const EXPIRED = /*sql*/ `SELECT batch_id, recipients, arrived FROM announcements WHERE announced_at <= ?`;
const OLDEST = /*sql*/ `SELECT MIN(announced_at) AS announced_at FROM announcements`;

export const REUSED = conflict(
  "idempotency_key_reused",
  "this Idempotency-Key was used with another request in the last 24 hours",
);

export type Idempotency = { readonly key: string; readonly bodyHash: string };

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

/** Forgets what is older than a day; returns how many recipients were announced in batches that never came to be. */
export function expire(sql: Sql, now: number): number {
  let lost = 0;
  for (const row of sql.all<ExpiredRow>(EXPIRED, now - IDEMPOTENCY_MS)) {
    if (row.arrived === 0) lost += row.recipients;
    sql.run(DELETE, row.batch_id);
  }
  return lost;
}

/** When the next announcement expires; null without one. */
export function nextExpiry(sql: Sql): number | null {
  const oldest = sql.one<{ announced_at: number | null }>(OLDEST).announced_at;
  return oldest === null ? null : oldest + IDEMPOTENCY_MS;
}
