/** The judge of the fault tests finds what it is there to find. */

import { describe, expect, it } from "vitest";
import type { Batch } from "../local/wire.ts";
import { isClean, judge, type Witness } from "./judge.ts";

const batch: Batch = {
  id: "acb_1",
  name: "A",
  status: "completed",
  target_concurrency_limit: 2,
  total_calls_scheduled: 2,
  total_calls_dispatched: 2,
  total_calls_finished: 2,
  retry_count: 0,
  recipients: [
    { id: "r1", to_number: "+1", status: "completed", agent_call_id: "ac_1", end_reason: "client_hangup" },
    { id: "r2", to_number: "+2", status: "failed", error_message: "not certain" },
  ],
};
const call = { to: "+1", agent_call_id: "ac_1", recipient_id: "r1" };
const witness: Witness = { calls: [call], peak_in_flight: 2, in_flight: 0 };
const empty = { in_use: 0, holding: [], waiting: [] };
const changed = (recipients: Partial<Batch["recipients"][number]>): Batch => ({
  ...batch,
  recipients: batch.recipients.map((one, index) => (index === 0 ? { ...one, ...recipients } : one)),
});

it("finds an event of which nobody was told", () => {
  const findings = judge([batch], witness, empty, 2, 1, ["call_completed ac_1"]);
  expect(findings.untold).toEqual(["call_completed ac_1"]);
  expect(isClean(findings)).toBe(false);
});

describe("the judge", () => {
  it("has nothing to say of a clean run", () => {
    expect(isClean(judge([batch], witness, empty, 2))).toBe(true);
  });

  it.each([
    ["a second call for an attempt", [batch], { ...witness, calls: [call, call] }, empty, { doubled: ["ac_1"] }],
    [
      "a second attempt that nobody asked for",
      [batch],
      { ...witness, calls: [call, { ...call, agent_call_id: "ac_2" }] },
      empty,
      { overcalled: ["r1"] },
    ],
    ["a recipient who was forgotten", [changed({ status: "queued" })], witness, empty, { lost: ["r1"] }],
    ["a call that the carrier never saw", [batch], { ...witness, calls: [] }, empty, { unwitnessed: ["r1"] }],
    [
      "a failure without a reason",
      [{ ...batch, recipients: [{ id: "r3", to_number: "+3", status: "failed" }] }],
      witness,
      empty,
      { unexplained: ["r3"] },
    ],
    ["wrong counters", [{ ...batch, total_calls_finished: 1 }], witness, empty, { miscounted: ["acb_1"] }],
    ["too many at once", [batch], { ...witness, peak_in_flight: 3 }, empty, { aboveLimit: 1 }],
    ["a slot that nobody gave back", [batch], witness, { ...empty, in_use: 1 }, { leaked: 1 }],
  ])("finds %s", (_, batches, seen, ledger, found) => {
    const findings = judge(batches, seen, ledger, 2);
    expect(findings).toMatchObject(found);
    expect(isClean(findings)).toBe(false);
  });
});
