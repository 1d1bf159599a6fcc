/** Agents, from creation to deletion. Contract: "Ours: agents and operators". */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Batch, type Failed, numbers, TestService, until } from "../support/service.ts";

type Agent = {
  id: string;
  name: string;
  connection: { type: string; url: string };
  created_at: string;
  updated_at: string;
};

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(async () => {
  await service.stop();
});

const TALKING = "+15005550011";
const connection = { type: "websocket", url: "wss://agent.example.com/audio" };
const make = (fields: Record<string, unknown> = {}) =>
  service.made<Agent>("/agents", { name: "Ada", connection, ...fields });
const get = (id: string) => service.api<Agent>("GET", `/agents/${id}`);
const change = (id: string, fields: unknown) => service.api<Agent & Failed>("PATCH", `/agents/${id}`, fields);
const remove = (id: string) => service.api<Failed | null>("DELETE", `/agents/${id}`);
const GONE = { status: 404, body: { error_code: "not_found", message: "there is no such agent" } };
const IN_USE = { status: 409, body: { error_code: "in_use" } };
const pause = () => new Promise((resolve) => setTimeout(resolve, 2));

describe("creating an agent", () => {
  it("answers with the agent and an id of its own, and Get answers the same", async () => {
    const agent = await make();
    expect(agent).toEqual({
      id: expect.stringMatching(/^agent_[1-9A-HJ-NP-Za-km-z]{22}$/),
      name: "Ada",
      connection,
      webhook_id: null,
      created_at: expect.stringMatching(/^\d{4}-.*Z$/),
      updated_at: agent.created_at,
    });
    expect(await get(agent.id)).toMatchObject({ status: 200, body: agent });
  });

  it.each(["agent_a", "agent_Ada-7_x", `agent_${"x".repeat(64)}`])("takes a chosen id: %s", async (id) => {
    expect((await make({ id })).id).toBe(id);
    expect((await get(id)).status).toBe(200);
  });

  it("makes an id where null is sent for it", async () => {
    expect((await make({ id: null })).id).toMatch(/^agent_\w{22}$/);
  });

  it.each(["agent_", "ada", "Agent_a", "agent_a b", "agent_é", `agent_${"x".repeat(65)}`, "", 7])(
    "refuses the id %j",
    async (id) => {
      const refused = await service.api<Failed>("POST", "/agents", { id, name: "Ada", connection });
      expect({ status: refused.status, path: refused.body.issues?.[0]?.path }).toEqual({ status: 400, path: "id" });
    },
  );

  it("refuses an id that is taken, and leaves the first what it was", async () => {
    const first = await make({ id: "agent_taken", name: "First" });
    const second = await service.api<Failed>("POST", "/agents", { id: "agent_taken", name: "Second", connection });
    expect(second).toMatchObject({ status: 409, body: { error_code: "already_exists" } });
    expect((await get("agent_taken")).body).toEqual(first);
  });

  it("of one id twice at the same time makes one", async () => {
    const body = (name: string) => ({ id: "agent_race", name, connection });
    const answers = await Promise.all(["a", "b", "c"].map((name) => service.api("POST", "/agents", body(name))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it("counts a name in characters as people do: 256 of any kind", async () => {
    expect((await make({ name: "🦜".repeat(256) })).name).toBe("🦜".repeat(256));
    const refused = await service.api<Failed>("POST", "/agents", { name: "🦜".repeat(257), connection });
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: "name" }] } });
  });

  it.each(["wss://a.example.com", "wss://8.8.8.8:5061/x"])("takes the url %s", async (url) => {
    expect((await make({ connection: { type: "websocket", url } })).connection).toEqual({ type: "websocket", url });
  });

  it.each([
    "agent.example.com",
    "wss://",
    "ws://a.example.com",
    "wss://localhost:8080/x",
    "wss://[::1]:9/audio",
    "wss://10.0.0.1/audio",
    "ftp://a.example.com",
    "wss://user@a.example.com",
    "wss://a.example.com/?key=1",
    "wss://a.example.com/#x",
    `wss://a.example.com/${"x".repeat(2_048)}`,
  ])("refuses the url %s", async (url) => {
    const body = { name: "Ada", connection: { type: "websocket", url } };
    const refused = await service.api<Failed>("POST", "/agents", body);
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: "connection.url" }] } });
  });
});

