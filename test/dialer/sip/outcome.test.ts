import { describe, expect, it } from "vitest";
import { endReasonOfSip, sipStatusOf } from "../../../src/dialer/sip/outcome.ts";

describe("a final SIP status", () => {
  it.each([
    [486, "dial_busy"],
    [600, "dial_busy"],
    [603, "dial_busy"],
    [408, "dial_no_answer"],
    [480, "dial_no_answer"],
    [487, "dial_no_answer"],
    [403, "dial_failed"],
    [404, "dial_failed"],
    [484, "dial_failed"],
    [488, "dial_failed"],
    [500, "dial_failed"],
    [503, "dial_failed"],
    [604, "dial_failed"],
    [607, "dial_failed"],
    [608, "dial_failed"],
  ])("%i is %s", (status, reason) => {
    expect(endReasonOfSip(status)).toBe(reason);
  });

  it.each([
    [486, 486],
    ["480", 480],
    [200, 200],
    [180, null],
    [700, null],
    ["", null],
    ["busy", null],
    [486.5, null],
    [null, null],
    [undefined, null],
    [{}, null],
  ])("is read of %j", (value, status) => {
    expect(sipStatusOf(value)).toBe(status);
  });
});
