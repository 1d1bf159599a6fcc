/**
 * The batch's request to the ledger: open while somebody can be dialed, closed otherwise. Pure; the object stores the row
 * that comes out in the same transaction as the change that caused it. See `calling/slots.ts` for why no revision is needed.
 */

import type { SlotAnswer, SlotStatement } from "../calling/slots.ts";
import type { BatchRow } from "./batch-row.ts";
import { isOpen, usableSlots } from "./circuit.ts";

/** Scheduled for later: it asks for nothing and holds up nobody. */
export const isReady = (row: BatchRow, now: number): boolean => row.scheduled_at === null || row.scheduled_at <= now;

/** Whoever may be dialed within this keeps the batch's slots: giving them back and asking again would cost more. */
export const KEEP_SLOTS_MS = 60_000;

/** `earliestAt`: when the first of those who wait may be dialed; null where nobody waits who may be. */
const wantsToDial = (row: BatchRow, earliestAt: number | null, now: number): boolean =>
  earliestAt !== null &&
  earliestAt <= now + KEEP_SLOTS_MS &&
  isReady(row, now) &&
  row.paused_at === null &&
  !isOpen(row);

/**
 * The row with its request opened or closed as it has to be now; the same row where nothing changes. `held`: whom the
 * organization holds back, for the row of a batch that goes to sleep.
 */
export function requested(
  row: BatchRow,
  earliestAt: number | null,
  now: number,
  held: () => string | null = () => null,
): BatchRow {
  const wants = wantsToDial(row, earliestAt, now);
  if (wants && row.request_open === 1) return row;
  const holds = wants || earliestAt === null ? null : held();
  // What was asked before it closed may be answered after it, and whoever fails meanwhile waits again.
  if (!wants && row.request_open === 0) return holds === row.holds ? row : { ...row, holds };
  const turned: BatchRow = { ...row, granted_slots: null, changed_at: now, holds, paced_until: null };
  return wants
    ? { ...turned, request_open: 1, request_number: row.request_number + 1, rest_known: 0 }
    : { ...turned, request_open: 0 };
}

/**
 * The row with another target. An open request becomes a new one: until that is granted the batch dials nobody, and what
 * it holds is its calls in flight, as after every request that closes.
 */
export function retargeted(row: BatchRow, target: number, now: number): BatchRow {
  if (row.target_concurrency_limit === target) return row;
  const changed = { ...row, target_concurrency_limit: target, changed_at: now };
  return row.request_open === 1
    ? { ...changed, request_number: row.request_number + 1, granted_slots: null, rest_known: 0 }
    : changed;
}

/** The row with the grant, or null where the answer is about another request or known already. */
export function admitted(row: BatchRow, answer: SlotAnswer, now: number): BatchRow | null {
  const isNews = row.request_open === 1 && row.granted_slots === null && answer.grantedRequest === row.request_number;
  if (!isNews) return null;
  return { ...row, granted_slots: answer.grantedSlots, admitted_at: row.admitted_at ?? now, changed_at: now };
}

export const statementOf = (row: BatchRow, inFlight: number): SlotStatement => ({
  batchId: row.id,
  direct: row.kind === "direct",
  createdAt: row.created_at,
  requestNumber: row.request_number,
  open: row.request_open === 1,
  granted: row.granted_slots !== null,
  slots: row.request_open === 1 ? (row.granted_slots ?? row.target_concurrency_limit) : 0,
  // With a grant the ledger counts the grant, so that dialing needs no word to it.
  holds: row.granted_slots ?? inFlight,
});

/** How many more calls the batch may place now. */
export const freeSlots = (row: BatchRow, inFlight: number): number =>
  usableSlots(row, Math.max(0, (row.granted_slots ?? 0) - inFlight));
