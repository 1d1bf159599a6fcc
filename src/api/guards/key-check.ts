/**
 * Checks of a key that the Worker can do before it asks an organization's object, so that a guess wakes no object and
 * stores nothing. A key that the service makes ends with a signature. Its secret belongs to the operators' directory;
 * each isolate of the Worker asks for it once. A chosen key, or one of an earlier release, has no signature: its
 * organization must at least exist.
 */

import { hexOf } from "../../calling/secrets/digest.ts";
import { ORGANIZATION_PART, type OrganizationId, randomToken } from "../../calling/secrets/ids.ts";
import { canBeStrong, SECRET_BITS } from "../../calling/secrets/secret-strength.ts";
import { jurisdictionOf } from "../../calling/words/jurisdiction.ts";
import type { Bindings, Settings } from "../../env.ts";
import { directoryOf, isInUse } from "./directories.ts";

/** 64 bits, in hexadecimal: a client that guesses is stopped long before (`rate-limits.ts`). */
const SIGNATURE_DIGITS = 16;
const SIGNED = new RegExp(`^(sk_${ORGANIZATION_PART}_[1-9A-HJ-NP-Za-km-z]{44})-([0-9a-f]{16})$`);

/** Kept for the isolate; losing either asks again. */
const signingKeys = new WeakMap<Bindings, Promise<CryptoKey>>();
const known = new WeakMap<Bindings, Set<OrganizationId>>();

const HMAC = { name: "HMAC", hash: "SHA-256" } as const;

function signingKey(env: Bindings): Promise<CryptoKey> {
  const before = signingKeys.get(env);
  if (before !== undefined) return before;
  const asked = directoryOf(env)
    .signingSecret()
    .then((secret) => crypto.subtle.importKey("raw", new TextEncoder().encode(secret), HMAC, false, ["sign"]));
  signingKeys.set(env, asked);
  // After an error it is asked again.
  asked.catch(() => signingKeys.delete(env));
  return asked;
}

async function signatureOf(env: Bindings, text: string): Promise<string> {
  const signed = await crypto.subtle.sign("HMAC", await signingKey(env), new TextEncoder().encode(text));
  return hexOf(new Uint8Array(signed)).slice(0, SIGNATURE_DIGITS);
}

/** 256 random bits and the signature. */
export async function newSignedKey(env: Bindings, organization: OrganizationId): Promise<string> {
  const key = `sk_${organization.slice("org_".length)}_${randomToken()}${randomToken()}`;
  return `${key}-${await signatureOf(env, key)}`;
}

/** `unsigned`: the Worker cannot tell whether it is valid. */
export async function judgeKey(env: Bindings, key: string): Promise<"signed" | "forged" | "unsigned"> {
  const [, text, signature] = SIGNED.exec(key) ?? [];
  if (text === undefined) return "unsigned";
  return (await signatureOf(env, text)) === signature ? "signed" : "forged";
}

/** Asked for once. The object of one that was deleted meanwhile knows no key. */
export async function isKnownOrganization(env: Bindings, organization: OrganizationId): Promise<boolean> {
  const found = known.get(env) ?? new Set();
  known.set(env, found);
  if (found.has(organization)) return true;
  const jurisdiction = jurisdictionOf(organization);
  if (!(await isInUse(env, jurisdiction)) || !(await directoryOf(env, jurisdiction).knows(organization))) return false;
  found.add(organization);
  return true;
}

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/** The problem of a key that an operator chose; null without one. `url`: of the request. */
export async function chosenKeyProblem(
  env: Bindings,
  settings: Settings,
  url: string,
  key: string,
): Promise<string | null> {
  if ((await judgeKey(env, key)) === "forged")
    return "has the form of a generated key but was not generated here; choose another";
  const isLocal = [url, settings.publicBaseUrl ?? url].every((one) => LOOPBACK.includes(new URL(one).hostname));
  if (isLocal || canBeStrong(key.slice(key.lastIndexOf("_") + 1))) return null;
  return `must have at least ${SECRET_BITS} random bits after the organization, like 32 hexadecimal digits; or leave it out to have one generated`;
}
