/** Which of the waiting batches gets slots first, by priority and age. */

import { describe, expect, it } from "vitest";
import { reprioritized, statementOf } from "../../src/batch/slots/request.ts";
import { LEVEL_MS } from "../../src/calling/words/priority.ts";
import { grantInOrder, type Holding, hear, prospectOf, waitingInOrder } from "../../src/organization/ledger/ledger.ts";
import { sampleBatch } from "../batch/samples.ts";

const CAPACITY = { limit: 10, reserved: 0 };

const asks = (batchId: string, createdAt: number, priority?: number, slots = 4): Holding => {
  const request = { batchId, direct: false, createdAt, requestNumber: 1, open: true, granted: false, slots, holds: 0 };
  const heard = hear({ ...request, ...(priority === undefined ? {} : { priority }) }, null, 0);
  if (heard === null) throw new Error("a request is heard");
  return heard;
};
const order = (...holdings: readonly Holding[]) => waitingInOrder(holdings).map(({ batchId }) => batchId);

describe("the order of waiting batches", () => {
  it("is that of their ages if none names a priority, as before there were any", () => {
    expect(order(asks("c", 3), asks("a", 1), asks("b", 2))).toEqual(["a", "b", "c"]);
  });
  it("takes no priority for 3", () => {
    expect(order(asks("a", 1), asks("b", 2, 3), asks("c", 3))).toEqual(["a", "b", "c"]);
    expect(order(asks("a", 1), asks("b", 2, 2), asks("c", 3, 4))).toEqual(["b", "a", "c"]);
  });
  it("is 1 before 5, and the oldest first within each", () => {
    const all = [
      asks("e", 1, 5),
      asks("d", 2, 4),
      asks("b2", 5, 2),
      asks("b1", 4, 2),
      asks("a", 9, 1),
      asks("c", 3, 3),
    ];
    expect(order(...all)).toEqual(["a", "b1", "b2", "c", "d", "e"]);
  });
  it.each([
    ["a moment less than a week", LEVEL_MS - 1, ["urgent", "old"]],
    ["a week: the older one", LEVEL_MS, ["old", "urgent"]],
  ])("lets a level of priority pass those that are older by %s", (_, age, expected) => {
    expect(order(asks("old", 0, 3), asks("urgent", age, 2))).toEqual(expected);
  });
  it("lets nobody wait for ever: after four weeks even the first priority passes the last no more", () => {
    expect(order(asks("old", 0, 5), asks("new", 4 * LEVEL_MS + 1, 1))).toEqual(["old", "new"]);
  });
});

it("grants the first whole or not at all, and what comes after it waits", () => {
  const waiting = [asks("small", 1, 5, 1), asks("large", 2, 1, 9), asks("next", 3, 2, 2)];
  expect(grantInOrder(CAPACITY, waiting).map(({ batchId }) => batchId)).toEqual(["large"]);
});

describe("another priority", () => {
  const waits = asks("a", 1, 3);
  const say = { batchId: "a", direct: false, createdAt: 1, open: true, granted: false, slots: 4, holds: 0 };
  it("comes with a new request", () => {
    expect(hear({ ...say, requestNumber: 2, priority: 1 }, waits, 0)?.priority).toBe(1);
    expect(hear({ ...say, requestNumber: 2 }, asks("a", 1, 5), 0)?.priority).toBe(3);
  });
  it("is not brought back by a late message", () => {
    const changed = hear({ ...say, requestNumber: 2, priority: 1 }, waits, 0);
    expect(hear({ ...say, requestNumber: 1, priority: 5 }, changed, 0)).toBe(changed);
    expect(hear({ ...say, requestNumber: 2, priority: 5 }, changed, 0)?.priority).toBe(1);
  });
  it("gives a grant back that is under way, and gets its turn anew", () => {
    const [granted] = grantInOrder(CAPACITY, [waits]);
    const changed = hear({ ...say, requestNumber: 2, priority: 5 }, granted ?? null, 0);
    expect(changed).toMatchObject({ grantedSlots: 0, grantedRequest: 1, priority: 5 });
  });
});

it("foresees the turn of a new batch by its priority", () => {
  const [holder] = grantInOrder(CAPACITY, [asks("holds", 1, 3, 8)]);
  const known = [holder, asks("first", 2, 2), asks("last", 3, 5, 1)].filter((one) => one !== undefined);
  const foresee = (priority: number, slots: number) => prospectOf(CAPACITY, known, { createdAt: 9, priority, slots });
  expect(foresee(1, 2)).toEqual({ free: 2, waitingBatches: 0, isGrantedAtOnce: true });
  expect(foresee(3, 2)).toEqual({ free: 2, waitingBatches: 1, isGrantedAtOnce: false });
  expect(foresee(5, 2)).toMatchObject({ waitingBatches: 2 });
});

describe("a batch that gets another priority", () => {
  const row = sampleBatch({ request_number: 3, request_open: 1, asked_slots: 4, granted_slots: null, kept_slots: 1 });
  it("makes a new request while it waits, for as many slots, and keeps those that it has", () => {
    const after = reprioritized(row, 1, 7);
    expect(after).toEqual({ ...row, priority: 1, request_number: 4, changed_at: 7 });
    expect(statementOf(after, 1)).toMatchObject({ priority: 1, requestNumber: 4, slots: 4, holds: 1, granted: false });
  });
  it.each([
    ["has its slots", { granted_slots: 4, kept_slots: null }],
    ["asks for none", { request_open: 0, kept_slots: null }],
  ] as const)("makes none while it %s", (_, fields) => {
    const before = { ...row, ...fields };
    expect(reprioritized(before, 5, 7)).toEqual({ ...before, priority: 5, changed_at: 7 });
  });
  it("changes nothing by the same one", () => {
    expect(reprioritized(row, row.priority, 7)).toBe(row);
  });
});
