/**
 * The HTTP API. Every route stands in one table; from it follow the routing, what an unknown path (404) and a wrong
 * method (405) answer, and who has to authenticate how. An unknown route or method is told to anybody, because what
 * routes there are is public.
 */

import { Hono, type MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import { etag } from "hono/etag";
import { HTTPException } from "hono/http-exception";
import { isPassing } from "../peer.ts";
import { authenticateClient, authenticateOperator } from "./authenticate.ts";
import { BODY_MS } from "./body-deadline.ts";
import { leaveRoom } from "./body-room.ts";
import { type ApiContext, type ApiEnv, settingsFor } from "./context.ts";
import { type ApiError, noRoomError, notFoundError, respondWith, tryAgainError } from "./envelope.ts";
import { HEALTH } from "./health.ts";
import { once, withoutKey } from "./idempotency.ts";
import { serveMcp } from "./mcp/serve.ts";
import { serveOpenApi } from "./openapi/serve.ts";
import { limitByAddress, limitByKey } from "./rate-limits.ts";
import type { Audience, Method } from "./route.ts";
import { changeAgent, createAgent, deleteAgent, getAgent, listAgents } from "./routes/agents.ts";
import {
  cancelBatch,
  changeBatch,
  getBatch,
  listBatches,
  pauseBatch,
  previewChange,
  resumeBatch,
  retryBatch,
} from "./routes/batches.ts";
import { cancelCall, getCall, listCalls } from "./routes/calls.ts";
import { receiveCallback, receiveSharedCallback } from "./routes/carrier-callback.ts";
import { getConcurrency } from "./routes/concurrency.ts";
import { createBatch } from "./routes/create-batch.ts";
import { createCalls } from "./routes/create-calls.ts";
import {
  addDoNotCall,
  exportDoNotCall,
  getDoNotCall,
  listDoNotCall,
  optOut,
  removeDoNotCall,
} from "./routes/do-not-call.ts";
import { exportRecipients } from "./routes/export-recipients.ts";
import { createLiveTicket, watchLive } from "./routes/live.ts";
import {
  changeOrganization,
  createApiKey,
  createOrganization,
  getLedger,
  getOrganization,
  listApiKeys,
  listOrganizations,
  revokeApiKey,
} from "./routes/organizations.ts";
import {
  changePhoneNumber,
  deletePhoneNumber,
  getPhoneNumber,
  importPhoneNumber,
  listPhoneNumbers,
} from "./routes/phone-numbers.ts";
import { previewBatch } from "./routes/preview-batch.ts";
import { changeProvider, createProvider, deleteProvider, getProvider, listProviders } from "./routes/providers.ts";
import { appendRecipients, getRecipient, listRecipients } from "./routes/recipients.ts";
import { resealSecrets } from "./routes/reseal.ts";
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  getWebhook,
  listDeliveries,
  listWebhooks,
  redeliver,
  testWebhook,
} from "./routes/webhooks.ts";
import { requireVersion } from "./version.ts";

type Handler = (c: ApiContext) => Promise<Response> | Response;
type Route = { readonly path: string; readonly audience: Audience; readonly methods: Partial<Record<Method, Handler>> };

/** A second time it does nothing that it has not done. */
const HARMLESS = { isHarmless: true } as const;
const SECRET = { hasSecret: true } as const;

