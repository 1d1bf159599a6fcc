/** Which batches an agent's list of calls asks, a part at a time, in both directions. */

import { beforeEach, expect, it } from "vitest";
import { batchSources } from "../../src/organization/batches/batch-index.ts";
import type { CallSource, SourcesPart } from "../../src/organization/messages/calling.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { nodeSql } from "../support/node-sql.ts";

const DAY = 24 * 60 * 60 * 1_000;
const NOW = 1_900_000_000_000;
const BATCHES = 40;
const OF_AGENT = { agentId: "agent_1", person: [] };

let sql: Sql;
const add = (id: string, createdAt: number, updatedAt: number, atRest = true, agent = "agent_1") =>
  sql.run(
    `INSERT INTO batch_index (created_at, id, agent_id, from_number_id, at_rest, last_updated_at, summary)
     VALUES (?, ?, ?, 'ap_1', ?, ?, '{}')`,
    ...[createdAt, id, agent, Number(atRest), updatedAt],
  );
/** Made a day apart, each over an hour later; many of them in one millisecond. */
beforeEach(() => {
  sql = nodeSql(ORGANIZATION_STEPS);
  for (let day = 0; day < BATCHES; day += 1) {
    add(`acb_${day}`, NOW + day * DAY, NOW + Math.max(day, 5) * DAY + 3_600_000);
    add(`other_${day}`, NOW + day * DAY + 1, NOW + day * DAY + 2, true, "agent_2");
  }
});

/** All parts, and how many there were. */
function all(part: SourcesPart): { ids: string[]; parts: number } {
  const found: CallSource[] = [];
  let [goingOn, parts]: [SourcesPart["goingOn"] | null, number] = [undefined, 0];
  while (goingOn !== null) {
    const page = batchSources(sql, OF_AGENT, goingOn === undefined ? part : { ...part, goingOn });
    found.push(...page.sources);
    goingOn = page.goesOn ?? null;
    parts += 1;
  }
  return { ids: found.map(({ batchId }) => batchId), parts };
}
const named = (days: readonly number[]) => days.map((day) => `acb_${day}`);
const days = (from: number, until: number) => Array.from({ length: until - from }, (_, index) => from + index);

it("going older, come by their last call, none twice and none left out", () => {
  const { ids, parts } = all({ direction: "older", from: null, until: null, atMost: 7 });
  expect(ids).toEqual(named(days(0, BATCHES).toReversed()));
  expect(parts).toBe(6);
});

it("going newer, come by their creation, from those that were not over yet", () => {
  const { ids } = all({ direction: "newer", from: NOW + 30 * DAY, until: null, atMost: 4 });
  expect(ids).toEqual(named(days(30, BATCHES)));
});

it("include those that lived long, and those at work", () => {
  add("acb_long", NOW - 60 * DAY, NOW + 35 * DAY);
  add("acb_running", NOW - 90 * DAY, NOW - 80 * DAY, false);
  for (const direction of ["older", "newer"] as const) {
    const { ids } = all({ direction, from: NOW + 30 * DAY, until: null, atMost: 100 });
    expect(new Set(ids)).toEqual(new Set(["acb_long", "acb_running", ...named(days(30, BATCHES))]));
  }
});

it("include one whose call is older than the batch, by another machine's clock", () => {
  const span = { from: NOW + 10 * DAY, until: NOW + 12 * DAY - 30_000 };
  for (const direction of ["older", "newer"] as const) {
    expect(new Set(all({ direction, ...span, atMost: 2 }).ids)).toEqual(new Set(named([10, 11, 12])));
  }
  const { sources } = batchSources(sql, OF_AGENT, { direction: "newer", from: null, until: null, atMost: 1 });
  expect(sources).toMatchObject([{ batchId: "acb_0", oldestPossibleAt: NOW - 60_000 }]);
});

it("are those that can have a call in the span, and all at once for a Worker that names no number", () => {
  const span = { from: NOW + 10 * DAY, until: NOW + 12 * DAY };
  for (const direction of ["older", "newer"] as const) {
    expect(new Set(all({ direction, ...span, atMost: 2 }).ids)).toEqual(new Set(named([10, 11, 12])));
    expect(all({ direction, from: null, until: null })).toMatchObject({ parts: 1 });
  }
});
