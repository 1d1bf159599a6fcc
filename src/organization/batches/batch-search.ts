/**
 * Finds batches by words of their names, agent, status, creation and start. Each search uses an index. It reads only
 * what it shows, except for words and starts: those read all that they find, which is part of the batches.
 */

import { folded } from "../../calling/numbers/person-search.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import { type Page, type PageRequest, pageOf } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { BATCH_STATUSES, type BatchStatus } from "../../calling/words/batch-status.ts";
import { unknownCursor } from "../../storage/listing.ts";
import type { Sql, Value } from "../../storage/sql.ts";
import type { BatchFilter } from "../messages/calling.ts";

/** `summary`: the JSON of the batch's last one. */
export type FoundBatch = { created_at: number; id: string; summary: string };
/** `counts`: of all batches, or of the agent's if the filter names one. */
export type FoundPage = Page<FoundBatch> & { readonly counts: Readonly<Record<BatchStatus, number>> };
type CountRow = { status: BatchStatus; batches: number };

const COUNT = /*sql*/ `
  INSERT INTO batch_counts (agent_id, status, batches) VALUES (?, ?, ?)
  ON CONFLICT DO UPDATE SET batches = batches + excluded.batches`;
const COUNTS = /*sql*/ `SELECT status, batches FROM batch_counts WHERE agent_id > ''`;
const COUNTS_OF_AGENT = /*sql*/ `SELECT status, batches FROM batch_counts WHERE agent_id = ?`;

const ADD_WORD = /*sql*/ `INSERT OR IGNORE INTO batch_words (word, created_at) VALUES (?, ?)`;
const DROP_WORD = /*sql*/ `DELETE FROM batch_words WHERE word = ? AND created_at = ?`;

/** Bound values: the words as JSON, and their number. `char(1114111)` sorts after every letter. */
const WITH_WORDS = `created_at IN (
  SELECT batch_words.created_at FROM json_each(?) AS asked
  JOIN batch_words ON word >= asked.value AND word < asked.value || char(1114111)
  GROUP BY batch_words.created_at HAVING COUNT(DISTINCT asked.key) = ?)`;
/** Bound values: each twice, null for any. */
const OF_AGENT_AND_STATUS = `(? IS NULL OR agent_id = ?) AND (? IS NULL OR status IN (SELECT value FROM json_each(?)))`;

/** Bound values: the filters, then the bounds of the creation. */
type Pages = { readonly up: string; readonly down: string };
const ALL: Pages = {
  up: /*sql*/ `SELECT created_at, id, summary FROM batch_index
    WHERE created_at > ? AND created_at < ? ORDER BY created_at ASC LIMIT ?`,
  down: /*sql*/ `SELECT created_at, id, summary FROM batch_index
    WHERE created_at > ? AND created_at < ? ORDER BY created_at DESC LIMIT ?`,
};
const OF_AGENT: Pages = {
  up: /*sql*/ `SELECT created_at, id, summary FROM batch_index INDEXED BY batches_by_agent
    WHERE agent_id = ? AND created_at > ? AND created_at < ? ORDER BY created_at ASC LIMIT ?`,
  down: /*sql*/ `SELECT created_at, id, summary FROM batch_index INDEXED BY batches_by_agent
    WHERE agent_id = ? AND created_at > ? AND created_at < ? ORDER BY created_at DESC LIMIT ?`,
};
const OF_STATUS: Pages = {
  up: /*sql*/ `SELECT created_at, id, summary FROM batch_index INDEXED BY batches_by_status
    WHERE status = ? AND created_at > ? AND created_at < ? ORDER BY created_at ASC LIMIT ?`,
  down: /*sql*/ `SELECT created_at, id, summary FROM batch_index INDEXED BY batches_by_status
    WHERE status = ? AND created_at > ? AND created_at < ? ORDER BY created_at DESC LIMIT ?`,
};
const OF_BOTH: Pages = {
  up: /*sql*/ `SELECT created_at, id, summary FROM batch_index INDEXED BY batches_by_agent_and_status
    WHERE agent_id = ? AND status = ? AND created_at > ? AND created_at < ? ORDER BY created_at ASC LIMIT ?`,
  down: /*sql*/ `SELECT created_at, id, summary FROM batch_index INDEXED BY batches_by_agent_and_status
    WHERE agent_id = ? AND status = ? AND created_at > ? AND created_at < ? ORDER BY created_at DESC LIMIT ?`,
};
const OF_NAME: Pages = {
  up: /*sql*/ `SELECT created_at, id, summary FROM batch_index WHERE ${WITH_WORDS} AND ${OF_AGENT_AND_STATUS}
    AND created_at > ? AND created_at < ? ORDER BY created_at ASC LIMIT ?`,
  down: /*sql*/ `SELECT created_at, id, summary FROM batch_index WHERE ${WITH_WORDS} AND ${OF_AGENT_AND_STATUS}
    AND created_at > ? AND created_at < ? ORDER BY created_at DESC LIMIT ?`,
};
/** Bound values: agent and status; the words, twice; the bounds of creation and of start; the cursor. */
const STARTING = `FROM batch_index INDEXED BY batches_by_start
  WHERE ${OF_AGENT_AND_STATUS} AND (? IS NULL OR ${WITH_WORDS}) AND created_at > ? AND created_at < ?
    AND scheduled_at >= ? AND scheduled_at <= ?`;
