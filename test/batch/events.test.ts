/** Which events follow from which change: every status to every other, and a batch's standing. */

import { describe, expect, it } from "vitest";
import { batchEventsOf, callEventOf, type Standing, standingOf } from "../../src/batch/telling/events.ts";
import { NO_RECIPIENTS } from "../../src/calling/words/batch-status.ts";
import { RECIPIENT_STATUSES, type RecipientStatus } from "../../src/calling/words/recipient.ts";
import { sampleBatch } from "./samples.ts";

describe("an attempt", () => {
  const EVENT = { started: "call_started", completed: "call_completed", failed: "call_failed" } as const;
  const pairs = RECIPIENT_STATUSES.flatMap((from) => RECIPIENT_STATUSES.map((to) => [from, to] as const));
  const eventOf = (to: RecipientStatus) => (to in EVENT ? EVENT[to as keyof typeof EVENT] : null);

  it.each(pairs)("that was %s and is %s", (from, to) => {
    const expected = from === to ? null : eventOf(to);
    expect(callEventOf({ status: from }, { status: to, dispatched_at: 1 })).toBe(expected);
  });

  it.each(pairs)("that never was a call has none: %s, %s", (from, to) => {
    expect(callEventOf({ status: from }, { status: to, dispatched_at: null })).toBeNull();
  });
});

describe("a batch", () => {
  const standing = (fields: Partial<Standing> = {}): Standing => ({
    isAdmitted: true,
    isCancelled: false,
    isBroken: false,
    restsAs: null,
    ...fields,
  });

  it.each([
    ["nothing", standing(), standing(), []],
    ["it is admitted", standing({ isAdmitted: false }), standing(), ["batch_admitted"]],
    ["it is cancelled", standing(), standing({ isCancelled: true }), ["batch_cancelled"]],
    [
      "it is cancelled with nobody in flight",
      standing(),
      standing({ isCancelled: true, restsAs: "cancelled" }),
      ["batch_cancelled"],
    ],
    [
      "the last call of a cancelled one ends",
      standing({ isCancelled: true }),
      standing({ isCancelled: true, restsAs: "cancelled" }),
      [],
    ],
    ["the last call ends", standing(), standing({ restsAs: "completed" }), ["batch_completed"]],
    ["nobody could be called", standing(), standing({ restsAs: "failed" }), ["batch_completed"]],
    ["its carrier fails", standing(), standing({ isBroken: true }), ["batch_circuit_opened"]],
    ["a trial call fails", standing({ isBroken: true }), standing({ isBroken: true }), []],
    ["it dials again", standing({ isBroken: true }), standing(), ["batch_circuit_closed"]],
    ["it rests still", standing({ restsAs: "completed" }), standing({ restsAs: "completed" }), []],
    ["it is retried", standing({ restsAs: "completed" }), standing(), []],
    [
      "all of it in one step",
      standing({ isAdmitted: false }),
      standing({ restsAs: "failed" }),
      ["batch_admitted", "batch_completed"],
    ],
  ] as const)("%s", (_, before, after, events) => {
    expect(batchEventsOf(before, after)).toEqual(events);
  });

  it("stands where its row and its counts say", () => {
    const busy = { ...NO_RECIPIENTS, queued: 1, completed: 1 };
    expect(standingOf(sampleBatch(), busy)).toEqual({
      isAdmitted: false,
      isBroken: false,
      isCancelled: false,
      restsAs: null,
    });
    const over = { ...NO_RECIPIENTS, completed: 1, failed: 1 };
    expect(standingOf(sampleBatch({ admitted_at: 1 }), over)).toEqual(standing({ restsAs: "completed" }));
    const cancelled = { ...NO_RECIPIENTS, cancelled: 1 };
    expect(standingOf(sampleBatch({ cancelled_at: 1 }), cancelled)).toEqual({
      isAdmitted: false,
      isBroken: false,
      isCancelled: true,
      restsAs: "cancelled",
    });
  });
});
