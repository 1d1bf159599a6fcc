/** Batches whose alarm was dropped are woken once an hour, and an organization at rest is not woken for it. */

import { expect, it } from "vitest";
import { batchIdWithin, newBatchId, routeOfBatch } from "../../src/calling/secrets/ids.ts";
import { SWEEP_EVERY_MS, Sweep } from "../../src/organization/ledger/sweep.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { nodeSql } from "../support/node-sql.ts";

const BATCHES = ["acb_TX9N9ULdcZQd5CEgrpdpAE", "acb_UX9N9ULdcZQd5CEgrpdpAE"];

/** An organization that was made at 7, and these batches. */
function made(atRest: readonly boolean[]) {
  const sql = nodeSql(ORGANIZATION_STEPS);
  sql.run(
    `INSERT INTO organization (only_row, id, name, agent_call_concurrency_limit, agents_usage_limit, agents_usage,
       created_at, newest_batch_at, calling_window, reserved_concurrency, swept_at)
     VALUES (1, 'org_1', 'Acme', 10, NULL, 0, 7, 0, NULL, 0, 7)`,
  );
  atRest.forEach((rests, index) => {
    sql.run(
      `INSERT INTO batch_index (created_at, id, agent_id, from_number_id, at_rest, last_updated_at, summary)
       VALUES (?, ?, 'agent_1', 'ap_1', ?, 1, '{}')`,
      index,
      BATCHES[index] ?? `acb_${index}`,
      Number(rests),
    );
  });
  return sql;
}

it("wakes whoever is not at rest, and is due again an hour later", () => {
  const sql = made([false, false]);
  const sweep = new Sweep(sql);
  expect(sweep.dueAt).toBe(7 + SWEEP_EVERY_MS);
  expect(sweep.wake(sweep.dueAt - 1)).toEqual([]);
  expect(sweep.wake(sweep.dueAt).map(({ batchId }) => batchId)).toEqual(BATCHES);
  expect(sweep.dueAt).toBe(7 + 2 * SWEEP_EVERY_MS);
  // Also for an object that has just woken.
  expect(new Sweep(sql).dueAt).toBe(7 + 2 * SWEEP_EVERY_MS);
});

it("leaves alone who has reported within the last minute: it works", () => {
  const sweep = new Sweep(made([false, false]));
  const now = sweep.dueAt;
  for (const [index, id] of BATCHES.entries()) sweep.reported(id, now - 60_000 + index);
  expect(sweep.wake(now).map(({ batchId }) => batchId)).toEqual(BATCHES.slice(0, 1));
  expect(sweep.wake(sweep.dueAt)).toHaveLength(2);
});

it("wakes an object of direct calls once, however many requests in it hold slots", () => {
  const sql = made([true, false]);
  const route = routeOfBatch(newBatchId(), "org_test") ?? "";
  const requests = [0, 1, 2].map((number) => batchIdWithin(route, number));
  requests.forEach((id) => {
    sql.run(
      `INSERT INTO holdings (batch_id, direct, created_at, request_number, open, requested_slots, holds, granted_request,
         granted_slots, grant_known) VALUES (?, 1, 9, 1, 0, 0, 1, 1, 1, 1)`,
      id,
    );
  });
  const sweep = new Sweep(sql);
  const woken = sweep.wake(sweep.dueAt).map(({ batchId }) => routeOfBatch(batchId, "org_test"));
  expect(woken).toEqual([routeOfBatch(BATCHES[1] ?? "", "org_test"), route]);
  expect(sweep.dueAt).toBe(7 + 2 * SWEEP_EVERY_MS);
});

it("wakes twenty at once, and the next as soon as one has answered or will not", () => {
  const sql = made(Array<boolean>(50).fill(false));
  const sweep = new Sweep(sql);
  const now = sweep.dueAt;
  let woken = sweep.wake(now).length;
  expect(woken).toBe(20);
  for (; woken < 50; woken += 1) {
    expect(sweep.wake(now)).toEqual([]);
    sweep.over();
    expect(sweep.wake(now)).toHaveLength(1);
  }
  for (let left = 0; left < 20; left += 1) sweep.over();
  expect(sweep.wake(now)).toEqual([]);
});

it("is not due where all are at rest, before a batch is at work again", () => {
  const sweep = new Sweep(made([true]));
  expect(sweep.wake(sweep.dueAt)).toEqual([]);
  expect(sweep.dueAt).toBe(Number.POSITIVE_INFINITY);
  sweep.reported(BATCHES[0] ?? "", 0);
  expect(sweep.dueAt).toBe(7 + 2 * SWEEP_EVERY_MS);
});
