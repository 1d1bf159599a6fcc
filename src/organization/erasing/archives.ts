/**
 * Batches that are kept in the bucket after they are deleted, and objects of direct calls. Their rows: `archive-rows.ts`.
 * Nothing is done in a bucket without the organization's mark (`archive/mark.ts`): it is another one, and what is missing
 * there may still be somewhere.
 */

import type { ArchiveBucket } from "../../archive/bucket.ts";
import { type ErasedFromArchive, eraseFromArchive, personInArchive } from "../../archive/erasing.ts";
import { folderOf, folderOfAll, MANIFEST, removeFolder } from "../../archive/manifest.ts";
import { keyOfMark, putMark, readMark, removeMark } from "../../archive/mark.ts";
import type { PersonInBatch } from "../../calling/messages/erasure.ts";
import type { PersonHash, PersonNamed } from "../../calling/numbers/person-hash.ts";
import { present } from "../../calling/requests/assert.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { randomToken } from "../../calling/secrets/ids.ts";
import type { ArchiveProblem } from "../../calling/words/archive-problem.ts";
import { writeLog } from "../../log.ts";
import type { Sql } from "../../storage/sql.ts";
import { within } from "../../within.ts";
import { idOfSource } from "../batches/batch-index.ts";
import { idOfPool } from "../batches/direct-pools.ts";
import { forgetPeople } from "../batches/people-index.ts";
import { readProfile } from "../store/profile.ts";
import {
  dropArchive,
  dropArchives,
  findArchive,
  isMarkPut,
  isUnmarked,
  markOfBucket,
  mayHaveArchive,
  mayHaveArchives,
  noteMarkPut,
  noteSeen,
  noteUnmarked,
  oldestArchives,
  storeMark,
} from "./archive-rows.ts";
import { wantsArchives } from "./retention.ts";

/** Archives that are looked for in one turn, to find out whether the bucket still has them. */
const LOOKED_FOR_AT_ONCE = 20;
const TOLD_EVERY_MS = 60 * 60 * 1_000;
/** A bucket that says nothing must not hold up what needs none. */
const MARK_WITHIN_MS = 30_000;

export class Archives {
  readonly #sql: Sql;
  readonly #bucket: () => Result<ArchiveBucket, Failure>;

  /** Losing it tells the operator once more. */
  #toldAt = 0;

  constructor(sql: Sql, bucket: () => Result<ArchiveBucket, Failure>) {
    this.#sql = sql;
    this.#bucket = bucket;
  }

