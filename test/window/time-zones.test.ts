/** Names of time zones as they are accepted, and the table's clocks against the runtime's own. */

import { describe, expect, it } from "vitest";
import { offsetAt } from "../../src/window/local-clock.ts";
import { TZ_VERSION } from "../../src/window/tables/clock-table.ts";
import { clockOf, readTimeZone, timeZones } from "../../src/window/time-zones.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe("the name of a time zone", () => {
  it.each([
    ["Europe/Berlin", "Europe/Berlin"],
    ["UTC", "UTC"],
    ["utc", "UTC"],
    ["America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"],
    ["america/NEW_york", "America/New_York"],
    // Older names of the form Area/City.
    ["Asia/Calcutta", "Asia/Kolkata"],
    ["America/Buenos_Aires", "America/Argentina/Buenos_Aires"],
    ["Europe/Kiev", "Europe/Kyiv"],
    ["Australia/NSW", "Australia/Sydney"],
    // A zone that follows another's clock keeps its own name.
    ["Europe/Oslo", "Europe/Oslo"],
    ["America/Coyhaique", "America/Coyhaique"],
  ])("%s is %s", (written, zone) => {
    expect(readTimeZone(written)).toEqual({ ok: true, value: zone });
  });

  it.each([
    ["BST", "Europe/London or Asia/Dhaka"],
    ["AST", "America/Halifax"],
    ["NST", "America/St_Johns"],
    ["IST", "Asia/Kolkata"],
    ["SST", "Pacific/Pago_Pago"],
    ["ECT", "America/Guayaquil"],
    ["ACT", "Australia/Darwin"],
    ["EST", "America/New_York or America/Panama"],
    ["MST", "America/Denver or America/Phoenix"],
    ["HST", "Pacific/Honolulu"],
    ["CET", "Europe/Berlin"],
    ["EST5EDT", "America/New_York"],
    ["GMT", "Europe/London"],
    ["US/Pacific", "America/Los_Angeles"],
    ["Canada/Eastern", "America/Toronto"],
    ["Japan", "Asia/Tokyo"],
    ["Etc/UTC", "UTC"],
    ["America/New York", "America/New_York"],
  ])("%s is refused, and the right one is named: %s", (written, instead) => {
    const read = readTimeZone(written);
    expect(read).toMatchObject({
      ok: false,
      failure: expect.stringContaining(`instead of ${written} write ${instead}`),
    });
  });

  it.each([
    "",
    "Berlin",
    "+02:00",
    "Etc/GMT+5",
    "GMT+1",
    "Europe/Nowhere",
    "EST5EDT4",
    "../etc",
    "__proto__",
    "constructor",
  ])("%j is none", (written) => {
    expect(readTimeZone(written)).toMatchObject({ ok: false, failure: expect.stringContaining("Area/City") });
  });
});

/** Zones whose clocks go differently since a release of the tz database, and are not so in a runtime that has an older one. */
const CHANGED: readonly (readonly [release: string, zones: readonly string[]])[] = [
  ["2025b", ["America/Coyhaique"]],
  ["2026a", ["Europe/Chisinau"]],
  ["2026b", ["America/Vancouver"]],
  ["2026c", ["America/Edmonton", "Africa/Casablanca", "Africa/El_Aaiun"]],
  ["2026d", ["America/Inuvik"]],
  ["2026e", ["America/Winnipeg"]],
  ["2026f", ["America/Havana"]],
];

/** The runtime's, minutes; null for a zone that it does not know. */
function runtimesOffset(zone: string): ((at: number) => number) | null {
  try {
    const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
    return (at) => {
      const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?$/.exec(format.format(at)) ?? [];
      return (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === "-" ? -1 : 1);
    };
  } catch {
    return null;
  }
}

describe("clocks", () => {
  it("go as the runtime says, in every zone that did not change since its release", () => {
    const release = process.versions.tz ?? "";
    const mayDiffer = CHANGED.filter(([since]) => since > release).flatMap(([, zones]) => zones);
    const [begin, end] = [Date.UTC(2026, 0, 2), Date.UTC(2031, 0, 1)];
    let changes = 0;
    for (const zone of timeZones()) {
      if (mayDiffer.includes(zone)) continue;
      const asked = runtimesOffset(zone);
      const ours = (at: number) => offsetAt(zone, at) / 60_000;
      expect([zone, asked === null]).toEqual([zone, false]);
      for (let day = begin; day < end; day += 5 * DAY) {
        if (ours(day) !== asked?.(day))
          expect([zone, new Date(day), ours(day)]).toEqual([zone, new Date(day), asked?.(day)]);
        if (ours(day) === ours(day + 5 * DAY)) continue;
        let [before, after] = [day, day + 5 * DAY];
        while (after - before > 60_000) {
          const middle = Math.floor((before + after) / 2 / 60_000) * 60_000;
          if (ours(middle) === ours(day)) before = middle;
          else after = middle;
        }
        changes += 1;
        expect([zone, asked?.(after - 60_000), asked?.(after)]).toEqual([zone, ours(before), ours(after)]);
      }
    }
    expect(changes).toBeGreaterThan(500);
  });

  it.each([
    // British Columbia, Alberta, the Northwest Territories and Manitoba changed their clocks for the last time in March 2026.
    ["America/Vancouver", "2026-12-01T00:00:00Z", -7],
    ["America/Edmonton", "2026-12-01T00:00:00Z", -6],
    ["America/Inuvik", "2026-12-01T00:00:00Z", -6],
    ["America/Winnipeg", "2026-12-01T00:00:00Z", -5],
    ["America/Vancouver", "2026-02-01T00:00:00Z", -8],
    // Morocco since September 2026, and Cuba for one winter.
    ["Africa/Casablanca", "2026-12-01T00:00:00Z", 0],
    ["America/Havana", "2026-12-01T00:00:00Z", -4],
    ["America/Havana", "2027-12-01T00:00:00Z", -5],
    ["America/Coyhaique", "2026-07-01T00:00:00Z", -3],
    ["Europe/Dublin", "2026-07-01T00:00:00Z", 1],
    ["Europe/Dublin", "2026-12-01T00:00:00Z", 0],
    ["Australia/Lord_Howe", "2027-01-01T00:00:00Z", 11],
  ])("in %s at %s are %d hours ahead", (zone, at, hours) => {
    expect(offsetAt(zone, Date.parse(at)) / HOUR).toBe(hours);
  });

  it("are of a known release, and hundreds of zones have some dozens of rules", () => {
    expect(TZ_VERSION).toMatch(/^20\d\d[a-z]$/);
    expect(timeZones().length).toBeGreaterThan(400);
    expect(new Set(timeZones().map((zone) => clockOf(zone).id)).size).toBeLessThan(80);
  });
});
