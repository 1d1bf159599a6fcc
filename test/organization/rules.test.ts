/** The organization's rules: each is changed alone, and can be lifted. */

import { beforeEach, expect, it } from "vitest";
import { changeRules, readRules } from "../../src/organization/rules/rules.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { nodeSql } from "../support/node-sql.ts";

const NOW = 1_800_000_000_000;
const ALL = { min_gap_minutes: 30, max_attempts_per_number_per_day: 3, calls_per_second: 5 };

let sql: Sql;
beforeEach(() => {
  sql = nodeSql(ORGANIZATION_STEPS);
  expect(changeRules(sql, ALL, NOW)).toBe(true);
});

const said = () => {
  const { pace, ...contacts } = readRules(sql);
  return { ...contacts, calls_per_second: pace?.callsPerSecond ?? null };
};

it.each(["min_gap_minutes", "max_attempts_per_number_per_day", "calls_per_second"] as const)(
  "%s is changed or lifted, and the others stay",
  (name) => {
    expect(said()).toEqual(ALL);
    for (const value of [7, null]) {
      expect(changeRules(sql, { [name]: value }, NOW)).toBe(true);
      expect(said()).toEqual({ ...ALL, [name]: value });
    }
  },
);

it("a change that names none of them is none", () => {
  expect(changeRules(sql, {}, NOW)).toBe(false);
  expect(said()).toEqual(ALL);
});
