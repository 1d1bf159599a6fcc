/**
 * Text typed to find numbers among millions: their beginning or their end. An index can search for both, but not for
 * "contains". Pure.
 */

/** `digits`: of E.164, without the `+`. `alsoAtEnd`: also finds numbers that end with them. */
export type NumberSearch = { readonly digits: string; readonly alsoAtEnd: boolean };

/** This many last digits are indexed; fewer would find too many. */
export const LAST_DIGITS = 4;

const PUNCTUATION = /[\s().-]/g;

/**
 * Null if the text cannot be part of a number, of at most 15 digits (E.164), so it finds none. Text with `+` matches
 * only beginnings.
 */
export function numberSearchOf(typed: string): NumberSearch | null {
  const [, plus, digits = ""] = /^(\+?)(\d{1,15})$/.exec(typed.replace(PUNCTUATION, "")) ?? [];
  return digits === "" ? null : { digits, alsoAtEnd: plus === "" && digits.length >= LAST_DIGITS };
}
