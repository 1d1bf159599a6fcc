/** A delivery as it begins, and as the API shows it. */

import type { WebhookEvent } from "../calling/messages/webhook.ts";
import type { Delivery } from "./packs.ts";
import type { DeliveryView } from "./rpc.ts";

/** `refused`: why it is never tried; null: it is due. */
export function deliveryOf(event: WebhookEvent, refused: string | null, now: number): Delivery {
  const { about } = event;
  return {
    id: event.id,
    type: about.type,
    status: refused === null ? "pending" : "failed",
    attempts: 0,
    tries: 0,
    ordered_at: now,
    created_at: event.at,
    due_at: refused === null ? now : null,
    attempted_at: null,
    response_status: null,
    error_message: refused,
    batch_id: about.type === "test" ? null : about.batchId,
    call_id: "call" in about ? about.call.id : null,
  };
}

export const deliveryView = (one: Delivery): DeliveryView => ({
  id: one.id,
  type: one.type,
  status: one.status,
  attempts: one.attempts,
  createdAt: one.created_at,
  attemptedAt: one.attempted_at,
  nextAttemptAt: one.due_at,
  responseStatus: one.response_status,
  errorMessage: one.error_message,
  batchId: one.batch_id,
  callId: one.call_id,
});
