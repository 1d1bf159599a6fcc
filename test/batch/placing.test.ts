/** A request whose outcome is unknown is repeated only where the carrier has an idempotency key, and never believed too much. */

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Happening } from "../../src/batch/attempts/settle.ts";
import { REPEAT_WITHIN_MS } from "../../src/batch/attempts/timing.ts";
import { dispatched, firstAttempt } from "../../src/batch/attempts/transitions.ts";
import type { LaneOutcome } from "../../src/batch/dialing/lane.ts";
import type { Line } from "../../src/batch/dialing/line.ts";
import { type Placed, type PlaceRequest, Placing } from "../../src/batch/dialing/placing.ts";
import { carrierNamed } from "../../src/dialer/carriers.ts";
import type { PlaceOutcome } from "../../src/dialer/dialer.ts";
import { sampleAccount } from "../dialer/samples.ts";
import { sampleBatch, sampleDialing } from "./samples.ts";

const UNKNOWN: PlaceOutcome = { kind: "unknown", message: "reset" };
const PLACED: PlaceOutcome = { kind: "placed", carrierCallId: "CA1" };
const REFUSED: PlaceOutcome = { kind: "refused", code: "1", message: "a duplicate" };
const LATER: PlaceOutcome = { kind: "try_later", retryAfterMs: null, message: "slow down" };
const NOW = 1_000_000;
const SECOND = 1_000;
const PERSON = { to_number: "+14155550123", metadata: null, timezone: null, addedAt: null };

beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
});

function lineOf(repeatableForMs: number | null): Line {
  return {
    dialer: carrierNamed("twilio").dialer(sampleAccount(), null, null),
    dialing: sampleDialing,
    capabilities: { ...carrierNamed("twilio").capabilities, repeatableForMs },
  };
}

const begin = (placing: Placing, line: Line, number: number, now: number): PlaceRequest =>
  placing.place(
    line,
    sampleBatch(),
    sampleBatch().id,
    PERSON,
    dispatched(firstAttempt(number, 0, now), "t".repeat(22), now),
    now,
  );

/** What happened, and what the carrier was asked. `says`: its answers, each at once, the last one again and again. */
function place(repeatableForMs: number | null, says: readonly PlaceOutcome[]) {
  const placing = new Placing("0123456789abcdef012345");
  const requests: PlaceRequest[] = [begin(placing, lineOf(repeatableForMs), 1, NOW)];
  let [now, throttled] = [NOW, 0];
  let happening: Happening | null = null;
  while (happening === null) {
    now += requests.at(-1)?.afterMs ?? 0;
    const outcome = says[Math.min(requests.length, says.length) - 1] ?? UNKNOWN;
    const placed = placing.answered(1, outcome, false, now);
    if (placed === null) throw new Error("the answer was waited for");
    if (placed.isThrottled) throttled += 1;
    if (placed.kind === "again") requests.push(placed.request);
    else ({ happening } = placed);
  }
  expect([placing.isIdle, placing.connections.free(now)]).toEqual([true, 5]);
  return { requests, happening, pausedUntil: placing.pausedUntil, throttled };
}

it("is not repeated where a repeat may dial a second time", () => {
  const { requests, happening } = place(null, [UNKNOWN, PLACED]);
  expect(requests).toHaveLength(1);
  expect(happening).toMatchObject({ kind: "unanswered" });
});

it("is repeated as it was, where a repeat places nothing more, until the carrier says which call it is", () => {
  const { requests, happening } = place(60_000, [UNKNOWN, UNKNOWN, PLACED]);
  expect(requests.map(({ isRepeat }) => isRepeat)).toEqual([false, true, true]);
  expect(requests.map(({ afterMs }) => afterMs)).toEqual([0, SECOND, SECOND]);
  expect(new Set(requests.map(({ order }) => JSON.stringify(order))).size).toBe(1);
  expect(happening).toEqual(PLACED);
});

it("stays unknown where the repeats are, and is repeated no longer than the key counts", () => {
  const { requests, happening } = place(60_000, [UNKNOWN]);
  expect(requests.length).toBeGreaterThan(2);
  expect(requests.length).toBeLessThan(15);
  expect(happening).toMatchObject({ kind: "unanswered" });
  expect(place(20_000, [UNKNOWN]).requests.length).toBeLessThan(7);
});

