/** When things are due. Each time has its unit and its reason. */

import { type Asking, BETWEEN_CLOCKS_MS, PLACE_TIMEOUT_MS } from "../../dialer/dialer.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * If the carrier has an idempotency key, a request with an unknown outcome is repeated after `REPEAT_AFTER_MS`.
 * Repeats end `REPEAT_WITHIN_MS` after the first request, because soon afterwards an absent call is believed.
 */
export const REPEAT_AFTER_MS = SECOND;
export const REPEAT_WITHIN_MS = 10 * SECOND;

/** Longer than a lane's object takes to begin. A repeat may leave its lane later, until repeats end. */
export const LANE_BEGINS_WITHIN_MS = 2 * SECOND;

/** An intent without an answer by then was interrupted: its request timed out, or its sender stopped. */
export const INTENT_DUE_MS = PLACE_TIMEOUT_MS + 5 * SECOND;

/** The first question after a 5xx, a reset or a timeout. By then the carrier lists a placed call; sooner it may not. */
export const UNKNOWN_FIRST_LOOK_MS = 3 * SECOND;

/**
 * If the carrier lists no call this long after the dispatch, none was placed. Before, it may still be working on a
 * request whose connection broke. Afterwards, the request can no longer place a call.
 */
export const ABSENCE_BELIEVED_AFTER_MS =
  Math.max(LANE_BEGINS_WITHIN_MS, REPEAT_WITHIN_MS) + PLACE_TIMEOUT_MS + BETWEEN_CLOCKS_MS;

/** Twilio may ring 5 s longer than requested ("Making Calls", Timeout), and callbacks take time. */
export const RINGING_GRACE_MS = 15 * SECOND;
/**
 * When to ask about a call that reached its longest duration, and end it if it continues. The report of a carrier that
 * keeps the limit arrives earlier. The call is less than 15 s too long, which is the most allowed.
 */
export const OVERTIME_LOOK_MS = 8 * SECOND;

/** A report of who answered counts for this long after the end. Later, no recipient is called again because of it. */
export const LATE_WORD_MS = HOUR;

/** The first question after a human ended a call. The end is usually reported within this time. */
export const CANCELLED_FIRST_LOOK_MS = 5 * SECOND;

/** The longest time between two questions about a call. The time doubles from the first interval in the settings. */
export const ASK_AT_MOST_MS = 15 * MINUTE;
/** A carrier that does not answer is asked again after this time, doubled up to a minute. */
export const CARRIER_RETRY_MS = 2 * SECOND;
export const CARRIER_RETRY_AT_MOST_MS = MINUTE;

/**
 * So long after its longest duration a call is still asked about, if the carrier or the organization does not answer.
 * An outage of some minutes then loses no outcome; a longer one holds the slot no longer.
 */
export const ASKED_AFTER_THE_END_MS = 15 * MINUTE;

/** A call is taken out of a carrier's queue after this time, as Twilio itself does ("Making Calls"). */
export const QUEUED_AT_MOST_MS = 24 * HOUR;

/** The pause after "not now" without a time. It doubles up to the longest, and ends with the first placed call. */
export const DEFER_FIRST_MS = SECOND;
export const DEFER_AT_MOST_MS = 30 * SECOND;
/** After this many unknown outcomes in a row, dialing pauses as after "not now". */
export const UNKNOWN_IN_A_ROW = 3;
/** A recipient that the carrier defers for this long is failed: nothing waits for ever (promise 3). */
export const DEFERRED_AT_MOST_MS = 24 * HOUR;

/** While it dials, a batch pushes its summary at most this often. */
export const SUMMARY_EVERY_MS = SECOND;
/** Webhooks hear of calls so often while some are in flight: what is gathered shares its rows. */
export const EVENTS_EVERY_MS = SECOND;
/**
 * A batch that has run for a minute pushes its summary less often. A push each second would cost as much as its calls:
 * a request, and a row in the organization's object. A client that needs each call watches the batch (`live.ts`).
 */
export const LONG_RUN_MS = MINUTE;
export const SUMMARY_OF_LONG_RUN_EVERY_MS = 5 * SECOND;
/** `admittedAt`: null before the batch begins. */
export const summaryEveryMs = (admittedAt: number | null, toldAt: number): number =>
  admittedAt !== null && toldAt - admittedAt >= LONG_RUN_MS ? SUMMARY_OF_LONG_RUN_EVERY_MS : SUMMARY_EVERY_MS;
/** While it dials, a batch tells the reports' sums at most this often: each hour that has changed is a row. */
export const SUMS_EVERY_MS = MINUTE;
/** All attempts are counted for them. An object that wakes dials first. */
export const SUMS_AFTER_WAKING_MS = SECOND;
/** A timer waits so long at most. For what is due later an alarm is set, so that the object may sleep. */
export const TIMER_AT_MOST_MS = 5 * SECOND;
export const isSoon = (at: number, now: number): boolean => at <= now + TIMER_AT_MOST_MS;
/** A failed report is repeated after this time, doubled up to a minute. */
export const REPORT_RETRY_MS = SECOND;
export const REPORT_RETRY_AT_MOST_MS = MINUTE;
/** A batch that waits for slots repeats its request this often, in case a message was lost. */
export const WAITING_REPORT_MS = 5 * MINUTE;

/** Times that the batch was ordered with. */
export type CallTiming = {
  readonly ringingMs: number;
  readonly maxDurationMs: number;
  /** From the answer to the first question about a call without news. */
  readonly checkMs: number;
  /** How often to ask a carrier that has no callbacks. */
  readonly asking: Asking;
};

/** When a call that was answered at that time is ended, even if the carrier ignores its limit. */
export const endsBy = (answeredAt: number, { maxDurationMs }: CallTiming): number =>
  answeredAt + maxDurationMs + OVERTIME_LOOK_MS;

export const doubled = (firstMs: number, times: number, atMostMs: number): number =>
  Math.min(atMostMs, firstMs * 2 ** Math.min(times, 30));
