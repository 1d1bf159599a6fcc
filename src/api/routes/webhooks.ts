/** `/agents/webhooks`: create, list, get, change, delete, test; and their deliveries. */

import { WEBHOOK_EVENTS } from "../../calling/messages/webhook.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import { notFound, wrongState } from "../../calling/requests/failure.ts";
import { publicUrlProblem, WEB } from "../../calling/requests/public-url.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import type { WebhookView } from "../../organization/rpc.ts";
import { bodyOf, given } from "../body.ts";
import { type ApiContext, organizationOf, pathPart, settingsFor } from "../context.ts";
import { type ApiError, fail, respondWith, validationError } from "../envelope.ts";
import { presentPage } from "../present.ts";
import { presentDelivery, presentWebhook } from "../present-webhook.ts";
import { pageRequestOf, queryOf } from "../query.ts";
import { listQuery } from "../schemas/queries.ts";
import { changeWebhookBody, createWebhookBody } from "../schemas/webhook.ts";

/** Null where deliveries may be sent there. */
function urlProblem(c: ApiContext, url: string | undefined): ApiError | null {
  if (url === undefined) return null;
  const message = publicUrlProblem(url, WEB, settingsFor(c).reach);
  return message === null ? null : validationError([{ path: "url", message }]);
}

export async function createWebhook(c: ApiContext): Promise<Response> {
  const body = await bodyOf(c, createWebhookBody);
  if (!body.ok) return respondWith(c, body.failure);
  const { display_name, url, secret, events } = body.value;
  const problem = urlProblem(c, url);
  if (problem !== null) return respondWith(c, problem);
  const order = { display_name, url, secret: secret ?? null, events: events ?? [...WEBHOOK_EVENTS] };
  const webhook = await organizationOf(c).createWebhook(order);
  return webhook.ok ? c.json(presentWebhook(webhook.value), 201) : fail(c, webhook.failure);
}

export async function listWebhooks(c: ApiContext): Promise<Response> {
  const query = queryOf(c, listQuery);
  if (!query.ok) return respondWith(c, query.failure);
  const page = await organizationOf(c).listWebhooks(pageRequestOf(query.value));
  return page.ok ? c.json(presentPage(page.value, presentWebhook)) : fail(c, page.failure);
}

export async function getWebhook(c: ApiContext): Promise<Response> {
  const webhook = await organizationOf(c).getWebhook(pathPart(c, "webhook_id"));
  return webhook.ok ? c.json(presentWebhook(webhook.value)) : fail(c, webhook.failure);
}

export async function changeWebhook(c: ApiContext): Promise<Response> {
  const body = await bodyOf(c, changeWebhookBody);
  if (!body.ok) return respondWith(c, body.failure);
  const problem = urlProblem(c, body.value.url);
  if (problem !== null) return respondWith(c, problem);
  const webhook = await organizationOf(c).changeWebhook(pathPart(c, "webhook_id"), given(body.value));
  return webhook.ok ? c.json(presentWebhook(webhook.value)) : fail(c, webhook.failure);
}

export async function deleteWebhook(c: ApiContext): Promise<Response> {
  const deleted = await organizationOf(c).deleteWebhook(pathPart(c, "webhook_id"));
  return deleted.ok ? c.body(null, 204) : fail(c, deleted.failure);
}

const DISABLED = wrongState("webhook_disabled", 'the webhook is disabled; enable it with PATCH {"enabled": true}');

/** The object of a webhook that is the caller's: only the organization knows whose it is. */
async function objectOf(c: ApiContext) {
  const webhook: Result<WebhookView, Failure> = await organizationOf(c).getWebhook(pathPart(c, "webhook_id"));
  if (!webhook.ok) return err(notFound("webhook"));
  const { id, disabledReason } = webhook.value;
  return ok({ id, isDisabled: disabledReason !== null, object: c.env.WEBHOOKS.getByName(id) });
}

export async function testWebhook(c: ApiContext): Promise<Response> {
  const webhook = await objectOf(c);
  if (!webhook.ok) return fail(c, webhook.failure);
  const { id, isDisabled, object } = webhook.value;
  if (isDisabled) return fail(c, DISABLED);
  const delivery = await object.sendTest({ webhookId: id, organizationId: c.get("organizationId") });
  return c.json(presentDelivery(delivery), 202);
}

export async function listDeliveries(c: ApiContext): Promise<Response> {
  const query = queryOf(c, listQuery);
  if (!query.ok) return respondWith(c, query.failure);
  const webhook = await objectOf(c);
  if (!webhook.ok) return fail(c, webhook.failure);
  const page = await webhook.value.object.deliveries(pageRequestOf(query.value));
  return page.ok ? c.json(presentPage(page.value, presentDelivery)) : fail(c, page.failure);
}

export async function redeliver(c: ApiContext): Promise<Response> {
  const webhook = await objectOf(c);
  if (!webhook.ok) return fail(c, webhook.failure);
  const { isDisabled, object } = webhook.value;
  if (isDisabled) return fail(c, DISABLED);
  const delivery = await object.redeliver(pathPart(c, "delivery_id"));
  return delivery.ok ? c.json(presentDelivery(delivery.value), 202) : fail(c, delivery.failure);
}
