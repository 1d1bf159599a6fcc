/**
 * A browser cannot send a key with a WebSocket, and a key has no place in a URL. So a client with the key gets a ticket for
 * one connection, and the ticket is good for a minute, or until the key is revoked.
 */

import { randomToken } from "../../calling/secrets/ids.ts";
import type { Sql } from "../../storage/sql.ts";

/** `ticket`: 22 characters that nobody can guess. `expiresAt`: epoch ms. */
export type LiveTicket = { readonly ticket: string; readonly expiresAt: number };

const GOOD_FOR_MS = 60_000;

const INSERT = /*sql*/ `INSERT INTO live_tickets (ticket, expires_at, key_id) VALUES (?, ?, ?)`;
const GOOD = /*sql*/ `SELECT key_id FROM live_tickets WHERE ticket = ? AND expires_at > ?`;
const USE = /*sql*/ `DELETE FROM live_tickets WHERE ticket = ?`;
/** There are as many as were drawn in the last minute. */
const REVOKE = /*sql*/ `DELETE FROM live_tickets WHERE key_id = ?`;
const EXPIRE = /*sql*/ `DELETE FROM live_tickets WHERE expires_at <= ?`;

export function issueTicket(sql: Sql, keyId: string, now: number): LiveTicket {
  const issued = { ticket: randomToken(), expiresAt: now + GOOD_FOR_MS };
  sql.run(EXPIRE, now);
  sql.run(INSERT, issued.ticket, issued.expiresAt, keyId);
  return issued;
}

/** The key that drew it, and it is used up then; null where it is not good. */
export function useTicket(sql: Sql, ticket: string, now: number): string | null {
  const keyId = sql.first<{ key_id: string | null }>(GOOD, ticket, now)?.key_id ?? null;
  sql.run(USE, ticket);
  return keyId;
}

export function revokeTickets(sql: Sql, keyId: string): void {
  sql.run(REVOKE, keyId);
}
