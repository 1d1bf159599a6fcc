/**
 * Sends webhooks' HTTP requests, and consumes the queue: each message names a delivery to try now. The webhook's object
 * says what is sent where, and whether it still is. It gets the outcome, and repeats deliveries without one
 * (`webhooks/object.ts`).
 *
 * A message is acknowledged at once, and its delivery continues in the background. So a receiver that hangs delays no
 * other message. The platform allows that for 30 s (Workers, `waitUntil`; the flag
 * `queue_consumer_no_wait_for_wait_until`).
 *
 * The queue and its consumer are in no jurisdiction. So a message has only ids, and an object in the jurisdiction sends
 * what must stay there.
 */

import { saidAtMost } from "../../calling/requests/said.ts";
import { jurisdictionOf } from "../../calling/words/jurisdiction.ts";
import type { Bindings } from "../../env.ts";
import { defaultJurisdiction } from "../../jurisdiction.ts";
import { writeLog } from "../../log.ts";
import { answerOf } from "../../peer.ts";
import { WebhookObject } from "../../webhooks/object.ts";
import type { AttemptOutcome, DeliveryMessage, DeliveryOrder, WebhookRpc } from "../../webhooks/rpc.ts";
import { abortedAfter } from "../../within.ts";
import { presentEvent } from "../answers/calls/webhook.ts";
import { signedHeaders } from "./signature.ts";

/** How long a receiver may take. */
const ANSWER_WITHIN_MS = 10_000;
/** The receiver, and the webhook's object before and after. */
const CARRIED_WITHIN_MS = 30_000;

export function takeDeliveries(batch: MessageBatch<DeliveryMessage>, env: Bindings, ctx: ExecutionContext): void {
  for (const { body } of batch.messages) {
    ctx.waitUntil(
      attempted(env, body).catch((error) =>
        writeLog({ level: "warn", event: "delivery_unsettled", webhook: body.webhookId, error: String(error) }),
      ),
    );
  }
}

/** Objects that carry for one webhook. Each may wait for 6 receivers at once (Workers, Limits). */
const CARRIERS = 8;

function attempted(env: Bindings, message: DeliveryMessage): Promise<void> {
  const { webhookId, deliveryId } = message;
  if ((jurisdictionOf(webhookId) ?? defaultJurisdiction(env)) === null) return deliver(env, message);
  const number = deliveryId.charCodeAt(deliveryId.length - 1) % CARRIERS;
  return answerOf(env.WEBHOOKS.getByName(`${webhookId}/${number}`).carry(message), CARRIED_WITHIN_MS);
}

async function deliver(env: Bindings, { webhookId, deliveryId, attempt }: DeliveryMessage): Promise<void> {
  const order = await answerOf(env.WEBHOOKS.getByName(webhookId).begin(deliveryId, attempt));
  if (order === null) return;
  const outcome = await post(order);
  // A new stub: the object may have moved while the receiver was slow.
  await answerOf(env.WEBHOOKS.getByName(webhookId).settle(deliveryId, attempt, outcome));
}

/** A webhook's object, with the HTTP client for its own deliveries and for those it carries. */
export class DeliveringWebhook extends WebhookObject implements WebhookRpc {
  protected override readonly post = post;

  carry(message: DeliveryMessage): Promise<void> {
    return deliver(this.env, message);
  }
}

async function post(order: DeliveryOrder): Promise<AttemptOutcome> {
  const { url, secrets, event } = order;
  const body = JSON.stringify(presentEvent(event, order));
  return abortedAfter(ANSWER_WITHIN_MS, async (signal) => {
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "user-agent": "callbatch-webhooks",
          ...signedHeaders(secrets, event.id, Date.now(), body),
        },
        body,
        // A redirect could lead to where a webhook's URL may not.
        redirect: "manual",
        signal,
      });
      // The body is not read: the status is the answer.
      await response.body?.cancel();
      return { kind: "answered", status: response.status, retryAfterMs: retryAfterOf(response.headers) };
    } catch (error) {
      const message = signal.aborted
        ? `no answer within ${ANSWER_WITHIN_MS / 1_000} seconds`
        : saidAtMost(`no answer: ${String(error)}`);
      return { kind: "unanswered", message };
    }
  });
}

/** In seconds; a date is ignored, so our own intervals apply. */
function retryAfterOf(headers: Headers): number | null {
  const value = headers.get("retry-after");
  return value !== null && /^\d{1,6}$/.test(value) ? Number(value) * 1_000 : null;
}
