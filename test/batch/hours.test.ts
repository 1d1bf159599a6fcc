/** The hours of a batch's recipients, asked often, answered as if each were asked alone. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALWAYS, expiryOf, hoursOf } from "../../src/batch/people/hours.ts";
import type { CallingWindow } from "../../src/calling/messages/calling-window.ts";
import { DAYS } from "../../src/calling/messages/calling-window.ts";
import { nextOpening, zonesFor } from "../../src/window/window.ts";

const window = (start: number, end: number, expiresAt: number | null = null): CallingWindow => ({
  timezone_mode: "recipient",
  timezone: null,
  windows: [{ days: DAYS, start, end }],
  excluded_dates: [],
  unknown_timezone: "block",
  expiresAt,
});
const RINGING_MS = 30_000;
/** What the carrier may ring longer is in it. */
const RINGS_MS = 35_000;
const recipient = (to_number: string, timezone: string | null = null) => ({ to_number, timezone, metadata: null });
const RECIPIENTS = [
  recipient("+12125550142"),
  recipient("+14155550142"),
  recipient("+12125550143"),
  recipient("+18005550142"),
  recipient("+14155550143", "Europe/Berlin"),
];

describe("hours", () => {
  it("without a window are always", () => {
    expect(hoursOf([], RECIPIENTS, RINGING_MS)).toBe(ALWAYS);
    expect(ALWAYS.opensAt(0, 17)).toBe(17);
  });

  it("group recipients by the zones they may be in", () => {
    const hours = hoursOf([window(540, 1_020)], RECIPIENTS, RINGING_MS);
    expect(RECIPIENTS.map((_, position) => hours.groupOf(position))).toEqual([0, 1, 0, 2, 3]);
    expect(hours.groups).toBe(4);
  });

  it("answer in any order of questions as a single question would be answered", () => {
    const windows = [window(540, 1_020), window(600, 1_200)];
    const begin = Date.parse("2026-10-30T00:00:00Z");
    const question = fc.record({ position: fc.nat(RECIPIENTS.length - 1), minute: fc.nat(6 * 1_440) });
    fc.assert(
      fc.property(fc.array(question, { minLength: 5, maxLength: 30 }), (questions) => {
        const hours = hoursOf(windows, RECIPIENTS, RINGING_MS);
        for (const { position, minute } of questions) {
          const from = begin + minute * 60_000;
          const { to_number, timezone } = RECIPIENTS[position] ?? recipient("");
          const alone = windows.map((one) => ({ window: one, zones: zonesFor(one, to_number, timezone) }));
          expect(hours.opensAt(hours.groupOf(position), from)).toBe(nextOpening(alone, from, RINGS_MS));
        }
      }),
      { numRuns: 100 },
    );
  });

  it("end with the first window that expires", () => {
    expect(expiryOf([window(0, 1), window(0, 1, 9), window(0, 1, 5)])).toBe(5);
    expect(expiryOf([window(0, 1)])).toBeNull();
  });
});
