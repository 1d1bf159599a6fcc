/** How hard a secret that somebody chose is to guess, at most: what its characters could hold if they were random. */

/** NIST SP 800-131A: the least strength that is acceptable. */
export const SECRET_BITS = 128;

const ALPHABETS: readonly (readonly [form: RegExp, characters: number])[] = [
  [/^[0-9]*$/, 10],
  [/^[0-9a-f-]*$|^[0-9A-F-]*$/, 16],
  [/^[0-9a-z-]*$|^[0-9A-Z-]*$/, 36],
];
/** Letters and digits; what is beyond them is rarely used evenly. */
const ANY = 62;
/** Of 32 random hexadecimal digits nearly always at least ten are different. */
const DISTINCT = 8;

/** Whether the text can be a random one of 128 bits: like 32 hexadecimal digits, or 22 letters and digits. */
export function canBeStrong(secret: string): boolean {
  const characters = secret.replaceAll("-", "");
  if (new Set(characters).size < DISTINCT) return false;
  const [, alphabet] = ALPHABETS.find(([form]) => form.test(secret)) ?? [null, ANY];
  // 22 of 62 characters hold 130.99 bits, which is what rounding down is for.
  return Math.floor(characters.length * Math.log2(alphabet)) >= SECRET_BITS;
}
