/** When the object must act next. Its one alarm is set by this function. Pure. */

import { isOpen, trialDueAt } from "../attempts/circuit.ts";
import { TIMER_AT_MOST_MS } from "../attempts/timing.ts";
import type { Roster } from "../people/roster.ts";
import { isReady, KEEP_SLOTS_MS, mayGrow } from "../slots/request.ts";
import type { BatchRow } from "../store/batch-row.ts";

export type Pending = {
  readonly row: BatchRow;
  readonly roster: Roster;
  /** How many more calls it has slots for. */
  readonly freeSlots: number;
  /** The carrier asked for a pause until then; 0 without one. */
  readonly pausedUntil: number;
  /** The carrier did not answer questions; the next is asked then. */
  readonly askAfter: number;
  /** A question is in flight; its answer continues with the calls that are due. */
  readonly isAsking: boolean;
  /** When the organization must be told something; null if there is nothing to tell. */
  readonly reportDueAt: number | null;
  /** When events must be sent; null if there are none. */
  readonly eventsDueAt: number | null;
  /** A recipient who waits at that time fails; null without such a time. */
  readonly expiresAt: number | null;
  /** Progress of calls is about to be stored. What it leads to is due by the rows as they are. */
  readonly isUnsaved: boolean;
  /** If the object stops, its work goes on after this time. */
  readonly recoveryMs: number;
};

/** Epoch ms, never before `now`; null if only a request or a message can make it act. */
export function nextDue(
  {
    row,
    roster,
    freeSlots,
    pausedUntil,
    askAfter,
    isAsking,
    reportDueAt,
    eventsDueAt,
    expiresAt,
    isUnsaved,
    recoveryMs,
  }: Pending,
  now: number,
): number | null {
  let due = Number.POSITIVE_INFINITY;
  const recoverAt = now + recoveryMs;
  // What is in flight is due "now", and a timer is set for what is due soon. The alarm is only their safety net.
  for (const toldAt of [reportDueAt, eventsDueAt]) {
    if (toldAt !== null) due = Math.min(due, toldAt > now + TIMER_AT_MOST_MS ? toldAt : recoverAt);
  }
  if (isUnsaved) due = Math.min(due, recoverAt);
  if (expiresAt !== null && roster.counts.queued > 0) due = Math.min(due, expiresAt);
  if (row.paused_at === null && row.kind === "batch") {
    const trialAt = roster.counts.queued > 0 ? trialDueAt(row) : null;
    due = Math.min(due, isOpen(row) ? (trialAt ?? due) : requestDue(row, roster, now));
  }
  // It asks for more slots than it has when one more recipient may be dialed.
  if ((freeSlots > 0 || mayGrow(row)) && roster.counts.queued > 0)
    due = Math.min(due, dialDue(roster, pausedUntil, recoverAt, now));
  due = Math.min(due, askDue(roster, askAfter, isAsking ? recoverAt : null, now));
  return due === Number.POSITIVE_INFINITY ? null : Math.max(due, now);
}

/**
 * When the carrier must be asked about a call. While a question is in flight, the alarm is only its safety net. An
 * alarm set to "now" would ring again and again until the answer.
 */
function askDue({ inFlight }: Roster, askAfter: number, answerBy: number | null, now: number): number {
  const earliest = inFlight.earliest(now);
  return answerBy !== null && earliest <= now ? answerBy : Math.max(earliest, askAfter);
}

/** When the batch must ask for slots; infinity if it has asked, or no recipient waits. */
function requestDue(row: BatchRow, roster: Roster, now: number): number {
  if (row.request_open === 1) return Number.POSITIVE_INFINITY;
  const earliestAt = roster.queue.earliestAt(now);
  if (earliestAt === null) return Number.POSITIVE_INFINITY;
  const at = earliestAt - KEEP_SLOTS_MS;
  return !isReady(row, now) && row.scheduled_at !== null ? Math.max(at, row.scheduled_at) : at;
}

/** A recipient can be dialed at once. That is already happening; the alarm continues if the object stops. */
function dialDue(roster: Roster, pausedUntil: number, recoverAt: number, now: number): number {
  const eligibleAt = roster.queue.nextEligibleAt(now);
  if (pausedUntil > now) return Math.max(pausedUntil, eligibleAt ?? 0);
  return eligibleAt ?? recoverAt;
}
