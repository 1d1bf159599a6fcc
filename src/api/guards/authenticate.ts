/**
 * Authenticates requests. A client's key names its organization, whose object knows the key's hash (contract:
 * "authentication"). A person is known by the token of Cloudflare Access, and the organization knows the role. A request
 * with a key uses the key. Operators send the Worker's `ADMIN_TOKEN`. Keys and tokens are never logged.
 */

import type { Next } from "hono";
import { createMiddleware } from "hono/factory";
import { OPERATOR } from "../../calling/messages/act.ts";
import { err, type Result } from "../../calling/requests/result.ts";
import { isSameSecret } from "../../calling/secrets/digest.ts";
import { isChosenId, organizationOfApiKey } from "../../calling/secrets/ids.ts";
import { mayActAs, type Role } from "../../calling/words/role.ts";
import { writeLog } from "../../log.ts";
import { hashOfKey } from "../../organization/configuration/api-keys.ts";
import { type ApiContext, type ApiEnv, settingsFor } from "../context.ts";
import { type ApiError, comeAgain, notFoundError, respondWith, validationError } from "../envelope.ts";
import { countGuess, guessedTooOften } from "../limits/rate-limits.ts";
import { type AccessPerson, personOf } from "./access-token.ts";
import { ACCESS_HEADER, ORGANIZATION_HEADER } from "./header-names.ts";
import { CheckAlong, KeyRefused } from "./key-along.ts";
import { isKnownOrganization, judgeKey } from "./key-check.ts";
import { forgetKey, type KnownKey, knownKey, rememberKey } from "./known-keys.ts";
import { isOfOwnPage } from "./own-page.ts";

export const UNAUTHORIZED: ApiError = {
  code: "unauthorized",
  message: "send a valid API key as X-API-Key or as Authorization: Bearer",
  headers: { "WWW-Authenticate": "Bearer" },
};

const NO_ORGANIZATION = validationError([
  { path: ORGANIZATION_HEADER, message: "must name one of your organizations: GET /sign-in lists them" },
]);
const FOREIGN_PAGE: ApiError = {
  code: "forbidden",
  message: "a person's request must come from a page of this service; a program sends an API key",
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

function signedIn(c: ApiContext, { organizationId, key }: KnownKey): void {
  const { id, label, role = "admin", expiresAt = null } = key;
  c.set("organizationId", organizationId);
  c.set("client", { id, label });
  c.set("actor", { kind: "key", id, label });
  c.set("standing", { role, expiresAt, endsWith: id });
}

/** Missing in a 304, and kept by Hono all the same. */
const OF_A_LIMIT = ["RateLimit-Policy", "RateLimit"];

/** Nothing of the answer is sent. Hono would keep its headers for the next one. */
async function drop(c: ApiContext): Promise<void> {
  const names = [...c.res.headers.keys(), ...OF_A_LIMIT];
  await c.res.body?.cancel().catch(() => {});
  c.res = undefined;
  c.finalized = false;
  for (const name of names) c.header(name);
}

/** Put it before the guards of an operation that changes something, but not without its organization's object. */
export const keyGoesAlong = createMiddleware<ApiEnv>((c, next) => {
  c.set("keyGoesAlong", true);
  return next();
});

/** The request does not wait for the check of a known key, but its answer does. */
async function goOnMeanwhile(c: ApiContext, next: Next, hash: string, known: KnownKey): Promise<void> {
  const { organizationId, key } = known;
  const check = new CheckAlong(c.env.ORGANIZATIONS.getByName(organizationId), { hash, id: key.id });
  c.set("check", check);
  signedIn(c, known);
  await next();
  try {
    await check.holds();
  } catch (error) {
    // The answer is an error already, and says nothing about what the organization has.
    if (!(error instanceof KeyRefused) && c.res.status >= 400) return;
    forgetKey(c.env, hash);
    await drop(c);
    if (error instanceof KeyRefused) await countGuess(c, organizationId);
    throw error;
  }
}

/** Checks first what needs no object, so that a guess costs no object's time. */
export const authenticateKey = createMiddleware<ApiEnv>(async (c, next) => {
  const key = keyOf(c);
  if (key === null) return respondWith(c, UNAUTHORIZED);
  const hash = await hashOfKey(key);
  const goesAlong = c.req.method === "GET" || c.get("keyGoesAlong") === true;
  const known = goesAlong ? knownKey(c.env, hash) : null;
  if (known !== null) return goOnMeanwhile(c, next, hash, known);
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
  const found = { organizationId: organization.value, key: name };
  // A key without a signature is checked first, as guesses at it are counted.
  if (made === "signed") rememberKey(c.env, hash, found);
  signedIn(c, found);
  return next();
});

/** Null if Cloudflare Access has signed nobody in here. */
export async function accessPerson(c: ApiContext): Promise<Result<AccessPerson, ApiError> | null> {
  const { access } = settingsFor(c);
  const token = c.req.header(ACCESS_HEADER) ?? null;
  if (access === null || token === null) return null;
  const person = await personOf(token, access);
  if (person.ok) return person;
  const { kind, message } = person.failure;
  if (kind === "unreachable") {
    writeLog({ level: "warn", event: "access_keys_unreachable", request_id: c.get("requestId") });
    return err(comeAgain(message));
  }
  // Nobody guesses by a key that Access does not have: it is no guess, and people of one office share an address.
  if (kind === "unknown_key") return err(comeAgain(message));
  if (kind === "refused") return err({ ...UNAUTHORIZED, message });
  const problem = guessedTooOften(c, null);
  if (problem === null) await countGuess(c, null);
  return err(problem ?? { ...UNAUTHORIZED, message });
}

const authenticatePerson = createMiddleware<ApiEnv>(async (c, next) => {
  const person = await accessPerson(c);
  if (person === null) return respondWith(c, UNAUTHORIZED);
  if (!person.ok) return respondWith(c, person.failure);
  if (!isOfOwnPage(c)) return respondWith(c, FOREIGN_PAGE);
  const { email, expiresAt } = person.value;
  const named = c.req.header(ORGANIZATION_HEADER)?.trim() ?? "";
  if (named === "") return respondWith(c, NO_ORGANIZATION);
  const forbidden: ApiError = {
    code: "forbidden",
    message: `${email} is not a member of this organization; ask one of its admins`,
  };
  if (!isChosenId("org_", named) || !(await isKnownOrganization(c.env, named))) return respondWith(c, forbidden);
  const member = await c.env.ORGANIZATIONS.getByName(named).authenticatePerson(email);
  if (member === null) return respondWith(c, forbidden);
  c.set("organizationId", named);
  c.set("client", { id: email, label: email });
  c.set("actor", { kind: "person", id: email, label: email });
  c.set("standing", { role: member.role, expiresAt, endsWith: member.memberId });
  return next();
});

/** A key, even a wrong one, is never replaced by a person. */
export const authenticateClient = createMiddleware<ApiEnv>(async (c, next) => {
  const hasKey = c.req.header("x-api-key") !== undefined || c.req.header("authorization") !== undefined;
  return hasKey || settingsFor(c).access === null ? authenticateKey(c, next) : authenticatePerson(c, next);
});

/** A key or a person may do less than the request asks for. */
export const requireRole = (needed: Role) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const { role } = c.get("standing");
    if (mayActAs(role, needed)) return next();
    const roles = `the role ${needed}${needed === "admin" ? "" : " or admin"}`;
    const message =
      c.get("actor").kind === "person"
        ? `${c.get("client").label} has the role ${role} here; this needs ${roles}`
        : `this key has the role ${role}; use one with ${roles}`;
    return respondWith(c, { code: "forbidden", message });
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
