/**
 * How a receiver knows that a delivery is ours: the signature of Standard Webhooks over id, timestamp and body, and the
 * secret itself in `X-Webhook-Secret`, as the published API sends it.
 */

import { webhookOf } from "../calling/secrets/webhook-secret.ts";

/** One for each secret: while a secret is replaced, the receiver finds the one that it knows. */
function signatures(secrets: readonly string[], id: string, at: number, body: string): string {
  return secrets.map((secret) => webhookOf(secret).sign(id, new Date(at), body)).join(" ");
}

/** `at`: of this attempt, epoch ms. */
export function signedHeaders(
  secrets: readonly string[],
  id: string,
  at: number,
  body: string,
): Readonly<Record<string, string>> {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at / 1_000)),
    "webhook-signature": signatures(secrets, id, at, body),
    "x-webhook-secret": secrets[0] ?? "",
  };
}
