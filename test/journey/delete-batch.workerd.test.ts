/** `DELETE /agents/calls/batches/{id}`: nothing of the batch is left, its key dials nobody again, whatever breaks off in between. */

import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BatchObject } from "../../src/batch/object.ts";
import type { Call, Page } from "../../src/client/client.ts";
import { WebhookObject } from "../../src/webhooks/object.ts";
import { DrivenClock } from "../support/driven-clock.ts";
import { connectReceiver, TestReceiver } from "../support/receiver.ts";
import { type Batch, type Failed, TestService, until } from "../support/service.ts";
import { rowsOf, tablesOf } from "../support/stored-rows.ts";

connectReceiver();

const ADA = "+14155550123";
const BEN = "+14155550124";
const PERSONAL = /4155550123|\bAda\b|crm-7/;
const BATCHES = "/agents/calls/batches";
const PERSON = { to_number: ADA, external_id: "crm-7", metadata: { first_name: "Ada" } };
const KEY = { "Idempotency-Key": "campaign-1" };

let service: TestService;
let clock: DrivenClock;
beforeEach(async () => {
  service = await TestService.start({ limit: 10 });
  clock = new DrivenClock(service);
});
afterEach(async () => {
  clock.stop();
  await service.stop();
});

const body = (fields: Record<string, unknown> = {}) => ({ ...service.batchBody([], fields), recipients: [PERSON] });
const created = (fields: Record<string, unknown> = {}, headers = {}) =>
  service.api<Batch & Failed>("POST", BATCHES, body(fields), headers);
const remove = (id: string) => service.api<Failed | null>("DELETE", `${BATCHES}/${id}`);
const placed = async () => (await service.carrier.summary()).placed;

it("deletes it everywhere, answers as if it never was, and refuses its key", async () => {
  const receiver = new TestReceiver();
  const webhook = await service.made<{ id: string }>("/agents/webhooks", { url: receiver.url("ok") });
  clock.watchWebhook(webhook.id);
  const { id } = (await created({}, KEY)).body;
  const other = await service.createBatch([BEN]);
  await service.finished(id);
  await service.finished(other.id);
  const [call = null] = (await service.api<Page<Call>>("GET", `/agents/calls?batch_id=${id}`)).body.data;
  const webhookObject = env.WEBHOOKS.getByName(webhook.id);
  await until(async () => ((await rowsOf(webhookObject)).match(PERSONAL) ? true : null));
  const deleted = await until(async () => {
    const answer = await remove(id);
    return answer.status === 503 ? null : answer;
  });
  expect(deleted.status).toBe(204);
  expect((await remove(id)).status).toBe(404);
  expect((await service.api("GET", `${BATCHES}/${id}`)).status).toBe(404);
  expect((await service.api("GET", `/agents/calls/${call?.id}`)).status).toBe(404);
  const list = await service.api<Page<Batch> & { counts?: unknown }>("GET", BATCHES);
  expect(list.body.data.map((one) => one.id)).toEqual([other.id]);
  expect(JSON.stringify(list.body)).toContain('"completed":1');
  expect(
    (await service.api<Page<Call>>("GET", `/agents/calls?to_number=${encodeURIComponent(ADA)}`)).body.data,
  ).toEqual([]);
  for (const stub of [service.organizationObject(), service.batchObject(id), webhookObject]) {
    expect(await rowsOf(stub)).not.toMatch(PERSONAL);
  }
  expect(await tablesOf(service.batchObject(id))).toEqual(["deleted_batch"]);

  // The trap: the same request again, which would dial everybody again.
  const before = await placed();
  const repeated = await created({}, KEY);
  expect([repeated.status, repeated.body.error_code]).toEqual([409, "batch_deleted"]);
  // And one that was on its way while the batch was deleted.
  await runInDurableObject(service.batchObject(id), async (object) => {
    await expect(object.create({} as never, 0, [])).rejects.toThrow("deleted");
  });
  expect(await placed()).toBe(before);
  expect((await created({}, { "Idempotency-Key": "campaign-2" })).status).toBe(201);

  // A day later the object keeps nothing at all.
  await clock.advance(25 * 3_600_000);
  await runDurableObjectAlarm(service.batchObject(id));
  expect(await tablesOf(service.batchObject(id))).toEqual([]);
});

