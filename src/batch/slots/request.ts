/**
 * The batch's request to the ledger: open while a recipient can be dialed, otherwise closed. Pure; the object stores
 * the returned row in the transaction of the change that caused it. `calling/messages/slots.ts` says why no revision is
 * needed.
 */

import type { SlotAnswer, SlotStatement } from "../../calling/messages/slots.ts";
import { isOpen, usableSlots } from "../attempts/circuit.ts";
import type { HeldBack } from "../people/held-back.ts";
import type { Queue } from "../people/queue.ts";
import type { Roster } from "../people/roster.ts";
import type { BatchRow } from "../store/batch-row.ts";

/** A batch scheduled for later asks for nothing and blocks no other. */
export const isReady = (row: BatchRow, now: number): boolean => row.scheduled_at === null || row.scheduled_at <= now;

/** A batch that may dial within this time keeps its slots: giving them back and asking again would cost more. */
export const KEEP_SLOTS_MS = 60_000;

/** Who waits, and how many calls are in flight. */
export type Demand = Pick<Roster, "flying"> & { readonly queue: Pick<Queue, "earliestAt" | "soon"> };

/**
 * How many slots the batch can use, counted up to `atMost`: its calls in flight, and recipients who may be dialed
 * within `KEEP_SLOTS_MS`.
 */
const useOf = ({ flying, queue }: Demand, atMost: number, now: number): number =>
  flying >= atMost ? flying : flying + queue.soon(now, now + KEEP_SLOTS_MS, atMost - flying);

/** The slots that it may use now; null without any. */
export const slotsOf = ({ granted_slots, kept_slots }: Pick<BatchRow, "granted_slots" | "kept_slots">): number | null =>
  granted_slots ?? kept_slots;

/** Neither its schedule, a human nor its circuit breaker holds it back. */
export const mayDial = (row: BatchRow, now: number): boolean =>
  isReady(row, now) && row.paused_at === null && !isOpen(row);

/** `earliestAt`: when the first waiting recipient may be dialed; null if none ever may be. */
const wantsToDial = (row: BatchRow, earliestAt: number | null, now: number): boolean =>
  earliestAt !== null && earliestAt <= now + KEEP_SLOTS_MS && mayDial(row, now);

/**
 * The row with its request opened or closed as it must be now; the same row without a change. The first request is for
 * the whole target. A batch that has begun asks for what it can use. A batch that goes to sleep
 * stores the recipients that the organization holds back.
 */
export function requested(row: BatchRow, demand: Demand, heldBack: HeldBack, now: number): BatchRow {
  // Direct calls ask for nothing (`direct-slots.ts`).
  if (row.kind === "direct") return row;
  const earliestAt = demand.queue.earliestAt(now);
  const wants = wantsToDial(row, earliestAt, now);
  if (wants && row.request_open === 1) return row;
  const holds = wants || earliestAt === null ? null : heldBack.stored(now);
  // A request may be answered after it closed, and recipients who fail meanwhile wait again.
  if (!wants && row.request_open === 0) return holds === row.holds ? row : { ...row, holds };
  const none = { granted_slots: null, kept_slots: null, asked_slots: null, most_slots: null };
  const turned: BatchRow = { ...row, ...none, changed_at: now, holds, paced_until: null };
  if (!wants) return { ...turned, request_open: 0 };
  const target = row.target_concurrency_limit;
  const asked_slots = row.admitted_at === null ? target : Math.max(1, useOf(demand, target, now));
  return { ...turned, request_open: 1, request_number: row.request_number + 1, rest_known: 0, asked_slots };
}

/** It has given slots back, and may now have a use for more than it has. */
export const mayGrow = (row: BatchRow): boolean =>
  row.granted_slots !== null &&
  row.granted_slots < Math.min(row.target_concurrency_limit, row.most_slots ?? Number.POSITIVE_INFINITY);

/**
 * The row with the slots that it can use; the same row without a change. Unneeded slots are given back at once. For
 * more slots it makes a new request for the whole number, in its old place in the queue. Until the grant it continues
 * with what it has.
 */
export function fitted(row: BatchRow, demand: Demand, now: number): BatchRow {
  const has = slotsOf(row);
  if (has === null) return row;
  const most = Math.min(row.target_concurrency_limit, row.most_slots ?? Number.POSITIVE_INFINITY);
  const wants = useOf(demand, Math.max(has, most), now);
  if (wants < has) {
    const slots = Math.max(1, wants);
    if (slots === has) return row;
    return row.granted_slots === null ? { ...row, kept_slots: slots } : { ...row, granted_slots: slots };
  }
  if (!mayGrow(row) || wants === has) return row;
  const request_number = row.request_number + 1;
  return { ...row, request_number, asked_slots: wants, kept_slots: has, granted_slots: null, rest_known: 0 };
}

/**
 * The row with another target. With a higher one the batch goes on with its slots, and asks for more if it has a use for
 * them (`fitted`). Otherwise an open request becomes a new one. Until its grant the batch dials no recipient. Under a higher
 * target it keeps the slots of its calls in flight, if they are no more than the target: the ledger counts them.
 */
export function retargeted(row: BatchRow, target: number, inFlight: number, now: number): BatchRow {
  if (row.target_concurrency_limit === target) return row;
  const isHigher = target > row.target_concurrency_limit;
  const changed = { ...row, target_concurrency_limit: target, changed_at: now };
  if (isHigher && slotsOf(row) !== null) return { ...changed, most_slots: null };
  return row.request_open === 1
    ? {
        ...changed,
        request_number: row.request_number + 1,
        granted_slots: null,
        asked_slots: target,
        kept_slots: isHigher && inFlight > 0 && inFlight <= target ? inFlight : null,
        most_slots: null,
        rest_known: 0,
      }
    : changed;
}

/** The row with another priority. A request that waits becomes a new one, for as many slots; a grant stays. */
export function reprioritized(row: BatchRow, priority: number, now: number): BatchRow {
  if (row.priority === priority) return row;
  const changed = { ...row, priority, changed_at: now };
  const isWaiting = row.request_open === 1 && row.granted_slots === null;
  return isWaiting ? { ...changed, request_number: row.request_number + 1, rest_known: 0 } : changed;
}

/** The row with the grant; null if the answer is about another request or already known. */
export function withGrant(row: BatchRow, answer: SlotAnswer, now: number): BatchRow | null {
  const isNews = row.request_open === 1 && row.granted_slots === null && answer.grantedRequest === row.request_number;
  if (!isNews) return null;
  const asked = row.asked_slots ?? row.target_concurrency_limit;
  return {
    ...row,
    granted_slots: answer.grantedSlots,
    kept_slots: null,
    // A smaller grant than requested is all there is: another request would get the same answer.
    most_slots: answer.grantedSlots < asked ? answer.grantedSlots : row.most_slots,
    admitted_at: row.admitted_at ?? now,
    changed_at: now,
  };
}

export const statementOf = (row: BatchRow, inFlight: number): SlotStatement => ({
  batchId: row.id,
  direct: false,
  createdAt: row.created_at,
  requestNumber: row.request_number,
  open: row.request_open === 1,
  granted: row.granted_slots !== null,
  slots: row.request_open === 1 ? (row.granted_slots ?? row.asked_slots ?? row.target_concurrency_limit) : 0,
  // While the batch has slots, the ledger counts the slots, so dialing needs no message to it.
  holds: slotsOf(row) ?? inFlight,
  priority: row.priority,
});

/** How many more calls the batch may place now. */
export const freeSlots = (row: BatchRow, inFlight: number): number =>
  usableSlots(row, Math.max(0, (slotsOf(row) ?? 0) - inFlight));
