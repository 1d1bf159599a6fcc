/**
 * Phone numbers in E.164. Contract: `recipients[].to_number`: "+" and up to 15 digits, and a possible number for its
 * country, so that a typo is refused before it costs a call. The lengths come from libphonenumber-js's smallest
 * metadata: it knows how long numbers of a country are, not which ranges are assigned, because a range that a carrier
 * opened yesterday must be reachable today.
 */

import { type CountryCode, isPossiblePhoneNumber, parsePhoneNumberFromString } from "libphonenumber-js/min";
import { err, ok, type Result } from "./result.ts";

/**
 * Shapes in which every number is possible, as the library says too (a test tries each prefix): most lists consist of
 * them, and asking the library takes longer than everything else that is done with a recipient on its way in.
 */
export const COMMON_NUMBER =
  /^\+(?:1[2-9]\d{9}|33[1-79]\d{8}|34[6-9]\d{8}|39[37]\d{9}|44[1-37]\d{9}|49[1-9]\d{9}|61[2-478]\d{8}|91[6-9]\d{9})$/;
const E164 = /^\+[1-9]\d{1,14}$/;

/** Null where the number can be called, otherwise what is wrong with it, in words that say what to change. */
export function phoneNumberProblem(number: string): string | null {
  if (COMMON_NUMBER.test(number)) return null;
  if (!E164.test(number)) {
    return "must be a phone number in E.164: a + and the country code, then the number, at most 15 digits and nothing else, like +14155550123";
  }
  if (!isPossiblePhoneNumber(number)) {
    return IMPOSSIBLE_NUMBER;
  }
  return null;
}

/** Refusals for which a page has words of its own, about what can be done there. */
export const NEEDS_COUNTRY =
  "must begin with + and the country code, like +14155550123; for numbers without one send default_country";
export const IMPOSSIBLE_NUMBER =
  "is not a possible phone number: its country code is unknown, or it has too few or too many digits for its country";
export const NOT_ONE_NUMBER = "must be one phone number and nothing else, like +14155550123";

/** What a spreadsheet makes of long numbers. The digits are lost. */
const SHORTENED = /^\d([.,]\d+)?E\+?\d+$/i;

/**
 * A number as people write it, in E.164, which is still to be checked; otherwise what to change. `country`: of numbers without a country code.
 * Where digits could be read in two ways nobody is called by a guess.
 */
export function readPhoneNumber(written: string, country: CountryCode | null): Result<string, string> {
  // A spreadsheet's way of writing that a number is text.
  const text = written.replace(/^'/, "").trim();
  if (text === "") return err("is empty");
  // What is in E.164 already is nobody's to rewrite.
  if (E164.test(text)) return ok(text);
  if (SHORTENED.test(text))
    return err(`was shortened by a spreadsheet (${text}): make the column text before you save it`);
  const number = parsePhoneNumberFromString(text, {
    extract: false,
    ...(country === null ? {} : { defaultCountry: country }),
  });
  if (number === undefined) {
    return err(text.startsWith("+") || country !== null ? NOT_ONE_NUMBER : NEEDS_COUNTRY);
  }
  if (number.ext !== undefined) return err("has an extension, which cannot be dialed: leave it out");
  const otherwise = /^[1-9]/.test(text) ? parsePhoneNumberFromString(`+${text}`, { extract: false }) : undefined;
  if (otherwise?.isValid() && otherwise.number !== number.number) {
    return err(`could be ${number.number} or ${otherwise.number}: write which one it is, with +`);
  }
  const problem = phoneNumberProblem(number.number);
  return problem === null ? ok(number.number) : err(problem);
}

/** For logs: enough to recognise a call, not enough to call the person. */
export const maskedNumber = (number: string): string =>
  number.length <= 6 ? "…" : `${number.slice(0, 3)}…${number.slice(-2)}`;
