/** When the object has to act again, from what it knows: the one function behind its one alarm. Pure. */

import { isOpen, trialDueAt } from "../attempts/circuit.ts";
import { RECOVERY_MS } from "../attempts/timing.ts";
import type { Roster } from "../people/roster.ts";
import { freeSlots, isReady, KEEP_SLOTS_MS, mayGrow } from "../slots/request.ts";
import type { BatchRow } from "../store/batch-row.ts";

export type Pending = {
  readonly row: BatchRow;
  readonly roster: Roster;
  /** Dialing pauses until then because the carrier said so; 0 without. */
  readonly pausedUntil: number;
  /** The carrier did not answer questions; it is asked again from then on. */
  readonly askAfter: number;
  /** A request to it is under way, whose answer goes on with those who are due. */
  readonly isAsking: boolean;
  /** When something has to be told to the organization; null where there is nothing. */
  readonly reportDueAt: number | null;
  /** When events wait to be sent; null where there are none. */
  readonly eventsDueAt: number | null;
  /** A recipient who waits then fails; null without such a time. */
  readonly expiresAt: number | null;
};

/** Epoch ms, never before `now`; null where only a request or a message can make it act again. */
export function nextDue(
  { row, roster, pausedUntil, askAfter, isAsking, reportDueAt, eventsDueAt, expiresAt }: Pending,
  now: number,
): number | null {
  let due = Number.POSITIVE_INFINITY;
  // What is being told is due "now": the alarm is the safety net behind it.
  for (const toldAt of [reportDueAt, eventsDueAt]) {
    if (toldAt !== null) due = Math.min(due, Math.max(toldAt, now + RECOVERY_MS));
  }
  if (expiresAt !== null && roster.counts.queued > 0) due = Math.min(due, expiresAt);
  if (row.paused_at === null) {
    const trialAt = roster.counts.queued > 0 ? trialDueAt(row) : null;
    due = Math.min(due, isOpen(row) ? (trialAt ?? due) : requestDue(row, roster, now));
  }
  // For one more than it has slots for it asks when that one may be dialed.
  if ((freeSlots(row, roster.flying) > 0 || mayGrow(row)) && roster.counts.queued > 0)
    due = Math.min(due, dialDue(roster, pausedUntil, now));
  due = Math.min(due, askDue(roster, askAfter, isAsking, now));
  return due === Number.POSITIVE_INFINITY ? null : Math.max(due, now);
}

/**
 * When the carrier has to be asked about a call. While that is being done the alarm is the safety net behind it: set to
 * "now" it would ring, and be set anew, as often as the platform lets it until the answer is there.
 */
function askDue({ inFlight }: Roster, askAfter: number, isAsking: boolean, now: number): number {
  const earliest = inFlight.earliest(now);
  return isAsking && earliest <= now ? now + RECOVERY_MS : Math.max(earliest, askAfter);
}

/** When the batch has to ask for slots; infinity where it has asked, or nobody waits. */
function requestDue(row: BatchRow, roster: Roster, now: number): number {
  if (row.request_open === 1) return Number.POSITIVE_INFINITY;
  const earliestAt = roster.earliestAt(now);
  if (earliestAt === null) return Number.POSITIVE_INFINITY;
  const at = earliestAt - KEEP_SLOTS_MS;
  return !isReady(row, now) && row.scheduled_at !== null ? Math.max(at, row.scheduled_at) : at;
}

/** Somebody can be dialed at once: that is being done, and the alarm goes on with it should the object die. */
function dialDue(roster: Roster, pausedUntil: number, now: number): number {
  const eligibleAt = roster.nextEligibleAt(now);
  if (pausedUntil > now) return Math.max(pausedUntil, eligibleAt ?? 0);
  return eligibleAt ?? now + RECOVERY_MS;
}
