/** What reports know of a number: its country, and whether it is a mobile one. */

import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";
import { expect, it } from "vitest";
import {
  callingCodeOf,
  countryOf,
  isCallingCode,
  isCountry,
  isMobile,
  tellsMobile,
} from "../../src/calling/numbers/country.ts";

/** By country, in the library's own form. */
const examples = (await import("libphonenumber-js/examples.mobile.json", { with: { type: "json" } })).default;
const exampleOf = (country: CountryCode) => getExampleNumber(country, examples);

it("tells mobile numbers in every country whose numbers tell them", () => {
  const told = getCountries().filter((country) => exampleOf(country)?.getType() === "MOBILE");
  expect(told.length).toBeGreaterThan(200);
  expect(getCountries().filter(tellsMobile)).toEqual(told);
  for (const country of told) {
    const number = exampleOf(country)?.number ?? "";
    expect([number, isMobile(number, countryOf(number))]).toEqual([number, true]);
  }
  expect(isMobile("+493012345678", "DE")).toBe(false);
  expect(isMobile("+14155550100", "US")).toBe(false);
  expect(isMobile("", "")).toBe(false);
});

it("knows calling codes, of countries and of none, and nothing longer", () => {
  const codes = new Set(getCountries().map((country) => `+${getCountryCallingCode(country)}`));
  for (const code of codes) expect([code, isCallingCode(code)]).toEqual([code, true]);
  for (const code of ["+800", "+882"]) {
    expect(isCallingCode(code)).toBe(true);
    expect(parsePhoneNumberFromString(`${code}12345678`)?.country).toBeUndefined();
  }
  for (const text of ["+4915", "+0", "+999", "+"]) expect([text, isCallingCode(text)]).toEqual([text, false]);
  expect([callingCodeOf("DE"), callingCodeOf("JM"), callingCodeOf("+800")]).toEqual(["+49", "+1", "+800"]);
  expect([isCountry("DE"), isCountry("ZZ"), isCountry("+800")]).toEqual([true, false, false]);
});
