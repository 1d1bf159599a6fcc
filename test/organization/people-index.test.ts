/** Which batches may hold a person: none that holds one is missing, hardly any other is named, and little is written. */

import { expect, it } from "vitest";
import { hashesOfPerson, hashOfNumber, personHashes } from "../../src/calling/numbers/person-hash.ts";
import { IDEMPOTENCY_MS } from "../../src/calling/requests/limits.ts";
import { announce, expire } from "../../src/organization/batches/announcements.ts";
import { batchSources } from "../../src/organization/batches/batch-index.ts";
import { forgetPeople, rememberPeople, sourcesWith } from "../../src/organization/batches/people-index.ts";
import type { CallFilter } from "../../src/organization/messages/calling.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { migrate } from "../../src/storage/migrations.ts";
import { sampleOrder } from "../batch/samples.ts";
import { nodeSql } from "../support/node-sql.ts";

const number = (index: number): string => `+1415${String(2_000_000 + index)}`;
const people = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    to_number: number(from + index),
    external_id: `crm-${from + index}`,
  }));
const rowsOf = (sql: ReturnType<typeof nodeSql>) =>
  sql.one<{ count: number }>("SELECT COUNT(*) AS count FROM people").count;

it("finds everybody in batches of all sizes, by number and by external id", () => {
  const sql = nodeSql(ORGANIZATION_STEPS);
  const batches = [1, 7, 50, 51, 399, 400, 401, 5_000].map((count, index) => people(index * 10_000, count));
  batches.forEach((batch, index) => void rememberPeople(sql, index + 1, personHashes(batch)));
  batches.forEach((batch, index) => {
    for (const { to_number, external_id } of batch.filter((_, at) => at % 10 === 0 || at === batch.length - 1)) {
      expect(sourcesWith(sql, hashesOfPerson({ toNumber: to_number, externalId: null }))).toContain(index + 1);
      expect(sourcesWith(sql, hashesOfPerson({ toNumber: to_number, externalId: external_id }))).toContain(index + 1);
    }
  });
  expect(sourcesWith(sql, hashesOfPerson({ toNumber: number(0), externalId: "crm-10000" }))).toEqual([]);
  expect(sourcesWith(sql, [hashOfNumber(number(0))], 2)).toEqual([]);
});

it("writes 64 rows for a batch of 5,000 with external ids, one for a small one, and nothing for a repeat", () => {
  const sql = nodeSql(ORGANIZATION_STEPS);
  const large = personHashes(people(0, 5_000));
  expect(large).toHaveLength(10_000);
  const written = (body: () => void): number => {
    const before = sql.rowsWritten;
    body();
    return sql.rowsWritten - before;
  };
  expect(written(() => rememberPeople(sql, 1, large))).toBe(64);
  expect(written(() => rememberPeople(sql, 2, personHashes(people(0, 50))))).toBe(1);
  expect(written(() => rememberPeople(sql, 1, large))).toBe(0);
});

it("packs people who are added one by one, and finds each", () => {
  const sql = nodeSql(ORGANIZATION_STEPS);
  for (const one of people(0, 1_000)) rememberPeople(sql, 1, personHashes([one]));
  expect(rowsOf(sql)).toBeLessThan(20);
  for (const { to_number } of people(0, 1_000)) expect(sourcesWith(sql, [hashOfNumber(to_number)])).toEqual([1]);
});

it("of ten thousand batches names those that hold the person, and reads no row of the others", () => {
  const sql = nodeSql(ORGANIZATION_STEPS);
  const insert = `INSERT INTO batch_index (created_at, id, agent_id, from_number_id, at_rest, last_updated_at, summary)
    VALUES (?, ?, ?, 'ap_1', 1, ?, '{}')`;
  sql.transaction(() => {
    for (let batch = 1; batch <= 10_000; batch += 1) {
      sql.run(insert, batch, `acb_${batch}`, `agent_${batch % 2}`, batch);
      rememberPeople(sql, batch, personHashes(people(batch * 100, batch % 100 === 0 ? 200 : 3)));
    }
  });
  // 200 people of every hundredth batch reach into the one after it.
  const before = sql.rowsRead;
  const person = hashesOfPerson({ toNumber: number(700_010), externalId: null });
  const sourcesOf = (filter: CallFilter) =>
    batchSources(sql, filter, { direction: "older", from: null, until: null, atMost: 1 }).sources;
  const found = sourcesOf({ agentId: null, person });
  expect(found.map(({ batchId }) => batchId).sort()).toEqual(["acb_7000"]);
  expect(sql.rowsRead - before).toBeLessThanOrEqual(found.length * 3);
  const both = hashesOfPerson({ toNumber: number(700_101), externalId: null });
  expect(
    sourcesOf({ agentId: null, person: both })
      .map(({ batchId }) => batchId)
      .toSorted(),
  ).toEqual(["acb_7000", "acb_7001"]);
  expect(sourcesOf({ agentId: "agent_1", person: both }).map(({ batchId }) => batchId)).toEqual(["acb_7001"]);
  let wrong = 0;
  for (let stranger = 0; stranger < 200; stranger += 1) {
    wrong += sourcesWith(sql, [hashOfNumber(`+4930${1_000_000 + stranger}`)]).length;
  }
  // Six hashes of 32 bits in a row: one in a hundred thousand questions of 10,000 batches.
  expect(wrong).toBeLessThan(3);
});

it("names what was created before there was an index, whoever is asked for", () => {
  const before = ORGANIZATION_STEPS.findIndex((step) => step.startsWith("CREATE TABLE people ("));
  const sql = nodeSql(ORGANIZATION_STEPS.slice(0, before));
  sql.run(
    `INSERT INTO organization (only_row, id, name, agent_call_concurrency_limit, agents_usage, created_at, newest_batch_at)
      VALUES (1, 'org_1', 'Old', 1, 0, 0, 7)`,
  );
  sql.run("INSERT INTO direct_orders VALUES (5, 'acb_5', 'agent_1', 'ap_1', 0)");
  migrate(sql, ORGANIZATION_STEPS);
  sql.run("INSERT INTO direct_pools VALUES (8, 'acb_8', 'agent_1', 'ap_1', 8, NULL, 0)");
  rememberPeople(sql, 8, personHashes(people(0, 1)));
  expect(sourcesWith(sql, [hashOfNumber(number(0))])).toEqual([5, 8]);
  expect(sourcesWith(sql, [hashOfNumber(number(1))])).toEqual([5]);
  expect(sourcesWith(sql, [hashOfNumber(number(1))], 6)).toEqual([]);
});

it("tells the two numbers of an Argentine phone as one", () => {
  expect(hashOfNumber("+5491123456789")).toBe(hashOfNumber("+541123456789"));
});

it("forgets a batch that never came to be", () => {
  const sql = nodeSql(ORGANIZATION_STEPS);
  rememberPeople(sql, sampleOrder.createdAt, personHashes(people(0, 5_000)));
  rememberPeople(sql, sampleOrder.createdAt + 1, personHashes(people(0, 5)));
  announce(sql, sampleOrder, 5_000, null, 0, 0);
  expire(sql, IDEMPOTENCY_MS);
  expect(sourcesWith(sql, [hashOfNumber(number(3))])).toEqual([sampleOrder.createdAt + 1]);
  forgetPeople(sql, sampleOrder.createdAt + 1);
  expect(rowsOf(sql)).toBe(0);
});
