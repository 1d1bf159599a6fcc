/** An organization's API keys. Only their hashes are stored; the key is shown once, when it is created. */

import { type Failure, notFound } from "../../calling/requests/failure.ts";
import type { Page, PageRequest } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { sha256 } from "../../calling/secrets/digest.ts";
import { type Listing, listPage } from "../../storage/listing.ts";
import type { Sql } from "../../storage/sql.ts";
import type { ApiKeyView, KeyName } from "../rpc.ts";

type ApiKeyRow = { id: string; label: string; hint: string; created_at: number };

const INSERT = /*sql*/ `INSERT INTO api_keys (id, label, hint, hash, created_at) VALUES (?, ?, ?, ?, ?)`;
const BY_HASH = /*sql*/ `SELECT id, label FROM api_keys WHERE hash = ?`;
const EXISTS = /*sql*/ `SELECT id FROM api_keys WHERE id = ?`;
const DELETE = /*sql*/ `DELETE FROM api_keys WHERE id = ?`;
const LISTING: Listing = {
  ordinalOfId: /*sql*/ `SELECT ordinal FROM api_keys WHERE id = ?`,
  older: /*sql*/ `SELECT id, label, hint, created_at FROM api_keys WHERE ordinal < ? ORDER BY ordinal DESC LIMIT ?`,
  newer: /*sql*/ `SELECT id, label, hint, created_at FROM api_keys WHERE ordinal > ? ORDER BY ordinal ASC LIMIT ?`,
};

const toView = (row: ApiKeyRow): ApiKeyView => ({
  id: row.id,
  label: row.label,
  hint: row.hint,
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

export const keyOfHash = (sql: Sql, hash: string): KeyName | null => sql.first<KeyName>(BY_HASH, hash);

export const keyExists = (sql: Sql, id: string): boolean => sql.first<{ id: string }>(EXISTS, id) !== null;

export function insertApiKey(sql: Sql, key: ApiKeyView, hash: string): void {
  sql.run(INSERT, key.id, key.label, key.hint, hash, key.createdAt);
}

export const listApiKeys = (sql: Sql, request: PageRequest): Result<Page<ApiKeyView>, Failure> =>
  listPage(sql, LISTING, [], request, toView);

export const deleteApiKey = (sql: Sql, id: string): Result<null, Failure> =>
  sql.run(DELETE, id) === 0 ? err(notFound("api_key")) : ok(null);
