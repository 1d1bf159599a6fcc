/**
 * The concurrency ledger: who holds how many of the organization's slots, and who gets some next. Pure: rows and the
 * capacity go in, changed rows come out; `object.ts` stores them. Contract: "Concurrency: the organization's ledger".
 *
 * Safety (promise 1) rests on two facts. A grant is stored here before the batch hears of it, so what a batch uses was
 * counted first. And a batch reduces itself before it says so, so a late message only makes this ledger count too much.
 *
 * A request for direct calls is granted on the spot or not at all, and is a holding like a batch's afterwards. Neither
 * kind can starve the other. Batches never hold the reserved slots, so as many direct calls as that are always possible.
 * While a batch waits, direct calls get nothing beyond the reserved slots, so what they hold beyond comes back to it.
 */

import type { SlotProspect } from "../../calling/messages/outlook.ts";
import { type Capacity, mostForBatches, type SlotAnswer, type SlotStatement } from "../../calling/messages/slots.ts";

/** Persisted, one row for each batch that wants or holds slots. A batch at rest has none. */
export type Holding = {
  readonly batchId: string;
  readonly direct: boolean;
  readonly createdAt: number;
  /** The newest request of the batch that this ledger has heard of. */
  readonly requestNumber: number;
  readonly open: boolean;
  /** What the open request asks for. */
  readonly requestedSlots: number;
  /** Calls in flight that the batch last spoke of while it had no grant. */
  readonly holds: number;
  /** The newest request that was granted, 0 for none. */
  readonly grantedRequest: number;
  /** What counts against the limit now: the grant, or the calls in flight that outlive it. */
  readonly grantedSlots: number;
  /** The batch has said that it knows of its grant; until then the grant is repeated. */
  readonly grantKnown: boolean;
};

const isWaiting = (holding: Holding): boolean =>
  !holding.direct && holding.open && holding.grantedRequest < holding.requestNumber;

/** Oldest first: creation, then id. Contract: "strictly". */
const byAge = (a: Holding, b: Holding): number =>
  a.createdAt - b.createdAt || (a.batchId < b.batchId ? -1 : a.batchId > b.batchId ? 1 : 0);

/** Whether the statement was overtaken by one that this ledger has applied already. */
const isOvertaken = (statement: SlotStatement, holding: Holding): boolean =>
  statement.requestNumber < holding.requestNumber ||
  (statement.requestNumber === holding.requestNumber && statement.open && !holding.open);

const unheardOf = (statement: Pick<SlotStatement, "batchId" | "direct" | "createdAt">): Holding => ({
  batchId: statement.batchId,
  direct: statement.direct,
  createdAt: statement.createdAt,
  requestNumber: 0,
  open: false,
  requestedSlots: 0,
  holds: 0,
  grantedRequest: 0,
  grantedSlots: 0,
  grantKnown: false,
});

/**
 * The row after a batch's statement; null where the batch holds nothing and wants nothing. Idempotent and indifferent to
 * order: an overtaken statement changes nothing. `restedRequest`: the batch's newest request after which it held and
 * wanted nothing, 0 without one; a batch at rest has no row, so a late word from before its rest is known by this.
 */
export function hear(statement: SlotStatement, known: Holding | null, restedRequest: number): Holding | null {
  const before = known ?? unheardOf(statement);
  if (isOvertaken(statement, before) || statement.requestNumber <= restedRequest) return known;
  const heard = { ...before, requestNumber: statement.requestNumber, open: statement.open };

  if (!statement.open) {
    // What the ledger has no memory of is counted all the same: the calls are there.
    const grantedSlots = known === null ? statement.holds : Math.min(before.grantedSlots, statement.holds);
    if (statement.holds === 0) return null;
    return { ...heard, requestedSlots: 0, holds: statement.holds, grantedSlots, grantKnown: true };
  }
  if (statement.granted) {
    // The batch is the one that dials: what it was granted counts, even where this ledger has forgotten the grant. It may have
    // given some of it back, and of a grant it never has more again.
    const isGrant = before.grantedRequest === statement.requestNumber;
    const grantedSlots = isGrant ? Math.min(before.grantedSlots, statement.slots) : statement.slots;
    return {
      ...heard,
      requestedSlots: statement.slots,
      holds: statement.holds,
      grantedRequest: statement.requestNumber,
      grantedSlots,
      grantKnown: true,
    };
  }
  // The grant of direct calls was taken back because their object was not there; they do not wait for another.
  if (known === null && statement.direct) return null;
  if (before.grantedRequest === statement.requestNumber) return { ...heard, requestedSlots: statement.slots };
  const grantedSlots = known === null ? statement.holds : Math.min(before.grantedSlots, statement.holds);
  return { ...heard, requestedSlots: statement.slots, holds: statement.holds, grantedSlots, grantKnown: false };
}

