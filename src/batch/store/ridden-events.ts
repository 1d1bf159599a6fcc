/**
 * Events for webhooks that ride in the rows of attempts. The row is written for the change that the event tells, so the
 * event costs no row of its own. All events of a batch are numbered. With each rides the number up to which all events
 * have arrived (`telling/outbox-pages.ts`).
 */

import type { Sql } from "../../storage/sql.ts";

/** Columns of an attempt. Persisted. `event`: JSON of an `OutboxEvent`, the last that rides there; null if it was erased. */
export type Riding = { readonly event: string; readonly event_number: number; readonly events_sent: number };
export const RIDING = ["event", "event_number", "events_sent"] as const satisfies readonly (keyof Riding)[];

const LAST = /*sql*/ `SELECT MAX(event_number) AS last, MAX(events_sent) AS sent FROM attempts`;
const UNSENT = /*sql*/ `
  SELECT event FROM attempts WHERE event_number > ? AND event IS NOT NULL ORDER BY event_number`;
const RECORD = /*sql*/ `UPDATE attempts SET events_sent = ? WHERE number = ?`;

/** The highest numbers; 0 without one. */
export function lastRidden(sql: Sql): { readonly last: number; readonly sent: number } {
  const row = sql.first<{ last: number | null; sent: number | null }>(LAST);
  return { last: row?.last ?? 0, sent: row?.sent ?? 0 };
}

/** Events after this number, each as it was stored. */
export const riddenAfter = (sql: Sql, number: number): string[] =>
  sql.all<{ event: string }>(UNSENT, number).map(({ event }) => event);

/** Every event up to `sent` has arrived. `attempt`: the number of the one in whose row that is stored. */
export function recordSent(sql: Sql, sent: number, attempt: number): void {
  sql.run(RECORD, sent, attempt);
}
