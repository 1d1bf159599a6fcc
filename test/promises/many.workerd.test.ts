/** Many batches under one limit, and many organizations at once: all end, in order, within their limits. */

import { describe, expect, it } from "vitest";
import { Counts } from "../support/counts.ts";
import { type Batch, numbers, TestService, until } from "../support/service.ts";

const LIMIT = 10;
const BATCHES = 40;
const ORGANIZATIONS = 20;

type Page = { readonly data: readonly Batch[]; readonly next_page: string | null };

/** Newest first. */
async function allBatches(service: TestService): Promise<Batch[]> {
  const found: Batch[] = [];
  for (let after = ""; ; ) {
    const page = (await service.api<Page>("GET", `/agents/calls/batches?limit=100${after}`)).body;
    found.push(...page.data);
    if (page.next_page === null) return found;
    after = `&starting_after=${page.next_page}`;
  }
}

const isOver = (batch: Batch): boolean => batch.total_calls_finished === batch.total_calls_scheduled;

type OrganizationCost = { readonly read: number; readonly written: number; readonly reports: number };

/**
 * Rows that the organization's object reads and writes during one batch, and the number of the batch's reports. Reports
 * are a second apart, so a slow machine has more of them. The object gets no other requests meanwhile: a Get would
 * check its key.
 */
async function costOfOneBatch(service: TestService): Promise<OrganizationCost> {
  const counts = Counts.install();
  const before = await service.organizationObject().cost();
  const { id } = await service.createBatch(numbers(3), { target_concurrency_limit: 3 });
  await service.over(id);
  // Its last word has come, and is in the index: reports are a second apart.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const after = await service.organizationObject().cost();
  counts.restore();
  return {
    read: after.rowsRead - before.rowsRead,
    written: after.rowsWritten - before.rowsWritten,
    reports: counts.organization.report ?? 0,
  };
}

/** What grows with the batches would read one more for each of them. */
const FEW_ROWS = 10;
/** A report reads the batch's holding, its summary and the organization's limit, and writes a holding and a summary. */
const OF_A_REPORT = { read: 10, written: 3 } as const;

describe("many at once", { timeout: 180_000 }, () => {
  it(`${BATCHES} batches under one limit are admitted in the order of their creation, and all end`, async () => {
    const service = await TestService.start({ limit: LIMIT });
    const created: string[] = [];
    for (let count = 0; count < BATCHES; count += 1) {
      const fields = { target_concurrency_limit: 1 + (count % LIMIT) };
      created.push((await service.createBatch(numbers(1 + (count % 4)), fields)).id);
    }
    const batches = await until(async () => {
      const seen = await allBatches(service);
      return seen.every(isOver) ? seen.reverse() : null;
    }, 150_000);
    expect(batches.map(({ id }) => id)).toEqual(created);
    const admitted = batches.map(({ admitted_at }) => Date.parse(admitted_at ?? ""));
    // Two that fit at the same moment hear of it one after the other, by whichever message is faster.
    const overtakes = admitted.flatMap((at, index) => (at + 1_000 < (admitted[index - 1] ?? 0) ? [index] : []));
    expect(overtakes).toEqual([]);
    const summary = await service.carrier.summary();
    expect(summary.peak_in_flight).toBeLessThanOrEqual(LIMIT);
    expect(summary.calls_by_agent_call_id_more_than_one).toEqual([]);
    await service.stop();
  });

  it(`a decision of the ledger costs no more after ${BATCHES} batches than after one`, async () => {
    const service = await TestService.start({ limit: LIMIT });
    const early = await costOfOneBatch(service);
    for (let count = 0; count < BATCHES; count += 10) {
      const made = await Promise.all(Array.from({ length: 10 }, () => service.createBatch(numbers(1))));
      await Promise.all(made.map(({ id }) => service.finished(id)));
    }
    const late = await costOfOneBatch(service);
    console.log(`rows of the organization's object for one batch: ${JSON.stringify({ early, late })}`);
    const more = Math.max(0, late.reports - early.reports);
    expect(late.written).toBeLessThanOrEqual(early.written + FEW_ROWS + more * OF_A_REPORT.written);
    expect(late.read).toBeLessThanOrEqual(early.read + FEW_ROWS + more * OF_A_REPORT.read);
    await service.stop();
  });

  it(`${ORGANIZATIONS} organizations dial at once, each within its own limit`, async () => {
    const services = await Promise.all(
      Array.from({ length: ORGANIZATIONS }, (_, index) => TestService.start({ limit: 1 + (index % 3) })),
    );
    const batches = await Promise.all(
      services.map((service) => service.createBatch(numbers(6), { target_concurrency_limit: 1 })),
    );
    await Promise.all(services.map((service, index) => service.finished(batches[index]?.id ?? "", 120_000)));
    for (const service of services) {
      expect(await service.carrier.summary()).toMatchObject({ placed: 6, peak_in_flight: 1 });
      await service.stop();
    }
  });
});
