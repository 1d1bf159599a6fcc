/** `/agents/webhooks`. What is sent to them is described in `openapi/events.ts`. */

import { WEBHOOK_EVENTS } from "../../../calling/messages/webhook.ts";
import { pageOf } from "../../schemas/common-answers.ts";
import { listQuery } from "../../schemas/queries.ts";
import { changeWebhookBody, createWebhookBody } from "../../schemas/webhook.ts";
import { deliveryAnswer, webhookAnswer } from "../../schemas/webhook-answers.ts";
import { content, created, deleted, type Operation, ok, type Refusal } from "../operation.ts";
import * as samples from "../samples.ts";

const common = { audience: "client", tag: "Webhooks" } as const;
const PATH = "/agents/webhooks";
const ONE = `${PATH}/:webhook_id`;

const webhook = content("Webhook", webhookAnswer, samples.webhook);
const delivery = content("Delivery", deliveryAnswer, samples.delivery);
const accepted = (description: string) => ({ status: 202, description, content: delivery });
const NO_KEY: Refusal = {
  description: "The operator has set no key to encrypt secrets with.",
  code: "not_configured",
};
const DISABLED: Refusal = { description: "The webhook is disabled: enable it first.", code: "webhook_disabled" };

export const WEBHOOK_OPERATIONS: readonly Operation[] = [
  {
    ...common,
    method: "POST",
    path: PATH,
    id: "createWebhook",
    takesIdempotencyKey: true,
    summary: "Create a webhook",
    description: "Of every event from now on a delivery is made; batches at work hear of it within about a second.",
    body: content("CreateWebhook", createWebhookBody, {
      display_name: samples.webhook.display_name,
      url: samples.webhook.url,
      events: ["call_completed", "call_failed", "batch_completed"],
    }),
    answer: created("It is there.", webhook),
    refusals: {
      409: { description: "The organization has as many webhooks as it may.", code: "too_many_webhooks" },
      503: NO_KEY,
    },
  },
  {
    ...common,
    method: "GET",
    path: PATH,
    id: "listWebhooks",
    summary: "List webhooks, newest first",
    query: listQuery,
    answer: ok("A page of webhooks.", content("WebhookPage", pageOf(webhookAnswer), samples.page(samples.webhook))),
  },
  {
    ...common,
    method: "GET",
    path: ONE,
    id: "getWebhook",
    summary: "Read a webhook",
    answer: ok("As it is.", webhook),
  },
  {
    ...common,
    method: "PATCH",
    path: ONE,
    id: "changeWebhook",
    summary: "Change a webhook",
    description: "Fields that are not given stay as they are.",
    body: content("ChangeWebhook", changeWebhookBody, { events: [...WEBHOOK_EVENTS], enabled: true }),
    answer: ok("As it is now.", webhook),
    refusals: { 503: NO_KEY },
  },
  {
    ...common,
    method: "DELETE",
    path: ONE,
    id: "deleteWebhook",
    summary: "Delete a webhook, and with it its deliveries",
    answer: deleted,
  },
  {
    ...common,
    method: "POST",
    path: `${ONE}/test`,
    id: "testWebhook",
    takesIdempotencyKey: true,
    summary: "Send an event of type test, to see that it arrives",
    answer: accepted("It is on its way: the list of deliveries says how it went."),
    refusals: { 400: DISABLED },
  },
  {
    ...common,
    method: "GET",
    path: `${ONE}/deliveries`,
    id: "listDeliveries",
    summary: "List a webhook's deliveries, newest first",
    description: "All that will be tried again, and about a hundred of those that are over.",
    query: listQuery,
    answer: ok(
      "A page of deliveries.",
      content("DeliveryPage", pageOf(deliveryAnswer), samples.page(samples.delivery)),
    ),
  },
  {
    ...common,
    method: "POST",
    path: `${ONE}/deliveries/:delivery_id/redeliver`,
    id: "redeliver",
    takesIdempotencyKey: true,
    summary: "Deliver an event again",
    description: "At once, with the same `webhook-id`, and for a day again where it fails.",
    answer: accepted("It is on its way."),
    refusals: { 400: DISABLED },
  },
];