/**
 * The row after an audit, in which the batch was asked for its statement. Like `hear`, but what the batch says of its
 * calls in flight is taken as it is, upwards too: it was asked, so this is no echo of an earlier message.
 */
export function audit(statement: SlotStatement, known: Holding): Holding | null {
  const heard = hear(statement, known, 0);
  if (heard === null || isOvertaken(statement, known)) return heard;
  if (statement.open && (statement.granted || heard.grantedRequest === statement.requestNumber)) {
    return statement.granted ? { ...heard, grantedSlots: statement.slots } : heard;
  }
  return { ...heard, holds: statement.holds, grantedSlots: statement.holds };
}

/** Slots that count against the limit. */
export const slotsInUse = (holdings: Iterable<Holding>): number => {
  let sum = 0;
  for (const holding of holdings) sum += holding.grantedSlots;
  return sum;
};

/** Of these, the ones of direct calls. */
export const slotsInDirectUse = (holdings: Iterable<Holding>): number =>
  slotsInUse([...holdings].filter(({ direct }) => direct));

/**
 * The rows that change because there is room: the oldest waiting batch first, all of what it asks for or nothing, and
 * nobody behind it while it waits. A request above what batches may have (which was lowered since) asks for all of that,
 * or it would hold up everybody for ever.
 */
export function grantInOrder(capacity: Capacity, holdings: Iterable<Holding>): Holding[] {
  const all = [...holdings];
  const most = mostForBatches(capacity);
  let inUse = slotsInUse(all);
  let heldByBatches = inUse - slotsInDirectUse(all);
  const granted: Holding[] = [];
  for (const holding of waitingInOrder(all)) {
    const slots = Math.min(holding.requestedSlots, most);
    const added = slots - holding.grantedSlots;
    if (added < 0 || inUse + added > capacity.limit || heldByBatches + added > most) break;
    inUse += added;
    heldByBatches += added;
    granted.push({ ...holding, grantedRequest: holding.requestNumber, grantedSlots: slots, grantKnown: false });
  }
  return granted;
}

/** What a batch would find that asked for so many slots now. */
export function prospectOf(capacity: Capacity, holdings: Iterable<Holding>, slots: number): SlotProspect {
  const all = [...holdings];
  const inUse = slotsInUse(all);
  const free = Math.min(capacity.limit - inUse, mostForBatches(capacity) - (inUse - slotsInDirectUse(all)));
  const asking: Holding = {
    ...unheardOf({ batchId: "", direct: false, createdAt: Number.POSITIVE_INFINITY }),
    requestNumber: 1,
    open: true,
    requestedSlots: slots,
  };
  return {
    free: Math.max(0, free),
    waitingBatches: waitingInOrder(all).length,
    isGrantedAtOnce: grantInOrder(capacity, [...all, asking]).some(({ batchId }) => batchId === asking.batchId),
  };
}

/** How many direct calls may begin now. While a batch waits: what is left of the reserved slots, and no more. */
export function freeForDirectCalls({ limit, reserved }: Capacity, holdings: Iterable<Holding>): number {
  const all = [...holdings];
  const free = limit - slotsInUse(all);
  return Math.max(0, all.some(isWaiting) ? Math.min(free, reserved - slotsInDirectUse(all)) : free);
}

/** The row of direct calls that begin now: as if they had made their only request, and it was granted. */
export const grantedDirectly = (batchId: string, createdAt: number, slots: number): Holding => ({
  batchId,
  direct: true,
  createdAt,
  requestNumber: 1,
  open: true,
  requestedSlots: slots,
  holds: 0,
  grantedRequest: 1,
  grantedSlots: slots,
  grantKnown: false,
});

/** Waiting batches in the order in which they will be granted. */
export const waitingInOrder = (holdings: Iterable<Holding>): Holding[] => [...holdings].filter(isWaiting).sort(byAge);

/** What the batch is told. Nothing granted: request 0. */
export const answerTo = (holding: Holding | null): SlotAnswer => ({
  grantedRequest: holding?.grantedRequest ?? 0,
  grantedSlots: holding?.grantedSlots ?? 0,
});

/** Granted, and the batch has not said that it knows. */
export const isUnconfirmed = (holding: Holding): boolean =>
  holding.open && holding.grantedRequest === holding.requestNumber && !holding.grantKnown;
