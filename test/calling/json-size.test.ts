import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonSizeProblem, MAX_JSON_DEPTH } from "../../src/calling/requests/json-size.ts";

const MOST = 1_000;
const problemOf = (text: string, most = MOST) => jsonSizeProblem(new TextEncoder().encode(text), most)?.kind ?? null;
const nested = (depth: number, open = "[", close = "]") => open.repeat(depth) + close.repeat(depth);

describe("a JSON text", () => {
  it.each<[string, string, string | null]>([
    ["64 arrays deep", nested(MAX_JSON_DEPTH), null],
    ["65 arrays deep", nested(MAX_JSON_DEPTH + 1), "too_deep"],
    ["65 objects deep", nested(MAX_JSON_DEPTH + 1, '{"a":', "}"), "too_deep"],
    ["that never closes", "[".repeat(12_000_000), "too_deep"],
    ["of many that are side by side", `[${nested(60)},${nested(60)}]`, null],
    ["with brackets in a string", JSON.stringify("[".repeat(100)), null],
    [
      "with brackets behind an escaped quotation mark",
      '"\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["',
      null,
    ],
    ["with brackets behind an escaped backslash", `"\\\\"${"[".repeat(65)}`, "too_deep"],
    ["with as many items as it may have", `[${"1,".repeat(MOST - 3)}1]`, null],
    ["with one too many", `[${"1,".repeat(MOST - 1)}1]`, "too_many"],
    ["with too many objects", `[${"{},".repeat(MOST)}{}]`, "too_many"],
    ["with too many fields", `{${'"a":1,'.repeat(MOST)}"a":1}`, "too_many"],
    ["that is no JSON", "}}}}]]]],", null],
    ["that ends in a backslash", '"\\', null],
    ["without anything", "", null],
  ])("%s", (_, text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  it("is as deep, and has as many values, as what it becomes", () => {
    const depthOf = (value: unknown): number =>
      typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
    const countOf = (value: unknown): number =>
      typeof value === "object" && value !== null
        ? Object.values(value).reduce<number>((sum, one) => sum + countOf(one), 1)
        : 1;
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.nat({ max: 80 }), (inner, around) => {
        const text = `${"[".repeat(around)}${inner}${"]".repeat(around)}`;
        const value: unknown = JSON.parse(text);
        expect(problemOf(text, 1_000_000) === "too_deep").toBe(depthOf(value) > MAX_JSON_DEPTH);
        // An empty container has no comma: its count is never below that of what is built.
        expect(problemOf(text, 2 * countOf(value))).toBe(depthOf(value) > MAX_JSON_DEPTH ? "too_deep" : null);
      }),
    );
  });
});
