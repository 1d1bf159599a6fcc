/**
 * The HTTP API: the operations (`operations/`) as routes. They decide the answers to an unknown path (404) and a wrong
 * method (405), who must authenticate, and what is validated. Unknown routes and methods need no key: the routes are
 * public.
 */

import { Hono, type MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import { etag } from "hono/etag";
import { HTTPException } from "hono/http-exception";
import { textOf, writeLog } from "../log.ts";
import { isPassing } from "../peer.ts";
import { recordByDefault } from "./audit.ts";
import { NOT_PACKED, unpackBody } from "./body/content-encoding.ts";
import { once } from "./body/idempotency.ts";
import { validators } from "./body/validate.ts";
import { type ApiContext, type ApiEnv, settingsFor } from "./context.ts";
import { type ApiError, fail, noRoomError, notFoundError, respondWith, tryAgainError } from "./envelope.ts";
import {
  authenticateClient,
  authenticateKey,
  authenticateOperator,
  keyGoesAlong,
  requireRole,
  UNAUTHORIZED,
} from "./guards/authenticate.ts";
import { KeyRefused } from "./guards/key-along.ts";
import { requireVersion } from "./guards/version.ts";
import { BODY_MS } from "./limits/body-deadline.ts";
import { leaveRoom } from "./limits/body-room.ts";
import { limitByAddress, limitByKey } from "./limits/rate-limits.ts";
import { inReadingRoom, isWritten } from "./limits/reading-room.ts";
import { type Audience, type Operation, roleOf } from "./operation.ts";
import { OPERATIONS } from "./operations/index.ts";
import { taggedJson } from "./tagged-json.ts";

const CALLBACKS = "/callbacks/";

const GUARDS: Readonly<Record<Audience, readonly MiddlewareHandler<ApiEnv>[]>> = {
  anybody: [limitByAddress],
  client: [authenticateClient, limitByKey, requireVersion],
  protocol_client: [authenticateKey, limitByKey],
  operator: [limitByAddress, authenticateOperator],
};
/** Carriers' callbacks come from a few addresses, for all organizations. */
function guardsOf(operation: Operation): readonly MiddlewareHandler<ApiEnv>[] {
  const role = roleOf(operation);
  if (operation.path.startsWith(CALLBACKS)) return [];
  const along = operation.keyGoesAlong === true ? [keyGoesAlong] : [];
  return [...along, ...GUARDS[operation.audience], ...(role === null || role === "viewer" ? [] : [requireRole(role)])];
}

/** A carrier signs its bytes as they were sent. */
const readersOf = ({ path, body }: Operation) => (body === undefined || path.startsWith(CALLBACKS) ? [] : [unpackBody]);

/** A file is written while it is sent, so its ETag would be known only at its end. A batch brings its own. */
const isTagged = ({ method, audience, answer }: Operation): boolean =>
  method === "GET" && audience !== "anybody" && answer.content?.mediaType === undefined;
const taggersOf = (operation: Operation) => (isTagged(operation) ? [etag()] : []);

const roomsOf = ({ answerBytes }: Operation) => (answerBytes === undefined ? [] : [inReadingRoom(answerBytes)]);

/** Runs the operation on a request that its guards and validators let through. */
function handlerOf(operation: Operation) {
  const { handle, answer, repeats } = operation;
  const answered = async (c: ApiContext): Promise<Response> => {
    c.set("operationId", operation.id);
    const handled = await handle(c, { query: validOf(c, "query"), body: validOf(c, "json") });
    if (handled instanceof Response) {
      if (handled.ok) await recordByDefault(c, operation);
      return handled;
    }
    if (!handled.ok) return fail(c, handled.failure);
    await recordByDefault(c, operation);
    if (answer.content === null) return c.body(null, 204);
    const shown = answer.content.present(handled.value);
    const text = JSON.stringify(shown);
    isWritten(c, text);
    if (isTagged(operation)) return taggedJson(c, text);
    return c.body(text, answer.status as 200, { "content-type": "application/json" });
  };
  return repeats === undefined || repeats.isOrdered ? answered : once(answered, repeats);
}

/** The validated value. */
const validOf = (c: ApiContext, target: "query" | "json"): never => c.req.valid(target as never);

/** The path is known, the method is not. Without a configured operators' token, their paths are unknown too. */
function wrongMethod(c: ApiContext, path: string, operations: readonly Operation[]): Response {
  if (operations.some(({ audience }) => audience === "operator") && settingsFor(c).adminToken === null)
    return respondWith(c, notFoundError("route"));
  const allow = operations.map(({ method }) => method).join(", ");
  return respondWith(c, {
    code: "method_not_allowed",
    message: `${path.replace(/:(\w+)/g, "{$1}")} answers to ${allow}`,
    headers: { Allow: allow },
  });
}

/** Two years, as browsers' preload lists require. */
const HTTPS_ONLY = "max-age=63072000";

/** A client's own request id; the answer repeats it beside ours. */
const REQUEST_ID = /^[\x21-\x7e]{1,128}$/;

/**
 * Headers of every answer. An answer belongs to one client, so no cache stores it. Browsers must not guess its type.
 */
const withHeaders: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const requestId = crypto.randomUUID();
  c.set("requestId", requestId);
  try {
    await next();
  } finally {
    leaveRoom(c);
  }
  // `c.header` would make a new response for each of them.
  const { headers } = c.res;
  headers.set("X-Request-Id", requestId);
  const theirs = c.req.header("X-Request-Id") ?? "";
  if (REQUEST_ID.test(theirs)) headers.set("X-Client-Request-Id", theirs);
  headers.set("X-Content-Type-Options", "nosniff");
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
  if (c.req.url.startsWith("https:")) headers.set("Strict-Transport-Security", HTTPS_ONLY);
};

