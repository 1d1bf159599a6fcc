/** SHA-256, and comparisons based on it. */

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** In hexadecimal, two digits a byte. */
export function hexOf(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += HEX[byte];
  return text;
}

/** The digest of a text's UTF-8, or of bytes. */
export async function digestOf(content: string | BufferSource): Promise<Uint8Array> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** The digest in hexadecimal. */
export const sha256 = async (content: string | BufferSource): Promise<string> => hexOf(await digestOf(content));

/** Compares a given secret with ours by their digests, so that the time tells nothing about them. */
export async function isSameSecret(given: string, ours: string): Promise<boolean> {
  const [a, b] = await Promise.all([digestOf(given), digestOf(ours)]);
  return areSameBytes(a, b);
}

/** The time depends only on the length: every character is compared. */
export function areSameTexts(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let at = 0; at < a.length; at += 1) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return difference === 0;
}

/** The same of bytes. */
export const areSameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.reduce((difference, byte, index) => difference | (byte ^ (b[index] ?? 0)), 0) === 0;
