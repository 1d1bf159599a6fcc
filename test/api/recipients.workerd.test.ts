/** `GET …/{id}/recipients`: looking through the recipients of a batch. */

import { runInDurableObject } from "cloudflare:test";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { BatchObject } from "../../src/batch/object.ts";
import { type Batch, type Failed, numbers, type Recipient, TestService } from "../support/service.ts";

type Shown = Recipient & {
  readonly attempt_count: number;
  readonly dispatched_at?: string;
  readonly ended_at?: string;
};
type Listed = { data: Shown[]; has_more: boolean; next_page: string | null; total?: number };

let service: TestService;
let batch: Batch;
/** Two answered, one busy, one refused; each with a name. */
const SUBMITTED = [
  ["+14155560000", "Ada"],
  ["+15005550002", "Grace"],
  ["+14155560001", "Adele"],
  ["+15005550001", "Barbara"],
] as const;

beforeAll(async () => {
  service = await TestService.start();
  const recipients = SUBMITTED.map(([to_number, name]) => ({ to_number, metadata: { name } }));
  const { id } = await service.createBatch([], { recipients });
  batch = await service.finished(id);
});
afterAll(async () => {
  await service.stop();
});

const list = async <T = Listed>(query = "", id = batch.id) =>
  service.api<T>("GET", `/agents/calls/batches/${id}/recipients${query}`);
const namesOf = ({ body }: { body: Listed }) => body.data.map(({ metadata }) => metadata?.name);

it("lists them in the order submitted, as the batch shows them, and what their attempts came to", async () => {
  const { status, body } = await list();
  expect(status).toBe(200);
  expect(body).toMatchObject({ has_more: false, next_page: null, total: 4 });
  expect(body.data).toMatchObject(batch.recipients);
  expect(body.data.map(({ attempt_count }) => attempt_count)).toEqual([1, 1, 1, 1]);
  for (const one of body.data)
    expect(Date.parse(one.ended_at ?? "")).toBeGreaterThanOrEqual(Date.parse(one.dispatched_at ?? ""));
});

it("goes through them in pages, forward and back", async () => {
  const first = await list("?limit=3");
  expect(namesOf(first)).toEqual(["Ada", "Grace", "Adele"]);
  expect(first.body).toMatchObject({ has_more: true, next_page: batch.recipients[2]?.id, total: 4 });
  const last = await list(`?limit=3&starting_after=${first.body.next_page}`);
  expect(namesOf(last)).toEqual(["Barbara"]);
  expect(last.body).toMatchObject({ has_more: false, next_page: null });
  const back = await list(`?limit=2&ending_before=${batch.recipients[3]?.id}`);
  expect(namesOf(back)).toEqual(["Grace", "Adele"]);
  expect(back.body).toMatchObject({ has_more: true, next_page: batch.recipients[1]?.id });
});

it("filters by status, named once or more than once, and by text", async () => {
  expect(namesOf(await list("?status=failed"))).toEqual(["Grace", "Barbara"]);
  expect((await list("?status=failed&limit=1")).body.total).toBe(2);
  expect(namesOf(await list("?status=completed&status=failed"))).toHaveLength(4);
  expect((await list("?status=completed,failed,queued")).body.total).toBe(4);
  expect((await list("?status=queued")).body).toEqual({ data: [], has_more: false, next_page: null, total: 0 });
  const found = await list("?q=ad");
  expect(namesOf(found)).toEqual(["Ada", "Adele"]);
  expect(found.body).not.toHaveProperty("total");
  expect(namesOf(await list("?q=%2B1%20500"))).toEqual(["Grace", "Barbara"]);
  expect(namesOf(await list("?q=ad&status=failed"))).toEqual([]);
  expect(namesOf(await list("?q=%20"))).toHaveLength(4);
});

it("takes as cursor whoever is in the batch, and nobody else", async () => {
  // Ada is completed: the page of the failed begins after her all the same.
  expect(namesOf(await list(`?status=failed&starting_after=${batch.recipients[0]?.id}`))).toEqual(["Grace", "Barbara"]);
  const other = await service.createBatch(numbers(1));
  const { recipients } = await service.batch(other.id);
  for (const cursor of ["nonsense", batch.id, "abcr_1111111111111111111111", recipients[0]?.id]) {
    for (const parameter of ["starting_after", "ending_before"]) {
      const refused = await list<Failed>(`?${parameter}=${cursor}`);
      expect(refused).toMatchObject({
        status: 400,
        body: { issues: [{ path: parameter, message: "must be the id of a recipient of this batch" }] },
      });
    }
  }
});

it("counts attempts over a retry", async () => {
  const { id } = await service.createBatch(["+15005550002"]);
  await service.finished(id);
  await service.api("POST", `/agents/calls/batches/${id}/retry`);
  await service.finished(id);
  expect((await list("", id)).body.data).toMatchObject([{ status: "failed", attempt_count: 2 }]);
});

it("reads what a page shows, however large the batch is", async () => {
  const scheduled_at = new Date(Date.now() + 3_600_000).toISOString();
  const { id } = await service.createBatch(numbers(5_000), { scheduled_at });
  const rowsRead = () => runInDurableObject(service.batchObject(id), (object: BatchObject) => object.cost().rowsRead);
  const middle = (await list("?limit=100", id)).body.next_page;
  const before = await rowsRead();
  const { body } = await list(`?limit=100&starting_after=${middle}`, id);
  expect(body.data.map(({ to_number }) => to_number)).toEqual(numbers(200).slice(100));
  expect((await rowsRead()) - before).toBeLessThan(5);
  // A search that finds nobody reads each of the 50 packed pages once.
  expect((await list("?q=nobody", id)).body.data).toEqual([]);
  expect((await rowsRead()) - before).toBeLessThan(60);
});
