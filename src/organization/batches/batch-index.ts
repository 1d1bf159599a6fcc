/**
 * The organization's index of its batches. Holds the summary that each batch last pushed, so a list is one read of one
 * object. The batch is the truth; a summary may be older.
 */

import type { BatchSummary } from "../../calling/messages/batch-view.ts";
import type { Sql } from "../../storage/sql.ts";
import type { CallFilter, SourcesPage, SourcesPart } from "../messages/calling.ts";
import { countAs, findByWords, forgetWords } from "./batch-search.ts";
import { isBeingDeleted } from "./deletions.ts";
import { sourcesWith } from "./people-index.ts";
import { createdBy, pageOfSources, type SourceRow, sourcesOf } from "./sources.ts";

type SummaryRow = { summary: string };
type KnownRow = SummaryRow & { id: string; at_rest: number };

const INSERT = /*sql*/ `
  INSERT INTO batch_index
    (created_at, id, agent_id, from_number_id, at_rest, last_updated_at, summary, status, scheduled_at, do_not_call_heard)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?,
    (SELECT COALESCE(MAX(do_not_call_heard), 0) FROM announcements WHERE batch_id = ?))`;
/** A statement of its own: setting `at_rest` writes an index entry even if the value stays the same. */
const UPDATE = /*sql*/ `
  UPDATE batch_index SET last_updated_at = ?, summary = ? WHERE created_at = ?`;
const SET_AT_REST = /*sql*/ `UPDATE batch_index SET at_rest = ? WHERE created_at = ?`;
const SET_STATUS = /*sql*/ `UPDATE batch_index SET status = ? WHERE created_at = ?`;
const SET_START = /*sql*/ `UPDATE batch_index SET scheduled_at = ? WHERE created_at = ?`;
const RESTED = /*sql*/ `SELECT rested_request FROM batch_index WHERE created_at = ?`;
const REST = /*sql*/ `UPDATE batch_index SET rested_request = ? WHERE created_at = ? AND rested_request < ?`;
const HEARD = /*sql*/ `SELECT do_not_call_heard FROM batch_index WHERE created_at = ?`;
const HEAR = /*sql*/ `
  UPDATE batch_index SET do_not_call_heard = ? WHERE created_at = ? AND do_not_call_heard < ?`;
/** Only batches that are not at rest, which are few: the index holds no others. */
const BEHIND = /*sql*/ `
  SELECT id, created_at FROM batch_index INDEXED BY batches_running WHERE at_rest = 0 AND do_not_call_heard < ?`;
const BY_CREATION = /*sql*/ `SELECT id, at_rest, summary FROM batch_index WHERE created_at = ?`;
const PLACE = /*sql*/ `SELECT created_at, at_rest FROM batch_index WHERE id = ?`;
const DROP = /*sql*/ `DELETE FROM batch_index WHERE created_at = ?`;
const RUNNING_WITH_AGENT = /*sql*/ `
  SELECT id FROM batch_index INDEXED BY batches_running WHERE agent_id = ? AND at_rest = 0 LIMIT 1`;
const RUNNING_WITH_NUMBER = /*sql*/ `
  SELECT id FROM batch_index INDEXED BY batches_running WHERE from_number_id = ? AND at_rest = 0 LIMIT 1`;
const RUNNING_WITH_PROVIDER = /*sql*/ `
  SELECT batch_index.id FROM batch_index INDEXED BY batches_running
  JOIN phone_numbers ON phone_numbers.id = from_number_id WHERE at_rest = 0 AND provider_id = ? LIMIT 1`;
/** Batches that have not reported since summaries tell it may ask. */
const ASKING_WHO_ANSWERS = /*sql*/ `
  SELECT batch_index.id FROM batch_index INDEXED BY batches_running
  JOIN phone_numbers ON phone_numbers.id = from_number_id
  WHERE at_rest = 0 AND provider_id = ? AND COALESCE(json_type(summary, '$.onVoicemail'), 'untold') <> 'null'`;
const RUNNING = /*sql*/ `SELECT id, agent_id FROM batch_index INDEXED BY batches_running WHERE at_rest = 0`;
/** A batch that is not at rest may have placed a call since its last report. Few: the index holds no others. */
const RUNNING_SOURCES = /*sql*/ `
  SELECT id, created_at, ${Number.MAX_SAFE_INTEGER} AS newest_at FROM batch_index INDEXED BY batches_running
  WHERE agent_id = ? AND at_rest = 0 AND created_at <= ?`;
