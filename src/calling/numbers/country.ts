/** The country of a number, for reports. Pure, but for what it remembers. */

import { parsePhoneNumberFromString } from "libphonenumber-js/max";

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
