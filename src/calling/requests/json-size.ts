/**
 * Depth and number of values of a JSON text, checked before it is parsed. Twelve million `[` are 12 MB to send and
 * gigabytes to build. One pass over its bytes; it does not check that the text is JSON. Pure.
 */

/** Twice as deep as any JSON that this service takes or gets from a carrier. */
export const MAX_JSON_DEPTH = 64;

export type JsonSizeProblem =
  | { readonly kind: "too_deep" }
  /** It has more values than `most`. */
  | { readonly kind: "too_many"; readonly most: number };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
/** A bracket and a brace differ only in this bit. */
const BRACE_BIT = 0x20;
const BRACE = 0x7b;
const BRACE_END = 0x7d;

/** Null if it is small enough to be parsed. `most`: objects, arrays, their fields and their items together. */
export function jsonSizeProblem(bytes: Uint8Array, most: number): JsonSizeProblem | null {
  let depth = 0;
  let values = 1;
  let isInString = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (isInString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isInString = false;
      continue;
    }
    if (byte === QUOTE) isInString = true;
    else if (byte === COMMA) values += 1;
    else if ((byte | BRACE_BIT) === BRACE) {
      depth += 1;
      values += 1;
      if (depth > MAX_JSON_DEPTH) return { kind: "too_deep" };
    } else if ((byte | BRACE_BIT) === BRACE_END) depth -= 1;
    if (values > most) return { kind: "too_many", most };
  }
  return null;
}

export const sizeMessage = (problem: JsonSizeProblem): string =>
  problem.kind === "too_deep"
    ? `is nested deeper than ${MAX_JSON_DEPTH} levels`
    : `has more than ${problem.most.toLocaleString("en-US")} values; send less in one request`;
