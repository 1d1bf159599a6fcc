/** Verifies a request to a webhook: the signature of Standard Webhooks over id, timestamp and body. */

import type { BatchEvent, CallEvent, TestEvent } from "./api.ts";

export type WebhookEvent = CallEvent | BatchEvent | TestEvent;

/** The request is not from the service, or too old. Answer it with 400 or 401, and do nothing. */
export class WebhookVerificationError extends Error {
  override readonly name = "WebhookVerificationError";
}

export type WebhookRequest = {
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The raw body, before any JSON parsing. */
  readonly body: string | Uint8Array;
  /** The webhook's secret; several during a rotation. */
  readonly secret: string | readonly string[];
  /** The largest difference between the clocks. Default 300. */
  readonly toleranceSeconds?: number;
};

const TOLERANCE_SECONDS = 300;
/** Base64 of a key of 24 to 64 bytes. Any other secret is the key itself. */
const STANDARD = /^whsec_([A-Za-z0-9+/]{32,86}={0,2})$/;
const encoder = new TextEncoder();

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
function keyOf(secret: string) {
  const base64 = STANDARD.exec(secret)?.[1] ?? "";
  return base64 === "" || base64.length % 4 !== 0 ? encoder.encode(secret) : bytesOf(base64);
}

function headerOf(headers: WebhookRequest["headers"], name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : [headers[name]].flat()[0];
  if (!value) throw new WebhookVerificationError(`the header ${name} is missing`);
  return value;
}

/** Returns the event. Throws `WebhookVerificationError`. */
export async function verifyWebhook({
  headers,
  body,
  secret,
  toleranceSeconds = TOLERANCE_SECONDS,
}: WebhookRequest): Promise<WebhookEvent> {
  const id = headerOf(headers, "webhook-id");
  const timestamp = headerOf(headers, "webhook-timestamp");
  const away = Math.abs(Date.now() / 1_000 - Number(timestamp));
  if (!(away <= toleranceSeconds)) throw new WebhookVerificationError("it is too old, or of another time");
  const text = typeof body === "string" ? body : new TextDecoder().decode(body);
  const signed = encoder.encode(`${id}.${timestamp}.${text}`);
  const signatures = headerOf(headers, "webhook-signature").split(" ").flatMap(signatureIn);
  for (const one of [secret].flat()) {
    const usage = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", keyOf(one), usage, false, ["verify"]);
    for (const signature of signatures) {
      if (await crypto.subtle.verify("HMAC", key, signature, signed)) return JSON.parse(text) as WebhookEvent;
    }
  }
  throw new WebhookVerificationError("no signature is of this secret");
}

/** Undefined if it cannot be one. */
function signatureIn(text: string) {
  const [version, base64 = ""] = text.split(",");
  return version === "v1" && /^[A-Za-z0-9+/]+=*$/.test(base64) ? [bytesOf(base64)] : [];
}
