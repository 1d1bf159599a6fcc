/** What is known of phone numbers, by the same library and rules as the API's. Loaded on its own. Pure. */

import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
} from "libphonenumber-js/min";
import { phoneNumberProblem } from "../../../calling/phone-number.ts";

/** "+1 415 555 0123"; null for what is no number. */
export const international = (number: string): string | null =>
  parsePhoneNumberFromString(number)?.formatInternational() ?? null;

export type Normalised =
  | { readonly ok: true; readonly number: string }
  | { readonly ok: false; readonly problem: string };

const bad = (problem: string): Normalised => ({ ok: false, problem });

/** E.164 of what stands in a list: with a `+`, with `00`, or as it is dialed within `country`. */
export function normalise(text: string, country: string | null): Normalised {
  const dialed = text.trim().replace(/^00(?=[1-9])/, "+");
  if (dialed === "") return bad("has no number");
  const parsed = parsePhoneNumberFromString(dialed, country === null ? {} : { defaultCountry: country as CountryCode });
  if (parsed === undefined) {
    const needsCountry = country === null && !dialed.startsWith("+") && /\d{5}/.test(dialed.replace(/\D/g, ""));
    return bad(needsCountry ? "has no country code: write it with a +, or choose a country" : "is not a phone number");
  }
  if (parsed.ext !== undefined) return bad("has an extension, which cannot be dialed");
  if (/\p{L}/u.test(dialed)) return bad("has letters in it");
  if (phoneNumberProblem(parsed.number) !== null) return bad("has too few or too many digits for its country");
  return { ok: true, number: parsed.number };
}

export type Country = { readonly code: string; readonly name: string };

/** By name. */
export function countries(): Country[] {
  const names = new Intl.DisplayNames(["en"], { type: "region" });
  return getCountries()
    .map((code) => ({ code, name: `${names.of(code) ?? code} (+${getCountryCallingCode(code)})` }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}
