/** SHA-256, and what is compared by it. */

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** In hexadecimal, two digits a byte. */
export const hexOf = (bytes: Uint8Array): string => bytes.reduce((text, byte) => text + HEX[byte], "");

/** Of a text: of its UTF-8. */
export async function digestOf(content: string | BufferSource): Promise<Uint8Array> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** The digest in hexadecimal. */
export const sha256 = async (content: string | BufferSource): Promise<string> => hexOf(await digestOf(content));

/** Compares a secret that was sent with ours in a time that tells nothing: not of the secrets, of their digests. */
export async function isSameSecret(given: string, ours: string): Promise<boolean> {
  const [a, b] = await Promise.all([digestOf(given), digestOf(ours)]);
  return areSameBytes(a, b);
}

/** In a time that depends on how many there are alone: every byte is looked at. */
export const areSameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.reduce((difference, byte, index) => difference | (byte ^ (b[index] ?? 0)), 0) === 0;
