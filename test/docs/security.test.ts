/** Each rule of `SECURITY.md` names the tests that hold it, and they are there. */

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const RULES = readFileSync("SECURITY.md", "utf8")
  .split("## Rules, and the test of each")[1]
  ?.split("\n###")[0]
  ?.split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (rule|---)/.test(line))
  .map((line): [rule: string, tests: string[]] => {
    const [, rule = "", tests = ""] = line.split("|");
    return [rule.trim(), [...tests.matchAll(/`([^`]+)`/g)].map(([, test = ""]) => test)];
  });

describe("the rules", () => {
  it("are there", () => {
    expect(RULES?.length).toBeGreaterThan(25);
  });

  it.each(RULES ?? [])("%s", (_, tests) => {
    expect(tests.length).toBeGreaterThan(0);
    for (const test of tests) expect([test, existsSync(test)]).toEqual([test, true]);
  });
});
