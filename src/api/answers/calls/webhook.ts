/** Webhooks, their deliveries, and what is delivered. */

import { z } from "zod";
import { presentBatch } from "../../../calling/answers/batch.ts";
import { known, time, timeOrNull } from "../../../calling/answers/json.ts";
import { BATCH_EVENTS, CALL_EVENTS, WEBHOOK_EVENTS, type WebhookEvent } from "../../../calling/messages/webhook.ts";
import type { WebhookView } from "../../../organization/messages/telephony.ts";
import { DELIVERY_STATUSES, type DeliveryView, type WebhookOwner } from "../../../webhooks/rpc.ts";
import { timestamp } from "../parts/common.ts";
import { batchAnswer } from "./batch.ts";
import { callAnswer, presentCall } from "./call.ts";

const webhookId = z.string().meta({ examples: ["webhook_TX9N9ULdcZQd5CEgrpdpAE"] });

export const webhookAnswer = z.object({
  id: webhookId,
  display_name: z.string(),
  url: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  enabled: z.boolean(),
  disabled_reason: z.string().optional().describe("Why no events are sent to it."),
  secret: z.string().optional().describe("Only in the answer that creates the webhook or generates the secret."),
  created_at: timestamp,
  updated_at: timestamp,
});

export type WebhookAnswer = z.output<typeof webhookAnswer>;

/** `secret`: only in the answer that creates it. */
export const presentWebhook = (webhook: WebhookView & { secret?: string | null }): WebhookAnswer => ({
  id: webhook.id,
  display_name: webhook.display_name,
  url: webhook.url,
  events: [...webhook.events],
  enabled: webhook.disabledReason === null,
  ...known({ disabled_reason: webhook.disabledReason, secret: webhook.secret ?? null }),
  created_at: time(webhook.createdAt),
  updated_at: time(webhook.updatedAt),
});

export const deliveryAnswer = z.object({
  id: z
    .string()
    .meta({ description: "The event's id: the header `webhook-id`.", examples: ["evt_1BbNPxDYaT9JGn2VZ3sLqk"] }),
  type: z.enum([...WEBHOOK_EVENTS, "test"]),
  status: z
    .enum(DELIVERY_STATUSES)
    .describe(
      "pending: it will be tried (again). delivered: answered with 2xx. failed: not tried again automatically.",
    ),
  attempts: z.int(),
  created_at: timestamp.describe("When it happened."),
  last_attempt_at: timestamp.optional(),
  next_attempt_at: timestamp.optional(),
  response_status: z.int().optional().describe("Of the last attempt, if it was answered."),
  error_message: z.string().optional().describe("Why the last attempt did not count as received."),
  batch_id: z.string().optional(),
  call_id: z.string().optional(),
});

export type DeliveryAnswer = z.output<typeof deliveryAnswer>;

export const presentDelivery = (delivery: DeliveryView): DeliveryAnswer => ({
  id: delivery.id,
  type: delivery.type,
  status: delivery.status,
  attempts: delivery.attempts,
  created_at: time(delivery.createdAt),
  ...known({
    last_attempt_at: timeOrNull(delivery.attemptedAt),
    next_attempt_at: timeOrNull(delivery.nextAttemptAt),
    response_status: delivery.responseStatus,
    error_message: delivery.errorMessage,
    batch_id: delivery.batchId,
    call_id: delivery.callId,
  }),
});

const common = {
  request_id: z.string().describe("The event's id, the same in every delivery of it, and the header `webhook-id`."),
  webhook_id: webhookId,
  organization_id: z.string(),
  timestamp: timestamp.describe("When it happened."),
};

export const callEventBody = z.object({
  type: z.enum(CALL_EVENTS),
  ...common,
  agent_id: z.string(),
  batch_id: z.string().optional().describe("Absent for a direct call."),
  call: callAnswer.describe("The call as Get Call answered at that moment."),
});

export const batchEventBody = z.object({
  type: z.enum(BATCH_EVENTS),
  ...common,
  agent_id: z.string(),
  batch_id: z.string(),
  batch: batchAnswer
    .omit({ cancelled_by: true })
    .describe("The batch at that moment, without its recipients, and without who cancelled it."),
});

export const testEventBody = z.object({ type: z.literal("test"), ...common });

export type EventBody =
  | z.output<typeof callEventBody>
  | z.output<typeof batchEventBody>
  | z.output<typeof testEventBody>;

/**
 * The body of a delivery: the published API's fields, and the batch's id. `call` and `batch` are as the API answers
 * them. But a receiver may be another company's, so it is not told which member did something.
 */
export function presentEvent({ id, at, about }: WebhookEvent, { webhookId, organizationId }: WebhookOwner): EventBody {
  const common = { request_id: id, webhook_id: webhookId, organization_id: organizationId, timestamp: time(at) };
  if (about.type === "test") return { type: "test", ...common };
  const { agentId: agent_id } = about;
  if ("call" in about)
    return {
      type: about.type,
      ...common,
      agent_id,
      ...known({ batch_id: about.batchId }),
      call: presentCall(about.call),
    };
  const { cancelled_by: _, ...batch } = presentBatch(about.batch);
  return { type: about.type, ...common, agent_id, batch_id: about.batchId, batch };
}
