import { describe, expect, it } from "vitest";
import { Copies, type Span } from "./copies.ts";

const NUMBER = "+14155550123";
const somebody = [{ number: NUMBER, timezone: null }];

function between(...requests: readonly (readonly ["allow" | "skip" | "reject", Span])[]) {
  const copies = new Copies();
  for (const [onDuplicate, span] of requests) copies.add(somebody, onDuplicate, span);
  return copies.of(NUMBER);
}

const span = (from: number, until: number, isCertain = true): Span => ({ from, until, isCertain });

describe("how often a number is in a batch", () => {
  it("is never, if nobody added it", () => expect(between()).toEqual({ least: 0, most: 0 }));

  it("counts each permitted duplicate, and the others once", () => {
    expect(between(["allow", span(0, 1)], ["allow", span(2, 3)])).toEqual({ least: 2, most: 2 });
    expect(between(["skip", span(0, 1)], ["reject", span(2, 3, false)])).toEqual({ least: 1, most: 1 });
  });

  it("is one more if the number was first added by a request that skips duplicates", () => {
    expect(between(["skip", span(0, 1)], ["allow", span(2, 3)])).toEqual({ least: 2, most: 2 });
    expect(between(["allow", span(0, 1)], ["skip", span(2, 3)])).toEqual({ least: 1, most: 1 });
  });

  it("is not certain while both may be the first", () => {
    expect(between(["reject", span(0, 9, false)], ["allow", span(2, 3)])).toEqual({ least: 1, most: 2 });
    expect(between(["skip", span(0, 9)], ["allow", span(2, 3)])).toEqual({ least: 1, most: 2 });
    expect(between(["allow", span(0, 1, false)], ["skip", span(2, 3)])).toEqual({ least: 1, most: 2 });
  });
});
