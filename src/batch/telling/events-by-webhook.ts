/** Events as webhooks get them. Pure. */

import type { CallView } from "../../calling/messages/batch-view.ts";
import type { WebhookEvent } from "../../calling/messages/webhook.ts";
import type { EventsToSend } from "./outbox.ts";
import type { OutboxEvent, ToldCall } from "./outbox-pages.ts";

/** For each webhook, the events that it wants. `callOf`: the call as a webhook sees it. */
export function eventsByWebhook(
  { events, targets }: EventsToSend,
  agentId: string,
  batchId: string | null,
  callOf: (call: ToldCall) => CallView,
): readonly { readonly webhookId: string; readonly events: readonly WebhookEvent[] }[] {
  const all = events.map((one) => eventOf(one, agentId, batchId, callOf));
  return targets.flatMap(({ id, events: types }) => {
    const wanted = all.filter(({ about }) => about.type !== "test" && types.includes(about.type));
    return wanted.length === 0 ? [] : [{ webhookId: id, events: wanted }];
  });
}

function eventOf(
  event: OutboxEvent,
  agentId: string,
  batchId: string | null,
  callOf: (call: ToldCall) => CallView,
): WebhookEvent {
  const { id, at } = event;
  if ("batch" in event)
    return { id, at, about: { type: event.type, agentId, batchId: event.batch.id, batch: event.batch } };
  return { id, at, about: { type: event.type, agentId, batchId, call: callOf(event.attempt) } };
}
