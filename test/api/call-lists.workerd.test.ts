/** Which calls a list holds, and in which order: by batch, by agent over many batches, and by time. */

import { runInDurableObject } from "cloudflare:test";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { present } from "../../src/calling/requests/assert.ts";
import { callId, routeOfBatch } from "../../src/calling/secrets/ids.ts";
import { type Batch, numbers, TestService } from "../support/service.ts";
import { callsOf, instantOfItsOwn, Lists } from "./lists.ts";

const CALLS = "/agents/calls";
const NOTHING = { status: 200, body: { data: [], has_more: false, next_page: null } };
let service: TestService;
let lists: Lists;
/** Of `agent_test`; each finished before the next began. */
let first: Batch;
let second: Batch;
let third: Batch;
/** An instant between the second and the third. */
let between: string;

const makeAgent = (id: string) =>
  service.made("/agents", { id, name: id, connection: { type: "websocket", url: "wss://agent.example.com/audio" } });
const finishedBatch = async (fields: Record<string, unknown> = {}): Promise<Batch> =>
  service.finished((await service.createBatch(numbers(3), fields)).id);
const ids = async (path: string, query: Record<string, string> = {}): Promise<string[]> =>
  (await lists.get(path, { limit: "100", ...query })).body.data.map(({ id }) => id);

beforeAll(async () => {
  service = await TestService.start();
  lists = new Lists(service);
  await makeAgent("agent_other");
  await makeAgent("agent_idle");
  first = await finishedBatch();
  second = await finishedBatch();
  await finishedBatch({ agent_id: "agent_other" });
  between = await instantOfItsOwn();
  third = await finishedBatch();
});
afterAll(async () => {
  await service.stop();
});

describe("by agent", () => {
  it("the calls of all its batches, the newest batch's first, and nobody else's", async () => {
    const expected = [...callsOf(third), ...callsOf(second), ...callsOf(first)];
    expect(await ids(CALLS, { agent_id: "agent_test" })).toEqual(expected);
  });

  it("none of an agent that was never used", async () => {
    expect(await lists.get(CALLS, { agent_id: "agent_idle" })).toMatchObject(NOTHING);
  });

  it("no batches where none is the agent's, or where there is no such agent", async () => {
    expect(await lists.get("/agents/calls/batches", { agent_id: "agent_idle" })).toMatchObject(NOTHING);
    expect(await lists.get("/agents/calls/batches", { agent_id: "agent_no" })).toMatchObject(NOTHING);
  });

  it("and batch at once: the batch's calls, and 400 where it is another agent's", async () => {
    const query = { batch_id: second.id };
    expect(await ids(CALLS, { ...query, agent_id: "agent_test" })).toEqual(callsOf(second));
    expect(await lists.get(CALLS, { ...query, agent_id: "agent_other" })).toMatchObject({
      status: 400,
      body: { issues: [{ path: "agent_id", message: "must be the batch's agent, if batch_id is given" }] },
    });
  });
});

describe("by time", () => {
  const ofAgent = `${CALLS}?agent_id=agent_test`;

  it("what lies after an instant or before it, in whichever zone it is written", async () => {
    const elsewhere = `${new Date(Date.parse(between) + 7_200_000).toISOString().slice(0, -1)}+02:00`;
    for (const at of [between, elsewhere]) {
      expect(await ids(ofAgent, { start_time_gte: at })).toEqual(callsOf(third));
      expect(await ids(ofAgent, { start_time_lte: at })).toEqual([...callsOf(second), ...callsOf(first)]);
    }
  });

  it("what lies between two instants", async () => {
    const window = { start_time_gte: second.created_at, start_time_lte: between };
    expect(await ids(ofAgent, window)).toEqual(callsOf(second));
    const backwards = { start_time_gte: between, start_time_lte: second.created_at };
    expect(await lists.get(ofAgent, backwards)).toMatchObject({
      status: 400,
      body: { issues: [{ path: "start_time_lte", message: "must not be before start_time_gte" }] },
    });
  });

  it("the calls of one batch", async () => {
    const ofBatch = `${CALLS}?batch_id=${first.id}`;
    expect(await ids(ofBatch, { start_time_gte: between })).toEqual([]);
    expect(await ids(ofBatch, { start_time_lte: between })).toEqual(callsOf(first));
  });

  it("on every page, both ways", async () => {
    const earlier = [...callsOf(second), ...callsOf(first)];
    const path = `${ofAgent}&start_time_lte=${between}`;
    expect((await lists.walk(path, 2, "starting_after")).flat()).toEqual(earlier);
    const newer = await lists.walk(path, 2, "ending_before", earlier.at(-1));
    expect(newer.reverse().flat()).toEqual(earlier.slice(0, -1));
  });
});

describe("batches that ran at the same time", () => {
  type Made = { id: string; batch: string; at: number };
  const agent = "agent_busy";
  /** Every call, newest first, by what the batches have stored. */
  let expected: Made[];

  async function storedCalls(batch: string): Promise<Made[]> {
    const route = present(routeOfBatch(batch, "org_test"), "a batch's id");
    const rows = await runInDurableObject(service.batchObject(batch), (_, { storage }) =>
      storage.sql.exec<{ number: number; created_at: number }>("SELECT number, created_at FROM attempts").toArray(),
    );
    return rows.map(({ number, created_at }) => ({ id: callId(route, number), batch, at: created_at }));
  }

  beforeAll(async () => {
    await makeAgent(agent);
    const fields = { agent_id: agent, target_concurrency_limit: 2 };
    const running = await Promise.all(Array.from({ length: 8 }, () => service.createBatch(numbers(5), fields)));
    await Promise.all(running.map(({ id }) => service.finished(id)));
    const stored = await Promise.all(running.map(({ id }) => storedCalls(id)));
    expected = stored.flat().sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  });

  it("took turns", () => {
    expect(expected).toHaveLength(40);
    const turns = expected.filter((call, index) => index > 0 && call.batch !== expected[index - 1]?.batch);
    expect(turns.length).toBeGreaterThan(7);
  });

  it.each([3, 17, 100])("are one list in the order of creation, in pages of %i", async (limit) => {
    const pages = await lists.walk(`${CALLS}?agent_id=${agent}`, limit, "starting_after");
    expect(pages.flat()).toEqual(expected.map(({ id }) => id));
  });

  it.each([3, 17, 100])("are the same list going newer, in pages of %i", async (limit) => {
    const pages = await lists.walk(`${CALLS}?agent_id=${agent}`, limit, "ending_before", expected.at(-1)?.id);
    expect(pages.reverse().flat()).toEqual(expected.slice(0, -1).map(({ id }) => id));
  });
});
