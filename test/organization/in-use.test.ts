/** What is to be called with is not deleted: also for a batch that was admitted and has not reported yet. */

import { beforeEach, describe, expect, it } from "vitest";
import type { BatchSummary } from "../../src/calling/messages/batch-view.ts";
import type { OnVoicemail } from "../../src/calling/words/voicemail.ts";
import { announce, arrive } from "../../src/organization/batches/announcements.ts";
import { putSummary } from "../../src/organization/batches/batch-index.ts";
import { beginDeletion } from "../../src/organization/batches/deletions.ts";
import { useOfAgent, useOfDetection, useOfNumber, useOfProvider } from "../../src/organization/configuration/in-use.ts";
import { insertPhoneNumber } from "../../src/organization/configuration/phone-numbers.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { sampleOrder } from "../batch/samples.ts";
import { nodeSql } from "../support/node-sql.ts";

const { id, agent_id, from_number_id, createdAt } = sampleOrder;
const IN_USE = { code: "in_use", message: expect.stringContaining("is being created") };

const SUMMARY: Omit<BatchSummary, "id" | "createdAt"> = {
  name: "Sample",
  agent_id,
  from_number_id,
  region: "US",
  target_concurrency_limit: 1,
  status: "pending",
  total_calls_scheduled: 1,
  total_calls_dispatched: 0,
  total_calls_finished: 0,
  retry_count: 0,
  lastUpdatedAt: 0,
  scheduledAt: null,
  admittedAt: null,
  pausedAt: null,
};

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

describe("the detection of machines", () => {
  const asks = () => useOfDetection(sql, "app_1");
  /** `told`: what its report says of it; undefined: an earlier version's. */
  function runs(batch: string, told: OnVoicemail | null | undefined, at: number, isOver = false): void {
    putSummary(
      sql,
      { ...SUMMARY, id: batch, createdAt: at, ...(told === undefined ? {} : { onVoicemail: told }) },
      isOver,
    );
  }

  it("is needed by what was announced with it", () => {
    announce(sql, { ...sampleOrder, onVoicemail: null }, 2, null, 0, 0);
    expect(asks()).toBeNull();
    announce(sql, { ...sampleOrder, id: "acb_asks", onVoicemail: "continue" }, 2, null, 0, 0);
    expect(asks()).toMatchObject({ code: "in_use", message: expect.stringContaining("acb_asks") });
    arrive(sql, "acb_asks");
    expect(asks()).toBeNull();
  });

  it("is needed by what runs with it or may, and the refusal names three", () => {
    runs("acb_1", null, 1);
    runs("acb_2", "hang_up", 2, true);
    expect(asks()).toBeNull();
    runs("acb_3", undefined, 3);
    runs("acb_4", "continue", 4);
    expect(asks()).toMatchObject({ message: expect.stringContaining(": acb_3, acb_4; cancel") });
    for (const at of [5, 6, 7]) runs(`acb_${at}`, "hang_up", at);
    expect(asks()).toMatchObject({ message: expect.stringContaining(": acb_3, acb_4, acb_5 and 2 more; cancel") });
    expect(useOfDetection(sql, "app_other")).toBeNull();
  });
});
