/** Webhooks, their deliveries, and what is delivered, as JSON. */

import { known, time, timeOrNull } from "../../calling/answers/json.ts";
import type { WebhookEvent } from "../../calling/messages/webhook.ts";
import type { WebhookView } from "../../organization/rpc.ts";
import type { DeliveryView, WebhookOwner } from "../../webhooks/rpc.ts";
import type { DeliveryAnswer, EventBody, WebhookAnswer } from "../schemas/webhook-answers.ts";
import { presentBatch, presentCall } from "./batch.ts";

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

/**
 * The body of a delivery: the published API's fields, and the batch's id. `call` and `batch` are as the API answers
 * them.
 */
export function presentEvent({ id, at, about }: WebhookEvent, { webhookId, organizationId }: WebhookOwner): EventBody {
  const common = { request_id: id, webhook_id: webhookId, organization_id: organizationId, timestamp: time(at) };
  if (about.type === "test") return { type: "test", ...common };
  const { agentId: agent_id } = about;
  return "call" in about
    ? { type: about.type, ...common, agent_id, ...known({ batch_id: about.batchId }), call: presentCall(about.call) }
    : { type: about.type, ...common, agent_id, batch_id: about.batchId, batch: presentBatch(about.batch) };
}
