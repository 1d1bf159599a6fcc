/**
 * What an outcome, a callback or a carrier's answer makes of an attempt. Pure: takes a row and an event, returns the
 * changed row, or null without a change. Each status is a cell of the table (`calling/words/recipient.ts`). There is no change if the event is too late, repeated, or about another call
 * (promise 5). No other code changes an attempt in flight.
 */

import { unreachable } from "../../calling/requests/assert.ts";
import { RECIPIENT_STEPS, type RecipientStatus } from "../../calling/words/recipient.ts";
import { type AnsweredBy, knownAfter, REACHED_A_MACHINE } from "../../calling/words/voicemail.ts";
import type { CallProgress } from "../../dialer/dialer.ts";
import type {
  AttemptInFlight,
  AttemptRow,
  Cancelled,
  Completed,
  FailedCall,
  Intent,
  Queued,
  Ringing,
  Talking,
  Unplaced,
} from "../store/attempt-states.ts";
import { type CallTiming, endsBy, LATE_WORD_MS, RINGING_GRACE_MS, UNKNOWN_FIRST_LOOK_MS } from "./timing.ts";

export type Happening =
  /** The carrier accepted the call. */
  | { readonly kind: "placed"; readonly carrierCallId: string }
  /** The carrier reported the call's progress, by callback or when it was asked. */
  | { readonly kind: "progress"; readonly carrierCallId: string; readonly progress: CallProgress }
  /** The carrier refused: nothing was placed. `code`: its own; null if it gave none, or refused later. */
  | { readonly kind: "refused"; readonly code: string | null; readonly message: string }
  /** The carrier said "not now": nothing was placed. `until`: when it may be tried again. */
  | { readonly kind: "deferred"; readonly until: number; readonly message: string }
  /** The outcome of the request is not known yet; the carrier will be asked. */
  | { readonly kind: "unanswered"; readonly message: string }
  /** Whether a call was placed can never be known: promise 2, a human decides. */
  | { readonly kind: "unknowable"; readonly message: string }
  /** The call was placed and its end can no longer be learned. */
  | { readonly kind: "lost_sight_of"; readonly message: string };

/** What the batch knows that decides about an attempt. */
export type Intention = {
  /** The batch is cancelled, so no recipient is queued again. */
  readonly isCancelled: boolean;
  readonly hangsUpOnMachines: boolean;
  /** No later attempt of the recipient exists. */
  readonly isLatest: boolean;
};

/** A call that was only accepted is shown as ringing; this is not stored. */
const withCarrierCall = (row: Intent, carrierCallId: string, timing: CallTiming, now: number): Ringing => ({
  ...row,
  carrier_call_id: carrierCallId,
  error_message: null,
  due_at: Math.min(
    row.dispatched_at + timing.ringingMs + RINGING_GRACE_MS,
    now + (timing.asking.whileRingingMs ?? Number.POSITIVE_INFINITY),
  ),
  updated_at: now,
});

const answered = (row: Intent | Ringing, carrierCallId: string, timing: CallTiming, now: number): Talking => ({
  ...row,
  status: RECIPIENT_STEPS.dispatched.answer,
  carrier_call_id: carrierCallId,
  error_message: null,
  answered_at: now,
  due_at: Math.min(now + (timing.asking.whileAnsweredMs ?? timing.checkMs), endsBy(now, timing)),
  updated_at: now,
});

/**
 * A call in flight, now that it is known who answered; null if that is not new. A call to a machine that must end is due
 * at once. The watchdog asks the carrier to end it, and repeats that until the call is over.
 */
function answeredBy(row: Talking, said: AnsweredBy, intention: Intention, now: number): Talking | null {
  const by = knownAfter(row.answered_by, said);
  if (by === row.answered_by) return null;
  const known = { ...row, answered_by: by, updated_at: now };
  const isHungUpOn = by === "machine" && intention.hangsUpOnMachines && row.ended_because === null;
  return isHungUpOn ? { ...known, ended_because: REACHED_A_MACHINE, due_at: now } : known;
}

/**
 * A finished call, now that it is known who answered; null if that is not new. A call to a machine becomes failed, as if
 * this had been known before the end. There is no change if the recipient was called again since, or if the report came
 * too late.
 */
function answeredByAfterEnd(
  row: Completed | FailedCall,
  said: AnsweredBy | null,
  intention: Intention,
  now: number,
): Completed | FailedCall | null {
  const by = knownAfter(row.answered_by, said);
  if (by === row.answered_by) return null;
  const known = { ...row, answered_by: by, updated_at: now };
  const isCounted = intention.isLatest && now - row.ended_at <= LATE_WORD_MS && isUnreachedBy(by, row, intention);
  return known.status === "completed" && isCounted
    ? { ...known, status: RECIPIENT_STEPS.completed.unreach, end_reason: REACHED_A_MACHINE }
    : known;
}

/** A call that a machine answered did not reach its recipient, unless a human asked for its end. */
const isUnreachedBy = (
  by: AnsweredBy | null,
  { ended_because }: Pick<AttemptRow, "ended_because">,
  { hangsUpOnMachines }: Intention,
): boolean => by === "machine" && hangsUpOnMachines && (ended_because ?? REACHED_A_MACHINE) === REACHED_A_MACHINE;