/** A path with a fixed word comes before one that has a parameter in the same place. */
export const ROUTES: readonly Route[] = [
  { path: "/healthz", audience: "anybody", methods: { GET: (c) => c.json(HEALTH) } },
  { path: "/openapi.json", audience: "anybody", methods: { GET: serveOpenApi } },
  { path: "/agents/calls/batches", audience: "client", methods: { GET: listBatches, POST: createBatch } },
  { path: "/agents/calls/batches/preview", audience: "client", methods: { POST: previewBatch } },
  {
    path: "/agents/calls/batches/:batch_id",
    audience: "client",
    methods: { GET: getBatch, PATCH: changeBatch },
  },
  { path: "/agents/calls/batches/:batch_id/recipients.csv", audience: "client", methods: { GET: exportRecipients } },
  {
    path: "/agents/calls/batches/:batch_id/recipients",
    audience: "client",
    methods: { GET: listRecipients, POST: once(appendRecipients, HARMLESS) },
  },
  {
    path: "/agents/calls/batches/:batch_id/recipients/:recipient_id",
    audience: "client",
    methods: { GET: getRecipient },
  },
  { path: "/agents/calls/batches/:batch_id/preview", audience: "client", methods: { POST: previewChange } },
  { path: "/agents/calls/batches/:batch_id/pause", audience: "client", methods: { POST: once(pauseBatch, HARMLESS) } },
  {
    path: "/agents/calls/batches/:batch_id/resume",
    audience: "client",
    methods: { POST: once(resumeBatch, HARMLESS) },
  },
  {
    path: "/agents/calls/batches/:batch_id/cancel",
    audience: "client",
    methods: { POST: once(cancelBatch, HARMLESS) },
  },
  { path: "/agents/calls/batches/:batch_id/retry", audience: "client", methods: { POST: once(retryBatch, HARMLESS) } },
  {
    path: "/agents/calls/batches/:batch_id/live-ticket",
    audience: "client",
    methods: { POST: once(createLiveTicket, { ...HARMLESS, ...SECRET }) },
  },
  { path: "/agents/calls/batches/:batch_id/live", audience: "anybody", methods: { GET: watchLive } },
  { path: "/agents/calls", audience: "client", methods: { GET: listCalls, POST: createCalls } },
  { path: "/agents/calls/:call_id/opt-out", audience: "client", methods: { POST: once(optOut, HARMLESS) } },
  { path: "/agents/do-not-call.csv", audience: "client", methods: { GET: exportDoNotCall } },
  {
    path: "/agents/do-not-call",
    audience: "client",
    methods: { GET: listDoNotCall, POST: once(addDoNotCall, HARMLESS) },
  },
  {
    path: "/agents/do-not-call/:number",
    audience: "client",
    methods: { GET: getDoNotCall, DELETE: removeDoNotCall },
  },
  { path: "/agents/calls/:call_id", audience: "client", methods: { GET: getCall } },
  { path: "/agents/calls/:call_id/cancel", audience: "client", methods: { POST: once(cancelCall, HARMLESS) } },
  {
    path: "/agents/phone-numbers/providers",
    audience: "client",
    methods: { GET: listProviders, POST: once(createProvider) },
  },
  {
    path: "/agents/phone-numbers/providers/:provider_id",
    audience: "client",
    methods: { GET: getProvider, PATCH: changeProvider, DELETE: deleteProvider },
  },
  {
    path: "/agents/phone-numbers",
    audience: "client",
    methods: { GET: listPhoneNumbers, POST: once(importPhoneNumber) },
  },
  {
    path: "/agents/phone-numbers/:phone_number_id",
    audience: "client",
    methods: { GET: getPhoneNumber, PATCH: changePhoneNumber, DELETE: deletePhoneNumber },
  },
  { path: "/agents/webhooks", audience: "client", methods: { GET: listWebhooks, POST: once(createWebhook, SECRET) } },
  {
    path: "/agents/webhooks/:webhook_id",
    audience: "client",
    methods: { GET: getWebhook, PATCH: changeWebhook, DELETE: deleteWebhook },
  },
  { path: "/agents/webhooks/:webhook_id/test", audience: "client", methods: { POST: once(testWebhook) } },
  { path: "/agents/webhooks/:webhook_id/deliveries", audience: "client", methods: { GET: listDeliveries } },
  {
    path: "/agents/webhooks/:webhook_id/deliveries/:delivery_id/redeliver",
    audience: "client",
    methods: { POST: once(redeliver) },
  },
  { path: "/agents/concurrency", audience: "client", methods: { GET: getConcurrency } },
  { path: "/agents", audience: "client", methods: { GET: listAgents, POST: once(createAgent) } },
  {
    path: "/agents/:agent_id",
    audience: "client",
    methods: { GET: getAgent, PATCH: changeAgent, DELETE: deleteAgent },
  },
  {
    path: "/admin/organizations",
    audience: "operator",
    methods: { GET: listOrganizations, POST: once(createOrganization) },
  },
  {
    path: "/admin/organizations/:organization_id",
    audience: "operator",
    methods: { GET: getOrganization, PATCH: changeOrganization },
  },
  { path: "/admin/organizations/:organization_id/ledger", audience: "operator", methods: { GET: getLedger } },
  {
    path: "/admin/organizations/:organization_id/api-keys",
    audience: "operator",
    methods: { GET: listApiKeys, POST: once(createApiKey, SECRET) },
  },
  {
    path: "/admin/organizations/:organization_id/api-keys/:key_id",
    audience: "operator",
    methods: { DELETE: revokeApiKey },
  },
  { path: "/admin/reseal", audience: "operator", methods: { POST: once(resealSecrets, HARMLESS) } },
  {
    path: "/mcp",
    audience: "protocol_client",
    methods: {
      POST: withoutKey(
        serveMcp((request, c) => app.fetch(request, c.env, c.executionCtx)),
        "give the tool an idempotency_key",
      ),
    },
  },
  { path: "/callbacks/:carrier", audience: "anybody", methods: { POST: receiveSharedCallback } },
  { path: "/callbacks/:carrier/:call_id/:token", audience: "anybody", methods: { POST: receiveCallback } },
  { path: "/callbacks/:carrier/:call_id/:token/:event", audience: "anybody", methods: { POST: receiveCallback } },
];

