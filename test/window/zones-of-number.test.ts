import { describe, expect, it } from "vitest";
import { NUMBER_ZONES } from "../../src/window/tables/number-zone-table.ts";
import { zoneNamed } from "../../src/window/time-zones.ts";
import { zonesOfNumber } from "../../src/window/zones-of-number.ts";

describe("the zones of a number", () => {
  it.each([
    ["+12125550100", ["America/New_York"]],
    ["+14155550100", ["America/Los_Angeles"]],
    // A code that two zones share: both count.
    ["+12085550100", ["America/Boise", "America/Los_Angeles"]],
    // An overlay has the zones of what it lies over.
    ["+18505550100", ["America/Chicago", "America/New_York"]],
    ["+14485550100", ["America/Chicago", "America/New_York"]],
    ["+493012345678", ["Europe/Berlin"]],
    ["+442071838750", ["Europe/London"]],
    ["+81312345678", ["Asia/Tokyo"]],
    ["+911123456789", ["Asia/Kolkata"]],
    // An area code that is new lies over another one.
    ["+15655550100", ["America/New_York"]],
    ["+14735550100", ["America/Grenada"]],
    ["+14745550100", ["America/Edmonton", "America/Regina"]],
    ["+13065550100", ["America/Edmonton", "America/Regina"]],
    // Their own zone, and no neighbour's with other daylight saving.
    ["+61732123456", ["Australia/Brisbane"]],
    ["+78452123456", ["Europe/Saratov"]],
    ["+74012123456", ["Europe/Kaliningrad"]],
    ["+218213456789", ["Africa/Tripoli"]],
    ["+970221234567", ["Asia/Gaza", "Asia/Hebron"]],
    ["+212520123456", ["Africa/Casablanca"]],
    ["+213123456789", ["Africa/Algiers"]],
    ["+375152450911", ["Europe/Minsk"]],
    ["+526141234567", ["America/Chihuahua"]],
    ["+51123456789", ["America/Lima"]],
  ])("%s", (number, zones) => {
    expect(zonesOfNumber(number)).toEqual(zones);
  });

  it.each([
    ["a mobile number of Australia", "+61412345678", ["Australia/Sydney", "Australia/Perth", "Australia/Brisbane"]],
    [
      "a number of Australia for one rate",
      "+611300123456",
      ["Australia/Sydney", "Australia/Perth", "Australia/Darwin"],
    ],
    ["a toll-free number of Australia", "+611800123456", ["Australia/Sydney", "Australia/Perth", "Australia/Darwin"]],
    ["a mobile number of Russia", "+79147012345", ["Europe/Kaliningrad", "Europe/Moscow", "Asia/Kamchatka"]],
    ["a mobile number of Indonesia", "+6281212345678", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]],
    ["a mobile number of Spain", "+34612345678", ["Europe/Madrid", "Atlantic/Canary"]],
    ["a mobile number of Chile", "+56961234567", ["America/Santiago", "Pacific/Easter", "America/Punta_Arenas"]],
  ])("of %s are all of its country", (_, number, some) => {
    expect(zonesOfNumber(number)).toEqual(expect.arrayContaining(some));
  });

  it.each(["+18005550100", "+12000000000", "+8881234567"])("%s is nowhere that is known", (number) => {
    expect(zonesOfNumber(number)).toEqual([]);
  });

  it("tells one country's parts apart", () => {
    expect(zonesOfNumber("+61893000000")).not.toEqual(zonesOfNumber("+61293000000"));
  });
});

describe("the table", () => {
  it("is small", () => {
    expect(NUMBER_ZONES.length).toBeLessThan(20_000);
  });

  it("names zones that exist, each prefix once", () => {
    const prefixes: string[] = [];
    for (const line of NUMBER_ZONES.trim().split("\n")) {
      const [zones = "", list = ""] = line.split(":");
      for (const zone of zones.split("&")) expect([zone, zoneNamed(zone)]).not.toEqual([zone, null]);
      prefixes.push(...list.split(","));
    }
    expect(new Set(prefixes).size).toBe(prefixes.length);
    expect(prefixes.length).toBeGreaterThan(1_000);
  });
});
