/** When the object must act next: its one timer and its one alarm are set by this function. Pure. */

import { type Due, sooner } from "../../storage/alarm-clock.ts";
import { isOpen, trialDueAt } from "../attempts/circuit.ts";
import { isSoon } from "../attempts/timing.ts";
import type { Roster } from "../people/roster.ts";
import { isReady, KEEP_SLOTS_MS, mayGrow } from "../slots/request.ts";
import type { BatchRow } from "../store/batch-row.ts";
import type { Pauses } from "./waiting.ts";

const NEVER = Number.POSITIVE_INFINITY;

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
 * Null: there is nothing to wait for. The timer is for what is due soon, and is lost with the object. The alarm, never
 * before `now`, is for all else, and the timer's safety net.
 */
export type Next = { readonly timerAt: number | null; readonly alarm: Due | null };

export function nextDue(pending: Pending, now: number): Next {
  const { freeSlots, roster, pauses, toldAt, saveBy } = pending;
  const isPaced = freeSlots > 0 && roster.counts.queued > 0;
  const soon = [...toldAt, saveBy, isPaced ? pauses.pacedUntil : null].filter(
    (at) => at !== null && at > now && isSoon(at, now),
  ) as number[];
  return { timerAt: soon.length === 0 ? null : Math.min(...soon), alarm: alarmDue(pending, now) };
}

function alarmDue(
  { row, roster, freeSlots, pauses, askAfter, isAsking, toldAt, expiresAt, saveBy, recoveryMs }: Pending,
  now: number,
): Due | null {
  let due = NEVER;
  let isUnderWay = false;
  const add = (at: number | null): void => {
    if (at === null) isUnderWay = true;
    else due = Math.min(due, at);
  };
  // What is in flight is due "now", and a timer is set for what is due soon. The alarm is only their safety net.
  for (const at of [...toldAt, saveBy]) if (at !== null) add(isSoon(at, now) ? null : at);
  if (expiresAt !== null && roster.counts.queued > 0) due = Math.min(due, expiresAt);
  if (row.paused_at === null && row.kind === "batch") {
    const trialAt = roster.counts.queued > 0 ? trialDueAt(row) : null;
    due = Math.min(due, isOpen(row) ? (trialAt ?? due) : requestDue(row, roster, now));
  }
  // It asks for more slots than it has when one more recipient may be dialed.
  if ((freeSlots > 0 || mayGrow(row)) && roster.counts.queued > 0) add(dialDue(roster, pauses, now));
  add(askDue(roster, askAfter, isAsking, now));
  return sooner(
    due === NEVER ? null : { at: Math.max(due, now), isRecovery: false },
    isUnderWay ? { at: now + recoveryMs, isRecovery: true } : null,
  );
}

/**
 * When the carrier must be asked about a call; null while a question is in flight. An alarm set to "now" would ring again
 * and again until the answer.
 */
function askDue({ inFlight }: Roster, askAfter: number, isAsking: boolean, now: number): number | null {
  const earliest = inFlight.earliest(now);
  return isAsking && earliest <= now ? null : Math.max(earliest, askAfter);
}

/** When the batch must ask for slots; infinity if it has asked, or no recipient waits. */
function requestDue(row: BatchRow, roster: Roster, now: number): number {
  if (row.request_open === 1) return NEVER;
  const earliestAt = roster.queue.earliestAt(now);
  if (earliestAt === null) return NEVER;
  const at = earliestAt - KEEP_SLOTS_MS;
  return !isReady(row, now) && row.scheduled_at !== null ? Math.max(at, row.scheduled_at) : at;
}

/** When a recipient can be dialed; null: at once, and that is already happening. */
function dialDue(roster: Roster, { pausedUntil, pacedUntil }: Pauses, now: number): number | null {
  const eligibleAt = roster.queue.nextEligibleAt(now);
  // A timer waits for a short pace.
  const until = Math.max(pausedUntil, isSoon(pacedUntil, now) ? 0 : pacedUntil);
  return until > now ? Math.max(until, eligibleAt ?? 0) : eligibleAt;
}
