/**
 * What others may ask of a webhook's object. Callers: batches (`take`), the API behind the organization's word that the
 * webhook is the caller's, the consumer of the queue (`begin`, `settle`), and the organization (`endpointChanged`).
 * Everything here crosses RPC, so it is plain data.
 */

import type { WebhookEvent } from "../calling/messages/webhook.ts";
import type { Failure } from "../calling/requests/failure.ts";
import type { Page, PageRequest } from "../calling/requests/page.ts";
import type { Result } from "../calling/requests/result.ts";

export type WebhookOwner = { readonly webhookId: string; readonly organizationId: string };

/** `pending`: it was not tried yet, or will be again. `failed`: it is not tried again by itself. */
export const DELIVERY_STATUSES = ["pending", "delivered", "failed"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export type DeliveryView = {
  readonly id: string;
  readonly type: WebhookEvent["about"]["type"];
  readonly status: DeliveryStatus;
  /** How often it was tried in all. */
  readonly attempts: number;
  readonly createdAt: number;
  readonly attemptedAt: number | null;
  readonly nextAttemptAt: number | null;
  /** Of the last attempt; null where nobody answered. */
  readonly responseStatus: number | null;
  readonly errorMessage: string | null;
  readonly batchId: string | null;
  readonly callId: string | null;
};

/** In the queue: try this delivery now. It carries nothing that could be out of date. */
export type DeliveryMessage = { readonly webhookId: string; readonly deliveryId: string; readonly attempt: number };

/** What is sent where. */
export type DeliveryOrder = WebhookOwner & {
  readonly url: string;
  /** Each of them signs. */
  readonly secrets: readonly string[];
  readonly event: WebhookEvent;
};

export type AttemptOutcome =
  | { readonly kind: "answered"; readonly status: number; readonly retryAfterMs: number | null }
  | { readonly kind: "unanswered"; readonly message: string };

export interface WebhookRpc {
  /** Stores a delivery for each event; one that is known already changes nothing. */
  take(owner: WebhookOwner, events: readonly WebhookEvent[]): Promise<void>;
  /** An event that means nothing, to see whether it arrives. */
  sendTest(owner: WebhookOwner): Promise<DeliveryView>;
  deliveries(request: PageRequest): Promise<Result<Page<DeliveryView>, Failure>>;
  /** Tries at once, and again as if it were new. One that is pending is only tried sooner. */
  redeliver(deliveryId: string): Promise<Result<DeliveryView, Failure>>;
  /** Null where the message is out of date: there is nothing to do. */
  begin(deliveryId: string, attempt: number): Promise<DeliveryOrder | null>;
  settle(deliveryId: string, attempt: number, outcome: AttemptOutcome): Promise<void>;
  /** The organization's word on URL, secrets or existence has changed. */
  endpointChanged(): Promise<void>;
}