const BY_START: Pages = {
  up: /*sql*/ `SELECT created_at, id, summary ${STARTING} AND (scheduled_at, created_at) > (?, ?)
    ORDER BY scheduled_at ASC, created_at ASC LIMIT ?`,
  down: /*sql*/ `SELECT created_at, id, summary ${STARTING} AND (scheduled_at, created_at) < (?, ?)
    ORDER BY scheduled_at DESC, created_at DESC LIMIT ?`,
};
const PLACE = /*sql*/ `SELECT created_at, scheduled_at, agent_id FROM batch_index WHERE id = ?`;

const BEYOND_ALL = Number.MAX_SAFE_INTEGER;
/** Words of a name, and of a search. More words narrow a search no further, and each costs a row. */
const WORDS_AT_MOST = 16;

/** The words that a name is found by, and that a search asks for. */
export const wordsOf = (text: string): string[] =>
  [...new Set(folded(text).split(/[^\p{L}\p{N}]+/u))].filter((word) => word !== "").slice(0, WORDS_AT_MOST);

export function findByWords(sql: Sql, createdAt: number, name: string): void {
  for (const word of wordsOf(name)) sql.run(ADD_WORD, word, createdAt);
}
export function forgetWords(sql: Sql, createdAt: number, name: string): void {
  for (const word of wordsOf(name)) sql.run(DROP_WORD, word, createdAt);
}

/** One batch more, or less, with this status. */
export function countAs(sql: Sql, agentId: string, status: BatchStatus, by: 1 | -1): void {
  sql.run(COUNT, agentId, status, by);
}

function countsOf(sql: Sql, agentId: string | null): FoundPage["counts"] {
  const counts = Object.fromEntries(BATCH_STATUSES.map((status) => [status, 0])) as Record<BatchStatus, number>;
  const rows = agentId === null ? sql.all<CountRow>(COUNTS) : sql.all<CountRow>(COUNTS_OF_AGENT, agentId);
  for (const { status, batches } of rows) counts[status] += batches;
  return counts;
}

type Place = { readonly created_at: number; readonly scheduled_at: number | null; readonly agent_id: string };

/**
 * Refuses a cursor that is not a batch, or has no place in this order. A batch whose status has changed since keeps its
 * place.
 */
export function listBatches(sql: Sql, request: PageRequest, filter: BatchFilter): Result<FoundPage, Failure> {
  const cursor = request.endingBefore ?? request.startingAfter;
  const place = cursor === null ? null : sql.first<Place>(PLACE, cursor);
  if (cursor !== null && (place === null || !isPlaceIn(filter, place))) return err(unknownCursor(request));
  const isUp = (filter.sort !== "newest") !== (request.endingBefore !== null);
  const read = filter.sort === "start" ? readByStart : readByCreation;
  const found = read(sql, filter, place, isUp, request.limit + 1);
  return ok({ ...pageOf(found, request), counts: countsOf(sql, filter.agentId) });
}

const isPlaceIn = ({ agentId, sort }: BatchFilter, place: Place): boolean =>
  (agentId === null || place.agent_id === agentId) && (sort !== "start" || place.scheduled_at !== null);

const json = (list: readonly string[]): string | null => (list.length === 0 ? null : JSON.stringify(list));

/** The bounds of the creation. */
function spanOf({ created }: BatchFilter, place: Place | null, isUp: boolean): [after: number, before: number] {
  const after = (created.from ?? 0) - 1;
  const before = (created.until ?? BEYOND_ALL - 1) + 1;
  if (place === null) return [after, before];
  return isUp ? [Math.max(after, place.created_at), before] : [after, Math.min(before, place.created_at)];
}

function readByCreation(sql: Sql, filter: BatchFilter, place: Place | null, isUp: boolean, limit: number) {
  const { agentId, statuses, words } = filter;
  const span = spanOf(filter, place, isUp);
  const read = (pages: Pages, ...by: Value[]) =>
    sql.all<FoundBatch>(isUp ? pages.up : pages.down, ...by, ...span, limit);
  if (words.length > 0) {
    const named = json(statuses);
    return read(OF_NAME, JSON.stringify(words), words.length, agentId, agentId, named, named);
  }
  if (statuses.length === 0) return agentId === null ? read(ALL) : read(OF_AGENT, agentId);
  // One page for each status, merged.
  const pages = statuses.map((status) => (agentId === null ? read(OF_STATUS, status) : read(OF_BOTH, agentId, status)));
  const order = isUp ? 1 : -1;
  return pages
    .flat()
    .sort((a, b) => order * (a.created_at - b.created_at))
    .slice(0, limit);
}

function readByStart(sql: Sql, filter: BatchFilter, place: Place | null, isUp: boolean, limit: number) {
  const { agentId, starts, words } = filter;
  const statuses = json(filter.statuses);
  const goesOn = isUp
    ? [place?.scheduled_at ?? -1, place?.created_at ?? -1]
    : [place?.scheduled_at ?? BEYOND_ALL, place?.created_at ?? BEYOND_ALL];
  return sql.all<FoundBatch>(
    isUp ? BY_START.up : BY_START.down,
    ...[agentId, agentId, statuses, statuses],
    ...[json(words), JSON.stringify(words), words.length],
    ...spanOf(filter, null, isUp),
    ...[starts.from ?? 0, starts.until ?? BEYOND_ALL],
    ...goesOn,
    limit,
  );
}
