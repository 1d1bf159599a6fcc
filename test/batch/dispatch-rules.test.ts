/**
 * A batch in an organization with rules, for weeks around clock changes: windows, gaps, a daily limit, a pace and a
 * do-not-call list. Answers come late or never, other batches call the same people, objects crash, and carriers of
 * every kind are used. Both sides make their real decisions.
 */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hoursOf } from "../../src/batch/people/hours.ts";
import type { CallingWindow } from "../../src/calling/messages/calling-window.ts";
import { DAYS } from "../../src/calling/messages/calling-window.ts";
import { CLEARED_MS, type ContactRules } from "../../src/calling/messages/clearance.ts";
import type { RetryPolicy } from "../../src/calling/messages/retry-policy.ts";
import { clockAt } from "../../src/window/local-clock.ts";
import { zonesOfNumber } from "../../src/window/zones-of-number.ts";
import { DispatchWorld, type Fate } from "./dispatch-world.ts";
import { Office } from "./office.ts";
import { TIMING } from "./samples.ts";

const MINUTE = 60_000;
const LIMIT = 3;
const RECIPIENTS = 8;
/** Some of them twice in the list: New York, Berlin, Tokyo, several zones at once, and toll-free, whose zone nobody knows. */
const NUMBERS = ["+12125550101", "+4930901820", "+81312345678", "+15715550100", "+18005550100"];
const STARTS = ["2026-03-27T20:00:00Z", "2026-10-24T12:00:00Z", "2026-03-07T20:00:00Z"].map((text) => Date.parse(text));
const POLICY: RetryPolicy = { max_attempts: 3, retry_on: ["dial_busy", "dial_no_answer"], intervals_minutes: [5, 60] };
const WINDOW: CallingWindow = {
  timezone_mode: "recipient",
  timezone: "America/Chicago",
  windows: [{ days: DAYS, start: 9 * 60, end: 20 * 60 }],
  excluded_dates: ["2026-03-28"],
  unknown_timezone: "use_timezone",
  expiresAt: null,
};

const fate: fc.Arbitrary<Fate> = fc.record({
  answer: fc.constantFrom("placed", "placed", "placed", "refused", "not_now", "placed_unanswered", "lost_unanswered"),
  call: fc.constantFrom("completed", "busy", "busy", "rings_for_ever"),
  callbacks: fc.constantFrom("all", "all", "none", "twice_reversed", "only_ringing"),
});
const DOINGS = [
  "decide",
  "proceed",
  "wake",
  "hear",
  "lose",
  "crash",
  "arrive_late",
  "retry",
  "list",
  "others",
  "pause",
] as const;
type Step = { readonly do: (typeof DOINGS)[number]; readonly pick: number; readonly fate: Fate };
const step: fc.Arbitrary<Step> = fc.record({
  do: fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom("decide", "proceed", "hear", "hear", "wake") },
    { weight: 2, arbitrary: fc.constantFrom("crash", "lose", "arrive_late", "retry", "others") },
    { weight: 1, arbitrary: fc.constantFrom("list", "pause") },
  ),
  pick: fc.nat(20),
  fate,
});
const setting = fc.record({
  start: fc.constantFrom(...STARTS),
  rules: fc.record<ContactRules>({
    min_gap_minutes: fc.constantFrom(null, 1, 600, 3 * 24 * 60),
    max_attempts_per_number_per_day: fc.constantFrom(null, 1, 2),
  }),
  perSecond: fc.constantFrom(null, 0.05, 1),
  window: fc.constantFrom(null, WINDOW),
  lastCalls: fc.constantFrom("completed", "busy"),
  steps: fc.array(step, { minLength: 30, maxLength: 80 }),
});
/** Of such rules alone, so that they are what people wait for. */
const heldBack = (rules: Partial<ContactRules>) =>
  setting.map((one) => ({
    ...one,
    rules: { min_gap_minutes: null, max_attempts_per_number_per_day: null, ...rules },
    window: null,
    perSecond: null,
  }));
type Setting = typeof setting extends fc.Arbitrary<infer T> ? T : never;

type Lived = { readonly world: DispatchWorld; readonly office: Office; readonly listedAt: ReadonlyMap<string, number> };

/** The history, and then as long as it takes, with nothing going wrong any more. `look` at it after every step. */
function lived({ start, rules, perSecond, window, steps, lastCalls }: Setting, look = (_: DispatchWorld) => {}): Lived {
  const office = new Office({ start, rules, perSecond, numbers: NUMBERS });
  const list = Array.from({ length: RECIPIENTS }, (_, position) => ({
    to_number: office.numberOf(position),
    timezone: null,
    metadata: null,
  }));
  const hours = hoursOf(window === null ? [] : [window], list, TIMING.ringingMs);
  const world = new DispatchWorld(RECIPIENTS, LIMIT, POLICY, hours, null, office);
  const listedAt = new Map<string, number>();
  for (const { do: what, pick, fate } of steps) {
    const request = [...world.placing][pick % Math.max(1, world.placing.size)];
    const call = world.calls[pick % Math.max(1, world.calls.length)];
    const late = world.orphans[pick % Math.max(1, world.orphans.length)];
    if (what === "decide" && request !== undefined) world.decide(request, fate);
    if (what === "proceed" && call !== undefined) world.proceed(call, fate);
    if (what === "wake" && world.placing.size === 0) world.wake();
    if (what === "hear" || what === "lose") world.hear(what === "lose");
    if (what === "arrive_late" && late !== undefined) world.arriveLate(late);
    if (what === "crash") world.crash();
    if (what === "retry") world.retry();
    if (what === "pause") world.pause();
    if (what === "others") office.callByAnother(pick, world.now);
    if (what === "list" && pick < 10) {
      const number = office.numberOf(pick);
      if (!listedAt.has(number)) listedAt.set(number, world.now);
      world.list(number);
    }
    look(world);
  }
  if (world.row.paused_at !== null) world.pause();
  const well: Fate = { answer: "placed", call: lastCalls, callbacks: "all" };
  for (let rounds = 0; rounds < 5_000 && !world.isOver(); rounds += 1) {
    world.hear(false);
    for (const number of [...world.placing]) world.decide(number, well);
    for (const call of world.calls) world.proceed(call, well);
    if (office.pending === null) world.wake();
    look(world);
  }
  return { world, office, listedAt };
}

