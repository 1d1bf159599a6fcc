/**
 * The objects for direct calls, beside the index of batches: in no list, but an agent's calls are found by it. Requests that
 * are alike but for their people share an object, a pool, for a day or until it is full. So a request costs the rows of its
 * calls, and an object is paid for once in some hundred calls.
 */

import { hash } from "fast-sha256";
import type { BatchOrder } from "../../calling/messages/batch-order.ts";
import { DIRECT_CALLS_BEGIN_WITHIN_MS } from "../../calling/requests/limits.ts";
import { hexOf } from "../../calling/secrets/digest.ts";
import { batchIdWithin, newRouteDigits } from "../../calling/secrets/ids.ts";
import type { Sql } from "../../storage/sql.ts";
import type { CallFilter, DirectPool, SourcesPage, SourcesPart } from "../messages/calling.ts";
import { sourcesWith } from "./people-index.ts";
import { CLOCKS_APART_MS, createdBy, pageOfSources, type SourceRow, sourcesOf } from "./sources.ts";

/**
 * A pool takes requests for so long. So a quiet agent's calls of a day share one object, and a page of calls asks few objects
 * that overlap.
 */
export const POOL_OPEN_MS = 24 * 60 * 60 * 1_000;
/** It is full with so many calls. Its own rows are then a twentieth of a row a call, and it wakes in a millisecond. */
export const POOL_CALLS = 500;
/** Or with so many characters of numbers and metadata. The last request may bring `MAX_CALLS_BODY_BYTES` more. */
export const POOL_CHARACTERS = 1_024 * 1_024;
/**
 * Pools that are open at once, each for an agent, a number and settings; the one that was used least lately gives way. They
 * are some 100 characters each in a row that each request reads and writes.
 */
export const POOLS_OPEN = 200;

/** What is the same for all calls of a pool. */
export type PoolSettings = Pick<
  BatchOrder,
  | "agent_id"
  | "from_number_id"
  | "region"
  | "ringing_timeout_seconds"
  | "max_call_duration_minutes"
  | "onVoicemail"
  | "callbackBaseUrl"
>;

/** Persisted as JSON in the organization's row, which each request writes anyway; used last at the end. */
type StoredPool = readonly [
  settings: string,
  digits: string,
  createdAt: number,
  usedAt: number,
  calls: number,
  characters: number,
];
type OpenPool = {
  readonly settings: string;
  readonly digits: string;
  readonly createdAt: number;
  readonly usedAt: number;
  readonly calls: number;
  readonly characters: number;
};

const restored = (text: string): OpenPool[] =>
  (JSON.parse(text) as StoredPool[]).map(([settings, digits, createdAt, usedAt, calls, characters]) => ({
    settings,
    digits,
    createdAt,
    usedAt,
    calls,
    characters,
  }));
const stored = (pools: readonly OpenPool[]): string =>
  JSON.stringify(
    pools.map(
      ({ settings, digits, createdAt, usedAt, calls, characters }): StoredPool => [
        settings,
        digits,
        createdAt,
        usedAt,
        calls,
        characters,
      ],
    ),
  );

/** The request's own id, which leads to the pool, and when that was opened. `openPools`: what the organization's row says now. */
export type Pooled = { readonly id: string; readonly createdAt: number; readonly openPools: string };

const OPEN = /*sql*/ `SELECT open_pools FROM organization WHERE only_row = 1`;
const INSERT = /*sql*/ `
  INSERT INTO direct_pools (created_at, id, agent_id, from_number_id, newest_at, asks_who_answers)
  VALUES (?, ?, ?, ?, ?, ?)`;
const CLOSE = /*sql*/ `UPDATE direct_pools SET newest_at = ? WHERE created_at = ?`;
const ID = /*sql*/ `SELECT id FROM direct_pools WHERE created_at = ?`;
const BEFORE = /*sql*/ `
  SELECT created_at, id FROM direct_pools WHERE created_at < ? ORDER BY created_at DESC LIMIT ?`;
const DROP = /*sql*/ `DELETE FROM direct_pools WHERE created_at = ?`;
/** Holdings are few: one for each batch or request at work. */
const IN_USE = /*sql*/ `
  SELECT direct_pools.id FROM holdings JOIN direct_pools ON direct_pools.created_at = holdings.created_at
  WHERE holdings.direct = 1`;
const WITH_AGENT = /*sql*/ `${IN_USE} AND direct_pools.agent_id = ? LIMIT 1`;
const OF_PROVIDER = /*sql*/ `${IN_USE}
  AND direct_pools.from_number_id IN (SELECT id FROM phone_numbers WHERE provider_id = ?)`;
const WITH_PROVIDER = /*sql*/ `${OF_PROVIDER} LIMIT 1`;
const ASKING_WHO_ANSWERS = /*sql*/ `${OF_PROVIDER} AND direct_pools.asks_who_answers = 1 LIMIT 1`;
const WITH_NUMBER = /*sql*/ `${IN_USE} AND direct_pools.from_number_id = ? LIMIT 1`;
const OLDER = /*sql*/ `
  SELECT id, created_at, newest_at FROM direct_pools
  WHERE agent_id = ? AND newest_at >= ? AND (newest_at, created_at) <= (?, ?) AND created_at <= ?
  ORDER BY newest_at DESC, created_at DESC LIMIT ?`;
const NEWER = /*sql*/ `
  SELECT id, created_at, newest_at FROM direct_pools
  WHERE agent_id = ? AND created_at BETWEEN ? AND ? AND newest_at >= ? ORDER BY created_at ASC LIMIT ?`;

