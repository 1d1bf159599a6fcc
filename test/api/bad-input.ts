/**
 * Bad input, one named case each: what is sent, and what it is answered with. `path` is the first issue's and stands in
 * the message. Where a case says nothing about headers it carries a valid key and version.
 */

export type BadInput = {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** Sent as it is where it is text, otherwise as JSON. */
  readonly body?: unknown;
  /** Changes to the valid headers; null leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly status: number;
  readonly code: string;
  readonly issue?: string;
};

const BATCHES = "/agents/calls/batches";
const PROVIDERS = "/agents/phone-numbers/providers";
const LIST = "/agents/do-not-call";
const NUMBERS = "/agents/phone-numbers";
const WEBHOOKS = "/agents/webhooks";
const NO_WEBHOOK = `${WEBHOOKS}/webhook_no`;

const batch = {
  name: "Reminders",
  agent_id: "agent_test",
  from_number_id: "ap_test",
  recipients: [{ to_number: "+14155550123" }],
};
const provider = {
  type: "twilio",
  label: "main",
  account_sid: `AC${"0".repeat(32)}`,
  api_key_sid: `SK${"0".repeat(32)}`,
  api_key_secret: "secret",
  region: "us1",
};
const agent = { name: "Agent", connection: { type: "websocket", url: "wss://agent.example.com/audio" } };
const number = { label: "second", number: "+14155550101", provider: { id: "app_test" } };
const webhook = { display_name: "CRM", url: "https://example.com/hook" };
const organization = { name: "Other", agent_call_concurrency_limit: 5 };

const without = (object: Record<string, unknown>, field: string) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== field));

/** A create whose one field is wrong. */
const wrongBatch = (name: string, change: Record<string, unknown>, issue: string): BadInput => ({
  name: `batch: ${name}`,
  method: "POST",
  path: BATCHES,
  body: { ...batch, ...change },
  status: 400,
  code: "validation_failed",
  issue,
});
const wrongRecipient = (name: string, recipient: unknown, field: string): BadInput =>
  wrongBatch(name, { recipients: [...batch.recipients, recipient] }, `recipients[1]${field}`);
const wrong =
  (method: string, path: string, of: string) =>
  (name: string, body: unknown, issue: string): BadInput => ({
    name: `${of}: ${name}`,
    method,
    path,
    body,
    status: 400,
    code: "validation_failed",
    issue,
  });
const query = (path: string, issue: string): BadInput => ({
  name: `query: ${path}`,
  method: "GET",
  path,
  status: 400,
  code: "validation_failed",
  issue,
});
const answer = (
  name: string,
  [method, path]: readonly [string, string],
  status: number,
  code: string,
  rest: Pick<BadInput, "body" | "headers" | "issue"> = {},
): BadInput => ({ name, method, path, status, code, ...rest });

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const CALLS = "/agents/calls";
const calls = {
  agent_id: "agent_test",
  from_number_id: "ap_test",
  outbound_calls: [{ to_number: "+14155550123" }],
};
const wrongCalls = wrong("POST", CALLS, "direct calls");
const wrongAgent = wrong("POST", "/agents", "agent");
const wrongPreview = wrong("POST", `${BATCHES}/preview`, "preview");
const wrongProvider = wrong("POST", PROVIDERS, "provider");
const PRICES = `${PROVIDERS}/app_test/prices`;
const price = { destination: "US", per_minute: "0.014" };
const wrongPrices = (name: string, change: Record<string, unknown>, issue: string): BadInput =>
  wrong("POST", PRICES, "prices")(
    name,
    { valid_from: "2026-01-01", currency: "USD", rates: [price], ...change },
    issue,
  );
const wrongPrice = (name: string, change: Record<string, unknown>, field: string): BadInput =>
  wrongPrices(name, { rates: [{ ...price, ...change }] }, `rates[0].${field}`);
const wrongWebhook = wrong("POST", WEBHOOKS, "webhook");
const wrongNumber = wrong("POST", NUMBERS, "number");
const UNKNOWN_BATCH = "acb_1111111111111111111111";
const APPENDED = { to_number: "+14155550124", external_id: "one" };
const wrongAppend = wrong("POST", `${BATCHES}/${UNKNOWN_BATCH}/recipients`, "append");

export const BAD_BATCHES: readonly BadInput[] = [
  ...["name", "agent_id", "from_number_id", "recipients"].map((field) => ({
    ...wrongBatch(`without ${field}`, {}, field),
    body: without(batch, field),
  })),
  wrongBatch("on_voicemail is no order", { on_voicemail: "leave_message" }, "on_voicemail"),
  wrongBatch("name is empty", { name: "" }, "name"),
  wrongBatch("name is white space", { name: "  " }, "name"),
  wrongBatch("name is a number", { name: 5 }, "name"),
  wrongBatch("name is null", { name: null }, "name"),
  wrongBatch("name of 257 characters", { name: "x".repeat(257) }, "name"),
  wrongBatch("agent_id is a number", { agent_id: 5 }, "agent_id"),
  wrongBatch("from_number_id is an object", { from_number_id: {} }, "from_number_id"),
  wrongBatch("no recipients", { recipients: [] }, "recipients"),
  wrongBatch("recipients is an object", { recipients: {} }, "recipients"),
  wrongBatch("5,001 recipients", { recipients: Array(5_001).fill(batch.recipients[0]) }, "recipients"),
  wrongRecipient("a recipient is a string", "+14155550123", ""),
  wrongRecipient("a recipient is null", null, ""),
  wrongRecipient("no to_number", {}, ".to_number"),
  wrongRecipient("to_number is a number", { to_number: 14155550123 }, ".to_number"),
  wrongRecipient("to_number without +", { to_number: "14155550123" }, ".to_number"),
  wrongRecipient("to_number with spaces", { to_number: "+1 415 555 0123" }, ".to_number"),
  wrongRecipient("to_number with a letter", { to_number: "+1415555012x" }, ".to_number"),
  wrongRecipient("to_number too long", { to_number: "+1415555012345678" }, ".to_number"),
  wrongRecipient("to_number too short for its country", { to_number: "+1415555" }, ".to_number"),
  wrongRecipient("to_number of no country", { to_number: "+999123456789" }, ".to_number"),
  wrongRecipient("to_number begins with 0", { to_number: "+04155550123" }, ".to_number"),
  wrongRecipient("to_number with a line end", { to_number: "+14155550123\n" }, ".to_number"),
  wrongRecipient("metadata is an array", { to_number: "+14155550123", metadata: [] }, ".metadata"),
  wrongRecipient("metadata is a string", { to_number: "+14155550123", metadata: "x" }, ".metadata"),
  wrongRecipient(
    "metadata above 16 KiB",
    { to_number: "+14155550123", metadata: { x: "x".repeat(16_384) } },
    ".metadata",
  ),
  wrongRecipient(
    "metadata above 16 KiB in UTF-8",
    { to_number: "+14155550123", metadata: { x: "é".repeat(8_192) } },
    ".metadata",
  ),
  wrongBatch("concurrency 0", { target_concurrency_limit: 0 }, "target_concurrency_limit"),
  wrongBatch("concurrency is text", { target_concurrency_limit: "5" }, "target_concurrency_limit"),
  wrongBatch("concurrency is a fraction", { target_concurrency_limit: 1.5 }, "target_concurrency_limit"),
  wrongBatch("concurrency above the organization's", { target_concurrency_limit: 21 }, "target_concurrency_limit"),
  wrongBatch("priority 0", { priority: 0 }, "priority"),
  wrongBatch("priority 6", { priority: 6 }, "priority"),
  wrongBatch("priority is text", { priority: "first" }, "priority"),
  wrongBatch("ringing 4 s", { ringing_timeout_seconds: 4 }, "ringing_timeout_seconds"),
  wrongBatch("ringing 81 s", { ringing_timeout_seconds: 81 }, "ringing_timeout_seconds"),
  wrongBatch("duration 0", { max_call_duration_minutes: 0 }, "max_call_duration_minutes"),
  wrongBatch("duration 481", { max_call_duration_minutes: 481 }, "max_call_duration_minutes"),
  wrongBatch("scheduled without an offset", { scheduled_at: inDays(1).replace("Z", "") }, "scheduled_at"),
  wrongBatch("scheduled in the past", { scheduled_at: inDays(-1) }, "scheduled_at"),
  wrongBatch("scheduled in 31 days", { scheduled_at: inDays(31) }, "scheduled_at"),
  wrongBatch("scheduled on 30 February", { scheduled_at: "2027-02-30T10:00:00Z" }, "scheduled_at"),
  wrongBatch("scheduled as a number", { scheduled_at: 1_800_000_000 }, "scheduled_at"),
  wrongPreview("no recipients", without(batch, "recipients"), "recipients"),
  wrongPreview("calls of no time", { ...batch, expected_call_seconds: 0 }, "expected_call_seconds"),
  wrongPreview("calls of more than eight hours", { ...batch, expected_call_seconds: 28_801 }, "expected_call_seconds"),
  wrongPreview("an assumption in words", { ...batch, expected_call_seconds: "short" }, "expected_call_seconds"),
  wrongBatch("no calls a second", { calls_per_second: 0 }, "calls_per_second"),
  wrongBatch("1,001 calls a second", { calls_per_second: 1_001 }, "calls_per_second"),
  ...[
    ["a gap of no minutes", { min_gap_minutes: 0 }, "min_gap_minutes"],
    ["a gap of 31 days", { min_gap_minutes: 31 * 24 * 60 }, "min_gap_minutes"],
    ["no call a day", { max_attempts_per_number_per_day: 0 }, "max_attempts_per_number_per_day"],
  ].map(([name, rule, issue]) =>
    wrongBatch(
      String(name),
      { retry_policy: { max_attempts: 1, retry_on: ["dial_busy"], ...Object(rule) } },
      `retry_policy.${issue}`,
    ),
  ),
  wrongBatch("region of no kind", { region: "MOON" }, "region"),
  wrongBatch("region without a SIP trunk", { region: "EU" }, "region"),
  answer("batch: unknown agent", ["POST", BATCHES], 404, "not_found", { body: { ...batch, agent_id: "agent_no" } }),
  answer("batch: unknown number", ["POST", BATCHES], 404, "not_found", { body: { ...batch, from_number_id: "ap_no" } }),
  answer("batch: empty Idempotency-Key", ["POST", BATCHES], 400, "validation_failed", {
    body: batch,
    headers: { "idempotency-key": "" },
    issue: "Idempotency-Key",
  }),
  answer("batch: Idempotency-Key of 256 characters", ["POST", BATCHES], 400, "validation_failed", {
    body: batch,
    headers: { "idempotency-key": "k".repeat(256) },
    issue: "Idempotency-Key",
  }),
];

export const BAD_REQUESTS: readonly BadInput[] = [
  answer("no key", ["POST", BATCHES], 401, "unauthorized", { body: batch, headers: { "x-api-key": null } }),
  answer("a malformed key", ["POST", BATCHES], 401, "unauthorized", {
    body: batch,
    headers: { "x-api-key": "nonsense" },
  }),
  answer("a key of no organization", ["POST", BATCHES], 401, "unauthorized", {
    body: batch,
    headers: { "x-api-key": "sk_nobody_0123456789" },
  }),
  answer("two different keys", ["GET", BATCHES], 401, "unauthorized", {
    headers: { authorization: "Bearer sk_x_0123456789" },
  }),
  answer("no version", ["POST", BATCHES], 400, "missing_version", {
    body: batch,
    headers: { "cartesia-version": null },
  }),
  answer("a version that is no date", ["GET", BATCHES], 400, "unsupported_version", {
    headers: { "cartesia-version": "1" },
  }),
  answer("a version of 30 February", ["GET", BATCHES], 400, "unsupported_version", {
    headers: { "cartesia-version": "2026-02-30" },
  }),
  answer("a version from before", ["GET", BATCHES], 400, "unsupported_version", {
    headers: { "cartesia-version": "2026-02-28" },
  }),
  answer("not JSON", ["POST", BATCHES], 400, "invalid_json", { body: "{" }),
  answer("an empty body", ["POST", BATCHES], 400, "invalid_json", { body: "" }),
  answer("a JSON array", ["POST", BATCHES], 400, "invalid_json", { body: [] }),
  answer("JSON null", ["POST", "/agents"], 400, "invalid_json", { body: "null" }),
  answer("another content type", ["POST", BATCHES], 415, "unsupported_media_type", {
    body: batch,
    headers: { "content-type": "text/plain" },
  }),
  answer("no content type", ["POST", "/agents"], 415, "unsupported_media_type", {
    body: agent,
    headers: { "content-type": null },
  }),
  answer("a body over 6 MiB", ["POST", BATCHES], 413, "payload_too_large", {
    body: "x".repeat(6 * 1_024 * 1_024 + 1),
  }),
  answer("direct calls over 2 MiB", ["POST", "/agents/calls"], 413, "payload_too_large", {
    body: "x".repeat(2 * 1_024 * 1_024 + 1),
  }),
  answer("an agent over 256 KiB", ["POST", "/agents"], 413, "payload_too_large", {
    body: "x".repeat(256 * 1_024 + 1),
  }),
  answer("a body of millions of brackets", ["POST", BATCHES], 400, "invalid_json", { body: "[".repeat(6_000_000) }),
  answer("metadata 65 levels deep", ["POST", BATCHES], 400, "invalid_json", {
    body: `{"recipients":[{"metadata":${'{"a":'.repeat(62)}1${"}".repeat(62)}}]}`,
  }),
  answer("a body of millions of empty objects", ["POST", BATCHES], 400, "invalid_json", {
    body: `{"recipients":[${"{},".repeat(2_000_000)}{}]}`,
  }),
  answer("a body of millions of newlines", ["POST", BATCHES], 400, "invalid_json", { body: "\n".repeat(6_000_000) }),
  answer("an unknown route", ["GET", "/nowhere"], 404, "not_found"),
  answer("a deeper unknown route", ["GET", `${BATCHES}/${UNKNOWN_BATCH}/dance`], 404, "not_found"),
  answer("a wrong method", ["PUT", BATCHES], 405, "method_not_allowed"),
  answer("a wrong method on a batch", ["PUT", `${BATCHES}/${UNKNOWN_BATCH}`], 405, "method_not_allowed"),
  answer("an unknown batch", ["GET", `${BATCHES}/${UNKNOWN_BATCH}`], 404, "not_found"),
  answer("an id that is no batch's", ["GET", `${BATCHES}/nonsense`], 404, "not_found"),
  answer("cancel an unknown batch", ["POST", `${BATCHES}/${UNKNOWN_BATCH}/cancel`], 404, "not_found"),
  answer("retry an unknown batch", ["POST", `${BATCHES}/${UNKNOWN_BATCH}/retry`], 404, "not_found"),
  answer("an unknown call", ["GET", "/agents/calls/ac_1111111111111111111111"], 404, "not_found"),
  wrongCalls("on_voicemail is no order", { ...calls, on_voicemail: true }, "on_voicemail"),
  wrongCalls("no destinations", { ...calls, outbound_calls: [] }, "outbound_calls"),
  wrongCalls(
    "101 destinations",
    { ...calls, outbound_calls: Array(101).fill(calls.outbound_calls[0]) },
    "outbound_calls",
  ),
  wrongCalls("no agent_id", without(calls, "agent_id"), "agent_id"),
  wrongCalls("no from_number_id", without(calls, "from_number_id"), "from_number_id"),
  wrongCalls(
    "a number that is none",
    { ...calls, outbound_calls: [{ to_number: "5" }] },
    "outbound_calls[0].to_number",
  ),
  wrongCalls(
    "metadata is text",
    { ...calls, outbound_calls: [{ to_number: "+14155550123", metadata: "x" }] },
    "outbound_calls[0].metadata",
  ),
  wrongCalls("ringing 81 s", { ...calls, ringing_timeout_seconds: 81 }, "ringing_timeout_seconds"),
  wrongCalls("duration 0", { ...calls, max_call_duration_minutes: 0 }, "max_call_duration_minutes"),
  answer("direct calls: unknown agent", ["POST", CALLS], 404, "not_found", {
    body: { ...calls, agent_id: "agent_no" },
  }),
  answer("direct calls: unknown number", ["POST", CALLS], 404, "not_found", {
    body: { ...calls, from_number_id: "ap_no" },
  }),
  answer("direct calls: empty Idempotency-Key", ["POST", CALLS], 400, "validation_failed", {
    body: calls,
    headers: { "idempotency-key": "" },
    issue: "Idempotency-Key",
  }),
  answer("cancel an unknown call", ["POST", "/agents/calls/ac_1111111111111111111111/cancel"], 404, "not_found"),
  answer("cancel what is no call", ["POST", "/agents/calls/nonsense/cancel"], 404, "not_found"),
  answer("calls of an unknown batch", ["GET", `/agents/calls?batch_id=${UNKNOWN_BATCH}`], 404, "not_found"),
  answer("calls of an unknown agent", ["GET", "/agents/calls?agent_id=agent_no"], 404, "not_found"),
  query("/agents/calls", "batch_id"),
  query("/agents/calls?agent_id=agent_test&start_time_gte=yesterday", "start_time_gte"),
  query("/agents/calls?agent_id=agent_test&starting_after=ac_no", "starting_after"),
  query(`${BATCHES}?limit=0`, "limit"),
  query(`${BATCHES}?limit=101`, "limit"),
  query(`${BATCHES}?limit=ten`, "limit"),
  query(`${BATCHES}?starting_after=acb_no`, "starting_after"),
  query(`${BATCHES}?ending_before=acb_no`, "ending_before"),
  query(`${BATCHES}?starting_after=a&ending_before=b`, "ending_before"),
  query("/agents?limit=-1", "limit"),
  answer("recipients of an unknown batch", ["GET", `${BATCHES}/${UNKNOWN_BATCH}/recipients`], 404, "not_found"),
  answer("recipients of what is no batch", ["GET", `${BATCHES}/nonsense/recipients`], 404, "not_found"),
  query(`${BATCHES}/${UNKNOWN_BATCH}/recipients?status=lost`, "status"),
  query(`${BATCHES}/${UNKNOWN_BATCH}/recipients?status=failed&status=nope`, "status"),
  query(`${BATCHES}/${UNKNOWN_BATCH}/recipients?q=${"x".repeat(257)}`, "q"),
  query(`${BATCHES}/${UNKNOWN_BATCH}/recipients?limit=101`, "limit"),
  answer("CSV of an unknown batch", ["GET", `${BATCHES}/${UNKNOWN_BATCH}/recipients.csv`], 404, "not_found"),
  answer("CSV of what is no batch", ["GET", `${BATCHES}/nonsense/recipients.csv`], 404, "not_found"),
  query(`${BATCHES}/${UNKNOWN_BATCH}/recipients.csv?status=lost`, "status"),
  query(`${BATCHES}/${UNKNOWN_BATCH}/recipients.csv?separator=,`, "separator"),
  query(`${BATCHES}/${UNKNOWN_BATCH}/recipients.csv?bom=no`, "bom"),
  query(`${BATCHES}/${UNKNOWN_BATCH}?expand=calls`, "expand"),
  answer("a recipient of an unknown batch", ["GET", `${BATCHES}/${UNKNOWN_BATCH}/recipients/x`], 404, "not_found"),
  ...[
    ["a share of 0", { failure_share: 0 }, "failure_share"],
    ["a share above 1", { failure_share: 1.1 }, "failure_share"],
    ["no calls", { min_calls: 0 }, "min_calls"],
    ["half a minute", { window_minutes: 0.5 }, "window_minutes"],
    ["a cool-down of two days", { cool_down_minutes: 2_880 }, "cool_down_minutes"],
  ].map(([name, breaker, field]) =>
    wrong("POST", BATCHES, "circuit_breaker")(
      String(name),
      { ...batch, circuit_breaker: breaker },
      `circuit_breaker.${field}`,
    ),
  ),
  wrongAppend("nobody", { recipients: [] }, "recipients"),
  wrongAppend("no number", { recipients: [{}] }, "recipients[0].to_number"),
  wrongAppend("an empty external_id", { recipients: [{ ...APPENDED, external_id: "" }] }, "recipients[0].external_id"),
  wrongAppend("an external_id twice", { recipients: [APPENDED, APPENDED] }, "recipients[1].external_id"),
  wrongAppend("on_duplicate of another kind", { recipients: [APPENDED], on_duplicate: "merge" }, "on_duplicate"),
  query(`${BATCHES}/${UNKNOWN_BATCH}/recipients?starting_after=a&ending_before=b`, "ending_before"),
  ...[
    ["no number", {}, "number"],
    ["number and numbers", { number: "+14155550123", numbers: ["+14155550123"] }, "number"],
    ["a number that is none", { number: "4155550123" }, "number"],
    ["no numbers", { numbers: [] }, "numbers"],
    ["one wrong number", { numbers: ["+14155550123", "x"] }, "numbers[1]"],
    ["10,001 numbers", { numbers: Array(10_001).fill("+14155550123") }, "numbers"],
    ["a reason of 501 characters", { number: "+14155550123", reason: "x".repeat(501) }, "reason"],
  ].map(([name, body, issue]) => wrong("POST", LIST, "do-not-call")(String(name), body, String(issue))),
  query(`${LIST}?status=gone`, "status"),
  query(`${LIST}.csv?status=gone`, "status"),
  query(`${LIST}.csv?separator=colon`, "separator"),
  query(`${LIST}?starting_after=dnc_9`, "starting_after"),
  answer("do-not-call: a number that was never listed", ["GET", `${LIST}/+14155550123`], 404, "not_found"),
  answer("do-not-call: take off what is not listed", ["DELETE", `${LIST}/+14155550123?reason=x`], 404, "not_found"),
  answer("opt-out of an unknown call", ["POST", "/agents/calls/ac_1111111111111111111111/opt-out"], 404, "not_found"),
  wrongAgent("no name", without(agent, "name"), "name"),
  wrongAgent("no connection", without(agent, "connection"), "connection"),
  wrongAgent(
    "another connection",
    { ...agent, connection: { type: "sip", url: "wss://x.example.com" } },
    "connection.type",
  ),
  wrongAgent(
    "an http url",
    { ...agent, connection: { type: "websocket", url: "https://x.example.com" } },
    "connection.url",
  ),
  wrongAgent(
    "credentials in the url",
    { ...agent, connection: { type: "websocket", url: "wss://u:p@x.example.com" } },
    "connection.url",
  ),
  wrongAgent("an id with a slash", { ...agent, id: "agent_a/b" }, "id"),
  answer("agent: an id that is taken", ["POST", "/agents"], 409, "already_exists", {
    body: { ...agent, id: "agent_test" },
  }),
  answer("agent: change an unknown one", ["PATCH", "/agents/agent_no"], 404, "not_found", { body: { name: "x" } }),
  answer("agent: delete an unknown one", ["DELETE", "/agents/agent_no"], 404, "not_found"),
  wrongProvider("another type", { ...provider, type: "carrier_pigeon" }, "type"),
  wrongProvider("a malformed account", { ...provider, account_sid: "AC1" }, "account_sid"),
  wrongProvider("a malformed key", { ...provider, api_key_sid: "SK1" }, "api_key_sid"),
  wrongProvider("no secret", without(provider, "api_key_secret"), "api_key_secret"),
  wrongProvider("a pace that is text", { ...provider, calls_per_second: "fast" }, "calls_per_second"),
  wrongNumber("a negative pace", { ...number, calls_per_second: -1 }, "calls_per_second"),
  wrongProvider("another region", { ...provider, region: "moon1" }, "region"),
  answer("provider: delete one with numbers", ["DELETE", `${PROVIDERS}/app_test`], 409, "in_use"),
  wrongPrices("no day", { valid_from: undefined }, "valid_from"),
  wrongPrices("a day that is none", { valid_from: "2026-02-30" }, "valid_from"),
  wrongPrices("in place of no day", { replaces: "the first" }, "replaces"),
  wrongPrices("no currency", { currency: "euro" }, "currency"),
  wrongPrices("no prices", { rates: [] }, "rates"),
  wrongPrices("two prices of one destination", { rates: [price, price] }, "rates[1].destination"),
  wrongPrice("an area", { destination: "+4930" }, "destination"),
  wrongPrice("a network", { destination: "+4915" }, "destination"),
  wrongPrice("a country without numbers", { destination: "ZZ" }, "destination"),
  wrongPrice("mobile numbers that cannot be told", { destination: "US mobile" }, "destination"),
  wrongPrice("a number in place of text", { per_minute: 0.01 }, "per_minute"),
  wrongPrice("a comma", { per_minute: "0,01" }, "per_minute"),
  wrongPrice("a negative price", { per_minute: "-1" }, "per_minute"),
  wrongPrice("increments that are not counted", { increments: "30/30" }, "increments"),
  wrongPrice("a fee that is no decimal", { connection_fee: "free" }, "connection_fee"),
  answer("provider: prices of an unknown one", ["GET", `${PROVIDERS}/app_no/prices`], 404, "not_found"),
  answer("provider: a price list that is not there", ["DELETE", `${PRICES}/2026-01-01`], 404, "not_found"),
  answer("provider: a price list of no day", ["DELETE", `${PRICES}/monday`], 404, "not_found"),
  answer("provider: an unknown one", ["GET", `${PROVIDERS}/app_no`], 404, "not_found"),
  wrongWebhook("no url", without(webhook, "url"), "url"),
  wrongWebhook("no encryption", { ...webhook, url: "http://example.com" }, "url"),
  wrongWebhook("a private address", { ...webhook, url: "https://127.0.0.1/hook" }, "url"),
  wrongWebhook("a local name", { ...webhook, url: "https://crm.internal" }, "url"),
  wrongWebhook("credentials in the url", { ...webhook, url: "https://u:p@example.com" }, "url"),
  wrongWebhook("an empty secret", { ...webhook, secret: "" }, "secret"),
  wrongWebhook("a secret that no header can carry", { ...webhook, secret: "with an é" }, "secret"),
  wrongWebhook("a secret with a space at its end", { ...webhook, secret: "secret " }, "secret"),
  wrongWebhook("no events", { ...webhook, events: [] }, "events"),
  wrongWebhook("an unknown event", { ...webhook, events: ["call_dreamt"] }, "events[0]"),
  wrongWebhook("an event twice", { ...webhook, events: ["call_failed", "call_failed"] }, "events"),
  answer("webhook: an unknown one", ["GET", NO_WEBHOOK], 404, "not_found"),
  answer("webhook: change an unknown one", ["PATCH", NO_WEBHOOK], 404, "not_found", { body: { enabled: true } }),
  answer("webhook: delete an unknown one", ["DELETE", NO_WEBHOOK], 404, "not_found"),
  answer("webhook: test an unknown one", ["POST", `${NO_WEBHOOK}/test`], 404, "not_found"),
  answer("webhook: deliveries of an unknown one", ["GET", `${NO_WEBHOOK}/deliveries`], 404, "not_found"),
  wrongNumber("not E.164", { ...number, number: "4155550101" }, "number"),
  wrongNumber("no provider", without(number, "provider"), "provider"),
  answer("number: an unknown provider", ["POST", NUMBERS], 404, "not_found", {
    body: { ...number, provider: { id: "app_no" } },
  }),
  answer("number: an unknown agent", ["POST", NUMBERS], 404, "not_found", {
    body: { ...number, agent_id: "agent_no" },
  }),
  answer("number: imported already", ["POST", NUMBERS], 409, "already_exists", {
    body: { ...number, number: "+14155550100" },
  }),
  answer("number: an unknown one", ["GET", `${NUMBERS}/ap_no`], 404, "not_found"),
  answer("callback: an unknown call", ["POST", "/callbacks/twilio/ac_1111111111111111111111/token"], 403, "forbidden"),
  answer("callback: no call at all", ["POST", "/callbacks/twilio/nonsense/token"], 403, "forbidden"),
  answer("admin: no token", ["GET", "/admin/organizations"], 401, "unauthorized"),
  answer("admin: a wrong token", ["GET", "/admin/organizations"], 401, "unauthorized", {
    headers: { authorization: "Bearer no" },
  }),
];

/** With the operators' token. */
export const BAD_ADMIN: readonly BadInput[] = [
  wrong("POST", "/admin/organizations", "organization")("no name", without(organization, "name"), "name"),
  wrong("POST", "/admin/organizations", "organization")(
    "limit 0",
    { ...organization, agent_call_concurrency_limit: 0 },
    "agent_call_concurrency_limit",
  ),
  wrong("POST", "/admin/organizations", "organization")(
    "all of the limit reserved",
    { ...organization, reserved_concurrency: 5 },
    "reserved_concurrency",
  ),
  wrong("POST", "/admin/organizations", "organization")(
    "reserved -1",
    { ...organization, reserved_concurrency: -1 },
    "reserved_concurrency",
  ),
  wrong("POST", "/admin/organizations", "organization")("a foreign id", { ...organization, id: "acme" }, "id"),
  wrong("POST", "/admin/organizations/org_x/api-keys", "key")("no label", {}, "label"),
  wrong("POST", "/admin/organizations/org_x/api-keys", "key")(
    "a key of another organization",
    { label: "x", key: "sk_other_0123456789" },
    "key",
  ),
  answer("organization: an unknown one", ["GET", "/admin/organizations/org_no"], 404, "not_found"),
  answer("organization: change an unknown one", ["PATCH", "/admin/organizations/org_no"], 404, "not_found", {
    body: {},
  }),
  answer("organization: keys of an unknown one", ["GET", "/admin/organizations/org_no/api-keys"], 404, "not_found"),
];
