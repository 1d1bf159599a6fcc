/** Several batches of one organization call the same people for weeks: the gap, the number a day, the pace, and an end. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ContactRules, LEAVES_WITHIN_MS, NO_CONTACT_RULES } from "../../src/calling/messages/clearance.ts";
import { clear } from "../../src/organization/admission/clearance.ts";
import { remembersContacts } from "../../src/organization/people/contacts.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { clockAt } from "../../src/window/local-clock.ts";
import { zonesOfNumber } from "../../src/window/zones-of-number.ts";
import { nodeSql } from "../support/node-sql.ts";
import { ClearanceWorld, type Fate } from "./clearance-world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** New York, Berlin, Tokyo, several zones at once, and toll-free, whose zone nobody knows. */
const NUMBERS = ["+12125550101", "+4930901820", "+81312345678", "+15715550100", "+18005550100"];
/** Shortly before both changes of the clock. */
const STARTS = ["2026-03-27T20:00:00Z", "2026-10-24T12:00:00Z", "2026-03-07T20:00:00Z"].map((text) => Date.parse(text));

type Step = {
  readonly batch: number;
  readonly most: number;
  readonly atMost: number;
  readonly fate: Fate;
  readonly passMs: number;
};
const step: fc.Arbitrary<Step> = fc.record({
  batch: fc.nat(3),
  most: fc.integer({ min: 1, max: 5 }),
  atMost: fc.integer({ min: 0, max: 5 }),
  fate: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom<Fate>("dialed", "dialed_late") },
    { weight: 3, arbitrary: fc.constantFrom<Fate>("answer_lost", "died_before_dialing", "refused", "not_now") },
  ),
  passMs: fc.oneof(fc.nat(20_000), fc.nat(3 * HOUR)),
});
const rules: fc.Arbitrary<ContactRules> = fc.record({
  min_gap_minutes: fc.constantFrom(null, 1, 45, 600),
  max_attempts_per_number_per_day: fc.constantFrom(null, 1, 2),
});
const setting = fc.record({
  start: fc.constantFrom(...STARTS),
  rules,
  perSecond: fc.constantFrom(null, 0.01, 1, 20),
  batches: fc.integer({ min: 1, max: 4 }),
  areMixed: fc.boolean(),
  steps: fc.array(step, { minLength: 10, maxLength: 40 }),
});

const STEPS_AT_MOST = 5_000;

function lived({
  start,
  rules,
  perSecond,
  batches,
  areMixed,
  steps,
}: typeof setting extends fc.Arbitrary<infer T> ? T : never) {
  const world = new ClearanceWorld(start, rules, perSecond, NUMBERS, batches, areMixed);
  for (const { batch, most, atMost, fate, passMs } of steps) {
    world.ask(batch, most, atMost, fate);
    world.now += passMs;
  }
  // From here on nothing goes wrong.
  for (let count = 0; count < STEPS_AT_MOST && !world.isOver; count += 1) {
    let asked = false;
    for (let batch = 0; batch < world.batches; batch += 1) asked = world.ask(batch, 5, 2, "dialed") || asked;
    if (!asked) world.skip();
  }
  return world;
}

const assertAll = (check: (world: ClearanceWorld, rules: ContactRules, perSecond: number | null) => void) =>
  fc.assert(
    fc.property(setting, (one) => check(lived(one), one.rules, one.perSecond)),
    { numRuns: 60 },
  );

describe("two batches that call one number at the same instant", () => {
  const GAP: ContactRules = { min_gap_minutes: 1, max_attempts_per_number_per_day: null };
  const CAP: ContactRules = { min_gap_minutes: null, max_attempts_per_number_per_day: 1 };
  const NOW = Date.parse("2026-06-11T08:00:00Z");

  function asked() {
    const sql = nodeSql(ORGANIZATION_STEPS);
    remembersContacts(sql, true, NOW - HOUR);
    return (batchId: string, rules: ContactRules, now: number) =>
      clear(
        sql,
        NO_CONTACT_RULES,
        {
          batchId,
          fromNumberId: "ap_caller",
          rules,
          candidates: [{ position: 0, attempt: 1, number: "+12125550101", timezone: null }],
          atMost: 1,
          unused: [],
          isThrottled: false,
        },
        now,
      ).answer.verdicts;
  }

  it.each([
    ["gap", GAP],
    ["daily number", CAP],
  ])("where the first has a %s, the other waits until the first call has left", (_, rules) => {
    const ask = asked();
    expect(ask("acb_ruled", rules, NOW)).toEqual([{ kind: "clear", at: NOW }]);
    const until = NOW + LEAVES_WITHIN_MS;
    expect(ask("acb_free", NO_CONTACT_RULES, NOW)).toEqual([{ kind: "wait", until, reason: "contact_gap" }]);
    expect(ask("acb_free", NO_CONTACT_RULES, until)).toEqual([{ kind: "clear", at: until }]);
  });

  it("where neither has a rule, both call", () => {
    const ask = asked();
    for (const batchId of ["acb_one", "acb_two"]) {
      expect(ask(batchId, NO_CONTACT_RULES, NOW)).toEqual([{ kind: "clear", at: NOW }]);
    }
  });

  it("where the second has a gap, it waits from the latest time at which the first call can have left", () => {
    const ask = asked();
    ask("acb_free", NO_CONTACT_RULES, NOW);
    const until = NOW + LEAVES_WITHIN_MS + MINUTE;
    expect(ask("acb_ruled", GAP, NOW)).toEqual([{ kind: "wait", until, reason: "contact_gap" }]);
  });
});

describe("whatever becomes of questions and calls", { timeout: 60_000 }, () => {
  it("a batch with a gap calls no number within it of any batch's earlier call", () => {
    assertAll((world, { min_gap_minutes }) => {
      for (const number of NUMBERS) {
        const calls = world.calls.filter((call) => call.number === number).sort((a, b) => a.at - b.at);
        for (const [index, { at, hasRules }] of calls.entries()) {
          const before = calls[index - 1];
          if (!hasRules || before === undefined) continue;
          expect(at - before.at).toBeGreaterThanOrEqual((min_gap_minutes ?? 0) * MINUTE);
        }
      }
    });
  });

  it("a batch calls no number above its daily number, by the calendar of each zone in which the number may be", () => {
    assertAll((world, { max_attempts_per_number_per_day: cap }) => {
      world.calls.sort((a, b) => a.at - b.at);
      for (const number of NUMBERS) {
        const zones = zonesOfNumber(number);
        for (const zone of zones.length === 0 ? ["UTC"] : zones) {
          const days = new Map<string, number>();
          for (const call of world.calls) {
            if (call.number !== number) continue;
            const { date } = clockAt(zone, call.at);
            const count = (days.get(date) ?? 0) + 1;
            days.set(date, count);
            if (call.hasRules) expect(count).toBeLessThanOrEqual(cap ?? count);
          }
        }
      }
    });
  });

  it("calls begin no faster than the pace, one at a time", () => {
    assertAll((world, _, perSecond) => {
      if (perSecond === null) return;
      const tokens = [...world.tokens].sort((a, b) => a - b);
      for (const [index, at] of tokens.slice(1).entries()) {
        expect(at - (tokens[index] ?? 0)).toBeGreaterThanOrEqual(1_000 / perSecond - 0.001);
      }
    });
  });

  it("everybody is called in the end, as often as they were to be", () => {
    assertAll((world) => {
      expect(world.isOver).toBe(true);
    });
  });
});
