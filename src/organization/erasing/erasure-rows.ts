/** The requests to erase people: receipts that stay, and what is left to do. */

import type { PersonHash, PersonNamed } from "../../calling/numbers/person-hash.ts";
import { type Failure, notFound } from "../../calling/requests/failure.ts";
import type { Page, PageRequest } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { type Listing, listPage } from "../../storage/listing.ts";
import type { Sql } from "../../storage/sql.ts";
import { idOfSource } from "../batches/batch-index.ts";
import { isAnyDeletionOpen } from "../batches/deletions.ts";
import { idOfPool } from "../batches/direct-pools.ts";
import { goneWebhooks } from "../configuration/gone-webhooks.ts";
import type { KeyName } from "../messages/access.ts";
import type { ErasureView } from "../messages/people.ts";
import { isLeaving } from "../store/profile.ts";
import { mayHaveArchive } from "./archive-rows.ts";
import type { Retention } from "./retention.ts";

/** Persisted as JSON until all is done, because it names the person. */
export type ErasureWork = {
  readonly person: PersonNamed;
  /** Batches and direct calls that are not done, by when they were created. */
  readonly sources: readonly number[];
  /** What is known of the person by now, beside its name. */
  readonly numbers: readonly string[];
  readonly hashes: readonly PersonHash[];
};
type ErasureRow = {
  ordinal: number;
  id: string;
  requested_at: number;
  requested_by: string;
  completed_at: number | null;
  work: string | null;
  batches: number;
  recipients: number;
  calls: number;
};

const COLUMNS = "ordinal, id, requested_at, requested_by, completed_at, work, batches, recipients, calls";
const INSERT = /*sql*/ `
  INSERT INTO erasures (id, requested_at, requested_by, work, batches, recipients, calls) VALUES (?, ?, ?, ?, 0, 0, 0)`;
const BY_ID = /*sql*/ `SELECT ${COLUMNS} FROM erasures WHERE id = ?`;
const OPEN = /*sql*/ `
  SELECT ${COLUMNS} FROM erasures INDEXED BY erasures_open WHERE completed_at IS NULL ORDER BY ordinal`;
const PROGRESS = /*sql*/ `
  UPDATE erasures SET work = ?, batches = batches + ?, recipients = recipients + ?, calls = calls + ? WHERE id = ?`;
const COMPLETE = /*sql*/ `UPDATE erasures SET work = NULL, completed_at = ? WHERE id = ?`;
const LISTING: Listing = {
  ordinalOfId: /*sql*/ `SELECT ordinal FROM erasures WHERE id = ?`,
  older: /*sql*/ `SELECT ${COLUMNS} FROM erasures WHERE ordinal < ? ORDER BY ordinal DESC LIMIT ?`,
  newer: /*sql*/ `SELECT ${COLUMNS} FROM erasures WHERE ordinal > ? ORDER BY ordinal ASC LIMIT ?`,
};

const workOf = (row: ErasureRow): ErasureWork | null =>
  row.work === null ? null : (JSON.parse(row.work) as ErasureWork);

const viewOf = (row: ErasureRow): ErasureView => ({
  id: row.id,
  requestedAt: row.requested_at,
  requestedBy: JSON.parse(row.requested_by) as KeyName,
  completedAt: row.completed_at,
  batches: row.batches,
  batchesLeft: workOf(row)?.sources.length ?? 0,
  recipients: row.recipients,
  calls: row.calls,
});

export function insertErasure(sql: Sql, id: string, work: ErasureWork, by: KeyName, now: number): void {
  sql.run(INSERT, id, now, JSON.stringify(by), JSON.stringify(work));
}

export function findErasure(sql: Sql, id: string): Result<ErasureView, Failure> {
  const row = sql.first<ErasureRow>(BY_ID, id);
  return row === null ? err(notFound("erasure")) : ok(viewOf(row));
}