describe("changing an agent", () => {
  const moved = { type: "websocket", url: "wss://elsewhere.example.com/" };
  it.each([
    ["its name", { name: "Grace" }, { name: "Grace", connection }],
    ["its connection", { connection: moved }, { name: "Ada", connection: moved }],
    ["both", { name: "Grace", connection: moved }, { name: "Grace", connection: moved }],
    ["nothing", {}, { name: "Ada", connection }],
    ["nothing that it has", { id: "agent_other", created_at: "2000-01-01T00:00:00Z" }, { name: "Ada", connection }],
  ])("%s changes that alone", async (_, fields, expected) => {
    const before = await make();
    await pause();
    const changed = await change(before.id, fields);
    expect(changed.status).toBe(200);
    expect(changed.body).toEqual({ ...before, ...expected, updated_at: changed.body.updated_at });
    expect(changed.body.updated_at > before.updated_at).toBe(true);
    expect((await get(before.id)).body).toEqual(changed.body);
  });

  it("to what it cannot be is refused and changes nothing", async () => {
    const before = await make();
    for (const fields of [{ name: "" }, { connection: { type: "websocket", url: "https://x.example.com" } }]) {
      expect((await change(before.id, { ...before, ...fields })).status).toBe(400);
    }
    expect((await get(before.id)).body).toEqual(before);
  });
});

describe("an agent whose batch's carrier connects WebSockets alone", () => {
  const livekit = { type: "livekit", agent_name: "ada" };
  const retry = (id: string) => service.api<Batch & Failed>("POST", `/agents/calls/batches/${id}/retry`);
  const failedOnce = async (agent_id: string): Promise<Batch> => {
    const { id } = await service.createBatch(["+15005550002"], { agent_id });
    const over = await service.finished(id);
    expect(over.recipients[0]?.status).toBe("failed");
    return over;
  };

  it("is not made one of another kind while the batch runs; its address can be changed", async () => {
    const { id } = await make();
    const scheduled_at = new Date(Date.now() + 3_600_000).toISOString();
    await service.createBatch(numbers(1), { agent_id: id, scheduled_at });
    expect(await change(id, { connection: livekit })).toMatchObject(IN_USE);
    expect((await get(id)).body.connection).toEqual(connection);
    const moved = { type: "websocket", url: "wss://other.example.com/audio" };
    expect(await change(id, { connection: moved })).toMatchObject({ status: 200, body: { connection: moved } });
  });

  it("is not dialed for by a retry once it is of another kind or gone, and the batch stays over", async () => {
    const { id } = await make();
    const over = await failedOnce(id);
    await until(async () => ((await change(id, { connection: livekit })).status === 200 ? true : null));
    const refused = await retry(over.id);
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: "agent_id" }] } });
    expect((await remove(id)).status).toBe(204);
    expect(await retry(over.id)).toMatchObject(GONE);
    expect(await service.batch(over.id)).toEqual(over);

    await make({ id });
    expect(await retry(over.id)).toMatchObject({ status: 200, body: { retry_count: 1 } });
    await service.finished(over.id);
  });
});

describe("deleting an agent", () => {
  it("leaves nothing of it, and its id is free again", async () => {
    const { id } = await make();
    const deleted = await remove(id);
    expect([deleted.status, deleted.body]).toEqual([204, null]);
    expect(await get(id)).toMatchObject(GONE);
    expect(await change(id, { name: "x" })).toMatchObject(GONE);
    expect(await remove(id)).toMatchObject(GONE);
    const batch = await service.api("POST", "/agents/calls/batches", service.batchBody(numbers(1), { agent_id: id }));
    expect(batch).toMatchObject(GONE);
    expect((await make({ id })).id).toBe(id);
  });

  it("is refused while a batch that uses it is scheduled, and allowed once that is cancelled", async () => {
    const { id } = await make();
    const scheduled_at = new Date(Date.now() + 3_600_000).toISOString();
    const batch = await service.createBatch(numbers(1), { agent_id: id, scheduled_at });
    expect(await remove(id)).toMatchObject(IN_USE);
    expect((await get(id)).status).toBe(200);
    await service.api("POST", `/agents/calls/batches/${batch.id}/cancel`);
    expect((await remove(id)).status).toBe(204);
  });

  it("is refused while a call of its batch is in flight, and allowed after its end", async () => {
    const { id } = await make();
    const batch = await service.createBatch([TALKING], { agent_id: id });
    await until(async () => ((await service.batch(batch.id)).recipients[0]?.status === "started" ? true : null));
    expect(await remove(id)).toMatchObject(IN_USE);
    const call = (await service.carrier.calls()).find(({ to }) => to === TALKING);
    await service.carrier.control("POST", `calls/${call?.sid}/end`);
    const finished = await service.finished(batch.id);
    await until(async () => ((await remove(id)).status === 204 ? true : null));
    expect(await service.batch(batch.id)).toEqual(finished);
    const listed = await service.api<{ data: Batch[] }>("GET", `/agents/calls/batches?agent_id=${id}`);
    expect(listed.body.data.map((one) => one.id)).toEqual([batch.id]);
  });

  it("is refused while a phone number names it", async () => {
    const { id } = await make();
    await service.api("PATCH", "/agents/phone-numbers/ap_test", { agent_id: id });
    expect(await remove(id)).toMatchObject(IN_USE);
    await service.api("PATCH", "/agents/phone-numbers/ap_test", { agent_id: null });
    expect((await remove(id)).status).toBe(204);
  });
});
