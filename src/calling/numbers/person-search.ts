/**
 * Finds a person by text, on the page and in the API. A part of the number matches, however it is written. So does text
 * with every word somewhere in the person's data, without accents, in any order and column. Pure.
 */

export type PersonSearch = { readonly words: readonly string[]; readonly digits: string };

/** Letters that Unicode does not treat as accented, as people type them plainly. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: "ss",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  æ: "ae",
  œ: "oe",
  ı: "i",
  ħ: "h",
};

/** Only other characters need to be taken apart. */
const BEYOND_ASCII = /[^\0-\x7f]/;

/** "Müller" and "MULLER" become equal. */
export function folded(text: string): string {
  const lower = text.toLowerCase();
  if (!BEYOND_ASCII.test(lower)) return lower;
  return lower
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[ßøłđðþæœıħ]/g, (letter) => PLAIN[letter] ?? letter);
}

const PUNCTUATION = /[\s().+/-]/g;

export function personSearch(typed: string): PersonSearch {
  const digits = typed.replace(PUNCTUATION, "");
  return {
    words: folded(typed)
      .split(/\s+/)
      .filter((word) => word !== ""),
    // "+1 (415) 555" finds +1415555…; "order 12" does not find numbers that contain 12.
    digits: /^\d+$/.test(digits) ? digits : "",
  };
}

/** `text`: all of a person's values, folded, one per line. An empty search finds all. */
export const isPersonFound = (to_number: string, text: string, { words, digits }: PersonSearch): boolean =>
  (digits !== "" && to_number.includes(digits)) || words.every((word) => text.includes(word));

/** Every value as text, at any depth. Not recursive: metadata may be nested deeper than a call stack. */
export function* valuesIn(metadata: unknown): Generator<string, undefined> {
  const open = [metadata];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === "object" && value !== null) open.push(...Object.values(value));
    else if (value !== null && value !== undefined) yield String(value);
  }
}
