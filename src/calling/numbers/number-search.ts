/**
 * What somebody types to find numbers among millions: how they begin, or how they end. Both are searches by an index, which
 * "contains" is not. Pure.
 */

/** `digits`: of E.164, without the `+`. `alsoAtEnd`: a number that ends so is meant, too. */
export type NumberSearch = { readonly digits: string; readonly alsoAtEnd: boolean };

/** So many digits at the end are indexed; fewer would find too many. */
export const LAST_DIGITS = 4;

const PUNCTUATION = /[\s().-]/g;

/** Null where it can be no part of a number, of 15 digits at most (E.164), and finds none. What begins with `+` is a beginning alone. */
export function numberSearchOf(typed: string): NumberSearch | null {
  const [, plus, digits = ""] = /^(\+?)(\d{1,15})$/.exec(typed.replace(PUNCTUATION, "")) ?? [];
  return digits === "" ? null : { digits, alsoAtEnd: plus === "" && digits.length >= LAST_DIGITS };
}
