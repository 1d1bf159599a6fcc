/**
 * The watchdog decides about a call in flight that is due, by what the carrier reports when asked. Nothing is settled
 * before the carrier was asked (promise 2), and everything is settled in the end (promise 3). Pure.
 *
 * A call whose callbacks arrive is never asked about. The first question comes when the ringing should be over, or some
 * time after the answer. The questions go on at growing intervals, because a lost callback must not hold a slot for
 * hours. For a carrier without callbacks, its adapter says how often to ask.
 *
 * A call beyond its longest duration is asked about and ended: not every carrier keeps the limit.
 */

import { type EndReason, NOT_CERTAIN } from "../../calling/words/call.ts";
import { knownAfter, REACHED_A_MACHINE } from "../../calling/words/voicemail.ts";
import type { CallProgress, CallReport, FindOutcome } from "../../dialer/dialer.ts";
import type { AttemptRow } from "../store/attempt-states.ts";
import type { Happening } from "./settle.ts";
import {
  ABSENCE_BELIEVED_AFTER_MS,
  ASK_AT_MOST_MS,
  ASKED_AFTER_THE_END_MS,
  CARRIER_RETRY_AT_MOST_MS,
  CARRIER_RETRY_MS,
  type CallTiming,
  doubled,
  endsBy,
  QUEUED_AT_MOST_MS,
  RINGING_GRACE_MS,
} from "./timing.ts";

export type Verdict =
  | { readonly kind: "settle"; readonly happening: Happening }
  /** Ask again at `at`. `end`: first tell the carrier to end the call. */
  | { readonly kind: "ask_again"; readonly at: number; readonly end: Ending | null };

/**
 * cancel: it has rung too long. hang_up: it was answered, and is too long or must end. withdraw: it was cancelled while
 * it waits in the carrier's queue.
 */
export type Ending = "cancel" | "hang_up" | "withdraw";

const askAgain = (at: number, end: Ending | null = null): Verdict => ({ kind: "ask_again", at, end });

/** The end reason of a call that is ended this way, if no other is stored. */
export const REASONS: Readonly<Record<Ending, EndReason>> = {
  cancel: "dial_no_answer",
  hang_up: "max_duration",
  withdraw: "api_cancelled",
};

/** A human cancelled the call, or its batch, before it was dialed. */
export const isToBeWithdrawn = ({ status, ended_because }: AttemptRow, isCancelled: boolean): boolean =>
  status === "dispatched" && (isCancelled || ended_because === REASONS.withdraw);

/** A machine answered, and the call must end. */
export const isToBeHungUpOn = ({ status, ended_because }: AttemptRow): boolean =>
  status === "started" && ended_because === REACHED_A_MACHINE;

/** By then it has rung for too long. `waitedAt`: when the carrier last said that the call waits in its queue; or 0. */
const ringingOver = (row: AttemptRow, timing: CallTiming, waitedAt: number): number =>
  Math.max(row.dispatched_at ?? 0, waitedAt) + timing.ringingMs + RINGING_GRACE_MS;

/** The carrier is asked until then, whatever it says: well after the latest time at which the call can exist. */
const askedUntil = (row: AttemptRow, timing: CallTiming, waitedAt: number): number =>
  (row.answered_at ?? ringingOver(row, timing, waitedAt)) + timing.maxDurationMs + ASKED_AFTER_THE_END_MS;

/** From then on, the carrier is believed when it lists no call of this attempt. */
const absenceBelievedAt = (row: AttemptRow): number => (row.dispatched_at ?? 0) + ABSENCE_BELIEVED_AFTER_MS;

const UNREACHABLE_TO_THE_END =
  "the carrier could not be asked about this call until long after its end; its outcome is not known";
const GOES_ON_FOR_EVER =
  "the carrier says that this call goes on, long after it was told to end it; its outcome is not known";

const lostSightOf = (message: string): Verdict => ({ kind: "settle", happening: { kind: "lost_sight_of", message } });

/**
 * What this object has seen of a call. Losing it is safe. `waitedAt`: when the carrier last said that the call waits in its
 * queue; 0 if it did not. `toldToEndAt`: when the carrier was first told to end it; null if it was not.
 */
export type Seen = { readonly waitedAt: number; readonly toldToEndAt: number | null };
const NOTHING_SEEN: Seen = { waitedAt: 0, toldToEndAt: null };

/** `asked`: how many questions were asked about this attempt, for the growing intervals. */
export function judgeReport(
  row: AttemptRow,
  report: CallReport,
  timing: CallTiming,
  asked: number,
  now: number,
  isCancelled = false,
  seen = NOTHING_SEEN,
): Verdict {
  switch (report.kind) {
    case "undecided":
    case "unavailable":
      if (now > askedUntil(row, timing, seen.waitedAt)) return lostSightOf(UNREACHABLE_TO_THE_END);
      return askAgain(now + doubled(CARRIER_RETRY_MS, asked, CARRIER_RETRY_AT_MOST_MS));
    case "absent": {
      // A carrier may list a new call some seconds later. Given up earlier, the call would still ring.
      const believedAt = absenceBelievedAt(row);
      if (now < believedAt) return askAgain(believedAt);
      return lostSightOf("the carrier no longer knows this call; its outcome is not known");
    }
    case "known":
      return judgeKnown(row, report, timing, asked, now, isCancelled, seen);
  }
}

