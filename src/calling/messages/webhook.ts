/**
 * Events for organizations' webhooks: types shared by batches, organizations, webhooks' objects and the API. Plain
 * data, times in epoch milliseconds; `api/answers/calls/webhook.ts` turns them into what is sent.
 */

import type { BatchSummary, CallView } from "./batch-view.ts";

export const CALL_EVENTS = ["call_started", "call_completed", "call_failed", "call_updated"] as const;
export const BATCH_EVENTS = [
  "batch_admitted",
  "batch_completed",
  "batch_cancelled",
  "batch_circuit_opened",
  "batch_circuit_closed",
] as const;
export const WEBHOOK_EVENTS = [...CALL_EVENTS, ...BATCH_EVENTS] as const;

export type CallEventType = (typeof CALL_EVENTS)[number];
export type BatchEventType = (typeof BATCH_EVENTS)[number];
export type WebhookEventType = CallEventType | BatchEventType;

/** Where a batch's events go: an enabled webhook of the organization. */
export type WebhookTarget = { readonly id: string; readonly events: readonly WebhookEventType[] };

/** An event. Persisted, as JSON, by the webhook's object. */
export type WebhookEvent = {
  /** For the receiver to recognize duplicates: it never changes, however often the event is sent. */
  readonly id: string;
  readonly at: number;
  /** The state at that moment. `test`: a client asked for it, to see that it arrives. */
  readonly about:
    | {
        readonly type: CallEventType;
        readonly agentId: string;
        readonly batchId: string | null;
        readonly call: CallView;
      }
    | {
        readonly type: BatchEventType;
        readonly agentId: string;
        readonly batchId: string;
        readonly batch: BatchSummary;
      }
    | { readonly type: "test" };
};

/** For one organization. Each event costs rows for each of them (docs/design/webhooks.md). */
export const WEBHOOKS_AT_MOST = 10;
