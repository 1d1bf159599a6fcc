/** Messages about a batch over its WebSocket. `batch/telling/live-message.ts` makes them. */

import { z } from "zod";
import { CIRCUIT_STATES } from "../../../calling/words/circuit-breaker.ts";
import type { RecipientStatus } from "../../../calling/words/recipient.ts";
import { timestamp } from "../parts/common.ts";
import { batchAnswer } from "./batch.ts";
import { recipientAnswer } from "./recipient.ts";

const liveBatch = batchAnswer
  .pick({
    id: true,
    status: true,
    total_calls_scheduled: true,
    total_calls_dispatched: true,
    total_calls_finished: true,
    recipients_called: true,
    recipients_answered: true,
    retry_count: true,
    target_concurrency_limit: true,
    last_updated_at: true,
  })
  .extend({ circuit_breaker: z.enum(CIRCUIT_STATES).optional().describe("If the batch has one.") });

const liveRecipient = recipientAnswer.pick({
  id: true,
  status: true,
  agent_call_id: true,
  end_reason: true,
  answered_by: true,
  error_message: true,
});

const count = z.int();

const byStatus = z.object({
  queued: count,
  dispatched: count,
  started: count,
  completed: count,
  failed: count,
  cancelled: count,
} satisfies Record<RecipientStatus, z.ZodType>);

export const liveMessage = z.object({
  type: z
    .enum(["snapshot", "changes"])
    .describe("snapshot: the first message. changes: what is new since the previous one."),
  at: timestamp,
  batch: liveBatch,
  recipients_by_status: byStatus,
  in_flight: z.int().describe("Calls in flight."),
  slots: z.int().nullable().describe("The organization's grant; null while the batch waits for slots, or needs none."),
  recipients: z.array(liveRecipient).optional().describe("In changes: the recipients that changed."),
  reload: z.literal(true).optional().describe("Too many changes to list: read the batch again."),
});

export type LiveMessageAnswer = z.output<typeof liveMessage>;
