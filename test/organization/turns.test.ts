/** When a waiting batch gets its slots: the ledger played forward, and what the estimate is made of. */

import { describe, expect, it } from "vitest";
import type { BatchSummary } from "../../src/calling/messages/batch-view.ts";
import { EXPECTED_CALL_SECONDS } from "../../src/calling/requests/limits.ts";
import { grantedDirectly, type Holding } from "../../src/organization/ledger/ledger.ts";
import { turnsOf } from "../../src/organization/ledger/turns.ts";

const NOW = 10_000_000;
const MINUTE = 60_000;
const ASSUMED = EXPECTED_CALL_SECONDS.usual * 1_000;
const CAPACITY = { limit: 10, reserved: 0 };

const holding = (batchId: string, createdAt: number, fields: Partial<Holding> = {}): Holding => ({
  ...grantedDirectly(batchId, createdAt, 0),
  direct: false,
  grantedRequest: 0,
  ...fields,
});
const waits = (batchId: string, createdAt: number, requestedSlots: number, fields: Partial<Holding> = {}) =>
  holding(batchId, createdAt, { requestedSlots, ...fields });
const holds = (batchId: string, createdAt: number, slots: number, fields: Partial<Holding> = {}) =>
  holding(batchId, createdAt, { requestedSlots: slots, grantedSlots: slots, grantedRequest: 1, ...fields });

/** `minutes`: since it was admitted. */
const progress = (total: number, finished: number, minutes: number): Partial<BatchSummary> => ({
  total_calls_scheduled: total,
  total_calls_finished: finished,
  admittedAt: NOW - minutes * MINUTE,
  lastUpdatedAt: NOW,
});
const turns = (
  all: readonly Holding[],
  told: Readonly<Record<string, Partial<BatchSummary>>> = {},
  capacity = CAPACITY,
) => turnsOf(capacity, all, ({ batchId }) => (told[batchId] as BatchSummary | undefined) ?? null, NOW);

describe("the turn of a waiting batch", () => {
  it("is when the batch before it is through, at its pace", () => {
    // 20 of 60 in 10 minutes by 10 slots: a call keeps a slot for 5 minutes. 40 more are 4 rounds.
    const found = turns([holds("a", 1, 10), waits("b", 2, 4)], { a: progress(60, 20, 10) });
    expect(found.get("b")).toEqual({
      position: 1,
      slots: 4,
      free: 0,
      at: NOW + 20 * MINUTE,
      basis: "measured",
      callMs: 5 * MINUTE,
    });
  });

  it("comes after those that come first, each of which needs its time", () => {
    const told = {
      a: progress(60, 20, 10),
      b: { total_calls_scheduled: 20, total_calls_finished: 0, admittedAt: null },
    };
    const found = turns([holds("a", 1, 10), waits("c", 3, 10), waits("b", 2, 10)], told);
    expect([...found.keys()]).toEqual(["b", "c"]);
    // 20 people by 10 slots: two rounds of the five minutes that a call of the other batch takes.
    expect(found.get("c")).toMatchObject({ position: 2, at: NOW + 30 * MINUTE, basis: "typical" });
  });

  it("follows from the priority", () => {
    const found = turns([holds("a", 1, 10), waits("b", 2, 4), waits("c", 3, 4, { priority: 1 })]);
    expect(found.get("c")).toMatchObject({ position: 1 });
    expect(found.get("b")).toMatchObject({ position: 2, at: NOW + ASSUMED });
  });

  it("is when enough slots are free for all that it asks for", () => {
    const told = { a: progress(10, 5, 5), b: progress(200, 10, 10) };
    const all = [holds("a", 1, 5), holds("b", 2, 3), waits("c", 3, 10), waits("d", 4, 1)];
    // The last takes as long as the mean of the first two. Two are free, which would be enough for the last.
    expect(turns(all, told).get("c")).toMatchObject({ slots: 10, free: 2, at: NOW + 64 * 3 * MINUTE });
    expect(turns(all, told).get("d")?.at).toBe(NOW + 64 * 3 * MINUTE + 4 * MINUTE);
  });

  it("counts what it has already, and calls that end within a call", () => {
    const draining = holds("a", 1, 6, { open: false });
    const found = turns([draining, waits("b", 2, 8, { grantedSlots: 3 })]);
    expect(found.get("b")).toMatchObject({ slots: 5, free: 1, at: NOW + ASSUMED, basis: "assumed" });
  });

  it("waits for direct calls as for others, and leaves the reserve to them", () => {
    const found = turns([grantedDirectly("calls", 1, 6), waits("b", 2, 8)], {}, { limit: 10, reserved: 2 });
    expect(found.get("b")).toMatchObject({ slots: 8, free: 4, at: NOW + ASSUMED });
  });

  it("takes no pace from a batch that has not been dialing all the time", () => {
    const found = turns([holds("a", 1, 10), waits("b", 2, 4)], { a: progress(30, 20, 24 * 60) });
    expect(found.get("b")).toMatchObject({ at: NOW + ASSUMED, basis: "assumed" });
  });

  it("is of nobody while nobody waits", () => {
    expect(turns([holds("a", 1, 10)]).size).toBe(0);
  });
});
