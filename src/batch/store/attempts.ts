/**
 * Attempts: one row each time a recipient is called or waits to be called again, with the record of its call. A
 * recipient has the status of its latest attempt. Without one it is queued, or cancelled with its batch.
 */

import type { EndReason } from "../../calling/words/call.ts";
import {
  isOver,
  LATE,
  RECIPIENT_STATUSES,
  RECIPIENT_STEPS,
  type RecipientEvent,
  step,
} from "../../calling/words/recipient.ts";
import type { Sql } from "../../storage/sql.ts";
import { type AttemptRow, attemptOf, type StoredAttempt } from "./attempt-states.ts";

/** Both ends included; null is open. */
export type CallWindow = { readonly from: number | null; readonly until: number | null };

/** What the roster needs of each row. */
export type RosterRow = Pick<
  StoredAttempt,
  | "number"
  | "position"
  | "attempt"
  | "status"
  | "carrier_call_id"
  | "dispatched_at"
  | "answered_at"
  | "due_at"
  | "updated_at"
>;

/** What the roster keeps of an attempt. */
export type BriefAttempt = Pick<StoredAttempt, "number" | "position" | "status"> & {
  readonly isPlaced: boolean;
  readonly isAnswered: boolean;
};
/** `updatedAt`, `dispatchedAt`: the latest of all; 0 without one. Each list by ascending number. */
export type RosterRows = {
  readonly over: readonly BriefAttempt[];
  readonly open: readonly RosterRow[];
  readonly updatedAt: number;
  readonly dispatchedAt: number;
};
type RosterTexts = {
  readonly updated_at: number | null;
  readonly dispatched_at: number | null;
  readonly numbers: string;
  readonly over: string;
  readonly open: string;
};
type OpenText = readonly [
  number: number,
  position: number,
  attempt: number,
  status: RosterRow["status"],
  carrier_call_id: string | null,
  dispatched_at: number | null,
  answered_at: number | null,
  due_at: number | null,
  updated_at: number,
];

/** What reports need of an attempt that is over. */
export type EndedAttempt = Pick<
  StoredAttempt,
  | "position"
  | "attempt"
  | "status"
  | "carrier_call_id"
  | "dispatched_at"
  | "answered_at"
  | "ended_at"
  | "end_reason"
  | "answered_by"
  | "failure_reason"
  | "updated_at"
> & {
  /** JSON of where reports count it, once its recipient is erased; null before. */
  readonly counted_in: string | null;
};

/** What a Get shows of a recipient's latest attempt. `carrier_call_id`: an empty text if there is one. */
export type ShownAttempt = Pick<
  StoredAttempt,
  | "number"
  | "status"
  | "carrier_call_id"
  | "dispatched_at"
  | "ended_at"
  | "end_reason"
  | "answered_by"
  | "error_message"
  | "failure_reason"
  | "redacted_at"
  | "deferred_since"
  | "due_at"
>;
type Shown<Column extends keyof ShownAttempt> = ShownAttempt[Column];
type ShownText = readonly [
  number: number,
  position: number,
  status: Shown<"status">,
  call: "" | null,
  end_reason: Shown<"end_reason">,
  more: MoreText | null,
  times: TimesText | null,
];
type MoreText = readonly [
  answered_by: Shown<"answered_by">,
  error_message: Shown<"error_message">,
  failure_reason: Shown<"failure_reason">,
  redacted_at: Shown<"redacted_at">,
  deferred_since: Shown<"deferred_since">,
  due_at: Shown<"due_at">,
];
type TimesText = readonly [dispatched_at: number | null, ended_at: number | null];
const NOTHING_MORE: MoreText = [null, null, null, null, null, null];
const NO_TIMES: TimesText = [null, null];

const COLUMNS = `number, position, attempt, status, token, carrier_call_id, created_at, dispatched_at, answered_at,
  ended_at, end_reason, error_message, due_at, updated_at, deferred_since, ended_because,
  carrier_code, sip_code, failure_reason, answered_by, redacted_at`;

