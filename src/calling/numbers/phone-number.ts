/**
 * Phone numbers in E.164, one spelling each, as stored, compared and dialed. Published API: `recipients[].to_number`: "+"
 * and up to 15 digits, and a possible number for its country. So a typo is refused before it costs a call.
 *
 * A possible number is accepted even if the library does not know it as assigned. A range that a carrier opened
 * yesterday must be reachable today.
 */

import { type PhoneNumber, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { err, ok, type Result } from "../requests/result.ts";

/** Why a text is not a callable number. The page has its own words for some kinds. */
export type NumberFault = {
  readonly kind: "empty" | "needs_country" | "not_one" | "impossible" | "other";
  /** Says what to change, and names `probably`. */
  readonly message: string;
  /** The number in E.164 that was probably meant; null if unknown. */
  readonly probably: string | null;
};

export const numberFault = (kind: NumberFault["kind"], message: string, probably: string | null = null) =>
  err<NumberFault>({
    kind,
    message: probably === null ? message : `${message}; ${probably} is probably meant`,
    probably,
  });

/**
 * Shapes in which every number is possible and already in its canonical form; a test compares each prefix with the
 * library. Most lists consist of such numbers. Asking the library takes longer than all other work on a new recipient.
 */
export const COMMON_NUMBER =
  /^\+(?:1[2-9]\d{9}|33[1-79]\d{8}|34[6-9]\d{8}|39[37]\d{9}|44[1-37]\d{9}|49[1-9]\d{9}|61[2-478]\d{8}|91[6-9]\d{9})$/;
export const E164 = /^\+[1-9]\d{1,14}$/;

const NOT_E164 =
  "must be a phone number in E.164, like +14155550123: a +, the country code and the number, at most 15 digits and nothing else";
const IMPOSSIBLE =
  "is not a possible phone number: its country code is unknown, or it has too few or too many digits for its country";
const OTHER_SPELLING = "has extra digits before the number, which are not dialed after a country code";

/** By country code: prefixes that were once dialed before a number, are no longer, and are unknown to the library. */
const RETIRED_PREFIXES: readonly (readonly [code: string, national: RegExp])[] = [
  // Mexico until August 2019: 01 for landlines, 044 and 045 for mobiles; from abroad 1 for mobiles.
  ["52", /^(?:1|01|044|045)(\d{10})$/],
];

/** Without a retired prefix. */
export function withoutRetired(digits: string): string {
  for (const [code, national] of RETIRED_PREFIXES) {
    const rest = digits.startsWith(code) ? national.exec(digits.slice(code.length))?.[1] : undefined;
    if (rest !== undefined) return code + rest;
  }
  return digits;
}

/** A + and digits, as the library reads them. */
export const parsedDigits = (digits: string): PhoneNumber | undefined =>
  parsePhoneNumberFromString(`+${withoutRetired(digits)}`, { extract: false });

/** The one spelling of a number in E.164, without its country's trunk prefix. */
export function canonicalNumber(text: string): Result<string, NumberFault> {
  if (COMMON_NUMBER.test(text)) return ok(text);
  if (!E164.test(text)) {
    const digits = /^\+?0*([1-9]\d{4,14})$/.exec(text)?.[1];
    return numberFault("other", NOT_E164, digits === undefined ? null : validNumber(digits));
  }
  const digits = text.slice(1);
  return canonicalOf(parsedDigits(digits), digits);
}

/** `digits`: as written, with the country code. */
export function canonicalOf(parsed: PhoneNumber | undefined, digits: string): Result<string, NumberFault> {
  const isPossible = parsed?.isPossible() === true;
  const meant = probablyMeant(parsed, digits);
  // Digits before the number that the library does not know as a prefix: carriers may treat them in any way.
  if (meant.length > 0 && parsed?.isValid() !== true) {
    const only = meant.length === 1 ? meant[0] : null;
    return numberFault("impossible", isPossible ? OTHER_SPELLING : IMPOSSIBLE, only);
  }
  if (parsed === undefined || !isPossible) return numberFault("impossible", IMPOSSIBLE);
  const { number } = parsed;
  // Read again it would be another number, so it has no single form.
  if (number !== `+${digits}` && parsedDigits(number.slice(1))?.number !== number) {
    return numberFault("impossible", OTHER_SPELLING);
  }
  return ok(number);
}

/** Without the first leading zero, without the first two, … */
const withoutZeros = (text: string): string[] => [...(/^0*/.exec(text)?.[0] ?? "")].map((_, at) => text.slice(at + 1));

/** Valid numbers that result without zeros, or without a country code, after the country code. */
function probablyMeant(parsed: PhoneNumber | undefined, digits: string): string[] {
  if (parsed === undefined) return [];
  const code = parsed.countryCallingCode;
  const national = digits.startsWith(code) ? digits.slice(code.length) : "";
  const behindCode = new RegExp(`^0*${code}(\\d+)$`).exec(national)?.[1];
  const again = behindCode === undefined ? [] : [behindCode, ...withoutZeros(behindCode)];
  const rests = [...withoutZeros(national), ...again];
  const meant = new Set(rests.flatMap((rest) => validNumber(code + rest) ?? []));
  meant.delete(`+${digits}`);
  return [...meant];
}

/** The number in E.164 if the digits with their country code are valid, otherwise null. */
export function validNumber(digits: string): string | null {
  const parsed = parsedDigits(digits);
  return parsed?.isValid() === true ? parsed.number : null;
}
