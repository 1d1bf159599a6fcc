/** A batch's recipients together: as much as is taken can be read again, and more is refused before anything is stored. */

import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { BatchObject } from "../../src/batch/object.ts";
import { type Batch, type Failed, TestService } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

const BATCHES = "/agents/calls/batches";
const ONE_BEYOND_LATIN_1 = `’${"a".repeat(1_500)}`;
/** Each quotation mark is written twice as it is sent, and four times as it is stored. */
const WITH_QUOTES = `’${'"'.repeat(100)}${"a".repeat(1_200)}`;

let service: TestService;
beforeEach(async () => {
  service = await TestService.start();
});
afterEach(async () => {
  await service.stop();
});

const people = (count: number, text: string, from = 0) =>
  Array.from({ length: count }, (_, index) => ({
    to_number: `+1415555${String(from + index).padStart(4, "0")}`,
    metadata: { text },
  }));
const later = () => ({ scheduled_at: new Date(Date.now() + 3_600_000).toISOString() });
const create = <T>(recipients: unknown) =>
  service.api<T>("POST", BATCHES, { ...service.batchBody([], later()), recipients });

it("a list whose text takes twice its length is refused with what to change, and nothing is stored", async () => {
  const refused = await create<Failed>(people(4_000, WITH_QUOTES));
  expect(refused).toMatchObject({
    status: 400,
    body: { error_code: "validation_failed", issues: [{ path: "recipients" }] },
  });
  expect(refused.body.message).toMatch(/^recipients: are too large together: 1[23]\.\d MiB .* may have 12 MiB/);
  const { agents_usage } = await service.admin<{ agents_usage: number }>("GET", `/${service.organization}`);
  expect(agents_usage).toBe(0);
});

it("as much as is taken is read again, and no more is appended", async () => {
  const { status, body } = await create<Batch>(people(3_500, ONE_BEYOND_LATIN_1));
  expect(status).toBe(201);
  const read = await service.api<Batch>("GET", `${BATCHES}/${body.id}`);
  expect([read.status, read.body.recipients.length]).toEqual([200, 3_500]);

  const path = `${BATCHES}/${body.id}/recipients`;
  const more = await service.api<Failed>("POST", path, { recipients: people(1_000, ONE_BEYOND_LATIN_1, 5_000) });
  expect(more).toMatchObject({ status: 400, body: { issues: [{ path: "recipients" }] } });
  const few = await service.api<Batch>("POST", path, { recipients: people(10, "short", 5_000) });
  expect(few).toMatchObject({ status: 200, body: { total_calls_scheduled: 3_510 } });
});

it("whoever goes away in the middle of an answer has no more of it read", async () => {
  const { body } = await create<Batch>(people(3_500, ONE_BEYOND_LATIN_1));
  const rowsRead = () =>
    runInDurableObject(service.batchObject(body.id), (object: BatchObject) => object.cost().rowsRead);
  const headers = { "x-api-key": service.key, "cartesia-version": "2026-03-01" };
  const open = () => fetchWorker(new Request(`https://${service.host}${BATCHES}/${body.id}`, { headers }));
  const start = await rowsRead();
  await (await open()).text();
  const whole = (await rowsRead()) - start;

  const reader = (await open()).body?.getReader();
  await reader?.read();
  await reader?.cancel();
  const afterwards = await rowsRead();
  // Each row that a whole answer reads beyond its snapshot is a page of people; here none is read after the first part.
  expect(afterwards - start - whole).toBeLessThan(whole * 0.6);
  await service.api("GET", `${BATCHES}/${body.id}/recipients?limit=1`);
  expect((await rowsRead()) - afterwards).toBeLessThan(5);
});
