/** What attempts add to the reports: each once, in the hour of the callee's clock in which it was dialed. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EndedAttempt } from "../../src/batch/store/attempts.ts";
import { countAttempt, Sums } from "../../src/batch/telling/sums.ts";
import { attemptsIn, FIGURES, type Figures, INCREMENTS, noFigures } from "../../src/calling/messages/report-sums.ts";
import { END_REASONS } from "../../src/calling/words/call.ts";
import { NOT_DIALED_REASONS } from "../../src/calling/words/not-dialed.ts";
import { ANSWERED_BY } from "../../src/calling/words/voicemail.ts";

const HOUR = 3_600_000;
const ended: EndedAttempt = {
  position: 0,
  attempt: 1,
  status: "completed",
  carrier_call_id: "CA1",
  dispatched_at: 1_000_000,
  answered_at: 1_010_000,
  ended_at: 1_071_000,
  end_reason: "client_hangup",
  answered_by: null,
  failure_reason: null,
  updated_at: 1_071_000,
  counted_in: null,
};
const unanswered = { ...ended, status: "failed", answered_at: null } as const;
const unplaced = { ...unanswered, carrier_call_id: null, end_reason: null } as const;

const countOf = (attempt: EndedAttempt, isMobile = false): Partial<Figures> => {
  const figures = noFigures();
  countAttempt(attempt, isMobile, figures);
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== 0));
};
const talked = {
  dialed: 1,
  answered: 1,
  talk_seconds: 61,
  started_minutes: 2,
  billed_6_6: 66,
  billed_30_6: 66,
  billed_60_1: 61,
  lasted_5: 1,
};

describe("an attempt", () => {
  it.each<[string, EndedAttempt, Partial<Figures>]>([
    ["that was completed", ended, { ...talked, completed: 1, reached_1: 1 }],
    ["that a person answered", { ...ended, answered_by: "human" }, { ...talked, human: 1, completed: 1, reached_1: 1 }],
    ["with the seventh call", { ...ended, attempt: 7 }, { ...talked, completed: 1, reached_5: 1 }],
    [
      "that a machine answered and that was hung up on",
      { ...ended, status: "failed", answered_by: "machine", end_reason: "dial_no_answer" },
      { ...talked, machine: 1 },
    ],
    [
      "that ended as it was answered",
      { ...ended, ended_at: 1_010_000 },
      {
        dialed: 1,
        answered: 1,
        completed: 1,
        reached_1: 1,
        started_minutes: 1,
        billed_6_6: 6,
        billed_30_6: 30,
        billed_60_1: 60,
        lasted_0: 1,
      },
    ],
    ["that was busy", { ...unanswered, end_reason: "dial_busy" }, { dialed: 1, busy: 1 }],
    ["that nobody answered", { ...unanswered, end_reason: "dial_no_answer" }, { dialed: 1, no_answer: 1 }],
    ["that did not connect", { ...unanswered, end_reason: "dial_failed" }, { dialed: 1, dial_failed: 1 }],
    ["that somebody cancelled", { ...unanswered, end_reason: "api_cancelled" }, { dialed: 1, other: 1 }],
    ["that the carrier refused", unplaced, { not_placed: 1 }],
    ["from a number that was deleted", { ...unplaced, failure_reason: "line_gone" }, { not_placed: 1 }],
    ["to a number that is listed", { ...unplaced, failure_reason: "do_not_call" }, { do_not_call: 1 }],
    ["of a person who was erased before", { ...unplaced, failure_reason: "erased" }, {}],
    ["without an hour", { ...unplaced, failure_reason: "window_never_open" }, { not_in_hours: 1 }],
  ])("%s counts once", (_, attempt, expected) => {
    expect(countOf(attempt)).toEqual(expected);
  });

  it.each([
    [0, { "1/1": 0, "6/6": 6, "30/6": 30, "60/1": 60, "60/60": 60 }],
    [6, { "1/1": 6, "6/6": 6, "30/6": 30, "60/1": 60, "60/60": 60 }],
    [30, { "1/1": 30, "6/6": 30, "30/6": 30, "60/1": 60, "60/60": 60 }],
    [31, { "1/1": 31, "6/6": 36, "30/6": 36, "60/1": 60, "60/60": 60 }],
    [60, { "1/1": 60, "6/6": 60, "30/6": 60, "60/1": 60, "60/60": 60 }],
    [61, { "1/1": 61, "6/6": 66, "30/6": 66, "60/1": 61, "60/60": 120 }],
    [185, { "1/1": 185, "6/6": 186, "30/6": 186, "60/1": 185, "60/60": 240 }],
  ])("of %i seconds is billed by each carrier's increments", (seconds, billed) => {
    const attempt = { ...ended, ended_at: 1_010_000 + seconds * 1_000 };
    for (const isMobile of [false, true]) {
      const figures = { ...noFigures(), ...countOf(attempt, isMobile) };
      const by = (of: "" | "mobile_") =>
        Object.fromEntries(
          Object.entries(INCREMENTS).map(([name, { all, unit }]) => [name, figures[`${of}${all}`] * unit]),
        );
      expect(by("")).toEqual(billed);
      expect(by("mobile_")).toEqual(isMobile ? billed : { "1/1": 0, "6/6": 0, "30/6": 0, "60/1": 0, "60/60": 0 });
      expect(figures.mobile_answered).toBe(isMobile ? 1 : 0);
    }
  });

  it("is answered, or not reached for one reason, or was not called for one", () => {
    const some = <Word>(...words: readonly Word[]) => fc.constantFrom(...words);
    const attempts = fc.record({
      position: fc.constant(0),
      attempt: fc.integer({ min: 1, max: 9 }),
      status: some("completed" as const, "failed" as const),
      carrier_call_id: some(null, "CA1"),
      dispatched_at: some(null, 5_000),
      answered_at: some(null, 6_000),
      ended_at: fc.integer({ min: 6_000, max: 9_000_000 }),
      end_reason: some(null, ...END_REASONS),
      answered_by: some(null, ...ANSWERED_BY),
      failure_reason: some(null, ...NOT_DIALED_REASONS),
      updated_at: fc.constant(9_000),
      counted_in: fc.constant(null),
    });
    fc.assert(
      fc.property(attempts, (attempt) => {
        const of = { ...noFigures(), ...countOf(attempt) };
        expect(attemptsIn(of)).toBe(attempt.failure_reason === "erased" ? 0 : 1);
        if (attempt.failure_reason === "erased") return;
        expect(of.answered + of.busy + of.no_answer + of.dial_failed + of.other).toBe(of.dialed);
        const lasted = FIGURES.filter((name) => name.startsWith("lasted_"));
        expect(lasted.reduce((sum, name) => sum + of[name], 0)).toBe(of.answered);
      }),
    );
  });
});

describe("the sums of a batch", () => {
  const callees = [
    { to_number: "+12125550100", timezone: null },
    { to_number: "+14155550100", timezone: null },
    { to_number: "+14165550100", timezone: null },
    { to_number: "+80055501234", timezone: null },
    { to_number: "+919876543210", timezone: "Asia/Kolkata" },
    { to_number: "+493012345678", timezone: null },
    { to_number: "+4915112345678", timezone: null },
  ];
  const NOON = Date.parse("2026-06-15T12:10:00Z");
  const at = (position: number, later = 0): EndedAttempt => ({
    ...ended,
    position,
    dispatched_at: NOON + later,
    answered_at: NOON + later + 1_000,
    ended_at: NOON + later + 2_000,
    updated_at: NOON + later + 2_000,
  });
  const sumsOf = (attempts: readonly EndedAttempt[], since = 0) =>
    new Sums((position) => callees[position] ?? { to_number: "", timezone: null }).since(since, attempts);
  const mobileOf = (attempts: readonly EndedAttempt[]) =>
    sumsOf(attempts).map(({ figures }) => figures[FIGURES.indexOf("mobile_answered")]);
  const said = (attempts: readonly EndedAttempt[], since = 0) =>
    sumsOf(attempts, since).map(({ hour, isLocal, country, figures }) => {
      const shown = new Date(hour * HOUR).toISOString().slice(0, 13);
      return [shown, isLocal, country, figures[FIGURES.indexOf("dialed")]];
    });

  it("are of the hour by the callee's clock, and of the country", () => {
    expect(said([0, 1, 2, 3, 4].map((position) => at(position)))).toEqual([
      ["2026-06-15T08", true, "US", 1],
      ["2026-06-15T05", true, "US", 1],
      ["2026-06-15T08", true, "CA", 1],
      ["2026-06-15T12", false, "+800", 1],
      // Half an hour further than UTC's hours.
      ["2026-06-15T17", true, "IN", 1],
    ]);
    expect(said([at(0), at(0, 30 * 60_000), at(0, HOUR)])).toEqual([
      ["2026-06-15T08", true, "US", 2],
      ["2026-06-15T09", true, "US", 1],
    ]);
  });

  it("stay where they were when a recipient is erased", () => {
    const counted = { hour: 494_000, isLocal: true, country: "DE" };
    const erased = { ...at(0), counted_in: JSON.stringify(counted) };
    expect(said([erased])).toEqual([["2026-05-10T08", true, "DE", 1]]);
    expect(mobileOf([erased])).toEqual([0]);
    expect(mobileOf([{ ...erased, counted_in: JSON.stringify({ ...counted, isMobile: true }) }])).toEqual([1]);
  });

  it("tell calls to mobile numbers, where numbers tell", () => {
    expect(mobileOf([at(0)])).toEqual([0]);
    expect(mobileOf([at(4)])).toEqual([1]);
    expect(mobileOf([at(5), at(6)])).toEqual([1]);
  });

  it("are whole for each hour that has changed, and left out where none has", () => {
    const attempts = [at(0), at(0, 1_000), at(0, HOUR)];
    expect(said(attempts, NOON + 3_000)).toEqual([
      ["2026-06-15T08", true, "US", 2],
      ["2026-06-15T09", true, "US", 1],
    ]);
    expect(said(attempts, NOON + HOUR)).toEqual([["2026-06-15T09", true, "US", 1]]);
    expect(said(attempts, NOON + 2 * HOUR)).toEqual([]);
  });
});