/** Statuses of attempts that are over, in this order. */
const OVER = RECIPIENT_STATUSES.filter(isOver);
/** In SQL. Others are open: they wait or are in flight. */
const IS_OVER = `status IN (${OVER.map((status) => `'${status}'`).join(", ")})`;
const PLACED = 1;
const ANSWERED = 2;
const STATUS = 4;
const POSITION = STATUS * 4;
/** An attempt that is over is two numbers: its own, and its position, status and what came of it. */
const FOR_ROSTER = /*sql*/ `
  SELECT MAX(updated_at) AS updated_at, MAX(dispatched_at) AS dispatched_at,
    json_group_array(number) FILTER (WHERE ${IS_OVER}) AS numbers,
    json_group_array(position * ${POSITION}
      + CASE status ${OVER.map((status, code) => `WHEN '${status}' THEN ${code * STATUS}`).join(" ")} END
      + (answered_at IS NOT NULL) * ${ANSWERED} + (carrier_call_id IS NOT NULL) * ${PLACED}
    ) FILTER (WHERE ${IS_OVER}) AS over,
    json_group_array(json_array(number, position, attempt, status, carrier_call_id, dispatched_at, answered_at, due_at, updated_at))
      FILTER (WHERE NOT ${IS_OVER}) AS open
  FROM attempts WHERE number > ? AND number <= ?`;
const LAST = /*sql*/ `SELECT MAX(number) AS number FROM attempts`;
const ENDED = /*sql*/ `
  SELECT position, attempt, status, carrier_call_id, dispatched_at, answered_at, ended_at, end_reason, answered_by,
    failure_reason, updated_at, counted_in
  FROM attempts WHERE status IN ('completed', 'failed') ORDER BY number`;
const BY_NUMBER = /*sql*/ `SELECT ${COLUMNS} FROM attempts WHERE number = ?`;
/**
 * A row costs more on its way out of SQLite than to be read there, and a text of many costs a third of that. What is
 * usually null is told where it is not. `call`: empty, because only its presence is shown.
 */
const SHOWN = /*sql*/ `
  SELECT json_group_array(json_array(number, position, status, substr(carrier_call_id, 1, 0), end_reason,
    CASE WHEN COALESCE(answered_by, error_message, failure_reason, redacted_at, deferred_since, due_at) IS NOT NULL
      THEN json_array(answered_by, error_message, failure_reason, redacted_at, deferred_since, due_at) END,
    CASE WHEN ended_at >= ? THEN json_array(dispatched_at, ended_at) END)) AS texts
  FROM attempts WHERE number > ? AND number <= ?`;
/** So many in a text: it may have 2 MB (Durable Objects, Limits), and each character of a long message may take six. */
const IN_A_TEXT = 500;
const ALL = /*sql*/ `SELECT ${COLUMNS} FROM attempts ORDER BY number`;
const NUMBERS = /*sql*/ `SELECT number, position FROM attempts ORDER BY number`;
const NUMBERED = /*sql*/ `
  SELECT ${COLUMNS} FROM attempts WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number`;
/**
 * A human asks for one recipient now and then. A scan costs less than an index, which every call would have to write.
 */
const OF_POSITION = /*sql*/ `SELECT ${COLUMNS} FROM attempts WHERE position = ? ORDER BY number`;
/** Columns that can change, besides `updated_at`. */
const CHANGEABLE = [
  "status",
  "token",
  "dispatched_at",
  "carrier_call_id",
  "answered_at",
  "ended_at",
  "end_reason",
  "error_message",
  "due_at",
  "deferred_since",
  "ended_because",
  "carrier_code",
  "sip_code",
  "failure_reason",
  "answered_by",
] as const satisfies readonly (keyof AttemptRow)[];
/** Compare-and-set on the status that the change was decided from. */
const changeOf = (columns: readonly (typeof CHANGEABLE)[number][]): string => /*sql*/ `
  UPDATE attempts SET ${columns.map((column) => `${column} = ?, `).join("")}updated_at = ?
  WHERE number = ? AND status = ?`;
