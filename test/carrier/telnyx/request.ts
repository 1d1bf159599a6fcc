/** What Telnyx's documentation lets a request to dial be ("Dial"): what it does not know, or not allow, is refused with its code. */

type Json = Record<string, unknown>;

export type DialOrder = {
  readonly to: string;
  readonly from: string;
  readonly commandId: string | null;
  readonly clientState: string;
  readonly webhookUrl: string;
  readonly timeoutMs: number;
  readonly timeLimitMs: number;
  /** Whether a machine is told from a person; of Telnyx's ways of doing it the stand-in knows the premium one. */
  readonly detectsMachines: boolean;
};
export type Refusal = {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly pointer: string;
};
export type Reading = { readonly order: DialOrder } | { readonly refusal: Refusal };

const E164 = /^\+[1-9]\d{6,14}$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const MAX_RETRIES_MS = 60_000;

type Rule = { readonly isRight: (value: unknown) => boolean; readonly code: string; readonly detail: string };
const text: Rule = {
  isRight: (value) => typeof value === "string" && value !== "",
  code: "10015",
  detail: "must be a string",
};
const e164: Rule = {
  isRight: (value) => typeof value === "string" && E164.test(value),
  code: "10016",
  detail: "must be in +E.164",
};
const oneOf = (...words: string[]): Rule => ({
  isRight: (value) => words.includes(String(value)),
  code: "10032",
  detail: `must be one of ${words.join(", ")}`,
});
const between = (least: number, most: number): Rule => ({
  isRight: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
  code: "10033",
  detail: `must be from ${least} to ${most}`,
});
const url = (scheme: RegExp): Rule => ({
  isRight: (value) => typeof value === "string" && URL.canParse(value) && scheme.test(value) && value.length <= 2_000,
  code: "10003",
  detail: "must be a URL",
});

/** At most five repeats, a minute in all. */
const isPolicy = (policy: unknown): boolean => {
  const retries = (policy as { retries_ms?: unknown } | null)?.retries_ms;
  if (!Array.isArray(retries) || retries.length > 5) return false;
  return retries.every(Number.isInteger) && retries.reduce((sum: number, ms: number) => sum + ms, 0) <= MAX_RETRIES_MS;
};

const FIELDS: Readonly<Record<string, Rule>> = {
  connection_id: text,
  to: e164,
  from: e164,
  command_id: text,
  client_state: {
    ...text,
    isRight: (value) => typeof value === "string" && BASE64.test(value),
    detail: "must be base64",
  },
  timeout_secs: between(5, 600),
  retry_on_timeout: { isRight: (value) => typeof value === "boolean", code: "10015", detail: "must be true or false" },
  time_limit_secs: between(30, 14_400),
  sip_region: oneOf("US", "Europe", "Canada", "Australia", "Middle East"),
  answering_machine_detection: oneOf("premium", "disabled"),
  stream_url: url(/^wss?:/),
  stream_track: oneOf("inbound_track", "outbound_track", "both_tracks"),
  stream_bidirectional_mode: oneOf("mp3", "rtp"),
  stream_bidirectional_codec: oneOf("PCMU", "PCMA", "G722", "OPUS", "AMR-WB", "L16"),
  stream_bidirectional_target_legs: oneOf("both", "self", "opposite"),
  webhook_url: url(/^https?:/),
  webhook_url_method: oneOf("POST", "GET"),
  webhook_retries_policies: {
    isRight: (value) => typeof value === "object" && value !== null && Object.values(value).every(isPolicy),
    code: "10015",
    detail: "must be policies of at most five repeats within a minute",
  },
};
const REQUIRED = ["connection_id", "to", "from"];

const refuse = (status: number, code: string, name: string, detail: string): Reading => ({
  refusal: { status, code, detail: `${name} ${detail}`, pointer: `/${name}` },
});

export function readDial(body: unknown): Reading {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    return refuse(400, "10015", "body", "must be an object");
  const sent = body as Json;
  const missing = REQUIRED.find((name) => sent[name] === undefined);
  if (missing !== undefined) return refuse(422, "10004", missing, "is required");
  for (const [name, value] of Object.entries(sent)) {
    const rule = FIELDS[name];
    if (rule === undefined) return refuse(422, "10015", name, "is not known to the stand-in");
    if (!rule.isRight(value)) return refuse(422, rule.code, name, rule.detail);
  }
  const { command_id: commandId, timeout_secs: timeout = 30, time_limit_secs: limit = 14_400 } = sent;
  return {
    order: {
      to: String(sent.to),
      from: String(sent.from),
      commandId: commandId === undefined ? null : String(commandId),
      clientState: String(sent.client_state ?? ""),
      webhookUrl: String(sent.webhook_url ?? ""),
      timeoutMs: Number(timeout) * 1_000,
      timeLimitMs: Number(limit) * 1_000,
      detectsMachines: sent.answering_machine_detection === "premium",
    },
  };
}
