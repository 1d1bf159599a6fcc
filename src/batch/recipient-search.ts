/** Who a person means by some text: part of a number, however it is written, or of a value in the metadata. Pure. */

import type { NewRecipient } from "../calling/batch-order.ts";

const PUNCTUATION = /[\s().+/-]/g;

export function searchFor(text: string): (recipient: NewRecipient) => boolean {
  const wanted = text.trim().toLowerCase();
  const digits = wanted.replace(PUNCTUATION, "");
  const isNumber = /^\d+$/.test(digits);
  // What the metadata's text does not contain, none of its values does; parsing is for those that may.
  const inJson = JSON.stringify(wanted).slice(1, -1);
  return ({ to_number, metadata }) => {
    if (isNumber && to_number.includes(digits)) return true;
    if (metadata === null || !metadata.toLowerCase().includes(inJson)) return false;
    return isInValue(JSON.parse(metadata), wanted);
  };
}

/** Without recursion: metadata may be nested deeper than a call stack is. */
function isInValue(metadata: unknown, wanted: string): boolean {
  const open = [metadata];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === "object" && value !== null) open.push(...Object.values(value));
    else if (value !== null && String(value).toLowerCase().includes(wanted)) return true;
  }
  return false;
}
