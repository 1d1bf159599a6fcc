/** Changes of an attempt's row together with the roster, so the roster always equals a recount of the rows. */

import { nextAttemptAt, type RetryPolicy } from "../../calling/messages/retry-policy.ts";
import type { NotDialed } from "../../calling/words/not-dialed.ts";
import type { Sql } from "../../storage/sql.ts";
import { dispatched, firstAttempt, nextAttempt, notDialed } from "../attempts/transitions.ts";
import type { AttemptRow, Intent, Queued } from "../store/attempt-states.ts";
import { changeAttempt, findAttempt, insertAttempt } from "../store/attempts.ts";
import type { NextUp, WhoWaits } from "./queue.ts";
import type { Roster } from "./roster.ts";

/** The stored row must still be the one that the decision was made from. */
function storeChange(sql: Sql, before: AttemptRow, after: AttemptRow): void {
  if (!changeAttempt(sql, before, after)) throw new Error("broken invariant: who waits is stored as waiting");
}

function storedAttempt(sql: Sql, number: number): Queued {
  const row = findAttempt(sql, number);
  if (row?.status !== "queued") throw new Error("broken invariant: who waits for another attempt has a row that waits");
  return row;
}

/** Stores the intent to dial before the request leaves (promise 2). `token`: a new secret of its callbacks. */
export function storeIntent(sql: Sql, roster: Roster, next: NextUp, token: string, now: number): Intent {
  if (next.kind === "first") {
    const row = dispatched(firstAttempt(roster.nextNumber, next.position, now), token, now);
    insertAttempt(sql, row);
    roster.follow(null, row);
    return row;
  }
  const before = storedAttempt(sql, next.number);
  const row = dispatched(before, token, now);
  storeChange(sql, before, row);
  roster.follow(before, row);
  return row;
}

/** The recipient's next attempt, if the policy gives one; null if there is none. */
export function storeNextAttempt(
  sql: Sql,
  roster: Roster,
  policy: RetryPolicy | null,
  ended: AttemptRow,
  now: number,
): AttemptRow | null {
  const dueAt = nextAttemptAt(policy, ended, now);
  const next = dueAt === null ? null : nextAttempt(ended, roster.nextNumber, dueAt, now);
  if (next === null) return null;
  insertAttempt(sql, next);
  roster.follow(ended, next);
  return next;
}

/**
 * Waiting recipients fail without a call. `changed`: called for each attempt that had a row, in the same transaction.
 */
export function failWaiting(
  sql: Sql,
  roster: Roster,
  { positions, numbers }: WhoWaits,
  why: NotDialed,
  now: number,
  changed: (before: AttemptRow, after: AttemptRow) => void,
): void {
  for (const position of positions) {
    const failed = notDialed(firstAttempt(roster.nextNumber, position, now), why, now);
    insertAttempt(sql, failed);
    roster.follow(null, failed);
  }
  for (const number of numbers) {
    const row = storedAttempt(sql, number);
    const failed = notDialed(row, why, now);
    storeChange(sql, row, failed);
    roster.follow(row, failed);
    changed(row, failed);
  }
}