/** Only if the status is still the one of the decision: a finished call does not change. */
const STORE_ENDING = /*sql*/ `
  UPDATE attempts SET ended_because = ?, due_at = MIN(due_at, ?) WHERE number = ? AND status = ?`;
const DROP_ENDING = /*sql*/ `UPDATE attempts SET ended_because = NULL WHERE number = ? AND status = ?`;
const CARRIER_CALLS = /*sql*/ `
  SELECT carrier_call_id FROM attempts WHERE carrier_call_id IN (SELECT value FROM json_each(?))`;
/** The statuses that the event changes, as a list for SQL. */
const changedBy = (event: RecipientEvent): string =>
  RECIPIENT_STATUSES.filter((status) => step(status, event) !== LATE)
    .map((status) => `'${status}'`)
    .join(", ");
const CANCEL_QUEUED = /*sql*/ `
  UPDATE attempts SET status = '${RECIPIENT_STEPS.queued.cancel}', due_at = NULL, updated_at = ?
  WHERE status IN (${changedBy("cancel")})`;
/** Not of erased recipients: no number of theirs is left. */
const FAILED = /*sql*/ `
  FROM (SELECT position, MAX(attempt) AS newest, status, redacted_at FROM attempts GROUP BY position)
  WHERE status IN (${changedBy("requeue")}) AND redacted_at IS NULL`;
const ANY_FAILED = /*sql*/ `SELECT position ${FAILED} LIMIT 1`;
const REQUEUE_FAILED = /*sql*/ `
  INSERT INTO attempts (position, attempt, status, created_at, updated_at)
  SELECT position, newest + 1, '${RECIPIENT_STEPS.failed.requeue}', ?, ? ${FAILED} ORDER BY position`;
const KEEP_COUNTED_IN = /*sql*/ `UPDATE attempts SET counted_in = ? WHERE number = ?`;
/** The carrier's own words and ids of the calls, and the secrets of their callbacks. */
const ERASE = /*sql*/ `
  UPDATE attempts SET redacted_at = COALESCE(redacted_at, ?), token = NULL, error_message = NULL, carrier_code = NULL,
    carrier_call_id = CASE WHEN carrier_call_id IS NULL THEN NULL ELSE '' END
  WHERE position = ?`;
const REDACT = /*sql*/ `UPDATE attempts SET redacted_at = ? WHERE number = ? AND redacted_at IS NULL`;
const REDACTED = /*sql*/ `SELECT number FROM attempts WHERE redacted_at IS NOT NULL ORDER BY number`;
/**
 * An attempt is a call from its first dispatch on, unless it failed before the carrier placed one. The published API
 * lists no calls of such recipients. The number is the order of creation.
 */
const IS_CALL = "dispatched_at IS NOT NULL AND (status <> 'failed' OR carrier_call_id IS NOT NULL)";
/** Bound twice: JSON of positions; null: all. */
const OF_POSITIONS = /*sql*/ `(? IS NULL OR position IN (SELECT value FROM json_each(?)))`;
const OLDER = `number < ? AND ${IS_CALL} AND created_at BETWEEN ? AND ? AND ${OF_POSITIONS} ORDER BY number DESC LIMIT ?`;
const NEWER = `number > ? AND ${IS_CALL} AND created_at BETWEEN ? AND ? AND ${OF_POSITIONS} ORDER BY number ASC LIMIT ?`;
const CALLS_OLDER = /*sql*/ `SELECT ${COLUMNS} FROM attempts WHERE ${OLDER}`;
const CALLS_NEWER = /*sql*/ `SELECT ${COLUMNS} FROM attempts WHERE ${NEWER}`;
const AMONG = "number IN (SELECT value FROM json_each(?))";
const NUMBERED_OLDER = /*sql*/ `SELECT ${COLUMNS} FROM attempts WHERE ${AMONG} AND ${OLDER}`;
const NUMBERED_NEWER = /*sql*/ `SELECT ${COLUMNS} FROM attempts WHERE ${AMONG} AND ${NEWER}`;