function judgeKnown(
  row: AttemptRow,
  report: CallReport & { kind: "known" },
  timing: CallTiming,
  asked: number,
  now: number,
  isCancelled: boolean,
  { waitedAt, toldToEndAt }: Seen,
): Verdict {
  const { progress: said, carrierCallId } = report;
  // Its answer was reported meanwhile, or not all of the carrier's machines know of it. It is not cancelled.
  const isBehind = row.status === "started" && (said.kind === "ringing" || said.kind === "waiting");
  const progress: CallProgress = isBehind ? { kind: "answered" } : said;
  // The carrier may refuse an end for a while, or carry it out late.
  const isToldForLong = toldToEndAt !== null && now > toldToEndAt + ASKED_AFTER_THE_END_MS;
  const whileRingingMs = timing.asking.whileRingingMs ?? Number.POSITIVE_INFINITY;
  switch (progress.kind) {
    case "ended":
      return { kind: "settle", happening: { kind: "progress", carrierCallId, progress } };
    case "answered": {
      const by = knownAfter(row.answered_by, progress.answeredBy ?? null);
      const isNews = row.status === "dispatched" || by !== row.answered_by;
      if (isNews) return { kind: "settle", happening: { kind: "progress", carrierCallId, progress } };
      if (isToldForLong && now > askedUntil(row, timing, waitedAt)) return lostSightOf(GOES_ON_FOR_EVER);
      const endAt = endsBy(row.answered_at ?? now, timing);
      const isToEnd = isToBeHungUpOn(row) || row.ended_because === REASONS.withdraw;
      if (now >= endAt || isToEnd) return askAgain(now + CARRIER_RETRY_MS, "hang_up");
      const usual = timing.asking.whileAnsweredMs ?? doubled(timing.checkMs, asked + 1, ASK_AT_MOST_MS);
      return askAgain(Math.min(now + usual, endAt));
    }
    case "ringing": {
      // A call that has waited in the carrier's queue rings from later on.
      const from = Math.min(progress.since ?? waitedAt, now);
      const over = ringingOver(row, timing, from);
      if (isToldForLong && now > askedUntil(row, timing, from)) return lostSightOf(GOES_ON_FOR_EVER);
      return now > over
        ? askAgain(now + CARRIER_RETRY_MS, "cancel")
        : askAgain(Math.min(Math.max(over, now + CARRIER_RETRY_MS), now + whileRingingMs));
    }
    case "waiting": {
      const waitsUntil = (row.dispatched_at ?? 0) + QUEUED_AT_MOST_MS;
      if (isToldForLong && now > waitsUntil + ASKED_AFTER_THE_END_MS) return lostSightOf(GOES_ON_FOR_EVER);
      if (isToBeWithdrawn(row, isCancelled) || now > waitsUntil) return askAgain(now + CARRIER_RETRY_MS, "withdraw");
      // The call waits in the carrier's own queue: no phone rings, and it is dialed in its turn.
      return askAgain(now + Math.min(doubled(RINGING_GRACE_MS, asked, ASK_AT_MOST_MS), whileRingingMs));
    }
  }
}

/**
 * For an intent whose answer was lost. `calls`: what the carrier lists for this number since the intent. `claimed`:
 * calls that belong to other attempts of the batch.
 */
export function judgeFound(
  row: AttemptRow,
  found: FindOutcome,
  claimed: ReadonlySet<string>,
  timing: CallTiming,
  asked: number,
  now: number,
): Verdict {
  if (found.kind === "unavailable") {
    if (now > askedUntil(row, timing, 0))
      return {
        kind: "settle",
        happening: { kind: "unknowable", message: unknowable(row, "the carrier could not be asked") },
      };
    return askAgain(now + doubled(CARRIER_RETRY_MS, asked, CARRIER_RETRY_AT_MOST_MS));
  }
  const call = found.calls.find((one) => !claimed.has(one.carrierCallId));
  if (call !== undefined) return { kind: "settle", happening: { kind: "progress", ...call } };
  const believedAt = absenceBelievedAt(row);
  if (now < believedAt) return askAgain(believedAt);
  return {
    kind: "settle",
    happening: {
      kind: "unknowable",
      message: unknowable(row, "the carrier lists no call to this number since the request"),
    },
  };
}

const NOBODY_TO_ASK = { kind: "unavailable", message: "the batch has no connection to the carrier" } as const;

/** For a call that could not be asked about: the organization has no line for it, or the question failed. */
export const judgeUnasked = (row: AttemptRow, timing: CallTiming, asked: number, now: number, seen: Seen): Verdict =>
  row.carrier_call_id === null
    ? judgeFound(row, NOBODY_TO_ASK, new Set(), timing, asked, now)
    : judgeReport(row, NOBODY_TO_ASK, timing, asked, now, false, seen);

function unknowable(row: AttemptRow, answer: string): string {
  const what = row.error_message ?? "the service was interrupted while it asked the carrier to place the call";
  return `${NOT_CERTAIN}: ${what}; ${answer}. The number was not dialed again; Retry dials it again`;
}
