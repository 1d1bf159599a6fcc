/**
 * Deletes batches and objects of direct calls. They are archived, if the organization wants it. The webhooks forget their
 * calls, then the object deletes itself, then the organization forgets it. Clients ask for it, or it is kept no longer (`retention.ts`). The intent is stored first, so after
 * a crash the alarm goes on. Every step may be repeated.
 */

import { type Act, SERVICE } from "../../calling/messages/act.ts";
import { BATCH_NOT_OVER, type Failure, notFound } from "../../calling/requests/failure.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { writeLog } from "../../log.ts";
import type { Sql } from "../../storage/sql.ts";
import { deleteActsBefore, record } from "../acts/act-rows.ts";
import { dropSummary, placeOfBatch, summaryOfBatch } from "../batches/batch-index.ts";
import {
  beginClientDeletion,
  beginDeletion,
  type Deletion,
  deletionsOfArchives,
  deletionsOfObjects,
  forgetOldDeletions,
  noteObjectGone,
  openDeletion,
  revokeDeletion,
  storeDeleted,
} from "../batches/deletions.ts";
import { dropPool, idOfPool } from "../batches/direct-pools.ts";
import { forgetPeople } from "../batches/people-index.ts";
import { forgetGone, goneWebhooks } from "../configuration/gone-webhooks.ts";
import { webhookIds } from "../configuration/webhooks.ts";
import { isLeaving } from "../store/profile.ts";
import { archiveStored, dropArchive, isArchiveStored, mayHaveArchive, openArchive } from "./archive-rows.ts";
import type { Archives } from "./archives.ts";
import type { ErasingPort } from "./erasure-rows.ts";
import {
  areArchivesDue,
  areDeliveriesDue,
  deliveriesForgotten,
  isKept,
  keptUntil,
  overdue,
  wantsArchives,
} from "./retention.ts";

const FORGET_APPENDED = /*sql*/ `DELETE FROM appended_recipients WHERE batch_id = ?`;
/** The numbers of a request that were on the do-not-call list. */
const FORGET_NUMBERS = /*sql*/ `
  UPDATE announcements SET batch_order = json_set(batch_order, '$.doNotCall', json('[]')) WHERE batch_id = ?`;

export type DeletingPort = ErasingPort & {
  readonly waitUntil: (work: Promise<void>) => void;
  /** The ids of its calls; refused while it is not over. */
  readonly callsToDelete: (batchId: string) => Promise<Result<readonly string[], Failure>>;
  /** Refused while it is not over, while an earlier one still writes, and in a bucket without the mark. */
  readonly archive: (batchId: string, folder: string, mark: string) => Promise<Result<null, Failure>>;
  /** Refused while its archive is written. `isArchived`: refused if anything has changed since. */
  readonly deleteBatch: (batchId: string, isArchived: boolean) => Promise<Result<null, Failure>>;
  readonly archives: Archives;
  readonly removeWebhook: (id: string) => Promise<void>;
  readonly forgetDeliveries: (webhookId: string, until: number) => Promise<void>;
};

const RETENTION = "retention";
/** In one turn of the alarm. */
const AT_ONCE = 20;
const ACTS_AT_ONCE = 1_000;
/** Where only the bucket is waited for, however fast slices follow each other. */
const BUCKET_AGAIN_MS = 30_000;
/** Then the deletion goes on later. */
const PASSING: ReadonlySet<Failure["kind"]> = new Set(["try_again", "not_configured"]);

export class Deleting {
  readonly #port: DeletingPort;
  #running: Promise<void> | null = null;
  /** Losing it asks once more. */
  #bucketAskedAt = 0;

  constructor(port: DeletingPort) {
    this.#port = port;
  }

  /** 404 if there is no such batch; 409 while it is not over. Throws if an object does not answer: then it goes on by itself. */
  async deleteBatch(batchId: string, act: Act | null): Promise<Result<null, Failure>> {
    const { sql, decide } = this.#port;
    const begun = decide(({ erasing }, now): Result<Deletion, Failure> => {
      const place = placeOfBatch(sql, batchId);
      if (place === null) return err(notFound("batch"));
      if (!place.isAtRest) return err(BATCH_NOT_OVER);
      const deletion = beginClientDeletion(sql, place.createdAt, batchId, act);
      erasing.look(now);
      return ok(deletion);
    });
    return begun.ok ? this.#delete(begun.value) : begun;
  }

