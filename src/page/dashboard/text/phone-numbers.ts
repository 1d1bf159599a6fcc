/** Facts about phone numbers, by the API's library and rules. Loaded separately. Pure. */

import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";
import type { NumberFault } from "../../../calling/numbers/phone-number.ts";
import { type OtherCountry, readPhoneNumber, strictly } from "../../../calling/numbers/written-number.ts";

/** "+1 415 555 0123"; null if it is not a number. */
export const international = (number: string): string | null =>
  parsePhoneNumberFromString(number)?.formatInternational() ?? null;

export type Normalised =
  /** `otherwise`: what else a number without a country code could be. */
  | { readonly ok: true; readonly number: string; readonly otherwise: OtherCountry | null }
  | { readonly ok: false; readonly problem: string; readonly needsCountry?: true };

const bad = (problem: string): Normalised => ({ ok: false, problem });

/** What the user can do about it on the page. */
function refused(written: string, { kind, message, probably }: NumberFault): Normalised {
  const meant = probably === null ? "" : `; ${probably} is probably meant`;
  switch (kind) {
    case "empty":
      return bad("has no number");
    case "impossible":
      return bad(`has too few or too many digits for its country${meant}`);
    case "other":
      return bad(message);
    case "not_one":
    case "needs_country": {
      if (!/\d{5}/.test(written.replace(/\D/g, ""))) return bad("is not a phone number");
      if (/\p{L}/u.test(written)) return bad("has letters in it");
      if (kind === "not_one") return bad(`is not one phone number and nothing else${meant}`);
      const problem = `has no country code: write it with a +, or choose a country${meant}`;
      return { ok: false, problem, needsCountry: true };
    }
  }
}

/**
 * The E.164 form of a number in a list: with `+`, with `00`, or as dialed within `country`. Read like the API reads a
 * file, so that a list means the same in both. `isStrict`: refuses a number that could also be another country's.
 */
export function normalise(text: string, country: string | null, isStrict = false): Normalised {
  const found = readPhoneNumber(text, country as CountryCode | null);
  const read = found.ok && isStrict ? strictly(found.value) : found;
  if (!read.ok) return refused(text, read.failure);
  return { ok: true, number: read.value.number, otherwise: read.value.otherwise };
}

export type Country = { readonly code: string; readonly name: string };

/** By name. */
export function countries(): Country[] {
  const names = new Intl.DisplayNames(["en"], { type: "region" });
  return getCountries()
    .map((code) => ({ code, name: `${names.of(code) ?? code} (+${getCountryCallingCode(code)})` }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}
