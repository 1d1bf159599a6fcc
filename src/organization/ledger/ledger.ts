/**
 * The concurrency ledger: which batch holds how many of the organization's slots, and which gets slots next. Pure:
 * takes rows and the capacity, returns changed rows; `object.ts` stores them.
 *
 * Safety (promise 1) rests on two facts. A grant is stored here before the batch hears of it, so slots are counted
 * before they are used. A batch reduces its own count before it reports the reduction, so a late message only makes
 * this ledger count too much.
 *
 * A request for direct calls is granted on the spot or not at all. Afterwards it is a holding like a batch's. Neither
 * kind can starve the other. Batches never hold the reserved slots, so that many direct calls are always possible.
 * While a batch waits, direct calls get only reserved slots. Slots that they hold beyond those go back to the batch.
 */

import type { SlotProspect } from "../../calling/messages/outlook.ts";
import { type Capacity, mostForBatches, type SlotAnswer, type SlotStatement } from "../../calling/messages/slots.ts";
import { LEVEL_MS, PRIORITY, priorityOf } from "../../calling/words/priority.ts";

/** Persisted, one row for each batch that wants or holds slots. A batch at rest has no row. */
export type Holding = {
  readonly batchId: string;
  readonly direct: boolean;
  readonly createdAt: number;
  /** Of that request: 1 comes first. */
  readonly priority: number;
  /** The batch's newest request that this ledger knows. */
  readonly requestNumber: number;
  readonly open: boolean;
  /** How many slots the open request asks for. */
  readonly requestedSlots: number;
  /** The batch's calls in flight, as it last reported them while it had no grant. */
  readonly holds: number;
  /** The newest request that was granted; 0 for none. */
  readonly grantedRequest: number;
  /** Slots that count against the limit now: the grant, or the calls in flight that outlive it. */
  readonly grantedSlots: number;
  /** Whether the batch has confirmed its grant. Until then the grant is repeated. */
  readonly grantKnown: boolean;
};

export const isWaiting = (holding: Holding): boolean =>
  !holding.direct && holding.open && holding.grantedRequest < holding.requestNumber;

/**
 * Others wait for its slots. A batch whose target was lowered may hold more than it asks for. It waits for its own calls to
 * end, and takes what it asks for from them.
 */
const needsSlots = (holding: Holding, most: number): boolean =>
  isWaiting(holding) && Math.min(holding.requestedSlots, most) >= holding.grantedSlots;

/** A level of priority is worth some age, so nobody waits for ever. Unlike an age that grows, it needs no clock. */
const turnOf = ({ createdAt, priority }: Holding): number => createdAt + (priority - PRIORITY.usual) * LEVEL_MS;

/** By priority and age, then by creation, then id. Equal priorities: the oldest first, strictly. */
const byTurn = (a: Holding, b: Holding): number =>
  turnOf(a) - turnOf(b) || a.createdAt - b.createdAt || (a.batchId < b.batchId ? -1 : a.batchId > b.batchId ? 1 : 0);

/** Whether a newer statement has already been applied. */
const isOvertaken = (statement: SlotStatement, holding: Holding): boolean =>
  statement.requestNumber < holding.requestNumber ||
  (statement.requestNumber === holding.requestNumber && statement.open && !holding.open);

const unheardOf = (statement: Pick<SlotStatement, "batchId" | "direct" | "createdAt">): Holding => ({
  batchId: statement.batchId,
  direct: statement.direct,
  createdAt: statement.createdAt,
  priority: PRIORITY.usual,
  requestNumber: 0,
  open: false,
  requestedSlots: 0,
  holds: 0,
  grantedRequest: 0,
  grantedSlots: 0,
  grantKnown: false,
});

/**
 * The row after a batch's statement; null if the batch holds and wants no slots. Idempotent, and independent of the
 * order of messages: an overtaken statement changes nothing.
 *
 * `restedRequest`: the batch's newest request after which it held and wanted no slots, 0 without one. A batch at rest
 * has no row, so this number identifies a late message from before its rest.
 */
