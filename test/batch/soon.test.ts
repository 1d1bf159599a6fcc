/** How many people a batch needs slots for: those who may be dialed soon, counted as if each were asked alone. */

import fc from "fast-check";
import { expect, it } from "vitest";
import { HeldBack } from "../../src/batch/people/held-back.ts";
import { ALWAYS, type Hours } from "../../src/batch/people/hours.ts";
import { Roster } from "../../src/batch/people/roster.ts";
import { sampleAttempt } from "./samples.ts";

const NOW = 1_000_000;
const SOON = NOW + 60_000;
/** A group's window opens so much after now, and stays open; null: never. */
const openingIn = (delays: readonly (number | null)[]): Hours => ({
  groups: delays.length,
  groupOf: (position) => position % delays.length,
  opensAt: (group, from) => {
    const delay = delays[group] ?? null;
    return delay === null ? null : Math.max(from, NOW + delay);
  },
});

const delay = fc.constantFrom(0, 30_000, 60_000, 60_001, 3_600_000, null);
const wait = fc.constantFrom(0, 59_999, 60_000, 60_001, 3_600_000);

it("counts those whose window, retry and hold let them be dialed until then, and no further than it is asked", () => {
  fc.assert(
    fc.property(
      fc.array(delay, { minLength: 1, maxLength: 3 }),
      fc.array(fc.record({ hold: fc.option(wait), retry: fc.option(wait) }), { minLength: 1, maxLength: 12 }),
      fc.nat(15),
      (delays, people, atMost) => {
        const hours = openingIn(delays);
        const heldBack = new HeldBack();
        people.forEach(({ hold }, position) => {
          if (hold !== null) heldBack.put(position, { until: NOW + hold, reason: "contact_gap" });
        });
        const rows = people.flatMap(({ retry }, position) =>
          retry === null
            ? []
            : sampleAttempt({ number: position + 1, position, status: "queued", due_at: NOW + retry }),
        );
        const roster = Roster.of(people.length, false, rows, hours, heldBack);
        const expected = people.filter(({ hold, retry }, position) => {
          const at = hours.opensAt(hours.groupOf(position), Math.max(NOW + (hold ?? 0), NOW + (retry ?? 0)));
          return at !== null && at <= SOON;
        }).length;
        expect(roster.queue.soon(NOW, SOON, atMost)).toBe(Math.min(atMost, expected));
      },
    ),
    { numRuns: 2_000 },
  );
});

it("counts nobody of a cancelled batch, and everybody of one without a window", () => {
  expect(Roster.of(5, true, []).queue.soon(NOW, SOON, 9)).toBe(0);
  expect(Roster.of(5, false, [], ALWAYS).queue.soon(NOW, SOON, 9)).toBe(5);
});
