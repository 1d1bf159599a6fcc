/** An organization's API keys. Only their hashes are stored; the key is shown once, when it is created. */

import { timeOrNull } from "../../calling/answers/json.ts";
import type { ActFields } from "../../calling/messages/act.ts";
import { conflict, type Failure, notFound } from "../../calling/requests/failure.ts";
import type { Page, PageRequest } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { sha256 } from "../../calling/secrets/digest.ts";
import type { Role } from "../../calling/words/role.ts";
import { type Listing, listPage } from "../../storage/listing.ts";
import type { Sql } from "../../storage/sql.ts";
import type { ApiKeyView, RevocationAsked, SignedInKey } from "../messages/access.ts";

type ApiKeyRow = {
  id: string;
  label: string;
  hint: string;
  role: Role;
  expires_at: number | null;
  last_used_at: number | null;
  created_at: number;
};

const SHOWN = "id, label, hint, role, expires_at, last_used_at, created_at";

const INSERT = /*sql*/ `
  INSERT INTO api_keys (id, label, hint, hash, created_at, role, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)`;
const BY_HASH = /*sql*/ `SELECT ${SHOWN} FROM api_keys WHERE hash = ?`;
const USED = /*sql*/ `UPDATE api_keys SET last_used_at = ? WHERE id = ?`;
const EXISTS = /*sql*/ `SELECT id FROM api_keys WHERE id = ?`;
const BY_ID = /*sql*/ `SELECT ${SHOWN} FROM api_keys WHERE id = ?`;
const IDS = /*sql*/ `SELECT id FROM api_keys WHERE ordinal > 0`;
const DELETE = /*sql*/ `DELETE FROM api_keys WHERE id = ?`;
/** Sorts nothing: it stops at the first one. */
const OTHER_ADMIN = /*sql*/ `
  SELECT id FROM api_keys INDEXED BY api_keys_of_admins
  WHERE role = 'admin' AND id <> ? AND (expires_at IS NULL OR expires_at > ?) LIMIT 1`;
const LISTING: Listing = {
  ordinalOfId: /*sql*/ `SELECT ordinal FROM api_keys WHERE id = ?`,
  older: /*sql*/ `SELECT ${SHOWN} FROM api_keys WHERE ordinal < ? ORDER BY ordinal DESC LIMIT ?`,
  newer: /*sql*/ `SELECT ${SHOWN} FROM api_keys WHERE ordinal > ? ORDER BY ordinal ASC LIMIT ?`,
};

const toView = (row: ApiKeyRow): ApiKeyView => ({
  id: row.id,
  label: row.label,
  hint: row.hint,
  role: row.role,
  expiresAt: row.expires_at,
  lastUsedAt: row.last_used_at,
  createdAt: row.created_at,
});

/**
 * SHA-256 in hexadecimal. A key has 256 random bits, so a plain hash is enough. Lookups compare hashes, so their
 * duration tells nothing about a key.
 */
export const hashOfKey = (key: string): Promise<string> => sha256(key);

const SHOWN_AT_THE_END = 4;
/** `sk_demo_…host`: enough to tell one key from another. */
export const hintOf = (key: string): string =>
  `${key.slice(0, key.lastIndexOf("_") + 1)}…${key.slice(-SHOWN_AT_THE_END)}`;

/** More often would be a row with every request. */
const USE_NOTED_EVERY_MS = 3_600_000;

export const isKnownHash = (sql: Sql, hash: string): boolean => sql.first(BY_HASH, hash) !== null;

/** The key, and a note that it was used; null where it is unknown or has expired. */
export function signIn(sql: Sql, hash: string, now: number): SignedInKey | null {
  const row = sql.first<ApiKeyRow>(BY_HASH, hash);
  if (row === null || (row.expires_at !== null && row.expires_at <= now)) return null;
  if (now - (row.last_used_at ?? 0) >= USE_NOTED_EVERY_MS) sql.run(USED, now, row.id);
  return { id: row.id, label: row.label, role: row.role, expiresAt: row.expires_at };
}

export const apiKeyIds = (sql: Sql): string[] => sql.all<{ id: string }>(IDS).map(({ id }) => id);

export const keyExists = (sql: Sql, id: string): boolean => sql.first<{ id: string }>(EXISTS, id) !== null;

export function insertApiKey(sql: Sql, key: ApiKeyView, hash: string): void {
  sql.run(INSERT, key.id, key.label, key.hint, hash, key.createdAt, key.role, key.expiresAt);
}

export const listApiKeys = (sql: Sql, request: PageRequest): Result<Page<ApiKeyView>, Failure> =>
  listPage(sql, LISTING, [], request, toView);

export const auditedKey = ({ label, hint, role, expiresAt }: ApiKeyView): ActFields => ({
  label,
  key: hint,
  role,
  expires_at: timeOrNull(expiresAt),
});

/** Why one of the organization's own admins may not revoke it; null if it may. */
export function revocationProblem(
  sql: Sql,
  id: string,
  { byKey, isConfirmed }: RevocationAsked,
  now: number,
): Failure | null {
  const row = sql.first<ApiKeyRow>(BY_ID, id);
  if (row === null) return notFound("api_key");
  if (row.role === "admin" && sql.first(OTHER_ADMIN, id, now) === null) {
    return conflict("last_admin_key", "this is the last key of an admin; make another before you revoke it");
  }
  if (id === byKey && !isConfirmed) {
    return conflict("key_in_use", "this is the key of the request; send confirm=own to revoke it nevertheless");
  }
  return null;
}

/** The key as it was. */
export function deleteApiKey(sql: Sql, id: string): Result<ApiKeyView, Failure> {
  const row = sql.first<ApiKeyRow>(BY_ID, id);
  if (row === null) return err(notFound("api_key"));
  sql.run(DELETE, id);
  return ok(toView(row));
}
