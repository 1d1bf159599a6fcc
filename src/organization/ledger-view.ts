/** The ledger as an operator sees it. Pure. */

import { type Holding, slotsInUse, waitingInOrder } from "./ledger.ts";
import type { LedgerView } from "./rpc.ts";

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
