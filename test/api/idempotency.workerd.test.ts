/** `Idempotency-Key`: a create that is sent again, for whatever reason, dials nobody twice. */

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Answer, type Batch, type Failed, numbers, TestService } from "../support/service.ts";

let service: TestService;
beforeEach(async () => {
  service = await TestService.start();
});
afterEach(async () => {
  vi.useRealTimers();
  await service.stop();
});

const HOUR = 3_600_000;
const KEY = "create-1";

const create = <T = Batch>(key: string | null, body: unknown, by: TestService = service): Promise<Answer<T>> =>
  by.api<T>("POST", "/agents/calls/batches", body, key === null ? {} : { "idempotency-key": key });

const listedIds = async (by: TestService = service): Promise<string[]> =>
  (await by.api<{ data: Batch[] }>("GET", "/agents/calls/batches?limit=100")).body.data.map(({ id }) => id);

const dialed = async (by: TestService = service): Promise<string[]> =>
  (await by.carrier.calls()).map(({ to }) => to).sort();

/** As Cartesia's official clients send it: no key, and a count of the attempts. */
const attempt = (count: number, body: unknown): Promise<Answer<Batch>> =>
  service.api<Batch>("POST", "/agents/calls/batches", body, { "x-stainless-retry-count": String(count) });

describe("a client that sends no key and counts its attempts", () => {
  it("meets the first batch with a repeat, and makes another with a first attempt", async () => {
    const body = service.batchBody(numbers(2));
    const first = (await attempt(0, body)).body.id;
    expect((await attempt(1, body)).body.id).toBe(first);
    expect((await attempt(2, body)).body.id).toBe(first);
    await service.finished(first);
    expect(await dialed()).toEqual(numbers(2));
    const meant = (await attempt(0, body)).body.id;
    expect(meant).not.toBe(first);
    expect((await attempt(1, body)).body.id).toBe(meant);
    expect((await attempt(1, { ...body, name: "Another body" })).body.id).not.toBe(meant);
  });

  it("whose first attempt never arrived makes one batch with its repeats", async () => {
    const body = service.batchBody(numbers(1));
    const { id } = (await attempt(1, body)).body;
    expect((await attempt(2, body)).body.id).toBe(id);
    expect(await listedIds()).toEqual([id]);
  });

  it("that repeats a quarter of an hour later means it anew", async () => {
    const body = service.batchBody(numbers(1));
    const { id } = (await attempt(0, body)).body;
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + HOUR / 4 });
    expect((await attempt(1, body)).body.id).not.toBe(id);
  });

  it("meets its direct calls, too", async () => {
    const body = { agent_id: "agent_test", from_number_id: "ap_test", outbound_calls: [{ to_number: "+14155550100" }] };
    const send = (count: number) =>
      service.api<{ calls: unknown[] }>("POST", "/agents/calls", body, { "x-stainless-retry-count": String(count) });
    const first = await send(0);
    expect((await send(1)).body).toEqual(first.body);
    expect(await dialed()).toEqual(["+14155550100"]);
  });
});

