/** The document's examples of webhooks, their deliveries and events. */

import type { DeliveryAnswer, WebhookAnswer } from "../../answers/calls/webhook.ts";
import { batch, call } from "./calls.ts";
import { BATCH_ID, CALL_ID, times } from "./common.ts";
import { agent, organization } from "./organization.ts";

export const webhook: WebhookAnswer = {
  id: "webhook_TX9N9ULdcZQd5CEgrpdpAE",
  display_name: "Our CRM",
  url: "https://example.com/callbatch",
  events: ["call_completed", "call_failed", "batch_completed"],
  enabled: true,
  ...times,
};

const EVENT_ID = "evt_1C4PzUn5L8qEvgZ2Zb5Vt7";

export const delivery: DeliveryAnswer = {
  id: EVENT_ID,
  type: "call_completed",
  status: "pending",
  attempts: 1,
  created_at: "2026-11-24T02:42:16.044Z",
  last_attempt_at: "2026-11-24T02:42:16.101Z",
  next_attempt_at: "2026-11-24T02:42:21.410Z",
  response_status: 503,
  error_message: "answered 503: only 2xx counts as received",
  batch_id: BATCH_ID,
  call_id: CALL_ID,
};

const event = {
  request_id: EVENT_ID,
  webhook_id: webhook.id,
  organization_id: organization.id,
  timestamp: "2026-11-24T02:42:16.044Z",
};

const happenedIn = { agent_id: agent.id, batch_id: BATCH_ID };
export const callEvent = { type: "call_completed" as const, ...event, ...happenedIn, call };
export const batchEvent = { type: "batch_completed" as const, ...event, ...happenedIn, batch };
export const testEvent = { type: "test" as const, ...event };
