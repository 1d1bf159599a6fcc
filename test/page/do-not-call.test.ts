/** What of a list that was brought goes on the do-not-call list. */

import { describe, expect, it } from "vitest";
import { fileOf, listingOf } from "../../src/page/dashboard/do-not-call/listing.ts";

const row = (to_number: string, metadata: Readonly<Record<string, string>> = {}) => ({ to_number, metadata });

describe("a list of numbers", () => {
  it("keeps the reason that the list gives each, and has a number once", () => {
    const listing = listingOf([
      row("+12125550100"),
      row("+12125550101", { Reason: "asked by mail" }),
      row("+12125550100", { reason: "asked twice" }),
    ]);
    expect(listing).toEqual({
      numbers: [
        { number: "+12125550100", reason: "asked twice" },
        { number: "+12125550101", reason: "asked by mail" },
      ],
      takenOff: 0,
    });
  });

  it("takes its own export back: without apostrophes, and without who may be called again", () => {
    const exported = { added_at: "2026-11-01T00:00:00.000Z", added_by: "demo" };
    expect(
      listingOf([
        row("+12125550100", { ...exported, reason: "'=1+1" }),
        row("+12125550101", { ...exported, removed_at: "2026-11-02T00:00:00.000Z" }),
      ]),
    ).toEqual({ numbers: [{ number: "+12125550100", reason: "=1+1" }], takenOff: 1 });
  });

  it("is sent as a file in which a reason may have quotes and separators", () => {
    const numbers = [{ number: "+12125550100", reason: 'said "no", twice' }];
    expect(fileOf({ numbers, takenOff: 0 })).toBe('number,reason\r\n+12125550100,"said ""no"", twice"');
  });
});
