/** LiveKit's tokens, made and read by Node's own crypto: another hand than the adapter's. */

import { createHash, createHmac, timingSafeEqual } from "node:crypto";

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const signature = (secret: string, text: string): string =>
  createHmac("sha256", secret).update(text).digest("base64url");

export function sign(secret: string, claims: Readonly<Record<string, unknown>>): string {
  const text = `${encoded({ alg: "HS256", typ: "JWT" })}.${encoded(claims)}`;
  return `${text}.${signature(secret, text)}`;
}

/** As LiveKit signs a webhook: valid for five minutes, with the digest of the body. */
export function signWebhook(key: string, secret: string, body: string, now: number): string {
  const seconds = Math.floor(now / 1_000);
  const sha256 = createHash("sha256").update(body).digest("base64");
  return sign(secret, { iss: key, nbf: seconds, exp: seconds + 300, sha256 });
}

export type Claims = {
  readonly video?: {
    readonly roomCreate?: boolean;
    readonly roomList?: boolean;
    readonly roomAdmin?: boolean;
    readonly room?: string;
  };
  readonly sip?: { readonly call?: boolean };
};

/** Null where LiveKit takes no request with it: another key, a wrong secret, no end, over. */
export function claimsOf(token: string, key: string, secret: string): Claims | null {
  const [header = "", payload = "", given = ""] = token.split(".");
  const expected = Buffer.from(signature(secret, `${header}.${payload}`));
  const actual = Buffer.from(given);
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return null;
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Claims & Record<string, unknown>;
  const now = Date.now() / 1_000;
  const isInTime = typeof claims.exp === "number" && claims.exp > now && Number(claims.nbf ?? 0) <= now;
  return claims.iss === key && isInTime ? claims : null;
}