const assertAll = (check: (lived: Lived, setting: Setting) => void, numRuns = 50) =>
  fc.assert(
    fc.property(setting, (one) => check(lived(one), one)),
    { numRuns },
  );

/** When phones may have rung: requests that left and were not known to have placed nothing, and another batch's calls. */
function ringsOf({ world, office }: Lived, number: string): number[] {
  const own = world.calls
    .map((call) => world.dispatches.findLast((one) => one.number === call.number && one.at <= call.placedAt))
    .filter((one) => one !== undefined && office.numberOf(one.position) === number)
    .flatMap((one) => one?.at ?? []);
  return [...own, ...office.others.filter((one) => one.number === number).map(({ at }) => at)].sort((a, b) => a - b);
}

describe("a batch whose organization has rules", { timeout: 60_000 }, () => {
  it("calls nobody within the gap, whoever called before", () => {
    let gaps = 0;
    assertAll((one, { rules }) => {
      for (const number of NUMBERS) {
        const rings = ringsOf(one, number);
        for (const [index, at] of rings.slice(1).entries()) {
          gaps += 1;
          expect(at - (rings[index] ?? 0)).toBeGreaterThanOrEqual((rules.min_gap_minutes ?? 0) * MINUTE);
        }
      }
    });
    expect(gaps).toBeGreaterThan(200);
  });

  it("calls nobody more often a day than may be, by the calendar of each zone in which they may be", () => {
    assertAll((one, { rules: { max_attempts_per_number_per_day: cap } }) => {
      for (const number of NUMBERS) {
        const zones = zonesOfNumber(number);
        for (const zone of zones.length === 0 ? ["UTC"] : zones) {
          const days = Map.groupBy(ringsOf(one, number), (at) => clockAt(zone, at).date);
          for (const rings of days.values()) expect(rings.length).toBeLessThanOrEqual(cap ?? rings.length);
        }
      }
    });
  });

  it("sends requests no faster than the pace, but for those that were cleared together", () => {
    assertAll(({ world }, { perSecond }) => {
      if (perSecond === null) return;
      const first = world.dispatches[0]?.at ?? 0;
      for (const [index, { at }] of world.dispatches.entries()) {
        expect(at - first).toBeGreaterThanOrEqual((index * 1_000) / perSecond - CLEARED_MS);
      }
    });
  });

  it("calls nobody from the moment on in which their number is listed, and nobody out of hours", () => {
    assertAll(({ world, office, listedAt }) => {
      for (const { position, at, number } of world.dispatches) {
        const listed = listedAt.get(office.numberOf(position)) ?? Number.POSITIVE_INFINITY;
        // At the same instant it was dialed before.
        expect(at).toBeLessThanOrEqual(listed);
        if (world.hours.opensAt(world.hours.groupOf(position), at) !== at) throw new Error(`${number} out of hours`);
      }
    });
  });

  it("knows after a sleep as before why nobody is dialed and until when, while it asks for no slots", () => {
    const seen = new Map<string, number>();
    const look = (world: DispatchWorld) => {
      const { now = null, afterSleep = null } = world.explained ?? {};
      if (world.row.request_open === 1 || now === null) return;
      seen.set(now.reason, (seen.get(now.reason) ?? 0) + 1);
      expect(afterSleep).toEqual(now);
    };
    fc.assert(
      fc.property(
        fc.oneof(setting, heldBack({ min_gap_minutes: 600 }), heldBack({ max_attempts_per_number_per_day: 1 })),
        (one) => void lived(one, look),
      ),
      // Enough that each of the reasons comes up.
      { numRuns: 200 },
    );
    for (const reason of ["contact_gap", "daily_cap", "window", "retry_delay", "paused"])
      expect([...seen.keys()]).toContain(reason);
  });

  it("ends by alarms alone, with true counters, and keeps nobody waiting whom nothing holds back", () => {
    let weeks = 0;
    assertAll(({ world }, { start }) => {
      expect(world.isOver()).toBe(true);
      expect(world.roster.counts).toEqual(world.recount().counts);
      weeks = Math.max(weeks, (world.now - start) / (7 * 24 * 60 * MINUTE));
    });
    expect(weeks).toBeGreaterThan(1);
  });
});
