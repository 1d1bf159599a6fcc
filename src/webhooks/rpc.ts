/**
 * The RPC interface of a webhook's object; everything here is plain data. Callers: batches (`take`), the consumer of
 * the queue (`begin`, `settle`), and the organization (`endpointChanged`). The API calls it after the organization has
 * confirmed that the webhook is the client's.
 */

import type { WebhookEvent } from "../calling/messages/webhook.ts";
import type { Failure } from "../calling/requests/failure.ts";
import type { Page, PageRequest } from "../calling/requests/page.ts";
import type { Result } from "../calling/requests/result.ts";

export type WebhookOwner = { readonly webhookId: string; readonly organizationId: string };

/** `pending`: not tried yet, or to be tried again. `failed`: not tried again unless requested. */
export const DELIVERY_STATUSES = ["pending", "delivered", "failed"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export type DeliveryView = {
  readonly id: string;
  readonly type: WebhookEvent["about"]["type"];
  readonly status: DeliveryStatus;
  /** Attempts in all. */
  readonly attempts: number;
  readonly createdAt: number;
  readonly attemptedAt: number | null;
  readonly nextAttemptAt: number | null;
  /** Of the last attempt; null if the server did not answer. */
  readonly responseStatus: number | null;
  readonly errorMessage: string | null;
  readonly batchId: string | null;
  readonly callId: string | null;
};

/** A queue message: try this delivery now. It has no content that could be out of date. */
export type DeliveryMessage = { readonly webhookId: string; readonly deliveryId: string; readonly attempt: number };

/** What to send, and where. */
export type DeliveryOrder = WebhookOwner & {
  readonly url: string;
  /** The request has a signature with each. */
  readonly secrets: readonly string[];
  readonly event: WebhookEvent;
};

export type AttemptOutcome =
  | { readonly kind: "answered"; readonly status: number; readonly retryAfterMs: number | null }
  | { readonly kind: "unanswered"; readonly message: string };

export interface WebhookRpc {
  /** Stores a delivery for each event; a known event changes nothing. */
  take(owner: WebhookOwner, events: readonly WebhookEvent[]): Promise<void>;
  /** Sends an event without meaning, to test the delivery. */
  sendTest(owner: WebhookOwner): Promise<DeliveryView>;
  deliveries(request: PageRequest): Promise<Result<Page<DeliveryView>, Failure>>;
  /** Tries at once, with a new series of retries. A pending delivery is only tried earlier. */
  redeliver(deliveryId: string): Promise<Result<DeliveryView, Failure>>;
  /** Null if the message is out of date. */
  begin(deliveryId: string, attempt: number): Promise<DeliveryOrder | null>;
  settle(deliveryId: string, attempt: number, outcome: AttemptOutcome): Promise<void>;
  /**
   * Makes this attempt for the webhook, in another object without rows. So an event leaves the jurisdiction only to its
   * receiver, and the webhook's own connections stay free.
   */
  carry(message: DeliveryMessage): Promise<void>;
  /** Erases the deliveries of these calls. Waiting ones are not tried again. */
  eraseCalls(callIds: readonly string[]): Promise<void>;
  /** Deletes finished deliveries that were ordered by then; epoch ms. */
  forgetUntil(at: number): Promise<void>;
  /** The webhook was deleted: deletes all that is stored here. The organization repeats it until it is answered. */
  remove(): Promise<void>;
  /** The URL or the secrets of the webhook have changed, or it was disabled. */
  endpointChanged(): Promise<void>;
}
