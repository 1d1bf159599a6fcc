/**
 * Who a person means by some text, on the page and in the API: part of a number, however it is written; or every word of it
 * somewhere in what is known of them, without accents, in whatever order and columns. Pure.
 */

export type PersonSearch = { readonly words: readonly string[]; readonly digits: string };

/** Letters that are no letter with an accent to Unicode, as people type them without. */
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

/** Of no other has any letter to be taken apart. */
const BEYOND_ASCII = /[^\0-\x7f]/;

/** "Müller" and "MULLER" alike. */
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
    // "+1 (415) 555" finds +1415555…, "order 12" finds no number that has a 12 in it.
    digits: /^\d+$/.test(digits) ? digits : "",
  };
}

/** `text`: all of somebody's own values, folded, each on a line. An empty search finds everybody. */
export const isPersonFound = (to_number: string, text: string, { words, digits }: PersonSearch): boolean =>
  (digits !== "" && to_number.includes(digits)) || words.every((word) => text.includes(word));

/** Every value, as text, however deep it stands. Without recursion: metadata may be nested deeper than a call stack is. */
export function* valuesIn(metadata: unknown): Generator<string, undefined> {
  const open = [metadata];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === "object" && value !== null) open.push(...Object.values(value));
    else if (value !== null && value !== undefined) yield String(value);
  }
}
