/** Webhook events in OpenAPI's "webhooks": each is a request of ours to the organization's server. */

import { BATCH_EVENTS, CALL_EVENTS } from "../../calling/messages/webhook.ts";
import { batchEventBody, callEventBody, testEventBody } from "../answers/calls/webhook.ts";
import { type Content, content } from "../operation.ts";
import { referenceTo } from "./json-schemas.ts";
import * as samples from "./samples/webhooks.ts";

const CALL_EVENT = content("CallEvent", callEventBody, samples.callEvent);
const BATCH_EVENT = content("BatchEvent", batchEventBody, samples.batchEvent);
const TEST_EVENT = content("TestEvent", testEventBody, samples.testEvent);
export const EVENT_BODIES: readonly Content[] = [CALL_EVENT, BATCH_EVENT, TEST_EVENT];

const SUMMARIES = {
  call_started: "A call was answered",
  call_completed: "A call was connected and ended normally",
  call_failed: "A call could not be placed, was not answered, or failed",
  call_updated: "Something was said about a call: outcome, notes, tags or links (`changeCall`)",
  batch_admitted: "A batch got its slots, and dialing begins",
  batch_completed:
    "All recipients of a batch are finished, and none was cancelled; sent again after a retry or an append",
  batch_cancelled: "A batch was cancelled",
  batch_circuit_opened: "A batch stopped dialing because its carrier fails (`circuit_breaker`)",
  batch_circuit_closed: "It dials again: a trial call worked, or a human resumed it",
  test: "A test that a client requested",
} as const;
type EventType = keyof typeof SUMMARIES;

const header = (name: string, description: string) => ({
  name,
  in: "header",
  required: true,
  description,
  schema: { type: "string" },
});
const HEADERS = [
  header("webhook-id", "The event's id. It never changes, however often the event is sent: ignore known ids."),
  header("webhook-timestamp", "The time of this attempt, in Unix seconds. Refuse requests older than five minutes."),
  header(
    "webhook-signature",
    "`v1,` and base64 of the HMAC-SHA256 of `{id}.{timestamp}.{body}`; several are separated by spaces.",
  ),
  header("X-Webhook-Secret", "The webhook's secret itself."),
];

const described = (type: EventType, body: Content) => ({
  post: {
    operationId: `on_${type}`,
    tags: ["Webhooks"],
    summary: SUMMARIES[type],
    security: [],
    parameters: HEADERS,
    requestBody: {
      required: true,
      content: { "application/json": { schema: referenceTo(body), example: { ...Object(body.example), type } } },
    },
    responses: {
      "2XX": { description: "Received. Any other status is retried, as the guide on webhooks says." },
      "410": { description: "No more events wanted: the webhook is disabled." },
    },
  },
});

export const describeEvents = () =>
  Object.fromEntries([
    ...CALL_EVENTS.map((type) => [type, described(type, CALL_EVENT)]),
    ...BATCH_EVENTS.map((type) => [type, described(type, BATCH_EVENT)]),
    ["test", described("test", TEST_EVENT)],
  ]);
