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
