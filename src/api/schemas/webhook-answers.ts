/** Webhooks and their deliveries in answers. `api/answers/webhook.ts` makes them. */

import { z } from "zod";
import { BATCH_EVENTS, CALL_EVENTS, WEBHOOK_EVENTS } from "../../calling/messages/webhook.ts";
import { DELIVERY_STATUSES } from "../../webhooks/rpc.ts";
import { batchAnswer, callAnswer } from "./batch-answers.ts";
import { time } from "./common-answers.ts";

const webhookId = z.string().meta({ examples: ["webhook_TX9N9ULdcZQd5CEgrpdpAE"] });

export const webhookAnswer = z.object({
  id: webhookId,
  display_name: z.string(),
  url: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  enabled: z.boolean(),
  disabled_reason: z.string().optional().describe("Why no events are sent to it."),
  secret: z.string().optional().describe("Only in the answer that creates the webhook or generates the secret."),
  created_at: time,
  updated_at: time,
});
export type WebhookAnswer = z.output<typeof webhookAnswer>;

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
  created_at: time.describe("When it happened."),
  last_attempt_at: time.optional(),
  next_attempt_at: time.optional(),
  response_status: z.int().optional().describe("Of the last attempt, if it was answered."),
  error_message: z.string().optional().describe("Why the last attempt did not count as received."),
  batch_id: z.string().optional(),
  call_id: z.string().optional(),
});
export type DeliveryAnswer = z.output<typeof deliveryAnswer>;

const common = {
  request_id: z.string().describe("The event's id, the same in every delivery of it, and the header `webhook-id`."),
  webhook_id: webhookId,
  organization_id: z.string(),
  timestamp: time.describe("When it happened."),
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
  batch: batchAnswer.describe("The batch at that moment, without its recipients."),
});
export const testEventBody = z.object({ type: z.literal("test"), ...common });
export type EventBody =
  | z.output<typeof callEventBody>
  | z.output<typeof batchEventBody>
  | z.output<typeof testEventBody>;
