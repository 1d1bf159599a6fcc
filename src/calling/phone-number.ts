/**
 * Phone numbers in E.164. Contract: `recipients[].to_number`: "+" and up to 15 digits, and a possible number for its
 * country, so that a typo is refused before it costs a call. The lengths come from libphonenumber-js's smallest
 * metadata: it knows how long numbers of a country are, not which ranges are assigned, because a range that a carrier
 * opened yesterday must be reachable today.
 */

import { isPossiblePhoneNumber } from "libphonenumber-js/min";

const E164 = /^\+[1-9]\d{1,14}$/;

/** Null where the number can be called, otherwise what is wrong with it, in words that say what to change. */
export function phoneNumberProblem(number: string): string | null {
  if (!E164.test(number)) {
    return "must be a phone number in E.164: a + and the country code, then the number, at most 15 digits and nothing else, like +14155550123";
  }
  if (!isPossiblePhoneNumber(number)) {
    return "is not a possible phone number: its country code is unknown, or it has too few or too many digits for its country";
  }
  return null;
}

/** For logs: enough to recognise a call, not enough to call the person. */
export const maskedNumber = (number: string): string =>
  number.length <= 6 ? "…" : `${number.slice(0, 3)}…${number.slice(-2)}`;
