/**
 * How a receiver knows that a delivery is ours: the signature of Standard Webhooks over id, timestamp and body, and the
 * secret itself in `X-Webhook-Secret`, as the published API sends it.
 */

import { Webhook } from "standardwebhooks";

/** A secret that begins so is base64 of the key; any other is the key. */
const PREFIX = "whsec_";
const KEY_BYTES = { least: 24, most: 64 } as const;
const OTHER_CHARACTERS = { least: 16, most: 256 } as const;

/** Null where the secret can be used, otherwise what to change. */
export function secretProblem(secret: string): string | null {
  if (!secret.startsWith(PREFIX)) {
    // It is sent as a header too.
    if (!/^[\x21-\x7e]*$/.test(secret)) return "must consist of printable ASCII characters without spaces";
    const { least, most } = OTHER_CHARACTERS;
    return secret.length >= least && secret.length <= most ? null : `must have ${least} to ${most} characters`;
  }
  const { least, most } = KEY_BYTES;
  const problem = `must be ${PREFIX} and base64 of ${least} to ${most} bytes`;
  const base64 = secret.slice(PREFIX.length);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) return problem;
  const bytes = atob(base64).length;
  return bytes >= least && bytes <= most ? null : problem;
}

/** One for each secret: while a secret is replaced, the receiver finds the one that it knows. */
function signatures(secrets: readonly string[], id: string, at: number, body: string): string {
  return secrets
    .map((secret) =>
      new Webhook(secret, secret.startsWith(PREFIX) ? {} : { format: "raw" }).sign(id, new Date(at), body),
    )
    .join(" ");
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
