/**
 * The JSON of every error (contract: "Conventions", errors), and the one place where failures become HTTP. The answer
 * about an unknown id does not depend on the id, so another organization's id looks the same (promise 7).
 */

import { unreachable } from "../calling/requests/assert.ts";
import type { Failure, Issue, Resource } from "../calling/requests/failure.ts";
import { MAX_ISSUES_SHOWN } from "../calling/requests/limits.ts";
import { jittered } from "../peer.ts";
import { ERRORS, type ErrorAnswer, type ErrorCode } from "./answers/parts/common.ts";
import type { ApiContext } from "./context.ts";

export type ApiError = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly issues?: readonly Issue[];
  readonly headers?: Readonly<Record<string, string>>;
};

const NAMES: Readonly<Record<Resource, string>> = {
  agent: "agent",
  api_key: "API key",
  batch: "call batch",
  call: "call",
  deletion: "deletion of an organization",
  delivery: "delivery",
  do_not_call: "number on the do-not-call list",
  erasure: "erasure",
  member: "member",
  organization: "organization",
  phone_number: "phone number",
  provider: "provider",
  recipient: "recipient",
  route: "route",
  webhook: "webhook",
};

/** The published `error_code, title, message, request_id`, and `issues` if fields of the request are wrong. */
export function respondWith(c: ApiContext, error: ApiError): Response {
  const { code, message, issues, headers } = error;
  const [status, title] = ERRORS[code];
  const body: ErrorAnswer = {
    error_code: code,
    title,
    message,
    request_id: c.get("requestId"),
    ...(issues === undefined ? {} : { issues: issues.slice(0, MAX_ISSUES_SHOWN) }),
  };
  return c.json(body, status, { ...headers });
}

/** `message` names the first issue by its path. */
export const validationError = (issues: readonly Issue[]): ApiError => {
  const [first] = issues;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  return {
    code: "validation_failed",
    message: first === undefined ? "the request is not valid" : `${first.path}: ${first.message}${more}`,
    issues,
  };
};

export const notFoundError = (resource: Resource): ApiError => ({
  code: "not_found",
  message: `there is no such ${NAMES[resource]}`,
});

/** Seconds, plus up to half of that at random: clients that were refused together must not return together. */
const COME_AGAIN_SECONDS = 4;

/**
 * An object did not answer, so the request may or may not have been carried out. A client that repeats it should send
 * the same `Idempotency-Key`, as after a broken connection.
 */
export const tryAgainError = (): ApiError =>
  comeAgain("a part of the service does not answer now; send the request again, with the same Idempotency-Key");

/** Other requests hold the memory that this one needs (`room.ts`). It has changed nothing. */
export const noRoomError = (): ApiError =>
  comeAgain("the service is handling too many large requests, so this one was not begun; send it again");

export function comeAgain(message: string): ApiError {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  const seconds = Math.max(1, Math.ceil(jittered(COME_AGAIN_SECONDS * 1_000, random) / 1_000));
  return { code: "try_again", message, headers: { "Retry-After": String(seconds) } };
}

export function errorOf(failure: Failure): ApiError {
  switch (failure.kind) {
    case "not_found":
      return notFoundError(failure.resource);
    case "invalid":
      return validationError(failure.issues);
    case "conflict":
    case "wrong_state":
      return { code: failure.code, message: failure.message };
    case "usage_limit_reached":
    case "carrier_unavailable":
    case "not_configured":
      return { code: failure.kind, message: failure.message };
    case "try_again":
      return tryAgainError();
    default:
      return unreachable(failure);
  }
}

export const fail = (c: ApiContext, failure: Failure | ApiError): Response =>
  respondWith(c, "kind" in failure ? errorOf(failure) : failure);
