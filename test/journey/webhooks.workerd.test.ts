/** What happens is told to webhooks: all of it, signed, as the API shows it; whatever the receiver does. */

import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { present } from "../../src/calling/requests/assert.ts";
import { newEventId, parseCallId } from "../../src/calling/secrets/ids.ts";
import type { Delivery, Page, Webhook } from "../../src/client/client.ts";
import type { StorageCost } from "../../src/storage/cost.ts";
import { RETRY_AFTER_MS } from "../../src/webhooks/attempt.ts";
import type { WebhookObject } from "../../src/webhooks/object.ts";
import { WAITING_AT_MOST } from "../../src/webhooks/sending.ts";
import { A_WEBHOOK } from "../support/cost-of-a-batch.ts";
import { DrivenClock } from "../support/driven-clock.ts";
import { connectReceiver, TestReceiver } from "../support/receiver.ts";
import { asListed, type Batch, numbers, TestService, until } from "../support/service.ts";

const WEBHOOKS = "/agents/webhooks";
const TEST = { type: "test" } as const;
connectReceiver();

let service: TestService;
let clock: DrivenClock;
afterEach(async () => {
  clock.stop();
  await service.stop();
});

type Made = Webhook & { readonly secret: string };
async function start(action: string, fields: Record<string, unknown> = {}) {
  service = await TestService.start({ limit: 5 });
  clock = new DrivenClock(service);
  return webhookTo(action, fields);
}
async function webhookTo(action: string, fields: Record<string, unknown> = {}) {
  const receiver = new TestReceiver();
  const webhook = await service.made<Made>(WEBHOOKS, { display_name: "CRM", url: receiver.url(action), ...fields });
  clock.watchWebhook(webhook.id);
  return { receiver, webhook };
}

const deliveries = async ({ id }: { id: string }): Promise<Delivery[]> =>
  (await service.api<Page<Delivery>>("GET", `${WEBHOOKS}/${id}/deliveries?limit=100`)).body.data;

const test = async ({ id }: { id: string }): Promise<string> => {
  const { status, body } = await service.api<Delivery>("POST", `${WEBHOOKS}/${id}/test`);
  expect(status).toBe(202);
  return body.id;
};
/** The delivery, once it was tried so often. */
const tried = (webhook: { id: string }, id: string, attempts: number): Promise<Delivery> =>
  until(async () => {
    const delivery = (await deliveries(webhook)).find((one) => one.id === id);
    return delivery !== undefined && delivery.attempts >= attempts ? delivery : null;
  });

