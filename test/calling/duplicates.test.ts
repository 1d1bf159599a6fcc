import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deduplicated } from "../../src/calling/numbers/duplicates.ts";

const list = fc.array(fc.constantFrom("+1", "+2", "+3", "+4").map((to_number) => ({ to_number })));

describe("the same number more than once", () => {
  it("is allowed, if it is", () => {
    fc.assert(
      fc.property(list, (recipients) => {
        expect(deduplicated(recipients, "allow")).toEqual({ ok: true, value: { recipients, skipped: 0 } });
      }),
    );
  });

  it("is skipped: each number stays once, the first of its kind, in the order submitted", () => {
    fc.assert(
      fc.property(list, (recipients) => {
        const result = deduplicated(recipients, "skip");
        if (!result.ok) return expect.fail("skip refuses nothing");
        const numbers = recipients.map(({ to_number }) => to_number);
        expect(result.value.recipients.map(({ to_number }) => to_number)).toEqual([...new Set(numbers)]);
        for (const kept of result.value.recipients) {
          expect(kept).toBe(recipients[numbers.indexOf(kept.to_number)]);
        }
        expect(result.value.skipped).toBe(numbers.length - new Set(numbers).size);
      }),
    );
  });

  it("is refused, each time by its place and that of the first", () => {
    const recipients = ["+1", "+2", "+1", "+1"].map((to_number) => ({ to_number }));
    expect(deduplicated(recipients, "reject")).toEqual({
      ok: false,
      failure: {
        kind: "invalid",
        issues: [
          { path: "recipients[2].to_number", message: "is the same number as recipients[0]" },
          { path: "recipients[3].to_number", message: "is the same number as recipients[0]" },
        ],
      },
    });
    expect(deduplicated(recipients.slice(0, 2), "reject")).toMatchObject({ ok: true, value: { skipped: 0 } });
  });
});
