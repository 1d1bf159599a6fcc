/**
 * The organization's index of its requests for direct calls. They appear in no list of batches, but lists of an agent's
 * calls need them. Calls and request have the same time of creation, so it orders both.
 */

import type { Sql } from "../../storage/sql.ts";
import { sourcesWith } from "../people/people-index.ts";
import type { CallFilter, DirectSources, SourcesPart } from "../rpc.ts";

type OrderRow = { created_at: number; id: string };

const INSERT = /*sql*/ `
  INSERT INTO direct_orders (created_at, id, agent_id, from_number_id, rested_request) VALUES (?, ?, ?, ?, 0)`;
const RESTED = /*sql*/ `SELECT rested_request FROM direct_orders WHERE created_at = ?`;
const REST = /*sql*/ `UPDATE direct_orders SET rested_request = ? WHERE created_at = ? AND rested_request < ?`;
const ID = /*sql*/ `SELECT id FROM direct_orders WHERE created_at = ?`;
const DELETE = /*sql*/ `DELETE FROM direct_orders WHERE created_at = ?`;
/** Holdings are few: one for each batch or request that is not at rest. */
const IN_USE = /*sql*/ `
  SELECT direct_orders.id FROM holdings JOIN direct_orders ON direct_orders.created_at = holdings.created_at
  WHERE holdings.direct = 1`;
const WITH_AGENT = /*sql*/ `${IN_USE} AND direct_orders.agent_id = ? LIMIT 1`;
const WITH_PROVIDER = /*sql*/ `${IN_USE}
  AND direct_orders.from_number_id IN (SELECT id FROM phone_numbers WHERE provider_id = ?) LIMIT 1`;
const WITH_NUMBER = /*sql*/ `${IN_USE} AND direct_orders.from_number_id = ? LIMIT 1`;
/** The index on agent and time covers this query. */
const OLDER = /*sql*/ `
  SELECT created_at, id FROM direct_orders
  WHERE agent_id = ? AND created_at BETWEEN ? AND ? ORDER BY created_at DESC LIMIT ?`;
const NEWER = /*sql*/ `
  SELECT created_at, id FROM direct_orders
  WHERE agent_id = ? AND created_at BETWEEN ? AND ? ORDER BY created_at ASC LIMIT ?`;
/** Of a person's: those that the index of people names; `agent_id` twice, of any agent where it is null. */
const AMONG = /*sql*/ `
  SELECT created_at, id FROM direct_orders
  WHERE created_at IN (SELECT value FROM json_each(?)) AND (? IS NULL OR agent_id = ?)`;

export type DirectOrderKey = {
  readonly id: string;
  readonly createdAt: number;
  readonly agent_id: string;
  readonly from_number_id: string;
};

export function insertDirectOrder(sql: Sql, { createdAt, id, agent_id, from_number_id }: DirectOrderKey): void {
  sql.run(INSERT, createdAt, id, agent_id, from_number_id);
}

/** The order was never created. */
export function deleteDirectOrder(sql: Sql, createdAt: number): void {
  sql.run(DELETE, createdAt);
}

/** The number of the newest ledger request after which the order held and wanted no slots; 0 without one. */
export const restedDirectRequest = (sql: Sql, createdAt: number): number =>
  sql.first<{ rested_request: number }>(RESTED, createdAt)?.rested_request ?? 0;

export function rememberDirectRest(sql: Sql, createdAt: number, requestNumber: number): void {
  sql.run(REST, requestNumber, createdAt, requestNumber);
}

export const idOfDirectOrder = (sql: Sql, createdAt: number): string | null =>
  sql.first<{ id: string }>(ID, createdAt)?.id ?? null;

export const isAgentInDirectUse = (sql: Sql, agentId: string): boolean => sql.first(WITH_AGENT, agentId) !== null;
export const isProviderInDirectUse = (sql: Sql, id: string): boolean => sql.first(WITH_PROVIDER, id) !== null;
export const isNumberInDirectUse = (sql: Sql, numberId: string): boolean => sql.first(WITH_NUMBER, numberId) !== null;

/** Orders in one answer. */
const SOURCES_AT_ONCE = 100;

/** `from` and `until` are included. Newest first, or oldest first when the page goes newer. */
export function directSources(sql: Sql, filter: CallFilter, part: SourcesPart): DirectSources {
  const rows = filter.person.length === 0 ? ofAgent(sql, filter.agentId, part) : ofPerson(sql, filter, part);
  const sources = rows.slice(0, SOURCES_AT_ONCE).map(({ id, created_at }) => ({
    batchId: id,
    newestPossibleAt: created_at,
    oldestPossibleAt: created_at,
  }));
  return { sources, goesOnAt: rows[SOURCES_AT_ONCE]?.created_at ?? null };
}

type Bounds = readonly [from: number, until: number];
const boundsOf = ({ from, until }: SourcesPart): Bounds => [from ?? 0, until ?? Number.MAX_SAFE_INTEGER];

const ofAgent = (sql: Sql, agentId: string | null, part: SourcesPart): OrderRow[] =>
  sql.all<OrderRow>(part.direction === "older" ? OLDER : NEWER, agentId, ...boundsOf(part), SOURCES_AT_ONCE + 1);

function ofPerson(sql: Sql, { agentId, person }: CallFilter, part: SourcesPart): OrderRow[] {
  const among = JSON.stringify(sourcesWith(sql, person, ...boundsOf(part)));
  const step = part.direction === "older" ? -1 : 1;
  return sql.all<OrderRow>(AMONG, among, agentId, agentId).sort((a, b) => step * (a.created_at - b.created_at));
}