/** An object that is overloaded, restarts or moves is not the request's fault: the client is told to repeat it. */
function failed(error: Error, c: ApiContext): Response {
  if (error instanceof HTTPException && error.status === 408) return respondWith(c, TOO_SLOW);
  if (error instanceof HTTPException && error.status === 400) return respondWith(c, NOT_PACKED);
  if (error instanceof HTTPException && error.status === 503) return respondWith(c, noRoomError());
  if (error instanceof KeyRefused) return respondWith(c, UNAUTHORIZED);
  if (!isPassing(error)) return internalError(error, c);
  writeLog({ level: "warn", event: "try_again", request_id: c.get("requestId"), error: String(error) });
  return respondWith(c, tryAgainError());
}

const TOO_SLOW: ApiError = {
  code: "request_timeout",
  message: `the body arrived too slowly: send it within ${BODY_MS / 1_000} seconds, plus the time that its length takes at 2 Mbit/s`,
};

function internalError(error: Error, c: ApiContext): Response {
  const requestId = c.get("requestId");
  // The error and where it was thrown. Never a body, a key or a number.
  writeLog({ level: "error", event: "internal_error", request_id: requestId, error: textOf(error) });
  return respondWith(c, {
    code: "internal_error",
    message: "the service failed; give its operator the request id, which finds the error in the logs",
    headers: { "X-Request-Id": requestId },
  });
}

/** A path with a fixed word comes before one with a parameter in the same place. */
const orderOf = (path: string): string => path.replace(/:\w+/g, "~");

function serving(operations: readonly Operation[]): Hono<ApiEnv> {
  // A path with a trailing slash is the same path.
  const served = new Hono<ApiEnv>({ strict: false });
  served.use(withHeaders, async (c, next) => {
    c.set("api", (request) => served.fetch(request, c.env, c.executionCtx));
    c.set("operations", OPERATIONS);
    await next();
  });
  // A page of any origin may read the description. Other routes are closed to other origins: a key does not belong in
  // their pages.
  served.use("/openapi.json", cors({ allowMethods: ["GET"], exposeHeaders: ["ETag"] }), etag());
  const paths = [...Map.groupBy(operations, ({ path }) => path)];
  for (const [path, ofPath] of paths.sort(([a], [b]) => (orderOf(a) < orderOf(b) ? -1 : 1))) {
    for (const one of ofPath)
      served.on(
        [one.method],
        [path],
        ...guardsOf(one),
        ...readersOf(one),
        ...roomsOf(one),
        ...taggersOf(one),
        ...validators(one),
        handlerOf(one),
      );
    served.all(path, (c) => wrongMethod(c, path, ofPath));
  }
  served.notFound((c) => respondWith(c, notFoundError("route")));
  served.onError(failed);
  return served;
}

export const app = serving(OPERATIONS);

/**
 * Nearly all requests are carriers' callbacks. On their own, their routes compile to one regular expression. Hono
 * cannot do that if a word and a parameter share a place, as in other routes.
 */
const forCarriers = serving(OPERATIONS.filter(({ path }) => path.startsWith(CALLBACKS)));

/** The Worker's entry: the router for callbacks or the one for all other requests. */
export const serve: typeof app.fetch = (request, env, ctx) => {
  const { url } = request;
  const isCallback = url.startsWith(CALLBACKS, url.indexOf("/", url.indexOf("//") + 2));
  return (isCallback ? forCarriers : app).fetch(request, env, ctx);
};
