/** Agents: what an answered call is connected to. */

import type { ActFields } from "../../calling/messages/act.ts";
import { type Failure, notFound } from "../../calling/requests/failure.ts";
import type { Page, PageRequest } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import type { AgentConnection } from "../../calling/words/agent-connection.ts";
import { type Listing, listPage } from "../../storage/listing.ts";
import type { Sql } from "../../storage/sql.ts";
import type { AgentChange, AgentView } from "../messages/telephony.ts";

/** `connection`: JSON of an `AgentConnection`. */
type AgentRow = {
  id: string;
  name: string;
  connection: string;
  webhook_id: string | null;
  created_at: number;
  updated_at: number;
};

const COLUMNS = "id, name, connection, webhook_id, created_at, updated_at";
const INSERT = /*sql*/ `INSERT INTO agents (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)`;
const BY_ID = /*sql*/ `SELECT ${COLUMNS} FROM agents WHERE id = ?`;
const UPDATE = /*sql*/ `UPDATE agents SET name = ?, connection = ?, webhook_id = ?, updated_at = ? WHERE id = ?`;
const LEAVE_WEBHOOK = /*sql*/ `UPDATE agents SET webhook_id = NULL WHERE webhook_id = ?`;
const DELETE = /*sql*/ `DELETE FROM agents WHERE id = ?`;
const LISTING: Listing = {
  ordinalOfId: /*sql*/ `SELECT ordinal FROM agents WHERE id = ?`,
  older: /*sql*/ `SELECT ${COLUMNS} FROM agents WHERE ordinal < ? ORDER BY ordinal DESC LIMIT ?`,
  newer: /*sql*/ `SELECT ${COLUMNS} FROM agents WHERE ordinal > ? ORDER BY ordinal ASC LIMIT ?`,
};

const toView = (row: AgentRow): AgentView => ({
  id: row.id,
  name: row.name,
  connection: JSON.parse(row.connection) as AgentConnection,
  webhook_id: row.webhook_id,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

export function findAgent(sql: Sql, id: string): AgentView | null {
  const row = sql.kept<AgentRow>(["agents"], BY_ID, id);
  return row === null ? null : toView(row);
}

export function getAgent(sql: Sql, id: string): Result<AgentView, Failure> {
  const agent = findAgent(sql, id);
  return agent === null ? err(notFound("agent")) : ok(agent);
}

export function insertAgent(sql: Sql, agent: AgentView): void {
  const { id, name, connection, webhook_id = null, createdAt, updatedAt } = agent;
  sql.run(INSERT, id, name, JSON.stringify(connection), webhook_id, createdAt, updatedAt);
}

export function changeAgent(sql: Sql, before: AgentView, change: AgentChange, now: number): AgentView {
  const after = { ...before, ...change, updatedAt: now };
  sql.run(UPDATE, after.name, JSON.stringify(after.connection), after.webhook_id ?? null, now, before.id);
  return after;
}

export const auditedAgent = ({ name, connection, webhook_id }: AgentView): ActFields => ({
  name,
  connection,
  webhook_id,
});

/** The webhook is gone: its agents have none. */
export function leaveWebhook(sql: Sql, webhookId: string): void {
  sql.run(LEAVE_WEBHOOK, webhookId);
}

export function deleteAgent(sql: Sql, id: string): void {
  sql.run(DELETE, id);
}

export const listAgents = (sql: Sql, request: PageRequest): Result<Page<AgentView>, Failure> =>
  listPage(sql, LISTING, [], request, toView);
