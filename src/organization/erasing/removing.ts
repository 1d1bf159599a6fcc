/**
 * Deletes an organization. Its keys and members end with the request. Then its id is retired in the directory, its batches
 * are cancelled, and calls in flight end as they do. What is over is deleted like anything that is kept no longer
 * (`retention.ts`). The webhooks and the archives follow, and at last the organization's own object. The intent is stored
 * first, so after a crash the alarm goes on. Every step may be repeated.
 */

import type { BatchOrder } from "../../calling/messages/batch-order.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import type { Result } from "../../calling/requests/result.ts";
import { writeLog } from "../../log.ts";
import type { Sql } from "../../storage/sql.ts";
import { runningBatches } from "../batches/batch-index.ts";
import { beginDeletion, type Deletion, isAnyDeletionOpen } from "../batches/deletions.ts";
import { apiKeyIds, deleteApiKey } from "../configuration/api-keys.ts";
import { goneWebhooks, rememberGone } from "../configuration/gone-webhooks.ts";
import { allMembers, deleteMember } from "../configuration/members.ts";
import type { Watches } from "../configuration/watches.ts";
import { deleteWebhook, webhookIds } from "../configuration/webhooks.ts";
import type { RemovalView } from "../messages/organization.ts";
import { isLeaving, readProfile } from "../store/profile.ts";
import type { Archives } from "./archives.ts";
import type { Deleting } from "./deleting.ts";
import type { ErasingPort } from "./erasure-rows.ts";

const REQUEST = /*sql*/ `
  UPDATE organization SET removal_requested_at = ? WHERE only_row = 1 AND removal_requested_at IS NULL`;
const BATCHES_LEFT = /*sql*/ `SELECT TOTAL(batches) AS count FROM batch_counts WHERE agent_id > ''`;
const POOLS_LEFT = /*sql*/ `SELECT COUNT(*) AS count FROM direct_pools WHERE created_at > 0`;
/** Batches that were admitted and have not reported: they may never come to be, or do so at any moment. */
const UNSEEN = /*sql*/ `
  SELECT batch_order FROM announcements WHERE rowid > 0 AND arrived = 0
    AND json_extract(batch_order, '$.kind') IS NOT 'direct'
    AND NOT EXISTS (
      SELECT 1 FROM deletions WHERE deletions.created_at = json_extract(batch_order, '$.createdAt')
    )
  ORDER BY rowid LIMIT ?`;

/** Batches cancelled in one turn. */
const AT_ONCE = 20;

export type RemovingPort = Pick<ErasingPort, "sql"> & {
  readonly decide: <Answer>(
    decision: (
      organization: Parameters<Parameters<ErasingPort["decide"]>[0]>[0] & { readonly watches: Watches },
      now: number,
    ) => Answer,
  ) => Answer;
  readonly deleting: Deleting;
  readonly archives: Pick<Archives, "removeAll" | "tellOperator">;
  readonly cancel: (batchId: string) => Promise<Result<unknown, Failure>>;
  /** The directory never gives the id again. */
  readonly retire: (id: string, requestedAt: number) => Promise<void>;
  readonly removed: (id: string, completedAt: number) => Promise<void>;
  /** Deletes all that the organization's object stores. */
  readonly empty: () => void;
};

export class Removing {
  readonly #port: RemovingPort;
  #running: Promise<void> | null = null;

  constructor(port: RemovingPort) {
    this.#port = port;
  }

  /** In the turn of the request no key and no member is accepted any longer. */
  request(): RemovalView {
    const { sql, decide } = this.#port;
    return decide(({ watches, erasing, retention }, now) => {
      sql.run(REQUEST, now);
      for (const id of apiKeyIds(sql)) {
        deleteApiKey(sql, id);
        watches.revoked(id);
      }
      for (const { id } of allMembers(sql)) {
        deleteMember(sql, id);
        watches.revoked(id);
      }
      erasing.soon();
      retention.changed();
      return removalView(sql);
    });
  }

  /** Does all that can be done now: also what is deleted in an organization that stays. */
  run(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    const { sql, deleting } = this.#port;
    if (!isLeaving(sql)) return deleting.run();
    try {
      await this.#leave();
    } catch (error) {
      writeLog({ level: "warn", event: "deletion_unanswered", error: String(error) });
    }
  }

  async #leave(): Promise<void> {
    const { sql, deleting, archives, retire, removed, cancel, decide, empty } = this.#port;
    const { id, removalRequestedAt } = readProfile(sql);
    await retire(id, removalRequestedAt ?? Date.now());
    const unseen = unseenBatches(sql);
    const running = [...unseen.map(({ batchId }) => batchId), ...runningBatches(sql)].slice(0, AT_ONCE);
    const answers = await Promise.allSettled(running.map(cancel));
    decide(({ retention }) => {
      for (const one of unseen) beginDeletion(sql, one);
      retention.changed();
    });
    await deleting.run();
    const unanswered = answers.find((answer) => answer.status === "rejected");
    if (unanswered !== undefined) throw unanswered.reason;
    if (isAnyBatchLeft(sql)) return;
    decide(() => {
      for (const webhook of webhookIds(sql)) {
        rememberGone(sql, webhook);
        deleteWebhook(sql, webhook);
      }
    });
    await deleting.run();
    if (goneWebhooks(sql).length > 0 || isAnyBatchLeft(sql)) return;
    const emptied = await archives.removeAll();
    if (!emptied.ok) return decide((_, now) => archives.tellOperator(emptied.failure, now));
    await removed(id, Date.now());
    empty();
  }
}

const unseenBatches = (sql: Sql): Deletion[] =>
  sql.all<{ batch_order: string }>(UNSEEN, AT_ONCE).map(({ batch_order }) => {
    const { id, createdAt } = JSON.parse(batch_order) as BatchOrder;
    return { batchId: id, createdAt, act: null, isArchived: false };
  });

const batchesLeft = (sql: Sql): number =>
  sql.one<{ count: number }>(BATCHES_LEFT).count + sql.one<{ count: number }>(POOLS_LEFT).count;

const isAnyBatchLeft = (sql: Sql): boolean =>
  batchesLeft(sql) > 0 || isAnyDeletionOpen(sql) || unseenBatches(sql).length > 0;

function removalView(sql: Sql): RemovalView {
  const { id, removalRequestedAt } = readProfile(sql);
  return { id, requestedAt: removalRequestedAt ?? 0, completedAt: null, batchesLeft: batchesLeft(sql) };
}

/** Null where the organization is not being deleted. */
export const findRemoval = (sql: Sql): RemovalView | null => (isLeaving(sql) ? removalView(sql) : null);
