/** When the object's one alarm rings for its calls in flight, and its timer before that. */

import { expect, it } from "vitest";
import { TIMER_AT_MOST_MS } from "../../src/batch/attempts/timing.ts";
import { nextDue, type Pending } from "../../src/batch/core/due.ts";
import { Roster } from "../../src/batch/people/roster.ts";
import { type Due, RECOVERY_MS } from "../../src/storage/alarm-clock.ts";
import { sampleAttempt, sampleBatch } from "./samples.ts";

const NOW = 1_000_000;

/** One call in flight, which is asked about at that time, and nobody who waits. */
const pending = (dueAt: number, change: Partial<Pending> = {}): Pending => ({
  row: sampleBatch({ request_open: 0 }),
  roster: Roster.of(1, false, [sampleAttempt({ status: "started", due_at: dueAt })]),
  freeSlots: 0,
  pauses: { pausedUntil: 0, pacedUntil: 0 },
  askAfter: 0,
  isAsking: false,
  toldAt: [],
  expiresAt: null,
  saveBy: null,
  recoveryMs: RECOVERY_MS,
  ...change,
});

const alarm = (asked: Pending, now: number): Due | null => nextDue(asked, now).alarm;
const exactly = (at: number): Due => ({ at, isRecovery: false });
const recovery: Due = { at: NOW + RECOVERY_MS, isRecovery: true };

it("when the call is to be asked about, or at once where that has passed", () => {
  expect(alarm(pending(NOW + 60_000), NOW)).toEqual(exactly(NOW + 60_000));
  expect(alarm(pending(NOW - 1), NOW)).toEqual(exactly(NOW));
});

it("not before a carrier that did not answer is asked again", () => {
  expect(alarm(pending(NOW - 1, { askAfter: NOW + 2_000 }), NOW)).toEqual(exactly(NOW + 2_000));
});

it("only as a safety net while the carrier is being asked: it would ring again and again until it answers", () => {
  expect(alarm(pending(NOW - 1, { isAsking: true }), NOW)).toEqual(recovery);
  expect(alarm(pending(NOW + 1_000, { isAsking: true }), NOW)).toEqual(exactly(NOW + 1_000));
});

it("as a safety net for a report that is under way or has a timer, and exactly for one that is due later", () => {
  const due = (toldAt: number) => nextDue(pending(NOW + 60_000, { toldAt: [null, toldAt] }), NOW);
  const last = NOW + TIMER_AT_MOST_MS;
  expect(due(NOW)).toEqual({ timerAt: null, alarm: recovery });
  expect(due(last)).toEqual({ timerAt: last, alarm: recovery });
  expect(due(last + 1)).toEqual({ timerAt: null, alarm: exactly(last + 1) });
});

it("as a safety net while progress is not stored: by the stored rows, something else may be due first", () => {
  const saveBy = NOW + 1_000;
  expect(nextDue(pending(NOW + 60_000, { saveBy }), NOW)).toEqual({ timerAt: saveBy, alarm: recovery });
});

it("exactly for what is due when a recovery would be, too", () => {
  const saveBy = NOW + 1_000;
  expect(alarm(pending(NOW + RECOVERY_MS, { saveBy }), NOW)).toEqual(exactly(NOW + RECOVERY_MS));
});

it("when recipients who wait fail, because no hour is left for them", () => {
  const waits = Roster.of(1, false, []);
  const paused = sampleBatch({ request_open: 0, paused_at: 1 });
  expect(alarm(pending(NOW, { row: paused, roster: waits, expiresAt: NOW + 5_000 }), NOW)).toEqual(
    exactly(NOW + 5_000),
  );
  const nobody = Roster.of(0, false, []);
  expect(alarm(pending(NOW, { row: paused, roster: nobody, expiresAt: NOW + 5_000 }), NOW)).toBeNull();
});
