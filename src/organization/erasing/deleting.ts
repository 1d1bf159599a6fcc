/**
 * Deletes batches: the webhooks forget their calls, then the batch's object deletes itself, then the organization forgets it.
 * The intent is stored first, so after a crash the alarm goes on. Every step may be repeated.
 */

import type { Act } from "../../calling/messages/act.ts";
import { BATCH_NOT_OVER, type Failure, notFound } from "../../calling/requests/failure.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { writeLog } from "../../log.ts";
import type { Sql } from "../../storage/sql.ts";
import { record } from "../acts/act-rows.ts";
import { dropSummary, placeOfBatch, summaryOfBatch } from "../batches/batch-index.ts";
import { beginDeletion, type Deletion, openDeletions, revokeDeletion, storeDeleted } from "../batches/deletions.ts";
import { forgetPeople } from "../batches/people-index.ts";
import { webhookIds } from "../configuration/webhooks.ts";
import type { ErasingPort } from "./erasure-rows.ts";

const FORGET_APPENDED = /*sql*/ `DELETE FROM appended_recipients WHERE batch_id = ?`;
/** The numbers of a request that were on the do-not-call list. */
const FORGET_NUMBERS = /*sql*/ `
  UPDATE announcements SET batch_order = json_set(batch_order, '$.doNotCall', json('[]')) WHERE batch_id = ?`;

export type DeletingPort = ErasingPort & {
  /** The ids of the batch's calls; refused while it is not over. */
  readonly callsToDelete: (batchId: string) => Promise<Result<readonly string[], Failure>>;
  readonly deleteBatch: (batchId: string) => Promise<Result<null, Failure>>;
};

/** In one turn of the alarm. */
const AT_ONCE = 20;

export class Deleting {
  readonly #port: DeletingPort;

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
      const deletion = { createdAt: place.createdAt, batchId, act };
      beginDeletion(sql, deletion);
      erasing.look(now);
      return ok(deletion);
    });
    return begun.ok ? this.#delete(begun.value) : begun;
  }

  /** Goes on with what broke off. */
  async run(): Promise<void> {
    const { sql, decide } = this.#port;
    const open = openDeletions(sql, AT_ONCE);
    const answers = await Promise.allSettled(open.map((deletion) => this.#delete(deletion)));
    for (const answer of answers) {
      if (answer.status === "rejected")
        writeLog({ level: "warn", event: "deletion_unanswered", error: String(answer.reason) });
    }
    decide(({ erasing }, now) => erasing.look(now));
  }

  async #delete(deletion: Deletion): Promise<Result<null, Failure>> {
    const { sql, callsToDelete, deleteBatch, eraseCalls, decide } = this.#port;
    const { batchId, createdAt } = deletion;
    const calls = await callsToDelete(batchId);
    if (calls.ok) await Promise.all(webhookIds(sql).map((id) => eraseCalls(id, calls.value)));
    const deleted = calls.ok ? await deleteBatch(batchId) : calls;
    // There is no such batch in the object any longer.
    const isGone = deleted.ok || deleted.failure.kind === "not_found";
    if (!isGone && deleted.failure.kind === "try_again") return deleted;
    decide(({ erasing }, now) => {
      if (isGone) completeDeletion(sql, deletion, now);
      else revokeDeletion(sql, createdAt);
      erasing.look(now);
    });
    return isGone ? ok(null) : deleted;
  }
}

/** The batch's object has deleted itself: so does everything here that is about it. Call it in a transaction. */
function completeDeletion(sql: Sql, { createdAt, batchId, act }: Deletion, now: number): void {
  const { name } = summaryOfBatch(sql, createdAt) ?? { name: null };
  record(sql, act ?? undefined, { kind: "batch", resourceId: batchId, before: { name }, after: null }, now);
  dropSummary(sql, createdAt);
  forgetPeople(sql, createdAt);
  sql.run(FORGET_APPENDED, batchId);
  sql.run(FORGET_NUMBERS, batchId);
  storeDeleted(sql, createdAt, now);
}
