/** What the page says of a batch that waits for slots. */

import { expect, it } from "vitest";
import { batchState } from "../../src/page/dashboard/text/batch-state.ts";
import { turnWords } from "../../src/page/dashboard/text/turn.ts";

const AT = "2026-11-24T09:00:00Z";
const turn = { position: 2, slots: 10, free_slots: 4, expected_call_seconds: 95 } as const;

it.each([
  ["measured", "Number 2 in line: needs 10 slots, 4 free. About Tue", "by the pace of the batches before."],
  ["typical", "Number 2 in line: needs 10 slots, 4 free. About Tue", "at 95 s a call."],
  ["assumed", "Number 2 in line: needs 10 slots, 4 free. About Tue", "at 95 s a call."],
] as const)("tells the turn and what the estimate is made of: %s", (basis, begin, end) => {
  const words = turnWords({ ...turn, basis, estimated_at: AT });
  expect([words.startsWith(begin), words.endsWith(end)], words).toEqual([true, true]);
});

it("names no time that is not known", () => {
  expect(turnWords({ ...turn, basis: "measured" })).toBe("Number 2 in line: needs 10 slots, 4 free.");
});

it("shows the turn beside the state in lists", () => {
  const batch = { status: "pending", total_calls_dispatched: 0, total_calls_finished: 0 } as const;
  const waiting = { ...batch, waiting_reason: "organization_concurrency" } as const;
  const state = batchState({ ...waiting, turn: { ...turn, basis: "measured", estimated_at: AT } }, 0);
  expect(state).toEqual({ word: "Waiting for slots", tone: "held", until: AT });
});
