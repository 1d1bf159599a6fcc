/**
 * Who asks. A client's key names its organization, whose object knows the key's hash (contract: "authentication");
 * operators carry the Worker's `ADMIN_TOKEN`. Keys and tokens are never logged.
 */

import { createMiddleware } from "hono/factory";
import { isSameSecret } from "../calling/digest.ts";
import { organizationOfApiKey } from "../calling/ids.ts";
import { type ApiContext, type ApiEnv, settingsFor } from "./context.ts";
import { type ApiError, notFoundError, respondWith } from "./envelope.ts";

const UNAUTHORIZED: ApiError = {
  status: 401,
  code: "unauthorized",
  title: "Unauthorized",
  message: "send a valid API key as X-API-Key or as Authorization: Bearer",
  headers: { "WWW-Authenticate": "Bearer" },
};

function bearer(c: ApiContext): string | null {
  const match = /^Bearer +(\S+) *$/i.exec(c.req.header("authorization") ?? "");
  return match?.[1] ?? null;
}

/** The key of either header; null without one, or where the two name different keys. */
function keyOf(c: ApiContext): string | null {
  const header = c.req.header("x-api-key")?.trim() ?? null;
  const authorization = bearer(c);
  if (header !== null && authorization !== null && header !== authorization) return null;
  return header ?? authorization;
}

export const authenticateClient = createMiddleware<ApiEnv>(async (c, next) => {
  const key = keyOf(c);
  const organization = key === null ? null : organizationOfApiKey(key);
  if (key === null || organization === null || !organization.ok) return respondWith(c, UNAUTHORIZED);
  const name = await c.env.ORGANIZATIONS.getByName(organization.value).authenticate(key);
  if (name === null) return respondWith(c, UNAUTHORIZED);
  c.set("organizationId", organization.value);
  c.set("apiKey", name);
  return next();
});

export const authenticateOperator = createMiddleware<ApiEnv>(async (c, next) => {
  const { adminToken } = settingsFor(c);
  // Without the secret there is no such route.
  if (adminToken === null) return respondWith(c, notFoundError("route"));
  const token = bearer(c);
  if (token === null || !(await isSameSecret(token, adminToken))) {
    return respondWith(c, { ...UNAUTHORIZED, message: "send the operators' token as Authorization: Bearer" });
  }
  return next();
});
