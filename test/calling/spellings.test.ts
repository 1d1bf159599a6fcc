/** Numbers that were stored before each had one spelling, and the country in which a phone has two. */

import { type CountryCode, getCountries, getExampleNumber } from "libphonenumber-js/max";
import { isPossiblePhoneNumber } from "libphonenumber-js/min";
import EXAMPLES from "libphonenumber-js/mobile/examples";
import { describe, expect, it } from "vitest";
import { canonicalNumber } from "../../src/calling/numbers/phone-number.ts";
import { phoneOf } from "../../src/calling/numbers/same-phone.ts";
import { bySpelling, inOneSpelling, spellingsOf } from "../../src/calling/numbers/spellings.ts";

/** What people put between country code and number: a trunk prefix, the code once more, or both. */
const prefixesOf = (code: string) => ["0", "00", "1", "6", "06", "8", "80", "08", code];
/** As far as the service went before: the length alone. */
const wasAccepted = isPossiblePhoneNumber;

const meantBy = (written: string): string | null => {
  const read = canonicalNumber(written);
  return read.ok ? read.value : read.failure.probably;
};

/** The mobile number that the library has as an example, of each country. */
const MOBILES: [CountryCode, string, string][] = getCountries().flatMap((country) => {
  const example = getExampleNumber(country, EXAMPLES);
  return example === undefined ? [] : [[country, example.number, example.countryCallingCode]];
});

describe("a mobile number", () => {
  it.each(MOBILES)("of %s is found in every spelling that was accepted", (_, number, code) => {
    const others = prefixesOf(code)
      .map((prefix) => `+${code}${prefix}${number.slice(code.length + 1)}`)
      .filter((other) => other.length <= 16 && wasAccepted(other) && meantBy(other) === number);
    const spellings = spellingsOf(number);
    expect(others.filter((other) => other !== number && !spellings.includes(other))).toEqual([]);
    expect(others.map(inOneSpelling)).toEqual(others.map(() => number));
    expect(inOneSpelling(number)).toBe(number);
  });
});

it("is found with the trunk prefix of each of many countries, and for few of them the test is empty", () => {
  const found = MOBILES.filter(([, number]) =>
    spellingsOf(number).some((one) => one !== number && meantBy(one) === number),
  );
  expect(found.length).toBeGreaterThan(150);
});

describe("an Argentine mobile", () => {
  it.each(["+541123456789", "+54111523456789", "+540111523456789", "+5401123456789", "+5491123456789"])(
    "is found as %s",
    (spelling) => {
      expect(spellingsOf("+5491123456789")).toContain(spelling);
      expect(spellingsOf("+541123456789")).toContain(spelling);
    },
  );

  it("is the phone that it is without its 9, and no other number changes", () => {
    expect(phoneOf("+5491123456789")).toBe(phoneOf("+541123456789"));
    expect(MOBILES.filter(([country, number]) => country !== "AR" && phoneOf(number) !== number)).toEqual([]);
  });
});

it("knows for each spelling who is meant", () => {
  const meant = bySpelling(["+447700900123", "+541123456789", "+5491123456789"]);
  expect(meant.get("+4407700900123")).toEqual(["+447700900123"]);
  expect(meant.get("+541123456789")).toEqual(["+541123456789", "+5491123456789"]);
});

it.each([
  ["+4407700900123", "+447700900123"],
  ["+480601123456", "+48601123456"],
  ["+54111523456789", "+5491123456789"],
  ["+390612345678", "+390612345678"],
  ["+nothing", "+nothing"],
])("reads %s, which was stored before, as %s", (stored, number) => {
  expect(inOneSpelling(stored)).toBe(number);
});
