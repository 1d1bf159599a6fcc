/** Who holds an organization's slots, and who waits for them. */

import { z } from "zod";
import { presentTurn } from "../../../calling/answers/batch.ts";
import { time } from "../../../calling/answers/json.ts";
import { priorityOf } from "../../../calling/words/priority.ts";
import type { ConcurrencyView, LedgerView } from "../../../organization/messages/calling.ts";
import { timestamp } from "../parts/common.ts";
import { turnField } from "../parts/turn.ts";

const slots = z.int().describe("Calls at once.");
const priority = z.int().describe("1 comes first.");

export const ledgerAnswer = z.object({
  limit: z.int(),
  reserved: z.int().describe("The slots that batches never get."),
  in_use: z.int(),
  calls_outside_batches: z.int().describe("The slots that direct calls hold."),
  holding: z
    .array(
      z.object({
        batch_id: z.string(),
        kind: z.enum(["batch", "direct"]).describe("direct: a request for direct calls, which is not a batch."),
        slots,
        draining: z.boolean().describe("No recipient of it waits: its slots shrink to its calls in flight."),
        confirmed: z.boolean().describe("The batch knows its grant."),
        created_at: timestamp,
      }),
    )
    .describe("Oldest first."),
  waiting: z
    .array(z.object({ batch_id: z.string(), slots, priority, created_at: timestamp }))
    .describe("In the order of their grants."),
});

export type LedgerAnswer = z.output<typeof ledgerAnswer>;

export const presentLedger = (ledger: LedgerView): LedgerAnswer => ({
  limit: ledger.limit,
  reserved: ledger.reserved,
  in_use: ledger.inUse,
  calls_outside_batches: ledger.callsOutsideBatches,
  holding: ledger.holding.map(({ batchId, kind, slots, draining, confirmed, createdAt }) => ({
    batch_id: batchId,
    kind,
    slots,
    draining,
    confirmed,
    created_at: time(createdAt),
  })),
  waiting: ledger.waiting.map((one) => ({
    batch_id: one.batchId,
    slots: one.slots,
    priority: priorityOf(one),
    created_at: time(one.createdAt),
  })),
});

const batchSlots = {
  batch: z.object({ id: z.string(), name: z.string() }),
  slots,
  created_at: timestamp,
};

export const concurrencyAnswer = z.object({
  limit: z.int().describe("The most calls at once, for all batches and direct calls of the organization."),
  reserved: z.int().describe("The slots for direct calls, which batches never get."),
  in_use: z.int().describe("Slots granted to batches and to direct calls."),
  free: z.int().describe("The rest of the limit. A batch gets it only if none that comes first waits."),
  calls_outside_batches: z.int().describe("The slots that direct calls hold."),
  holding: z
    .array(
      z.object({
        ...batchSlots,
        draining: z.boolean().describe("No recipient of it waits: its slots shrink to its calls in flight."),
        calls_in_flight: z
          .int()
          .describe("As reported some seconds ago. If it is far below its slots, the batch needs fewer slots."),
      }),
    )
    .describe("Oldest first."),
  waiting: z.array(z.object({ ...batchSlots, priority, ...turnField })).describe("In the order of their grants."),
});

export type ConcurrencyAnswer = z.output<typeof concurrencyAnswer>;

type NamedSlots = Omit<ConcurrencyView["waiting"][number], "priority" | "turn">;
const presentBatchSlots = ({ batchId, name, slots, createdAt }: NamedSlots) => ({
  batch: { id: batchId, name },
  slots,
  created_at: time(createdAt),
});

/** Lowering the limit takes no slots back, so more may be in use than it allows; then none are free. */
export const presentConcurrency = (concurrency: ConcurrencyView): ConcurrencyAnswer => ({
  limit: concurrency.limit,
  reserved: concurrency.reserved,
  in_use: concurrency.inUse,
  free: Math.max(0, concurrency.limit - concurrency.inUse),
  calls_outside_batches: concurrency.callsOutsideBatches,
  holding: concurrency.holding.map((one) => ({
    ...presentBatchSlots(one),
    draining: one.draining,
    calls_in_flight: one.callsInFlight,
  })),
  waiting: concurrency.waiting.map((one) => ({
    ...presentBatchSlots(one),
    priority: priorityOf(one),
    ...(one.turn === undefined ? {} : { turn: presentTurn(one.turn) }),
  })),
});