/** Of a person: those that the index of people names. `agent_id` twice: of any agent where it is null. */
const AMONG = /*sql*/ `
  SELECT id, created_at, newest_at FROM direct_pools
  WHERE created_at IN (SELECT value FROM json_each(?)) AND (? IS NULL OR agent_id = ?) AND newest_at >= ?`;

/** No call that is asked for by then is made later. */
const newestOf = (usedAt: number): number => usedAt + DIRECT_CALLS_BEGIN_WITHIN_MS + CLOCKS_APART_MS;
/** From the opening of a pool to its last call. */
export const LIVES_AT_MOST_MS = newestOf(POOL_OPEN_MS);

/** A digest of 128 bits. */
function settingsOf(order: PoolSettings): string {
  const text = JSON.stringify([
    order.agent_id,
    order.from_number_id,
    order.region,
    order.ringing_timeout_seconds,
    order.max_call_duration_minutes,
    order.onVoicemail ?? null,
    order.callbackBaseUrl,
  ]);
  return hexOf(hash(new TextEncoder().encode(text)).slice(0, 16));
}

/**
 * Inside a transaction: the pool that takes these calls, which is opened where none of its kind has room. `characters`: null
 * where the Worker is of an earlier version, which knows of no pools: then the request has an object of its own.
 */
export function poolFor(
  sql: Sql,
  order: PoolSettings,
  calls: number,
  characters: number | null,
  requestedAt: number,
): Pooled {
  const before = restored(sql.one<{ open_pools: string }>(OPEN).open_pools);
  const settings = settingsOf(order);
  const known = characters === null ? undefined : before.find((pool) => pool.settings === settings);
  const isGood = known !== undefined && requestedAt < known.createdAt + POOL_OPEN_MS;
  const pool = isGood ? known : opened(sql, order, settings, requestedAt);
  const id = batchIdWithin(pool.digits, pool.calls);
  const used: OpenPool = {
    ...pool,
    usedAt: requestedAt,
    calls: pool.calls + calls,
    characters: pool.characters + (characters ?? 0),
  };
  const isFull = characters === null || used.calls >= POOL_CALLS || used.characters >= POOL_CHARACTERS;
  const others = before.filter((one) => one !== known);
  const open = isFull ? others : [...others, used];
  const closed = [...(isFull ? [used] : []), ...(isGood || known === undefined ? [] : [known])];
  for (const one of [...closed, ...open.slice(0, -POOLS_OPEN)]) sql.run(CLOSE, newestOf(one.usedAt), one.createdAt);
  return { id, createdAt: pool.createdAt, openPools: stored(open.slice(-POOLS_OPEN)) };
}

function opened(sql: Sql, order: PoolSettings, settings: string, now: number): OpenPool {
  const digits = newRouteDigits();
  const asks = Number((order.onVoicemail ?? null) !== null);
  sql.run(INSERT, now, batchIdWithin(digits, 0), order.agent_id, order.from_number_id, now + LIVES_AT_MOST_MS, asks);
  return { settings, digits, createdAt: now, usedAt: now, calls: 0, characters: 0 };
}

export const idOfPool = (sql: Sql, createdAt: number): string | null =>
  sql.first<{ id: string }>(ID, createdAt)?.id ?? null;

/** All of them, newest first. `before`: created before this time. */
export const poolsBefore = (sql: Sql, before: number, atMost: number): DirectPool[] =>
  sql
    .all<{ created_at: number; id: string }>(BEFORE, before, atMost)
    .map(({ created_at: createdAt, id }) => ({ createdAt, id }));

/** Its calls are deleted. */
export function dropPool(sql: Sql, createdAt: number): void {
  sql.run(DROP, createdAt);
}

export const isAgentInDirectUse = (sql: Sql, agentId: string): boolean => sql.first(WITH_AGENT, agentId) !== null;
export const isProviderInDirectUse = (sql: Sql, id: string): boolean => sql.first(WITH_PROVIDER, id) !== null;
/** Pools that an earlier version opened do not tell. */
export const areDirectCallsAsking = (sql: Sql, providerId: string): boolean =>
  sql.first(ASKING_WHO_ANSWERS, providerId) !== null;
export const isNumberInDirectUse = (sql: Sql, numberId: string): boolean => sql.first(WITH_NUMBER, numberId) !== null;

/** Objects with such calls. For a person, the first part has all that the index of people names. */
export function directSources(sql: Sql, { agentId, person }: CallFilter, part: SourcesPart): SourcesPage {
  const { direction, from, until, goingOn } = part;
  const [least, most] = [from ?? 0, createdBy(until)];
  if (person.length > 0) {
    const among = goingOn === undefined ? sourcesWith(sql, person, least - LIVES_AT_MOST_MS, most) : [];
    const rows = sql.all<SourceRow>(AMONG, JSON.stringify(among), agentId, agentId, least);
    return { sources: sourcesOf(rows), goesOnAt: null, goesOn: null };
  }
  return pageOfSources(part, (atMost) =>
    direction === "older"
      ? sql.all<SourceRow>(
          OLDER,
          agentId,
          least,
          goingOn?.at ?? Number.MAX_SAFE_INTEGER,
          goingOn?.createdAt ?? Number.MAX_SAFE_INTEGER,
          most,
          atMost,
        )
      : sql.all<SourceRow>(
          NEWER,
          agentId,
          Math.max(least - LIVES_AT_MOST_MS, goingOn?.createdAt ?? 0),
          most,
          least,
          atMost,
        ),
  );
}
