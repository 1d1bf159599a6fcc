/** Numbers as people write them, read with and without a default country. */

import type { CountryCode } from "libphonenumber-js/max";
import { describe, expect, it } from "vitest";
import { readPhoneNumber, strictly } from "../../src/calling/numbers/written-number.ts";

const read = (text: string, country: CountryCode | null = null) => {
  const result = readPhoneNumber(text, country);
  return result.ok ? result.value.number : result.failure.message;
};
const value = (text: string, country: CountryCode) => {
  const result = readPhoneNumber(text, country);
  return result.ok ? result.value : result.failure;
};

describe("a number that is valid in the default country", () => {
  it("is that country's, and the other country that it could be of is named", () => {
    expect(value("4695551212", "US")).toEqual({
      number: "+14695551212",
      otherwise: { number: "+4695551212", country: "SE" },
      hasBareCode: false,
    });
  });

  it.each([
    ["(415) 555-0123", "US", "+14155550123"],
    ["1-415-555-0123", "US", "+14155550123"],
    ["030/1234567", "DE", "+49301234567"],
    ["044 668 18 00", "CH", "+41446681800"],
    ["07700 900123", "GB", "+447700900123"],
    ["06 12 34 56 78", "FR", "+33612345678"],
    ["8 (916) 123-45-67", "RU", "+79161234567"],
    ["044 55 1234 5678", "MX", "+525512345678"],
    ["011 15 2345-6789", "AR", "+5491123456789"],
  ] as const)("%s in %s is %s and could be of no other", (text, country, number) => {
    expect(value(text, country)).toEqual({ number, otherwise: null, hasBareCode: false });
  });

  it.each([
    ["491601234567", "DE", "+491601234567"],
    ["441843297700", "GB", "+441843297700"],
    ["447700900123", "GB", "+447700900123"],
    ["919876543210", "IN", "+919876543210"],
  ] as const)("%s in %s is written with the country's own code: %s", (text, country, number) => {
    expect(value(text, country)).toMatchObject({ number, otherwise: null });
  });

  it("says that the code stood there without its +", () => {
    expect(value("491601234567", "DE")).toMatchObject({ hasBareCode: true });
    expect(value("14155550123", "US")).toMatchObject({ hasBareCode: false });
  });

  it("is refused strictly, with both numbers", () => {
    const result = readPhoneNumber("4695551212", "US");
    expect(result.ok && strictly(result.value)).toMatchObject({
      ok: false,
      failure: { message: "could be +14695551212 or +4695551212 (SE): write the intended one with +" },
    });
    const certain = readPhoneNumber("4155550123", "US");
    expect(certain.ok && strictly(certain.value)).toEqual(certain);
  });
});

describe("a number that is not valid in the default country", () => {
  it.each([
    ["441843297700", "US", "+441843297700 is probably meant"],
    ["491511234567", "DE", "could be +49491511234567 or +491511234567"],
    ["12345", "US", "is not a possible phone number"],
  ] as const)("%s in %s is refused: %s", (text, country, message) => {
    expect(read(text, country)).toContain(message);
  });

  it.each(["US", "AU", "DE", "JP", null] as const)("is another's with 00 where the default is %s", (country) => {
    expect(read("0044 20 7946 0958", country)).toBe("+442079460958");
  });
});

describe("a number without a country", () => {
  it.each([
    ["4155550123", "default_country"],
    ["14155550123", "+14155550123 is probably meant"],
  ])("%s is refused: %s", (text, message) => {
    expect(read(text)).toContain(message);
  });
});

describe("a line end", () => {
  const ENDS = ["\n", "\r", "\r\n", "\u2028", "\u2029", "\x85", "\v", "\f"];
  const PLACES = [
    (end: string) => `+14155550123${end}`,
    (end: string) => `${end}+14155550123`,
    (end: string) => `+1415${end}5550123`,
  ];

  it.each([null, "US"] as const)("is nothing that a number may have (country: %s)", (country) => {
    for (const text of ENDS.flatMap((end) => PLACES.map((place) => place(end)))) {
      expect([text, read(text, country)]).toEqual([text, "has a line break in it: a number is one line"]);
    }
  });
});

describe("a slash", () => {
  it.each([
    ["+49 30 1234567/68", null],
    ["+49 30 1234567 / 68", null],
    ["+49 30 1234567／68", null],
    ["+49 30 1234567\\68", null],
    ["+49 30 1234567~9", null],
    ["030 1234567/030 7654321", "DE"],
    ["1234567/1234568", "DE"],
    ["030/1234567/69", "DE"],
  ] as const)("in %s (%s) stands between two numbers", (text, country) => {
    const result = readPhoneNumber(text, country);
    expect(result.ok).toBe(false);
  });

  it("says what to change", () => {
    expect(read("+49 30 1234567/68")).toBe("has two numbers (+49 30 1234567/68): keep one of them");
  });

  it.each([
    ["030/1234567", "DE", "+49301234567"],
    ["0171/1234567", "DE", "+491711234567"],
    ["+49 30/1234567", null, "+49301234567"],
    ["+49 33203/12345", null, "+493320312345"],
    ["415/555/0123", "US", "+14155550123"],
  ] as const)("in %s (%s) may stand behind an area code", (text, country, number) => {
    expect(read(text, country)).toBe(number);
  });
});

describe("characters that are not seen, or are seen as others", () => {
  /** All of Unicode's Cf that people copy with a number, and marks that only a generator would find. */
  const FORMAT = Array.from({ length: 0x11_0000 }, (_, code) => code).filter(
    (code) => (code < 0xd800 || code > 0xdfff) && /\p{Cf}/u.test(String.fromCodePoint(code)),
  );
  const SPACES = Array.from({ length: 0x1_0000 }, (_, code) => String.fromCharCode(code)).filter((character) =>
    /\p{Zs}/u.test(character),
  );

  it("of the category Cf are taken away, all of them", () => {
    expect(FORMAT.length).toBeGreaterThan(150);
    const misread = FORMAT.filter((code) => {
      const mark = String.fromCodePoint(code);
      return read(`${mark}+1${mark}4155550123${mark}`) !== "+14155550123";
    });
    expect(misread).toEqual([]);
  });

  it("that are a space of any kind are one", () => {
    expect(SPACES).toContain("\u202f");
    expect(SPACES).toContain("\u00a0");
    expect(SPACES.filter((space) => read(`${space}+1${space}415 555 0123${space}`) !== "+14155550123")).toEqual([]);
  });

  it.each([
    ["＋１４１５５５５０１２３"],
    ["＋１（４１５）５５５－０１２３"],
    ['="+14155550123"'],
    ["'+14155550123"],
    ["(+1) 415 555 0123"],
    ["+1\u2011415\u2011555\u20110123"],
  ])("%s is read as what it shows", (text) => {
    expect(read(text)).toBe("+14155550123");
  });
});

describe("what is no number", () => {
  it.each([
    ["", "is empty"],
    ['=""', "is empty"],
    ["4,91512E+11", "was shortened by a spreadsheet"],
    ["+49 30 901820 +49 30 901821", "must be one phone number"],
    ["+14155550123 ext 5", "has an extension"],
    ["+1 212 555 010X", "must be one phone number"],
    ["+14155550123²", "must be one phone number"],
    ["+0 44 20 7946 0958", "+442079460958 is probably meant"],
  ])("%j says what to change: %s", (text, message) => {
    expect(read(text)).toContain(message);
  });
});
