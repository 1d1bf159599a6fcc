/** An upper bound for how hard a chosen secret is to guess: what its characters could hold if they were random. */

/** NIST SP 800-131A: the least acceptable strength. */
export const SECRET_BITS = 128;

const ALPHABETS: readonly (readonly [form: RegExp, characters: number])[] = [
  [/^[0-9]*$/, 10],
  [/^[0-9a-f-]*$|^[0-9A-F-]*$/, 16],
  [/^[0-9a-z-]*$|^[0-9A-Z-]*$/, 36],
];
/** Letters and digits; other characters are rarely used evenly. */
const ANY = 62;
/** 32 random hexadecimal digits nearly always have at least ten different ones. */
const DISTINCT = 8;

/** Whether the text can be a random one of 128 bits: like 32 hexadecimal digits, or 22 letters and digits. */
export function canBeStrong(secret: string): boolean {
  const characters = secret.replaceAll("-", "");
  if (new Set(characters).size < DISTINCT) return false;
  const [, alphabet] = ALPHABETS.find(([form]) => form.test(secret)) ?? [null, ANY];
  // 22 characters of an alphabet of 62 hold 130.99 bits, so the sum may be rounded down.
  return Math.floor(characters.length * Math.log2(alphabet)) >= SECRET_BITS;
}
