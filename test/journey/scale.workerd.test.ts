/** Many recipients in one batch: accepted in one request, dialed to the end, at a cost that is counted. */

import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { BatchObject } from "../../src/batch/object.ts";
import type { OrganizationObject } from "../../src/organization/object.ts";
import { A_CALL, ITS_OBJECT, overTime } from "../support/cost-of-a-batch.ts";
import { Counts, sumOf } from "../support/counts.ts";
import { type Batch, numbers, TestService, until } from "../support/service.ts";
import { Watcher } from "../support/watcher.ts";

let service: TestService;
let counts: Counts;
beforeEach(async () => {
  service = await TestService.start({ limit: 200 });
  counts = Counts.install();
});
afterEach(async () => {
  counts.restore();
  await service.stop();
});

const cost = (id: string) => runInDurableObject(service.batchObject(id), (batch: BatchObject) => batch.cost());

const summaryFinished = (id: string, timeoutMs: number): Promise<Batch> =>
  until(async () => {
    const { body } = await service.api<{ data: Batch[] }>("GET", "/agents/calls/batches?limit=100");
    const batch = body.data.find((one) => one.id === id);
    return batch !== undefined && batch.total_calls_finished === batch.total_calls_scheduled ? batch : null;
  }, timeoutMs);

/** What a batch of answered calls has cost by the time that it is over. */
async function costOf(id: string, recipients: number, seconds: number) {
  const storage = await cost(id);
  const databaseSize = await runInDurableObject(service.batchObject(id), (_, state) => state.storage.sql.databaseSize);
  return {
    recipients,
    rowsWritten: (storage.rowsWritten - ITS_OBJECT.rowsWritten) / recipients,
    rowsRead: (storage.rowsRead - ITS_OBJECT.rowsRead) / recipients,
    bytes: (databaseSize - ITS_OBJECT.bytes) / recipients,
    callbacks: (counts.batch.callback ?? 0) / recipients,
    outbound: counts.outbound / recipients,
    alarmChanges: storage.alarmChanges,
    otherRequests: sumOf(counts.batch) - (counts.batch.callback ?? 0),
    organization: { ...counts.organization },
    seconds,
  };
}

/**
 * Counts that do not depend on the machine are exact or nearly so. Some grow with time, so time bounds them. These are
 * summaries (at most one a second), the organization's rules, the line, progress, and the recovery alarm.
 */
function expectLittle(
  of: Awaited<ReturnType<typeof costOf>>,
  { atOnce, metadataBytes }: { atOnce: number; metadataBytes: number },
): void {
  console.log(JSON.stringify(of));
  const atMost = overTime(of.seconds, atOnce);
  // A batch that takes long stores now and then how far it has come, and at its end which slots it gives back.
  const beside = atMost.progress + of.seconds;
  expect(of.rowsWritten).toBeLessThanOrEqual(A_CALL.rowsWritten + beside / of.recipients);
  expect(of.rowsRead).toBeLessThanOrEqual(A_CALL.rowsRead);
  expect(of.callbacks).toBe(A_CALL.callbacks);
  expect(of.outbound).toBe(A_CALL.outbound);
  expect(of.bytes).toBeLessThanOrEqual(A_CALL.bytes + metadataBytes);
  expect(of.alarmChanges).toBeLessThanOrEqual(atMost.alarmChanges);
  expect(of.otherRequests).toBeLessThanOrEqual(atMost.alarms);
  expect(of.organization.announceBatch).toBe(1);
  expect(of.organization.report).toBeLessThanOrEqual(atMost.reports);
  expect(of.organization.clear ?? 0).toBeLessThanOrEqual(atMost.clearances);
  expect(of.organization.dialing).toBeLessThanOrEqual(atMost.lines);
}

it("300 answered calls cost three rows, two callbacks and one request to the carrier each, and little beside", async () => {
  const began = performance.now();
  const { id } = await service.createBatch(numbers(300));
  const watcher = await Watcher.of(service, id);
  await summaryFinished(id, 240_000);
  const seconds = (performance.now() - began) / 1_000;
  expectLittle(await costOf(id, 300, seconds), { atOnce: 200, metadataBytes: 0 });
  const statuses = (await service.batch(id)).recipients.map((one) => one.status);
  expect(statuses).toEqual(Array(300).fill("completed"));
  // A snapshot, then four a second at most, however many calls change.
  expect(watcher.messages.length).toBeLessThanOrEqual(2 + seconds * 4);
}, 300_000);

it("600 recipients with 1 KiB of metadata each are accepted in one request and all reached, at the same cost each", async () => {
  const recipients = numbers(600).map((to_number, index) => ({
    to_number,
    metadata: { index, text: "x".repeat(1_000) },
  }));
  const began = performance.now();
  const created = await service.made<Batch>("/agents/calls/batches", {
    ...service.batchBody([]),
    recipients,
    target_concurrency_limit: 200,
  });
  expect(created.total_calls_scheduled).toBe(600);
  await summaryFinished(created.id, 240_000);
  expectLittle(await costOf(created.id, 600, (performance.now() - began) / 1_000), {
    atOnce: 200,
    metadataBytes: JSON.stringify(recipients[599]?.metadata).length,
  });
  const batch = await service.batch(created.id);
  expect(batch.recipients.map((one) => one.to_number)).toEqual(recipients.map((one) => one.to_number));
  expect(batch.recipients.every((one) => one.status === "completed")).toBe(true);
  expect(batch.recipients[599]?.metadata).toEqual(recipients[599]?.metadata);
  const summary = await service.carrier.summary();
  expect(summary.placed).toBe(600);
  expect(summary.peak_in_flight).toBeLessThanOrEqual(200);
  expect(summary.calls_by_agent_call_id_more_than_one).toEqual([]);
}, 300_000);

it("a batch that waits for its time costs nine rows of its own, twenty of its organization, and three messages", async () => {
  const organization = () =>
    runInDurableObject(service.organizationObject(), (object: OrganizationObject) => object.cost());
  const scheduled_at = new Date(Date.now() + 3_600_000).toISOString();
  // With the first batch the organization sets its alarm, too.
  await service.createBatch(numbers(10), { scheduled_at });
  const before = await organization();
  const { id } = await service.createBatch(numbers(10), { scheduled_at });
  const [own, after] = [await cost(id), await organization()];
  expect([own.rowsWritten, after.rowsWritten - before.rowsWritten]).toEqual([9, 20]);
  // For the time until its organization knows of it, and for its start.
  expect(own.alarmChanges).toBe(2);
  expect([counts.organization, counts.batch]).toEqual([{ announceBatch: 2, report: 2 }, { create: 2 }]);
});
