import { describe, expect, it } from "vitest";
import { batchStatusOf, NO_RECIPIENTS, type RecipientCounts, totalsOf } from "../../src/calling/words/batch-status.ts";
import {
  callStatusOf,
  isInFlight,
  isOver,
  LATE,
  RECIPIENT_EVENTS,
  RECIPIENT_STATUSES,
  type RecipientEvent,
  type RecipientStatus,
  step,
} from "../../src/calling/words/recipient.ts";

/** Written down a second time, from the contract's words and not from the table: everything not listed is late. */
const ALLOWED: readonly [RecipientStatus, RecipientEvent, RecipientStatus][] = [
  ["queued", "dispatch", "dispatched"],
  ["queued", "abandon", "failed"],
  ["queued", "cancel", "cancelled"],
  ["dispatched", "defer", "queued"],
  ["dispatched", "abandon", "failed"],
  ["dispatched", "answer", "started"],
  ["dispatched", "complete", "completed"],
  ["dispatched", "fail", "failed"],
  ["started", "abandon", "failed"],
  ["started", "complete", "completed"],
  ["started", "fail", "failed"],
  ["failed", "requeue", "queued"],
  // Ours: the carrier reports after the end that a machine answered, which was to be hung up on.
  ["completed", "unreach", "failed"],
];

const everyPair = RECIPIENT_STATUSES.flatMap((status) => RECIPIENT_EVENTS.map((event) => ({ status, event })));

describe("the recipient's transition table", () => {
  it("has every status and every event", () => {
    expect(everyPair).toHaveLength(6 * 9);
  });

  it.each(everyPair)("$status, $event", ({ status, event }) => {
    const allowed = ALLOWED.find(([from, on]) => from === status && on === event);
    expect(step(status, event)).toBe(allowed === undefined ? LATE : allowed[2]);
  });

  it.each(RECIPIENT_STATUSES)("%s is in flight, over, or waits: exactly one of them", (status) => {
    expect([isInFlight(status), isOver(status), status === "queued"].filter(Boolean)).toHaveLength(1);
  });

  it.each(RECIPIENT_STATUSES.filter(isOver))(
    "only a requeue, or the late word of a machine, leads out of %s",
    (status) => {
      const ways = RECIPIENT_EVENTS.filter((event) => step(status, event) !== LATE);
      expect(ways).toEqual(status === "failed" ? ["requeue"] : status === "completed" ? ["unreach"] : []);
    },
  );

  it("shows an attempt as a call from its dispatch on", () => {
    expect(RECIPIENT_STATUSES.map((status) => [status, callStatusOf(status)])).toEqual([
      ["queued", null],
      ["dispatched", "created"],
      ["started", "started"],
      ["completed", "completed"],
      ["failed", "failed"],
      ["cancelled", null],
    ]);
  });
});

describe("the batch's status, derived", () => {
  const counts = (some: Partial<RecipientCounts>): RecipientCounts => ({ ...NO_RECIPIENTS, ...some });

  it.each([
    ["pending", { queued: 3 }],
    ["in_progress", { queued: 1, dispatched: 1 }],
    ["in_progress", { queued: 1, completed: 4 }],
    ["completed", { dispatched: 1, started: 1, completed: 1 }],
    ["completed", { completed: 2, failed: 1, unplaced: 1 }],
    ["completed", { failed: 2, unplaced: 1 }],
    ["failed", { failed: 2, unplaced: 2 }],
    ["cancelled", { cancelled: 2 }],
    ["cancelled", { cancelled: 1, completed: 5, started: 1 }],
  ] as const)("%s: %o", (status, some) => {
    expect(batchStatusOf(counts(some))).toBe(status);
  });

  it("counts as the contract's retry example does", () => {
    expect(totalsOf(counts({ completed: 1, queued: 1 }))).toEqual({
      total_calls_scheduled: 2,
      total_calls_dispatched: 1,
      total_calls_finished: 1,
    });
  });
});
