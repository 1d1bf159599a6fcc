/**
 * The audit: who changed what, when. A record is stored in the transaction of its change, and never changed. Nothing in it is
 * secret, and no person's number: `do_not_call` entries are named by their ids, which stay when a number is erased.
 */

import {
  type Act,
  type Acted,
  type ActorKind,
  type ActRecord,
  type AuditedKind,
  recordOf,
} from "../../calling/messages/act.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import { type Page, type PageRequest, pageOf } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { auditId, firstAuditId, isAuditId } from "../../calling/secrets/ids.ts";
import { unknownCursor } from "../../storage/listing.ts";
import type { Sql, Value } from "../../storage/sql.ts";
import type { ActFilter, ActView } from "../messages/organization.ts";

type ActRow = {
  id: string;
  at: number;
  operation: string;
  by_kind: ActorKind;
  by_id: string;
  by_label: string;
  kind: AuditedKind;
  resource_id: string | null;
  before: string | null;
  after: string | null;
};

const COLUMNS = "id, at, operation, by_kind, by_id, by_label, kind, resource_id, before, after";
/** A record that arrives again is known. */
const INSERT = /*sql*/ `INSERT OR IGNORE INTO acts (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const DELETE_BEFORE = /*sql*/ `
  DELETE FROM acts WHERE id IN (SELECT id FROM acts WHERE id < ? ORDER BY id LIMIT ?)`;

/**
 * One index answers: of the resource, else of the actor, else of the kind, else of time. What else is asked for is compared
 * row by row. Bindings: from, behind, resource, actor, kind, how many.
 */
const listing = (passes: string) => {
  const also = "(?3 IS NULL OR resource_id = ?3) AND (?4 IS NULL OR by_id = ?4) AND (?5 IS NULL OR kind = ?5)";
  const where = `${passes} id >= ?1 AND id < ?2 AND ${also}`;
  return {
    older: /*sql*/ `SELECT ${COLUMNS} FROM acts WHERE ${where} ORDER BY id DESC LIMIT ?6`,
    newer: /*sql*/ `SELECT ${COLUMNS} FROM acts WHERE ${where} ORDER BY id ASC LIMIT ?6`,
  };
};
const OF_RESOURCE = listing("resource_id = ?3 AND");
const OF_ACTOR = listing("by_id = ?4 AND");
const OF_KIND = listing("kind = ?5 AND");
const ALL = listing("");

const toView = (row: ActRow): ActView => ({
  id: row.id,
  at: row.at,
  operation: row.operation,
  by: { kind: row.by_kind, id: row.by_id, label: row.by_label },
  kind: row.kind,
  resourceId: row.resource_id,
  before: row.before,
  after: row.after,
});

/** Call it in the transaction of the change. Without an act, from a Worker of an earlier version, nothing is recorded. */
export function record(sql: Sql, act: Act | undefined, acted: Acted, now: number): void {
  const made = act === undefined ? null : recordOf(act, acted, now);
  if (made !== null) storeRecord(sql, made);
}

/** Idempotent. */
export function storeRecord(sql: Sql, { act, at, kind, resourceId, before, after }: ActRecord): void {
  const { operation, by } = act;
  sql.run(INSERT, auditId(at, act.id), at, operation, by.kind, by.id, by.label, kind, resourceId, before, after);
}

/** Newest first. `from` and `until` are included. */
export function listActs(sql: Sql, filter: ActFilter, request: PageRequest): Result<Page<ActView>, Failure> {
  const { resourceId, byId, kind, from, until } = filter;
  const cursor = request.endingBefore ?? request.startingAfter;
  // Also one that is forgotten by now: its id says where it was.
  if (cursor !== null && !isAuditId(cursor)) return err(unknownCursor(request));
  const isBack = request.endingBefore !== null;
  let first = firstAuditId(from ?? 0);
  let behind = until === null ? BEHIND_ALL : firstAuditId(until + 1);
  if (cursor !== null && isBack && `${cursor}${AFTER}` > first) first = `${cursor}${AFTER}`;
  if (cursor !== null && !isBack && cursor < behind) behind = cursor;
  const by = resourceId !== null ? OF_RESOURCE : byId !== null ? OF_ACTOR : kind !== null ? OF_KIND : ALL;
  const values: Value[] = [first, behind, resourceId, byId, kind, request.limit + 1];
  const rows = sql.all<ActRow>(isBack ? by.newer : by.older, ...values);
  return ok(pageOf(rows.map(toView), request));
}

/** They sort behind every id, and directly behind one. */
const BEHIND_ALL = "audit_~";
const AFTER = "!";

/** For retention: forgets records from before this time, oldest first. Returns whether there may be more. */
export function deleteActsBefore(sql: Sql, before: number, atMost: number): boolean {
  return sql.change(DELETE_BEFORE, firstAuditId(before), atMost) === atMost;
}
