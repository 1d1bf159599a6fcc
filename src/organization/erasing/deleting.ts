/**
 * When batches and objects of direct calls are deleted: a client asks for it, or they are kept no longer (`retention.ts`).
 * The intent is stored first, so after a crash the alarm goes on. `deletion-steps.ts` has the steps of each.
 */

import { type Act, SERVICE } from "../../calling/messages/act.ts";
import { BATCH_NOT_OVER, type Failure, notFound } from "../../calling/requests/failure.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { writeLog } from "../../log.ts";
import { deleteActsBefore } from "../acts/act-rows.ts";
import { placeOfBatch } from "../batches/batch-index.ts";
import {
  beginClientDeletion,
  beginDeletion,
  type Deletion,
  deletionsOfArchives,
  deletionsOfObjects,
  forgetOldDeletions,
} from "../batches/deletions.ts";
import { forgetGone, goneWebhooks } from "../configuration/gone-webhooks.ts";
import { webhookIds } from "../configuration/webhooks.ts";
import { isLeaving } from "../store/profile.ts";
import { openArchive } from "./archive-rows.ts";
import { type DeletionPort, DeletionSteps, RETENTION } from "./deletion-steps.ts";
import {
  areArchivesDue,
  areDeliveriesDue,
  deliveriesForgotten,
  keptUntil,
  overdue,
  wantsArchives,
} from "./retention.ts";

/** In one turn of the alarm. */
const AT_ONCE = 20;
const ACTS_AT_ONCE = 1_000;
/** Where only the bucket is waited for, however fast slices follow each other. */
const BUCKET_AGAIN_MS = 30_000;

export type DeletingPort = DeletionPort & {
  readonly waitUntil: (work: Promise<void>) => void;
  readonly removeWebhook: (id: string) => Promise<void>;
  readonly forgetDeliveries: (webhookId: string, until: number) => Promise<void>;
};

export class Deleting {
  readonly #port: DeletingPort;
  readonly #steps: DeletionSteps;
  #running: Promise<void> | null = null;
  /** Losing it asks once more. */
  #bucketAskedAt = 0;

  constructor(port: DeletingPort) {
    this.#port = port;
    this.#steps = new DeletionSteps(port);
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
    return begun.ok ? this.#steps.delete(begun.value) : begun;
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
      deletionsOfObjects(sql, AT_ONCE).map((deletion) => this.#steps.delete(deletion)),
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
    const answers = await Promise.allSettled(waiting.map(({ createdAt }) => this.#steps.complete(createdAt)));
    for (const answer of answers) if (answer.status === "rejected") warnUnanswered(answer.reason);
  }
}

const warnUnanswered = (error: unknown): void =>
  writeLog({ level: "warn", event: "deletion_unanswered", error: String(error) });
