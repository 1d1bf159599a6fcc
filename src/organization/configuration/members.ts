/**
 * People who sign in through Cloudflare Access, and their roles. A member is an e-mail address, or a domain with all of its
 * addresses. An address counts before its domain, so that one person can have another role than the rest.
 */

import type { ActFields } from "../../calling/messages/act.ts";
import { conflict, type Failure, notFound } from "../../calling/requests/failure.ts";
import type { Page, PageRequest } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { domainOf } from "../../calling/words/member.ts";
import type { Role } from "../../calling/words/role.ts";
import { type Listing, listPage } from "../../storage/listing.ts";
import type { Sql } from "../../storage/sql.ts";
import type { MemberView } from "../messages/access.ts";

type MemberRow = { id: string; who: string; role: Role; created_at: number; last_used_at: number | null };

const SHOWN = "id, who, role, created_at, last_used_at";

const INSERT = /*sql*/ `INSERT INTO members (id, who, role, created_at) VALUES (?, ?, ?, ?)`;
const BY_WHO = /*sql*/ `SELECT ${SHOWN} FROM members WHERE who = ?`;
const BY_ID = /*sql*/ `SELECT ${SHOWN} FROM members WHERE id = ?`;
const ALL = /*sql*/ `SELECT ${SHOWN} FROM members WHERE ordinal > 0`;
const COUNT = /*sql*/ `SELECT COUNT(*) AS count FROM members WHERE ordinal > 0`;
const CHANGE = /*sql*/ `UPDATE members SET role = ? WHERE id = ?`;
const USED = /*sql*/ `UPDATE members SET last_used_at = ? WHERE id = ?`;
const DELETE = /*sql*/ `DELETE FROM members WHERE id = ?`;
const LISTING: Listing = {
  ordinalOfId: /*sql*/ `SELECT ordinal FROM members WHERE id = ?`,
  older: /*sql*/ `SELECT ${SHOWN} FROM members WHERE ordinal < ? ORDER BY ordinal DESC LIMIT ?`,
  newer: /*sql*/ `SELECT ${SHOWN} FROM members WHERE ordinal > ? ORDER BY ordinal ASC LIMIT ?`,
};

/** More often would be a row with every request. */
const USE_NOTED_EVERY_MS = 3_600_000;
/** A team that uses the dashboard. More people are let in by their domain. */
export const MAX_MEMBERS = 500;

const toView = (row: MemberRow): MemberView => ({
  id: row.id,
  who: row.who,
  role: row.role,
  lastUsedAt: row.last_used_at,
  createdAt: row.created_at,
});

/** The member that the address belongs to, and a note that it was used; null without one. */
export function signInPerson(sql: Sql, email: string, now: number): MemberView | null {
  const row = sql.first<MemberRow>(BY_WHO, email) ?? sql.first<MemberRow>(BY_WHO, domainOf(email));
  if (row === null) return null;
  if (now - (row.last_used_at ?? 0) >= USE_NOTED_EVERY_MS) sql.run(USED, now, row.id);
  return toView(row);
}

export const memberExists = (sql: Sql, id: string): boolean => sql.first<MemberRow>(BY_ID, id) !== null;

export const allMembers = (sql: Sql): MemberView[] => sql.all<MemberRow>(ALL).map(toView);

export const listMembers = (sql: Sql, request: PageRequest): Result<Page<MemberView>, Failure> =>
  listPage(sql, LISTING, [], request, toView);

export function findMember(sql: Sql, id: string): Result<MemberView, Failure> {
  const row = sql.first<MemberRow>(BY_ID, id);
  return row === null ? err(notFound("member")) : ok(toView(row));
}

export function insertMember(sql: Sql, { id, who, role, createdAt }: MemberView): Result<null, Failure> {
  if (sql.first<MemberRow>(BY_WHO, who) !== null) {
    return err(conflict("already_exists", `${who} is a member; change its role instead`));
  }
  if (sql.one<{ count: number }>(COUNT).count >= MAX_MEMBERS) {
    return err(
      conflict("too_many_members", `an organization has at most ${MAX_MEMBERS} members; add a domain instead`),
    );
  }
  sql.run(INSERT, id, who, role, createdAt);
  return ok(null);
}

export function changeMember(sql: Sql, id: string, role: Role): void {
  sql.run(CHANGE, role, id);
}

export function deleteMember(sql: Sql, id: string): void {
  sql.run(DELETE, id);
}

export const auditedMember = ({ who, role }: MemberView): ActFields => ({ who, role });
