/** How far clocks are ahead of UTC is asked once for each quarter of an hour: that is enough, and it is not asked more often. */

import { afterEach, describe, expect, it, vi } from "vitest";
import { DAYS, offsetAt } from "../../src/window/local-clock.ts";
import { type CallingWindow, opensForNumber } from "../../src/window/window.ts";

const SECOND = 1_000;
const DAY = 24 * 3_600 * SECOND;
const QUARTER = 900 * SECOND;

afterEach(() => {
  vi.restoreAllMocks();
});

/** Asked of `Intl` alone. */
function asked(format: Intl.DateTimeFormat, at: number): number {
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - at;
}

describe("clocks", () => {
  it("are changed at full quarters of an hour, in every zone that there is", () => {
    let changes = 0;
    for (const timeZone of Intl.supportedValuesOf("timeZone")) {
      const format = new Intl.DateTimeFormat("en-US", {
        timeZone,
        hourCycle: "h23",
        year: "numeric",
        month: "2-digit",
        day: "2-digit",
        hour: "2-digit",
        minute: "2-digit",
        second: "2-digit",
      });
      for (let day = Date.UTC(2024, 0, 1); day < Date.UTC(2031, 0, 1); day += 5 * DAY) {
        let [before, after] = [day, day + 5 * DAY];
        const offset = asked(format, before);
        if (offset === asked(format, after)) continue;
        while (after - before > SECOND) {
          const middle = Math.floor((before + after) / 2 / SECOND) * SECOND;
          if (asked(format, middle) === offset) before = middle;
          else after = middle;
        }
        changes += 1;
        expect([timeZone, after % QUARTER]).toEqual([timeZone, 0]);
        expect([offsetAt(timeZone, after - 1), offsetAt(timeZone, after)]).toEqual([offset, asked(format, after)]);
      }
    }
    expect(changes).toBeGreaterThan(500);
  });
});

it("that nobody can be called is found by asking each zone's clock once for each quarter of the two months looked at", () => {
  // Location-independent numbers of Australia may be in any of its zones, three of which are not ahead by full hours.
  const window: CallingWindow = {
    timezone_mode: "recipient",
    timezone: null,
    windows: Array.from({ length: 24 }, (_, hour) => ({ days: DAYS, start: hour * 60, end: hour * 60 + 6 })),
    excluded_dates: [],
    unknown_timezone: "block",
    expiresAt: null,
  };
  const questions = vi.spyOn(Intl.DateTimeFormat.prototype, "formatToParts");
  expect(opensForNumber([window], "+61550123456", null, 30_000, Date.UTC(2026, 10, 27, 15, 30))).toBeNull();
  const ZONES = 8;
  expect(questions.mock.calls.length).toBeLessThan((62 * ZONES * DAY) / QUARTER);
});
