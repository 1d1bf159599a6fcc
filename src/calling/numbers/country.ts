/** The country of a number, and whether it is a mobile number, for reports. Pure, but for what it remembers. */

import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";

/** So many digits tell countries apart that share a calling code: +1 and an area code, +44 1481 (Guernsey), +7 7 (Kazakhstan). */
const TELLING_CHARACTERS = 7;
/** Of an isolate: more are looked up again. */
const REMEMBERED_AT_MOST = 20_000;
const countryOfBeginning = new Map<string, string>();

/** ISO 3166; the calling code, like "+800", where the number is of no country, or of none that is known. */
export function countryOf(number: string): string {
  const beginning = number.slice(0, TELLING_CHARACTERS);
  const known = countryOfBeginning.get(beginning);
  if (known !== undefined) return known;
  const parsed = parsePhoneNumberFromString(number, { extract: false });
  if (parsed === undefined) return "";
  if (parsed.country === undefined) return `+${parsed.countryCallingCode}`;
  if (countryOfBeginning.size >= REMEMBERED_AT_MOST) countryOfBeginning.clear();
  countryOfBeginning.set(beginning, parsed.country);
  return parsed.country;
}

/** Here numbers do not tell mobile from fixed lines, as far as the library knows. A test asks it. */
const MOBILE_IS_NOT_TOLD: ReadonlySet<string> = new Set([
  "CA",
  "CL",
  "DO",
  "FM",
  "GU",
  "MP",
  "MX",
  "PR",
  "TA",
  "US",
  "VI",
]);

/** Whether numbers of this country tell mobile from fixed lines. */
export const tellsMobile = (country: string): boolean => !MOBILE_IS_NOT_TOLD.has(country);

/** False where the number does not tell. */
export const isMobile = (number: string, country: string): boolean =>
  tellsMobile(country) && parsePhoneNumberFromString(number, { extract: false })?.getType() === "MOBILE";

/** "+49" of "DE"; what is no country stays as it is. */
export const callingCodeOf = (country: string): string =>
  isSupportedCountry(country) ? `+${getCountryCallingCode(country)}` : country;

export const isCountry = (text: string): boolean => isSupportedCountry(text);

/** Also those of no country, like +800. */
export const isCallingCode = (text: string): boolean =>
  parsePhoneNumberFromString(`${text}12345678`, { extract: false })?.countryCallingCode === text.slice(1);
