import { describe, expect, it } from "vitest";
import { differences, jsonIn } from "./printed.ts";

describe("what a page says is printed", () => {
  const printed = { id: "acb_TX9N9ULdcZQd5CEgrpdpAE", at: "2026-11-24T02:42:13.185Z", count: 2, name: "A", list: [1] };

  it.each([
    [{ ...printed, id: "acb_9GMZNjbCy2jfNrwkvjCCHq", at: "2026-11-25T02:42:13.185Z" }, false, 0],
    [{ count: 2 }, true, 0],
    [{ count: 2 }, false, 4],
    [{ ...printed, id: "ac_TX9N9ULdcZQd5CEgrpdpAE" }, false, 1],
    [{ ...printed, count: 3 }, false, 1],
    [{ ...printed, count: "2" }, false, 1],
    [{ ...printed, name: "B" }, false, 1],
    [{ ...printed, list: [1, 2] }, false, 1],
    [{ ...printed, more: true }, true, 1],
    [{ ...printed, at: "tomorrow" }, false, 1],
  ])("%j (part: %s) has %i differences", (said, isPart, count) => {
    expect(differences(said, printed, isPart)).toHaveLength(count);
  });

  it("finds the JSON behind a shell's words", () => {
    expect(jsonIn('bash: a word\n{"a": {"b": 1}}')).toEqual({ a: { b: 1 } });
    expect(() => jsonIn("curl: (22) 404")).toThrow("no JSON");
  });
});
