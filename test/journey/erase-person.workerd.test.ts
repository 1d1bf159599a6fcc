/** `DELETE /agents/people/{number}`: nothing of the person is left in any row, whatever breaks off in between. */

import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BatchObject } from "../../src/batch/object.ts";
import type { Call, Page } from "../../src/client/client.ts";
import { WebhookObject } from "../../src/webhooks/object.ts";
import { DrivenClock } from "../support/driven-clock.ts";
import { connectReceiver, TestReceiver } from "../support/receiver.ts";
import { type Batch, type Failed, TestService, until } from "../support/service.ts";
import { rowsOf } from "../support/stored-rows.ts";

connectReceiver();

const ADA = "+14155550123";
const BEN = "+14155550124";
const CYN = "+14155550125";
const TALKS = "+15005550011";
const PERSONAL = /4155550123|\bAda\b|crm-7/;
const BATCHES = "/agents/calls/batches";
const PERSON = { to_number: ADA, external_id: "crm-7", metadata: { first_name: "Ada" } };
type Erasure = {
  readonly id: string;
  readonly status: string;
  readonly batches: number;
  readonly batches_left: number;
  readonly recipients: number;
  readonly calls: number;
};

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

const erase = (number = ADA) => service.api<Erasure & Failed>("DELETE", `/agents/people/${encodeURIComponent(number)}`);
const receiptOf = async (id: string) => (await service.api<Erasure>("GET", `/agents/people/erasures/${id}`)).body;
const created = (recipients: readonly unknown[], fields: Record<string, unknown> = {}, headers = {}) =>
  service.api<Batch>("POST", BATCHES, { ...service.batchBody([], fields), recipients }, headers);

const goOn = () => runDurableObjectAlarm(service.organizationObject());

it("erases the person in batches that are over and that wait, in direct calls, at webhooks and in what rules remember", async () => {
  const receiver = new TestReceiver();
  const webhook = await service.made<{ id: string }>("/agents/webhooks", { url: receiver.url("ok") });
  clock.watchWebhook(webhook.id);
  const direct = await service.api<{ calls: { agent_call_id: string }[] }>("POST", "/agents/calls", {
    agent_id: "agent_test",
    from_number_id: "ap_test",
    outbound_calls: [PERSON],
  });
  const directId = direct.body.calls[0]?.agent_call_id ?? "";
  await until(async () => {
    const { body } = await service.api<Call>("GET", `/agents/calls/${directId}`);
    return body.status === "completed" ? body : null;
  });
  const policy = { max_attempts: 2, retry_on: ["dial_busy"], min_gap_minutes: 10 };
  const over = (await created([PERSON, { to_number: BEN }], { retry_policy: policy })).body;
  await service.finished(over.id);
  const waits = (
    await created([PERSON, { to_number: BEN, metadata: { first_name: "Ben" } }], {
      scheduled_at: new Date(Date.now() + 3_600_000).toISOString(),
    })
  ).body;
  // After a call under a rule, Ben would be left alone for 15 s.
  const other = (await created([{ to_number: CYN }])).body;
  await service.finished(other.id);
  const objects = [
    service.organizationObject(),
    service.batchObject(over.id),
    service.batchObject(waits.id),
    env.WEBHOOKS.getByName(webhook.id),
  ];
  for (const stub of objects)
    expect(await until(async () => ((await rowsOf(stub)).match(PERSONAL) ? true : null))).toBe(true);

  const receipt = await erase();
  expect(receipt.status).toBe(202);
  expect(receipt.body).toMatchObject({ status: "erased", batches: 3, batches_left: 0, recipients: 3 });
  expect(JSON.stringify(receipt.body)).not.toMatch(PERSONAL);
  for (const stub of objects) expect(await rowsOf(stub)).not.toMatch(PERSONAL);
  const listed = await service.api<Page<Call>>("GET", `/agents/calls?to_number=${encodeURIComponent(ADA)}`);
  expect(listed.body.data).toEqual([]);
  expect(await rowsOf(objects[0] as DurableObjectStub)).toContain(receipt.body.id);

  // The others are as they were, and the recipient who waited is not called.
  const left = (await service.batch(waits.id)).recipients;
  expect(left.map(({ status, to_number }) => [status, to_number])).toEqual([
    ["failed", ""],
    ["queued", BEN],
  ]);
  expect(left[0]).toMatchObject({ failure_reason: "erased" });
  expect((await service.batch(over.id)).recipients[1]?.to_number).toBe(BEN);
  expect((await service.api<Page<Erasure>>("GET", "/agents/people/erasures")).body.data).toEqual([receipt.body]);
  // A repeat finds nobody, and says so.
  expect((await erase()).body).toMatchObject({ status: "erased", batches: 0, recipients: 0, calls: 0 });
  expect((await erase("nobody")).status).toBe(400);
  expect((await service.api("GET", "/agents/people/erasures/erasure_none")).status).toBe(404);
});

it("by external_id erases everybody of that name, and nobody else under the number", async () => {
  const batch = (await created([PERSON, { to_number: ADA }], { on_duplicate: "allow" })).body;
  await service.finished(batch.id);
  const receipt = await service.api<Erasure>("DELETE", "/agents/people?external_id=crm-7");
  expect(receipt.body).toMatchObject({ status: "erased", batches: 1, recipients: 1, calls: 1 });
  expect((await service.batch(batch.id)).recipients.map(({ to_number }) => to_number)).toEqual(["", ADA]);
  // The other one under the number is still found.
  const { body } = await service.api<Page<Call>>("GET", `/agents/calls?to_number=${encodeURIComponent(ADA)}`);
  expect(body.data).toHaveLength(1);
  expect((await service.api("DELETE", "/agents/people?external_id=")).status).toBe(400);
});

