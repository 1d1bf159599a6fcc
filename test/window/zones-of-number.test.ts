import { describe, expect, it } from "vitest";
import { zoneNamed } from "../../src/window/time-zones.ts";
import { ZONE_TABLE } from "../../src/window/zone-table.ts";
import { zonesOfNumber } from "../../src/window/zones-of-number.ts";

describe("the zones of a number", () => {
  it.each([
    ["+12125550100", ["America/New_York"]],
    ["+14155550100", ["America/Los_Angeles"]],
    // A code that two zones share: both count.
    ["+12085550100", ["America/Boise", "America/Denver", "America/Los_Angeles"]],
    // An overlay has the zones of what it lies over.
    ["+18505550100", ["America/Chicago", "America/New_York"]],
    ["+14485550100", ["America/Chicago", "America/New_York"]],
    ["+493012345678", ["Europe/Berlin"]],
    ["+442071838750", ["Europe/London"]],
    ["+81312345678", ["Asia/Tokyo"]],
    ["+911123456789", ["Asia/Kolkata"]],
  ])("%s", (number, zones) => {
    expect(zonesOfNumber(number)).toEqual(zones);
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
    expect(ZONE_TABLE.length).toBeLessThan(20_000);
  });

  it("names zones that exist, each prefix once", () => {
    const prefixes: string[] = [];
    for (const line of ZONE_TABLE.trim().split("\n")) {
      const [zones = "", list = ""] = line.split(":");
      for (const zone of zones.split("&")) expect([zone, zoneNamed(zone)]).not.toEqual([zone, null]);
      prefixes.push(...list.split(","));
    }
    expect(new Set(prefixes).size).toBe(prefixes.length);
    expect(prefixes.length).toBeGreaterThan(1_500);
  });
});
