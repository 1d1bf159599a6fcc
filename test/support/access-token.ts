/** Tokens as Cloudflare Access signs them. */

import { type JWTPayload, SignJWT } from "jose";

export const AUDIENCE = "f".repeat(64);

export type Signer = { readonly kid: string; readonly key: CryptoKey };
export type Claims = JWTPayload & { readonly email?: string; readonly common_name?: string };

/** For an hour, of the application, unless the claims say otherwise. */
export function accessToken(issuer: string, { kid, key }: Signer, claims: Claims): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const all = { aud: [AUDIENCE], iss: issuer, iat: now, nbf: now, exp: now + 3_600, type: "app", sub: "", ...claims };
  return new SignJWT(all).setProtectedHeader({ alg: "RS256", kid, typ: "JWT" }).sign(key);
}