it("a call in flight goes on, is not called again, and is erased once it is over", async () => {
  const batch = (
    await created([{ ...PERSON, to_number: TALKS }], {
      retry_policy: { max_attempts: 3, retry_on: ["dial_busy", "dial_no_answer", "dial_failed"] },
    })
  ).body;
  await until(async () => {
    const [one] = (await service.batch(batch.id)).recipients;
    return one?.status === "started" ? one : null;
  });
  const receipt = (await erase(TALKS)).body;
  expect(receipt).toMatchObject({ status: "erasing", batches_left: 1 });
  const [call = null] = (await service.api<Page<Call>>("GET", `/agents/calls?batch_id=${batch.id}`)).body.data;
  await service.api("POST", `/agents/calls/${call?.id}/cancel`);
  await service.finished(batch.id);
  await clock.advance(31_000);
  await until(async () => {
    await goOn();
    return (await receiptOf(receipt.id)).status === "erased" ? true : null;
  });
  expect(await rowsOf(service.batchObject(batch.id))).not.toMatch(/5005550011|Ada|crm-7/);
  expect((await service.batch(batch.id)).recipients).toHaveLength(1);
  expect((await service.carrier.summary()).placed).toBe(1);
});

describe("the do-not-call entry", () => {
  it("stays as a hash under a key: the number is refused, found by who knows it, and shown to nobody", async () => {
    await service.api("POST", "/agents/do-not-call", { number: ADA, reason: "asked for it" });
    const receipt = await erase();
    expect(receipt.body.status).toBe("erased");
    expect(await rowsOf(service.organizationObject())).not.toMatch(PERSONAL);
    const one = `/agents/do-not-call/${encodeURIComponent(ADA)}`;
    expect((await service.api("GET", one)).body).toMatchObject({ number: "", reason: "asked for it" });
    const list = await service.api<Page<{ number: string }>>("GET", "/agents/do-not-call");
    expect(list.body.data.map(({ number }) => number)).toEqual([""]);
    // Also after the object has slept: then the key is opened again.
    await evictDurableObject(service.organizationObject());
    expect((await created([PERSON])).status).toBe(400);
    const mixed = await created([PERSON, { to_number: BEN }]);
    expect(mixed.body).toMatchObject({ total_calls_scheduled: 1, skipped_do_not_call: 1 });
    expect((await service.api<{ added: number }>("POST", "/agents/do-not-call", { number: ADA })).body.added).toBe(0);
    const removed = await service.api<{ removed_at?: string }>("DELETE", `${one}?reason=it+was+a+mistake`);
    expect(removed.body.removed_at).toBeDefined();
    expect((await created([PERSON])).status).toBe(201);
  });
});

describe("a crash", () => {
  /** Fails the first call of the method, before or after it has done its work. */
  function breaking<Target extends object>(
    prototype: Target,
    name: keyof Target,
    when: "before" | "after",
  ): () => void {
    const original = prototype[name] as (...args: unknown[]) => Promise<unknown>;
    let isBroken = false;
    Reflect.set(prototype, name, async function (this: unknown, ...args: unknown[]) {
      if (isBroken) return Reflect.apply(original, this, args);
      isBroken = true;
      if (when === "after") await Reflect.apply(original, this, args);
      throw new Error(`the object dies ${when} it has answered`);
    });
    return () => void Reflect.set(prototype, name, original);
  }
  const POINTS = [
    [BatchObject.prototype, "personIn", "before"],
    [BatchObject.prototype, "personIn", "after"],
    [BatchObject.prototype, "erasePerson", "before"],
    [BatchObject.prototype, "erasePerson", "after"],
    [WebhookObject.prototype, "eraseCalls", "before"],
    [WebhookObject.prototype, "eraseCalls", "after"],
  ] as const;

  it.each(POINTS)("%# is made up for: nothing is left, nobody is dialed", async (prototype, name, when) => {
    const receiver = new TestReceiver();
    const webhook = await service.made<{ id: string }>("/agents/webhooks", { url: receiver.url("ok") });
    clock.watchWebhook(webhook.id);
    const batch = (await created([PERSON, { to_number: BEN }])).body;
    await service.finished(batch.id);
    await service.api("POST", "/agents/do-not-call", { number: ADA });
    await until(async () => ((await rowsOf(env.WEBHOOKS.getByName(webhook.id))).match(PERSONAL) ? true : null));
    const restore = breaking(prototype as object, name as never, when);
    const receipt = (await erase()).body;
    restore();
    expect(receipt.status).toBe("erasing");
    // The organization's object sleeps, too, and wakes by its alarm.
    await evictDurableObject(service.organizationObject());
    await until(async () => {
      await goOn();
      return (await receiptOf(receipt.id)).status === "erased" ? true : null;
    });
    for (const stub of [
      service.organizationObject(),
      service.batchObject(batch.id),
      env.WEBHOOKS.getByName(webhook.id),
    ]) {
      expect(await rowsOf(stub)).not.toMatch(PERSONAL);
    }
    expect((await created([PERSON])).status).toBe(400);
  });
});
