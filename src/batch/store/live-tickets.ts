/**
 * A browser cannot send a key with a WebSocket, and a key does not belong in a URL. So a client with the key gets a
 * ticket for one connection. It is valid for a minute, or until the key is revoked.
 */

import { randomToken } from "../../calling/secrets/ids.ts";
import type { Sql } from "../../storage/sql.ts";

/** `ticket`: 22 random characters. `expiresAt`: epoch ms. */
export type LiveTicket = { readonly ticket: string; readonly expiresAt: number };

const GOOD_FOR_MS = 60_000;

const INSERT = /*sql*/ `INSERT INTO live_tickets (ticket, expires_at, key_id) VALUES (?, ?, ?)`;
const GOOD = /*sql*/ `SELECT key_id FROM live_tickets WHERE ticket = ? AND expires_at > ?`;
const USE = /*sql*/ `DELETE FROM live_tickets WHERE ticket = ?`;
/** The table holds the tickets of the last minute. */
const REVOKE = /*sql*/ `DELETE FROM live_tickets WHERE key_id = ?`;
const EXPIRE = /*sql*/ `DELETE FROM live_tickets WHERE expires_at <= ?`;

export function issueTicket(sql: Sql, keyId: string, now: number): LiveTicket {
  const issued = { ticket: randomToken(), expiresAt: now + GOOD_FOR_MS };
  sql.run(EXPIRE, now);
  sql.run(INSERT, issued.ticket, issued.expiresAt, keyId);
  return issued;
}

/** Uses the ticket up and returns the key that created it; null if the ticket is not valid. */
export function useTicket(sql: Sql, ticket: string, now: number): string | null {
  const keyId = sql.first<{ key_id: string | null }>(GOOD, ticket, now)?.key_id ?? null;
  sql.run(USE, ticket);
  return keyId;
}

export function revokeTickets(sql: Sql, keyId: string): void {
  sql.run(REVOKE, keyId);
}
