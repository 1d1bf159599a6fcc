import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { describe, expect, it } from "vitest";
import { COMMON_NUMBER, canonicalNumber } from "../../src/calling/numbers/phone-number.ts";

/** Codes with the digits that follow in the shapes, and more, so that the test also asks at their borders. */
const CODES = ["1", "33", "34", "39", "44", "49", "61", "91"] as const;
/** Digits that a tail is made of: no tail changes the verdict in these shapes, so a few very different ones are tried. */
const TAILS = ["0000000000", "1234567890", "9999999999"] as const;
const PREFIXES = 1_000;

const numbersOf = (code: string): string[] =>
  [8, 9, 10, 11].flatMap((length) =>
    Array.from({ length: PREFIXES }, (_, prefix) => String(prefix).padStart(3, "0")).flatMap((prefix) =>
      TAILS.map((tail) => `+${code}${(prefix + tail).slice(0, length)}`),
    ),
  );

const canonical = (number: string): string => {
  const read = canonicalNumber(number);
  return read.ok ? read.value : read.failure.message;
};
const probably = (number: string): string | null => {
  const read = canonicalNumber(number);
  return read.ok ? null : read.failure.probably;
};

describe("a number of a common shape", () => {
  it.each(CODES)(
    "of +%s is possible and its own canonical form by the library's rules, whatever its first digits are",
    (code) => {
      const common = numbersOf(code).filter((number) => COMMON_NUMBER.test(number));
      expect(common.length).toBeGreaterThan(PREFIXES / 3);
      const isItself = (number: string) => {
        const parsed = parsePhoneNumberFromString(number, { extract: false });
        return parsed?.isPossible() === true && parsed.number === number;
      };
      expect(common.filter((number) => !isItself(number))).toEqual([]);
    },
    60_000,
  );
});

describe("one number has one spelling", () => {
  it.each([
    ["+4407700900123", "+447700900123"],
    ["+490301234567", "+49301234567"],
    ["+330612345678", "+33612345678"],
    ["+610412345678", "+61412345678"],
    ["+460736829291", "+46736829291"],
    ["+112125550199", "+12125550199"],
    ["+789161234567", "+79161234567"],
    ["+3606301234567", "+36301234567"],
    ["+8613812345678", "+8613812345678"],
    ["+86013812345678", "+8613812345678"],
  ])("%s, with the country's trunk prefix, is %s", (written, number) => {
    expect(canonical(written)).toBe(number);
  });

  it.each([
    ["+540111523456789", "+5491123456789"],
    ["+54111523456789", "+5491123456789"],
    ["+5491123456789", "+5491123456789"],
  ])("an Argentine mobile: %s is %s", (written, number) => {
    expect(canonical(written)).toBe(number);
  });

  it.each([
    ["+5215512345678", "+525512345678"],
    ["+52015512345678", "+525512345678"],
    ["+520445512345678", "+525512345678"],
    ["+525512345678", "+525512345678"],
  ])("a Mexican one with a prefix of former days: %s is %s", (written, number) => {
    expect(canonical(written)).toBe(number);
  });

  it.each(["+390612345678", "+2250701234567", "+78121234567", "+3780549886377"])(
    "%s keeps its digits: they belong to it",
    (number) => {
      expect(canonical(number)).toBe(number);
    },
  );

  it.each(["+14155550123", "+447700900123", "+12025550143", "+61491570156", "+33199000123"])(
    "%s, which is set aside for examples, stays",
    (number) => {
      expect(canonical(number)).toBe(number);
    },
  );

  it.each([
    ["a zero where there is no trunk prefix", "+340612345678", "+34612345678"],
    ["the same where the length is possible", "+480601123456", "+48601123456"],
    ["the country code twice", "+4949301234567", "+49301234567"],
    ["a zero before the country code", "+0493012345678", "+493012345678"],
    ["no +", "14155550123", "+14155550123"],
  ])("is refused with %s, and the number is named that was probably meant", (_, written, meant) => {
    expect(canonical(written)).toContain(`; ${meant} is probably meant`);
    expect(probably(written)).toBe(meant);
  });
});

describe("any other number", () => {
  it.each([
    ["+1415555012", "too short"],
    ["+141555501234", "too long"],
    ["+4411111", "too short for its country"],
    ["+9991234567", "of an unknown country"],
  ])("%s (%s) is refused", (number) => {
    expect(canonical(number)).toMatch(/possible/);
  });
  it.each(["14155550123", "+0123", "+1 415 555 0123", ""])("%j is not E.164", (number) => {
    expect(canonical(number)).toMatch(/E\.164/);
  });
  it.each(["+85291234567", "+4915112345678", "+37060012345"])("%s is asked of the library", (number) => {
    expect(canonical(number)).toBe(number);
  });
});
