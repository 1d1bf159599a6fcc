/**
 * What an outcome, a callback or a carrier's answer makes of an attempt. Pure: takes a row and an event, returns the
 * changed row, or null without a change. There is no change if the event is too late, repeated, or about another call
 * (promise 5). No other code changes an attempt in flight.
 */

import { unreachable } from "../../calling/requests/assert.ts";
import type { RecipientStatus } from "../../calling/words/recipient.ts";
import { type AnsweredBy, knownAfter, REACHED_A_MACHINE } from "../../calling/words/voicemail.ts";
import type { CallProgress } from "../../dialer/dialer.ts";
import type { AttemptRow } from "../store/attempts.ts";
import { type CallTiming, endsBy, LATE_WORD_MS, RINGING_GRACE_MS, UNKNOWN_FIRST_LOOK_MS } from "./timing.ts";
import { stepped } from "./transitions.ts";

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
const withCarrierCall = (row: AttemptRow, carrierCallId: string, timing: CallTiming, now: number): AttemptRow => ({
  ...row,
  carrier_call_id: carrierCallId,
  error_message: null,
  due_at: Math.min(
    (row.dispatched_at ?? now) + timing.ringingMs + RINGING_GRACE_MS,
    now + (timing.asking.whileRingingMs ?? Number.POSITIVE_INFINITY),
  ),
  updated_at: now,
});

/**
 * The row of a call in flight, now that it is known who answered; null if that is not new. A call to a machine that
 * must end is due at once. The watchdog asks the carrier to end it, and repeats that until the call is over.
 */
function answeredBy(row: AttemptRow, said: AnsweredBy, intention: Intention, now: number): AttemptRow | null {
  const by = knownAfter(row.answered_by, said);
  if (row.status !== "started" || by === row.answered_by) return null;
  const known = { ...row, answered_by: by, updated_at: now };
  const isHungUpOn = by === "machine" && intention.hangsUpOnMachines && row.ended_because === null;
  return isHungUpOn ? { ...known, ended_because: REACHED_A_MACHINE, due_at: now } : known;
}

/**
 * The row of a finished call, now that it is known who answered; null if that is not new. A call to a machine becomes
 * failed, as if this had been known before the end. There is no change if the recipient was called again since, or if
 * the report came too late.
 */
function answeredByAfterEnd(row: AttemptRow, said: AnsweredBy | null, intention: Intention, now: number) {
  const by = knownAfter(row.answered_by, said);
  if (by === row.answered_by || row.ended_at === null || row.carrier_call_id === null) return null;
  const isCounted = intention.isLatest && now - row.ended_at <= LATE_WORD_MS && isUnreachedBy(by, row, intention);
  const unreached = isCounted ? stepped(row, "unreach", now, { answered_by: by, end_reason: REACHED_A_MACHINE }) : null;
  return unreached ?? { ...row, answered_by: by, updated_at: now };
}

/** A call that a machine answered did not reach its recipient, unless a human asked for its end. */
const isUnreachedBy = (by: AnsweredBy | null, row: AttemptRow, { hangsUpOnMachines }: Intention): boolean =>
  by === "machine" && hangsUpOnMachines && (row.ended_because ?? REACHED_A_MACHINE) === REACHED_A_MACHINE;

function progressed(
  row: AttemptRow,
  carrierCallId: string,
  progress: CallProgress,
  timing: CallTiming,
  intention: Intention,
  now: number,
): AttemptRow | null {
  if (!canSettle(row.status)) {
    const isWord = progress.kind === "answered" || progress.kind === "ended";
    return isWord ? answeredByAfterEnd(row, progress.answeredBy ?? null, intention, now) : null;
  }
  switch (progress.kind) {
    case "waiting":
    case "ringing":
      return row.status === "dispatched" && row.carrier_call_id === null
        ? withCarrierCall(row, carrierCallId, timing, now)
        : null;
    case "answered": {
      const answered = stepped(row, "answer", now, {
        carrier_call_id: carrierCallId,
        error_message: null,
        answered_at: now,
        due_at: Math.min(now + (timing.asking.whileAnsweredMs ?? timing.checkMs), endsBy(now, timing)),
      });
      const by = progress.answeredBy ?? null;
      return by === null ? answered : (answeredBy(answered ?? row, by, intention, now) ?? answered);
    }
    case "ended": {
      const by = knownAfter(row.answered_by, progress.answeredBy ?? null);
      const isUnreached = progress.completed && isUnreachedBy(by, row, intention);
      return stepped(row, progress.completed && !isUnreached ? "complete" : "fail", now, {
        carrier_call_id: carrierCallId,
        error_message: null,
        answered_at: answeredAt(row, progress, now),
        ended_at: now,
        end_reason: isUnreached ? REACHED_A_MACHINE : progress.endReason,
        due_at: null,
        carrier_code: progress.carrierCode ?? null,
        sip_code: progress.sipCode ?? null,
        answered_by: by,
      });
    }
    default:
      return unreachable(progress);
  }
}

/** If the answer was never reported, the call's duration tells its time. */
function answeredAt(row: AttemptRow, progress: CallProgress & { kind: "ended" }, now: number): number | null {
  if (row.answered_at !== null || !progress.completed || progress.durationSeconds === null) return row.answered_at;
  return Math.max(row.dispatched_at ?? 0, now - progress.durationSeconds * 1_000);
}

/** Ended without a known carrier call. */
const abandoned = (row: AttemptRow, message: string, code: string | null, now: number): AttemptRow | null =>
  stepped(row, "abandon", now, { error_message: message, ended_at: now, due_at: null, carrier_code: code });

/** The changed row, or null. An event about another call than the attempt's own changes nothing. */
export function settle(
  row: AttemptRow,
  happening: Happening,
  timing: CallTiming,
  intention: Intention,
  now: number,
): AttemptRow | null {
  switch (happening.kind) {
    case "placed":
      return progressed(row, happening.carrierCallId, { kind: "ringing" }, timing, intention, now);
    case "progress": {
      const isForeign = row.carrier_call_id !== null && row.carrier_call_id !== happening.carrierCallId;
      return isForeign ? null : progressed(row, happening.carrierCallId, happening.progress, timing, intention, now);
    }
    case "refused":
      return row.carrier_call_id === null ? abandoned(row, happening.message, happening.code, now) : null;
    case "deferred": {
      if (row.carrier_call_id !== null) return null;
      const deferred_since = row.deferred_since ?? now;
      const change = { error_message: happening.message, due_at: happening.until, deferred_since };
      const queued = stepped(row, "defer", now, change);
      return queued !== null && intention.isCancelled ? stepped(queued, "cancel", now, { due_at: null }) : queued;
    }
    case "unanswered":
      if (row.status !== "dispatched" || row.carrier_call_id !== null) return null;
      return { ...row, error_message: happening.message, due_at: now + UNKNOWN_FIRST_LOOK_MS, updated_at: now };
    case "unknowable":
      return row.carrier_call_id === null ? abandoned(row, happening.message, null, now) : null;
    case "lost_sight_of":
      return stepped(row, "fail", now, {
        error_message: happening.message,
        ended_at: now,
        end_reason: "error",
        due_at: null,
      });
    default:
      return unreachable(happening);
  }
}

/** Statuses that `settle` can still change. */
export const canSettle = (status: RecipientStatus): boolean => status === "dispatched" || status === "started";
