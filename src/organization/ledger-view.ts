/** The ledger as an operator sees it, and as the organization itself does. Pure. */

import { type Holding, slotsInUse, waitingInOrder } from "./ledger.ts";
import type { ConcurrencyView, LedgerView } from "./rpc.ts";

/** `outside`: calls in flight that belong to no batch. */
export function ledgerView(limit: number, holdings: Iterable<Holding>, outside: number): LedgerView {
  const all = [...holdings];
  return {
    limit,
    inUse: slotsInUse(all) + outside,
    callsOutsideBatches: outside,
    holding: all
      .filter((one) => one.grantedSlots > 0)
      .sort((a, b) => a.createdAt - b.createdAt)
      .map((one) => ({
        batchId: one.batchId,
        slots: one.grantedSlots,
        draining: !one.open,
        confirmed: one.grantKnown,
        createdAt: one.createdAt,
      })),
    waiting: waitingInOrder(all).map((one) => ({
      batchId: one.batchId,
      slots: Math.min(one.requestedSlots, limit),
      createdAt: one.createdAt,
    })),
  };
}

/**
 * `nameOf`: the name of the batch that was created at an instant. A batch tells its summary and its first request in one
 * message, so whoever is in the ledger has a name.
 */
export function concurrencyView(ledger: LedgerView, nameOf: (createdAt: number) => string | null): ConcurrencyView {
  const named = ({ batchId, slots, createdAt }: LedgerView["waiting"][number]) => ({
    batchId,
    name: nameOf(createdAt) ?? batchId,
    slots,
    createdAt,
  });
  const { limit, inUse, callsOutsideBatches, holding, waiting } = ledger;
  return {
    limit,
    inUse,
    callsOutsideBatches,
    holding: holding.map((one) => ({ ...named(one), draining: one.draining })),
    waiting: waiting.map(named),
  };
}
