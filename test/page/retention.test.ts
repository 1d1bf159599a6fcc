/** How long data is kept: what is typed, whether something goes, and what. */

import { expect, it } from "vitest";
import { MAX_RETENTION_DAYS } from "../../src/calling/requests/limits.ts";
import type { Batch } from "../../src/client/client.ts";
import { daysOf, goesUntil, goingOf, goingWords, losesMore } from "../../src/page/dashboard/organization/retention.ts";

const NOW = Date.parse("2026-11-30T12:00:00Z");

it.each([
  [true, "", 0],
  [true, "30", 0],
  [false, "30", 30],
  [false, " 1 ", 1],
  [false, String(MAX_RETENTION_DAYS), MAX_RETENTION_DAYS],
  [false, String(MAX_RETENTION_DAYS + 1), null],
  // Nothing goes by mistake.
  [false, "0", null],
  [false, "", null],
  [false, "1.5", null],
  [false, "-3", null],
  [false, "1e2", null],
])("for ever: %s, typed %j: %s days", (isEver, typed, days) => {
  expect(daysOf(isEver, typed)).toBe(days);
});

it.each([
  [0, 0, false],
  [0, 3_650, true],
  [90, 0, false],
  [90, 90, false],
  [90, 91, false],
  [90, 89, true],
])("from %s to %s days something may go: %s", (before, after, more) => {
  const days = (retention_days: number, archive: boolean) => ({ retention_days, archive });
  expect(losesMore(days(before, false), days(after, false))).toBe(more);
  expect(losesMore(days(before, true), days(after, true))).toBe(more);
  expect(losesMore(days(before, false), days(after, true))).toBe(more);
  // What waits for its archive would go without one.
  expect(losesMore(days(before, true), days(after, false))).toBe(after !== 0);
});

const over = (last_updated_at: string) => ({ last_updated_at }) as Batch;

it("goes by the last change, as the service does", () => {
  const until = goesUntil(30, NOW);
  const old = over("2026-10-31T12:00:00.000Z");
  expect(goingOf([old, over("2026-10-31T12:00:00.001Z")], until)).toEqual([old]);
});

it.each([
  [0, true, "No batch is that old."],
  [0, false, "0 or more batches with all calls."],
  [1, true, "1 batch with all calls."],
  [2, true, "2 batches with all calls."],
  [100, false, "100 or more batches with all calls."],
])("says how many batches go: %s, all known: %s", (batches, isAll, words) => {
  const going = Array.from({ length: batches }, () => over("2026-01-01T00:00:00Z"));
  expect(goingWords(going, isAll, 30, NOW)).toContain(words);
  expect(goingWords(going, isAll, 30, NOW)).toContain("31 Oct 2026");
});
