/** The watchdog at work where there is nobody to ask: a call is held no longer than it can have lasted. */

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Happening } from "../../src/batch/attempts/settle.ts";
import { DURATION_GRACE_MS, RINGING_GRACE_MS } from "../../src/batch/attempts/timing.ts";
import { LineKeeper } from "../../src/batch/dialing/line.ts";
import { Roster } from "../../src/batch/people/roster.ts";
import type { AttemptRow } from "../../src/batch/store/attempts.ts";
import { Watch } from "../../src/batch/watching/watch.ts";
import { notFound } from "../../src/calling/requests/failure.ts";
import { err } from "../../src/calling/requests/result.ts";
import { sampleAttempt, TIMING } from "./samples.ts";

const LONGEST = TIMING.ringingMs + RINGING_GRACE_MS + TIMING.maxDurationMs + DURATION_GRACE_MS;

beforeEach(() => {
  vi.useFakeTimers({ now: 1 });
  vi.spyOn(console, "warn").mockImplementation(() => {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it.each([
  ["of a call that was answered", { status: "started", carrier_call_id: "CA1", answered_at: 1 }, "lost_sight_of"],
  ["of a call that rings", { carrier_call_id: "CA1" }, "lost_sight_of"],
  ["of a request without an answer", { carrier_call_id: null }, "unknowable"],
] as const)("%s nothing is known for ever, where the organization has no line any more", async (_, fields, kind) => {
  const row: AttemptRow = sampleAttempt({ number: 1, dispatched_at: 1, due_at: 1, ...fields });
  const roster = Roster.of(1, false, [row]);
  const happenings: { readonly happening: Happening; readonly at: number }[] = [];
  let asked = 0;
  const watch = new Watch({
    line: new LineKeeper(
      async () => {
        asked += 1;
        return err(notFound("provider"));
      },
      () => expect.fail("nobody to connect to"),
    ),
    timing: () => TIMING,
    roster: () => roster,
    isCancelled: () => false,
    isBusy: () => false,
    find: () => row,
    contextOf: () => expect.fail("nobody is asked"),
    numberOf: () => "+14155550123",
    settle: (number, happening) => {
      happenings.push({ happening, at: Date.now() });
      roster.inFlight.delete(number);
    },
    endedBecause: () => {},
    callIdOf: () => "ac_1",
    claimed: () => new Set(),
    rearm: () => {},
  });
  while (Date.now() < 2 * LONGEST && happenings.length === 0) {
    watch.run(Date.now(), () => {});
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(happenings).toMatchObject([{ happening: { kind } }]);
  expect(happenings[0]?.at).toBeGreaterThan(TIMING.maxDurationMs);
  expect(happenings[0]?.at).toBeLessThan(LONGEST + 2 * 60_000);
  // Once a minute at last.
  expect(asked).toBeLessThan(30);
});
