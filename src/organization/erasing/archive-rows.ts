/**
 * Which archives there are, and the mark of their bucket. A row is stored before the first file of an archive, and goes
 * after the last. While there is one, the index of people (`batches/people-index.ts`) names the archive.
 */

import type { Sql } from "../../storage/sql.ts";

/** Persisted. `stored_at` null: it may be stored in part. */
export type ArchiveRow = { created_at: number; batch_id: string; stored_at: number | null };
/**
 * Persisted. `archive_mark` null: none was made yet. `archive_mark_put`: a bucket has had it. `archive_unmarked`: the
 * bucket did not have it.
 */
type BucketRow = { archive_mark: string | null; archive_mark_put: number; archive_unmarked: number };

const OPEN = /*sql*/ `INSERT OR IGNORE INTO archives (created_at, batch_id) VALUES (?, ?)`;
const STORED = /*sql*/ `UPDATE archives SET stored_at = ? WHERE created_at = ?`;
const BY_CREATION = /*sql*/ `SELECT created_at, batch_id, stored_at FROM archives WHERE created_at = ?`;
const DROP = /*sql*/ `DELETE FROM archives WHERE created_at = ?`;
const DROP_ALL = /*sql*/ `DELETE FROM archives WHERE created_at > 0`;
const OLDEST = /*sql*/ `
  SELECT created_at, batch_id, stored_at FROM archives WHERE created_at > 0 AND stored_at IS NOT NULL
  ORDER BY created_at LIMIT ?`;
const ANY = /*sql*/ `SELECT created_at FROM archives WHERE created_at > 0 LIMIT 1`;
const BUCKET = /*sql*/ `SELECT archive_mark, archive_mark_put, archive_unmarked FROM organization WHERE only_row = 1`;
const MARK = /*sql*/ `UPDATE organization SET archive_mark = ? WHERE only_row = 1 AND archive_mark IS NULL`;
const MARK_PUT = /*sql*/ `UPDATE organization SET archive_mark_put = 1 WHERE only_row = 1`;
const UNMARKED = /*sql*/ `UPDATE organization SET archive_unmarked = ? WHERE only_row = 1`;
const SEEN = /*sql*/ `UPDATE organization SET archives_seen_at = ? WHERE only_row = 1`;

/** Its first file may be written from now on. */
export const openArchive = (sql: Sql, createdAt: number, batchId: string): void => {
  sql.run(OPEN, createdAt, batchId);
};
/** `now` null: it is not, after all. */
export const archiveStored = (sql: Sql, createdAt: number, now: number | null): void => {
  sql.run(STORED, now, createdAt);
};
export const findArchive = (sql: Sql, createdAt: number): ArchiveRow | null =>
  sql.first<ArchiveRow>(BY_CREATION, createdAt);
export const isArchiveStored = (sql: Sql, createdAt: number): boolean =>
  (findArchive(sql, createdAt)?.stored_at ?? null) !== null;
/** Files of it may be in the bucket. */
export const mayHaveArchive = (sql: Sql, createdAt: number): boolean => findArchive(sql, createdAt) !== null;
export const mayHaveArchives = (sql: Sql): boolean => sql.first(ANY) !== null;
export const oldestArchives = (sql: Sql, atMost: number): ArchiveRow[] => sql.all<ArchiveRow>(OLDEST, atMost);
export const dropArchive = (sql: Sql, createdAt: number): void => {
  sql.run(DROP, createdAt);
};
export const dropArchives = (sql: Sql): void => {
  sql.run(DROP_ALL);
};

/** Null: none was made yet. */
export const markOfBucket = (sql: Sql): string | null => sql.one<BucketRow>(BUCKET).archive_mark;
/** The first one stays for good. */
export const storeMark = (sql: Sql, mark: string): void => {
  sql.run(MARK, mark);
};
/** A bucket has had the mark, so one without it is not the same. */
export const isMarkPut = (sql: Sql): boolean => sql.one<BucketRow>(BUCKET).archive_mark_put === 1;
export const noteMarkPut = (sql: Sql): void => {
  if (!isMarkPut(sql)) sql.run(MARK_PUT);
};
/** The bucket did not have the mark when it was last asked. */
export const isUnmarked = (sql: Sql): boolean => sql.one<BucketRow>(BUCKET).archive_unmarked === 1;
export const noteUnmarked = (sql: Sql, unmarked: boolean): void => {
  if (isUnmarked(sql) !== unmarked) sql.run(UNMARKED, Number(unmarked));
};
/** Archives that somebody has deleted were looked for (`retention.ts`). */
export const noteSeen = (sql: Sql, now: number): void => {
  sql.run(SEEN, now);
};
