/** `DELETE /admin/organizations/{id}`: keys stop, calls in flight end as they do, all rows go, and the id is never given again. */

import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { connectReceiver, TestReceiver } from "../support/receiver.ts";
import { type Answer, type Batch, type Failed, numbers, TestService, until } from "../support/service.ts";
import { rowsOf, tablesOf } from "../support/stored-rows.ts";

connectReceiver();

const ADA = "+14155550123";
const BATCHES = "/agents/calls/batches";

let service: TestService;
beforeEach(async () => {
  service = await TestService.start({ limit: 3 });
});
afterEach(() => service.stop());

type Deletion = { readonly status: string; readonly completed_at?: string; readonly batches_left: number };
const admin = <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> =>
  service.fetch<T>(method, `/admin/organizations${path}`, { body, headers: { authorization: "Bearer admin_test" } });
const one = (suffix = "") => `/${service.organization}${suffix}`;
const remove = <T = Deletion>(confirm = service.organization) => admin<T>("DELETE", one(`?confirm=${confirm}`));
const progress = () => admin<Deletion>("GET", one("/deletion"));

it("ends keys at once, waits for calls in flight, leaves no row anywhere, and never gives the id again", async () => {
  const receiver = new TestReceiver();
  const webhook = await service.made<{ id: string }>("/agents/webhooks", { url: receiver.url("ok") });
  const over = await service.createBatch([ADA]);
  await service.finished(over.id);
  await service.made("/agents/calls", {
    agent_id: "agent_test",
    from_number_id: "ap_test",
    outbound_calls: [{ to_number: ADA }],
  });
  // A batch starts when its whole target is free, so the direct call must be over.
  await until(async () => {
    const calls = await service.api<{ data: { status: string }[] }>("GET", "/agents/calls?agent_id=agent_test");
    return calls.body.data.every(({ status }) => status === "completed") ? true : null;
  });
  const scheduled = await service.createBatch([ADA], { scheduled_at: new Date(Date.now() + 86_400_000).toISOString() });
  // Calls are answered. Nobody hears of their ends for now.
  const ends: (() => Promise<number>)[] = [];
  service.carrier.intercept = async ({ body }, deliver) => {
    if (!body.includes("CallStatus=completed")) return deliver();
    ends.push(deliver);
    return 204;
  };
  const running = await service.createBatch(numbers(10), { target_concurrency_limit: 3 });
  await until(async () =>
    (await service.batch(running.id)).recipients.filter((r) => r.status === "started").length >= 2 ? true : null,
  );
  const objects = [service.batchObject(over.id), service.batchObject(scheduled.id), service.batchObject(running.id)];
  const others = [service.organizationObject(), env.WEBHOOKS.getByName(webhook.id)];
  // Whatever a later release stores goes, too.
  for (const object of [...objects, ...others]) {
    await runInDurableObject(object, async (_, { storage }) => {
      storage.sql.exec("CREATE TABLE of_a_later_release (number TEXT)");
      storage.sql.exec("INSERT INTO of_a_later_release VALUES (?)", ADA);
      await storage.put("of a later release", ADA);
    });
  }

  for (const wrong of ["", "org_other", "Test"]) {
    const refused = await remove<Failed>(wrong);
    expect([refused.status, refused.body.issues?.[0]?.path]).toEqual([400, "confirm"]);
  }
  expect((await progress()).status).toBe(404);
  const asked = await remove();
  expect([asked.status, asked.body.status]).toEqual([202, "deleting"]);
  expect(asked.body.batches_left).toBeGreaterThanOrEqual(3);

  expect((await service.api("GET", BATCHES)).status).toBe(401);
  expect((await admin<Failed>("POST", one("/api-keys"), { label: "late" })).body.error_code).toBe(
    "organization_deleted",
  );
  expect((await admin<Failed>("PATCH", one(), { name: "Late" })).body.error_code).toBe("organization_deleted");
  expect((await admin<{ deletion_requested_at?: string }>("GET", one())).body.deletion_requested_at).toBeDefined();
  // A create that had passed authentication before.
  const late = await service
    .organizationObject()
    .announceBatch({ numbers: [], people: [], idempotency: null } as never);
  expect(late).toMatchObject({ ok: false, failure: { code: "organization_deleted" } });

  // What waited is cancelled; the calls in flight go on, and hold up the rest.
  const turn = () => runDurableObjectAlarm(service.organizationObject());
  await until(async () => {
    await turn();
    return (await progress()).body.batches_left <= 2 ? true : null;
  });
  const placed = (await service.carrier.summary()).placed;
  expect((await progress()).body).toMatchObject({ status: "deleting" });
  await evictDurableObject(service.organizationObject());
  await turn();
  expect((await progress()).body.batches_left).toBeGreaterThan(0);

  // A call that ends later is heard of at once.
  service.carrier.intercept = (_, deliver) => deliver();
  await Promise.all(ends.map((deliver) => deliver()));
  await until(async () => {
    await turn();
    return (await progress()).body.status === "deleted" ? true : null;
  });
  const receipt = (await progress()).body;
  expect([receipt.batches_left, receipt.completed_at !== undefined]).toEqual([0, true]);
  expect((await service.carrier.summary()).placed).toBe(placed);
  for (const object of objects) expect(await tablesOf(object)).toEqual(["deleted_batch"]);
  for (const object of others) expect(await rowsOf(object)).toBe("[]");
  for (const object of [...objects, ...others]) {
    const values = await runInDurableObject(object, async (_, { storage }) => [...(await storage.list()).keys()]);
    expect(values).toEqual([]);
  }
  const alarm = await runInDurableObject(service.organizationObject(), (_, { storage }) => storage.getAlarm());
  expect(alarm).toBeNull();

  expect((await admin("GET", one())).status).toBe(404);
  expect((await remove()).body).toEqual(receipt);
  const list = await admin<{ data: { id: string }[] }>("GET", "?limit=100");
  expect(list.body.data.map(({ id }) => id)).not.toContain(service.organization);
  await evictDurableObject(env.DIRECTORY.getByName("organizations"));
  const again = await admin<Failed>("POST", "", {
    id: service.organization,
    name: "Again",
    agent_call_concurrency_limit: 1,
  });
  expect([again.status, again.body.error_code]).toEqual([409, "organization_deleted"]);
  expect((await service.api("GET", BATCHES)).status).toBe(401);
});

it("what never was is not deleted", async () => {
  const unknown = await admin<Failed>("DELETE", "/org_unknown?confirm=org_unknown");
  expect([unknown.status, unknown.body.error_code]).toEqual([404, "not_found"]);
  expect((await service.api<Batch>("GET", BATCHES)).status).toBe(200);
});
