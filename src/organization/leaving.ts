/** What leaves an organization: people who are erased, batches that are over, and at last all of it. Made on first use. */

import { archiveBucket } from "../archive/bucket.ts";
import type { BatchRpc } from "../batch/rpc.ts";
import { jurisdictionOf, nameWithin } from "../calling/words/jurisdiction.ts";
import type { Bindings } from "../env.ts";
import { answerOf } from "../peer.ts";
import type { Sql } from "../storage/sql.ts";
import { Archives } from "./erasing/archives.ts";
import { Deleting } from "./erasing/deleting.ts";
import type { ErasingPort } from "./erasing/erasure-rows.ts";
import { Erasures } from "./erasing/erasures.ts";
import { Removing } from "./erasing/removing.ts";
import type { Executor } from "./executor.ts";
import { DIRECTORY } from "./rpc.ts";

/** Dozens of files, each a request to the bucket. */
const ARCHIVED_WITHIN_MS = 5 * 60_000;

export type Leaver = {
  readonly id: () => string;
  readonly sql: Sql;
  readonly env: () => Bindings;
  readonly keyRing: readonly string[];
  readonly executor: Executor;
  readonly batch: (id: string) => BatchRpc;
  readonly waitUntil: (work: Promise<void>) => void;
  readonly empty: () => void;
};

export class Leaving {
  readonly archives: Archives;
  readonly erasures: Erasures;
  readonly deleting: Deleting;
  readonly removing: Removing;

  constructor({ id, sql, env, keyRing, executor, batch, waitUntil, empty }: Leaver) {
    const webhook = (name: string) => env().WEBHOOKS.getByName(name);
    const directory = () => env().DIRECTORY.getByName(nameWithin(jurisdictionOf(id()), DIRECTORY));
    const erasing: ErasingPort = {
      sql,
      decide: (decision) => executor.decide(decision),
      eraseCalls: (webhookId, callIds) => answerOf(webhook(webhookId).eraseCalls(callIds)),
    };
    const archives = new Archives(sql, () => archiveBucket(env(), id()));
    this.archives = archives;
    this.erasures = new Erasures({
      ...erasing,
      archives,
      keyRing,
      waitUntil,
      personIn: (batchId, person) => answerOf(batch(batchId).personIn(id(), person)),
      erasePerson: (batchId, person, hashes) => answerOf(batch(batchId).erasePerson(id(), person, hashes)),
    });
    this.deleting = new Deleting({
      ...erasing,
      archives,
      waitUntil,
      callsToDelete: (batchId) => answerOf(batch(batchId).callsToDelete(batchId, id())),
      archive: (batchId, folder, mark) =>
        answerOf(batch(batchId).archive(batchId, id(), folder, mark), ARCHIVED_WITHIN_MS),
      deleteBatch: (batchId, isArchived) => answerOf(batch(batchId).delete(batchId, id(), isArchived)),
      removeWebhook: (webhookId) => answerOf(webhook(webhookId).remove()),
      forgetDeliveries: (webhookId, until) => answerOf(webhook(webhookId).forgetUntil(until)),
    });
    this.removing = new Removing({
      sql,
      decide: (decision) => executor.decide(decision),
      deleting: this.deleting,
      archives,
      cancel: (batchId) => answerOf(batch(batchId).cancel(batchId, id())),
      retire: (own, requestedAt) => answerOf(directory().retire(own, requestedAt)),
      removed: (own, completedAt) => answerOf(directory().removed(own, completedAt)),
      empty,
    });
  }
}
