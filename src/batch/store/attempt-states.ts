/**
 * The states of an attempt, each with the values that it can have. A row has all columns: where a state has no such
 * value, its column is null. So a row that cannot be does not compile.
 */

import type { EndReason } from "../../calling/words/call.ts";
import type { NotDialed } from "../../calling/words/not-dialed.ts";
import type { AnsweredBy } from "../../calling/words/voicemail.ts";

type Always = {
  /** Counts the attempts of the batch from 1; part of the call's id. */
  readonly number: number;
  /** The recipient's position, from 0. */
  readonly position: number;
  /** Counts the recipient's attempts from 1. */
  readonly attempt: number;
  readonly created_at: number;
  readonly updated_at: number;
  /**
   * When the carrier first said "not now" to this attempt. Moved forward by the time in which it could have been tried
   * and was not.
   */
  readonly deferred_since: number | null;
  /** When its personal data was erased. */
  readonly redacted_at: number | null;
};

type NotOver = {
  readonly ended_at: null;
  readonly end_reason: null;
  readonly carrier_code: null;
  readonly sip_code: null;
  readonly failure_reason: null;
};
type NoCall = {
  readonly carrier_call_id: null;
  readonly answered_at: null;
  readonly end_reason: null;
  readonly ended_because: null;
  readonly sip_code: null;
  readonly answered_by: null;
};
type InFlight = NotOver & {
  /** Part of the callback URL of the latest request to the carrier, and secret. */
  readonly token: string;
  /** When the intent to dial was stored. */
  readonly dispatched_at: number;
  /** When the carrier is asked about it. */
  readonly due_at: number;
};
type CalledOnce = {
  /** Null if it was erased. */
  readonly token: string | null;
  /** Empty if it was erased. */
  readonly carrier_call_id: string;
  readonly dispatched_at: number;
  /** Why we asked the carrier to end the call: a human requested it, or a machine answered. */
  readonly ended_because: EndReason | null;
  /** Who answered, if the carrier was asked and has told. */
  readonly answered_by: AnsweredBy | null;
};

/** Waits to be dialed. The carrier may have said "not now" to it: then it has what is left of that request. */
export type Queued = Always &
  NotOver &
  NoCall & {
    readonly status: "queued";
    readonly token: string | null;
    readonly dispatched_at: number | null;
    readonly error_message: string | null;
    /** When it may be dialed; null: at once. */
    readonly due_at: number | null;
  };

/** The request to the carrier leaves, or has left. Which call it has placed, if any, is not known. */
export type Intent = Always &
  InFlight &
  NoCall & {
    readonly status: "dispatched";
    /** What is unknown of the request, once it has failed. */
    readonly error_message: string | null;
  };

/** The carrier has a call of it, which waits or rings. */
export type Ringing = Always &
  InFlight &
  CalledOnce & {
    readonly status: "dispatched";
    readonly token: string;
    readonly answered_at: null;
    readonly answered_by: null;
    readonly error_message: null;
  };

export type Talking = Always &
  InFlight &
  CalledOnce & {
    readonly status: "started";
    readonly token: string;
    readonly answered_at: number;
    readonly error_message: null;
  };

type OverCall = Always &
  CalledOnce & {
    /** Null if no answer was reported. */
    readonly answered_at: number | null;
    readonly ended_at: number;
    readonly end_reason: EndReason;
    readonly due_at: null;
    /** The carrier's own code for the end; null if it gave none. */
    readonly carrier_code: string | null;
    /** The final SIP status from the callee's side. */
    readonly sip_code: number | null;
    readonly failure_reason: null;
  };
export type Completed = OverCall & { readonly status: "completed"; readonly error_message: null };
/** `error_message`: why nothing more can be learned of it, if that is so. */
export type FailedCall = OverCall & { readonly status: "failed"; readonly error_message: string | null };

/** Failed, and no call is known of it. */
export type Unplaced = Always &
  NoCall & {
    readonly status: "failed";
    readonly token: string | null;
    /** Null if it was not dialed. */
    readonly dispatched_at: number | null;
    readonly ended_at: number;
    /** Null if it was erased. */
    readonly error_message: string | null;
    readonly due_at: null;
    /** The carrier's own code for the refusal. */
    readonly carrier_code: string | null;
    /** Why it was not dialed, if it was not. */
    readonly failure_reason: NotDialed | null;
  };

/** With its batch, before it was dialed. */
export type Cancelled = Omit<Queued, "status" | "due_at"> & { readonly status: "cancelled"; readonly due_at: null };

/** Persisted. */
export type AttemptRow = Queued | Intent | Ringing | Talking | Completed | FailedCall | Unplaced | Cancelled;
/** A call may exist at the carrier. */
export type AttemptInFlight = Intent | Ringing | Talking;

/** A row as the table has it. */
export type StoredAttempt = { readonly [Column in keyof AttemptRow]: AttemptRow[Column] };

/** Of those that are not over: what is null, and what is not. */
const COLUMNS: Readonly<Record<"queued" | "dispatched" | "started", readonly [never: Columns, always: Columns]>> = {
  queued: [["carrier_call_id", "answered_at", "ended_at", "end_reason", "ended_because", "failure_reason"], []],
  dispatched: [
    ["answered_at", "ended_at", "end_reason", "answered_by", "failure_reason"],
    ["token", "dispatched_at", "due_at"],
  ],
  started: [
    ["ended_at", "end_reason", "failure_reason"],
    ["token", "dispatched_at", "due_at", "carrier_call_id", "answered_at"],
  ],
};
type Columns = readonly (keyof AttemptRow)[];

/**
 * The only place where a row that was read becomes an attempt. Throws if it cannot be, so that nobody is dialed by it. One
 * that is over is only shown, and is read as it is stored.
 */
export function attemptOf(row: StoredAttempt): AttemptRow {
  const { status } = row;
  if (status === "queued" || status === "dispatched" || status === "started") {
    const [never, always] = COLUMNS[status];
    const isWrong = never.some((column) => row[column] !== null) || always.some((column) => row[column] === null);
    if (isWrong) throw new Error(`broken invariant: no attempt that is ${status} is stored like ${row.number}`);
  }
  return row as AttemptRow;
}
