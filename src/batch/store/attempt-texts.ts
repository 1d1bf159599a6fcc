/**
 * Thousands of attempts at once, for a batch that wakes and for a Get. A row costs more on its way out of SQLite than to be
 * read there, and a text of many costs a third of that. So they come as JSON that SQLite writes.
 */

import { isOver, RECIPIENT_STATUSES } from "../../calling/words/recipient.ts";
import type { Sql } from "../../storage/sql.ts";
import type { StoredAttempt } from "./attempt-states.ts";
import type { RosterRow } from "./attempts.ts";

/** So many in a text: it may have 2 MB (Durable Objects, Limits), and each character of a long message may take six. */
const IN_A_TEXT = 500;

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
    json_group_array(json_object('number', number, 'position', position, 'attempt', attempt, 'status', status,
      'carrier_call_id', carrier_call_id, 'dispatched_at', dispatched_at, 'answered_at', answered_at, 'due_at', due_at,
      'updated_at', updated_at)) FILTER (WHERE NOT ${IS_OVER}) AS open
  FROM attempts WHERE number > ? AND number <= ?`;
const LAST = /*sql*/ `SELECT MAX(number) AS number FROM attempts`;
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
    rows.open.push(...(JSON.parse(texts.open) as RosterRow[]));
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

/** What an attempt tells of its carrier. `carrier_call_id`, `error_message`: an empty text if there is one. */
export type Evidence = Pick<
  StoredAttempt,
  | "number"
  | "status"
  | "carrier_call_id"
  | "dispatched_at"
  | "answered_at"
  | "ended_at"
  | "end_reason"
  | "error_message"
  | "carrier_code"
  | "sip_code"
  | "updated_at"
>;
/** A machine's clock may be behind the one that wrote an earlier time of the same row. */
const EVIDENCE = /*sql*/ `
  SELECT json_group_array(json_object('number', number, 'status', status, 'carrier_call_id', substr(carrier_call_id, 1, 0),
    'dispatched_at', dispatched_at, 'answered_at', answered_at, 'ended_at', ended_at, 'end_reason', end_reason,
    'error_message', substr(error_message, 1, 0), 'carrier_code', carrier_code, 'sip_code', sip_code,
    'updated_at', updated_at)) AS texts
  FROM attempts WHERE number > ? AND number <= ? AND dispatched_at IS NOT NULL
    AND MAX(updated_at, COALESCE(answered_at, 0), COALESCE(ended_at, 0)) > ?`;

/** Of attempts that were dialed, with news since then. */
export function evidenceSince(sql: Sql, since: number): Evidence[] {
  const last = lastAttempt(sql);
  const evidence: Evidence[] = [];
  for (let from = 0; from < last; from += IN_A_TEXT) {
    const { texts } = sql.one<{ texts: string }>(EVIDENCE, from, from + IN_A_TEXT, since);
    evidence.push(...(JSON.parse(texts) as Evidence[]));
  }
  return evidence;
}

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

/** What is usually null is told where it is not. `call`: empty, because only its presence is shown. */
const SHOWN = /*sql*/ `
  SELECT json_group_array(json_array(number, position, status, substr(carrier_call_id, 1, 0), end_reason,
    CASE WHEN COALESCE(answered_by, error_message, failure_reason, redacted_at, deferred_since, due_at) IS NOT NULL
      THEN json_array(answered_by, error_message, failure_reason, redacted_at, deferred_since, due_at) END,
    CASE WHEN ended_at >= ? THEN json_array(dispatched_at, ended_at) END)) AS texts
  FROM attempts WHERE number > ? AND number <= ?`;

/** By position, the latest attempt of each recipient that has one. `last`: the highest number. `endedFrom`: times are read of those that ended since. */
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
