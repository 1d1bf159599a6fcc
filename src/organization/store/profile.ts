/** The organization's own row: its name, its limit, its budget of calls. */

import type { CallingWindow } from "../../calling/messages/calling-window.ts";
import type { Capacity } from "../../calling/messages/slots.ts";
import { present } from "../../calling/requests/assert.ts";
import { conflict, type Failure, invalid } from "../../calling/requests/failure.ts";
import type { Sql } from "../../storage/sql.ts";
import type {
  NewOrganization,
  OrganizationChange,
  OrganizationRules,
  OrganizationView,
} from "../messages/organization.ts";

type OrganizationRow = {
  id: string;
  name: string;
  agent_call_concurrency_limit: number;
  agents_usage_limit: number | null;
  agents_usage: number;
  created_at: number;
  newest_batch_at: number;
  calling_window: string | null;
  reserved_concurrency: number;
  retention_days: number;
  removal_requested_at: number | null;
  archive: number;
};

const INSERT = /*sql*/ `
  INSERT INTO organization
    (only_row, id, name, agent_call_concurrency_limit, agents_usage_limit, agents_usage, created_at, newest_batch_at,
      calling_window, reserved_concurrency, swept_at, retention_days, archive)
  VALUES (1, ?, ?, ?, ?, 0, ?, 0, ?, ?, ?, ?, ?)`;
const SELECT = /*sql*/ `
  SELECT id, name, agent_call_concurrency_limit, agents_usage_limit, agents_usage, created_at, newest_batch_at,
    calling_window, reserved_concurrency, retention_days, removal_requested_at, archive
  FROM organization`;
const CHANGE = /*sql*/ `
  UPDATE organization SET name = ?, agent_call_concurrency_limit = ?, agents_usage_limit = ?,
    calling_window = ?, reserved_concurrency = ?, retention_days = ?, archive = ?`;
const COUNT_BATCH = /*sql*/ `
  UPDATE organization SET agents_usage = agents_usage + ?, newest_batch_at = ?`;
const COUNT_DIRECT_CALLS = /*sql*/ `
  UPDATE organization SET agents_usage = agents_usage + ?, newest_batch_at = ?, open_pools = ?`;
const COUNT = /*sql*/ `UPDATE organization SET agents_usage = MAX(0, agents_usage + ?)`;
const UNCOUNT = /*sql*/ `UPDATE organization SET agents_usage = MAX(0, agents_usage - ?)`;

const stored = (window: CallingWindow | null): string | null => (window === null ? null : JSON.stringify(window));

/** The organization without its rules, which are stored in rows of their own (`rules.ts`). */
export type Profile = Omit<OrganizationView, keyof OrganizationRules> & { readonly newestBatchAt: number };

export function readProfile(sql: Sql): Profile {
  const row = present(sql.kept<OrganizationRow>(["organization"], SELECT), "a created organization has its row");
  return {
    id: row.id,
    name: row.name,
    agent_call_concurrency_limit: row.agent_call_concurrency_limit,
    reserved_concurrency: row.reserved_concurrency,
    agents_usage_limit: row.agents_usage_limit,
    agents_usage: row.agents_usage,
    createdAt: row.created_at,
    newestBatchAt: row.newest_batch_at,
    calling_window: row.calling_window === null ? null : (JSON.parse(row.calling_window) as CallingWindow),
    retention_days: row.retention_days,
    removalRequestedAt: row.removal_requested_at,
    archive: row.archive === 1,
  };
}

export function insertProfile(sql: Sql, organization: NewOrganization, now: number): void {
  sql.run(
    INSERT,
    organization.id,
    organization.name,
    organization.agent_call_concurrency_limit,
    organization.agents_usage_limit,
    now,
    stored(organization.calling_window),
    organization.reserved_concurrency,
    now,
    organization.retention_days ?? 0,
    Number(organization.archive ?? false),
  );
}

export function changeProfile(sql: Sql, change: OrganizationChange): Profile {
  const before = readProfile(sql);
  const after = { ...before, ...change };
  sql.run(
    CHANGE,
    after.name,
    after.agent_call_concurrency_limit,
    after.agents_usage_limit,
    stored(after.calling_window),
    after.reserved_concurrency,
    after.retention_days,
    Number(after.archive ?? false),
  );
  return after;
}

export const capacityOf = (
  profile: Pick<OrganizationView, "agent_call_concurrency_limit" | "reserved_concurrency">,
): Capacity => ({
  limit: profile.agent_call_concurrency_limit,
  reserved: profile.reserved_concurrency,
});

/** It is being deleted: nothing new begins in it. */
export const isLeaving = (sql: Sql): boolean => readProfile(sql).removalRequestedAt !== null;
export const LEAVING = conflict(
  "organization_deleted",
  "this organization is being deleted, so nothing new begins in it",
);

/** At least one slot must be left for batches. `path`: the field that the request can change. */
export function capacityProblem({ limit, reserved }: Capacity, path: string): Failure | null {
  if (reserved < limit) return null;
  return invalid(
    path,
    `reserved_concurrency (${reserved}) must be below agent_call_concurrency_limit (${limit}), so that batches can run`,
  );
}

export function countBatch(sql: Sql, recipients: number, createdAt: number): void {
  sql.run(COUNT_BATCH, recipients, createdAt);
}

/** `openPools`: as `direct-pools.ts` writes them. One row for all that a request changes of the organization. */
export function countDirectCalls(sql: Sql, calls: number, requestedAt: number, openPools: string): void {
  sql.run(COUNT_DIRECT_CALLS, calls, requestedAt, openPools);
}

/** `recipients`: how many more, or fewer if negative. */
export function countRecipients(sql: Sql, recipients: number): void {
  sql.run(COUNT, recipients);
}

export function uncountRecipients(sql: Sql, recipients: number): void {
  if (recipients > 0) sql.run(UNCOUNT, recipients);
}
