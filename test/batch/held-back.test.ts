/** Recipients that the organization holds back by its rules, and what a batch that sleeps stores of them. */

import { expect, it } from "vitest";
import { HeldBack } from "../../src/batch/people/held-back.ts";

const NOW = 1_000;

it("keeps holds over a sleep, and stores none that is over", () => {
  const held = new HeldBack();
  held.put(0, { until: NOW, reason: "contact_gap" });
  held.put(1, { until: NOW + 1, reason: "daily_cap" });
  const stored = held.stored(NOW);
  expect(stored).toBe(JSON.stringify([[1, NOW + 1, "daily_cap"]]));
  expect(held.stored(NOW + 1)).toBeNull();
  const awake = new HeldBack();
  awake.restore(stored);
  expect([awake.of(0, NOW), awake.of(1, NOW), awake.of(1, NOW + 1)]).toEqual([
    null,
    { until: NOW + 1, reason: "daily_cap" },
    null,
  ]);
  expect(awake.isEmpty).toBe(true);
});

it("asks about a recipient when its hold is over, and not before it is due", () => {
  const held = new HeldBack();
  held.put(0, { until: NOW, reason: "contact_gap" });
  expect([held.endsAt(0, NOW - 1), held.endsAt(0, NOW + 1), held.endsAt(1, NOW)]).toEqual([NOW, NOW + 1, NOW]);
});
