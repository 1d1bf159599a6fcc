/**
 * Tokens that the Worker can check before it asks the object that made them: a token, and a signature of it and its
 * subject. Synchronous, because a call's URL is made in the turn that stores the intent to dial. Pure.
 *
 * The key derives from `ENCRYPTION_KEY`: the newest key of the ring signs, and all of them verify. Without a key tokens
 * are not signed; then no provider can be stored and no call made.
 */

import { HMAC, hmac } from "fast-sha256";
import { areSameTexts, hexOf } from "./digest.ts";

/** 64 bits in hexadecimal. A guess is also compared with the stored token. */
const SIGNATURE_DIGITS = 16;
/** `randomToken`. */
const TOKEN_CHARACTERS = 22;
const SIGNED_CHARACTERS = TOKEN_CHARACTERS + SIGNATURE_DIGITS;
/** Separates the key that signs tokens from the key that opens secrets. */
const PURPOSE = "callbatch: tokens in URLs";

const encoder = new TextEncoder();

/** By the ring's text: each has taken in its key. Losing them is safe: they are made again. */
const signers = new Map<string, HMAC>();

function signerOf(secret: string): HMAC {
  const known = signers.get(secret);
  if (known !== undefined) return known;
  const signer = new HMAC(hmac(encoder.encode(secret), encoder.encode(PURPOSE)));
  signers.set(secret, signer);
  return signer;
}

function signatureOf(secret: string, subject: string, token: string): string {
  const signer = signerOf(secret).reset();
  return hexOf(
    signer
      .update(encoder.encode(`${subject} ${token}`))
      .digest()
      .subarray(0, SIGNATURE_DIGITS / 2),
  );
}

/** `ring`: the newest key first. `subject`: the call or batch that the token is for. */
export function signedToken(ring: readonly string[], subject: string, token: string): string {
  const [newest] = ring;
  return newest === undefined ? token : token + signatureOf(newest, subject, token);
}

export type TokenVerdict =
  /** `token`: without its signature. */
  | { readonly kind: "signed"; readonly token: string }
  /** In the form from before tokens were signed, or made without a key. */
  | { readonly kind: "unsigned"; readonly token: string }
  | { readonly kind: "forged" };

export function judgeToken(ring: readonly string[], subject: string, text: string): TokenVerdict {
  const token = text.slice(0, TOKEN_CHARACTERS);
  if (text.length === TOKEN_CHARACTERS) return { kind: "unsigned", token };
  if (text.length !== SIGNED_CHARACTERS) return { kind: "forged" };
  const signature = text.slice(TOKEN_CHARACTERS);
  const isGood = ring.some((secret) => areSameTexts(signature, signatureOf(secret, subject, token)));
  return isGood ? { kind: "signed", token } : { kind: "forged" };
}
