/**
 * The steps of a deletion. The object is archived, if the organization wants it. Webhooks forget its calls, the object
 * deletes itself, then the organization forgets it. Every step may be repeated.
 */

import type { Failure } from "../../calling/requests/failure.ts";
import { ok, type Result } from "../../calling/requests/result.ts";
import type { Sql } from "../../storage/sql.ts";
import { record } from "../acts/act-rows.ts";
import { dropSummary, summaryOfBatch } from "../batches/batch-index.ts";
import { type Deletion, noteObjectGone, openDeletion, revokeDeletion, storeDeleted } from "../batches/deletions.ts";
import { dropPool, idOfPool } from "../batches/direct-pools.ts";
import { forgetPeople } from "../batches/people-index.ts";
import { webhookIds } from "../configuration/webhooks.ts";
import { isLeaving } from "../store/profile.ts";
import { archiveStored, dropArchive, isArchiveStored, mayHaveArchive } from "./archive-rows.ts";
import type { Archives } from "./archives.ts";
import type { ErasingPort } from "./erasure-rows.ts";
import { isKept, wantsArchives } from "./retention.ts";

const FORGET_APPENDED = /*sql*/ `DELETE FROM appended_recipients WHERE batch_id = ?`;
/** The numbers of a request that were on the do-not-call list. */
const FORGET_NUMBERS = /*sql*/ `
  UPDATE announcements SET batch_order = json_set(batch_order, '$.doNotCall', json('[]')) WHERE batch_id = ?`;

export type DeletionPort = ErasingPort & {
  /** The ids of its calls; refused while it is not over. */
  readonly callsToDelete: (batchId: string) => Promise<Result<readonly string[], Failure>>;
  /** Refused while it is not over, while an earlier one still writes, and in a bucket without the mark. */
  readonly archive: (batchId: string, folder: string, mark: string) => Promise<Result<null, Failure>>;
  /** Refused while its archive is written. `isArchived`: refused if anything has changed since. */
  readonly deleteBatch: (batchId: string, isArchived: boolean) => Promise<Result<null, Failure>>;
  readonly archives: Archives;
};

/** The operation that retention's deletions have in the audit. */
export const RETENTION = "retention";
/** Then the deletion goes on later. */
const PASSING: ReadonlySet<Failure["kind"]> = new Set(["try_again", "not_configured"]);

export class DeletionSteps {
  readonly #port: DeletionPort;

  constructor(port: DeletionPort) {
    this.#port = port;
  }

  /** A client may take it over meanwhile, so the row says at each step what it has become. */
  async delete({ batchId, createdAt }: Deletion): Promise<Result<null, Failure>> {
    const { sql, callsToDelete, deleteBatch, eraseCalls, decide } = this.#port;
    const calls = await callsToDelete(batchId);
    // If its object is gone, so must be the rest.
    if (calls.ok && this.#isTakenBack(createdAt)) return ok(null);
    const isArchived = this.#isArchived(createdAt);
    const ready = calls.ok && isArchived ? await this.#archive(batchId, createdAt) : calls;
    if (calls.ok && ready.ok) await Promise.all(webhookIds(sql).map((id) => eraseCalls(id, calls.value)));
    // Also where there is none: then none may come to be.
    const isRefused = !ready.ok && ready.failure.kind !== "not_found";
    const deleted = isRefused ? ready : await deleteBatch(batchId, calls.ok && isArchived);
    // There is no such batch in the object any longer.
    const isGone = deleted.ok || deleted.failure.kind === "not_found";
    if (!isGone && PASSING.has(deleted.failure.kind)) return deleted;
    // Not before the object is gone: until then it may write its archive.
    if (isGone) return this.complete(createdAt);
    decide(({ erasing }, now) => {
      if (openDeletion(sql, createdAt) === null) return;
      revokeDeletion(sql, createdAt);
      archiveStored(sql, createdAt, null);
      erasing.look(now);
    });
    return deleted;
  }

  /** Its object is gone. Where only the bucket refuses, the row waits for it, and nothing else does. */
  async complete(createdAt: number): Promise<Result<null, Failure>> {
    const { sql, decide, archives } = this.#port;
    const stays = this.#isArchived(createdAt) && isArchiveStored(sql, createdAt);
    // All archives of an organization that is being deleted are removed in the end (`removing.ts`).
    const isToRemove = !stays && !isLeaving(sql) && mayHaveArchive(sql, createdAt);
    if (isToRemove) decide(() => noteObjectGone(sql, createdAt));
    const removed = isToRemove ? await archives.remove(createdAt) : ok(null);
    decide(({ erasing }, now) => {
      const open = openDeletion(sql, createdAt);
      if (!removed.ok) archives.tellOperator(removed.failure, now);
      else if (open !== null) completeDeletion(sql, open, now);
      erasing.look(now);
    });
    return removed;
  }

  /** Of an organization that is being deleted nothing is archived, nor if it does not want it any longer. */
  #isArchived(createdAt: number): boolean {
    const { sql } = this.#port;
    return openDeletion(sql, createdAt)?.isArchived === true && wantsArchives(sql);
  }

  /** Retention had begun it, and it is not due by the settings as they are now. */
  #isTakenBack(createdAt: number): boolean {
    const { sql, decide } = this.#port;
    return decide(({ erasing, retention }, now) => {
      const open = openDeletion(sql, createdAt);
      const isOfRetention = open?.act?.operation === RETENTION || idOfPool(sql, createdAt) !== null;
      if (open === null || !isOfRetention || !isKept(sql, createdAt, now)) return false;
      revokeDeletion(sql, createdAt);
      // What was written of it already is overwritten when it is due.
      archiveStored(sql, createdAt, null);
      erasing.look(now);
      retention.changed();
      return true;
    });
  }

  async #archive(batchId: string, createdAt: number): Promise<Result<null, Failure>> {
    const { sql, archive, archives, decide } = this.#port;
    const mark = await archives.mark();
    if (!mark.ok) {
      decide((_, now) => archives.tellOperator(mark.failure, now));
      return mark;
    }
    const archived = await archive(batchId, archives.folder(createdAt, batchId), mark.value);
    if (archived.ok) decide((_, now) => archiveStored(sql, createdAt, now));
    return archived;
  }
}

/** The object has deleted itself: so does everything here that is about it. Call it in a transaction. */
function completeDeletion(sql: Sql, { createdAt, batchId, act }: Deletion, now: number): void {
  const { name } = summaryOfBatch(sql, createdAt) ?? { name: null };
  record(sql, act ?? undefined, { kind: "batch", resourceId: batchId, before: { name }, after: null }, now);
  dropSummary(sql, createdAt);
  dropPool(sql, createdAt);
  // Who is in its archive must be found, and that there is one, if the organization is removed before it.
  const hasArchive = isArchiveStored(sql, createdAt) || (isLeaving(sql) && mayHaveArchive(sql, createdAt));
  if (!hasArchive) {
    dropArchive(sql, createdAt);
    forgetPeople(sql, createdAt);
  }
  sql.run(FORGET_APPENDED, batchId);
  sql.run(FORGET_NUMBERS, batchId);
  storeDeleted(sql, createdAt, now);
}
