/** How many calls begin in a second: limits of the organization, the provider, the number and the batch; the lowest holds. */

import { evictDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Batch, numbers, TestService, until } from "../support/service.ts";

const PROVIDER = "/agents/phone-numbers/providers/app_test";
const NUMBER = "/agents/phone-numbers/ap_test";
/** Counts on the wall's clock: enough apart to be told from none, little enough to wait for. */
const EVERY_MS = 400;
const PER_SECOND = 1_000 / EVERY_MS;
/** A machine under load is late, and then early again. */
const LOOSE_MS = 150;

let service: TestService;
beforeEach(async () => {
  service = await TestService.start();
});
afterEach(() => service.stop());

type Dated = { readonly dispatched_at: string };
async function beginnings(id: string): Promise<number[]> {
  const path = `/agents/calls/batches/${id}/recipients?limit=100`;
  const { data } = (await service.api<{ data: Dated[] }>("GET", path)).body;
  return data.map(({ dispatched_at }) => Date.parse(dispatched_at));
}
/** `first`: when the first may have begun. */
function expectApart(beginnings: readonly number[], first = Math.min(...beginnings)): void {
  const at = [...beginnings].sort((a, b) => a - b);
  for (const [index, one] of at.entries()) expect(one - first).toBeGreaterThanOrEqual(index * EVERY_MS - LOOSE_MS);
}

it.each([
  {
    name: "the organization",
    limit: () => service.admin("PATCH", `/${service.organization}`, { calls_per_second: PER_SECOND }),
    batch: {},
  },
  { name: "the provider", limit: () => service.api("PATCH", PROVIDER, { calls_per_second: PER_SECOND }), batch: {} },
  { name: "the number", limit: () => service.api("PATCH", NUMBER, { calls_per_second: PER_SECOND }), batch: {} },
  { name: "the batch", limit: () => Promise.resolve(), batch: { calls_per_second: PER_SECOND } },
])("no more calls begin than $name allows", async ({ limit, batch: fields }) => {
  await limit();
  const batch = await service.createBatch(numbers(5), fields);
  await until(async () => {
    const seen = (await service.batch(batch.id)) as Batch & { waiting_reason?: string };
    return seen.waiting_reason === "pace" ? true : null;
  });
  await service.finished(batch.id);
  expectApart(await beginnings(batch.id));
});

it("two batches share the number's", async () => {
  await service.api("PATCH", NUMBER, { calls_per_second: PER_SECOND });
  const batches = await Promise.all([service.createBatch(numbers(3)), service.createBatch(numbers(3))]);
  for (const { id } of batches) await service.finished(id);
  expectApart((await Promise.all(batches.map(({ id }) => beginnings(id)))).flat());
});

it("direct calls and a batch share the number's", async () => {
  await service.api("PATCH", NUMBER, { calls_per_second: PER_SECOND });
  const began = Date.now();
  const [batch, direct] = await Promise.all([
    service.createBatch(numbers(3)),
    service.api<{ calls: { agent_call_id?: string }[] }>("POST", "/agents/calls", {
      agent_id: "agent_test",
      from_number_id: "ap_test",
      outbound_calls: numbers(6)
        .slice(3)
        .map((to_number) => ({ to_number })),
    }),
  ]);
  expect(direct.body.calls.every(({ agent_call_id }) => agent_call_id !== undefined)).toBe(true);
  await service.finished(batch.id);
  const placed = await service.carrier.control<{ created_at: number }[]>("GET", "calls");
  expect(placed).toHaveLength(6);
  // The first may have been long on its way to the carrier.
  expectApart(
    placed.map(({ created_at }) => created_at),
    began,
  );
});

it("survives a restart of the organization and of the batch", async () => {
  await service.api("PATCH", NUMBER, { calls_per_second: 0.01 });
  const batch = await service.createBatch(numbers(2));
  await until(async () => ((await service.carrier.summary()).placed === 1 ? true : null));
  await evictDurableObject(service.organizationObject());
  await evictDurableObject(service.batchObject(batch.id));
  const other = await service.createBatch(numbers(2));
  const waiting = await until(async () => {
    const seen = (await service.batch(other.id)) as Batch & { waiting_reason?: string; waiting_until?: string };
    return seen.waiting_reason === "pace" ? seen : null;
  });
  expect(Date.parse(waiting.waiting_until ?? "")).toBeGreaterThan(Date.now() + 60_000);
  expect((await service.carrier.summary()).placed).toBe(1);
  // With a higher limit a recipient waits less than before.
  await service.api("PATCH", NUMBER, { calls_per_second: 10 });
  for (const { id } of [batch, other]) await service.finished(id);
});

it("a batch's own can be changed while it runs, and is shown", async () => {
  const batch = await service.createBatch(numbers(3), { calls_per_second: 0.01 });
  await until(async () => ((await service.carrier.summary()).placed === 1 ? true : null));
  expect(await service.batch(batch.id)).toMatchObject({ calls_per_second: 0.01, waiting_reason: "pace" });
  expect((await service.api("PATCH", `/agents/calls/batches/${batch.id}`, { calls_per_second: null })).status).toBe(
    200,
  );
  await service.finished(batch.id);
});

it("a provider has what its carrier allows every account, unless it says otherwise", async () => {
  const provider = {
    type: "twilio",
    label: "second",
    account_sid: `AC${crypto.randomUUID().replaceAll("-", "")}`,
    api_key_sid: `SK${"0".repeat(32)}`,
    api_key_secret: "secret",
  };
  const made = await service.made<{ id: string; calls_per_second: number }>(
    "/agents/phone-numbers/providers",
    provider,
  );
  expect(made.calls_per_second).toBe(1);
  const shown = await service.api("GET", PROVIDER);
  expect(shown.body).toMatchObject({ calls_per_second: null });
});

it("a carrier's 429 halves it for a while, and that is shown", async () => {
  await service.api("PATCH", PROVIDER, { calls_per_second: 20 });
  const batch = await service.createBatch(["+15005550009"]);
  await service.finished(batch.id);
  const { body } = await service.api<{ effective_calls_per_second: number }>("GET", PROVIDER);
  expect(body.effective_calls_per_second).toBeGreaterThanOrEqual(10);
  expect(body.effective_calls_per_second).toBeLessThan(20);
});
