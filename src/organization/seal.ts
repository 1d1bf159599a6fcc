/**
 * Secrets at rest: AES-256-GCM under a key derived (HKDF, SHA-256) from the Worker's secret `ENCRYPTION_KEY`. The text
 * that is sealed is bound to its owner (`context`), so that a sealed value moved to another row does not open.
 */

import { present } from "../calling/assert.ts";
import { fromBase64, toBase64 } from "../calling/base64.ts";

const SALT = new TextEncoder().encode("callbatch credentials at rest, version 1");
const NONCE_BYTES = 12;

async function keyOf(secret: string): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret), "HKDF", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: SALT, info: new Uint8Array() },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

/** Base64 of nonce and ciphertext. For short texts: credentials, webhook secrets. */
export async function seal(secret: string, context: string, text: string): Promise<string> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv: nonce, additionalData: new TextEncoder().encode(context) },
    await keyOf(secret),
    new TextEncoder().encode(text),
  );
  return toBase64(new Uint8Array([...nonce, ...new Uint8Array(sealed)]));
}

/** Null where it does not open: another key, another context, or a changed text. */
export async function unseal(secret: string, context: string, sealed: string): Promise<string | null> {
  const bytes = present(fromBase64(sealed), "what was sealed is base64");
  try {
    const text = await crypto.subtle.decrypt(
      {
        name: "AES-GCM",
        iv: bytes.subarray(0, NONCE_BYTES),
        additionalData: new TextEncoder().encode(context),
      },
      await keyOf(secret),
      bytes.subarray(NONCE_BYTES),
    );
    return new TextDecoder().decode(text);
  } catch {
    return null;
  }
}
