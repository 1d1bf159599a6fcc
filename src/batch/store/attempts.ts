/**
 * Attempts: one row each time a recipient is called or waits to be called again, with the record of its call. A
 * recipient has the status of its latest attempt. Without one it is queued, or cancelled with its batch.
 */

import type { EndReason } from "../../calling/words/call.ts";
import { LATE, RECIPIENT_STATUSES, RECIPIENT_STEPS, type RecipientEvent, step } from "../../calling/words/recipient.ts";
import type { Sql } from "../../storage/sql.ts";
import { type AttemptRow, attemptOf, type StoredAttempt } from "./attempt-states.ts";
import { RIDING, type Riding } from "./ridden-events.ts";

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

const COLUMNS = `number, position, attempt, status, token, carrier_call_id, created_at, dispatched_at, answered_at,
  ended_at, end_reason, error_message, due_at, updated_at, deferred_since, ended_because,
  carrier_code, sip_code, failure_reason, answered_by, redacted_at`;

const ENDED = /*sql*/ `
  SELECT position, attempt, status, carrier_call_id, dispatched_at, answered_at, ended_at, end_reason, answered_by,
    failure_reason, updated_at, counted_in
  FROM attempts WHERE status IN ('completed', 'failed') ORDER BY number`;
const BY_NUMBER = /*sql*/ `SELECT ${COLUMNS} FROM attempts WHERE number = ?`;
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
const changeOf = (columns: readonly (typeof CHANGEABLE | typeof RIDING)[number][]): string => /*sql*/ `
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
/** The carrier's own words and ids of the calls, what webhooks were told, and the secrets of their callbacks. */
const ERASE = /*sql*/ `
  UPDATE attempts SET redacted_at = COALESCE(redacted_at, ?), token = NULL, error_message = NULL, carrier_code = NULL,
    event = NULL,
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
export const findAttempt = (sql: Sql, number: number): AttemptRow | null => {
  const row = sql.first<StoredAttempt>(BY_NUMBER, number);
  return row === null ? null : attemptOf(row);
};

/** By position; recipients without an attempt are absent. A later attempt has a higher number. */
export const latestAttempts = (sql: Sql): Map<number, AttemptRow> =>
  new Map(allAttempts(sql).map((row) => [row.position, row]));

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

/**
 * False if the row has another status by now. Writes only changed values: each value costs time. `riding`: the event that
 * tells the change.
 */
export function changeAttempt(sql: Sql, before: AttemptRow, after: AttemptRow, riding: Riding | null = null): boolean {
  const changed = CHANGEABLE.filter((column) => before[column] !== after[column]);
  const values = changed.map((column) => after[column]);
  const [besides, ridden] = riding === null ? [[], []] : [RIDING, RIDING.map((column) => riding[column])];
  const statement = changeOf([...changed, ...besides]);
  return sql.change(statement, ...values, ...ridden, after.updated_at, after.number, before.status) === 1;
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
