/**
 * A browser cannot send a key with a WebSocket, and a key has no place in a URL. So whoever has the key gets a ticket for
 * one connection, and the ticket is good for a minute.
 */

import { randomToken } from "../calling/ids.ts";
import type { Sql } from "../storage/sql.ts";

/** `ticket`: 22 characters that nobody can guess. `expiresAt`: epoch ms. */
export type LiveTicket = { readonly ticket: string; readonly expiresAt: number };

const GOOD_FOR_MS = 60_000;

const INSERT = /*sql*/ `INSERT INTO live_tickets (ticket, expires_at) VALUES (?, ?)`;
const USE = /*sql*/ `DELETE FROM live_tickets WHERE ticket = ? AND expires_at > ?`;
const EXPIRE = /*sql*/ `DELETE FROM live_tickets WHERE expires_at <= ?`;

export function issueTicket(sql: Sql, now: number): LiveTicket {
  const issued = { ticket: randomToken(), expiresAt: now + GOOD_FOR_MS };
  sql.run(EXPIRE, now);
  sql.run(INSERT, issued.ticket, issued.expiresAt);
  return issued;
}

/** Whether it was good; it is used up then. */
export const useTicket = (sql: Sql, ticket: string, now: number): boolean => sql.run(USE, ticket, now) === 1;
