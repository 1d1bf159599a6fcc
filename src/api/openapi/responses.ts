/** The answers of an operation: its own, and the errors that follow from its audience, path and body. */

import { ERRORS, type ErrorAnswer, type ErrorCode, errorAnswer } from "../answers/parts/common.ts";
import { type Content, content, type Operation, type Refusal, roleOf } from "../operation.ts";
import { referenceTo } from "./json-schemas.ts";
import { HEADERS, namesInPath } from "./parameters.ts";

const envelope = (code: ErrorCode, message: string): ErrorAnswer => ({
  error_code: code,
  title: ERRORS[code][1],
  message,
  request_id: HEADERS.RequestId.example,
});

export const ERROR: Content = content("Error", errorAnswer, {
  ...envelope("validation_failed", "recipients[17].to_number: is required"),
  issues: [{ path: "recipients[17].to_number", message: "is required" }],
});

const REQUEST_ID = { "X-Request-Id": { $ref: "#/components/headers/RequestId" } } as const;
const ALLOW = { Allow: { $ref: "#/components/headers/Allow" } } as const;

const body = (shown: Content, example: unknown) => ({
  [shown.mediaType ?? "application/json"]: { schema: referenceTo(shown), example },
});
const refusal = (description: string, example: unknown, headers = {}) => ({
  description,
  headers: { ...REQUEST_ID, ...headers },
  content: body(ERROR, example),
});

/** Errors that many operations share. */
export const RESPONSES = {
  Invalid: refusal("The request is not valid: `message` and `issues` say what to change.", ERROR.example),
  Unauthorized: refusal(
    "The key or token is missing, wrong or expired.",
    envelope("unauthorized", "send a valid API key as X-API-Key or as Authorization: Bearer"),
  ),
  Forbidden: refusal(
    "The role of the key or the person is too low.",
    envelope("forbidden", "this key has the role viewer; use one with the role operator or admin"),
  ),
  NotFound: refusal(
    "It does not exist, or it belongs to another organization.",
    envelope("not_found", "there is no such call batch"),
  ),
  TooLarge: refusal(
    "The body is too large. The limit is 6 MiB with recipients, 2 MiB for direct calls and tools, and 256 KiB otherwise.",
    envelope("payload_too_large", "the body must be at most 6 MiB"),
  ),
  NotJson: refusal(
    "The body is not `application/json`.",
    envelope("unsupported_media_type", "send the body as Content-Type: application/json"),
  ),
  Other: refusal(
    "Other errors, in the same form. 405: the path does not have this method. 408: the body did not arrive. 429: too many requests. 500: the service failed.",
    envelope(
      "internal_error",
      "the service failed; give its operator the request id, which finds the error in the logs",
    ),
    ALLOW,
  ),
} as const;

const shared = (name: keyof typeof RESPONSES) => ({ $ref: `#/components/responses/${name}` });

/** A client's request can be refused for its version, any request for its query or body. */
function commonRefusals(operation: Operation) {
  const { path, audience, query, body: sent } = operation;
  const role = roleOf(operation);
  const isOurs = sent !== undefined && sent.mediaType === undefined && audience !== "protocol_client";
  return {
    ...(audience === "client" || query !== undefined || isOurs ? { 400: shared("Invalid") } : {}),
    ...(audience === "anybody" ? {} : { 401: shared("Unauthorized") }),
    ...(role === null || role === "viewer" ? {} : { 403: shared("Forbidden") }),
    ...(audience === "operator" || (audience === "client" && namesInPath(path).length > 0)
      ? { 404: shared("NotFound") }
      : {}),
    ...(isOurs ? { 413: shared("TooLarge"), 415: shared("NotJson") } : {}),
  };
}

const own = ([status, { description, code }]: [string, Refusal]) => [
  status,
  refusal(description, envelope(code, description)),
];

export function responsesOf(operation: Operation): Record<string, unknown> {
  const { status, description, content: shown } = operation.answer;
  return {
    [status]: {
      description,
      headers: REQUEST_ID,
      ...(shown === null ? {} : { content: body(shown, shown.example) }),
    },
    ...commonRefusals(operation),
    ...Object.fromEntries(Object.entries(operation.refusals ?? {}).map(own)),
    default: shared("Other"),
  };
}
