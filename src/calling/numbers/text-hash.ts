/** A short hash of a text, for finding what is equal. It keeps nobody from making two texts with one hash. Pure. */

const BEYOND_32_BITS = 2 ** 32;
/** Of the upper half, so many are kept. */
const UPPER_BITS = 6;

/** The last steps of MurmurHash3, after which each bit depends on all that came in. */
function mixed(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Below 2^38. Stored: it must never change. Two FNV-1a hashes of 32 bits with different beginnings. */
export function hashOfText(text: string): number {
  let lower = 0x811c9dc5;
  let upper = 0x1b873593;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    lower = Math.imul(lower ^ code, 0x01000193);
    upper = Math.imul(upper ^ code, 0x01000193);
  }
  return (mixed(upper) >>> (32 - UPPER_BITS)) * BEYOND_32_BITS + (mixed(lower ^ mixed(upper)) >>> 0);
}
