/** The least gap between two calls to a number, and how many a day, by the calendar where the number is. */

import { describe, expect, it } from "vitest";
import { type ContactRules, LEAVES_WITHIN_MS } from "../../src/calling/messages/clearance.ts";
import { contactWait, stricter } from "../../src/window/contact-rules.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const at = (text: string): number => Date.parse(text);
const rules = (gap: number | null, cap: number | null): ContactRules => ({
  min_gap_minutes: gap,
  max_attempts_per_number_per_day: cap,
});
const NOON = at("2026-06-10T12:00:00Z");

describe("a gap", () => {
  it("is counted from the latest instant at which the earlier call can have been dialed", () => {
    const wait = contactWait(rules(60, null), [NOON - 30 * MINUTE], ["UTC"], NOON);
    expect(wait).toEqual({ until: NOON + 30 * MINUTE + LEAVES_WITHIN_MS, reason: "contact_gap" });
  });

  it("is over afterwards, and the latest of several calls counts", () => {
    const earlier = [NOON - 3 * HOUR, NOON - 10 * MINUTE, NOON - 2 * HOUR];
    const wait = contactWait(rules(60, null), earlier, ["UTC"], NOON);
    expect(wait?.until).toBe(NOON + 50 * MINUTE + LEAVES_WITHIN_MS);
    expect(contactWait(rules(60, null), earlier, ["UTC"], wait?.until ?? 0)).toBeNull();
  });
});

describe("so many a day", () => {
  it.each([
    { name: "in UTC where nothing is known", zones: [], until: "2026-06-11T00:00:00Z" },
    { name: "in New York", zones: ["America/New_York"], until: "2026-06-11T04:00:00Z" },
    {
      name: "in each zone in which the number may be",
      zones: ["America/New_York", "America/Los_Angeles"],
      until: "2026-06-11T07:00:00Z",
    },
  ])("$name", ({ zones, until }) => {
    const wait = contactWait(rules(null, 2), [NOON - HOUR, NOON - 2 * HOUR], zones, NOON);
    expect(wait).toEqual({ until: at(until), reason: "daily_cap" });
  });

  it("does not count yesterday, there", () => {
    const yesterday = at("2026-06-10T03:00:00Z");
    expect(contactWait(rules(null, 1), [yesterday], ["America/New_York"], NOON)).toBeNull();
    expect(contactWait(rules(null, 1), [yesterday], ["UTC"], NOON)).not.toBeNull();
  });

  it("counts a call that was cleared so shortly before midnight that it may have been dialed after it", () => {
    const midnight = at("2026-06-10T00:00:00Z");
    const wait = contactWait(rules(null, 1), [midnight - LEAVES_WITHIN_MS], ["UTC"], NOON);
    expect(wait).toEqual({ until: at("2026-06-11T00:00:00Z"), reason: "daily_cap" });
    expect(contactWait(rules(null, 1), [midnight - LEAVES_WITHIN_MS - 1], ["UTC"], NOON)).toBeNull();
  });

  it.each([
    { name: "is 23 hours long when clocks go forward", day: "2026-03-08T12:00:00Z", until: "2026-03-09T04:00:00Z" },
    { name: "is 25 hours long when clocks go back", day: "2026-11-01T12:00:00Z", until: "2026-11-02T05:00:00Z" },
  ])("$name", ({ day, until }) => {
    const wait = contactWait(rules(null, 1), [at(day) - HOUR], ["America/New_York"], at(day));
    expect(wait?.until).toBe(at(until));
  });

  it("and a gap that reaches into the next day: both hold", () => {
    const late = at("2026-06-10T23:50:00Z");
    const wait = contactWait(rules(60, 1), [late - MINUTE], ["UTC"], late);
    expect(wait).toEqual({ until: late + 59 * MINUTE + LEAVES_WITHIN_MS, reason: "contact_gap" });
  });
});

it("takes the longer gap and the lower number of two rules", () => {
  expect(stricter(rules(30, null), rules(60, 3))).toEqual(rules(60, 3));
  expect(stricter(rules(null, 5), rules(null, 2))).toEqual(rules(null, 2));
});
