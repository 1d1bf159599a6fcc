/** Recognizes what looks like a phone number of any country; cheap enough for thousands of cells. Pure. */

/** Longer than any written number. */
const MAX_CHARACTERS = 40;
const WRITTEN = /^[+＋(\d][\d\s()./\-–‐]*$/u;
const DATE = /^(?:\d{4}([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2\d{2,4})(?:[ T].*)?$/;
const DECIMAL = /^\d+[.,]\d{1,2}$/;

/** Without the marks that a spreadsheet writes around text. */
export const unwrapped = (cell: string): string =>
  cell
    .trim()
    .replace(/^="(.*)"$/, "$1")
    .replace(/^'/, "")
    .trim();

export type Likeness = "no" | "digits" | "number";

/** `digits`: only digits, like an id. `number`: written as people write numbers. */
export function likenessOf(cell: string): Likeness {
  if (cell.length > MAX_CHARACTERS) return "no";
  const text = unwrapped(cell);
  if (!WRITTEN.test(text) || DATE.test(text) || DECIMAL.test(text)) return "no";
  const digits = text.replace(/\D/g, "").length;
  if (digits < 7 || digits > 16) return "no";
  return /^[1-9]\d*$/.test(text) ? "digits" : "number";
}

export const isLikeNumber = (cell: string): boolean => likenessOf(cell) !== "no";