const OLDER_SOURCES = /*sql*/ `
  SELECT id, created_at, last_updated_at AS newest_at FROM batch_index
  WHERE agent_id = ? AND at_rest = 1 AND last_updated_at >= ? AND (last_updated_at, created_at) <= (?, ?)
    AND created_at <= ?
  ORDER BY last_updated_at DESC, created_at DESC LIMIT ?`;
const NEWER_SOURCES = /*sql*/ `
  SELECT id, created_at, last_updated_at AS newest_at FROM batch_index INDEXED BY batches_by_agent
  WHERE agent_id = ? AND created_at BETWEEN ? AND ? AND at_rest = 1 AND last_updated_at >= ?
  ORDER BY created_at ASC LIMIT ?`;
/** Batches that lived longer are few, and have an index of their own. Going newer, the others are found by their creation. */
const LONG_LIFE_MS = 7 * 24 * 60 * 60 * 1_000;
const LONG_LIVED_SOURCES = /*sql*/ `
  SELECT id, created_at, last_updated_at AS newest_at FROM batch_index INDEXED BY batches_long_lived
  WHERE agent_id = ? AND last_updated_at >= ? AND created_at < ?
    AND at_rest = 1 AND last_updated_at - created_at > ${LONG_LIFE_MS}`;
/** Of a person. `agent_id` twice: of any agent where it is null. */
const SOURCES_AMONG = /*sql*/ `
  SELECT id, created_at, CASE at_rest WHEN 1 THEN last_updated_at ELSE ${Number.MAX_SAFE_INTEGER} END AS newest_at
  FROM batch_index
  WHERE created_at IN (SELECT value FROM json_each(?)) AND (? IS NULL OR agent_id = ?)
    AND (at_rest = 0 OR last_updated_at >= ?)`;

const toSummary = (row: SummaryRow): BatchSummary => JSON.parse(row.summary) as BatchSummary;

/**
 * Stores a batch's summary; returns whether the batch is new here. An older summary (from an overtaken report) changes
 * nothing. `lastUpdatedAt` orders summaries, and the count of retries orders those of a retry.
 */
export function putSummary(sql: Sql, summary: BatchSummary, atRest: boolean): boolean {
  const known = sql.first<KnownRow>(BY_CREATION, summary.createdAt);
  const text = JSON.stringify(summary);
  if (known === null) {
    // A report that was on its way while the batch was deleted.
    if (isBeingDeleted(sql, summary.createdAt)) return false;
    sql.run(
      INSERT,
      summary.createdAt,
      summary.id,
      summary.agent_id,
      summary.from_number_id,
      Number(atRest),
      summary.lastUpdatedAt,
      text,
      summary.status,
      summary.scheduledAt,
      summary.id,
    );
    countAs(sql, summary.agent_id, summary.status, 1);
    findByWords(sql, summary.createdAt, summary.name);
    return true;
  }
  const before = toSummary(known);
  const isOvertaken =
    summary.retry_count < before.retry_count || summary.lastUpdatedAt < before.lastUpdatedAt || text === known.summary;
  if (isOvertaken) return false;
  sql.run(UPDATE, summary.lastUpdatedAt, text, summary.createdAt);
  if (known.at_rest !== Number(atRest)) sql.run(SET_AT_REST, Number(atRest), summary.createdAt);
  if (before.status !== summary.status) {
    sql.run(SET_STATUS, summary.status, summary.createdAt);
    countAs(sql, summary.agent_id, before.status, -1);
    countAs(sql, summary.agent_id, summary.status, 1);
  }
  if (before.scheduledAt !== summary.scheduledAt) sql.run(SET_START, summary.scheduledAt, summary.createdAt);
  if (before.name !== summary.name) {
    forgetWords(sql, summary.createdAt, before.name);
    findByWords(sql, summary.createdAt, summary.name);
  }
  return false;
}

/** The number of the batch's newest ledger request after which it held and wanted no slots; 0 without one. */
export const restedRequest = (sql: Sql, createdAt: number): number =>
  sql.first<{ rested_request: number }>(RESTED, createdAt)?.rested_request ?? 0;

export function rememberRest(sql: Sql, createdAt: number, requestNumber: number): void {
  sql.run(REST, requestNumber, createdAt, requestNumber);
}

/** The newest do-not-call entry that the batch was told; null if the batch is not known. */
export const heardDoNotCall = (sql: Sql, createdAt: number): number | null =>
  sql.first<{ do_not_call_heard: number }>(HEARD, createdAt)?.do_not_call_heard ?? null;

