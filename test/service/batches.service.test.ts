/** Batches at a service that runs as `npm start` runs it. What a reader pastes is run by `test/docs/run.service.test.ts`. */

import { beforeAll, describe, expect, it } from "vitest";
import { Client } from "../local/client.ts";
import { BATCHES, type Batch, type BatchPage, type BatchSummary, type Failed } from "../local/wire.ts";
import { type Shared, sharedOrganization } from "./shared.ts";
import { finishedBatch, newBatch, ordinaryNumbers, readBatch } from "./support.ts";

const BUSY = "+15005550002";
let running: Shared;

beforeAll(async () => {
  running = await sharedOrganization();
});

describe("the service as a user starts it", () => {
  it("answers the health check without a key", async () => {
    const answer = await new Client(running.service.baseUrl).send("GET", "/healthz");
    expect(answer.status).toBe(200);
  });

  it("takes the key in either header, and refuses a request without one", async () => {
    const { baseUrl } = running.service;
    const bearer = new Client(baseUrl, {
      Authorization: `Bearer ${running.apiKey}`,
      "Cartesia-Version": "2026-08-14",
    });
    expect((await bearer.send("GET", BATCHES)).status).toBe(200);
    const refused = await new Client(baseUrl, { "Cartesia-Version": "2026-08-14" }).send("GET", BATCHES);
    expect(refused.status).toBe(401);
    expect((refused.body as Failed).request_id).toBe(refused.headers.get("X-Request-Id"));
  });

  it("lists batches, the newest first", async () => {
    await running.client.post<BatchSummary>(BATCHES, newBatch(ordinaryNumbers(1), { name: "oldest" }));
    const older = await running.client.post<BatchSummary>(BATCHES, newBatch(ordinaryNumbers(1), { name: "older" }));
    const newer = await running.client.post<BatchSummary>(BATCHES, newBatch(ordinaryNumbers(1), { name: "newer" }));
    const page = await running.client.get<BatchPage>(`${BATCHES}?limit=2`);
    expect(page.data.map(({ id }) => id)).toEqual([newer.id, older.id]);
    expect(page).toMatchObject({ has_more: true, next_page: older.id });
    expect(page.data[0]).not.toHaveProperty("recipients");
  });

  it("cancels a batch: who waits is cancelled, who is called is called to the end, and again changes nothing", async () => {
    const created = await running.client.post<BatchSummary>(
      BATCHES,
      newBatch(ordinaryNumbers(60), { target_concurrency_limit: 2 }),
    );
    const cancelled = await running.client.post<BatchSummary>(`${BATCHES}/${created.id}/cancel`);
    expect(cancelled).toMatchObject({ id: created.id, status: "cancelled" });
    const again = await running.client.post<BatchSummary>(`${BATCHES}/${created.id}/cancel`);
    expect(again.status).toBe("cancelled");
    const counts = await settledCounts(created.id);
    expect(Object.keys(counts).toSorted()).toEqual(expect.arrayContaining(["cancelled"]));
    expect((counts.cancelled ?? 0) + (counts.completed ?? 0)).toBe(60);
    expect(counts.cancelled).toBeGreaterThan(50);
  });

  it("retries who failed, and only them", async () => {
    const [answered] = ordinaryNumbers(1);
    const created = await running.client.post<BatchSummary>(BATCHES, newBatch([answered ?? "", BUSY]));
    const before = await finishedBatch(running.client, created.id);
    const retried = await running.client.post<BatchSummary>(`${BATCHES}/${created.id}/retry`);
    expect(retried).toMatchObject({ total_calls_scheduled: 2, total_calls_finished: 1, retry_count: 1 });
    const after = await finishedBatch(running.client, created.id);
    const callsOf = (batch: Batch): (string | undefined)[] => batch.recipients.map((one) => one.agent_call_id);
    expect(callsOf(after)[0]).toBe(callsOf(before)[0]);
    expect(callsOf(after)[1]).not.toBe(callsOf(before)[1]);
    expect(after.recipients.map(({ id }) => id)).toEqual(before.recipients.map(({ id }) => id));
  });
});

async function settledCounts(id: string): Promise<Record<string, number>> {
  const isOver = (status: string): boolean => ["completed", "failed", "cancelled"].includes(status);
  for (;;) {
    const { recipients } = await readBatch(running.client, id);
    if (recipients.every(({ status }) => isOver(status))) {
      const groups = Map.groupBy(recipients, ({ status }) => status);
      return Object.fromEntries([...groups].map(([status, group]) => [status, group.length]));
    }
    await new Promise((wake) => setTimeout(wake, 100));
  }
}
