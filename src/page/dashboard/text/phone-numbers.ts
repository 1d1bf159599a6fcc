/** What is known of phone numbers, by the same library and rules as the API's. Loaded on its own. Pure. */

import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
} from "libphonenumber-js/min";
import {
  IMPOSSIBLE_NUMBER,
  NEEDS_COUNTRY,
  NOT_ONE_NUMBER,
  phoneNumberProblem,
  readPhoneNumber,
} from "../../../calling/phone-number.ts";

/** "+1 415 555 0123"; null for what is no number. */
export const international = (number: string): string | null =>
  parsePhoneNumberFromString(number)?.formatInternational() ?? null;

export type Normalised =
  | { readonly ok: true; readonly number: string }
  | { readonly ok: false; readonly problem: string; readonly needsCountry?: true };

const IMPOSSIBLE = "has too few or too many digits for its country";
const bad = (problem: string): Normalised => ({ ok: false, problem });

/** What there is to do about it on the page. */
function refused(written: string, refusal: string): Normalised {
  if (refusal === IMPOSSIBLE_NUMBER) return bad(IMPOSSIBLE);
  if (refusal !== NEEDS_COUNTRY && refusal !== NOT_ONE_NUMBER) return bad(refusal);
  if (!/\d{5}/.test(written.replace(/\D/g, ""))) return bad("is not a phone number");
  if (/\p{L}/u.test(written)) return bad("has letters in it");
  if (refusal === NOT_ONE_NUMBER) return bad("is not one phone number and nothing else");
  return { ok: false, problem: "has no country code: write it with a +, or choose a country", needsCountry: true };
}

/**
 * E.164 of what stands in a list: with a `+`, with `00`, or as it is dialed within `country`. It is read as the API reads a file,
 * so that what could be two people's numbers is refused here, too.
 */
export function normalise(text: string, country: string | null): Normalised {
  const dialed = text.trim().replace(/^00(?=[1-9])/, "+");
  if (dialed === "") return bad("has no number");
  const read = readPhoneNumber(dialed, country as CountryCode | null);
  if (!read.ok) return refused(dialed, read.failure);
  if (phoneNumberProblem(read.value) !== null) return bad(IMPOSSIBLE);
  return { ok: true, number: read.value };
}

export type Country = { readonly code: string; readonly name: string };

/** By name. */
export function countries(): Country[] {
  const names = new Intl.DisplayNames(["en"], { type: "region" });
  return getCountries()
    .map((code) => ({ code, name: `${names.of(code) ?? code} (+${getCountryCallingCode(code)})` }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}