export function hear(statement: SlotStatement, known: Holding | null, restedRequest: number): Holding | null {
  const before = known ?? unheardOf(statement);
  if (isOvertaken(statement, before) || statement.requestNumber <= restedRequest) return known;
  // Direct calls have their row before they are stored. Without one they are over, or came too late for their slots.
  if (known === null && statement.direct) return null;
  // A request keeps its priority: a late message could bring back an old one.
  const priority = statement.requestNumber > before.requestNumber ? priorityOf(statement) : before.priority;
  const heard = { ...before, priority, requestNumber: statement.requestNumber, open: statement.open };

  if (!statement.open) {
    // Calls that this ledger does not know of are counted too: they exist.
    const grantedSlots = known === null ? statement.holds : Math.min(before.grantedSlots, statement.holds);
    if (statement.holds === 0) return null;
    return { ...heard, requestedSlots: 0, holds: statement.holds, grantedSlots, grantKnown: true };
  }
  if (statement.granted) {
    // The batch dials, so its grant counts even if this ledger has lost it. The batch may have given back a part; the
    // grant never grows.
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
  if (before.grantedRequest === statement.requestNumber) return { ...heard, requestedSlots: statement.slots };
  const grantedSlots = known === null ? statement.holds : Math.min(before.grantedSlots, statement.holds);
  return { ...heard, requestedSlots: statement.slots, holds: statement.holds, grantedSlots, grantKnown: false };
}

/**
 * The row after an audit, which asked the batch for its statement. Unlike in `hear`, its calls in flight may also raise
 * the count. The batch was asked, so its answer is not an echo of an earlier message.
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

/** Slots that direct calls hold. */
export const slotsInDirectUse = (holdings: Iterable<Holding>): number =>
  slotsInUse([...holdings].filter(({ direct }) => direct));

/**
 * The rows that change because slots are free. The first waiting batch is granted all that it asks for, or nothing; no
 * later one passes it. A request above what batches may have is cut to that, because the limit may have been
 * lowered since. Otherwise it would block the queue for ever.
 */
export function grantInOrder(capacity: Capacity, holdings: Iterable<Holding>): Holding[] {
  const all = [...holdings];
  const most = mostForBatches(capacity);
  let inUse = slotsInUse(all);
  let heldByBatches = inUse - slotsInDirectUse(all);
  const granted: Holding[] = [];
  for (const holding of waitingInOrder(all)) {
    if (!needsSlots(holding, most)) continue;
    const slots = Math.min(holding.requestedSlots, most);
    const added = slots - holding.grantedSlots;
    if (inUse + added > capacity.limit || heldByBatches + added > most) break;
    inUse += added;
    heldByBatches += added;
    granted.push({ ...holding, grantedRequest: holding.requestNumber, grantedSlots: slots, grantKnown: false });
  }
  return granted;
}

/** What a batch that asks for this many slots would get now. */
export function prospectOf(
  capacity: Capacity,
  holdings: Iterable<Holding>,
  asks: Pick<Holding, "createdAt" | "priority"> & { readonly slots: number },
): SlotProspect {
  const all = [...holdings];
  const inUse = slotsInUse(all);
  const free = Math.min(capacity.limit - inUse, mostForBatches(capacity) - (inUse - slotsInDirectUse(all)));
  const asking: Holding = {
    ...unheardOf({ batchId: "", direct: false, createdAt: asks.createdAt }),
    priority: asks.priority,
    requestNumber: 1,
    open: true,
    requestedSlots: asks.slots,
  };
  const withIt = [...all, asking];
  return {
    free: Math.max(0, free),
    waitingBatches: waitingInOrder(withIt).indexOf(asking),
    isGrantedAtOnce: grantInOrder(capacity, withIt).some(({ batchId }) => batchId === asking.batchId),
  };
}

/** How many direct calls may begin now. While a batch waits: only the rest of the reserved slots. */
export function freeForDirectCalls(capacity: Capacity, holdings: Iterable<Holding>): number {
  const { limit, reserved } = capacity;
  const all = [...holdings];
  const most = mostForBatches(capacity);
  const free = limit - slotsInUse(all);
  return Math.max(
    0,
    all.some((one) => needsSlots(one, most)) ? Math.min(free, reserved - slotsInDirectUse(all)) : free,
  );
}

/** The row of direct calls that begin now: one request, already granted. */
export const grantedDirectly = (batchId: string, createdAt: number, slots: number): Holding => ({
  batchId,
  direct: true,
  createdAt,
  priority: PRIORITY.usual,
  requestNumber: 1,
  open: true,
  requestedSlots: slots,
  holds: 0,
  grantedRequest: 1,
  grantedSlots: slots,
  grantKnown: false,
});

/** Waiting batches in the order of their grants. */
export const waitingInOrder = (holdings: Iterable<Holding>): Holding[] => [...holdings].filter(isWaiting).sort(byTurn);

/** The answer to the batch. Request 0: nothing is granted. */
export const answerTo = (holding: Holding | null): SlotAnswer => ({
  grantedRequest: holding?.grantedRequest ?? 0,
  grantedSlots: holding?.grantedSlots ?? 0,
});

/** Granted, and not confirmed by the batch. */
export const isUnconfirmed = (holding: Holding): boolean =>
  holding.open && holding.grantedRequest === holding.requestNumber && !holding.grantKnown;
