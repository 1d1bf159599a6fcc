/**
 * The batch's request to the ledger: open while somebody can be dialed, closed otherwise. Pure; the object stores the row
 * that comes out in the same transaction as the change that caused it. See `calling/slots.ts` for why no revision is needed.
 */

import type { RecipientCounts } from "../calling/batch-status.ts";
import type { SlotAnswer, SlotStatement } from "../calling/slots.ts";
import type { BatchRow } from "./batch-row.ts";

/** Scheduled for later: it asks for nothing and holds up nobody. */
export const isReady = (row: BatchRow, now: number): boolean => row.scheduled_at === null || row.scheduled_at <= now;

const wantsToDial = (row: BatchRow, counts: RecipientCounts, now: number): boolean =>
  counts.queued > 0 && isReady(row, now);

/** The row with its request opened or closed as it has to be now; the same row where nothing changes. */
export function requested(row: BatchRow, counts: RecipientCounts, now: number): BatchRow {
  const wants = wantsToDial(row, counts, now);
  if (wants === (row.request_open === 1)) return row;
  return wants
    ? {
        ...row,
        request_open: 1,
        request_number: row.request_number + 1,
        granted_slots: null,
        rest_known: 0,
        changed_at: now,
      }
    : { ...row, request_open: 0, granted_slots: null, changed_at: now };
}

/** The row with the grant, or null where the answer is about another request or known already. */
export function admitted(row: BatchRow, answer: SlotAnswer, now: number): BatchRow | null {
  const isNews = row.request_open === 1 && row.granted_slots === null && answer.grantedRequest === row.request_number;
  if (!isNews) return null;
  return { ...row, granted_slots: answer.grantedSlots, admitted_at: row.admitted_at ?? now, changed_at: now };
}

export const statementOf = (row: BatchRow, inFlight: number): SlotStatement => ({
  batchId: row.id,
  createdAt: row.created_at,
  requestNumber: row.request_number,
  open: row.request_open === 1,
  granted: row.granted_slots !== null,
  slots: row.request_open === 1 ? (row.granted_slots ?? row.target_concurrency_limit) : 0,
  // With a grant the ledger counts the grant, so that dialing needs no word to it.
  holds: row.granted_slots ?? inFlight,
});

/** How many more calls the batch may place now. */
export const freeSlots = (row: BatchRow, inFlight: number): number => Math.max(0, (row.granted_slots ?? 0) - inFlight);
