/** Secrets of Standard Webhooks: which are usable, and the signing key that each stands for. */

import { Webhook } from "standardwebhooks";
import { z } from "zod";

/** A secret with this prefix is base64 of the key; any other is the key itself. */
const PREFIX = "whsec_";
const KEY_BYTES = { least: 24, most: 64 } as const;
const OTHER_CHARACTERS = { least: 16, most: 256 } as const;

/** Null if the secret is usable, otherwise what to change. */
export function secretProblem(secret: string): string | null {
  if (!secret.startsWith(PREFIX)) {
    // It is also sent as a header.
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

/** As clients write it. */
export const webhookSecret = z
  .string({ error: (issue) => (issue.input === undefined ? "is required" : "must be a string") })
  .superRefine((value, context) => {
    const problem = secretProblem(value);
    if (problem !== null) context.addIssue({ code: "custom", message: problem });
  })
  .meta({
    description:
      "Write-only. `whsec_` and base64 of 24 to 64 bytes (Standard Webhooks), or 16 to 256 printable characters that are the key itself.",
  });

/** Signs and verifies with this secret. Text that is not base64 of a key is the key itself, even with the prefix. */
export const webhookOf = (secret: string): Webhook =>
  new Webhook(secret, secret.startsWith(PREFIX) && secretProblem(secret) === null ? {} : { format: "raw" });
