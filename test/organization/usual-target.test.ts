/** What a batch asks for that does not say how many calls at once it is for. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mostForBatches } from "../../src/calling/messages/slots.ts";
import { USUAL_CALL_SECONDS, usualTarget } from "../../src/organization/admission/usual-target.ts";

const order = { ringing_timeout_seconds: 60, max_call_duration_minutes: 480 };

it.each([
  [20, 0, 10],
  [21, 0, 10],
  [1, 0, 1],
  [4, 3, 1],
  [10, 8, 2],
])("of %i, with %i in reserve, it is %i", (limit, reserved, target) => {
  expect(usualTarget({ limit, reserved }, { ...order, callsPerSecond: null })).toBe(target);
});

it.each([
  ["begins one in ten seconds", 0.1, {}, 18],
  ["begins one in an hour", 1 / 3_600, {}, 1],
  ["begins one a second, which keeps more busy than half", 1, {}, 50],
  [
    "begins one a second, each over after a minute and its ringing",
    1,
    { max_call_duration_minutes: 1, ringing_timeout_seconds: 5 },
    50,
  ],
  [
    "begins one in two seconds, each over after a minute and its ringing",
    0.5,
    { max_call_duration_minutes: 1, ringing_timeout_seconds: 5 },
    33,
  ],
])("of 100, for a batch that %s", (_, callsPerSecond, fields, target) => {
  expect(usualTarget({ limit: 100, reserved: 0 }, { ...order, ...fields, callsPerSecond })).toBe(target);
});

describe("a batch with a pace of its own", () => {
  const setting = fc.record({
    limit: fc.integer({ min: 1, max: 1_000 }),
    reserved: fc.nat(999),
    callsPerSecond: fc.double({ min: 0.001, max: 50, noNaN: true }),
    ringing_timeout_seconds: fc.integer({ min: 5, max: 80 }),
    max_call_duration_minutes: fc.integer({ min: 1, max: 480 }),
    callSeconds: fc.double({ min: 0.1, max: USUAL_CALL_SECONDS, noNaN: true }),
  });

  it("asks for no more than it would without one, and is not slowed by its slots while calls are as long as most", () => {
    fc.assert(
      fc.property(setting, ({ limit, reserved, callSeconds, ...request }) => {
        const capacity = { limit, reserved: Math.min(reserved, limit - 1) };
        const target = usualTarget(capacity, request);
        const without = usualTarget(capacity, { ...request, callsPerSecond: null });
        expect(target).toBeGreaterThanOrEqual(1);
        expect(target).toBeLessThanOrEqual(Math.min(without, mostForBatches(capacity)));
        const longest = request.ringing_timeout_seconds + request.max_call_duration_minutes * 60;
        const busy = request.callsPerSecond * Math.min(callSeconds, longest);
        expect(target).toBeGreaterThanOrEqual(Math.min(without, Math.floor(busy)));
      }),
    );
  });
});