describe("the same key and the same body", () => {
  it("answer with the first batch and place one set of calls", async () => {
    const body = service.batchBody(numbers(3));
    const first = await create(KEY, body);
    const second = await create(KEY, body);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.id).toBe(first.body.id);
    expect(second.body.created_at).toBe(first.body.created_at);
    expect(second.body).not.toHaveProperty("recipients");

    const finished = await service.finished(first.body.id);
    expect(finished.total_calls_scheduled).toBe(3);
    expect(await dialed()).toEqual(numbers(3));
    expect(await listedIds()).toEqual([first.body.id]);

    const late = await create(KEY, body);
    expect(late).toMatchObject({ status: 201, body: { id: first.body.id, status: "completed" } });
    expect(await dialed()).toEqual(numbers(3));
  });

  it("answer with the first batch also when its scheduled time has come meanwhile", async () => {
    const at = Date.now() + 60_000;
    const body = service.batchBody(numbers(1), { scheduled_at: new Date(at).toISOString() });
    const first = await create(KEY, body);
    vi.useFakeTimers({ toFake: ["Date"], now: at + 1 });
    expect(await create(KEY, body)).toMatchObject({ status: 201, body: { id: first.body.id } });
    expect(await create<Failed>(null, body)).toMatchObject({
      status: 400,
      body: { issues: [{ path: "scheduled_at", message: "must be in the future" }] },
    });
  });

  it("sent at the same time make one batch", async () => {
    const body = service.batchBody(numbers(3));
    const answers = await Promise.all(Array.from({ length: 8 }, () => create(KEY, body)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    const ids = new Set(answers.map((answer) => answer.body.id));
    expect(ids.size).toBe(1);
    const [id = ""] = ids;
    await service.finished(id);
    expect(await dialed()).toEqual(numbers(3));
    expect(await listedIds()).toEqual([id]);
  });

  it("answer with what the batch has become, and start nothing that was cancelled", async () => {
    const body = service.batchBody(numbers(2), { scheduled_at: new Date(Date.now() + HOUR).toISOString() });
    const { id } = (await create(KEY, body)).body;
    await service.api("POST", `/agents/calls/batches/${id}/cancel`);
    expect(await create(KEY, body)).toMatchObject({ status: 201, body: { id, status: "cancelled" } });
    expect(await dialed()).toEqual([]);
  });

  it("count once against the organization's usage limit", async () => {
    await service.admin("PATCH", `/${service.organization}`, { agents_usage_limit: 3 });
    const body = service.batchBody(numbers(3));
    const first = await create(KEY, body);
    expect(await create(KEY, body)).toMatchObject({ status: 201, body: { id: first.body.id } });
    expect(await service.admin("GET", `/${service.organization}`)).toMatchObject({ agents_usage: 3 });
    expect(await create<Failed>("create-2", body)).toMatchObject({
      status: 402,
      body: { error_code: "usage_limit_reached" },
    });
  });

  it("make another batch a day later, and not before", async () => {
    const body = service.batchBody(numbers(1));
    const started = Date.now();
    const first = await create(KEY, body);
    await service.finished(first.body.id);
    vi.useFakeTimers({ toFake: ["Date"], now: started + 24 * HOUR - 60_000 });
    expect((await create(KEY, body)).body.id).toBe(first.body.id);
    vi.useFakeTimers({ toFake: ["Date"], now: started + 24 * HOUR + 60_000 });
    const second = await create(KEY, body);
    expect(second.status).toBe(201);
    expect(second.body.id).not.toBe(first.body.id);
    expect(await listedIds()).toEqual([second.body.id, first.body.id]);
  });
});

describe("the same key and another body", () => {
  it.each([
    ["another recipient", { recipients: [{ to_number: "+14155550199" }] }],
    ["another name", { name: "Another" }],
    ["metadata", { recipients: [{ to_number: "+14155560000", metadata: { n: 1 } }] }],
  ])("%s: 409, and nothing is stored", async (_, change) => {
    const first = await create(KEY, service.batchBody(numbers(1)));
    const refused = await create<Failed>(KEY, service.batchBody(numbers(1), change));
    expect(refused).toMatchObject({
      status: 409,
      body: { error_code: "idempotency_key_reused", message: expect.stringContaining("Idempotency-Key") },
    });
    await service.finished(first.body.id);
    expect(await listedIds()).toEqual([first.body.id]);
    expect(await dialed()).toEqual(numbers(1));
  });

  it("at the same time: one of them is the key's, every other is 409", async () => {
    const bodies = Array.from({ length: 6 }, (_, index) => service.batchBody(numbers(1), { name: `Batch ${index}` }));
    const answers = await Promise.all(bodies.map((body) => create(KEY, body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    expect(await listedIds()).toHaveLength(1);
  });
});

describe("a key means nothing", () => {
  it("to another organization", async () => {
    const other = await TestService.start();
    const body = service.batchBody(numbers(1));
    const first = await create(KEY, body);
    const theirs = await create(KEY, body, other);
    const theirSecond = await create<Failed>(KEY, service.batchBody(numbers(2)), other);
    expect([first.status, theirs.status, theirSecond.status]).toEqual([201, 201, 409]);
    expect(theirs.body.id).not.toBe(first.body.id);
    await Promise.all([service.finished(first.body.id), other.finished(theirs.body.id)]);
    expect(await listedIds()).toEqual([first.body.id]);
    expect(await listedIds(other)).toEqual([theirs.body.id]);
    expect(await dialed(other)).toEqual(numbers(1));
    await other.stop();
  });

  it("to another key, even one that differs in case alone", async () => {
    const body = service.batchBody(numbers(1));
    const keys = [KEY, "Create-1", "k".repeat(255)];
    const answers = await Promise.all(keys.map((key) => create(key, body)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(3);
  });

  it("when its request was refused: the same request works once its cause is gone", async () => {
    const body = service.batchBody(numbers(1), { agent_id: "agent_later" });
    expect(await create<Failed>(KEY, body)).toMatchObject({ status: 404, body: { error_code: "not_found" } });
    await service.made("/agents", {
      id: "agent_later",
      name: "Later",
      connection: { type: "websocket", url: "wss://agent.example.com/audio" },
    });
    expect(await create(KEY, body)).toMatchObject({ status: 201, body: { agent_id: "agent_later" } });
  });
});

it("without a key the same body twice is two batches", async () => {
  const body = service.batchBody(numbers(2));
  const first = await create(null, body);
  const second = await create(null, body);
  expect(second.body.id).not.toBe(first.body.id);
  await Promise.all([service.finished(first.body.id), service.finished(second.body.id)]);
  expect(await dialed()).toEqual([...numbers(2), ...numbers(2)].sort());
  expect(await listedIds()).toEqual([second.body.id, first.body.id]);
});
