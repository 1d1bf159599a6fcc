/**
 * `Jambonz-Signature: t=<seconds>,v1=<hex>`, with several `v1` while a secret changes (jambonz, "Securing webhooks").
 * Each is the HMAC-SHA256 of `<seconds>.<body>` under the account's webhook secret.
 */

import { hexOf, isSameSecret } from "../../calling/secrets/digest.ts";

/** As in jambonz's own client: older requests may be replays. */
const TOLERANCE_SECONDS = 300;

export async function signatureOf(secret: string, seconds: string, body: string): Promise<string> {
  const utf8 = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", utf8.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  const signature = await crypto.subtle.sign("HMAC", key, utf8.encode(`${seconds}.${body}`));
  return hexOf(new Uint8Array(signature));
}

export async function isSignedByJambonz(secret: string, header: string, body: string, now: number): Promise<boolean> {
  const parts = header.split(",").map((part) => part.trim());
  const seconds = parts.find((part) => part.startsWith("t="))?.slice(2) ?? "";
  if (!/^\d{1,12}$/.test(seconds) || Math.abs(now / 1_000 - Number(seconds)) > TOLERANCE_SECONDS) return false;
  const ours = await signatureOf(secret, seconds, body);
  const given = parts.filter((part) => part.startsWith("v1=")).map((part) => part.slice(3));
  const verdicts = await Promise.all(given.map((signature) => isSameSecret(signature, ours)));
  return verdicts.includes(true);
}