const CALLBACKS = "/callbacks/";

const GUARDS: Readonly<Record<Audience, readonly MiddlewareHandler<ApiEnv>[]>> = {
  anybody: [limitByAddress],
  client: [authenticateClient, limitByKey, requireVersion],
  protocol_client: [authenticateClient, limitByKey],
  operator: [limitByAddress, authenticateOperator],
};
/** Carriers' callbacks come from a few addresses, for all organizations. */
const guardsOf = ({ path, audience }: Route) => (path.startsWith(CALLBACKS) ? [] : GUARDS[audience]);

/** The path is known, the method is not; without the operators' token configured its paths are not known either. */
function wrongMethod(c: ApiContext, route: Route): Response {
  if (route.audience === "operator" && settingsFor(c).adminToken === null)
    return respondWith(c, notFoundError("route"));
  const allow = Object.keys(route.methods).join(", ");
  return respondWith(c, {
    status: 405,
    code: "method_not_allowed",
    title: "Method not allowed",
    message: `${route.path} answers to ${allow}`,
    headers: { Allow: allow },
  });
}

/** Two years, which is what browsers' own lists ask for. */
const HTTPS_ONLY = "max-age=63072000";

/** A client's own id of a request: it is answered beside ours. */
const REQUEST_ID = /^[\x21-\x7e]{1,128}$/;

/** What every answer has. It is somebody's own, so no cache keeps it, and it is of the type that it says. */
const withHeaders: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const requestId = crypto.randomUUID();
  c.set("requestId", requestId);
  try {
    await next();
  } finally {
    leaveRoom(c);
  }
  c.header("X-Request-Id", requestId);
  const theirs = c.req.header("X-Request-Id") ?? "";
  if (REQUEST_ID.test(theirs)) c.header("X-Client-Request-Id", theirs);
  c.header("X-Content-Type-Options", "nosniff");
  if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", "no-store");
  if (c.req.url.startsWith("https:")) c.header("Strict-Transport-Security", HTTPS_ONLY);
};

/** An object that is overloaded, restarts or moves is nobody's mistake: whoever asked is told to come again. */
function failed(error: Error, c: ApiContext): Response {
  if (error instanceof HTTPException && error.status === TOO_SLOW.status) return respondWith(c, TOO_SLOW);
  if (error instanceof HTTPException && error.status === 503) return respondWith(c, noRoomError());
  if (!isPassing(error)) return internalError(error, c);
  console.warn(JSON.stringify({ event: "try_again", request_id: c.get("requestId"), error: String(error) }));
  return respondWith(c, tryAgainError());
}

const TOO_SLOW: ApiError = {
  status: 408,
  code: "request_timeout",
  title: "Request timeout",
  message: `the body did not arrive: it must within ${BODY_MS / 1_000} seconds, and as much longer as 2 Mbit/s take for its length`,
};

function internalError(error: Error, c: ApiContext): Response {
  const requestId = c.get("requestId");
  // Never a body, a key or a number: the error and where it was thrown.
  console.error(
    JSON.stringify({ event: "internal_error", request_id: requestId, error: error.stack ?? String(error) }),
  );
  return respondWith(c, {
    status: 500,
    code: "internal_error",
    title: "Internal error",
    message: "something went wrong here; the request id leads to it in the logs",
    headers: { "X-Request-Id": requestId },
  });
}

function serving(routes: readonly Route[]): Hono<ApiEnv> {
  // A path with a slash at its end is the same path.
  const served = new Hono<ApiEnv>({ strict: false });
  served.use(withHeaders);
  // A page anywhere may read the description. Nothing else is for other origins: a key has no place in their pages.
  served.use("/openapi.json", cors({ exposeHeaders: ["ETag"] }), etag());
  for (const route of routes) {
    for (const [method, handler] of Object.entries(route.methods)) {
      served.on([method], [route.path], ...guardsOf(route), handler);
    }
    served.all(route.path, (c) => wrongMethod(c, route));
  }
  served.notFound((c) => respondWith(c, notFoundError("route")));
  served.onError(failed);
  return served;
}

export const app = serving(ROUTES);

/**
 * Nearly all requests are carriers'. By themselves their routes are told apart by one regular expression, which Hono
 * cannot make where a word and a parameter stand in the same place, as among the others.
 */
const forCarriers = serving(ROUTES.filter(({ path }) => path.startsWith(CALLBACKS)));

/** What the Worker does with a request: the same whichever of the two it comes to. */
export const serve: typeof app.fetch = (request, env, ctx) => {
  const { url } = request;
  const isCallback = url.startsWith(CALLBACKS, url.indexOf("/", url.indexOf("//") + 2));
  return (isCallback ? forCarriers : app).fetch(request, env, ctx);
};
