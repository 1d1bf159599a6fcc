/** `Idempotency-Key`: what makes a request repeatable (contract: "ours"), for those that create something. */

import { MAX_IDEMPOTENCY_KEY_CHARACTERS } from "../calling/limits.ts";
import { err, ok, type Result } from "../calling/result.ts";
import type { ApiContext } from "./context.ts";
import { type ApiError, validationError } from "./envelope.ts";

export function idempotencyKey(c: ApiContext): Result<string | null, ApiError> {
  const key = c.req.header("idempotency-key");
  if (key === undefined) return ok(null);
  if (key !== "" && key.length <= MAX_IDEMPOTENCY_KEY_CHARACTERS) return ok(key);
  const message = `must have 1 to ${MAX_IDEMPOTENCY_KEY_CHARACTERS} characters`;
  return err(validationError([{ path: "Idempotency-Key", message }]));
}

/** In hexadecimal. */
export async function sha256(bytes: Uint8Array | ArrayBuffer): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
