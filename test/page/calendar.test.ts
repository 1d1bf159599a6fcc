/** Which days the calendar shows, and on which day a batch is. */

import { describe, expect, it } from "vitest";
import { SCHEDULE_AHEAD_MS } from "../../src/calling/requests/limits.ts";
import type { Batch } from "../../src/client/client.ts";
import {
  dateWords,
  daysOf,
  dayWords,
  neighbourOf,
  periodWords,
  shownOf,
} from "../../src/page/dashboard/calendar/period.ts";
import { firstHours, peopleLeft, placed } from "../../src/page/dashboard/calendar/placing.ts";
import { hoursWords } from "../../src/page/dashboard/calendar/words.ts";
import { dayAfter, dayOf } from "../../src/page/dashboard/text/days.ts";

/** A Monday at noon by this machine's clock. */
const NOW = new Date(2026, 10, 30, 12).getTime();
const at = (days: number, hour = 9): string => new Date(2026, 10, 30 + days, hour).toISOString();

const BATCH = {
  id: "acb_1",
  name: "Guests",
  status: "pending",
  total_calls_scheduled: 10,
  total_calls_dispatched: 0,
  total_calls_finished: 0,
} as Batch;
const batch = (name: string, fields: Partial<Batch>): Batch => ({ ...BATCH, name, ...fields });

describe("the period", () => {
  it.each([
    ["week", "2026-11-30", "2026-12-06", "30 Nov – 6 Dec 2026"],
    ["week", "2026-12-28", "2027-01-03", "28 Dec 2026 – 3 Jan 2027"],
    ["weeks", "2026-11-30", "2027-01-10", "30 Nov 2026 – 10 Jan 2027"],
  ] as const)("is the %s from %s until %s", (view, first, last, words) => {
    const days = daysOf({ view, first });
    expect([days[0], days.at(-1), days.length % 7]).toEqual([first, last, 0]);
    expect(days).toEqual([...new Set(days)].sort());
    expect(periodWords({ view, first })).toBe(words);
    expect(daysOf(neighbourOf({ view, first }, 1))[0]).toBe(dayAfter(last, 1));
    expect(neighbourOf(neighbourOf({ view, first }, 1), -1)).toEqual({ view, first });
  });

  it.each([
    ["", "week", "2026-11-30"],
    ["view=weeks&day=2027-03-07", "weeks", "2027-03-01"],
    ["view=year&day=2027-02-01x", "week", "2026-11-30"],
    ["day=2027-13-01", "week", "2026-11-30"],
  ])("is read from the address: %s", (address, view, first) => {
    expect(shownOf(new URLSearchParams(address), NOW)).toEqual({ view, first });
  });

  it("has all that can be scheduled in its weeks, whatever the weekday", () => {
    for (let later = 0; later < 7; later += 1) {
      const now = NOW + later * 86_400_000;
      const shown = shownOf(new URLSearchParams({ view: "weeks" }), now);
      expect(daysOf(shown)).toContain(dayOf(now + SCHEDULE_AHEAD_MS));
    }
  });

  it("names a day, with the month where it begins", () => {
    expect(dayWords("2026-11-30")).toBe("Mon 30 Nov");
    expect([dateWords("2026-11-30", false), dateWords("2026-11-30", true), dateWords("2026-12-01", false)]).toEqual([
      "30",
      "30 Nov",
      "1 Dec",
    ]);
  });
});

