/**
 * The answers of the API that Cartesia publishes for batch calling (versions 2026-03-01 and 2026-08-14), as JSON Schema.
 * The structure is theirs, written down from their description; `conformance.service.test.ts` holds ours against it.
 */

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: "string" };
const integer: Schema = { type: "integer" };
const flag: Schema = { type: "boolean" };
const time: Schema = { type: "string", format: "date-time" };
const url: Schema = { type: "string", format: "uri" };
const anything: Schema = { type: "object", additionalProperties: true };
const words = (...values: readonly string[]): Schema => ({ type: "string", enum: values });
const list = (items: Schema): Schema => ({ type: "array", items });
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: "null" }] });
/** New fields may come: only those that are published are held to their type. */
const object = (
  required: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema => ({
  type: "object",
  properties: { ...required, ...optional },
  required: Object.keys(required),
});

const endReason = words(
  ...["agent_hangup", "client_hangup", "api_cancelled", "max_duration", "inactivity", "client_disconnected"],
  ...["dial_busy", "dial_failed", "dial_no_answer", "error"],
);

const batchFields = {
  id: text,
  name: text,
  agent_id: text,
  from_number_id: text,
  region: words("US", "EU", "APAC"),
  target_concurrency_limit: integer,
  status: words("pending", "in_progress", "completed", "failed", "cancelled"),
  total_calls_scheduled: integer,
  total_calls_dispatched: integer,
  total_calls_finished: integer,
  retry_count: integer,
  created_at: time,
  last_updated_at: time,
};
const recipient = object(
  { id: text, to_number: text, status: text, created_at: time },
  { agent_call_id: text, end_reason: endReason, error_message: text, metadata: orNull(anything) },
);
export const batch = object(batchFields, { scheduled_at: time, admitted_at: time, recipients: list(recipient) });
export const batchPage = object({ data: list(batch), has_more: flag }, { next_page: orNull(text) });

export const call = object(
  { id: text, agent_id: text, status: words("created", "started", "completed", "failed") },
  {
    agent_name: text,
    start_time: orNull(time),
    end_time: orNull(time),
    redacted_at: orNull(time),
    transcript: orNull(list(anything)),
    telephony_params: orNull(
      object(
        {},
        {
          to: text,
          from: text,
          call_sid: text,
          direction: text,
          parameters: { type: "object", additionalProperties: text },
          headers: { type: "object", additionalProperties: text },
          connection_type: words("websocket", "phone"),
        },
      ),
    ),
    telephony_account_type: orNull(words("cartesia", "twilio", "sip_trunk")),
    summary: orNull(text),
    error_message: orNull(text),
    end_reason: endReason,
    metadata: orNull(anything),
  },
);
export const callPage = object({ data: list(call), has_more: flag }, { next_page: orNull(text) });
export const callCancelled = object({ cancelled: flag });
const directCall: Schema = {
  ...object({ number: text }, { agent_call_id: text, error: anything }),
  anyOf: [{ required: ["agent_call_id"] }, { required: ["error"] }],
};
export const directCalls = object({ calls: list(directCall) });

const encryption = words("disabled", "allowed", "required");
const twilio = object(
  { type: words("twilio"), id: text, account_sid: text, api_key_sid: text, region: words("us1", "ie1", "au1") },
  { label: orNull(text) },
);
const trunk = object(
  { type: words("sip_trunk"), id: text },
  {
    label: orNull(text),
    inbound: object({
      allowed_addresses: list(text),
      allowed_numbers: list(text),
      auth_username: text,
      media_encryption: encryption,
    }),
    outbound: object(
      { address: text, transport: words("tcp", "tls"), media_encryption: encryption, auth_username: text },
      { destination_country: text },
    ),
  },
);
const trunkOfNumber = object({ type: words("sip_trunk"), id: text }, { label: orNull(text) });
const managed = object({ type: words("cartesia") });
export const provider: Schema = { oneOf: [twilio, trunk] };
export const providers = list(provider);
export const phoneNumber = object(
  {
    id: text,
    number: text,
    agent: orNull(object({ id: text, name: text })),
    provider: { oneOf: [twilio, managed, trunkOfNumber] },
    created_at: time,
    updated_at: time,
  },
  { label: orNull(text) },
);
export const phoneNumberPage = object({ data: list(phoneNumber), has_more: flag });

const webhookFields = { id: text, url, created_at: time, updated_at: time };
export const webhook = object(webhookFields, { display_name: orNull(text) });
export const webhookPage = object({ data: list(webhook), has_more: flag });
export const deleted = object({ id: text });
export const webhookWithSecret = object({ ...webhookFields, secret: text }, { display_name: orNull(text) });

export const refusal = object(
  { request_id: { type: "string", format: "uuid" }, message: text, title: text, error_code: orNull(text) },
  { doc_url: orNull(text) },
);
