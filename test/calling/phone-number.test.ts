import { isPossiblePhoneNumber } from "libphonenumber-js/min";
import { describe, expect, it } from "vitest";
import { COMMON_NUMBER, phoneNumberProblem } from "../../src/calling/phone-number.ts";

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

describe("a number of a common shape", () => {
  it.each(CODES)(
    "of +%s is possible by the library's rules, whatever its first digits are",
    (code) => {
      const common = numbersOf(code).filter((number) => COMMON_NUMBER.test(number));
      expect(common.length).toBeGreaterThan(PREFIXES / 3);
      expect(common.filter((number) => !isPossiblePhoneNumber(number))).toEqual([]);
    },
    60_000,
  );
});

describe("any other number", () => {
  it.each([
    ["+1415555012", "too short"],
    ["+141555501234", "too long"],
    ["+4411111", "too short for its country"],
    ["+9991234567", "of an unknown country"],
  ])("%s (%s) is refused as before", (number) => {
    expect(phoneNumberProblem(number)).toMatch(/possible/);
  });
  it.each(["14155550123", "+0123", "+1 415 555 0123", ""])("%j is not E.164", (number) => {
    expect(phoneNumberProblem(number)).toMatch(/E\.164/);
  });
  it.each(["+85291234567", "+4915112345678", "+37060012345"])("%s is still asked of the library", (number) => {
    expect(phoneNumberProblem(number)).toBeNull();
  });
});
