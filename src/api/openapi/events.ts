/** Webhook events in OpenAPI's "webhooks": each is a request of ours to the organization's server. */

import { BATCH_EVENTS, CALL_EVENTS } from "../../calling/messages/webhook.ts";
import { type Content, content } from "../operation.ts";
import { batchEventBody, callEventBody, testEventBody } from "../schemas/webhook-answers.ts";
import { referenceTo } from "./json-schemas.ts";
import * as samples from "./samples.ts";

const CALL_EVENT = content("CallEvent", callEventBody, samples.callEvent);
const BATCH_EVENT = content("BatchEvent", batchEventBody, samples.batchEvent);
const TEST_EVENT = content("TestEvent", testEventBody, samples.testEvent);
export const EVENT_BODIES: readonly Content[] = [CALL_EVENT, BATCH_EVENT, TEST_EVENT];

const SUMMARIES = {
  call_started: "A call was answered",
  call_completed: "A call was connected and ended well",
  call_failed: "A call could not be placed, was not answered, or failed",
  batch_admitted: "A batch got its concurrency, and dialing begins",
  batch_completed: "Everybody in a batch is over, and nobody was cancelled; again after a retry or an append",
  batch_cancelled: "A batch was cancelled",
  batch_circuit_opened: "A batch dials nobody because its carrier fails (`circuit_breaker`)",
  batch_circuit_closed: "It dials again: a trial call worked, or a human said so",
  test: "Somebody asked for a test",
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
  header("webhook-id", "The event's id, the same however often it is sent: drop what was seen before."),
  header("webhook-timestamp", "Of this attempt, in Unix seconds. Refuse what is older than five minutes."),
  header(
    "webhook-signature",
    "`v1,` and base64 of the HMAC-SHA256 of `{id}.{timestamp}.{body}`; several, with spaces between.",
  ),
  header("X-Webhook-Secret", "The webhook's secret as it is."),
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
      "2XX": { description: "Received. Anything else is tried again for a day." },
      "410": { description: "Not wanted any more: the webhook is disabled." },
    },
  },
});

export const describeEvents = () =>
  Object.fromEntries([
    ...CALL_EVENTS.map((type) => [type, described(type, CALL_EVENT)]),
    ...BATCH_EVENTS.map((type) => [type, described(type, BATCH_EVENT)]),
    ["test", described("test", TEST_EVENT)],
  ]);
