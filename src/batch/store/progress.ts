/**
 * How far calls in flight have come, all of them in one row, because the platform bills rows. An attempt's own row is
 * written with its intent and with its end. What happens between them is gathered here for a moment, if the carrier tells
 * it again after a crash (`attempts/told-again.ts`).
 *
 * Only an object that wakes reads it: it brings the attempts' rows up to date, and what was gathered is deleted.
 */

import { step } from "../../calling/words/recipient.ts";
import type { Sql } from "../../storage/sql.ts";
import { type AttemptRow, attemptOf } from "./attempt-states.ts";
import { changeAttempt, findAttempt } from "./attempts.ts";

/** Persisted. `calls`: JSON of each `Said`. */
type PageRow = { readonly calls: string };
type Said = Pick<AttemptRow, "number" | "status" | "carrier_call_id" | "answered_at" | "due_at" | "updated_at">;

/** A row holds two megabytes, and a carrier's id of a call may be long. */
const CALLS_OF_PAGE = 500;

const PAGES = /*sql*/ `SELECT calls FROM progress ORDER BY page`;
const WRITE = /*sql*/ `
  INSERT INTO progress (page, calls) VALUES (?, ?) ON CONFLICT (page) DO UPDATE SET calls = excluded.calls`;
const DROP_FROM = /*sql*/ `DELETE FROM progress WHERE page >= ?`;

const saidOf = ({ number, status, carrier_call_id, answered_at, due_at, updated_at }: AttemptRow): Said => ({
  number,
  status,
  carrier_call_id,
  answered_at,
  due_at,
  updated_at,
});

export const pagesFor = (calls: number): number => Math.ceil(calls / CALLS_OF_PAGE);

/** Replaces what is stored. `before`: how many pages that has. Returns how many there are now. */
export function writeProgress(sql: Sql, rows: readonly AttemptRow[], before: number): number {
  const pages = pagesFor(rows.length);
  for (let page = 0; page < pages; page += 1) {
    const calls = rows.slice(page * CALLS_OF_PAGE, (page + 1) * CALLS_OF_PAGE).map(saidOf);
    sql.run(WRITE, page, JSON.stringify(calls));
  }
  if (pages < before) sql.run(DROP_FROM, pages);
  return pages;
}

/** Brings the attempts' rows up to date, and deletes what was gathered. */
export function takeOverProgress(sql: Sql): void {
  const pages = sql.all<PageRow>(PAGES);
  if (pages.length === 0) return;
  sql.transaction(() => {
    for (const said of pages.flatMap(({ calls }) => JSON.parse(calls) as Said[])) {
      const stored = findAttempt(sql, said.number);
      const row = stored === null ? null : advanced(stored, said);
      if (stored !== null && row !== null) changeAttempt(sql, stored, row);
    }
    sql.run(DROP_FROM, 0);
  });
}

/**
 * The row with what was said of it; null if the stored row is as far or further. The attempt may have ended since, and
 * a call that ended does not change.
 */
export function advanced(stored: AttemptRow, said: Said): AttemptRow | null {
  const { status, carrier_call_id, answered_at, due_at, updated_at } = said;
  const isAnswered = status !== stored.status;
  const isAhead = isAnswered
    ? step(stored.status, "answer") === status
    : status === "dispatched" && stored.carrier_call_id === null;
  const isForeign = stored.carrier_call_id !== null && stored.carrier_call_id !== carrier_call_id;
  if (!isAhead || isForeign) return null;
  return attemptOf({ ...stored, status, carrier_call_id, answered_at, due_at, updated_at, error_message: null });
}
