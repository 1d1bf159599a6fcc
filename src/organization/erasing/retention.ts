/**
 * What the organization keeps no longer: batches and direct calls; records of the audit and deliveries; who is in archives
 * that somebody has deleted. A batch is over since its last change, and a retry or an append begins anew. Direct
 * calls share an object for a day, and webhooks are told once a day, so both go up to a day later. In an organization that
 * is being deleted, all that is over goes at once.
 *
 * The rows say what is due. Only the time of the next look is in memory, and losing it looks once more.
 */

import { present } from "../../calling/requests/assert.ts";
import type { Sql } from "../../storage/sql.ts";
import { LIVES_AT_MOST_MS } from "../batches/direct-pools.ts";
import { countWebhooks } from "../configuration/webhooks.ts";
import { mayHaveArchives } from "./archive-rows.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
/** What was begun goes on by itself, so the next look can wait so long. */
const LOOK_AGAIN_MS = 30_000;
/** Until a human has bound the right bucket. */
const HELD_UP_MS = 60 * 60 * 1_000;
/** From one slice to the next, if all of the first is gone. */
const NEXT_SLICE_MS = 100;

/** Persisted. Deliveries until `deliveries_kept_from` were deleted. */
type SettingsRow = {
  retention_days: number;
  removal_requested_at: number | null;
  archive: number;
  deliveries_kept_from: number;
  archives_seen_at: number;
};
type SourceRow = { created_at: number; id: string };

const SETTINGS = /*sql*/ `
  SELECT retention_days, removal_requested_at, archive, deliveries_kept_from, archives_seen_at
  FROM organization WHERE only_row = 1`;
const KEPT_FROM = /*sql*/ `UPDATE organization SET deliveries_kept_from = ? WHERE only_row = 1`;
/** The counts still name an agent that was deleted. */
const RESTED = /*sql*/ `
  SELECT created_at, id FROM batch_index INDEXED BY batches_rested
  WHERE agent_id IN (SELECT agent_id FROM batch_counts WHERE agent_id > '') AND at_rest = 1 AND last_updated_at <= ?
    AND NOT EXISTS (SELECT 1 FROM deletions WHERE deletions.created_at = batch_index.created_at) LIMIT ?`;
const OLDEST_RESTED = /*sql*/ `
  SELECT MIN((
    SELECT last_updated_at FROM batch_index INDEXED BY batches_rested
    WHERE batch_index.agent_id = agents.agent_id AND at_rest = 1
      AND NOT EXISTS (SELECT 1 FROM deletions WHERE deletions.created_at = batch_index.created_at)
    ORDER BY last_updated_at LIMIT 1
  )) AS at FROM (SELECT DISTINCT agent_id FROM batch_counts WHERE agent_id > '') AS agents`;
const OVER_AT = /*sql*/ `SELECT last_updated_at AS at FROM batch_index WHERE created_at = ?`;
const POOLS = /*sql*/ `
  SELECT created_at, id FROM direct_pools WHERE created_at <= ?
    AND NOT EXISTS (SELECT 1 FROM deletions WHERE deletions.created_at = direct_pools.created_at)
  ORDER BY created_at LIMIT ?`;
const OLDEST_ACT = /*sql*/ `SELECT at FROM acts WHERE id > '' ORDER BY id LIMIT 1`;
const OLDEST_POOL = /*sql*/ `
  SELECT created_at AS at FROM direct_pools WHERE created_at > 0
    AND NOT EXISTS (SELECT 1 FROM deletions WHERE deletions.created_at = direct_pools.created_at)
  ORDER BY created_at LIMIT 1`;

/** By when it was created; `isBatch` false: an object of direct calls. */
export type OverdueSource = { readonly createdAt: number; readonly batchId: string; readonly isBatch: boolean };

/** Kept: asked for whenever a batch is over. */
const settingsOf = (sql: Sql): SettingsRow =>
  present(sql.kept<SettingsRow>(["organization"], SETTINGS), "an organization has its row");

/** What was over by then is not kept; null: all is kept. */
export function keptUntil(sql: Sql, now: number): number | null {
  const { retention_days, removal_requested_at } = settingsOf(sql);
  if (removal_requested_at !== null) return Number.MAX_SAFE_INTEGER;
  return retention_days === 0 ? null : now - retention_days * DAY_MS;
}

/** The batches and objects of direct calls that have to go by now, at most so many. */
export function overdue(sql: Sql, now: number, atMost: number): readonly OverdueSource[] {
  const until = keptUntil(sql, now);
  if (until === null) return [];
  const batches = sql.all<SourceRow>(RESTED, until, atMost);
  const pools = sql.all<SourceRow>(POOLS, until - LIVES_AT_MOST_MS, Math.max(0, atMost - batches.length));
  const as = (isBatch: boolean) => (row: SourceRow) => ({ createdAt: row.created_at, batchId: row.id, isBatch });
  return [...batches.map(as(true)), ...pools.map(as(false))];
}

