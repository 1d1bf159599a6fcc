/** Shared by the operations on webhooks. `openapi/events.ts` describes what is sent to them. */

import { type Failure, notFound, wrongState } from "../../../calling/requests/failure.ts";
import { publicUrlProblem, WEB } from "../../../calling/requests/public-url.ts";
import { err, ok, type Result } from "../../../calling/requests/result.ts";
import type { WebhookView } from "../../../organization/messages/telephony.ts";
import type { WebhookObject } from "../../../webhooks/object.ts";
import { deliveryAnswer, presentDelivery, presentWebhook, webhookAnswer } from "../../answers/calls/webhook.ts";
import { type ApiContext, organizationOf, pathPart, settingsFor } from "../../context.ts";
import { type ApiError, validationError } from "../../envelope.ts";
import * as samples from "../../openapi/samples/webhooks.ts";
import { answered, refusal, view } from "../../operation.ts";

export const WEBHOOKS = { audience: "client", role: "admin", tag: "Webhooks", path: "/agents/webhooks" } as const;
export const ONE_WEBHOOK = { ...WEBHOOKS, path: "/agents/webhooks/:webhook_id" } as const;
export const WEBHOOK = view("Webhook", webhookAnswer, samples.webhook, presentWebhook);
export const DELIVERY = view("Delivery", deliveryAnswer, samples.delivery, presentDelivery);
export const accepted = (description: string) => answered(202, description, DELIVERY);
export const NO_KEY = refusal("not_configured", "The operator has set no key to encrypt secrets with.");
export const DISABLED = refusal("webhook_disabled", "The webhook is disabled: enable it first.");

/** Null if deliveries may be sent there. */
export function urlProblem(c: ApiContext, url: string | undefined): ApiError | null {
  if (url === undefined) return null;
  const message = publicUrlProblem(url, WEB, settingsFor(c).reach);
  return message === null ? null : validationError([{ path: "url", message }]);
}

type Found = { readonly webhook: WebhookView; readonly object: DurableObjectStub<WebhookObject> };

/** The client's webhook and its object. Only the organization knows which webhooks are its own. */
export async function find(c: ApiContext): Promise<Result<Found, Failure>> {
  const webhook: Result<WebhookView, Failure> = await organizationOf(c).getWebhook(pathPart(c, "webhook_id"));
  if (!webhook.ok) return err(notFound("webhook"));
  return ok({ webhook: webhook.value, object: c.env.WEBHOOKS.getByName(webhook.value.id) });
}

/** The same, for a webhook that is enabled. */
export async function findEnabled(c: ApiContext): Promise<Result<Found, Failure>> {
  const found = await find(c);
  return found.ok && found.value.webhook.disabledReason !== null
    ? err(wrongState("webhook_disabled", 'the webhook is disabled; enable it with PATCH {"enabled": true}'))
    : found;
}
