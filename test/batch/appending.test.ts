/** Who of a request to append comes into the batch; a request that is repeated adds nobody. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { closedToMore, grown, newIn } from "../../src/batch/people/appending.ts";
import type { NewRecipient } from "../../src/calling/messages/batch-order.ts";
import { externalIdProblem } from "../../src/calling/numbers/duplicates.ts";
import { sampleBatch } from "./samples.ts";

const recipient = (number: number, external_id?: string): NewRecipient => ({
  to_number: `+1415555${String(number).padStart(4, "0")}`,
  metadata: null,
  timezone: null,
  ...(external_id === undefined ? {} : { external_id }),
});
const given = fc
  .array(fc.tuple(fc.nat(15), fc.option(fc.constantFrom("a", "b", "c", "d"), { nil: undefined })), { maxLength: 12 })
  .map((list) => list.map(([number, id]) => recipient(number, id)))
  .filter((list) => externalIdProblem(list.map(({ external_id = null }) => ({ external_id }))) === null);
const taken = (present: readonly NewRecipient[], more: readonly NewRecipient[], onDuplicate: "skip" | "allow") => {
  const found = newIn(present, more, onDuplicate);
  return found.ok ? found.value : expect.fail(JSON.stringify(found.failure));
};

describe("a request to append", () => {
  it("that is repeated adds nobody, where the same number is not taken twice", () => {
    fc.assert(
      fc.property(given, given, (present, more) => {
        const first = taken(present, more, "skip");
        const after = [...present, ...first.recipients];
        expect(taken(after, more, "skip").recipients).toEqual([]);
        expect(first.recipients.length + first.skippedDuplicates + first.skippedExternalIds).toBe(more.length);
      }),
    );
  });

  it("never takes an external_id twice, whatever the numbers are", () => {
    fc.assert(
      fc.property(given, given, (present, more) => {
        const { recipients } = taken(present, more, "allow");
        const ids = [...present, ...recipients].flatMap(({ external_id }) => external_id ?? []);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it("is refused with the places of the numbers that are there already, where it says so", () => {
    const found = newIn([recipient(1, "a")], [recipient(9, "a"), recipient(1), recipient(2), recipient(2)], "reject");
    expect(found).toEqual({
      ok: false,
      failure: {
        kind: "invalid",
        issues: [
          { path: "recipients[1].to_number", message: "is already the number of a recipient of this batch" },
          { path: "recipients[3].to_number", message: "is the same number as recipients[2]" },
        ],
      },
    });
  });

  it("leaves the batch at 5,000 recipients at most", () => {
    const present = Array.from({ length: 4_999 }, (_, number) => recipient(number));
    expect(newIn(present, [recipient(5_001)], "skip").ok).toBe(true);
    expect(newIn(present, [recipient(5_001), recipient(5_002)], "skip")).toMatchObject({
      failure: { issues: [{ path: "recipients", message: "must have at most 1 more: a batch has at most 5000" }] },
    });
  });

  it.each([
    ["a batch at work", 0, null, null],
    ["a cancelled batch", 1, null, "batch_cancelled"],
    ["a window that expired", 0, 1_000, "batch_over"],
    ["a window that expires later", 0, 1_001, null],
  ] as const)("%s", (_, cancelled, expiresAt, code) => {
    const problem = closedToMore({ cancelled }, expiresAt, 1_000);
    expect(problem?.kind === "wrong_state" ? problem.code : problem).toBe(code);
  });

  it("takes a cancelled batch up again: what the cancel said does not hold for those who come now", () => {
    const after = grown(sampleBatch({ total_recipients: 2, cancelled_at: 10, cancelled_by: "key_ada" }), 3, 20);
    expect(after).toMatchObject({ cancelled_at: null, cancelled_by: null, total_recipients: 5, rest_known: 0 });
  });
});