function ended(
  row: AttemptInFlight,
  carrierCallId: string,
  progress: Ended,
  intention: Intention,
  now: number,
): Completed | FailedCall {
  const by = knownAfter(row.answered_by, progress.answeredBy ?? null);
  const isUnreached = progress.completed && isUnreachedBy(by, row, intention);
  const answered_at = answeredAt(row, progress, now);
  const over = {
    ...row,
    carrier_call_id: carrierCallId,
    error_message: null,
    answered_at,
    ended_at: endedAt(answered_at, progress, now),
    end_reason: isUnreached ? REACHED_A_MACHINE : progress.endReason,
    due_at: null,
    carrier_code: progress.carrierCode ?? null,
    sip_code: progress.sipCode ?? null,
    answered_by: by,
    updated_at: now,
  };
  return progress.completed && !isUnreached
    ? { ...over, status: RECIPIENT_STEPS[row.status].complete }
    : { ...over, status: RECIPIENT_STEPS[row.status].fail };
}

type Ended = CallProgress & { readonly kind: "ended" };

/** Durations are whole seconds, and both reports take a moment. */
const MORE_THAN_ROUNDED_MS = 2_000;

/** If the answer was never reported, or long after it, the call's duration tells its time. */
function answeredAt({ answered_at, dispatched_at }: AttemptInFlight, progress: Ended, now: number): number | null {
  if (!progress.completed || progress.durationSeconds === null) return answered_at;
  const told = Math.max(dispatched_at, now - progress.durationSeconds * 1_000);
  return answered_at === null || told < answered_at - MORE_THAN_ROUNDED_MS ? told : answered_at;
}

/** The same if its end was reported long after it. */
function endedAt(answered_at: number | null, progress: Ended, now: number): number {
  if (!progress.completed || progress.durationSeconds === null || answered_at === null) return now;
  const told = answered_at + progress.durationSeconds * 1_000;
  return told < now - MORE_THAN_ROUNDED_MS ? told : now;
}

function progressed(
  row: AttemptInFlight,
  carrierCallId: string,
  progress: CallProgress,
  timing: CallTiming,
  intention: Intention,
  now: number,
): AttemptRow | null {
  switch (progress.kind) {
    case "waiting":
    case "ringing":
      return isIntent(row) ? withCarrierCall(row, carrierCallId, timing, now) : null;
    case "answered": {
      const talking = row.status === "started" ? row : answered(row, carrierCallId, timing, now);
      const by = progress.answeredBy ?? null;
      const known = by === null ? null : answeredBy(talking, by, intention, now);
      return known ?? (talking === row ? null : talking);
    }
    case "ended":
      return ended(row, carrierCallId, progress, intention, now);
    default:
      return unreachable(progress);
  }
}

/** Nothing was placed for it, or nothing is known of that. */
const abandoned = (row: Intent, message: string, code: string | null, now: number): Unplaced => ({
  ...row,
  status: RECIPIENT_STEPS.dispatched.abandon,
  error_message: message,
  ended_at: now,
  due_at: null,
  carrier_code: code,
  updated_at: now,
});

function deferred(row: Intent, until: number, message: string, isCancelled: boolean, now: number): Queued | Cancelled {
  const deferred_since = row.deferred_since ?? now;
  const queued: Queued = {
    ...row,
    status: RECIPIENT_STEPS.dispatched.defer,
    error_message: message,
    due_at: until,
    deferred_since,
    updated_at: now,
  };
  return isCancelled ? { ...queued, status: RECIPIENT_STEPS.queued.cancel, due_at: null } : queued;
}

const lostSightOf = (row: Ringing | Talking, message: string, now: number): FailedCall => ({
  ...row,
  status: RECIPIENT_STEPS[row.status].fail,
  error_message: message,
  ended_at: now,
  end_reason: "error",
  due_at: null,
  updated_at: now,
});

/** The changed row, or null. An event about another call than the attempt's own changes nothing. */
export function settle(
  row: AttemptRow,
  happening: Happening,
  timing: CallTiming,
  intention: Intention,
  now: number,
): AttemptRow | null {
  if (!isAttemptInFlight(row)) return isCallOver(row) ? settleOver(row, happening, intention, now) : null;
  switch (happening.kind) {
    case "placed":
      return progressed(row, happening.carrierCallId, { kind: "ringing" }, timing, intention, now);
    case "progress": {
      const isForeign = row.carrier_call_id !== null && row.carrier_call_id !== happening.carrierCallId;
      return isForeign ? null : progressed(row, happening.carrierCallId, happening.progress, timing, intention, now);
    }
    case "refused":
      return isIntent(row) ? abandoned(row, happening.message, happening.code, now) : null;
    case "deferred":
      return isIntent(row) ? deferred(row, happening.until, happening.message, intention.isCancelled, now) : null;
    case "unanswered":
      if (!isIntent(row)) return null;
      return { ...row, error_message: happening.message, due_at: now + UNKNOWN_FIRST_LOOK_MS, updated_at: now };
    case "unknowable":
      return isIntent(row) ? abandoned(row, happening.message, null, now) : null;
    case "lost_sight_of":
      return isIntent(row) ? abandoned(row, happening.message, null, now) : lostSightOf(row, happening.message, now);
    default:
      return unreachable(happening);
  }
}

/** Of a call that is over, only who answered it can still be told. */
function settleOver(row: Completed | FailedCall, happening: Happening, intention: Intention, now: number) {
  if (happening.kind !== "progress" || happening.carrierCallId !== row.carrier_call_id) return null;
  const { progress } = happening;
  const isWord = progress.kind === "answered" || progress.kind === "ended";
  return isWord ? answeredByAfterEnd(row, progress.answeredBy ?? null, intention, now) : null;
}

const isIntent = (row: AttemptInFlight): row is Intent => row.carrier_call_id === null;
const isAttemptInFlight = (row: AttemptRow): row is AttemptInFlight => canSettle(row.status);
const isCallOver = (row: AttemptRow): row is Completed | FailedCall =>
  row.carrier_call_id !== null && (row.status === "completed" || row.status === "failed");

/** Statuses that `settle` can still change. */
export const canSettle = (status: RecipientStatus): boolean => status === "dispatched" || status === "started";
