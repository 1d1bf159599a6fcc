/** Phone numbers as people write them: in files, pasted, or wherever a default country is given. Pure. */

import { parsePhoneNumberFromString as parseBy } from "libphonenumber-js/core";
import {
  type CountryCode,
  getCountryCallingCode,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";
import SHAPES from "libphonenumber-js/min/metadata";
import { ok, type Result } from "../requests/result.ts";
import {
  canonicalNumber,
  canonicalOf,
  E164,
  type NumberFault,
  numberFault,
  parsedDigits,
  validNumber,
  withoutRetired,
} from "./phone-number.ts";

export type WrittenNumber = {
  /** E.164, in the one spelling that is stored, compared and dialed. */
  readonly number: string;
  /** Set if it was read as the default country's, but the same digits after a + are another country's number. */
  readonly otherwise: OtherCountry | null;
  /** It has the default country's code and no +, like 49160… for DE. */
  readonly hasBareCode: boolean;
};
/** `country`: ISO 3166, or the calling code if several countries share it. */
export type OtherCountry = { readonly number: string; readonly country: string };

/** A long number as a spreadsheet shortens it. The digits are lost. */
const SHORTENED = /^\d([.,]\d+)?E\+?\d+$/i;
/** How a spreadsheet marks a number as text. */
const AS_TEXT = /^(?:="([^"]*)"|'(.*))$/s;
/** Between two numbers; the second may be only an ending: 1234567/68. */
const ALTERNATIVE = /[/\\~]/;
/** The shortest number after an area code. */
const SHORTEST_REST = 4;
const LINE_END = /[\n\v\f\r\x85\u2028\u2029]/;

const NEEDS_COUNTRY =
  "must begin with + and the country code, like +14155550123; for numbers without one send default_country";
const LINE_ENDS = "has a line break in it: a number is one line";
const NOT_ONE = "must be one phone number and nothing else, like +14155550123";

/**
 * Removes invisible characters (Unicode Cf) and reads others as what they show: spaces, full-width characters. Keeps
 * line ends.
 */
export function asShown(text: string): string {
  // Printable ASCII shows itself.
  if (/^[!-~]*$/.test(text)) return text;
  return text
    .replace(/\p{Cf}/gu, "")
    .replace(/\p{Zs}/gu, " ")
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u301c\u223c]/g, "~")
    .replace(/[\u2044\u2215]/g, "/")
    .replace(/^[ \t]+|[ \t]+$/g, "");
}

/**
 * Reads a number. Otherwise says what to change, and which number was probably meant. `country`: for numbers without a
 * country code. A number that is valid there belongs to that country, whatever else its digits could be.
 */
export function readPhoneNumber(written: string, country: CountryCode | null): Result<WrittenNumber, NumberFault> {
  if (written.trim() !== "" && LINE_END.test(written)) return numberFault("not_one", LINE_ENDS);
  const shown = asShown(written);
  const [, formula, quoted] = AS_TEXT.exec(shown) ?? [];
  const text = (formula ?? quoted ?? shown).trim().replace(/^\(\+(\d{1,3})\)/, "+$1 ");
  if (text === "") return numberFault("empty", "is empty");
  if (E164.test(text)) return plain(canonicalNumber(text));
  if (SHORTENED.test(text)) {
    return numberFault(
      "other",
      `was shortened by a spreadsheet (${text}): format the column as text before you save it`,
    );
  }
  const read = readDialed(text, country);
  if (!read.ok || !ALTERNATIVE.test(text)) return read;
  return isTwo(text, country) ? numberFault("other", `has two numbers (${text}): keep one of them`) : read;
}

/**
 * A number in an address or a query, in its stored form. A + may have become a space there. Text that is not a number
 * stays unchanged.
 */
export function numberAsked(text: string): string {
  const read = readPhoneNumber(text.replace(/^ /, "+"), null);
  return read.ok ? read.value.number : text;
}

const plain = (number: Result<string, NumberFault>): Result<WrittenNumber, NumberFault> =>
  number.ok ? ok({ number: number.value, otherwise: null, hasBareCode: false }) : number;

/** A `/` after an area code is part of a number; after a whole number it begins another. */
function isTwo(text: string, country: CountryCode | null): boolean {
  const parts = text.split(ALTERNATIVE);
  const last = (parts.at(-1) ?? "").replace(/\D/g, "");
  const begins = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join(" "));
  const isWhole = (part: string) => parsed(part, country)?.isValid() === true;
  return last.length < SHORTEST_REST || begins.some(isWhole) || !isWhole(text);
}

