/**
 * Telnyx's signatures (Telnyx, "Webhook fundamentals"): Ed25519, under the account's key, over `{timestamp}|{body}`. The
 * timestamp bounds how long a request that somebody recorded can be played again.
 */

/** As Telnyx's own libraries have it, either way. */
const TOLERANCE_SECONDS = 300;

export type Signed = {
  /** `telnyx-signature-ed25519`, base64. */
  readonly signature: string | null;
  /** `telnyx-timestamp`, Unix seconds. */
  readonly timestamp: string | null;
  readonly body: string;
};

function decoded(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

/** `publicKey`: base64 of 32 bytes. */
export async function isSignedWith(publicKey: string, request: Signed, now: number): Promise<boolean> {
  const { signature, timestamp, body } = request;
  if (signature === null || timestamp === null || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const [given, key] = [decoded(signature), decoded(publicKey)];
  if (given === null || key === null) return false;
  const imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "Ed25519" }, imported, given, new TextEncoder().encode(`${timestamp}|${body}`));
}
