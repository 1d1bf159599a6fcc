/** How long dialing pauses for a carrier that says "not now", or does not say. */

import { describe, expect, it } from "vitest";
import { DEFER_AT_MOST_MS, DEFER_FIRST_MS, doubled, UNKNOWN_IN_A_ROW } from "../../src/batch/attempts/timing.ts";
import { BackOff } from "../../src/batch/dialing/back-off.ts";

describe("a pause", () => {
  it("lasts as long as the carrier asks for", () => {
    expect(new BackOff().deferred(7_000, 100)).toBe(7_100);
  });

  it("doubles where it does not say, up to the most, and starts anew after a placed call", () => {
    const pause = new BackOff();
    const lengths: number[] = [];
    let now = 0;
    for (let count = 0; count < 7; count += 1) {
      const until = pause.deferred(null, now);
      lengths.push(until - now);
      now = until;
    }
    expect(lengths).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, DEFER_AT_MOST_MS, DEFER_AT_MOST_MS]);
    pause.placed();
    expect(pause.deferred(null, now)).toBe(now + DEFER_FIRST_MS);
  });

  it.each([0, 200])("that the carrier wants to last %i ms is as long as one that it does not name", (retryAfterMs) => {
    const pause = new BackOff();
    const first = pause.deferred(retryAfterMs, 0);
    expect(first).toBe(DEFER_FIRST_MS);
    expect(pause.deferred(retryAfterMs, first)).toBe(first + 2 * DEFER_FIRST_MS);
  });

  it("counts several refusals at once as one, and takes the longest wish", () => {
    const pause = new BackOff();
    expect([pause.deferred(null, 0), pause.deferred(null, 10), pause.deferred(null, 20)]).toEqual([
      1_000, 1_000, 1_000,
    ]);
    expect(pause.deferred(5_000, 30)).toBe(5_030);
    expect(pause.deferred(1_000, 40)).toBe(5_030);
  });

  it("comes after several unknown outcomes in a row, and a placed call breaks the row", () => {
    const pause = new BackOff();
    for (let count = 1; count < UNKNOWN_IN_A_ROW; count += 1) pause.unknown(50);
    pause.placed();
    for (let count = 1; count < UNKNOWN_IN_A_ROW; count += 1) pause.unknown(50);
    expect(pause.until).toBe(0);
    pause.unknown(50);
    expect(pause.until).toBe(50 + DEFER_FIRST_MS);
  });
});

it("doubles without ever passing its limit, however often", () => {
  expect([0, 1, 3, 1_000].map((times) => doubled(2, times, 9))).toEqual([2, 4, 9, 9]);
});
