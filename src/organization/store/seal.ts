/**
 * Secrets at rest: AES-256-GCM under a key derived (HKDF, SHA-256) from the Worker's secret `ENCRYPTION_KEY`. The
 * sealed text is bound to its owner (`context`), so a value moved to another row does not open.
 *
 * A key is replaced without a gap: the newest key of the ring seals, and any of them opens.
 */

import { present } from "../../calling/requests/assert.ts";
import { fromBase64, toBase64 } from "../../calling/secrets/base64.ts";

/** Newest first; empty if the operator has set none. */
export type KeyRing = readonly string[];

const SALT = new TextEncoder().encode("callbatch credentials at rest, version 1");
const NONCE_BYTES = 12;

/** Derived keys by their secret. Losing it is safe: they are derived again. */
const derived = new Map<string, Promise<CryptoKey>>();

function keyOf(secret: string): Promise<CryptoKey> {
  const key = derived.get(secret) ?? derive(secret);
  derived.set(secret, key);
  return key;
}

async function derive(secret: string): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret), "HKDF", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: SALT, info: new Uint8Array() },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

/** Base64 of nonce and ciphertext; null without a key. For short texts: credentials, webhook secrets. */
export async function seal(ring: KeyRing, context: string, text: string): Promise<string | null> {
  const [newest] = ring;
  if (newest === undefined) return null;
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv: nonce, additionalData: new TextEncoder().encode(context) },
    await keyOf(newest),
    new TextEncoder().encode(text),
  );
  return toBase64(new Uint8Array([...nonce, ...new Uint8Array(sealed)]));
}

/** Null if it does not open: no key fits, the context differs, or the text was changed. */
export async function unseal(ring: KeyRing, context: string, sealed: string): Promise<string | null> {
  for (const secret of ring) {
    const text = await opened(secret, context, sealed);
    if (text !== null) return text;
  }
  return null;
}

async function opened(secret: string, context: string, sealed: string): Promise<string | null> {
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

export type Resealed =
  | { readonly kind: "resealed"; readonly sealed: string }
  /** The newest key has sealed it. */
  | { readonly kind: "current" }
  /** No key of the ring opens it. */
  | { readonly kind: "unopened" };

/** The same text, sealed with the newest key of the ring. */
export async function resealed(ring: KeyRing, context: string, sealed: string): Promise<Resealed> {
  if ((await unseal(ring.slice(0, 1), context, sealed)) !== null) return { kind: "current" };
  const text = await unseal(ring, context, sealed);
  const again = text === null ? null : await seal(ring, context, text);
  return again === null ? { kind: "unopened" } : { kind: "resealed", sealed: again };
}