  /** Null if all is well, or nothing is archived. */
  get problem(): ArchiveProblem | null {
    if (!wantsArchives(this.#sql) && !mayHaveArchives(this.#sql)) return null;
    if (!this.#bucket().ok) return "no_bucket";
    return isUnmarked(this.#sql) ? "other_bucket" : null;
  }

  /** The mark of the bucket, for the object that writes into it. */
  async mark(): Promise<Result<string, Failure>> {
    const bucket = await this.#own();
    return bucket.ok ? ok(present(markOfBucket(this.#sql), "an organization's bucket has its mark")) : bucket;
  }

  /** Why nothing is done in the bucket; once an hour. */
  tellOperator(failure: Failure, now: number): void {
    if (now < this.#toldAt + TOLD_EVERY_MS) return;
    this.#toldAt = now;
    const line = { level: "error", organization: this.#id } as const;
    if (this.#bucket().ok) writeLog({ ...line, event: "archive_unmarked", error: this.#howToMark });
    else writeLog({ ...line, event: "archive_missing", error: wordsOf(failure) });
  }

  folder(createdAt: number, batchId: string): string {
    return folderOf(this.#id, batchId, createdAt);
  }

  /** What the archive knows of a person. */
  async personIn(createdAt: number, person: PersonNamed): Promise<Result<PersonInBatch, Failure>> {
    const folder = this.#folderAt(createdAt);
    const bucket = await this.#own();
    if (!bucket.ok) return bucket;
    const known = await personInArchive(bucket.value, folder, person);
    return ok(known ?? { numbers: [], hashes: [] });
  }

  async erase(
    createdAt: number,
    person: PersonNamed,
    hashes: readonly PersonHash[],
  ): Promise<Result<ErasedFromArchive, Failure>> {
    const folder = this.#folderAt(createdAt);
    const bucket = await this.#own();
    if (!bucket.ok) return bucket;
    const erased = await eraseFromArchive(bucket.value, folder, person, hashes, new Date().toISOString());
    if (erased !== null) return ok(erased);
    // What has no manifest is no archive, or somebody has deleted it.
    await this.#removeFrom(bucket.value, createdAt);
    return ok({ recipients: 0, calls: 0, shared: [] });
  }

  /** Deletes what may be stored of it. */
  async remove(createdAt: number): Promise<Result<null, Failure>> {
    if (!mayHaveArchive(this.#sql, createdAt)) return ok(null);
    const bucket = await this.#own();
    if (!bucket.ok) return bucket;
    await this.#removeFrom(bucket.value, createdAt);
    return ok(null);
  }

  /** Deletes all archives of the organization, also what no row tells of. The mark goes last, so that a repeat goes on. */
  async removeAll(): Promise<Result<null, Failure>> {
    const sql = this.#sql;
    const isAny = mayHaveArchives(sql);
    if (!isAny && (markOfBucket(sql) === null || !this.#bucket().ok)) return ok(null);
    const bucket = await this.#own();
    // It was another organization's before, or is by now, and has nothing of this one.
    if (!bucket.ok) return isAny ? bucket : ok(null);
    await removeFolder(bucket.value, folderOfAll(this.#id));
    dropArchives(sql);
    await removeMark(bucket.value, this.#id);
    return ok(null);
  }

  /**
   * Operators delete archives in the bucket, the oldest first. Then who was in them is not remembered here either. Where
   * the bucket refuses, nothing is forgotten.
   */
  async forgetGone(now: number): Promise<Result<null, Failure>> {
    const bucket = await this.#own();
    if (!bucket.ok) return bucket;
    await putMark(bucket.value, this.#id, present(markOfBucket(this.#sql), "an organization's bucket has its mark"));
    const oldest = oldestArchives(this.#sql, LOOKED_FOR_AT_ONCE);
    for (const { created_at, batch_id } of oldest) {
      if ((await bucket.value.head(this.folder(created_at, batch_id) + MANIFEST)) !== null) break;
      await this.#removeFrom(bucket.value, created_at);
      // There may be more.
      if (created_at === oldest[LOOKED_FOR_AT_ONCE - 1]?.created_at) return ok(null);
    }
    noteSeen(this.#sql, now);
    return ok(null);
  }

  /** The bucket with the organization's mark. */
  async #own(): Promise<Result<ArchiveBucket, Failure>> {
    const bucket = this.#bucket();
    if (!bucket.ok) return bucket;
    const silent = () => new Error("the bucket of archives does not answer");
    return within(this.#marked(bucket.value), MARK_WITHIN_MS, silent);
  }

  /**
   * A bucket without a mark gets it while nothing is archived, or until it was once stored. Later it is refused: it is
   * another bucket, or somebody has deleted the mark.
   */
  async #marked(bucket: ArchiveBucket): Promise<Result<ArchiveBucket, Failure>> {
    const sql = this.#sql;
    // Asked before the read: a mark that is stored during the read may not be in it.
    const isPut = isMarkPut(sql);
    const found = await readMark(bucket, this.#id);
    const isFree = found === null && (!mayHaveArchives(sql) || (!isPut && (await this.#hasArchivesIn(bucket))));
    const mark = markOfBucket(sql) ?? randomToken();
    storeMark(sql, mark);
    noteUnmarked(sql, found !== mark && !isFree);
    if (found !== mark && !isFree) return err(UNMARKED);
    if (found !== mark) await putMark(bucket, this.#id, mark);
    noteMarkPut(sql);
    return ok(bucket);
  }

  /** One of the oldest is there, or none was stored whole: archives may be older than marks. */
  async #hasArchivesIn(bucket: ArchiveBucket): Promise<boolean> {
    const oldest = oldestArchives(this.#sql, LOOKED_FOR_AT_ONCE);
    for (const { created_at, batch_id } of oldest) {
      if ((await bucket.head(this.folder(created_at, batch_id) + MANIFEST)) !== null) return true;
    }
    return oldest.length === 0;
  }

  async #removeFrom(bucket: ArchiveBucket, createdAt: number): Promise<void> {
    const sql = this.#sql;
    const row = findArchive(sql, createdAt);
    if (row === null) return;
    await removeFolder(bucket, this.folder(createdAt, row.batch_id));
    sql.transaction(() => {
      dropArchive(sql, createdAt);
      const isDeleted = (idOfSource(sql, createdAt) ?? idOfPool(sql, createdAt)) === null;
      if (isDeleted) forgetPeople(sql, createdAt);
    });
  }

  get #howToMark(): string {
    const mark = present(markOfBucket(this.#sql), "a bucket is refused for its mark");
    return `the bucket of archives has no object ${keyOfMark(this.#id)} with the mark ${mark}, so it may be another bucket: bind the one with this organization's archives, or put the object back`;
  }

  get #id(): string {
    return readProfile(this.#sql).id;
  }

  #folderAt(createdAt: number): string {
    const row = present(findArchive(this.#sql, createdAt), "an archive has a row");
    return this.folder(createdAt, row.batch_id);
  }
}

/** For clients. The log names the object and the mark. */
const UNMARKED: Failure = {
  kind: "not_configured",
  message: "the bucket of archives may be another one than before: the operator must bind the one with these archives",
};

const wordsOf = (failure: Failure): string => ("message" in failure ? failure.message : failure.kind);
