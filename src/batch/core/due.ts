/** When the object must act next: its one timer and its one alarm are set by this function. Pure. */

import { isOpen, trialDueAt } from "../attempts/circuit.ts";
import { isSoon } from "../attempts/timing.ts";
import type { Roster } from "../people/roster.ts";
import { isReady, KEEP_SLOTS_MS, mayGrow } from "../slots/request.ts";
import type { BatchRow } from "../store/batch-row.ts";
import type { Pauses } from "./waiting.ts";

export type Pending = {
  readonly row: BatchRow;
  readonly roster: Roster;
  /** How many more calls it has slots for. */
  readonly freeSlots: number;
  readonly pauses: Pauses;
  /** The carrier did not answer questions; the next is asked then. */
  readonly askAfter: number;
  /** A question is in flight; its answer continues with the calls that are due. */
  readonly isAsking: boolean;
  /** When others must be told something; null if there is nothing to tell. */
  readonly toldAt: readonly (number | null)[];
  /** A recipient who waits at that time fails; null without such a time. */
  readonly expiresAt: number | null;
  /** When progress of calls has to be stored, null if all is. What it leads to is due by the rows as they are. */
  readonly saveBy: number | null;
  /** If the object stops, its work goes on after this time. */
  readonly recoveryMs: number;
};

/**
 * Epoch ms; null: there is nothing to wait for. The timer is for what is due soon, and is lost with the object. The alarm,
 * never before `now`, is for all else, and the timer's safety net.
 */
export type Due = { readonly timerAt: number | null; readonly alarmAt: number | null };

export function nextDue(pending: Pending, now: number): Due {
  const { freeSlots, roster, pauses, toldAt, saveBy } = pending;
  const isPaced = freeSlots > 0 && roster.counts.queued > 0;
  const soon = [...toldAt, saveBy, isPaced ? pauses.pacedUntil : null].filter(
    (at) => at !== null && at > now && isSoon(at, now),
  ) as number[];
  return { timerAt: soon.length === 0 ? null : Math.min(...soon), alarmAt: alarmAt(pending, now) };
}

function alarmAt(
  { row, roster, freeSlots, pauses, askAfter, isAsking, toldAt, expiresAt, saveBy, recoveryMs }: Pending,
  now: number,
): number | null {
  let due = Number.POSITIVE_INFINITY;
  const recoverAt = now + recoveryMs;
  // What is in flight is due "now", and a timer is set for what is due soon. The alarm is only their safety net.
  for (const at of [...toldAt, saveBy]) if (at !== null) due = Math.min(due, isSoon(at, now) ? recoverAt : at);
  if (expiresAt !== null && roster.counts.queued > 0) due = Math.min(due, expiresAt);
  if (row.paused_at === null && row.kind === "batch") {
    const trialAt = roster.counts.queued > 0 ? trialDueAt(row) : null;
    due = Math.min(due, isOpen(row) ? (trialAt ?? due) : requestDue(row, roster, now));
  }
  // It asks for more slots than it has when one more recipient may be dialed.
  if ((freeSlots > 0 || mayGrow(row)) && roster.counts.queued > 0)
    due = Math.min(due, dialDue(roster, pauses, recoverAt, now));
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
function dialDue(roster: Roster, { pausedUntil, pacedUntil }: Pauses, recoverAt: number, now: number): number {
  const eligibleAt = roster.queue.nextEligibleAt(now);
  // A timer waits for a short pace.
  const until = Math.max(pausedUntil, isSoon(pacedUntil, now) ? 0 : pacedUntil);
  if (until > now) return Math.max(until, eligibleAt ?? 0);
  return eligibleAt ?? recoverAt;
}
