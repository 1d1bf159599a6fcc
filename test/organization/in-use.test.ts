/** What is to be called with is not deleted: also for a batch that was admitted and has not reported yet. */

import { beforeEach, expect, it } from "vitest";
import { announce, arrive } from "../../src/organization/batches/announcements.ts";
import { beginDeletion } from "../../src/organization/batches/deletions.ts";
import { useOfAgent, useOfNumber, useOfProvider } from "../../src/organization/configuration/in-use.ts";
import { insertPhoneNumber } from "../../src/organization/configuration/phone-numbers.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { sampleOrder } from "../batch/samples.ts";
import { nodeSql } from "../support/node-sql.ts";

const { id, agent_id, from_number_id, createdAt } = sampleOrder;
const IN_USE = { code: "in_use", message: expect.stringContaining("is being created") };

let sql: Sql;
beforeEach(() => {
  sql = nodeSql(ORGANIZATION_STEPS);
  sql.run(`INSERT INTO providers (id, carrier, label, shown, sealed_credentials, created_at, updated_at)
    VALUES ('app_1', 'http', '', '{"detects_machines": true}', '', 0, 0)`);
  const number = { id: from_number_id, label: "", number: "+14155550100", carrierNumberId: null, agentId: null };
  insertPhoneNumber(sql, { ...number, providerId: "app_1" }, 0);
});
const uses = () => [
  useOfAgent(sql, agent_id),
  useOfNumber(sql, from_number_id),
  useOfProvider(sql, "app_1"),
  useOfAgent(sql, "agent_other"),
  useOfNumber(sql, "ap_other"),
  useOfProvider(sql, "app_other"),
];

it.each([null, { key: "key", bodyHash: "" }])("an announced batch uses its line until it has reported, %j", (key) => {
  announce(sql, sampleOrder, 2, key, 0, 0);
  expect(uses()).toMatchObject([IN_USE, IN_USE, IN_USE, null, null, null]);
  arrive(sql, id);
  expect(uses().every((use) => use === null)).toBe(true);
});

it("a batch that is deleted uses nothing, and direct calls only what their slots are for", () => {
  announce(sql, sampleOrder, 2, { key: "key", bodyHash: "" }, 0, 0);
  beginDeletion(sql, { createdAt, batchId: id, act: null, isArchived: false });
  announce(sql, { ...sampleOrder, id: "acb_direct", kind: "direct", createdAt: 1 }, 2, null, 0, 0);
  expect(uses().every((use) => use === null)).toBe(true);
});