describe("a batch", () => {
  it("is told of from its admission to its end, each call as Get Call shows it", async () => {
    const { receiver, webhook } = await start("ok");
    expect(webhook.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const batch = await service.createBatch([...numbers(3), "+15005550002", "+15005550001"]);
    const after = await service.finished(batch.id);
    const events = await until(async () => {
      const arrived = await receiver.events(webhook.secret);
      return arrived.length >= 10 ? arrived : null;
    });
    const types = events.map(({ type }) => type).sort();
    expect(types).toEqual([
      "batch_admitted",
      "batch_completed",
      ...Array(3).fill("call_completed"),
      ...Array(2).fill("call_failed"),
      ...Array(3).fill("call_started"),
    ]);
    for (const event of events) {
      expect(event).toMatchObject({
        webhook_id: webhook.id,
        organization_id: service.organization,
        agent_id: "agent_test",
        batch_id: batch.id,
      });
      if (!("call" in event)) continue;
      const call = (await service.api<Record<string, unknown>>("GET", `/agents/calls/${event.call.id}`)).body;
      if (event.type === "call_started") expect(event.call).toMatchObject({ status: "started", id: call.id });
      else expect(event.call).toEqual(call);
    }
    const [completed] = events.filter((event) => "batch" in event && event.type === "batch_completed");
    expect(completed).toMatchObject({ batch: { ...asListed(after), total_calls_finished: 5 } });
    const known = await until(async () => {
      const all = await deliveries(webhook);
      return all.every(({ status }) => status === "delivered") ? all : null;
    });
    expect(known).toHaveLength(10);
  });

  it("is told of where its agent says, and where webhooks hear of every agent", async () => {
    const { receiver: all, webhook: general } = await start("ok");
    const { receiver: own, webhook } = await webhookTo("ok");
    const { receiver: other, webhook: others } = await webhookTo("ok");
    const patched = await service.api("PATCH", "/agents/agent_test", { webhook_id: webhook.id });
    expect(patched).toMatchObject({ status: 200, body: { webhook_id: webhook.id } });
    const connection = { type: "websocket", url: "wss://agent.example.com/audio" };
    const second = { id: "agent_other", name: "Other", connection, webhook_id: others.id };
    expect(await service.made("/agents", second)).toMatchObject({ webhook_id: others.id });

    const arrivedAt = async (receiver: TestReceiver, { secret }: Made, count: number) => {
      const events = await until(async () => {
        const arrived = await receiver.events(secret);
        return arrived.length >= count ? arrived : null;
      });
      return events.map((event) => ("agent_id" in event ? event.agent_id : null));
    };
    // Admitted, started, completed, and the batch's end.
    const mine = await service.createBatch(numbers(1));
    await service.finished(mine.id);
    const theirs = await service.createBatch(numbers(1), { agent_id: "agent_other" });
    await service.finished(theirs.id);
    expect(await arrivedAt(own, webhook, 4)).toEqual(Array(4).fill("agent_test"));
    expect(await arrivedAt(other, others, 4)).toEqual(Array(4).fill("agent_other"));
    expect((await arrivedAt(all, general, 8)).sort()).toEqual([
      ...Array(4).fill("agent_other"),
      ...Array(4).fill("agent_test"),
    ]);
  });

  it("that runs is told of elsewhere once its agent names another webhook, or the webhook is gone", async () => {
    const { webhook } = await start("ok");
    await service.api("PATCH", "/agents/agent_test", { webhook_id: webhook.id });
    await service.createBatch(["+15005550011"]);
    await until(async () => (await deliveries(webhook)).some(({ type }) => type === "call_started") || null);
    const { receiver: next, webhook: named } = await webhookTo("ok");
    await service.api("PATCH", "/agents/agent_test", { webhook_id: named.id });
    await service.api("DELETE", `${WEBHOOKS}/${webhook.id}`);
    const [call] = await service.carrier.calls();
    await service.carrier.control("POST", `calls/${call?.sid}/end`);
    const events = await until(async () => {
      const arrived = await next.events(named.secret);
      return arrived.length === 2 ? arrived : null;
    });
    expect(events.map(({ type }) => type).sort()).toEqual(["batch_completed", "call_completed"]);

    await service.api("DELETE", `${WEBHOOKS}/${named.id}`);
    expect(await service.api("GET", "/agents/agent_test")).toMatchObject({ body: { webhook_id: null } });
    const unknown = await service.api("PATCH", "/agents/agent_test", { webhook_id: named.id });
    expect(unknown).toMatchObject({ status: 404, body: { error_code: "not_found" } });
  });

  it("that began before its organization had a webhook is told of from then on", async () => {
    service = await TestService.start({ limit: 5 });
    clock = new DrivenClock(service);
    const batch = await service.createBatch(["+15005550011"]);
    const talking = await until(async () => {
      const [recipient] = (await service.batch(batch.id)).recipients;
      return recipient?.status === "started" ? recipient : null;
    });
    const { receiver, webhook } = await webhookTo("ok");
    const [call] = await service.carrier.calls();
    await service.carrier.control("POST", `calls/${call?.sid}/end`);
    const events = await until(async () => {
      const arrived = await receiver.events(webhook.secret);
      return arrived.length === 2 ? arrived : null;
    });
    expect(events.map(({ type }) => type).sort()).toEqual(["batch_completed", "call_completed"]);
    expect(events.find((event) => "call" in event)).toMatchObject({ call: { id: talking.agent_call_id } });
  });

  it("that is cancelled is told of once, and to whom wants it alone", async () => {
    const { receiver, webhook } = await start("ok", { events: ["batch_cancelled"] });
    const other = await webhookTo("ok", { events: ["call_completed"] });
    const scheduled_at = new Date(Date.now() + 3_600_000).toISOString();
    const { id } = await service.createBatch(numbers(2), { scheduled_at });
    for (let count = 0; count < 2; count += 1) await service.api<Batch>("POST", `/agents/calls/batches/${id}/cancel`);
    const [event] = await until(async () => {
      const arrived = await receiver.events(webhook.secret);
      return arrived.length > 0 ? arrived : null;
    });
    const { cancelled_by, ...told } = asListed(await service.batch(id));
    expect(cancelled_by).toMatchObject({ kind: "key" });
    expect(event).toMatchObject({ type: "batch_cancelled", batch: told });
    expect(event).not.toHaveProperty("batch.cancelled_by");
    expect(await receiver.received()).toHaveLength(1);
    expect(await other.receiver.received()).toEqual([]);
  });

  it("of an organization without webhooks writes not one row for them", async () => {
    service = await TestService.start({ limit: 5 });
    clock = new DrivenClock(service);
    const costOf = async (id: string) =>
      runInDurableObject(
        service.batchObject(id),
        (object: { cost(): { rowsWritten: number } }) => object.cost().rowsWritten,
      );
    const tables = (id: string) =>
      runInDurableObject(service.batchObject(id), (_, state) => ({
        outbox: state.storage.sql
          .exec("SELECT COUNT(*) AS tables FROM sqlite_master WHERE name = 'outbox_pages'")
          .one(),
        webhooks: state.storage.sql.exec("SELECT webhooks FROM batch").one(),
      }));
    const without = await service.createBatch(numbers(4));
    await service.over(without.id);
    expect(await tables(without.id)).toEqual({ outbox: { tables: 0 }, webhooks: { webhooks: null } });
    const rows = await costOf(without.id);
    const { webhook } = await webhookTo("ok", { events: ["call_completed"] });
    const told = await service.createBatch(numbers(4));
    await service.over(told.id);
    await until(async () =>
      (await deliveries(webhook)).filter((one) => one.status === "delivered").length === 4 ? true : null,
    );
    // The events of calls are in the calls' own rows.
    expect(await tables(told.id)).toMatchObject({ outbox: { tables: 0 } });
    // One, that all have arrived. What else differs is what is acknowledged late.
    const more = (await costOf(told.id)) - rows;
    expect(more).toBeGreaterThanOrEqual(1);
    expect(more).toBeLessThanOrEqual(5);
  });
});

it("direct calls are told of like a batch's, with no batch and nothing said of one", async () => {
  const { receiver, webhook } = await start("ok");
  const { calls } = (
    await service.api<{ calls: { agent_call_id?: string }[] }>("POST", "/agents/calls", {
      agent_id: "agent_test",
      from_number_id: "ap_test",
      outbound_calls: [{ to_number: "+14155550123" }, { to_number: "+15005550002" }],
    })
  ).body;
  const events = await until(async () => {
    const arrived = await receiver.events(webhook.secret);
    return arrived.length >= 3 ? arrived : null;
  });
  await until(async () => ((await deliveries(webhook)).every(({ status }) => status === "delivered") ? true : null));
  expect(events.map(({ type }) => type).sort()).toEqual(["call_completed", "call_failed", "call_started"]);
  for (const event of events) {
    expect(event).toMatchObject({ webhook_id: webhook.id, agent_id: "agent_test" });
    expect(event).not.toHaveProperty("batch_id");
    expect(calls.map(({ agent_call_id }) => agent_call_id)).toContain("call" in event ? event.call.id : null);
  }
  expect(await deliveries(webhook)).toHaveLength(3);
});

it("a direct call costs three rows more with a webhook: one for each event, and one when all have arrived", async () => {
  service = await TestService.start({ limit: 5 });
  clock = new DrivenClock(service);
  type Costly = { cost(): StorageCost };
  const costs: (() => Promise<StorageCost>)[] = [];
  const rows = async () => {
    const all = await Promise.all(costs.map((costOf) => costOf()));
    return all.reduce((sum, { rowsWritten }) => sum + rowsWritten, 0);
  };
  /** A call that is answered, and later ends; returns its object. */
  const talk = async (webhook: Webhook | null) => {
    const order = {
      agent_id: "agent_test",
      from_number_id: "ap_test",
      outbound_calls: [{ to_number: "+15005550011" }],
    };
    const { calls } = (await service.api<{ calls: { agent_call_id?: string }[] }>("POST", "/agents/calls", order)).body;
    const id = calls[0]?.agent_call_id ?? "";
    const is = (status: string) =>
      until(async () => {
        const call = (await service.api<{ status: string }>("GET", `/agents/calls/${id}`)).body;
        const mine = webhook === null ? [] : (await deliveries(webhook)).filter(({ call_id }) => call_id === id);
        const told = mine.filter((one) => one.status === "delivered" && one.type === `call_${status}`);
        return call.status === status && (webhook === null || told.length === 1) ? true : null;
      });
    await is("started");
    const [latest] = (await service.carrier.calls()).slice(-1);
    await service.carrier.control("POST", `calls/${latest?.sid}/end`);
    await is("completed");
    await until(async () => {
      const { holding } = await service.admin<{ holding: unknown[] }>("GET", `/${service.organization}/ledger`);
      return holding.length === 0 ? true : null;
    });
    return env.BATCHES.getByName(present(parseCallId(id), "a call's id").route);
  };
  const cost = async (webhook: Webhook | null) => {
    await talk(webhook);
    const before = await rows();
    for (let call = 0; call < 5; call += 1) await talk(webhook);
    return ((await rows()) - before) / 5;
  };
  const object = await talk(null);
  costs.push(() => runInDurableObject(object, (one: Costly) => one.cost()));
  const without = await cost(null);
  const { webhook } = await webhookTo("ok");
  costs.push(() => runInDurableObject(env.WEBHOOKS.getByName(webhook.id), (one: Costly) => one.cost()));
  const more = (await cost(webhook)) - without;
  console.log(`${more} rows more`);
  expect(more).toBeGreaterThanOrEqual(2);
  // A machine that is busy for a second writes a pack twice.
  expect(more).toBeLessThan(A_WEBHOOK.rowsAlone + 2);
});

it("events that come together cost a webhook one row, and two where they are more than it delivers itself", async () => {
  const { webhook } = await start("ok");
  const object = env.WEBHOOKS.getByName(webhook.id);
  const rows = () => runInDurableObject(object, (one: WebhookObject) => one.cost().rowsWritten);
  const deliver = async (count: number) => {
    const at = Date.now();
    const events = Array.from({ length: count }, (_, index) => ({ id: newEventId(at + index), at, about: TEST }));
    await object.take({ webhookId: webhook.id, organizationId: service.organization }, events);
    await until(async () => {
      const all = await deliveries(webhook);
      return all.every(({ status }) => status === "delivered") ? true : null;
    });
  };
  /** Of each of ten packs. */
  const cost = async (count: number) => {
    const before = await rows();
    for (let pack = 0; pack < 10; pack += 1) await deliver(count);
    return ((await rows()) - before) / 10;
  };
  for (let pack = 0; pack < 40; pack += 1) await deliver(4);
  // On a busy machine some packs are stored before they are settled, because a second has passed.
  const few = await cost(4);
  expect(few).toBeGreaterThanOrEqual(1);
  expect(few).toBeLessThanOrEqual(2);
  const many = await cost(10);
  expect(many).toBeGreaterThanOrEqual(2);
  expect(many).toBeLessThan(4);
  expect(await deliveries(webhook)).toHaveLength(100);
});

describe("a receiver", () => {
  it("that fails five times gets the same event under the same id, later and later, until it has it", async () => {
    const { receiver, webhook } = await start("fail/5");
    const id = await test(webhook);
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const delivery = await tried(webhook, id, attempt);
      expect(delivery).toMatchObject({ status: "pending", attempts: attempt, response_status: 503 });
      const wait = Date.parse(delivery.next_attempt_at ?? "") - Date.parse(delivery.last_attempt_at ?? "");
      const planned = RETRY_AFTER_MS[attempt - 1] ?? 0;
      expect(wait).toBeGreaterThanOrEqual(planned);
      expect(wait).toBeLessThanOrEqual(planned * 1.1 + 1);
      await clock.advance(wait + 1_000);
      await clock.ring();
    }
    expect(await tried(webhook, id, 6)).toMatchObject({ status: "delivered", attempts: 6, response_status: 200 });
    const all = await receiver.received();
    expect(new Set(all.map(({ headers }) => headers["webhook-id"]))).toEqual(new Set([id]));
    expect(new Set(all.map(({ body }) => body)).size).toBe(1);
    const stamps = all.map(({ headers }) => Number(headers["webhook-timestamp"]));
    expect(stamps).toEqual([...new Set(stamps)].sort((a, b) => a - b));
    expect(all.every(({ headers }) => headers["x-webhook-secret"] === webhook.secret)).toBe(true);
  });

  it("that never has it is given up after a day, and gets it when somebody asks", async () => {
    const { webhook } = await start("fail/8");
    const id = await test(webhook);
    for (const [index, wait] of RETRY_AFTER_MS.entries()) {
      await tried(webhook, id, index + 1);
      await clock.advance(wait * 1.1 + 1_000);
      await clock.ring();
    }
    expect(await tried(webhook, id, 8)).toMatchObject({ status: "failed", attempts: 8 });
    const again = await service.api<Delivery>("POST", `${WEBHOOKS}/${webhook.id}/deliveries/${id}/redeliver`);
    expect([again.status, again.body.status]).toEqual([202, "pending"]);
    expect(await tried(webhook, id, 9)).toMatchObject({ status: "delivered", attempts: 9 });
  });

  it("that answers 410 is not told anything any more, until it is enabled again", async () => {
    const { receiver, webhook } = await start("gone");
    const id = await test(webhook);
    expect(await tried(webhook, id, 1)).toMatchObject({ status: "failed", response_status: 410 });
    const disabled = await until(async () => {
      const { body } = await service.api<Webhook>("GET", `${WEBHOOKS}/${webhook.id}`);
      return body.enabled ? null : body;
    });
    expect(disabled.disabled_reason).toBe("it answered 410 Gone");
    const batch = await service.createBatch(numbers(1));
    await service.finished(batch.id);
    expect(await receiver.received()).toHaveLength(1);
    const change = { enabled: true, url: receiver.url("ok"), secret: null };
    expect((await service.api<Webhook>("PATCH", `${WEBHOOKS}/${webhook.id}`, change)).body.enabled).toBe(true);
    expect(await tried(webhook, await test(webhook), 1)).toMatchObject({ status: "delivered" });
  });

  it("that redirects is not followed, and one that is busy is tried when it says", async () => {
    const { receiver, webhook } = await start("redirect");
    const redirected = await tried(webhook, await test(webhook), 1);
    expect(redirected).toMatchObject({ status: "pending", response_status: 302 });
    expect(redirected.error_message).toMatch(/redirects are not followed/);
    expect((await receiver.received()).map(({ path }) => path.split("/").at(-1))).toEqual(["redirect"]);
    const busy = await webhookTo("busy");
    const { last_attempt_at, next_attempt_at } = await tried(busy.webhook, await test(busy.webhook), 1);
    expect(Date.parse(next_attempt_at ?? "") - Date.parse(last_attempt_at ?? "")).toBe(7_200_000);
  });

  it("that hangs holds up nobody else, and counts as one that did not answer", async () => {
    const { webhook } = await start("hang");
    const other = await webhookTo("ok");
    const began = performance.now();
    const ids = await Promise.all(Array.from({ length: 12 }, () => test(webhook)));
    const batch = await service.createBatch(numbers(3));
    await service.finished(batch.id);
    await until(async () => ((await other.receiver.received()).length === 8 ? true : null), 8_000);
    // Before the first of those that hang is over.
    expect(performance.now() - began).toBeLessThan(9_000);
    const delivery = await tried(webhook, ids[0] ?? "", 1);
    expect(delivery).toMatchObject({ status: "pending", error_message: "no answer within 10 seconds" });
  });

  it("that is another one hears no secret of the one before, and signs nothing for it", async () => {
    const { webhook } = await start("ok", { secret: "chosen-by-the-customer" });
    const path = `${WEBHOOKS}/${webhook.id}`;
    const other = new TestReceiver();
    const url = other.url("ok");
    const refused = await service.api("PATCH", path, { url });
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: "secret" }] } });
    expect((await service.api("PATCH", path, { url: webhook.url, enabled: true })).status).toBe(200);
    expect((await service.api("PATCH", path, { secret: "chosen-by-somebody-else" })).status).toBe(200);
    expect((await service.api("PATCH", path, { url, secret: "entered-again-by-them" })).status).toBe(200);
    await tried(webhook, await test(webhook), 1);
    const [received] = await other.received();
    expect(received?.headers["x-webhook-secret"]).toBe("entered-again-by-them");
    expect(received?.headers["webhook-signature"]?.split(" ")).toHaveLength(1);
  });

  it("finds both secrets while one replaces the other", async () => {
    const { receiver, webhook } = await start("ok", { secret: "chosen-by-the-customer" });
    const changed = await service.api<Made>("PATCH", `${WEBHOOKS}/${webhook.id}`, { secret: null });
    await tried(webhook, await test(webhook), 1);
    const [event] = await receiver.events(changed.body.secret);
    expect(event).toMatchObject({ type: "test", webhook_id: webhook.id });
    const [received] = await receiver.received();
    expect(received?.headers["webhook-signature"]?.split(" ")).toHaveLength(2);
    expect(received?.headers["x-webhook-secret"]).toBe(changed.body.secret);
  });
});