const parsed = (text: string, country: CountryCode | null): PhoneNumber | undefined =>
  parsePhoneNumberFromString(text, { extract: false, ...(country === null ? {} : { defaultCountry: country }) });

/** Without a slash after a whole number. */
function readDialed(text: string, country: CountryCode | null): Result<WrittenNumber, NumberFault> {
  const digits = text.replace(/\D/g, "");
  const dialed = country === null ? text.replace(/^00(?=[1-9])/, "+") : text;
  const number = parsed(dialed, country);
  if (number?.ext !== undefined) {
    return numberFault("other", "has an extension, which cannot be dialed: leave it out");
  }
  if (number === undefined) return unread(dialed, digits, country);
  if (text.startsWith("+")) return plain(canonicalOf(parsedDigits(digits), digits));
  return country === null ? plain(canonicalNumber(number.number)) : readNational(number, digits, country);
}

/** Why the library could not read it. */
function unread(text: string, digits: string, country: CountryCode | null): Result<never, NumberFault> {
  if (!/^\+?[\d\s().-]+$/.test(text)) return numberFault("not_one", NOT_ONE);
  const probably = validNumber(digits.replace(/^0+/, ""));
  return text.startsWith("+") || country !== null
    ? numberFault("not_one", NOT_ONE, probably)
    : numberFault("needs_country", NEEDS_COUNTRY, digits.startsWith("0") ? null : probably);
}

/** `number`: what the library makes of the digits in that country. */
function readNational(number: PhoneNumber, digits: string, country: CountryCode): Result<WrittenNumber, NumberFault> {
  const code = getCountryCallingCode(country);
  const bare = digits.startsWith("0") ? undefined : parsedDigits(digits);
  const validBare = bare?.isValid() === true ? bare : undefined;
  if (bare !== undefined && bare.countryCallingCode === code && beginsWithCode(number, bare, digits, country)) {
    if (validBare !== undefined) return ok({ number: validBare.number, otherwise: null, hasBareCode: true });
    const areTwo = number.number !== bare.number && number.isPossible();
    if (areTwo && (bare.isPossible() || !number.isValid())) return either(number.number, bare.number);
  }
  if (number.isValid()) {
    return ok({ number: number.number, otherwise: otherCountry(digits, code), hasBareCode: false });
  }
  // Most people write 00 for +, even where another prefix leads abroad.
  if (/^00[1-9]/.test(digits)) return plain(canonicalNumber(`+${digits.slice(2)}`));
  const retired = digits.startsWith("0") ? code + digits : "";
  if (retired !== withoutRetired(retired)) return plain(canonicalNumber(`+${retired}`));
  if (validBare !== undefined && validBare.countryCallingCode !== code) {
    return numberFault(
      "other",
      `is not a number of ${country}: write it with + and its country code`,
      validBare.number,
    );
  }
  return plain(canonicalOf(number, number.number.slice(1)));
}

/**
 * Whether digits that begin with the default country's own code include it: without the code they are a number only
 * with a leading 0. For +1 the code is also the prefix dialed before each number.
 */
function beginsWithCode(national: PhoneNumber, bare: PhoneNumber, digits: string, country: CountryCode): boolean {
  if (bare.countryCallingCode === "1") return false;
  if (!national.isValid() || national.number === bare.number) return true;
  return parsed(`0${digits}`, country)?.number === national.number;
}

/**
 * Null if no other country has numbers of that form. Whether the range is in use does not matter: it tells nothing
 * about what was meant.
 */
function otherCountry(digits: string, code: string): OtherCountry | null {
  if (digits.startsWith("0")) return null;
  const bare = parseBy(`+${digits}`, { extract: false }, SHAPES);
  if (bare === undefined || bare.countryCallingCode === code || !bare.isValid()) return null;
  return { number: bare.number, country: bare.country ?? `+${bare.countryCallingCode}` };
}

const either = (one: string, other: string) =>
  numberFault("other", `could be ${one} or ${other}: write the intended one with +`);

/** Applies `strict_country`: refuses a number that could also be another country's. */
export const strictly = (read: WrittenNumber): Result<WrittenNumber, NumberFault> =>
  read.otherwise === null ? ok(read) : either(read.number, `${read.otherwise.number} (${read.otherwise.country})`);
