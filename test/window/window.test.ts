/** Windows across zones and both changes of the clock, against a clock that is read minute by minute. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CallingWindow } from "../../src/calling/messages/calling-window.ts";
import { DAYS, type Day } from "../../src/calling/messages/calling-window.ts";
import { clockAt } from "../../src/window/local-clock.ts";
import { nextOpening, zonesFor } from "../../src/window/window.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WEEKDAYS: readonly Day[] = ["mon", "tue", "wed", "thu", "fri"];
const at = (text: string): number => Date.parse(text);
const clock = (hours: number, minutes = 0): number => hours * 60 + minutes;

const window = (fields: Partial<CallingWindow> = {}): CallingWindow => ({
  timezone_mode: "recipient",
  timezone: null,
  windows: [{ days: DAYS, start: clock(9), end: clock(17) }],
  excluded_dates: [],
  unknown_timezone: "block",
  expiresAt: null,
  ...fields,
});
const daily = (start: number, end: number, days: readonly Day[] = DAYS) => window({ windows: [{ days, start, end }] });

const nextOpeningIn = (tried: CallingWindow, zone: string, from: number, ringMs: number) =>
  nextOpening([{ window: tried, zones: [zone] }], from, ringMs);

describe("the clock on the wall", () => {
  it.each([
    ["America/New_York", "2026-03-08T06:59:00Z", "2026-03-08", clock(1, 59)],
    ["America/New_York", "2026-03-08T07:00:00Z", "2026-03-08", clock(3)],
    ["America/New_York", "2026-11-01T05:59:00Z", "2026-11-01", clock(1, 59)],
    ["America/New_York", "2026-11-01T06:00:00Z", "2026-11-01", clock(1)],
    ["Asia/Kathmandu", "2026-06-01T00:00:00Z", "2026-06-01", clock(5, 45)],
    ["Pacific/Auckland", "2026-06-01T13:00:00Z", "2026-06-02", clock(1)],
    ["Europe/London", "2026-06-30T23:00:00Z", "2026-07-01", 0],
  ])("in %s at %s", (zone, instant, date, minutes) => {
    expect(clockAt(zone, at(instant))).toMatchObject({ date, minutes });
  });
});

describe("a window", () => {
  it("begins with its start and ends before its end", () => {
    const nine = at("2026-06-01T13:00:00Z");
    const opening = (instant: number) => nextOpeningIn(daily(clock(9), clock(17)), "America/New_York", instant, 0);
    expect(opening(nine - 1)).toBe(nine);
    expect(opening(nine)).toBe(nine);
    expect(opening(at("2026-06-01T20:59:59Z"))).toBe(at("2026-06-01T20:59:59Z"));
    expect(opening(at("2026-06-01T21:00:00Z"))).toBe(nine + 24 * HOUR);
  });

  it("is closed for a phone that would still ring at its end", () => {
    const opening = (instant: string) =>
      nextOpeningIn(daily(clock(9), clock(17)), "America/New_York", at(instant), 60_000);
    expect(opening("2026-06-01T20:58:59Z")).toBe(at("2026-06-01T20:58:59Z"));
    expect(opening("2026-06-01T20:59:00Z")).toBe(at("2026-06-02T13:00:00Z"));
  });

  it("skips days that it does not name, and excluded ones", () => {
    const weekdays = { ...daily(clock(9), clock(17), WEEKDAYS), excluded_dates: ["2026-06-08"] };
    // Friday evening: the weekend, then a holiday on Monday.
    expect(nextOpeningIn(weekdays, "America/New_York", at("2026-06-05T22:00:00Z"), 0)).toBe(at("2026-06-09T13:00:00Z"));
  });

  it("that begins in the hour that is skipped opens when the clock is set forward", () => {
    const opening = nextOpeningIn(daily(clock(2, 30), clock(5)), "America/New_York", at("2026-03-08T06:00:00Z"), 0);
    expect(opening).toBe(at("2026-03-08T07:00:00Z"));
  });

  it("that lies in the hour that is skipped is closed on that day", () => {
    const opening = nextOpeningIn(daily(clock(2, 15), clock(2, 45)), "America/New_York", at("2026-03-08T06:00:00Z"), 0);
    expect(opening).toBe(at("2026-03-09T06:15:00Z"));
  });

  it("opens twice where the clock is set back over its beginning", () => {
    const short = daily(clock(1, 15), clock(1, 45));
    const first = at("2026-11-01T05:15:00Z");
    expect(nextOpeningIn(short, "America/New_York", first - HOUR, 0)).toBe(first);
    expect(nextOpeningIn(short, "America/New_York", first + 30 * MINUTE, 0)).toBe(first + HOUR);
  });

  it("lets a phone ring over midnight where the next day's follows, in a span of two lists too", () => {
    const always = daily(0, 1_440);
    const from = at("2026-06-01T00:00:00Z");
    for (let day = 1; day <= 40; day += 1) {
      const evening = from + day * 24 * HOUR - MINUTE;
      expect(nextOpeningIn(always, "UTC", evening, 85_000)).toBe(evening);
    }
  });

  it("never opens where it has no day in two months", () => {
    expect(nextOpeningIn(daily(0, 1_440, []), "UTC", 0, 0)).toBeNull();
  });

  it("finds the very first minute that is open, in any zone, through both changes of the clock", () => {
    const zones = [
      "America/New_York",
      "Europe/London",
      "Australia/Lord_Howe",
      "America/St_Johns",
      "Africa/Casablanca",
      "UTC",
    ];
    const start = fc.integer({ min: 0, max: 1_430 });
    const part = fc
      .tuple(start, fc.integer({ min: 5, max: 400 }), fc.subarray([...DAYS], { minLength: 2 }))
      .map(([from, length, days]) => ({ days, start: from, end: Math.min(1_440, from + length) }));
    const moments = ["2026-03-07", "2026-03-28", "2026-04-04", "2026-10-03", "2026-10-24", "2026-10-31", "2026-06-01"];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.array(part, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(...moments),
        fc.integer({ min: 0, max: 2_880 }),
        (zone, windows, day, offset) => {
          const begin = at(`${day}T00:00:00Z`) + offset * MINUTE;
          const tried = window({ windows });
          const isOpen = (instant: number) => {
            const seen = clockAt(zone, instant);
            return windows.some(
              (one) => one.days.includes(seen.day) && one.start <= seen.minutes && seen.minutes < one.end,
            );
          };
          let first = begin;
          while (!isOpen(first)) first += MINUTE;
          expect(nextOpeningIn(tried, zone, begin, 0)).toBe(first);
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});

describe("several zones and several windows", () => {
  it("are open when all are", () => {
    const everywhere = { window: daily(clock(9), clock(17)), zones: ["America/New_York", "America/Los_Angeles"] };
    expect(nextOpening([everywhere], at("2026-06-01T13:00:00Z"), 0)).toBe(at("2026-06-01T16:00:00Z"));
    const floor = { window: daily(clock(12), clock(20)), zones: ["America/New_York"] };
    const own = { window: daily(clock(8), clock(13)), zones: ["America/New_York"] };
    expect(nextOpening([floor, own], at("2026-06-01T10:00:00Z"), 0)).toBe(at("2026-06-01T16:00:00Z"));
  });

  it("that never agree are never open, and neither is what is unknown", () => {
    const early = { window: daily(clock(1), clock(2)), zones: ["UTC"] };
    const late = { window: daily(clock(3), clock(4)), zones: ["UTC"] };
    expect(nextOpening([early, late], 0, 0)).toBeNull();
    expect(nextOpening([{ window: daily(0, 1_440), zones: [] }], 0, 0)).toBeNull();
  });
});

describe("the zones of a recipient", () => {
  it.each<[string, Partial<CallingWindow>, string, string | null, readonly string[]]>([
    ["by the number", {}, "+12125550100", null, ["America/New_York"]],
    ["by what the order says of the recipient", {}, "+12125550100", "Europe/Berlin", ["Europe/Berlin"]],
    ["fixed", { timezone_mode: "fixed", timezone: "UTC" }, "+12125550100", "Europe/Berlin", ["UTC"]],
    ["unknown, and blocked", { timezone: "UTC" }, "+18005550100", null, []],
    ["unknown, and the order's", { timezone: "UTC", unknown_timezone: "use_timezone" }, "+18005550100", null, ["UTC"]],
  ])("%s", (_, fields, number, timezone, zones) => {
    expect(zonesFor(window(fields), number, timezone)).toEqual(zones);
  });
});