it("a receiver for which too many events wait gets no more to wait for, and its object wakes all the same", async () => {
  const { webhook } = await start("ok");
  await tried(webhook, await test(webhook), 1);
  const object = env.WEBHOOKS.getByName(webhook.id);
  await runInDurableObject(object, (_, { storage }) => {
    const later = Date.now() + 3_600_000;
    storage.sql.exec(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
       INSERT INTO packs (number, deliveries, events)
       SELECT 10 + i / 50,
         json_group_array(json_object('id', 'evt_0' || i, 'type', 'call_failed', 'status', 'pending', 'attempts', 0, 'tries', 0,
           'ordered_at', 1, 'created_at', 1, 'due_at', ?2, 'attempted_at', NULL)),
         json_group_array(json_object('id', 'evt_0' || i))
       FROM n GROUP BY i / 50`,
      WAITING_AT_MOST,
      later,
    );
  });
  await evictDurableObject(object);
  const refused = await service.api<Delivery>("POST", `${WEBHOOKS}/${webhook.id}/test`);
  expect(refused).toMatchObject({ status: 202, body: { status: "failed", attempts: 0 } });
  expect(refused.body.error_message).toMatch(/^100000 deliveries were already waiting/);
  await runInDurableObject(object, (_, { storage }) => {
    storage.sql.exec(`DELETE FROM packs WHERE number = 10`);
  });
  await evictDurableObject(object);
  await tried(webhook, await test(webhook), 1);
});

describe("the queue, which all organizations share", () => {
  const queue = () => vi.spyOn(env.WEBHOOK_QUEUE, "sendBatch");

  it("has nothing of a receiver that answers at once", async () => {
    const { webhook } = await start("ok");
    const sent = queue();
    for (let event = 1; event <= 6; event += 1) await tried(webhook, await test(webhook), 1);
    expect((await deliveries(webhook)).map(({ status }) => status)).toEqual(Array(6).fill("delivered"));
    expect(sent).not.toHaveBeenCalled();
    sent.mockRestore();
  });

  it("has what is tried again, and what it loses is sent again", async () => {
    const { webhook } = await start("fail/1");
    // What the queue takes and never hands on.
    const lost = queue().mockResolvedValue({ metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } });
    const id = await test(webhook);
    await tried(webhook, id, 1);
    await clock.advance(6_000);
    await clock.ring();
    await until(async () => (lost.mock.calls.length > 0 ? true : null));
    lost.mockRestore();
    await clock.advance(46_000);
    await clock.ring();
    expect(await tried(webhook, id, 2)).toMatchObject({ status: "delivered", attempts: 2 });
  });

  it("holds up nobody while it refuses messages because of others", async () => {
    const { webhook } = await start("ok");
    const refused = queue().mockRejectedValue(new Error("Too Many Requests"));
    const owner = { webhookId: webhook.id, organizationId: service.organization };
    const at = Date.now();
    const events = Array.from({ length: 60 }, (_, index) => ({ id: newEventId(at + index), at, about: TEST }));
    await env.WEBHOOKS.getByName(webhook.id).take(owner, events);
    await until(async () => {
      const all = await deliveries(webhook);
      return all.length === 60 && all.every(({ status }) => status === "delivered") ? true : null;
    });
    expect(refused).toHaveBeenCalled();
    refused.mockRestore();
  });
});

it("a webhook that is deleted leaves nothing behind", async () => {
  const { webhook } = await start("fail/9");
  await tried(webhook, await test(webhook), 1);
  const deleted = await service.api("DELETE", `${WEBHOOKS}/${webhook.id}`);
  expect([deleted.status, deleted.body]).toEqual([200, webhook.id]);
  await until(async () => {
    const tables = await runInDurableObject(env.WEBHOOKS.getByName(webhook.id), (_, state) =>
      state.storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'deliveries'").toArray(),
    );
    return tables.length === 0 ? true : null;
  });
});