export const endedAttempts = (sql: Sql): EndedAttempt[] => sql.many<EndedAttempt>(ENDED);
export const allAttempts = (sql: Sql): AttemptRow[] => sql.many<StoredAttempt>(ALL).map(attemptOf);
/** 0 without one: the table is made with the first. */
const lastAttempt = (sql: Sql): number => sql.first<{ number: number | null }>(LAST)?.number ?? 0;

/** All attempts, as the roster needs them. */
export function rosterRows(sql: Sql): RosterRows {
  const last = lastAttempt(sql);
  const rows = { over: [] as BriefAttempt[], open: [] as RosterRow[], updatedAt: 0, dispatchedAt: 0 };
  for (let from = 0; from < last; from += IN_A_TEXT) {
    const texts = sql.one<RosterTexts>(FOR_ROSTER, from, from + IN_A_TEXT);
    const codes = JSON.parse(texts.over) as number[];
    (JSON.parse(texts.numbers) as number[]).forEach((number, index) => {
      rows.over.push(briefAttempt(number, codes[index] ?? 0));
    });
    for (const open of JSON.parse(texts.open) as OpenText[]) rows.open.push(openAttempt(open));
    rows.updatedAt = Math.max(rows.updatedAt, texts.updated_at ?? 0);
    rows.dispatchedAt = Math.max(rows.dispatchedAt, texts.dispatched_at ?? 0);
  }
  return rows;
}

const briefAttempt = (number: number, code: number): BriefAttempt => ({
  number,
  position: Math.floor(code / POSITION),
  status: OVER[Math.floor(code / STATUS) % STATUS] ?? "failed",
  isPlaced: (code & PLACED) !== 0,
  isAnswered: (code & ANSWERED) !== 0,
});

const openAttempt = ([
  number,
  position,
  attempt,
  status,
  carrier_call_id,
  dispatched_at,
  answered_at,
  due_at,
  updated_at,
]: OpenText): RosterRow => ({
  ...{ number, position, attempt, status, carrier_call_id, dispatched_at, answered_at, due_at, updated_at },
});
export const findAttempt = (sql: Sql, number: number): AttemptRow | null => {
  const row = sql.first<StoredAttempt>(BY_NUMBER, number);
  return row === null ? null : attemptOf(row);
};

/** By position; recipients without an attempt are absent. A later attempt has a higher number. */
export const latestAttempts = (sql: Sql): Map<number, AttemptRow> =>
  new Map(allAttempts(sql).map((row) => [row.position, row]));

/** The same, of each only what a Get shows. `last`: the highest number. `endedFrom`: times are read of those that ended since. */
export function shownAttempts(sql: Sql, last: number, endedFrom: number | null): Map<number, ShownAttempt> {
  const latest = new Map<number, ShownAttempt>();
  for (let from = 0; from < last; from += IN_A_TEXT) {
    const { texts } = sql.one<{ texts: string }>(SHOWN, endedFrom, from, from + IN_A_TEXT);
    for (const [number, position, status, call, end_reason, more, times] of JSON.parse(texts) as ShownText[]) {
      const [answered_by, error_message, failure_reason, redacted_at, deferred_since, due_at] = more ?? NOTHING_MORE;
      const [dispatched_at, ended_at] = times ?? NO_TIMES;
      const own = { number, status, carrier_call_id: call, end_reason, answered_by, error_message, failure_reason };
      latest.set(position, { ...own, redacted_at, deferred_since, due_at, dispatched_at, ended_at });
    }
  }
  return latest;
}

/** The number of each attempt and its recipient's position, in order. */
export const attemptNumbers = (sql: Sql): Pick<AttemptRow, "number" | "position">[] => sql.many(NUMBERS);
export const attemptsNumbered = (sql: Sql, numbers: readonly number[]): AttemptRow[] =>
  sql.many<StoredAttempt>(NUMBERED, JSON.stringify(numbers)).map(attemptOf);
/** A recipient's attempts, in order. */
export const attemptsOf = (sql: Sql, position: number): AttemptRow[] =>
  sql.all<StoredAttempt>(OF_POSITION, position).map(attemptOf);

