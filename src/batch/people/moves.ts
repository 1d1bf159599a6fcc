/** Changes of attempts, each of the row and of the roster together, so that the one always equals a recount of the other. */

import { nextAttemptAt, type RetryPolicy } from "../../calling/messages/retry-policy.ts";
import { present } from "../../calling/requests/assert.ts";
import { randomToken } from "../../calling/secrets/ids.ts";
import { NOT_DIALED, type NotDialed } from "../../calling/words/not-dialed.ts";
import type { Sql } from "../../storage/sql.ts";
import { INTENT_DUE_MS } from "../attempts/timing.ts";
import {
  type AttemptRow,
  beginQueued,
  changeAttempt,
  findAttempt,
  insertFailed,
  insertIntent,
  insertQueued,
} from "../store/attempts.ts";
import type { NextUp, Roster, WhoWaits } from "./roster.ts";

/** The intent to dial, before the request leaves (promise 2). `createdAt`: when a first attempt is said to be made. */
export function storeIntent(sql: Sql, roster: Roster, pick: NextUp, createdAt: number, now: number): AttemptRow {
  const number = pick.kind === "first" ? roster.nextNumber : pick.number;
  const intent = { number, position: pick.position, token: randomToken(), dueAt: now + INTENT_DUE_MS };
  if (pick.kind === "first") {
    const row = insertIntent(sql, intent, createdAt, now);
    roster.follow(null, row);
    return row;
  }
  const before = findAttempt(sql, number);
  if (!beginQueued(sql, intent, now)) throw new Error("broken invariant: who waits is queued");
  const row = present(findAttempt(sql, number), "the intent was stored");
  roster.follow(before, row);
  return row;
}

/** Where the policy has it, the recipient's next attempt; null where it stays as it ended. */
export function storeNextAttempt(
  sql: Sql,
  roster: Roster,
  policy: RetryPolicy | null,
  ended: AttemptRow,
  now: number,
): AttemptRow | null {
  if (ended.status !== "failed") return null;
  const dueAt = nextAttemptAt(policy, ended, now);
  if (dueAt === null) return null;
  const number = roster.nextNumber;
  insertQueued(sql, number, ended, dueAt, now);
  const next = present(findAttempt(sql, number), "the next attempt was stored");
  roster.follow(ended, next);
  return next;
}

/** Who waits fails without having been called. `changed`: each attempt that there was already, in the same transaction. */
export function failWaiting(
  sql: Sql,
  roster: Roster,
  { positions, numbers }: WhoWaits,
  why: NotDialed,
  now: number,
  changed: (before: AttemptRow, after: AttemptRow) => void,
): void {
  for (const position of positions) {
    const number = roster.nextNumber;
    insertFailed(sql, number, position, why, now);
    roster.follow(null, present(findAttempt(sql, number), "the failure was stored"));
  }
  for (const number of numbers) {
    const row = present(findAttempt(sql, number), "who waits has a row");
    const failed: AttemptRow = {
      ...row,
      status: "failed",
      error_message: NOT_DIALED[why],
      failure_reason: why,
      ended_at: now,
      due_at: null,
      updated_at: now,
    };
    if (row.status !== "queued" || !changeAttempt(sql, row, failed)) continue;
    roster.follow(row, failed);
    changed(row, failed);
  }
}
