/** When the organization asks again for what is left to erase. */

import { beforeEach, expect, it } from "vitest";
import { beginDeletion } from "../../src/organization/batches/deletions.ts";
import { openArchive } from "../../src/organization/erasing/archive-rows.ts";
import { completeErasure, Erasing, insertErasure } from "../../src/organization/erasing/erasure-rows.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { nodeSql } from "../support/node-sql.ts";

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const BY = { id: "ak_1", label: "Key" };

let sql: Sql;
beforeEach(() => {
  sql = nodeSql(ORGANIZATION_STEPS);
  sql.run(`INSERT INTO organization (only_row, id, name, agent_call_concurrency_limit, agents_usage, created_at, newest_batch_at)
    VALUES (1, 'org_1', 'Acme', 10, 0, 0, 0)`);
});
function request(id: string, sources: readonly number[], now: number): void {
  const person = { toNumber: "+14155550100", externalId: null };
  insertErasure(sql, id, { person, sources, numbers: [], hashes: [] }, BY, now);
}
/** After how many milliseconds it is asked again, if it is looked at then. */
function again(now: number): number {
  const erasing = new Erasing(sql);
  erasing.look(now);
  return erasing.dueAt - now;
}
/** How often it is asked until then. */
function asked(until: number): number {
  let times = 0;
  for (let now = 0; now < until; now += again(now)) times += 1;
  return times;
}

it("archives that cannot be asked are asked more and more rarely, up to once an hour", () => {
  openArchive(sql, 5, "acb_5");
  request("er_1", [5], 0);
  expect([0, 30, 60, 120, 1_800].map((seconds) => again(seconds * SECOND) / SECOND)).toEqual([30, 30, 60, 120, 1_800]);
  expect(again(30 * 24 * HOUR)).toBe(HOUR);
  expect(asked(24 * HOUR)).toBeLessThan(40);
});

it("a new request is tried soon, and so is whatever needs no archive", () => {
  openArchive(sql, 5, "acb_5");
  request("er_1", [5], 0);
  request("er_2", [5], HOUR);
  expect(again(HOUR)).toBe(30 * SECOND);
  completeErasure(sql, "er_2", 2 * HOUR);
  expect(again(2 * HOUR)).toBe(HOUR);
  beginDeletion(sql, { createdAt: 6, batchId: "acb_6", act: null, isArchived: false });
  expect(again(2 * HOUR)).toBe(30 * SECOND);
});

it("a batch that does not answer is asked every half minute", () => {
  request("er_1", [7], 0);
  expect(again(9 * HOUR)).toBe(30 * SECOND);
});
