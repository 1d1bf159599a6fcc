/** The watchdog at work: how many are asked about at once, and what becomes of calls where there is nobody to ask. */

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Happening } from "../../src/batch/attempts/settle.ts";
import { ASKED_AFTER_THE_END_MS, RINGING_GRACE_MS } from "../../src/batch/attempts/timing.ts";
import { Connections } from "../../src/batch/dialing/connections.ts";
import type { Line } from "../../src/batch/dialing/line.ts";
import type { CarrierAnswer } from "../../src/batch/dialing/question.ts";
import { Roster } from "../../src/batch/people/roster.ts";
import type { AttemptRow } from "../../src/batch/store/attempt-states.ts";
import { Watch, type Watched } from "../../src/batch/watching/watch.ts";
import { carrierNamed } from "../../src/dialer/carriers.ts";
import type { CallProgress } from "../../src/dialer/dialer.ts";
import { sampleAccount } from "../dialer/samples.ts";
import { sampleAttempt, sampleDialing, TIMING } from "./samples.ts";

const LONGEST = TIMING.ringingMs + RINGING_GRACE_MS + TIMING.maxDurationMs + ASKED_AFTER_THE_END_MS;
const { capabilities, dialer } = carrierNamed("twilio");
const LINE: Line = { dialer: dialer(sampleAccount(), null, null), dialing: sampleDialing, capabilities };
const ENDED: CarrierAnswer = {
  kind: "fetch",
  report: {
    kind: "known",
    carrierCallId: "CA1",
    progress: { kind: "ended", completed: true, endReason: "client_hangup", durationSeconds: 1 },
  },
};
const SILENT: CarrierAnswer = { kind: "fetch", report: { kind: "unavailable", message: "reset" } };

beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
});

function watching(rows: readonly AttemptRow[]) {
  const roster = Roster.of(rows.length, false, rows);
  const watched: Watched = {
    timing: TIMING,
    inFlight: roster.inFlight,
    isCancelled: false,
    isBusy: () => false,
    find: (number) => rows[number - 1] ?? null,
    contextOf: () => ({ maxDurationSeconds: 1, answered: true, endedBecause: null, agentClosed: false }),
    numberOf: () => "+14155550123",
    callIdOf: () => "ac_1",
    claimed: () => new Set(),
  };
  const connections = new Connections();
  return { watch: new Watch(connections, watched), connections, inFlight: roster.inFlight };
}

describe.each([
  ["of a call that was answered", { status: "started", carrier_call_id: "CA1", answered_at: 1 }, "lost_sight_of"],
  ["of a call that rings", { carrier_call_id: "CA1" }, "lost_sight_of"],
  ["of a request without an answer", { carrier_call_id: null }, "unknowable"],
] as const)("%s", (_, fields, kind) => {
  it("nothing is known for ever, where the organization has no line any more", () => {
    const { watch } = watching([sampleAttempt({ number: 1, dispatched_at: 1, due_at: 1, ...fields })]);
    let [now, asked] = [1, 0];
    let happenings: readonly { readonly number: number; readonly happening: Happening }[] = [];
    for (; now < 2 * LONGEST && happenings.length === 0; now += 1_000) {
      if (!watch.hasDue(now)) continue;
      asked += 1;
      ({ happenings } = watch.unreachable(now));
    }
    expect(happenings).toMatchObject([{ number: 1, happening: { kind } }]);
    expect(now).toBeGreaterThan(TIMING.maxDurationMs);
    expect(now).toBeLessThan(LONGEST + 2 * 60_000);
    // Once a minute at last.
    expect(asked).toBeLessThan(LONGEST / 60_000 + 10);
  });
});

