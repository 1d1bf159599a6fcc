/**
 * `Idempotency-Key` makes a request repeatable. For a day, a repeat with the same key and content gets the same answer
 * and does nothing. Other content with that key is a 409. A refused request did nothing, so its key stays free.
 */

import { MAX_BODY_BYTES, MAX_IDEMPOTENCY_KEY_CHARACTERS } from "../../calling/requests/limits.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { sha256 } from "../../calling/secrets/digest.ts";
import { type Jurisdiction, jurisdictionOf } from "../../calling/words/jurisdiction.ts";
import { REUSED } from "../../organization/batches/announcements.ts";
import type { Idempotency } from "../../organization/messages/calling.ts";
import { type ApiContext, organizationOf, settingsFor } from "../context.ts";
import { type ApiError, fail, respondWith, validationError } from "../envelope.ts";
import { canConfine, directoryOf } from "../guards/directories.ts";
import { bytesOf, tooLarge } from "./body.ts";
import { fileIn, fingerprintOfForm, isForm, readForm } from "./form.ts";

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
 * How a repeat of a create is recognized: by its key, or by the client's count of attempts. Cartesia's official clients
 * repeat a POST whose answer was lost, without a key, with `x-stainless-retry-count: 1`.
 *
 * `bodyHash`: equal for equal bodies. Null if the request is not repeatable; the result is null then.
 */
export function idempotencyOf(c: ApiContext, key: string | null, bodyHash: string | null): Idempotency | null {
  if (bodyHash === null || !isRepeatable(c)) return null;
  if (key !== null) return { key, bodyHash };
  const counted = Number(attemptOf(c)) === 0 ? "first" : "repeat";
  return { key: `counted ${c.get("client").id} ${bodyHash}`, bodyHash, counted };
}

const attemptOf = (c: ApiContext): string => c.req.header("x-stainless-retry-count") ?? "";

/** Whether a repeat of this request can be recognized. If not, its body needs no fingerprint. */
export const isRepeatable = (c: ApiContext): boolean =>
  c.req.header("idempotency-key") !== undefined || ATTEMPTS.test(attemptOf(c));

const UNDER_WAY: ApiError = {
  code: "idempotency_key_under_way",
  message: "the first request with this Idempotency-Key is still in progress; repeat this one in a second",
  headers: { "Retry-After": "1" },
};
const UNKNOWN: ApiError = {
  code: "idempotency_outcome_unknown",
  message:
    "the first request with this Idempotency-Key broke off, and may or may not have been carried out; check, and use another key",
};

type Repeats = {
  /** If the first request broke off, a repeat may be carried out: doing it twice changes nothing more. */
  readonly isHarmless?: true;
  /** The answer contains a secret: it is kept sealed, or not at all. */
  readonly hasSecret?: true;
};

/**
 * Runs the handler once for each `Idempotency-Key`. Creating a batch and direct calls keep their own record instead.
 */
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
      // A harmless request may be repeated, so it need not wait. For others it is unknown whether they were carried
      // out.
      if (isHarmless) await storeOf(c).forgetRequest(key, fingerprint.value);
      throw error;
    }
  };

const NOT_SEALED = validationError([
  {
    path: "Idempotency-Key",
    message:
      "cannot be used here: the answer contains a secret, and the operator has set no ENCRYPTION_KEY to store it",
  },
]);

/** An organization remembers its clients' requests; the directory in its jurisdiction remembers operators' about it. */
function storeOf(c: ApiContext) {
  if (c.get("organizationId") !== undefined) return organizationOf(c);
  const jurisdiction = jurisdictionConcerned(c);
  return directoryOf(c.env, jurisdiction !== null && canConfine(c.env, jurisdiction) ? jurisdiction : null);
}

type About = { readonly id?: string | null; readonly jurisdiction?: Jurisdiction | null };

/** Of the organization in an operator's path, or of the one that the body creates. */
function jurisdictionConcerned(c: ApiContext): Jurisdiction | null {
  const { id, jurisdiction = null } = (c.req.valid("json" as never) ?? {}) as About;
  return jurisdictionOf(c.req.param("organization_id") ?? id ?? "") ?? jurisdiction;
}

/** Equal for a repeated request: the method, the path, and the body's bytes or the form's values. */
async function fingerprintOf(c: ApiContext): Promise<Result<string, ApiError>> {
  const { pathname, search } = new URL(c.req.url);
  const bytes = await bytesOf(c, MAX_BODY_BYTES);
  if (bytes === null) return err(tooLarge(MAX_BODY_BYTES));
  const said = `${c.req.method} ${pathname}${search}`;
  if (!isForm(c.req.header("content-type"))) return ok(`${said} ${await sha256(bytes)}`);
  const form = await readForm(c);
  return form.ok ? ok(`${said} ${await fingerprintOfForm(form.value, await fileIn(form.value))}`) : form;
}

/** For a request that cannot be repeated with a key. */
export const withoutKey =
  (handler: Handler, otherwise: string): Handler =>
  (c) =>
    c.req.header("idempotency-key") === undefined
      ? handler(c)
      : respondWith(c, validationError([{ path: "Idempotency-Key", message: `cannot be used here: ${otherwise}` }]));
