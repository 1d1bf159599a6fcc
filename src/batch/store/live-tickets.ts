/**
 * A browser cannot send a key with a WebSocket, and a key does not belong in a URL. So a client with the key gets a
 * ticket for one connection. It is valid for a minute, or until the key is revoked or expires.
 */

import { randomToken } from "../../calling/secrets/ids.ts";
import type { Sql } from "../../storage/sql.ts";

/** `ticket`: 22 random characters. `expiresAt`: epoch ms. */
export type LiveTicket = { readonly ticket: string; readonly expiresAt: number };

const GOOD_FOR_MS = 60_000;

const INSERT = /*sql*/ `INSERT INTO live_tickets (ticket, expires_at, key_id, key_expires_at) VALUES (?, ?, ?, ?)`;
const GOOD = /*sql*/ `SELECT key_id, key_expires_at FROM live_tickets WHERE ticket = ? AND expires_at > ?`;
const USE = /*sql*/ `DELETE FROM live_tickets WHERE ticket = ?`;
/** The table holds the tickets of the last minute. */
const REVOKE = /*sql*/ `DELETE FROM live_tickets WHERE key_id = ?`;
const EXPIRE = /*sql*/ `DELETE FROM live_tickets WHERE expires_at <= ?`;

/** The key of a watcher, and until when it is accepted; null: the key stays. */
export type Watcher = { readonly keyId: string; readonly keyExpiresAt: number | null };

export function issueTicket(sql: Sql, { keyId, keyExpiresAt }: Watcher, now: number): LiveTicket {
  const expiresAt = Math.min(now + GOOD_FOR_MS, keyExpiresAt ?? Number.POSITIVE_INFINITY);
  const issued = { ticket: randomToken(), expiresAt };
  sql.run(EXPIRE, now);
  sql.run(INSERT, issued.ticket, issued.expiresAt, keyId, keyExpiresAt);
  return issued;
}

/** Uses the ticket up and returns the key that created it; null if the ticket is not valid. */
export function useTicket(sql: Sql, ticket: string, now: number): Watcher | null {
  const row = sql.first<{ key_id: string | null; key_expires_at: number | null }>(GOOD, ticket, now);
  sql.run(USE, ticket);
  const keyId = row?.key_id ?? null;
  return keyId === null ? null : { keyId, keyExpiresAt: row?.key_expires_at ?? null };
}

export function revokeTickets(sql: Sql, keyId: string): void {
  sql.run(REVOKE, keyId);
}
