/** 5,000 recipients in one batch: accepted in one request, dialed to the end, at a cost that is counted. */

import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { BatchObject } from "../../src/batch/object.ts";
import { type Batch, numbers, TestService, until } from "../support/service.ts";

let service: TestService;
beforeEach(async () => {
  service = await TestService.start({ limit: 200 });
});
afterEach(async () => {
  await service.stop();
});

const cost = (id: string) => runInDurableObject(service.batchObject(id), (batch: BatchObject) => batch.cost());

const summaryFinished = (id: string, timeoutMs: number): Promise<Batch> =>
  until(async () => {
    const { body } = await service.api<{ data: Batch[] }>("GET", "/agents/calls/batches?limit=100");
    const batch = body.data.find((one) => one.id === id);
    return batch !== undefined && batch.total_calls_finished === batch.total_calls_scheduled ? batch : null;
  }, timeoutMs);

it("an answered call costs at most five rows written over a whole batch's life", async () => {
  const { id } = await service.createBatch(numbers(500));
  await summaryFinished(id, 60_000);
  const { rowsWritten, rowsRead } = await cost(id);
  console.log(`rows written a recipient: ${rowsWritten / 500}; rows read: ${rowsRead / 500}`);
  expect(rowsWritten / 500).toBeLessThanOrEqual(5);
  // Reads that grew with the batch would show here: 500 recipients, some rows each.
  expect(rowsRead / 500).toBeLessThanOrEqual(20);
  const statuses = (await service.batch(id)).recipients.map((one) => one.status);
  expect(statuses).toEqual(Array(500).fill("completed"));
}, 90_000);

it("5,000 recipients with 1 KiB of metadata each are accepted in one request and all reached", async () => {
  const recipients = numbers(5_000).map((to_number, index) => ({
    to_number,
    metadata: { index, text: "x".repeat(1_000) },
  }));
  const created = await service.made<Batch>("/agents/calls/batches", {
    ...service.batchBody([]),
    recipients,
    target_concurrency_limit: 200,
  });
  expect(created.total_calls_scheduled).toBe(5_000);
  await summaryFinished(created.id, 240_000);
  const batch = await service.batch(created.id);
  expect(batch.recipients.map((one) => one.to_number)).toEqual(recipients.map((one) => one.to_number));
  expect(batch.recipients.every((one) => one.status === "completed")).toBe(true);
  expect(batch.recipients[4_999]?.metadata).toEqual(recipients[4_999]?.metadata);
  const summary = await service.carrier.summary();
  expect(summary.placed).toBe(5_000);
  expect(summary.peak_in_flight).toBeLessThanOrEqual(200);
  expect(summary.calls_by_agent_call_id_more_than_one).toEqual([]);
}, 300_000);
