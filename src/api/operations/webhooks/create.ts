import { WEBHOOK_EVENTS } from "../../../calling/messages/webhook.ts";
import { err } from "../../../calling/requests/result.ts";
import { actOf, organizationOf } from "../../context.ts";
import * as samples from "../../openapi/samples/webhooks.ts";
import { content, ok, operation, refusal } from "../../operation.ts";
import { createWebhookBody } from "../../requests/webhook.ts";
import { NO_KEY, urlProblem, WEBHOOK, WEBHOOKS } from "./webhook.ts";

export const createWebhook = operation({
  ...WEBHOOKS,
  method: "POST",
  id: "createWebhook",
  summary: "Create a webhook",
  description: "Every later event is delivered to it; running batches hear of it within about a second.",
  repeats: { hasSecret: true },
  body: content("CreateWebhook", createWebhookBody, {
    display_name: samples.webhook.display_name,
    url: samples.webhook.url,
    events: ["call_completed", "call_failed", "batch_completed"],
  }),
  // As published: 200, not 201.
  answer: ok("The new webhook.", WEBHOOK),
  refusals: {
    409: refusal("too_many_webhooks", "The organization has the most webhooks allowed."),
    503: NO_KEY,
  },
  handle: async (c, { body: { display_name, url, secret, events } }) => {
    const problem = urlProblem(c, url);
    if (problem !== null) return err(problem);
    const order = {
      display_name: display_name ?? new URL(url).host,
      url,
      secret: secret ?? null,
      events: events ?? [...WEBHOOK_EVENTS],
    };
    return organizationOf(c).createWebhook(order, actOf(c));
  },
});
