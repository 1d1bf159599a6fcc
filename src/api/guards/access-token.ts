/**
 * The token by which Cloudflare Access says who a person is (Cloudflare One, "Validate JWTs" and "Application token").
 * Access adds it to each request that it lets through, as a header. Only this header counts, and only if the operator has
 * named the team and the application. The cookie `CF_Authorization` is never read.
 */

import { createRemoteJWKSet, errors, jwtVerify } from "jose";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import type { Access } from "../../env.ts";

/** `email`: in lower case. `expiresAt`: epoch ms. */
export type AccessPerson = { readonly email: string; readonly expiresAt: number };

/**
 * forged: it may be a guess. refused: Access signed it, but it signs nobody in here. unreachable: nothing is known.
 * unknown_key: its key may be a new one, and the keys are not fetched again yet.
 */
export type AccessProblem = {
  readonly kind: "forged" | "refused" | "unreachable" | "unknown_key";
  readonly message: string;
};

/** Access renews its keys every six weeks, and signs with the new one at once. The old one stays valid for a week. */
const KEYS_KEPT_MS = 10 * 60_000;
/** A token of an unknown key has the keys fetched again, at most this often. So made-up keys cause no flood of requests. */
const KEYS_FETCHED_EVERY_MS = 30_000;
const KEYS_WITHIN_MS = 5_000;
/** Clocks differ, and a new token is used at once. */
const CLOCKS_DIFFER_SECONDS = 10;
/** RFC 5321, 4.5.3.1.3, without the angle brackets. */
const MAX_EMAIL_CHARACTERS = 254;

/** By the isolate, for each team. Losing them fetches them again. */
const keySets = new Map<string, Keys>();
type Keys = ReturnType<typeof createRemoteJWKSet>;

function keysOf({ issuer }: Access): Keys {
  const known = keySets.get(issuer);
  if (known !== undefined) return known;
  const keys = createRemoteJWKSet(new URL("/cdn-cgi/access/certs", issuer), {
    cacheMaxAge: KEYS_KEPT_MS,
    cooldownDuration: KEYS_FETCHED_EVERY_MS,
    timeoutDuration: KEYS_WITHIN_MS,
  });
  keySets.set(issuer, keys);
  return keys;
}

export async function personOf(token: string, access: Access): Promise<Result<AccessPerson, AccessProblem>> {
  const keys = keysOf(access);
  const isFetchedLately = keys.coolingDown;
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ["RS256"],
      issuer: access.issuer,
      audience: [...access.audiences],
      requiredClaims: ["exp"],
      clockTolerance: CLOCKS_DIFFER_SECONDS,
    });
    const { email, exp = 0 } = payload;
    if (typeof email !== "string" || !email.includes("@") || email.length > MAX_EMAIL_CHARACTERS) return err(NOBODY);
    return ok({ email: email.toLowerCase(), expiresAt: exp * 1_000 });
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey && isFetchedLately) return err(UNKNOWN_KEY);
    return err(problemOf(error));
  }
}

const NOBODY: AccessProblem = {
  kind: "refused",
  message: "this Cloudflare Access token names no person, as that of a service token; a program sends an API key",
};
const UNREACHABLE: AccessProblem = {
  kind: "unreachable",
  message: "the keys of Cloudflare Access cannot be fetched now; send the request again",
};
const UNKNOWN_KEY: AccessProblem = {
  kind: "unknown_key",
  message: "the key of this Cloudflare Access token is not known yet; it may be a new one, so send the request again",
};

const forged = (why: string): AccessProblem => ({
  kind: "forged",
  message: `the Cloudflare Access token is not valid: ${why}`,
});

/** The signature is checked before the claims. */
function problemOf(error: unknown): AccessProblem {
  if (error instanceof errors.JWTExpired)
    return {
      kind: "refused",
      message: "your sign-in through Cloudflare Access has ended",
    };
  if (error instanceof errors.JWTClaimValidationFailed) return { kind: "refused", message: claimProblem(error.claim) };
  if (error instanceof errors.JOSEAlgNotAllowed) return forged("it must be signed with RS256");
  if (error instanceof errors.JWKSNoMatchingKey) return forged("ACCESS_TEAM_DOMAIN has no such key");
  if (error instanceof errors.JWSSignatureVerificationFailed) return forged("its signature is wrong");
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return forged("it is not a signed JWT");
  if (error instanceof errors.JOSENotSupported) return forged("it uses an extension that is not supported");
  if (error instanceof errors.JWKSMultipleMatchingKeys) return forged("it must name its key (kid)");
  return UNREACHABLE;
}

function claimProblem(claim: string): string {
  if (claim === "aud") return "this Cloudflare Access token is for another application: its aud is not in ACCESS_AUD";
  if (claim === "iss") return "this Cloudflare Access token is another team's: its iss is not ACCESS_TEAM_DOMAIN";
  return `this Cloudflare Access token is not valid here: its ${claim} is missing or wrong`;
}
