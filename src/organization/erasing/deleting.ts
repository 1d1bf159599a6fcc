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
  forgetOldDeletions,
  openDeletion,
  openDeletions,
  revokeDeletion,
  storeDeleted,
} from "../batches/deletions.ts";
import { dropPool, idOfPool } from "../batches/direct-pools.ts";
import { forgetPeople } from "../batches/people-index.ts";
import { forgetGone, goneWebhooks } from "../configuration/gone-webhooks.ts";
import { webhookIds } from "../configuration/webhooks.ts";
import { isLeaving } from "../store/profile.ts";
import { type Archives, archiveStored, dropArchive, isArchiveStored, openArchive } from "./archives.ts";
import type { ErasingPort } from "./erasure-rows.ts";
import { isKept, overdue, wantsArchives } from "./retention.ts";

const FORGET_APPENDED = /*sql*/ `DELETE FROM appended_recipients WHERE batch_id = ?`;
/** The numbers of a request that were on the do-not-call list. */
const FORGET_NUMBERS = /*sql*/ `
  UPDATE announcements SET batch_order = json_set(batch_order, '$.doNotCall', json('[]')) WHERE batch_id = ?`;

export type DeletingPort = ErasingPort & {
  readonly waitUntil: (work: Promise<void>) => void;
  /** The ids of its calls; refused while it is not over. */
  readonly callsToDelete: (batchId: string) => Promise<Result<readonly string[], Failure>>;
  /** Refused while it is not over, and while an earlier one still writes. */
  readonly archive: (batchId: string, folder: string) => Promise<Result<null, Failure>>;
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
/** Then the deletion goes on later. */
const PASSING: ReadonlySet<Failure["kind"]> = new Set(["try_again", "not_configured"]);

export class Deleting {
  readonly #port: DeletingPort;
  #running: Promise<void> | null = null;

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

  async #run(): Promise<void> {
    const { sql, decide, removeWebhook, forgetDeliveries, archives } = this.#port;
    const aged = decide(({ erasing, retention }, now) => {
      forgetOldDeletions(sql, now);
      const { sources, until, isArchived } = overdue(sql, now, AT_ONCE - openDeletions(sql, AT_ONCE).length);
      if (isArchived && sources.length > 0 && !archives.isPossible) {
        erasing.look(now);
        retention.heldUp(now);
        return null;
      }
      for (const { isBatch, ...source } of sources) {
        const act: Act = { id: crypto.randomUUID(), operation: RETENTION, by: SERVICE };
        // The audit names batches. Of an organization that is being deleted nothing will be read.
        beginDeletion(sql, { ...source, act: isBatch ? act : null, isArchived });
        if (isArchived) openArchive(sql, source.createdAt, source.batchId);
      }
      if (until !== null && !isLeaving(sql)) deleteActsBefore(sql, until, ACTS_AT_ONCE);
      erasing.look(now);
      retention.begun(now);
      return sources.length === 0 ? null : until;
    });
    const gone = goneWebhooks(sql).map(async (id) => {
      await removeWebhook(id);
      forgetGone(sql, id);
    });
    const unarchived = aged === null ? [] : [archives.forgetGone()];
    const deliveries = aged === null ? [] : webhookIds(sql).map((id) => forgetDeliveries(id, aged));
    const open = openDeletions(sql, AT_ONCE).map((deletion) => this.#delete(deletion));
    const answers = await Promise.allSettled<unknown>([...gone, ...unarchived, ...deliveries, ...open]);
    for (const answer of answers) {
      if (answer.status === "rejected")
        writeLog({ level: "warn", event: "deletion_unanswered", error: String(answer.reason) });
    }
    decide(({ erasing, retention }, now) => {
      erasing.look(now);
      if (openDeletions(sql, 1).length === 0) retention.done(now);
    });
  }

  /** A client may take it over meanwhile, so the row says at each step what it has become. */
  async #delete({ batchId, createdAt }: Deletion): Promise<Result<null, Failure>> {
    const { sql, callsToDelete, deleteBatch, eraseCalls, decide, archives } = this.#port;
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
    if (isGone && !this.#isArchived(createdAt)) await archives.remove(createdAt);
    decide(({ erasing }, now) => {
      const open = openDeletion(sql, createdAt);
      if (open === null) return;
      if (isGone) completeDeletion(sql, open, now);
      else revokeDeletion(sql, createdAt);
      if (!isGone) archiveStored(sql, createdAt, null);
      erasing.look(now);
    });
    return isGone ? ok(null) : deleted;
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
    const archived = await archive(batchId, archives.folder(createdAt, batchId));
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
  // Who is in its archive must be found.
  if (!isArchiveStored(sql, createdAt)) {
    dropArchive(sql, createdAt);
    forgetPeople(sql, createdAt);
  }
  sql.run(FORGET_APPENDED, batchId);
  sql.run(FORGET_NUMBERS, batchId);
  storeDeleted(sql, createdAt, now);
}