/** Retention has begun to delete it, and the settings say by now that it stays, or it has changed. */
export function isKept(sql: Sql, createdAt: number, now: number): boolean {
  const until = keptUntil(sql, now);
  if (until === null) return true;
  const batch = sql.first<{ at: number }>(OVER_AT, createdAt);
  return batch === null ? createdAt > until - LIVES_AT_MOST_MS : batch.at > until;
}

/** The organization wants it now. */
export function wantsArchives(sql: Sql): boolean {
  const { archive, removal_requested_at } = settingsOf(sql);
  return archive === 1 && removal_requested_at === null;
}

/** Webhooks have deleted what they were told until then. */
export const deliveriesForgotten = (sql: Sql, until: number): void => {
  sql.run(KEPT_FROM, until);
};

/** `sources`: batches and direct calls. `records`: of the audit, and deliveries. `archives`: those that are gone. */
type Kind = "sources" | "records" | "archives";
const KINDS: readonly Kind[] = ["sources", "records", "archives"];
const NEVER = Number.POSITIVE_INFINITY;

const NEXT: Readonly<Record<Kind, (sql: Sql, settings: SettingsRow) => number>> = {
  sources(sql, { retention_days, removal_requested_at }) {
    if (removal_requested_at === null && retention_days === 0) return NEVER;
    const batch = sql.first<{ at: number | null }>(OLDEST_RESTED)?.at ?? NEVER;
    const pool = sql.first<{ at: number }>(OLDEST_POOL)?.at ?? NEVER;
    const oldest = Math.min(batch, pool + LIVES_AT_MOST_MS);
    if (removal_requested_at === null || oldest === NEVER) return oldest + retention_days * DAY_MS;
    return 0;
  },
  records(sql, { retention_days, removal_requested_at, deliveries_kept_from }) {
    if (removal_requested_at !== null || retention_days === 0) return NEVER;
    const act = sql.first<{ at: number }>(OLDEST_ACT)?.at ?? NEVER;
    const deliveries = countWebhooks(sql) === 0 ? NEVER : deliveries_kept_from + DAY_MS;
    return Math.min(act, deliveries) + retention_days * DAY_MS;
  },
  archives: (sql, { removal_requested_at, archives_seen_at }) =>
    removal_requested_at === null && mayHaveArchives(sql) ? archives_seen_at + DAY_MS : NEVER,
};

/** Whether webhooks have to delete what they were told until then: once a day. */
export function areDeliveriesDue(sql: Sql, until: number): boolean {
  const { removal_requested_at, deliveries_kept_from } = settingsOf(sql);
  return removal_requested_at === null && deliveries_kept_from + DAY_MS <= until;
}
/** Whether archives that are gone have to be looked for: once a day. */
export const areArchivesDue = (sql: Sql, now: number): boolean => NEXT.archives(sql, settingsOf(sql)) <= now;

export class Retention {
  readonly #sql: Sql;
  /** Infinity: nothing is due; absent: it is not known. */
  readonly #at = new Map<Kind, number>();
  readonly #heldUntil = new Map<Kind, number>();
  #notBefore = 0;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  get dueAt(): number {
    const ats = KINDS.map((kind) => Math.max(this.#nextOf(kind), this.#heldUntil.get(kind) ?? 0));
    return Math.max(Math.min(...ats), this.#notBefore);
  }

  #nextOf(kind: Kind): number {
    const known = this.#at.get(kind);
    if (known !== undefined) return known;
    const next = NEXT[kind](this.#sql, settingsOf(this.#sql));
    this.#at.set(kind, next);
    return next;
  }

  /** The settings have changed. */
  changed(): void {
    this.#at.clear();
    this.#heldUntil.clear();
  }

  /** Something is over that was not. It is due later than what is known, if anything is. */
  isOver(): void {
    for (const kind of KINDS) if (this.#at.get(kind) === NEVER) this.#at.delete(kind);
  }

  /** A slice was begun; the next follows when it is done, or later. */
  begun(now: number): void {
    this.#at.clear();
    this.#notBefore = now + LOOK_AGAIN_MS;
  }

  /** The bucket is missing, or another one. What needs none goes on. */
  heldUp(kind: Kind, now: number): void {
    this.#heldUntil.set(kind, now + HELD_UP_MS);
  }
  isHeldUp(kind: Kind, now: number): boolean {
    return (this.#heldUntil.get(kind) ?? 0) > now;
  }

  /** All that was begun is done. */
  done(now: number): void {
    this.#at.clear();
    this.#notBefore = now + NEXT_SLICE_MS;
  }
}
