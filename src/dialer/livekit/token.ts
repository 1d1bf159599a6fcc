/**
 * LiveKit's tokens (LiveKit, "Access tokens", "Webhooks"): JWTs signed with the API secret. We sign one for each
 * request. LiveKit signs one for each webhook, with the SHA-256 of the body.
 */

import { sign, verify } from "hono/jwt";
import { toBase64 } from "../../calling/secrets/base64.ts";
import { digestOf, isSameSecret } from "../../calling/secrets/digest.ts";
import type { LiveKitGateway } from "./account.ts";

/** Far longer than a request takes. */
const LIFE_SECONDS = 120;
/** Clocks differ; LiveKit's own libraries allow the same. */
const LEEWAY_SECONDS = 60;
const ALGORITHM = "HS256";

/** What a request may do: only what it needs. */
export type Grant =
  | { readonly video: { readonly roomCreate: true } | { readonly roomList: true } }
  | { readonly video: { readonly roomAdmin: true; readonly room: string } }
  | { readonly sip: { readonly call: true } };

export function tokenFor({ api_key, api_secret }: LiveKitGateway, grant: Grant, now: number): Promise<string> {
  const seconds = Math.floor(now / 1_000);
  const claims = { iss: api_key, nbf: seconds - LEEWAY_SECONDS, exp: seconds + LIFE_SECONDS, ...grant };
  return sign(claims, api_secret, ALGORITHM);
}

const base64DigestOf = async (body: string): Promise<string> => toBase64(await digestOf(body));

/** `authorization`: the webhook's header, which has no `Bearer` before the token. */
export async function isSignedByLiveKit(
  { api_key, api_secret }: LiveKitGateway,
  authorization: string,
  body: string,
  now: number,
): Promise<boolean> {
  const { exp, nbf = 0, sha256 } = await claimsOf(authorization, api_key, api_secret);
  const seconds = now / 1_000;
  // LiveKit's tokens always expire.
  if (typeof exp !== "number" || exp + LEEWAY_SECONDS <= seconds) return false;
  if (typeof nbf !== "number" || nbf - LEEWAY_SECONDS > seconds) return false;
  return typeof sha256 === "string" && isSameSecret(sha256, await base64DigestOf(body));
}

/** Empty if the token has another key, or another secret signed it. The caller checks its times. */
export async function claimsOf(token: string, issuer: string, secret: string): Promise<Record<string, unknown>> {
  try {
    return await verify(token, secret, { alg: ALGORITHM, iss: issuer, exp: false, nbf: false, iat: false });
  } catch {
    return {};
  }
}
