/** When things are due, each with its unit and its reason. */

import { type Asking, PLACE_TIMEOUT_MS } from "../../dialer/dialer.ts";

export { RECOVERY_MS } from "../../storage/alarm-clock.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * Where the carrier has an idempotency key, a request of unknown outcome is repeated after this, and within this of the
 * first; not longer, because an absent call is believed soon after.
 */
export const REPEAT_AFTER_MS = SECOND;
export const REPEAT_WITHIN_MS = 10 * SECOND;

/** Longer than an object that places calls takes to begin. */
export const LANE_BEGINS_WITHIN_MS = 2 * SECOND;

/** A stored intent whose answer is not there by then was interrupted: the request has timed out or its sender died. */
export const INTENT_DUE_MS = PLACE_TIMEOUT_MS + 5 * SECOND;

/** After a 5xx, a reset or a timeout: where a call was placed, the carrier lists it by then; sooner it may not. */
export const UNKNOWN_FIRST_LOOK_MS = 3 * SECOND;

/**
 * A lane decides by its own clock whether a request may still leave, and the batch by its own when it believes that none was
 * placed. Clocks of the platform's machines differ by milliseconds; a carrier may list what it has just taken some seconds
 * later. Believing too early gives up a call that rings; believing later costs a slot for as long.
 */
export const BETWEEN_CLOCKS_MS = 5 * SECOND;

/**
 * From then on after the dispatch, a carrier that does not list the call is believed. Earlier it may still be working
 * on a request whose connection broke; later the request can no longer place a call.
 */
export const ABSENCE_BELIEVED_AFTER_MS = LANE_BEGINS_WITHIN_MS + PLACE_TIMEOUT_MS + BETWEEN_CLOCKS_MS;

/** Twilio may ring 5 s longer than told ("Making Calls", Timeout), and callbacks travel. */
export const RINGING_GRACE_MS = 15 * SECOND;
export const DURATION_GRACE_MS = 30 * SECOND;
/**
 * A call of the longest duration is asked about so long after it, and ended where it goes on: later than the end of a
 * carrier that keeps the limit is told, and less than the 15 s by which a call may be too long at most.
 */
export const OVERTIME_LOOK_MS = 8 * SECOND;

/** A carrier's word of who answered counts for so long after the end: nobody expects a call on account of it later. */
export const LATE_WORD_MS = HOUR;

/** After a human ended a call: its end is usually reported within this. */
export const CANCELLED_FIRST_LOOK_MS = 5 * SECOND;

/** Between two questions about the same call, doubled from the settings' first interval up to this. */
export const ASK_AT_MOST_MS = 15 * MINUTE;
/** A carrier that does not answer is asked again after this, doubled up to a minute. */
export const CARRIER_RETRY_MS = 2 * SECOND;
export const CARRIER_RETRY_AT_MOST_MS = MINUTE;

/** A carrier that says "not now" without saying when: doubled from the first to the most, and over with the first call it places. */
export const DEFER_FIRST_MS = SECOND;
export const DEFER_AT_MOST_MS = 30 * SECOND;
/** So many unknown outcomes in a row, and dialing pauses as if the carrier had said "not now". */
export const UNKNOWN_IN_A_ROW = 3;
/** A recipient that the carrier puts off for so long is failed: nothing waits for ever (promise 3). */
export const DEFERRED_AT_MOST_MS = 24 * HOUR;

/** While it dials, a batch pushes its summary at most this often. */
export const SUMMARY_EVERY_MS = SECOND;
/**
 * One that has run for a minute changes slowly beside its size, and a push each second would cost as much as its calls: a
 * request, and a row in the organization's object. A client that wants to see each call watches the batch itself (`live.ts`).
 */
export const LONG_RUN_MS = MINUTE;
export const SUMMARY_OF_LONG_RUN_EVERY_MS = 5 * SECOND;
/** `admittedAt`: null where it has not begun. */
export const summaryEveryMs = (admittedAt: number | null, toldAt: number): number =>
  admittedAt !== null && toldAt - admittedAt >= LONG_RUN_MS ? SUMMARY_OF_LONG_RUN_EVERY_MS : SUMMARY_EVERY_MS;
/** A report that failed is repeated after this, doubled up to a minute. */
export const REPORT_RETRY_MS = SECOND;
export const REPORT_RETRY_AT_MOST_MS = MINUTE;
/** A batch that waits for slots says so again now and then, should a message have been lost. */
export const WAITING_REPORT_MS = 5 * MINUTE;

/** What the batch was ordered with, in milliseconds. */
export type CallTiming = {
  readonly ringingMs: number;
  readonly maxDurationMs: number;
  /** From the answer to the first question about a call, when nothing more was heard of it. */
  readonly checkMs: number;
  /** How often the carrier has to be asked where its callbacks do not tell. */
  readonly asking: Asking;
};

/** When a call that was answered then is ended, whatever the carrier makes of its limit. */
export const endsBy = (answeredAt: number, { maxDurationMs }: CallTiming): number =>
  answeredAt + maxDurationMs + OVERTIME_LOOK_MS;

export const doubled = (firstMs: number, times: number, atMostMs: number): number =>
  Math.min(atMostMs, firstMs * 2 ** Math.min(times, 30));
