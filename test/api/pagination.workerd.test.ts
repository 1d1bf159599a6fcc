/** Every list, newest first, in both directions. Contract: "Conventions", pagination. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Batch, type Failed, numbers, TestService } from "../support/service.ts";
import { callsOf, Lists } from "./lists.ts";

const CONNECTION = { type: "websocket", url: "wss://agent.example.com/audio" };
const PROVIDERS = "/agents/phone-numbers/providers";
let service: TestService;
let lists: Lists;
/** In the order of creation; of two agents in turn, each finished before the next began. */
const batches: Batch[] = [];

beforeAll(async () => {
  service = await TestService.start();
  lists = new Lists(service);
  for (let n = 1; n <= 11; n += 1) {
    await service.made("/agents", { id: `agent_${n}`, name: `Agent ${n}`, connection: CONNECTION });
  }
  for (let n = 1; n <= 4; n += 1) {
    await service.made(PROVIDERS, {
      id: `app_${n}`,
      type: "twilio",
      label: `Account ${n}`,
      account_sid: `AC${"0".repeat(31)}${n}`,
      api_key_sid: `SK${"0".repeat(31)}${n}`,
      api_key_secret: "secret",
    });
    const number = { id: `ap_${n}`, label: `Line ${n}`, number: `+1415555020${n}`, provider: { id: `app_${n}` } };
    await service.made("/agents/phone-numbers", number);
    await service.admin("POST", `/${service.organization}/api-keys`, { label: `key ${n}` });
  }
  for (let n = 0; n < 6; n += 1) {
    const { id } = await service.createBatch(numbers(3), { agent_id: n % 2 === 0 ? "agent_1" : "agent_2" });
    batches.push(await service.finished(id));
  }
});
afterAll(async () => {
  await service.stop();
});

const batchIds = (agent?: string): string[] =>
  batches
    .filter((_, index) => agent === undefined || agent === `agent_${(index % 2) + 1}`)
    .map(({ id }) => id)
    .reverse();
const callsOfAgent = (agent: string): string[] =>
  batchIds(agent).flatMap((id) => callsOf(batches.find((batch) => batch.id === id)));

/** Each list and what it holds, newest first; null where the ids are known to the service alone. */
const LISTS: readonly [name: string, path: () => string, holds: () => string[] | null, count: number][] = [
  ["batches", () => "/agents/calls/batches", () => batchIds(), 6],
  ["batches of an agent", () => "/agents/calls/batches?agent_id=agent_2", () => batchIds("agent_2"), 3],
  ["calls of a batch", () => `/agents/calls?batch_id=${batches[2]?.id}`, () => callsOf(batches[2]), 3],
  ["calls of an agent", () => "/agents/calls?agent_id=agent_1", () => callsOfAgent("agent_1"), 9],
  ["agents", () => "/agents", () => [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, "test"].map((name) => `agent_${name}`), 12],
  ["phone numbers", () => "/agents/phone-numbers", () => ["ap_4", "ap_3", "ap_2", "ap_1", "ap_test"], 5],
  ["API keys", () => `/admin/organizations/${service.organization}/api-keys`, () => null, 5],
];

describe.each(LISTS)("the list of %s", (_, path, holds, count) => {
  it("is whole on one page of 100, newest first", async () => {
    const [all = [], ...rest] = await lists.walk(path(), 100, "starting_after");
    expect(rest).toEqual([]);
    expect(new Set(all).size).toBe(count);
    expect(all).toEqual(holds() ?? all);
  });

  it.each([1, 2, 3])("is the same in pages of %i, both ways", async (limit) => {
    const [all = []] = await lists.walk(path(), 100, "starting_after");
    const older = await lists.walk(path(), limit, "starting_after");
    expect(older.flat()).toEqual(all);
    expect(older.map((page) => page.length)).toEqual([
      ...Array(Math.ceil(count / limit) - 1).fill(limit),
      count % limit || limit,
    ]);
    const newer = await lists.walk(path(), limit, "ending_before", all.at(-1));
    expect(newer.reverse().flat()).toEqual(all.slice(0, -1));
  });

  it("ends at its ends", async () => {
    const [all = []] = await lists.walk(path(), 100, "starting_after");
    const end = { status: 200, body: { data: [], has_more: false, next_page: null } };
    expect(await lists.get(path(), { starting_after: all.at(-1) ?? "" })).toMatchObject(end);
    expect(await lists.get(path(), { ending_before: all[0] ?? "" })).toMatchObject(end);
  });

  it.each(["starting_after", "ending_before"])("refuses %s that names nothing in it", async (parameter) => {
    for (const cursor of ["nonsense", "acb_1111111111111111111111", "ac_1111111111111111111111"]) {
      const { status, body } = await lists.get<Failed>(path(), { [parameter]: cursor });
      expect({ status, code: body.error_code }).toEqual({ status: 400, code: "validation_failed" });
      expect(body.issues).toEqual([{ path: parameter, message: "must be the id of an item in this list" }]);
    }
  });
});

