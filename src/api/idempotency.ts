/**
 * `Idempotency-Key`: what makes a request repeatable. For a day the same request with the same key is answered the same and
 * does nothing more; another request with it is 409. What was refused did nothing, and leaves its key free.
 */

import { MAX_BODY_BYTES, MAX_IDEMPOTENCY_KEY_CHARACTERS } from "../calling/requests/limits.ts";
import { err, ok, type Result } from "../calling/requests/result.ts";
import { sha256 } from "../calling/secrets/digest.ts";
import { REUSED } from "../organization/batches/announcements.ts";
import type { Idempotency } from "../organization/rpc.ts";
import { bytesOf, tooLarge } from "./body.ts";
import { type ApiContext, organizationOf, settingsFor } from "./context.ts";
import { type ApiError, fail, respondWith, validationError } from "./envelope.ts";
import { fileIn, fingerprintOfForm, isForm, readForm } from "./form.ts";
import { directoryOf } from "./key-check.ts";

type Handler = (c: ApiContext) => Promise<Response> | Response;

export function idempotencyKey(c: ApiContext): Result<string | null, ApiError> {
  const key = c.req.header("idempotency-key");
  if (key === undefined) return ok(null);
  if (key !== "" && key.length <= MAX_IDEMPOTENCY_KEY_CHARACTERS) return ok(key);
  const message = `must have 1 to ${MAX_IDEMPOTENCY_KEY_CHARACTERS} characters`;
  return err(validationError([{ path: "Idempotency-Key", message }]));
}

const ATTEMPTS = /^\d{1,4}$/;

/**
 * What a repeat of a create is known by: its key; or, where it has none, that the client counts its attempts. Cartesia's
 * official clients repeat a POST whose answer was lost, without a key, with `x-stainless-retry-count: 1`.
 * `bodyHash`: the same for the same body; null where nobody can ask for it, and then this is null.
 */
export function idempotencyOf(c: ApiContext, key: string | null, bodyHash: string | null): Idempotency | null {
  if (bodyHash === null || !isRepeatable(c)) return null;
  if (key !== null) return { key, bodyHash };
  const counted = Number(attemptOf(c)) === 0 ? "first" : "repeat";
  return { key: `counted ${c.get("apiKey").id} ${bodyHash}`, bodyHash, counted };
}

const attemptOf = (c: ApiContext): string => c.req.header("x-stainless-retry-count") ?? "";

/** A repeat of this request could be known; otherwise its body needs no fingerprint. */
export const isRepeatable = (c: ApiContext): boolean =>
  c.req.header("idempotency-key") !== undefined || ATTEMPTS.test(attemptOf(c));

const UNDER_WAY: ApiError = {
  status: 409,
  code: "idempotency_key_under_way",
  title: "Conflict",
  message: "the first request with this Idempotency-Key is still under way; repeat this one in a second",
  headers: { "Retry-After": "1" },
};
const UNKNOWN: ApiError = {
  status: 409,
  code: "idempotency_outcome_unknown",
  title: "Conflict",
  message:
    "the first request with this Idempotency-Key broke off, and it is not known whether it was done; look, and use another key",
};

type Repeats = {
  /** Where the first request broke off, a repeat may be carried out: it does nothing twice by itself. */
  readonly isHarmless?: true;
  /** The answer holds a secret: it is kept sealed, or not at all. */
  readonly hasSecret?: true;
};

/** The handler, once for each `Idempotency-Key`. Creating a batch and direct calls have a memory of their own instead. */
export const once =
  (handler: Handler, { isHarmless, hasSecret }: Repeats = {}): Handler =>
  async (c) => {
    const given = idempotencyKey(c);
    if (!given.ok) return respondWith(c, given.failure);
    const key = given.value;
    if (key === null) return handler(c);
    if (hasSecret && settingsFor(c).keyRing.length === 0) return respondWith(c, NOT_SEALED);
    const fingerprint = await fingerprintOf(c);
    if (!fingerprint.ok) return respondWith(c, fingerprint.failure);
    const begun = await storeOf(c).beginRequest(key, fingerprint.value);
    if (begun.kind === "reused") return fail(c, REUSED);
    if (begun.kind === "under_way") return respondWith(c, UNDER_WAY);
    if (begun.kind === "unknown" && !isHarmless) return respondWith(c, UNKNOWN);
    if (begun.kind === "answered") {
      return c.body(begun.body, begun.status as 200, { "content-type": "application/json" });
    }
    try {
      const response = await handler(c);
      if (!response.ok) await storeOf(c).forgetRequest(key, fingerprint.value);
      else await storeOf(c).answerRequest(key, fingerprint.value, response.status, await response.clone().text());
      return response;
    } catch (error) {
      // What may be carried out again need not wait for that; of the others nobody knows whether they were done.
      if (isHarmless) await storeOf(c).forgetRequest(key, fingerprint.value);
      throw error;
    }
  };

const NOT_SEALED = validationError([
  {
    path: "Idempotency-Key",
    message:
      "cannot be honoured here: the answer holds a secret, and the operator has set no ENCRYPTION_KEY to keep it",
  },
]);

/** A client's requests are remembered by its organization, an operator's by the directory. */
const storeOf = (c: ApiContext) => (c.get("organizationId") === undefined ? directoryOf(c.env) : organizationOf(c));

/** The same for the same request sent again: its method, its path, and its body byte by byte, or what a form says. */
async function fingerprintOf(c: ApiContext): Promise<Result<string, ApiError>> {
  const { pathname, search } = new URL(c.req.url);
  const bytes = await bytesOf(c, MAX_BODY_BYTES);
  if (bytes === null) return err(tooLarge(MAX_BODY_BYTES));
  const said = `${c.req.method} ${pathname}${search}`;
  if (!isForm(c.req.header("content-type"))) return ok(`${said} ${await sha256(bytes)}`);
  const form = await readForm(c);
  return form.ok ? ok(`${said} ${await fingerprintOfForm(form.value, await fileIn(form.value))}`) : form;
}

/** A request that cannot be made repeatable so. */
export const withoutKey =
  (handler: Handler, otherwise: string): Handler =>
  (c) =>
    c.req.header("idempotency-key") === undefined
      ? handler(c)
      : respondWith(c, validationError([{ path: "Idempotency-Key", message: `is not taken here: ${otherwise}` }]));
