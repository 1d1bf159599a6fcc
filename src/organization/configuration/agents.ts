/** Agents: what an answered call is connected to. */

import { type Failure, notFound } from "../../calling/requests/failure.ts";
import type { Page, PageRequest } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import type { AgentConnection } from "../../calling/words/agent-connection.ts";
import { type Listing, listPage } from "../../storage/listing.ts";
import type { Sql } from "../../storage/sql.ts";
import type { AgentChange, AgentView } from "../rpc.ts";

/** `connection`: JSON of an `AgentConnection`. */
type AgentRow = { id: string; name: string; connection: string; created_at: number; updated_at: number };

const INSERT = /*sql*/ `
  INSERT INTO agents (id, name, connection, created_at, updated_at) VALUES (?, ?, ?, ?, ?)`;
const BY_ID = /*sql*/ `SELECT id, name, connection, created_at, updated_at FROM agents WHERE id = ?`;
const UPDATE = /*sql*/ `UPDATE agents SET name = ?, connection = ?, updated_at = ? WHERE id = ?`;
const DELETE = /*sql*/ `DELETE FROM agents WHERE id = ?`;
const LISTING: Listing = {
  ordinalOfId: /*sql*/ `SELECT ordinal FROM agents WHERE id = ?`,
  older: /*sql*/ `
    SELECT id, name, connection, created_at, updated_at FROM agents
    WHERE ordinal < ? ORDER BY ordinal DESC LIMIT ?`,
  newer: /*sql*/ `
    SELECT id, name, connection, created_at, updated_at FROM agents
    WHERE ordinal > ? ORDER BY ordinal ASC LIMIT ?`,
};

const toView = (row: AgentRow): AgentView => ({
  id: row.id,
  name: row.name,
  connection: JSON.parse(row.connection) as AgentConnection,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

export function findAgent(sql: Sql, id: string): AgentView | null {
  const row = sql.first<AgentRow>(BY_ID, id);
  return row === null ? null : toView(row);
}

export function getAgent(sql: Sql, id: string): Result<AgentView, Failure> {
  const agent = findAgent(sql, id);
  return agent === null ? err(notFound("agent")) : ok(agent);
}

export function insertAgent(sql: Sql, agent: AgentView): void {
  sql.run(INSERT, agent.id, agent.name, JSON.stringify(agent.connection), agent.createdAt, agent.updatedAt);
}

export function changeAgent(sql: Sql, id: string, change: AgentChange, now: number): Result<AgentView, Failure> {
  const before = findAgent(sql, id);
  if (before === null) return err(notFound("agent"));
  const after = { ...before, ...change, updatedAt: now };
  sql.run(UPDATE, after.name, JSON.stringify(after.connection), now, id);
  return ok(after);
}

export const deleteAgent = (sql: Sql, id: string): Result<null, Failure> =>
  sql.run(DELETE, id) === 0 ? err(notFound("agent")) : ok(null);

export const listAgents = (sql: Sql, request: PageRequest): Result<Page<AgentView>, Failure> =>
  listPage(sql, LISTING, [], request, toView);