describe("the limit", () => {
  it("is 10 where none is given", async () => {
    const { body } = await lists.get("/agents", {});
    expect(body.data).toHaveLength(10);
    expect(body).toMatchObject({ has_more: true, next_page: "agent_2" });
  });

  it.each(["1.5", "+5", " 5", "1e1", "0x5", "10001", "-0", "NaN"])("refuses %j", async (limit) => {
    const { status, body } = await lists.get<Failed>("/agents", { limit });
    expect({ status, issues: body.issues }).toEqual({
      status: 400,
      issues: [{ path: "limit", message: "must be an integer from 1 to 100" }],
    });
  });
});

describe.each(LISTS)("the query of the list of %s", (_, path) => {
  it("reads a parameter without a value as absent: official clients send null so", async () => {
    const plain = await lists.get(path());
    const empty = await lists.get(path(), { limit: "", starting_after: "", ending_before: "" });
    expect({ status: empty.status, body: empty.body }).toEqual({ status: 200, body: plain.body });
  });

  it("refuses a parameter that it does not have", async () => {
    const { status, body } = await lists.get<Failed>(path(), { page: "2" });
    expect({ status, path: body.issues?.[0]?.path }).toEqual({ status: 400, path: "page" });
    expect(body.issues?.[0]?.message).toMatch(/^is not a parameter of this request; it takes limit, /);
  });

  it("refuses a parameter that is given twice", async () => {
    const separator = path().includes("?") ? "&" : "?";
    const { status, body } = await lists.get<Failed>(`${path()}${separator}limit=1&limit=2`);
    expect({ status, issues: body.issues }).toEqual({
      status: 400,
      issues: [{ path: "limit", message: "is given more than once" }],
    });
  });
});

/** Real ids, of things that stand in other lists. */
const NEXT_DOOR: readonly [name: string, path: () => string, cursor: () => string | undefined][] = [
  ["batches of an agent: another agent's", () => "/agents/calls/batches?agent_id=agent_2", () => batches[0]?.id],
  ["calls of an agent: another agent's", () => "/agents/calls?agent_id=agent_2", () => callsOf(batches[0])[0]],
  ["calls of a batch: another's", () => `/agents/calls?batch_id=${batches[2]?.id}`, () => callsOf(batches[0])[0]],
  ["agents: a provider", () => "/agents", () => "app_test"],
];

describe("a cursor from next door is refused in the list of", () => {
  it.each(NEXT_DOOR)("%s", async (_, path, cursor) => {
    for (const parameter of ["starting_after", "ending_before"]) {
      const { status, body } = await lists.get<Failed>(path(), { [parameter]: cursor() ?? "" });
      expect({ status, path: body.issues?.[0]?.path }).toEqual({ status: 400, path: parameter });
    }
  });
});

it("what is added meanwhile does not shift the pages", async () => {
  const before = (await lists.walk("/agents", 100, "starting_after")).flat();
  const first = (await lists.get("/agents", { limit: "4" })).body;
  await service.made("/agents", { id: "agent_added", name: "Added", connection: CONNECTION });
  const rest = await lists.walk("/agents", 4, "starting_after", first.next_page ?? "");
  expect([...first.data.map(({ id }) => id), ...rest.flat()]).toEqual(before);
});
