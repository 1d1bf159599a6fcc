/** `GET /agents/concurrency`: an organization sees its own slots, by its batches' names, in the order of their turn. */

import { afterEach, beforeEach, expect, it } from "vitest";
import { numbers, TestService, until } from "../support/service.ts";

type Named = { readonly batch: { readonly id: string; readonly name: string }; readonly slots: number };
type Concurrency = {
  readonly limit: number;
  readonly reserved: number;
  readonly calls_outside_batches: number;
  readonly in_use: number;
  readonly free: number;
  readonly holding: (Named & { readonly draining: boolean; readonly calls_in_flight: number })[];
  readonly waiting: Named[];
};

type Waits = {
  readonly priority: number;
  readonly turn?: { readonly position: number; readonly estimated_at?: string };
};

let service: TestService;
beforeEach(async () => {
  service = await TestService.start({ limit: 4 });
});
afterEach(() => service.stop());

const concurrency = async (): Promise<Concurrency> =>
  (await service.api<Concurrency>("GET", "/agents/concurrency")).body;
/** Talks until somebody ends the call. */
const talkers = (count: number): string[] => Array.from({ length: count }, () => "+15005550011");

it("names who holds and who waits, oldest first, and says what is free", async () => {
  const running = await service.createBatch([...talkers(3), ...numbers(9)], {
    name: "Runs",
    target_concurrency_limit: 3,
  });
  await until(async () => ((await service.batch(running.id)).admitted_at ? true : null));
  const next = await service.createBatch(numbers(2), { name: "Next", target_concurrency_limit: 4 });
  const last = await service.createBatch(numbers(1), { name: "Last", target_concurrency_limit: 1 });
  expect(await concurrency()).toMatchObject({
    limit: 4,
    in_use: 3,
    free: 1,
    holding: [{ batch: { id: running.id, name: "Runs" }, slots: 3, draining: false }],
    waiting: [
      { batch: { id: next.id, name: "Next" }, slots: 4 },
      { batch: { id: last.id, name: "Last" }, slots: 1 },
    ],
  });
});

it("lets a better priority go first, and tells each its turn in Get, in lists and here", async () => {
  const running = await service.createBatch(talkers(4), { target_concurrency_limit: 4 });
  await until(async () => ((await service.batch(running.id)).admitted_at ? true : null));
  const usual = await service.createBatch(numbers(1), { name: "Usual", target_concurrency_limit: 2 });
  const urgent = await service.createBatch(numbers(1), { name: "Urgent", target_concurrency_limit: 3, priority: 1 });
  const turnOf = async (id: string) => (await service.api<Waits>("GET", `/agents/calls/batches/${id}`)).body;
  const first = { position: 1, slots: 3, free_slots: 0, basis: "assumed", expected_call_seconds: 60 };
  expect(await turnOf(urgent.id)).toMatchObject({ priority: 1, turn: first });
  expect(await turnOf(usual.id)).toMatchObject({ priority: 3, turn: { position: 2, slots: 2 } });
  const { body: list } = await service.api<{ data: Waits[] }>("GET", "/agents/calls/batches?status=pending");
  expect(list.data.map(({ turn }) => turn?.position)).toEqual([1, 2]);

  await service.api("PATCH", `/agents/calls/batches/${urgent.id}`, { priority: 5 });
  const turned = await until(async () => {
    const { waiting } = await concurrency();
    return waiting[0]?.batch.id === usual.id ? waiting : null;
  });
  expect(turned).toMatchObject([
    { priority: 3, turn: { position: 1 } },
    { priority: 5, turn: { position: 2 } },
  ]);
  expect(await turnOf(running.id)).not.toHaveProperty("turn");
});

it("shows how many of its slots a batch uses, whose pace keeps it from using all", async () => {
  const { id } = await service.createBatch(talkers(3), { target_concurrency_limit: 3, calls_per_second: 0.01 });
  const held = await until(async () => (await concurrency()).holding.find((one) => one.calls_in_flight > 0) ?? null);
  expect(held).toMatchObject({ batch: { id }, slots: 3, calls_in_flight: 1, draining: false });
});

it("a slow batch that does not say how many calls at once it is for leaves the rest to others", async () => {
  const { id } = await service.createBatch(talkers(2), { calls_per_second: 0.002 });
  expect(await service.batch(id)).toMatchObject({ target_concurrency_limit: 1 });
});

it("shows a batch's new name, and that it drains when nobody waits in it any more", async () => {
  const { id } = await service.createBatch([...talkers(2), ...numbers(1)], {
    name: "Old",
    target_concurrency_limit: 2,
  });
  await service.api("PATCH", `/agents/calls/batches/${id}`, { name: "New" });
  await service.api("POST", `/agents/calls/batches/${id}/cancel`);
  const held = await until(async () => (await concurrency()).holding.find(({ draining }) => draining) ?? null);
  expect(held).toMatchObject({ batch: { id, name: "New" }, slots: 2 });
});

it("says that nothing is free where a lowered limit is below what is in use", async () => {
  const { id } = await service.createBatch(talkers(3), { target_concurrency_limit: 3 });
  await until(async () => ((await service.batch(id)).admitted_at ? true : null));
  await service.admin("PATCH", `/${service.organization}`, { agent_call_concurrency_limit: 2 });
  expect(await concurrency()).toMatchObject({ limit: 2, in_use: 3, free: 0 });
});

it("counts direct calls and what is reserved for them, and names batches alone", async () => {
  await service.admin("PATCH", `/${service.organization}`, { reserved_concurrency: 1 });
  await service.api("POST", "/agents/calls", {
    agent_id: "agent_test",
    from_number_id: "ap_test",
    outbound_calls: talkers(2).map((to_number) => ({ to_number })),
  });
  expect(await concurrency()).toMatchObject({
    limit: 4,
    reserved: 1,
    in_use: 2,
    free: 2,
    calls_outside_batches: 2,
    holding: [],
    waiting: [],
  });
});
