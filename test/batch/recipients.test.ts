/** Recipients packed into rows. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packRecipients } from "../../src/batch/store/recipients.ts";
import type { NewRecipient } from "../../src/calling/messages/batch-order.ts";

const recipient: fc.Arbitrary<NewRecipient> = fc.record({
  to_number: fc.string({ minLength: 3, maxLength: 16 }),
  metadata: fc.option(fc.integer({ min: 1, max: 16_384 }).map((size) => "x".repeat(size))),
  timezone: fc.option(fc.constantFrom("Europe/Berlin", "UTC")),
});

const unpacked = (recipients: readonly NewRecipient[]) =>
  packRecipients(recipients).flatMap((page) => JSON.parse(page.recipients) as [string, string | null][]);

describe("packing recipients", () => {
  it("keeps every one, in the order submitted", () => {
    fc.assert(
      fc.property(fc.array(recipient, { maxLength: 300 }), (recipients) => {
        expect(unpacked(recipients)).toEqual(
          recipients.map(({ to_number, metadata, timezone }) => [
            to_number,
            metadata,
            ...(timezone === null ? [] : [timezone]),
          ]),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("names each page by its first position, and keeps each far below 2 MB", () => {
    fc.assert(
      fc.property(fc.array(recipient, { maxLength: 300 }), (recipients) => {
        let next = 0;
        for (const page of packRecipients(recipients)) {
          expect(page.firstPosition).toBe(next);
          expect(page.recipients.length).toBeLessThan(1_000_000);
          next += (JSON.parse(page.recipients) as unknown[]).length;
        }
        expect(next).toBe(recipients.length);
      }),
      { numRuns: 60 },
    );
  });

  it("stores 5,000 plain recipients in 50 rows", () => {
    const plain = Array.from({ length: 5_000 }, (_, index) => ({
      to_number: `+1415556${index}`,
      metadata: null,
      timezone: null,
    }));
    expect(packRecipients(plain)).toHaveLength(50);
  });
});
