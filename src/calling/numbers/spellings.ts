/**
 * All E.164 numbers that one phone may be stored under. Needed to compare with rows from before numbers had one
 * spelling, and for the country in which a phone has two numbers. Pure.
 */

import { getCountries, getCountryCallingCode } from "libphonenumber-js/max";
import { COMMON_NUMBER, canonicalNumber } from "./phone-number.ts";
import { ARGENTINE_MOBILE, phoneOf } from "./same-phone.ts";

/** Unusual digits between country code and number that were once accepted. */
const PREFIXES: Readonly<Record<string, readonly string[]>> = {
  "1": ["1"],
  "7": ["8"],
  "36": ["06"],
  // The 0 is part of the number.
  "39": ["00", "39"],
  "225": ["00"],
  "242": ["00"],
  "370": ["8", "0"],
  "375": ["8", "80", "0", "00", "08"],
  "692": ["1"],
  "993": ["8"],
};
const prefixesOf = (code: string): readonly string[] => PREFIXES[code] ?? ["0", "00", code];
const ARGENTINA = "54";
/** Argentine area codes have two to four digits. */
const AREA_CODES = [2, 3, 4];

let callingCodes: ReadonlySet<string> | null = null;

/** No country code is the beginning of another. */
function callingCodeOf(number: string): string {
  callingCodes ??= new Set(getCountries().map((country) => getCountryCallingCode(country)));
  for (let end = 2; end <= 4; end += 1) {
    const code = number.slice(1, end);
    if (callingCodes.has(code)) return code;
  }
  return "";
}

/** The number itself comes first. */
export function spellingsOf(number: string): string[] {
  const code = callingCodeOf(number);
  const rest = number.slice(code.length + 1);
  if (code === ARGENTINA) return [...new Set([number, ...argentine(phoneOf(number).slice(3))])];
  return [number, ...prefixesOf(code).map((prefix) => `+${code}${prefix}${rest}`)];
}

const argentine = (ten: string): string[] => {
  const mobiles = AREA_CODES.map((end) => `${ten.slice(0, end)}15${ten.slice(end)}`);
  return [ten, `9${ten}`, ...mobiles].flatMap((national) => [`+54${national}`, `+540${national}`]);
};

/** The one spelling of a stored number. Asks the library only if it may differ. */
export function inOneSpelling(stored: string): string {
  if (COMMON_NUMBER.test(stored)) return stored;
  const code = callingCodeOf(stored);
  const rest = stored.slice(code.length + 1);
  const mayDiffer =
    code === ARGENTINA
      ? rest.startsWith("0") || stored.length > ARGENTINE_MOBILE.length
      : prefixesOf(code).some((prefix) => rest.startsWith(prefix));
  if (!mayDiffer) return stored;
  const read = canonicalNumber(stored);
  return read.ok ? read.value : (read.failure.probably ?? stored);
}

/**
 * All spellings of some numbers, without what they stand for: usually the search finds nothing, and that would cost
 * more.
 */
export const allSpellings = (numbers: readonly string[]): string[] => numbers.flatMap(spellingsOf);

/** By each spelling of some numbers, the numbers that it stands for. */
export function bySpelling(numbers: Iterable<string>): Map<string, string[]> {
  const meant = new Map<string, string[]>();
  for (const number of new Set(numbers)) {
    for (const spelling of spellingsOf(number)) {
      const others = meant.get(spelling);
      if (others === undefined) meant.set(spelling, [number]);
      else others.push(number);
    }
  }
  return meant;
}
