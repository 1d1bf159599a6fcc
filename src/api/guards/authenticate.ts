/**
 * Authenticates requests. A client's key names its organization, whose object knows the key's hash (contract:
 * "authentication"). Operators send the Worker's `ADMIN_TOKEN`. Keys and tokens are never logged.
 */

import { createMiddleware } from "hono/factory";
import { OPERATOR } from "../../calling/messages/act.ts";
import { isSameSecret } from "../../calling/secrets/digest.ts";
import { organizationOfApiKey } from "../../calling/secrets/ids.ts";
import { mayActAs, type Role } from "../../calling/words/role.ts";
import { type ApiContext, type ApiEnv, settingsFor } from "../context.ts";
import { type ApiError, notFoundError, respondWith } from "../envelope.ts";
import { countGuess, guessedTooOften } from "../limits/rate-limits.ts";
import { isKnownOrganization, judgeKey } from "./key-check.ts";

export const UNAUTHORIZED: ApiError = {
  code: "unauthorized",
  message: "send a valid API key as X-API-Key or as Authorization: Bearer",
  headers: { "WWW-Authenticate": "Bearer" },
};

function bearer(c: ApiContext): string | null {
  const match = /^Bearer +(\S+) *$/i.exec(c.req.header("authorization") ?? "");
  return match?.[1] ?? null;
}

/** The key of either header; null without one, or if the headers name different keys. */
function keyOf(c: ApiContext): string | null {
  const header = c.req.header("x-api-key")?.trim() ?? null;
  const authorization = bearer(c);
  if (header !== null && authorization !== null && header !== authorization) return null;
  return header ?? authorization;
}

/** `asked`: the organization whose object has looked up the key. */
async function wrong(c: ApiContext, asked: string | null, error: ApiError = UNAUTHORIZED): Promise<Response> {
  await countGuess(c, asked);
  return respondWith(c, error);
}

/** Checks first what needs no object, so that a guess costs no object's time. */
export const authenticateClient = createMiddleware<ApiEnv>(async (c, next) => {
  const key = keyOf(c);
  if (key === null) return respondWith(c, UNAUTHORIZED);
  const organization = organizationOfApiKey(key);
  const made = organization.ok ? await judgeKey(c.env, key) : "forged";
  // A signature cannot be guessed, so a signed key is served whatever others at this address do.
  if (made !== "signed") {
    const problem = guessedTooOften(c, organization.ok ? organization.value : null);
    if (problem !== null) return respondWith(c, problem);
  }
  if (!organization.ok || made === "forged") return wrong(c, null);
  if (made === "unsigned" && !(await isKnownOrganization(c.env, organization.value))) return wrong(c, null);
  const name = await c.env.ORGANIZATIONS.getByName(organization.value).authenticate(key);
  if (name === null) return wrong(c, organization.value);
  c.set("organizationId", organization.value);
  c.set("apiKey", { id: name.id, label: name.label });
  c.set("actor", { kind: "key", id: name.id, label: name.label });
  c.set("keyStanding", { role: name.role ?? "admin", expiresAt: name.expiresAt ?? null });
  return next();
});

/** A key may do less than the request asks for. */
export const requireRole = (needed: Role) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const { role } = c.get("keyStanding");
    if (mayActAs(role, needed)) return next();
    return respondWith(c, {
      code: "forbidden",
      message: `this key has the role ${role}; use one with the role ${needed}${needed === "admin" ? "" : " or admin"}`,
    });
  });

export const authenticateOperator = createMiddleware<ApiEnv>(async (c, next) => {
  const { adminToken } = settingsFor(c);
  // Without the secret there is no such route.
  if (adminToken === null) return respondWith(c, notFoundError("route"));
  const problem = guessedTooOften(c, null);
  if (problem !== null) return respondWith(c, problem);
  const token = bearer(c);
  if (token === null || !(await isSameSecret(token, adminToken))) {
    return wrong(c, null, { ...UNAUTHORIZED, message: "send the operators' token as Authorization: Bearer" });
  }
  c.set("actor", OPERATOR);
  return next();
});