describe("5,000 calls of whose ends nothing was heard", () => {
  const rows = Array.from({ length: 5_000 }, (_, index) =>
    sampleAttempt({
      number: index + 1,
      position: index,
      status: "started",
      carrier_call_id: "CA1",
      answered_at: 1,
      due_at: 1,
    }),
  );

  it("are asked about twenty at once, each once, through the object's own connections and lanes", () => {
    const { watch, inFlight, connections } = watching(rows);
    let [rounds, asked] = [0, 0];
    while (watch.hasDue(10)) {
      const requests = watch.ask(LINE, 10);
      expect(watch.ask(LINE, 10)).toEqual([]);
      expect(requests.length).toBeLessThanOrEqual(20);
      // One who places a call still finds a connection.
      expect(connections.free(10)).toBeGreaterThan(0);
      rounds += 1;
      asked += requests.length;
      for (const { number } of requests) {
        expect(watch.answered(number, ENDED, 10).happening?.kind).toBe("progress");
        inFlight.delete(number);
      }
    }
    expect([rounds, asked, connections.free(10)]).toEqual([250, 5_000, 5]);
  });

  it("are left alone while the carrier does not answer, and then one question finds out", () => {
    const { watch } = watching(rows);
    for (const { number } of watch.ask(LINE, 10)) watch.answered(number, SILENT, 10);
    expect([watch.hasDue(10), watch.hasDue(2_009)]).toEqual([false, false]);
    const [probe, ...more] = watch.ask(LINE, 2_010);
    expect(more).toEqual([]);
    watch.answered(probe?.number ?? 0, ENDED, 2_010);
    expect(watch.ask(LINE, 2_010)).toHaveLength(20);
  });
});

it("the carrier is told once to end a call that rings too long, and nothing else is asked about it meanwhile", () => {
  const late = TIMING.ringingMs + RINGING_GRACE_MS + 2;
  const row = sampleAttempt({ number: 1, dispatched_at: 1, due_at: 1, carrier_call_id: "CA1" });
  const { watch, connections } = watching([row]);
  watch.ask(LINE, late);
  const ringing: CarrierAnswer = {
    kind: "fetch",
    report: { kind: "known", carrierCallId: "CA1", progress: { kind: "ringing" } },
  };
  const { happening, end } = watch.answered(1, ringing, late);
  expect([happening, end?.reason, end?.request.question]).toEqual([
    null,
    "dial_no_answer",
    { kind: "end", carrierCallId: "CA1", isAnswered: false },
  ]);
  expect(watch.ask(LINE, late + 60_000)).toEqual([]);
  watch.answered(1, { kind: "end", outcome: { kind: "ending" } }, late);
  expect([watch.ask(LINE, late), connections.free(late)]).toEqual([[], 5]);
  expect(watch.ask(LINE, late + 2_000)).toMatchObject([{ question: { kind: "fetch" } }]);
});

describe("what becomes of a call while the carrier is asked about it", () => {
  const late = TIMING.ringingMs + RINGING_GRACE_MS + 2;
  const fields = { number: 1, dispatched_at: 1, due_at: 1, carrier_call_id: "CA1" } as const;
  const told = (progress: CallProgress): CarrierAnswer => ({
    kind: "fetch",
    report: { kind: "known", carrierCallId: "CA1", progress },
  });

  it.each(["ringing", "waiting"] as const)("counts more than an answer of before: %s", (kind) => {
    const rows = [sampleAttempt(fields)];
    const { watch, connections } = watching(rows);
    watch.ask(LINE, late);
    rows[0] = sampleAttempt({ ...fields, status: "started", answered_at: late, due_at: late + TIMING.checkMs });
    expect(watch.answered(1, told({ kind }), late)).toEqual({ happening: null, end: null, logs: [] });
    expect(connections.free(late)).toBe(5);
  });

  it("counts from when it has left the carrier's queue: a phone that has just begun to ring is not silenced", () => {
    const { watch } = watching([sampleAttempt(fields)]);
    watch.ask(LINE, late);
    expect(watch.answered(1, told({ kind: "waiting" }), late).end).toBeNull();
    const next = late + RINGING_GRACE_MS;
    expect(watch.ask(LINE, next)).toHaveLength(1);
    expect(watch.answered(1, told({ kind: "ringing" }), next).end).toBeNull();
    expect(watch.ask(LINE, late + late)).toHaveLength(1);
    expect(watch.answered(1, told({ kind: "ringing" }), late + late).end?.reason).toBe("dial_no_answer");
  });

  it("counts where it is over: nothing more is asked, and the carrier is told to end nothing", () => {
    const rows = [sampleAttempt(fields)];
    const { watch, connections } = watching(rows);
    watch.ask(LINE, late);
    rows[0] = sampleAttempt({ ...fields, status: "failed", ended_at: late, end_reason: "dial_no_answer" });
    expect(watch.answered(1, told({ kind: "ringing" }), late)).toEqual({ happening: null, end: null, logs: [] });
    expect([connections.free(late), watch.isAsking]).toEqual([5, false]);
  });
});