describe("a batch is on the day", () => {
  const dayIn = (days: number) => dayOf(Date.parse(at(days)));
  const LIVE = { status: "in_progress", total_calls_dispatched: 4, total_calls_finished: 4 } as const;
  it.each<[string, Partial<Batch>, string, string | null]>([
    ["of its start", { scheduled_at: at(3) }, dayIn(3), at(3)],
    ["of now, once its start has passed", { scheduled_at: at(0, 8), waiting_reason: "scheduled" }, dayIn(0), null],
    ["of now, while it calls", { ...LIVE, total_calls_dispatched: 5, waiting_until: at(1) }, dayIn(0), null],
    ["on which its hours open", { ...LIVE, waiting_reason: "window", waiting_until: at(1) }, dayIn(1), at(1)],
    ["of its retry", { ...LIVE, waiting_reason: "retry_delay", waiting_until: at(0, 15) }, dayIn(0), at(0, 15)],
    ["of now, if nothing says until when it waits", { ...LIVE, waiting_reason: "carrier" }, dayIn(0), null],
    [
      "of its trial call",
      { ...LIVE, circuit_breaker: { state: "open", since: at(0), until: at(0, 18) } },
      dayIn(0),
      at(0, 18),
    ],
  ])("%s", (_, fields, day, time) => {
    const { days, held } = placed([batch("One", fields)], NOW);
    expect(held).toEqual([]);
    expect([...days.keys()]).toEqual([day]);
    expect(days.get(day)?.[0]?.at).toBe(time === null ? null : Date.parse(time));
  });

  it.each<[string, Partial<Batch>]>([
    ["is paused", { scheduled_at: at(3), paused_at: at(0) }],
    ["waits for a human to close its circuit breaker", { ...LIVE, circuit_breaker: { state: "open", since: at(0) } }],
  ])("of none if it %s", (_, fields) => {
    const { days, held } = placed([batch("One", fields)], NOW);
    expect([days.size, held.length]).toEqual([0, 1]);
  });

  it("in the order of time, what calls now first", () => {
    const all = [
      batch("C", { scheduled_at: at(0, 18) }),
      batch("B", { scheduled_at: at(0, 14) }),
      batch("D", { scheduled_at: at(0, 18) }),
      batch("A", LIVE),
    ];
    expect(
      placed(all, NOW)
        .days.get(dayIn(0))
        ?.map((one) => one.batch.name),
    ).toEqual(["A", "B", "C", "D"]);
    expect(peopleLeft(batch("A", LIVE))).toBe(6);
  });
});

describe("the first hours after a start", () => {
  const window = {
    timezone_mode: "fixed",
    timezone: "America/New_York",
    windows: [{ days: ["mon", "tue", "wed", "thu", "fri"], start: "09:00", end: "17:00" }],
    excluded_dates: ["2026-12-01"],
    unknown_timezone: "block",
  } satisfies Batch["calling_window"];
  it.each([
    ["in them", "2026-11-30T15:00:00Z", null],
    ["as they open", "2026-11-30T14:00:00Z", null],
    ["before them", "2026-11-30T13:59:00Z", { day: "2026-11-30", start: "09:00" }],
    ["after them, before a day off", "2026-11-30T22:00:00Z", { day: "2026-12-02", start: "09:00" }],
    ["on a weekend", "2026-12-05T15:00:00Z", { day: "2026-12-07", start: "09:00" }],
  ])("%s", (_, startsAt, first) => {
    expect(firstHours(window, Date.parse(startsAt))).toEqual(first);
  });

  it("looks only at days where each person's own zone counts", () => {
    const own = { ...window, timezone_mode: "recipient" } as const;
    expect(firstHours(own, Date.parse("2026-11-30T12:00:00Z"))).toBeNull();
    expect(firstHours(own, Date.parse("2026-12-05T12:00:00Z"))).toEqual({ day: "2026-12-07", start: "09:00" });
    expect(firstHours(undefined, NOW)).toBeNull();
    expect(firstHours({ ...window, windows: [] }, NOW)).toBeNull();
  });

  it("stand beside the hours and their zone", () => {
    const starts = "2026-12-05T15:00:00Z";
    expect(hoursWords(batch("One", { calling_window: window }), starts)).toBe(
      "Mon–Fri 09:00–17:00, America/New York · first hours Mon 7 Dec, 09:00",
    );
    expect(hoursWords(batch("One", { calling_window: window }), undefined)).toBe(
      "Mon–Fri 09:00–17:00, America/New York",
    );
    // Any hour, or one that has not reported its hours since lists have them.
    expect(hoursWords(batch("One", {}), starts)).toBe("");
  });
});