export function hearDoNotCall(sql: Sql, createdAt: number, upTo: number): void {
  sql.run(HEAR, upTo, createdAt, upTo);
}

/** Batches that are not at rest and have not been told this entry. Empty if there is no such entry. */
export const batchesBehind = (sql: Sql, newest: number): { readonly id: string; readonly created_at: number }[] =>
  newest === 0 ? [] : sql.all<{ id: string; created_at: number }>(BEHIND, newest);

export const isAgentRunning = (sql: Sql, agentId: string): boolean => sql.first(RUNNING_WITH_AGENT, agentId) !== null;
export const isNumberRunning = (sql: Sql, numberId: string): boolean =>
  sql.first(RUNNING_WITH_NUMBER, numberId) !== null;

export const isProviderRunning = (sql: Sql, providerId: string): boolean =>
  sql.first(RUNNING_WITH_PROVIDER, providerId) !== null;

/** Those of the provider's numbers, which ask its carrier who answers. */
export const askingWhoAnswers = (sql: Sql, providerId: string): readonly string[] =>
  sql.all<{ id: string }>(ASKING_WHO_ANSWERS, providerId).map(({ id }) => id);

export const runningWithAgents = (sql: Sql) => sql.all<{ id: string; agent_id: string }>(RUNNING);
export const runningBatches = (sql: Sql): string[] => runningWithAgents(sql).map(({ id }) => id);

/** Null if the index does not know the batch. */
export function placeOfBatch(sql: Sql, id: string): { readonly createdAt: number; readonly isAtRest: boolean } | null {
  const row = sql.first<{ created_at: number; at_rest: number }>(PLACE, id);
  return row === null ? null : { createdAt: row.created_at, isAtRest: row.at_rest === 1 };
}

/** The batch is deleted. */
export function dropSummary(sql: Sql, createdAt: number): void {
  const known = sql.first<KnownRow>(BY_CREATION, createdAt);
  if (known === null) return;
  const { agent_id, status, name } = toSummary(known);
  countAs(sql, agent_id, status, -1);
  forgetWords(sql, createdAt, name);
  sql.run(DROP, createdAt);
}

/** Null if no batch was created then, or it has not reported yet. */
export const idOfSource = (sql: Sql, createdAt: number): string | null =>
  sql.first<KnownRow>(BY_CREATION, createdAt)?.id ?? null;

/** The batch's last summary; null before its first. */
export const summaryOfBatch = (sql: Sql, createdAt: number): BatchSummary | null => {
  const row = sql.first<KnownRow>(BY_CREATION, createdAt);
  return row === null ? null : toSummary(row);
};

/**
 * Batches with such calls. Each part includes those that are not at rest, and the first one those that lived long. For a
 * person, the first part has all that the index of people names.
 */
export function batchSources(sql: Sql, { agentId, person }: CallFilter, part: SourcesPart): SourcesPage {
  const { direction, from, until, goingOn } = part;
  const [least, most] = [from ?? 0, createdBy(until)];
  if (person.length > 0) {
    const among = goingOn === undefined ? sourcesWith(sql, person, 0, most) : [];
    const rows = sql.all<SourceRow>(SOURCES_AMONG, JSON.stringify(among), agentId, agentId, least);
    return { sources: sourcesOf(rows), goesOnAt: null, goesOn: null };
  }
  const running = sourcesOf(sql.all<SourceRow>(RUNNING_SOURCES, agentId, most));
  if (direction === "older") {
    const at = goingOn?.at ?? Number.MAX_SAFE_INTEGER;
    const createdAt = goingOn?.createdAt ?? Number.MAX_SAFE_INTEGER;
    const rested = pageOfSources(part, (atMost) =>
      sql.all<SourceRow>(OLDER_SOURCES, agentId, least, at, createdAt, most, atMost),
    );
    return { ...rested, sources: [...running, ...rested.sources] };
  }
  const begins = least - LONG_LIFE_MS;
  const rested = pageOfSources(part, (atMost) =>
    sql.all<SourceRow>(NEWER_SOURCES, agentId, Math.max(begins, goingOn?.createdAt ?? 0), most, least, atMost),
  );
  const longLived = goingOn === undefined ? sql.all<SourceRow>(LONG_LIVED_SOURCES, agentId, least, begins) : [];
  return { ...rested, sources: [...running, ...sourcesOf(longLived), ...rested.sources] };
}