/** Writes only the values that are set: each value costs time. */
export function insertAttempt(sql: Sql, row: AttemptRow): void {
  const columns = (Object.keys(row) as (keyof AttemptRow)[]).filter((column) => row[column] !== null);
  const marks = columns.map(() => "?").join(", ");
  sql.run(
    /*sql*/ `INSERT INTO attempts (${columns.join(", ")}) VALUES (${marks})`,
    ...columns.map((column) => row[column]),
  );
}

/** False if the row has another status by now. Writes only changed values: each value costs time. */
export function changeAttempt(sql: Sql, before: AttemptRow, after: AttemptRow): boolean {
  const changed = CHANGEABLE.filter((column) => before[column] !== after[column]);
  const values = changed.map((column) => after[column]);
  return sql.change(changeOf(changed), ...values, after.updated_at, after.number, before.status) === 1;
}

/** Stores why the call will end, and when the carrier is asked about it. False if it has another status by now. */
export const storeEnding = (
  sql: Sql,
  { number, status }: Pick<AttemptRow, "number" | "status">,
  reason: EndReason,
  dueAt: number,
): boolean => sql.change(STORE_ENDING, reason, dueAt, number, status) === 1;

/** The call continues after all. */
export const dropEnding = (sql: Sql, { number, status }: Pick<AttemptRow, "number" | "status">): void => {
  sql.run(DROP_ENDING, number, status);
};

/** Which of these carrier calls belong to an attempt. Asked only after a lost answer, so the scan needs no index. */
export const carrierCallsOf = (sql: Sql, carrierCallIds: readonly string[]): ReadonlySet<string> =>
  new Set(
    sql
      .all<{ carrier_call_id: string }>(CARRIER_CALLS, JSON.stringify(carrierCallIds))
      .map((row) => row.carrier_call_id),
  );

export const cancelQueued = (sql: Sql, now: number): number => sql.run(CANCEL_QUEUED, now);
/** A call in flight to a person who is to be erased: it is not retried. */
export function redactAttempt(sql: Sql, number: number, now: number): void {
  sql.run(REDACT, now, number);
}
/** The numbers of all redacted attempts. */
export const redactedNumbers = (sql: Sql): number[] =>
  sql.all<{ number: number }>(REDACTED).map(({ number }) => number);
/** Whether a retry would call anybody. */
export const mayRetry = (sql: Sql): boolean => sql.first(ANY_FAILED) !== null;
/** Where reports count the attempt, for when its recipient is erased. */
export function keepCountedIn(sql: Sql, number: number, countedIn: string): void {
  sql.run(KEEP_COUNTED_IN, countedIn, number);
}

/** Erases what the carrier said of the recipient's calls. That there were calls stays. */
export function eraseAttempts(sql: Sql, position: number, now: number): void {
  sql.run(ERASE, now, position);
}
export const requeueFailed = (sql: Sql, now: number): number => sql.run(REQUEUE_FAILED, now, now);

/** `positions`: of the recipients whose calls to list. `numbers`: of the attempts. Null: all. */
type Which = { readonly positions: readonly number[] | null; readonly numbers: readonly number[] | null };

const callsBy =
  (statement: string, amongNumbers: string) =>
  (sql: Sql, number: number, window: CallWindow, { positions, numbers }: Which, limit: number): AttemptRow[] => {
    const [from, until] = [window.from ?? 0, window.until ?? Number.MAX_SAFE_INTEGER];
    const json = positions === null ? null : JSON.stringify(positions);
    const rows =
      numbers === null
        ? sql.all<StoredAttempt>(statement, number, from, until, json, json, limit)
        : sql.all<StoredAttempt>(amongNumbers, JSON.stringify(numbers), number, from, until, json, json, limit);
    return rows.map(attemptOf);
  };
export const callsOlderThan = callsBy(CALLS_OLDER, NUMBERED_OLDER);
export const callsNewerThan = callsBy(CALLS_NEWER, NUMBERED_NEWER);