it("is refused while recipients wait, and changes nothing; after a cancel it is deleted", async () => {
  const { id } = (await created({ scheduled_at: new Date(Date.now() + 3_600_000).toISOString() })).body;
  const refused = await remove(id);
  expect([refused.status, refused.body?.error_code]).toEqual([409, "batch_not_over"]);
  expect((await service.batch(id)).recipients[0]?.to_number).toBe(ADA);
  await service.api("POST", `${BATCHES}/${id}/cancel`);
  expect((await remove(id)).status).toBe(204);
  expect((await remove("acb_none")).status).toBe(404);
});

it("one that the index believes over, and is not, is not deleted, and its key stands for it as before", async () => {
  const { id } = (await created({}, KEY)).body;
  await service.finished(id);
  const { callsToDelete } = BatchObject.prototype;
  // Between the organization's look and the batch's answer somebody is appended.
  BatchObject.prototype.callsToDelete = async function (this: BatchObject, ...args) {
    BatchObject.prototype.callsToDelete = callsToDelete;
    await service.api("PATCH", `${BATCHES}/${id}`, { scheduled_at: null });
    await service.api("POST", `${BATCHES}/${id}/pause`);
    await service.api("POST", `${BATCHES}/${id}/recipients`, { recipients: [{ to_number: BEN }] });
    return Reflect.apply(callsToDelete, this, args);
  };
  const refused = await remove(id);
  expect([refused.status, refused.body?.error_code]).toEqual([409, "batch_not_over"]);
  expect((await created({}, KEY)).body.id).toBe(id);
});

it("another organization's batch is not deleted", async () => {
  const { id } = (await created()).body;
  await service.finished(id);
  const other = await TestService.start({ limit: 1 });
  expect((await other.api("DELETE", `${BATCHES}/${id}`)).status).toBe(404);
  await other.stop();
  expect((await service.batch(id)).id).toBe(id);
});

describe("a crash", () => {
  function breaking(prototype: object, name: string, when: "before" | "after"): () => void {
    const original = Reflect.get(prototype, name) as (...args: unknown[]) => Promise<unknown>;
    let isBroken = false;
    Reflect.set(prototype, name, async function (this: unknown, ...args: unknown[]) {
      if (isBroken) return Reflect.apply(original, this, args);
      isBroken = true;
      if (when === "after") await Reflect.apply(original, this, args);
      throw new Error(`the object dies ${when} it has answered`);
    });
    return () => void Reflect.set(prototype, name, original);
  }

  it.each([
    [BatchObject.prototype, "callsToDelete", "before"],
    [BatchObject.prototype, "callsToDelete", "after"],
    [WebhookObject.prototype, "eraseCalls", "before"],
    [WebhookObject.prototype, "eraseCalls", "after"],
    [BatchObject.prototype, "delete", "before"],
    [BatchObject.prototype, "delete", "after"],
  ] as const)("%# goes on by itself, and the key dials nobody at any moment", async (prototype, name, when) => {
    const receiver = new TestReceiver();
    const webhook = await service.made<{ id: string }>("/agents/webhooks", { url: receiver.url("ok") });
    clock.watchWebhook(webhook.id);
    const { id } = (await created({}, KEY)).body;
    await service.finished(id);
    await until(async () => ((await rowsOf(env.WEBHOOKS.getByName(webhook.id))).match(PERSONAL) ? true : null));
    const restore = breaking(prototype, name, when);
    const answer = await until(async () => {
      const one = await remove(id);
      return one.status === 503 ? null : one;
    });
    restore();
    expect(answer.status).toBe(500);
    const before = await placed();
    expect((await created({}, KEY)).body.error_code).toBe("batch_deleted");
    await evictDurableObject(service.organizationObject());
    await until(async () => {
      await runDurableObjectAlarm(service.organizationObject());
      return (await service.api<Page<Batch>>("GET", BATCHES)).body.data.length === 0 ? true : null;
    });
    for (const stub of [service.organizationObject(), service.batchObject(id), env.WEBHOOKS.getByName(webhook.id)]) {
      expect(await rowsOf(stub)).not.toMatch(PERSONAL);
    }
    expect((await created({}, KEY)).body.error_code).toBe("batch_deleted");
    expect(await placed()).toBe(before);
  });
});