  /** Begins what is due, and goes on with what broke off. */
  run(): Promise<void> {
    if (this.#running === null) {
      this.#running = this.#run().finally(() => {
        this.#running = null;
      });
      this.#port.waitUntil(this.#running);
    }
    return this.#running;
  }

  /** Each step goes on whatever happens to the others: a bucket that is missing holds up what needs it, and nothing else. */
  async #run(): Promise<void> {
    const { sql, decide, removeWebhook } = this.#port;
    const { until, lookAt } = decide(({ erasing, retention }, now) => {
      forgetOldDeletions(sql, now);
      const kept = keptUntil(sql, now);
      if (kept !== null && !isLeaving(sql)) deleteActsBefore(sql, kept, ACTS_AT_ONCE);
      const isLookDue = areArchivesDue(sql, now) && !retention.isHeldUp("archives", now);
      erasing.look(now);
      retention.begun(now);
      return {
        until: kept !== null && areDeliveriesDue(sql, kept) ? kept : null,
        lookAt: isLookDue ? now : null,
      };
    });
    const gone = goneWebhooks(sql).map(async (id) => {
      await removeWebhook(id);
      forgetGone(sql, id);
    });
    const archivesRemoved = this.#removeArchives().catch(warnUnanswered);
    let isAllDeleted = false;
    const answers = await Promise.allSettled([
      ...gone,
      ...(until === null ? [] : [this.#forgetDeliveries(until)]),
      ...(lookAt === null ? [] : [this.#forgetGoneArchives(lookAt)]),
      this.#deleteOverdue().then((isAll) => {
        isAllDeleted = isAll;
      }),
    ]);
    const failed = answers.filter((answer) => answer.status === "rejected");
    for (const { reason } of failed) warnUnanswered(reason);
    await archivesRemoved;
    decide(({ erasing, retention }, now) => {
      erasing.look(now);
      if (failed.length === 0 && isAllDeleted && deletionsOfObjects(sql, 1).length === 0) retention.done(now);
    });
  }

  async #forgetDeliveries(until: number): Promise<void> {
    const { sql, forgetDeliveries } = this.#port;
    await Promise.all(webhookIds(sql).map((id) => forgetDeliveries(id, until)));
    deliveriesForgotten(sql, until);
  }

  async #forgetGoneArchives(now: number): Promise<void> {
    const { archives, decide } = this.#port;
    const forgotten = await archives.forgetGone(now);
    if (forgotten.ok) return;
    archives.tellOperator(forgotten.failure, now);
    decide(({ retention }) => retention.heldUp("archives", now));
  }

  /** Begins what is due, and goes on with what was begun. False if any of it is not over yet, or waits. */
  async #deleteOverdue(): Promise<boolean> {
    const { sql } = this.#port;
    const [begun] = await Promise.allSettled([this.#beginOverdue()]);
    const answers = await Promise.allSettled(
      deletionsOfObjects(sql, AT_ONCE).map((deletion) => this.#delete(deletion)),
    );
    for (const answer of answers) if (answer.status === "rejected") warnUnanswered(answer.reason);
    if (begun.status === "rejected") throw begun.reason;
    return answers.every((answer) => answer.status === "fulfilled" && answer.value.ok);
  }

  async #beginOverdue(): Promise<void> {
    const { sql, decide, archives } = this.#port;
    const isAny = decide(
      ({ retention }, now) => overdue(sql, now, 1).length > 0 && !retention.isHeldUp("sources", now),
    );
    if (!isAny) return;
    const possible = wantsArchives(sql) ? await archives.mark() : ok(null);
    decide(({ erasing, retention }, now) => {
      if (!possible.ok) {
        archives.tellOperator(possible.failure, now);
        return retention.heldUp("sources", now);
      }
      const isArchived = possible.value !== null && wantsArchives(sql);
      for (const { isBatch, ...source } of overdue(sql, now, AT_ONCE - deletionsOfObjects(sql, AT_ONCE).length)) {
        const act: Act = { id: crypto.randomUUID(), operation: RETENTION, by: SERVICE };
        // The audit names batches. Of an organization that is being deleted nothing will be read.
        beginDeletion(sql, { ...source, act: isBatch ? act : null, isArchived });
        if (isArchived) openArchive(sql, source.createdAt, source.batchId);
      }
      erasing.look(now);
    });
  }

  /** A client may take it over meanwhile, so the row says at each step what it has become. */
  async #delete({ batchId, createdAt }: Deletion): Promise<Result<null, Failure>> {
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
    if (isGone) return this.#complete(createdAt);
    decide(({ erasing }, now) => {
      if (openDeletion(sql, createdAt) === null) return;
      revokeDeletion(sql, createdAt);
      archiveStored(sql, createdAt, null);
      erasing.look(now);
    });
    return deleted;
  }

  /** Its object is gone. Where only the bucket refuses, the row waits for it, and nothing else does. */
  async #complete(createdAt: number): Promise<Result<null, Failure>> {
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

  /** Of what waits for the bucket alone. */
  async #removeArchives(): Promise<void> {
    const { sql, decide, archives } = this.#port;
    const waiting = deletionsOfArchives(sql, AT_ONCE);
    if (waiting.length === 0) return;
    const isDue = decide((_, now) => {
      if (isLeaving(sql)) return true;
      if (now < this.#bucketAskedAt + BUCKET_AGAIN_MS) return false;
      this.#bucketAskedAt = now;
      return true;
    });
    if (!isDue) return;
    // Once for all of them.
    const bucket = isLeaving(sql) ? ok(null) : await archives.mark();
    if (!bucket.ok) return decide((_, now) => archives.tellOperator(bucket.failure, now));
    const answers = await Promise.allSettled(waiting.map(({ createdAt }) => this.#complete(createdAt)));
    for (const answer of answers) if (answer.status === "rejected") warnUnanswered(answer.reason);
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

const warnUnanswered = (error: unknown): void =>
  writeLog({ level: "warn", event: "deletion_unanswered", error: String(error) });

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
