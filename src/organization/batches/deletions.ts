/**
 * Batches that are to be deleted, and those that were: whatever comes late of one is refused. A row stays for a week. Without
 * it, an `Idempotency-Key` whose batch is gone would create it again, and everybody would be called twice.
 */

import type { Act } from "../../calling/messages/act.ts";
import { conflict } from "../../calling/requests/failure.ts";
import type { Sql } from "../../storage/sql.ts";

type DeletionRow = {
  created_at: number;
  batch_id: string;
  deleted_at: number | null;
  act: string | null;
  archived: number;
};

const INSERT = /*sql*/ `INSERT OR IGNORE INTO deletions (created_at, batch_id, act, archived) VALUES (?, ?, ?, ?)`;
/** A client takes over what was begun for another reason. */
const TAKE_OVER = /*sql*/ `
  UPDATE deletions SET act = ?, archived = 0 WHERE created_at = ? AND deleted_at IS NULL`;
const REVOKE = /*sql*/ `DELETE FROM deletions WHERE created_at = ? AND deleted_at IS NULL`;
const DONE = /*sql*/ `UPDATE deletions SET deleted_at = ?, act = NULL WHERE created_at = ?`;
const BY_CREATION = /*sql*/ `
  SELECT created_at, batch_id, deleted_at, act, archived FROM deletions WHERE created_at = ?`;
const ANY_OPEN = /*sql*/ `
  SELECT created_at FROM deletions INDEXED BY deletions_open WHERE deleted_at IS NULL LIMIT 1`;
const OBJECT_GONE = /*sql*/ `UPDATE deletions SET object_gone = 1 WHERE created_at = ? AND object_gone = 0`;
const OPEN_WHERE = /*sql*/ `
  SELECT created_at, batch_id, deleted_at, act, archived FROM deletions INDEXED BY deletions_open
  WHERE deleted_at IS NULL AND object_gone = ? ORDER BY created_at LIMIT ?`;
/**
 * Longer than anything of the batch can come late. A key counts for `IDEMPOTENCY_MS` from the create. For a day after the
 * deletion the batch's object refuses a create itself.
 */
const REMEMBERED_MS = 7 * 24 * 60 * 60 * 1_000;
/** Looked at in one turn. */
const FORGOTTEN_AT_ONCE = 1_000;
const FORGET = /*sql*/ `
  DELETE FROM deletions WHERE deleted_at <= ? AND created_at IN
    (SELECT created_at FROM deletions WHERE created_at <= ? ORDER BY created_at LIMIT ?)`;

export const DELETED = conflict(
  "batch_deleted",
  "the batch that this Idempotency-Key stands for was deleted; send a new key to call everybody again",
);

/** `act`: who has it deleted; null: not known. `isArchived`: it is archived first. */
export type Deletion = {
  readonly createdAt: number;
  readonly batchId: string;
  readonly act: Act | null;
  readonly isArchived: boolean;
};

/** It is to be deleted, or was. */
export const isBeingDeleted = (sql: Sql, createdAt: number): boolean =>
  sql.first<DeletionRow>(BY_CREATION, createdAt) !== null;

/** Null if none has begun, or it is done. */
export function openDeletion(sql: Sql, createdAt: number): Deletion | null {
  const row = sql.first<DeletionRow>(BY_CREATION, createdAt);
  return row === null || row.deleted_at !== null ? null : deletionOf(row);
}

export function beginDeletion(sql: Sql, { createdAt, batchId, act, isArchived }: Deletion): void {
  sql.run(INSERT, createdAt, batchId, act === null ? null : JSON.stringify(act), Number(isArchived));
}

/** A client wants nothing of it kept, also where retention has begun to archive it. */
export function beginClientDeletion(sql: Sql, createdAt: number, batchId: string, act: Act | null): Deletion {
  const deletion = { createdAt, batchId, act, isArchived: false };
  beginDeletion(sql, deletion);
  sql.run(TAKE_OVER, act === null ? null : JSON.stringify(act), createdAt);
  return deletion;
}

/** The batch is not over after all. */
export function revokeDeletion(sql: Sql, createdAt: number): void {
  sql.run(REVOKE, createdAt);
}

export function storeDeleted(sql: Sql, createdAt: number, now: number): void {
  sql.run(DONE, now, createdAt);
}

/** Only its archive is left to remove. */
export function noteObjectGone(sql: Sql, createdAt: number): void {
  sql.run(OBJECT_GONE, createdAt);
}

/** Rows of what was deleted long ago. */
export function forgetOldDeletions(sql: Sql, now: number): void {
  const until = now - REMEMBERED_MS;
  sql.run(FORGET, until, until, FORGOTTEN_AT_ONCE);
}

export const isAnyDeletionOpen = (sql: Sql): boolean => sql.first(ANY_OPEN) !== null;
/** Open ones whose objects are asked, the oldest first. */
export const deletionsOfObjects = (sql: Sql, atMost: number): Deletion[] =>
  sql.all<DeletionRow>(OPEN_WHERE, 0, atMost).map(deletionOf);
/** Open ones whose objects are gone, the oldest first: their archives are left. */
export const deletionsOfArchives = (sql: Sql, atMost: number): Deletion[] =>
  sql.all<DeletionRow>(OPEN_WHERE, 1, atMost).map(deletionOf);

const deletionOf = ({ created_at, batch_id, act, archived }: DeletionRow): Deletion => ({
  createdAt: created_at,
  batchId: batch_id,
  act: act === null ? null : (JSON.parse(act) as Act),
  isArchived: archived === 1,
});
