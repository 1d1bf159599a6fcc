/**
 * Which batches, direct calls and records of the audit the organization keeps no longer. A batch is over since its last
 * change, and a retry or an append begins anew. Direct calls share an object for a day, so they go up to a day later. In an
 * organization that is being deleted, all that is over goes at once.
 *
 * The rows say what is due. Only the time of the next look is in memory, and losing it looks once more.
 */

import type { Sql } from "../../storage/sql.ts";
import { LIVES_AT_MOST_MS } from "../batches/direct-pools.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
/** What was begun goes on by itself, so the next look can wait so long. */
const LOOK_AGAIN_MS = 30_000;
/** Until a human has bound a bucket. */
const HELD_UP_MS = 60 * 60 * 1_000;
/** From one slice to the next, if all of the first is gone. */
const NEXT_SLICE_MS = 100;

type SettingsRow = { retention_days: number; removal_requested_at: number | null; archive: number };
type SourceRow = { created_at: number; id: string };

const SETTINGS = /*sql*/ `
  SELECT retention_days, removal_requested_at, archive FROM organization WHERE only_row = 1`;
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
export type Overdue = {
  readonly sources: readonly OverdueSource[];
  /** What was over by then is not kept; null: all is kept. */
  readonly until: number | null;
  /** They are archived first. */
  readonly isArchived: boolean;
};

/** What has to go by now, at most so many. */
export function overdue(sql: Sql, now: number, atMost: number): Overdue {
  const { retention_days, removal_requested_at } = sql.one<SettingsRow>(SETTINGS);
  const isArchived = wantsArchives(sql);
  if (removal_requested_at === null && retention_days === 0) return { sources: [], until: null, isArchived };
  const until = removal_requested_at === null ? now - retention_days * DAY_MS : Number.MAX_SAFE_INTEGER;
  const batches = sql.all<SourceRow>(RESTED, until, atMost);
  const pools = sql.all<SourceRow>(POOLS, until - LIVES_AT_MOST_MS, Math.max(0, atMost - batches.length));
  const as = (isBatch: boolean) => (row: SourceRow) => ({ createdAt: row.created_at, batchId: row.id, isBatch });
  return { sources: [...batches.map(as(true)), ...pools.map(as(false))], until, isArchived };
}

/** Retention has begun to delete it, and the settings say by now that it stays, or it has changed. */
export function isKept(sql: Sql, createdAt: number, now: number): boolean {
  const { retention_days, removal_requested_at } = sql.one<SettingsRow>(SETTINGS);
  if (removal_requested_at !== null) return false;
  if (retention_days === 0) return true;
  const until = now - retention_days * DAY_MS;
  const batch = sql.first<{ at: number }>(OVER_AT, createdAt);
  return batch === null ? createdAt > until - LIVES_AT_MOST_MS : batch.at > until;
}

/** The organization wants it now. */
export function wantsArchives(sql: Sql): boolean {
  const { archive, removal_requested_at } = sql.one<SettingsRow>(SETTINGS);
  return archive === 1 && removal_requested_at === null;
}

/** When something has to go; null: nothing that is known now. */
function nextOverdue(sql: Sql): number | null {
  const { retention_days, removal_requested_at } = sql.one<SettingsRow>(SETTINGS);
  if (removal_requested_at === null && retention_days === 0) return null;
  const batch = sql.first<{ at: number | null }>(OLDEST_RESTED)?.at ?? null;
  const pool = sql.first<{ at: number }>(OLDEST_POOL)?.at ?? null;
  const act = removal_requested_at === null ? (sql.first<{ at: number }>(OLDEST_ACT)?.at ?? null) : null;
  const ends = [batch, pool === null ? null : pool + LIVES_AT_MOST_MS, act].filter((at) => at !== null);
  if (ends.length === 0) return null;
  return removal_requested_at === null ? Math.min(...ends) + retention_days * DAY_MS : 0;
}

export class Retention {
  readonly #sql: Sql;
  /** Infinity: nothing is due; null: it is not known. */
  #at: number | null = null;
  #notBefore = 0;
  #heldUntil = 0;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  get dueAt(): number {
    this.#at ??= nextOverdue(this.#sql) ?? Number.POSITIVE_INFINITY;
    return Math.max(this.#at, this.#notBefore, this.#heldUntil);
  }

  /** The settings have changed. */
  changed(): void {
    this.#at = null;
    this.#heldUntil = 0;
  }

  /** Something is over that was not. It is due later than what is known, if anything is. */
  isOver(): void {
    if (this.#at === Number.POSITIVE_INFINITY) this.#at = null;
  }

  /** A slice was begun; the next follows when it is done, or later. */
  begun(now: number): void {
    this.#at = null;
    this.#notBefore = now + LOOK_AGAIN_MS;
  }

  /** Nothing can be archived, so nothing is begun. */
  heldUp(now: number): void {
    this.#heldUntil = now + HELD_UP_MS;
  }

  /** All that was begun is gone. */
  done(now: number): void {
    this.#at = null;
    this.#notBefore = now + NEXT_SLICE_MS;
  }
}