it.each([[REFUSED], [LATER]])(
  "stays unknown where a repeat is not taken: the first request may have been: %o",
  (answer) => {
    const { requests, happening } = place(60_000, [UNKNOWN, answer]);
    expect(requests).toHaveLength(2);
    expect(happening).toMatchObject({ kind: "unanswered", message: "reset" });
  },
);

it('has nobody dialed while the carrier says "not now" to a repeat', () => {
  const { pausedUntil, throttled } = place(60_000, [UNKNOWN, { ...LATER, retryAfterMs: 300_000 }]);
  expect(pausedUntil).toBeGreaterThanOrEqual(NOW + 300_000);
  expect(throttled).toBe(1);
});

it("an answer for which nobody waits makes nothing of anybody", () => {
  expect(new Placing("0123456789abcdef012345").answered(1, PLACED, false, NOW)).toBeNull();
});

describe("more requests than the object's own connections", () => {
  /** At a carrier that has taken a second to accept each of ten calls, as many as can be under way are. */
  function busy(repeatableForMs: number | null = null) {
    const placing = new Placing("0123456789abcdef012345");
    const line = lineOf(repeatableForMs);
    let now = NOW;
    for (let slow = 0; slow < 10; slow += 1) {
      begin(placing, line, 99, now);
      now += SECOND;
      placing.answered(99, PLACED, false, now);
    }
    const free = placing.connections.free(now);
    const requests = Array.from({ length: free }, (_, number) => begin(placing, line, number, now));
    return { placing, line, now, free, requests };
  }

  it("begin in lanes of their own, and an own one that is free is taken first", () => {
    const { placing, line, now, free, requests } = busy();
    expect([free, placing.connections.free(now)]).toEqual([101, 0]);
    const lanes = Array.from({ length: 96 }, (_, index) => Math.floor(index / 6));
    expect(requests.map(({ lane }) => lane)).toEqual([null, null, null, null, null, ...lanes]);
    expect(new Set(requests.map(({ leaveBy }) => leaveBy - now))).toEqual(new Set([2_000]));
    placing.answered(30, PLACED, false, now);
    placing.answered(0, PLACED, false, now);
    expect([begin(placing, line, 101, now), begin(placing, line, 102, now)].map(({ lane }) => lane)).toEqual([null, 4]);
  });

  it("a silent lane leaves its outcome unknown; one that sent nothing costs no attempt", () => {
    const { placing, now } = busy();
    const said = (outcome: LaneOutcome, number: number) => placing.answered(number, outcome, false, now);
    expect(said(UNKNOWN, 5)).toMatchObject({ happening: { kind: "unanswered", message: "reset" } });
    expect(said({ kind: "not_sent", message: "late" }, 6)).toMatchObject({
      happening: { kind: "deferred", message: "late" },
    });
  });

  it("are repeated where they left: each connection has no more of them than before", () => {
    const { placing, now, requests } = busy(60_000);
    const again = requests.map(({ number }) => repeatOf(placing.answered(number, UNKNOWN, false, now)));
    expect(again.map(({ lane }) => lane)).toEqual(requests.map(({ lane }) => lane));
    expect(new Set(again.map(({ isRepeat, leaveBy }) => `${isRepeat} ${leaveBy - now}`))).toEqual(
      new Set([`true ${REPEAT_WITHIN_MS}`]),
    );
    expect(placing.connections.free(now)).toBe(0);
  });

  it("are repeated once more if the lane was too late, which says nothing about the first request", () => {
    const { placing, now } = busy(60_000);
    const late: LaneOutcome = { kind: "not_sent", message: "late" };
    repeatOf(placing.answered(5, UNKNOWN, false, now));
    expect(repeatOf(placing.answered(5, late, false, now + SECOND))).toMatchObject({ lane: 0, isRepeat: true });
    expect(placing.answered(5, late, false, now + REPEAT_WITHIN_MS)).toMatchObject({
      happening: { kind: "unanswered", message: "reset" },
    });
    // What never left is not repeated.
    expect(placing.answered(6, late, false, now)).toMatchObject({ happening: { kind: "deferred" } });
  });
});

function repeatOf(placed: Placed | null): PlaceRequest {
  if (placed?.kind !== "again") throw new Error(`it is not repeated: ${JSON.stringify(placed)}`);
  return placed.request;
}
