/**
 * Telnyx's signatures (Telnyx, "Webhook fundamentals"): Ed25519, under the account's key, over `{timestamp}|{body}`.
 * The timestamp limits how long a recorded request can be replayed.
 */

import { fromBase64 } from "../../calling/secrets/base64.ts";

/** As in Telnyx's own libraries, either way. */
const TOLERANCE_SECONDS = 300;

export type Signed = {
  /** `telnyx-signature-ed25519`, base64. */
  readonly signature: string | null;
  /** `telnyx-timestamp`, Unix seconds. */
  readonly timestamp: string | null;
  readonly body: string;
};

/** `publicKey`: base64 of 32 bytes. */
export async function isSignedWith(publicKey: string, request: Signed, now: number): Promise<boolean> {
  const { signature, timestamp, body } = request;
  if (signature === null || timestamp === null || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const [given, key] = [fromBase64(signature), fromBase64(publicKey)];
  if (given === null || key === null) return false;
  const imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "Ed25519" }, imported, given, new TextEncoder().encode(`${timestamp}|${body}`));
}