export const listErasures = (sql: Sql, request: PageRequest): Result<Page<ErasureView>, Failure> =>
  listPage<ErasureRow, ErasureView>(sql, LISTING, [], request, viewOf);

/** Archives that may have the person have not been asked, or did not answer. */
export const waitsForArchive = (sql: Sql, id: string): boolean => {
  const row = sql.first<ErasureRow>(BY_ID, id);
  return (row === null ? null : workOf(row))?.sources.some((source) => mayHaveArchive(sql, source)) ?? false;
};

export type OpenErasure = { readonly id: string; readonly work: ErasureWork };
/** Oldest first. */
export const openErasures = (sql: Sql): OpenErasure[] =>
  sql.all<ErasureRow>(OPEN).flatMap((row) => {
    const work = workOf(row);
    return work === null ? [] : [{ id: row.id, work }];
  });

export type Erased = { readonly batches: number; readonly recipients: number; readonly calls: number };
export const NOTHING_ERASED: Erased = { batches: 0, recipients: 0, calls: 0 };

export function storeProgress(sql: Sql, id: string, work: ErasureWork, erased: Erased): void {
  sql.run(PROGRESS, JSON.stringify(work), erased.batches, erased.recipients, erased.calls, id);
}

export function completeErasure(sql: Sql, id: string, now: number): void {
  sql.run(COMPLETE, now, id);
}

const isAnyLeft = (sql: Sql): boolean =>
  openErasures(sql).length > 0 || isAnyDeletionOpen(sql) || goneWebhooks(sql).length > 0 || isLeaving(sql);

/** A call in flight, or a batch that does not answer, is asked again after this time. */
const AGAIN_MS = 30_000;
/** A bucket that is refused, or does not answer, may be so for days. It is asked as rarely as this at last. */
const ARCHIVES_AGAIN_AT_MOST_MS = 60 * 60 * 1_000;

/** The time doubles while archives alone are waited for. It begins again with each request. */
function againMs(sql: Sql, now: number): number {
  const open = sql.all<ErasureRow>(OPEN);
  const isAnyOther = isAnyDeletionOpen(sql) || goneWebhooks(sql).length > 0 || isLeaving(sql);
  if (isAnyOther || !open.every((row) => isInArchivesAlone(sql, workOf(row)?.sources ?? []))) return AGAIN_MS;
  const waited = now - Math.max(...open.map(({ requested_at }) => requested_at));
  return Math.min(ARCHIVES_AGAIN_AT_MOST_MS, Math.max(AGAIN_MS, waited));
}

const isInArchivesAlone = (sql: Sql, sources: readonly number[]): boolean =>
  sources.length > 0 &&
  sources.every((source) => mayHaveArchive(sql, source) && (idOfSource(sql, source) ?? idOfPool(sql, source)) === null);

/** What erasing a person and deleting a batch have to do with others. */
export type ErasingPort = {
  readonly sql: Sql;
  readonly decide: <Answer>(
    decision: (organization: { readonly erasing: Erasing; readonly retention: Retention }, now: number) => Answer,
  ) => Answer;
  readonly eraseCalls: (webhookId: string, callIds: readonly string[]) => Promise<void>;
};

/** When the organization goes on with what is left to erase. Losing it is safe: it is read again. */
export class Erasing {
  readonly #sql: Sql;
  /** Null if nothing is left; undefined: not known since the object woke. */
  #dueAt: number | null | undefined = undefined;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Infinity if nothing is left. */
  get dueAt(): number {
    if (this.#dueAt === undefined) this.#dueAt = isAnyLeft(this.#sql) ? 0 : null;
    return this.#dueAt ?? Number.POSITIVE_INFINITY;
  }

  /** There is something to do at once. */
  soon(): void {
    this.#dueAt = 0;
  }

  /** Call it when something is begun, or was tried. What is left, or is lost meanwhile, goes on later. */
  look(now: number): void {
    this.#dueAt = isAnyLeft(this.#sql) ? now + againMs(this.#sql, now) : null;
  }
}
