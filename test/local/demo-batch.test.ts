import { describe, expect, it } from "vitest";
import { canonicalNumber } from "../../src/calling/numbers/phone-number.ts";
import { DEMO_RECIPIENTS, demoBatch } from "./demo-batch.ts";
import { DESTINATIONS, expectationOf } from "./destinations.ts";
import { destinationTable, isAsExpected, outcomeTable, unexpected } from "./outcome-table.ts";
import type { Recipient } from "./wire.ts";

const numbers = demoBatch().recipients.map(({ to_number }) => to_number);

const recipient = (to_number: string, fields: Partial<Recipient>): Recipient => ({
  id: "abcr_1",
  to_number,
  status: "completed",
  ...fields,
});

/** A recipient with the end that their number stands for. */
function asExpected(to_number: string): Recipient {
  const { status, endReason, hasErrorMessage } = expectationOf(to_number);
  return recipient(to_number, {
    status,
    ...(endReason === null ? {} : { end_reason: endReason }),
    ...(hasErrorMessage ? { error_message: "no call was placed" } : {}),
  });
}

describe("the demo's list", () => {
  it("has 200 recipients, every special number, and every other number once", () => {
    expect(numbers).toHaveLength(DEMO_RECIPIENTS);
    expect([...DESTINATIONS.keys()].filter((number) => !numbers.includes(number))).toEqual([]);
    const ordinary = numbers.filter((number) => !DESTINATIONS.has(number));
    expect(new Set(ordinary).size).toBe(ordinary.length);
    expect(ordinary.length).toBeGreaterThan(DEMO_RECIPIENTS / 2);
  });

  it("has possible numbers only, all in the ranges reserved for fiction or for the stand-in", () => {
    expect(numbers.filter((number) => !canonicalNumber(number).ok)).toEqual([]);
    expect(numbers.filter((number) => !/^\+1(\d{3}55501\d\d|50055500\d\d)$/.test(number))).toEqual([]);
  });
});

describe("the outcome tables", () => {
  it("find everybody as expected who is", () => {
    const all = numbers.map(asExpected);
    expect(unexpected(all)).toEqual([]);
    expect(destinationTable(all)).not.toContain("UNEXPECTED");
    expect(outcomeTable(all)).toMatch(/failed +dial_busy +12/);
  });

  it.each<[string, Recipient]>([
    ["another status", recipient("+15005550002", {})],
    ["another reason", recipient("+15005550002", { status: "failed", end_reason: "dial_failed" })],
    ["an error in place of a reason", recipient("+15005550002", { status: "failed", error_message: "refused" })],
    ["no error where there should be one", recipient("+15005550001", { status: "failed" })],
    ["an ordinary number that failed", recipient("+12125550100", { status: "failed", end_reason: "dial_busy" })],
  ])("find %s unexpected", (_, one) => {
    expect(isAsExpected(one)).toBe(false);
    expect(destinationTable([one])).toContain("UNEXPECTED");
  });
});
