/** A request whose outcome is unknown is repeated only where the carrier has an idempotency key, and never believed too much. */

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Happening } from "../../src/batch/attempts/settle.ts";
import { INTENT_DUE_MS } from "../../src/batch/attempts/timing.ts";
import type { LaneOrder, LaneOutcome } from "../../src/batch/dialing/lane.ts";
import type { Line } from "../../src/batch/dialing/line.ts";
import { Placing } from "../../src/batch/dialing/placing.ts";
import type { Recipients } from "../../src/batch/store/recipients.ts";
import { carrierNamed } from "../../src/dialer/carriers.ts";
import type { Dialer, PlaceOrder, PlaceOutcome } from "../../src/dialer/dialer.ts";
import { answerOf } from "../../src/peer.ts";
import { sampleAccount } from "../dialer/samples.ts";
import { sampleAttempt, sampleBatch, sampleDialing } from "./samples.ts";

const UNKNOWN: PlaceOutcome = { kind: "unknown", message: "reset" };
const PLACED: PlaceOutcome = { kind: "placed", carrierCallId: "CA1" };
const REFUSED: PlaceOutcome = { kind: "refused", code: "1", message: "a duplicate" };
const LATER: PlaceOutcome = { kind: "try_later", retryAfterMs: null, message: "slow down" };

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "warn").mockImplementation(() => {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** What happened, and what the carrier was asked. `says`: its answers, the last one again and again. */
async function place(repeatableForMs: number | null, says: readonly PlaceOutcome[]) {
  const orders: PlaceOrder[] = [];
  const repeats: boolean[] = [];
  const dialer = carrierNamed("twilio").dialer(sampleAccount(), null, null);
  vi.spyOn(dialer, "place").mockImplementation(async (order, isRepeat = false) => {
    orders.push(order);
    repeats.push(isRepeat);
    return says[Math.min(orders.length, says.length) - 1] ?? UNKNOWN;
  });
  const happenings: Happening[] = [];
  const throttled: number[] = [];
  const placing = new Placing({
    route: "0123456789abcdef012345",
    recipients: { at: () => ({ to_number: "+14155550123", metadata: null, timezone: null }) } as unknown as Recipients,
    row: () => sampleBatch(),
    happened: (_, happening) => happenings.push(happening),
    throttled: (now) => throttled.push(now),
    lane: () => Promise.reject(new Error("the object's own connections suffice")),
  });
  const line = lineOf(dialer, repeatableForMs);
  const done = placing.place(line, sampleAttempt());
  await vi.advanceTimersByTimeAsync(120_000);
  await done;
  return { orders, repeats, happening: happenings[0], pausedUntil: placing.pausedUntil, throttled };
}

function lineOf(dialer: Dialer, repeatableForMs: number | null): Line {
  return {
    dialer,
    dialing: sampleDialing,
    capabilities: { ...carrierNamed("twilio").capabilities, repeatableForMs },
  };
}

it("is not repeated where a repeat may dial a second time", async () => {
  const { orders, happening } = await place(null, [UNKNOWN, PLACED]);
  expect(orders).toHaveLength(1);
  expect(happening).toMatchObject({ kind: "unanswered" });
});

it("is repeated as it was, where a repeat places nothing more, until the carrier says which call it is", async () => {
  const { orders, repeats, happening } = await place(60_000, [UNKNOWN, UNKNOWN, PLACED]);
  expect(repeats).toEqual([false, true, true]);
  expect(new Set(orders.map((order) => JSON.stringify(order))).size).toBe(1);
  expect(happening).toEqual(PLACED);
});

it("stays unknown where the repeats are, and is repeated no longer than the key counts", async () => {
  const { orders, happening } = await place(60_000, [UNKNOWN]);
  expect(orders.length).toBeGreaterThan(2);
  expect(orders.length).toBeLessThan(15);
  expect(happening).toMatchObject({ kind: "unanswered" });
  expect((await place(20_000, [UNKNOWN])).orders.length).toBeLessThan(7);
});

it.each([[REFUSED], [LATER]])(
  "stays unknown where a repeat is not taken: the first request may have been: %o",
  async (answer) => {
    const { orders, happening } = await place(60_000, [UNKNOWN, answer]);
    expect(orders).toHaveLength(2);
    expect(happening).toMatchObject({ kind: "unanswered", message: "reset" });
  },
);

it('has nobody dialed while the carrier says "not now" to a repeat', async () => {
  const began = Date.now();
  const { pausedUntil, throttled } = await place(60_000, [UNKNOWN, { ...LATER, retryAfterMs: 300_000 }]);
  expect(pausedUntil).toBeGreaterThanOrEqual(began + 300_000);
  expect(throttled).toHaveLength(1);
});

describe("more requests than the object's own connections", () => {
  const SECOND = 1_000;

  /**
   * At a carrier that has taken a second to accept each of ten calls, as many as can be under way are. The object's own are
   * accepted when that is called.
   */
  async function busy(lane: (lane: number, order: LaneOrder) => Promise<LaneOutcome>) {
    const dialer = carrierNamed("twilio").dialer(sampleAccount(), null, null);
    const own: (() => void)[] = [];
    vi.spyOn(dialer, "place").mockImplementation(
      () => new Promise((resolve) => own.push(() => resolve({ kind: "placed", carrierCallId: `CA${own.length}` }))),
    );
    const happenings = new Map<number, Happening>();
    const placing = new Placing({
      route: "0123456789abcdef012345",
      recipients: {
        at: () => ({ to_number: "+14155550123", metadata: null, timezone: null }),
      } as unknown as Recipients,
      row: () => sampleBatch(),
      happened: (number, happening) => happenings.set(number, happening),
      throttled: () => {},
      lane,
    });
    const line = lineOf(dialer, null);
    const begin = (number: number) => placing.place(line, sampleAttempt({ number }));
    for (let slow = 0; slow < 10; slow += 1) {
      const first = begin(99);
      await vi.advanceTimersByTimeAsync(SECOND);
      own.shift()?.();
      await first;
    }
    const free = placing.freeConnections(Date.now());
    const done = Array.from({ length: free }, (_, number) => begin(number));
    return { placing, own, happenings, done, free, begin };
  }

  it("begin in lanes of their own, and an own one that is free is taken first", async () => {
    const lent: LaneOrder[] = [];
    const lanes: number[] = [];
    const { placing, own, happenings, done, free, begin } = await busy(async (lane, order) => {
      lanes.push(lane);
      lent.push(order);
      await new Promise((resolve) => setTimeout(resolve, SECOND));
      return { kind: "placed", carrierCallId: `lent ${lent.length}` };
    });
    const now = Date.now();
    expect([free, placing.freeConnections(Date.now()), own.length, lent.length]).toEqual([35, 0, 5, 30]);
    expect(lanes).toEqual(Array.from({ length: 30 }, (_, index) => Math.floor(index / 6)));
    expect(new Set(lent.map(({ leaveBy }) => leaveBy - now))).toEqual(new Set([2_000]));
    await vi.advanceTimersByTimeAsync(SECOND);
    expect([placing.freeConnections(Date.now()), happenings.size]).toEqual([30, 31]);
    for (const answer of own) answer();
    await Promise.all(done);
    expect(placing.freeConnections(Date.now())).toBe(35);
    void begin(100);
    expect([own.length, lent.length]).toEqual([6, 30]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("a lane of which nothing is heard is given up, its outcome unknown; one that sent nothing costs no attempt", async () => {
    let asked = 0;
    const { happenings, own, done } = await busy(() => {
      asked += 1;
      return asked === 1
        ? answerOf(new Promise(() => {}), INTENT_DUE_MS)
        : Promise.resolve({ kind: "not_sent", message: "late" });
    });
    for (const answer of own) answer();
    await vi.advanceTimersByTimeAsync(60_000);
    await Promise.all(done);
    expect(happenings.get(5)).toEqual({
      kind: "unanswered",
      message: "the lane of the request was lost: Unanswered: no answer within 20 s",
    });
    expect(happenings.get(6)).toMatchObject({ kind: "deferred", message: "late" });
  });
});
