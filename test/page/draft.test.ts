/** What somebody decided about a batch, and the request that follows from it: one that the service's own schema takes. */

import { describe, expect, it } from "vitest";
import { createBatchBody } from "../../src/api/requests/batch.ts";
import { type Draft, newDraft, peopleCalled, requestOf, USUAL_HOURS } from "../../src/page/dashboard/draft/draft.ts";
import { faultsOf } from "../../src/page/dashboard/draft/faults.ts";
import { instantOf, wallOf } from "../../src/page/dashboard/draft/zoned-time.ts";

const NOW = Date.parse("2026-03-01T10:00:00Z");
const PERSON = { line: 2, to_number: "+12125550100", metadata: { name: "Ada" }, timezone: null, externalId: null };
const draftOf = (change: Partial<Draft> = {}): Draft => ({
  ...newDraft(NOW),
  name: " Guests ",
  agentId: "agent_1",
  numberId: "ap_1",
  zone: "Europe/Zurich",
  ...change,
});

describe("a draft", () => {
  it("says nothing that was not decided", () => {
    expect(requestOf(draftOf(), [PERSON])).toEqual({
      name: "Guests",
      agent_id: "agent_1",
      from_number_id: "ap_1",
      on_duplicate: "skip",
      // Nobody is called at night unless it is said.
      calling_window: {
        timezone_mode: "recipient",
        unknown_timezone: "block",
        windows: [{ days: ["mon", "tue", "wed", "thu", "fri"], start: "09:00", end: "20:00" }],
      },
      recipients: [{ to_number: "+12125550100", metadata: { name: "Ada" } }],
    });
  });

  it("is a request that the service takes, with all that can be decided", () => {
    const soon = wallOf(Date.now() + 86_400_000, "Europe/Zurich");
    const all = draftOf({
      concurrency: "5",
      start: "later",
      startAt: soon,
      hasHours: true,
      hours: [USUAL_HOURS, { days: ["sat"], from: "10:00", until: "00:00" }],
      unknownZone: "use_timezone",
      hoursZone: "America/New_York",
      freeDays: "2026-12-25, 2027-01-01",
      lastsUntil: wallOf(Date.now() + 7 * 86_400_000, "Europe/Zurich"),
      callsAgain: true,
      againAfterMinutes: "30, 120",
      gapMinutes: "60",
      callsPerDay: "2",
      callsPerSecond: "0.5",
      stopsItself: true,
      stopAtPercent: "7",
      coolDownMinutes: "",
      hangsUp: true,
      againOn: ["dial_busy", "voicemail"],
      ringSeconds: "20",
      callMinutes: "3",
    });
    const request = requestOf(all, [{ ...PERSON, timezone: "America/New_York", externalId: "A-1" }]);
    const taken = createBatchBody.safeParse(request);
    expect(taken.error?.issues).toBeUndefined();
    expect(request).toMatchObject({
      recipients: [{ timezone: "America/New_York", external_id: "A-1" }],
      target_concurrency_limit: 5,
      ringing_timeout_seconds: 20,
      max_call_duration_minutes: 3,
      on_voicemail: "hang_up",
      calling_window: {
        timezone_mode: "recipient",
        unknown_timezone: "use_timezone",
        timezone: "America/New_York",
        windows: [
          { days: ["mon", "tue", "wed", "thu", "fri"], start: "09:00", end: "20:00" },
          { days: ["sat"], start: "10:00", end: "24:00" },
        ],
        excluded_dates: ["2026-12-25", "2027-01-01"],
      },
      retry_policy: {
        max_attempts: 3,
        retry_on: ["dial_busy", "voicemail"],
        intervals_minutes: [30, 120],
        min_gap_minutes: 60,
        max_attempts_per_number_per_day: 2,
      },
      calls_per_second: 0.5,
      circuit_breaker: { min_calls: 10, failure_share: 0.07, window_minutes: 10, cool_down_minutes: null },
    });
  });

  it.each<[string, Partial<Draft>, keyof ReturnType<typeof faultsOf>]>([
    ["no name", { name: " " }, "name"],
    ["no agent", { agentId: "" }, "agentId"],
    ["no number", { numberId: "" }, "numberId"],
    ["more at once than may be", { concurrency: "21" }, "concurrency"],
    ["a part of a call at once", { concurrency: "1.5" }, "concurrency"],
    ["a time that is over", { start: "later", startAt: "2026-03-01T10:59" }, "startAt"],
    ["a time too far ahead", { start: "later", startAt: "2026-04-02T10:00" }, "startAt"],
    ["no time", { start: "later", startAt: "" }, "startAt"],
    ["no day", { hasHours: true, hours: [USUAL_HOURS, { ...USUAL_HOURS, days: [] }] }, "hours"],
    ["hours that end before they begin", { hasHours: true, hours: [{ ...USUAL_HOURS, until: "09:00" }] }, "hours"],
    ["hours without a beginning", { hasHours: true, hours: [{ ...USUAL_HOURS, from: "" }] }, "hours"],
    ["a free day that there is not", { hasHours: true, freeDays: "2026-02-30" }, "hours"],
    ["hours that are over", { hasHours: true, lastsUntil: "2026-03-01T10:59" }, "hours"],
    ["machines alone to call again, which are not told apart", { callsAgain: true, againOn: ["voicemail"] }, "again"],
    ["nobody to call again", { callsAgain: true, againOn: [] }, "again"],
    ["too many calls to one person", { callsAgain: true, attempts: "11" }, "again"],
    ["no minutes in between", { callsAgain: true, againAfterMinutes: " " }, "again"],
    ["one of the minutes in between too long", { callsAgain: true, againAfterMinutes: "30, 10081" }, "again"],
    ["a gap of half a minute", { callsAgain: true, gapMinutes: "0.5" }, "again"],
    ["no call a day", { callsAgain: true, callsPerDay: "0" }, "again"],
    ["no call a second", { callsPerSecond: "0" }, "pace"],
    ["a stop after no call", { stopsItself: true, stopAfterCalls: "0" }, "stops"],
    ["a stop at more than all calls", { stopsItself: true, stopAtPercent: "101" }, "stops"],
    ["a stop within no time", { stopsItself: true, stopWithinMinutes: "" }, "stops"],
    ["a ring that is too short", { ringSeconds: "4" }, "timeouts"],
    ["a call that is too long", { callMinutes: "481" }, "timeouts"],
  ])("has a fault with %s", (_, change, field) => {
    expect(Object.keys(faultsOf(draftOf(change), 20, NOW))).toEqual([field]);
  });

  it("has none otherwise", () => {
    expect(faultsOf(draftOf({ concurrency: "20", start: "later", startAt: "2026-03-01T11:01" }), 20, NOW)).toEqual({});
  });

  it("calls a number once, or as often as it stands on the list", () => {
    expect([peopleCalled(draftOf(), 10, 3), peopleCalled(draftOf({ onDuplicate: "allow" }), 10, 3)]).toEqual([7, 10]);
  });
});

describe("a time by the clock of a zone", () => {
  it.each([
    ["2026-12-01T09:30", "Asia/Tokyo", "2026-12-01T00:30:00.000Z"],
    ["2026-07-01T09:30", "America/New_York", "2026-07-01T13:30:00.000Z"],
    ["2026-12-01T09:30", "Asia/Kathmandu", "2026-12-01T03:45:00.000Z"],
    // The clocks go back at 03:00: both half past two are that time.
    ["2026-10-25T01:30", "Europe/Zurich", "2026-10-24T23:30:00.000Z"],
    ["2026-10-25T03:30", "Europe/Zurich", "2026-10-25T02:30:00.000Z"],
  ])("%s in %s is %s", (wall, zone, instant) => {
    expect(new Date(instantOf(wall, zone) ?? 0).toISOString()).toBe(instant);
    expect(wallOf(Date.parse(instant), zone)).toBe(wall);
  });

  it("is none where nothing is written", () => {
    expect(instantOf("", "UTC")).toBeNull();
  });
});
