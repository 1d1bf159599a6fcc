/**
 * Proves to a receiver that a delivery is ours: the signature of Standard Webhooks over id, timestamp and body.
 * `X-Webhook-Secret` has the secret itself, as in the published API.
 */

import { webhookOf } from "../../calling/secrets/webhook-secret.ts";

/** One for each secret: during a rotation the receiver finds the one that it knows. */
function signatures(secrets: readonly string[], id: string, at: number, body: string): string {
  return secrets.map((secret) => webhookOf(secret).sign(id, new Date(at), body)).join(" ");
}

/** `at`: the time of this attempt, epoch ms. */
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
