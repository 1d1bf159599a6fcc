/**
 * Batches that are kept in the bucket after they are deleted, and objects of direct calls. A row is stored before the first file of
 * an archive, and goes after the last. While there is one, the index of people (`batches/people-index.ts`) names the archive.
 */

import type { ArchiveBucket } from "../../archive/bucket.ts";
import { type ErasedFromArchive, eraseFromArchive, personInArchive } from "../../archive/erasing.ts";
import { folderOf, folderOfAll, MANIFEST, removeFolder } from "../../archive/manifest.ts";
import type { PersonInBatch } from "../../calling/messages/erasure.ts";
import type { PersonHash, PersonNamed } from "../../calling/numbers/person-hash.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import type { Result } from "../../calling/requests/result.ts";
import { writeLog } from "../../log.ts";
import type { Sql } from "../../storage/sql.ts";
import { idOfSource } from "../batches/batch-index.ts";
import { idOfPool } from "../batches/direct-pools.ts";
import { forgetPeople } from "../batches/people-index.ts";
import { readProfile } from "../store/profile.ts";

/** Persisted. `stored_at` null: it may be stored in part. */
type ArchiveRow = { created_at: number; batch_id: string; stored_at: number | null };

const OPEN = /*sql*/ `INSERT OR IGNORE INTO archives (created_at, batch_id) VALUES (?, ?)`;
const STORED = /*sql*/ `UPDATE archives SET stored_at = ? WHERE created_at = ?`;
const BY_CREATION = /*sql*/ `SELECT created_at, batch_id, stored_at FROM archives WHERE created_at = ?`;
const DROP = /*sql*/ `DELETE FROM archives WHERE created_at = ?`;
const OLDEST = /*sql*/ `
  SELECT created_at, batch_id, stored_at FROM archives WHERE created_at > 0 AND stored_at IS NOT NULL
  ORDER BY created_at LIMIT ?`;
const ANY = /*sql*/ `SELECT created_at FROM archives WHERE created_at > 0 LIMIT 1`;

/** Its first file may be written from now on. */
export const openArchive = (sql: Sql, createdAt: number, batchId: string): void => {
  sql.run(OPEN, createdAt, batchId);
};
/** `now` null: it is not, after all. */
export const archiveStored = (sql: Sql, createdAt: number, now: number | null): void => {
  sql.run(STORED, now, createdAt);
};
export const isArchiveStored = (sql: Sql, createdAt: number): boolean =>
  (sql.first<ArchiveRow>(BY_CREATION, createdAt)?.stored_at ?? null) !== null;
/** Files of it may be in the bucket. */
export const mayHaveArchive = (sql: Sql, createdAt: number): boolean =>
  sql.first<ArchiveRow>(BY_CREATION, createdAt) !== null;
export const mayHaveArchives = (sql: Sql): boolean => sql.first(ANY) !== null;
export const dropArchive = (sql: Sql, createdAt: number): void => {
  sql.run(DROP, createdAt);
};

/** Archives that are looked for in one turn, to find out whether the bucket still has them. */
const LOOKED_FOR_AT_ONCE = 20;

export class Archives {
  readonly #sql: Sql;
  readonly #bucket: () => Result<ArchiveBucket, Failure>;

  constructor(sql: Sql, bucket: () => Result<ArchiveBucket, Failure>) {
    this.#sql = sql;
    this.#bucket = bucket;
  }

  /** Whether there is a bucket. If not, the operator is told. */
  get isPossible(): boolean {
    const bucket = this.#bucket();
    if (!bucket.ok) {
      const organization = readProfile(this.#sql).id;
      writeLog({ level: "error", event: "archive_missing", organization, error: wordsOf(bucket.failure) });
    }
    return bucket.ok;
  }

  folder(createdAt: number, batchId: string): string {
    return folderOf(readProfile(this.#sql).id, batchId, createdAt);
  }

  /** What the archive knows of a person. */
  async personIn(createdAt: number, person: PersonNamed): Promise<PersonInBatch> {
    const known = await personInArchive(this.#open(), this.#folderAt(createdAt), person);
    return known ?? { numbers: [], hashes: [] };
  }

  async erase(createdAt: number, person: PersonNamed, hashes: readonly PersonHash[]): Promise<ErasedFromArchive> {
    const [bucket, folder] = [this.#open(), this.#folderAt(createdAt)];
    const erased = await eraseFromArchive(bucket, folder, person, hashes, new Date().toISOString());
    if (erased !== null) return erased;
    // What has no manifest is no archive, or somebody has deleted it.
    await this.remove(createdAt);
    return { recipients: 0, calls: 0, shared: [] };
  }

  /** Deletes what may be stored of it. */
  async remove(createdAt: number): Promise<void> {
    if (!mayHaveArchive(this.#sql, createdAt)) return;
    await removeFolder(this.#open(), this.#folderAt(createdAt));
    const sql = this.#sql;
    sql.transaction(() => {
      dropArchive(sql, createdAt);
      const isDeleted = (idOfSource(sql, createdAt) ?? idOfPool(sql, createdAt)) === null;
      if (isDeleted) forgetPeople(sql, createdAt);
    });
  }

  /** Deletes all archives of the organization, also what no row tells of. */
  async removeAll(): Promise<void> {
    if (this.#bucket().ok || mayHaveArchives(this.#sql))
      await removeFolder(this.#open(), folderOfAll(readProfile(this.#sql).id));
  }

  /** Operators delete archives in the bucket, the oldest first. Then who was in them is not remembered here either. */
  async forgetGone(): Promise<void> {
    for (const { created_at, batch_id } of this.#sql.all<ArchiveRow>(OLDEST, LOOKED_FOR_AT_ONCE)) {
      if ((await this.#open().head(this.folder(created_at, batch_id) + MANIFEST)) !== null) return;
      await this.remove(created_at);
    }
  }

  #open(): ArchiveBucket {
    const bucket = this.#bucket();
    if (bucket.ok) return bucket.value;
    throw new Error(wordsOf(bucket.failure));
  }

  #folderAt(createdAt: number): string {
    const row = this.#sql.one<ArchiveRow>(BY_CREATION, createdAt);
    return this.folder(createdAt, row.batch_id);
  }
}

const wordsOf = (failure: Failure): string => ("message" in failure ? failure.message : failure.kind);
