/** The ledger as operators and the organization see it. Pure. */

import type { BatchSummary } from "../../calling/messages/batch-view.ts";
import { type Capacity, mostForBatches } from "../../calling/messages/slots.ts";
import type { Turn } from "../../calling/messages/turn.ts";
import { priorityOf } from "../../calling/words/priority.ts";
import type { ConcurrencyView, LedgerView } from "../messages/calling.ts";
import { type Holding, slotsInDirectUse, slotsInUse, waitingInOrder } from "./ledger.ts";

export function ledgerView(capacity: Capacity, holdings: Iterable<Holding>): LedgerView {
  const all = [...holdings];
  return {
    ...capacity,
    inUse: slotsInUse(all),
    callsOutsideBatches: slotsInDirectUse(all),
    holding: all
      .filter((one) => one.grantedSlots > 0)
      .sort((a, b) => a.createdAt - b.createdAt)
      .map((one) => ({
        batchId: one.batchId,
        kind: one.direct ? "direct" : "batch",
        slots: one.grantedSlots,
        draining: !one.open,
        confirmed: one.grantKnown,
        createdAt: one.createdAt,
      })),
    waiting: waitingInOrder(all).map((one) => ({
      batchId: one.batchId,
      slots: Math.min(one.requestedSlots, mostForBatches(capacity)),
      priority: one.priority,
      createdAt: one.createdAt,
    })),
  };
}

type Named = Pick<LedgerView["waiting"][number], "batchId" | "slots" | "createdAt">;

/**
 * `turns`: of the waiting batches, by id. `summaryOf`: the last summary of the batch created at that time. A batch sends its summary and its first request in
 * one message, so each batch in the ledger has a name.
 */
export function concurrencyView(
  ledger: LedgerView,
  summaryOf: (createdAt: number) => BatchSummary | null,
  turns: ReadonlyMap<string, Turn>,
): ConcurrencyView {
  const named = ({ batchId, slots, createdAt }: Named, summary = summaryOf(createdAt)) => ({
    batchId,
    name: summary?.name ?? batchId,
    slots,
    createdAt,
  });
  const { limit, reserved, inUse, callsOutsideBatches, holding, waiting } = ledger;
  const batches = holding.filter(({ kind }) => kind === "batch");
  return {
    limit,
    reserved,
    inUse,
    callsOutsideBatches,
    holding: batches.map((one) => {
      const summary = summaryOf(one.createdAt);
      const callsInFlight = summary === null ? 0 : summary.total_calls_dispatched - summary.total_calls_finished;
      return { ...named(one, summary), draining: one.draining, callsInFlight };
    }),
    waiting: waiting.map((one) => {
      const turn = turns.get(one.batchId);
      return { ...named(one), priority: priorityOf(one), ...(turn === undefined ? {} : { turn }) };
    }),
  };
}
