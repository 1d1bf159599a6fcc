/**
 * The concurrency ledger: who holds how many of the organization's slots, and who gets some next. Pure: rows and the
 * limit go in, changed rows come out; `object.ts` stores them. Contract: "Concurrency: the organization's ledger".
 *
 * Safety (promise 1) rests on two facts. A grant is stored here before the batch hears of it, so what a batch uses was
 * counted first. And a batch reduces itself before it says so, so a late message only makes this ledger count too much.
 */

import type { SlotAnswer, SlotStatement } from "../calling/slots.ts";

/** Persisted, one row for each batch that wants or holds slots. A batch at rest has none. */
export type Holding = {
  readonly batchId: string;
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

const isWaiting = (holding: Holding): boolean => holding.open && holding.grantedRequest < holding.requestNumber;

/** Oldest first: creation, then id. Contract: "strictly". */
const byAge = (a: Holding, b: Holding): number =>
  a.createdAt - b.createdAt || (a.batchId < b.batchId ? -1 : a.batchId > b.batchId ? 1 : 0);

/** Whether the statement was overtaken by one that this ledger has applied already. */
const isOvertaken = (statement: SlotStatement, holding: Holding): boolean =>
  statement.requestNumber < holding.requestNumber ||
  (statement.requestNumber === holding.requestNumber && statement.open && !holding.open);

const unheardOf = (statement: SlotStatement): Holding => ({
  batchId: statement.batchId,
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
    // The batch is the one that dials: what it was granted counts, even where this ledger has forgotten the grant.
    const grantedSlots = before.grantedRequest === statement.requestNumber ? before.grantedSlots : statement.slots;
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

/**
 * The rows that change because there is room: the oldest waiting batch first, all of what it asks for or nothing, and
 * nobody behind it while it waits. A request above the limit (which was lowered since) asks for the whole limit, or it
 * would hold up everybody for ever. `outside`: calls in flight that belong to no batch.
 */
export function grantInOrder(limit: number, holdings: Iterable<Holding>, outside: number): Holding[] {
  const all = [...holdings];
  let inUse = outside + slotsInUse(all);
  const granted: Holding[] = [];
  for (const holding of all.filter(isWaiting).sort(byAge)) {
    const slots = Math.min(holding.requestedSlots, limit);
    const added = slots - holding.grantedSlots;
    if (added < 0 || inUse + added > limit) break;
    inUse += added;
    granted.push({ ...holding, grantedRequest: holding.requestNumber, grantedSlots: slots, grantKnown: false });
  }
  return granted;
}

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
