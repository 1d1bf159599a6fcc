/** A person's calls across batches, appended people and direct calls: all of them, newest first, and hardly a batch is asked that has none. */

import { runInDurableObject } from "cloudflare:test";
import { afterEach, expect, it } from "vitest";
import { BatchObject } from "../../src/batch/object.ts";
import type { Call, Page } from "../../src/client/client.ts";
import { type Batch, numbers, TestService } from "../support/service.ts";

let service: TestService;
afterEach(() => service.stop());

const BATCHES = "/agents/calls/batches";
const [ada = "", ben = "", cleo = ""] = numbers(3);
const listed = async (query: string) => service.api<Page<Call>>("GET", `/agents/calls?${query}`);
const idsOf = async (query: string) => (await listed(query)).body.data.map(({ id }) => id);
const encoded = encodeURIComponent(ada);

it("lists a person's calls by number and by external_id, newest first, page by page", async () => {
  service = await TestService.start({ limit: 10 });
  const created = (recipients: unknown[]) =>
    service.made<Batch>(BATCHES, { ...service.batchBody([]), recipients, target_concurrency_limit: 2 });
  const first = await created([{ to_number: ada, external_id: "crm-1" }, { to_number: ben }]);
  const second = await created([{ to_number: ben }]);
  await service.made(`${BATCHES}/${second.id}/recipients`, { recipients: [{ to_number: ada, external_id: "crm-1" }] });
  const third = await created([{ to_number: cleo, external_id: "crm-3" }]);
  for (const { id } of [first, second, third]) await service.finished(id);
  await service.api("POST", "/agents/calls", {
    agent_id: "agent_test",
    from_number_id: "ap_test",
    outbound_calls: [{ to_number: ada, external_id: "crm-1" }],
  });

  const asked: string[] = [];
  const { callsFrom } = BatchObject.prototype;
  BatchObject.prototype.callsFrom = function (this: BatchObject, ...args) {
    asked.push(args[0]);
    return Reflect.apply(callsFrom, this, args);
  };
  try {
    const calls = (await listed(`to_number=${encoded}`)).body.data;
    expect(calls).toHaveLength(3);
    expect(calls.every((call) => call.telephony_params.to === ada)).toBe(true);
    const times = calls.map(({ start_time }) => start_time);
    expect(times).toEqual([...times].sort().reverse());
    // The first batch, the second and the direct call; not the third.
    expect(asked).toHaveLength(3);

    const ids = calls.map(({ id }) => id);
    expect(await idsOf("external_id=crm-1")).toEqual(ids);
    expect(await idsOf(`to_number=${encoded}&external_id=crm-1&agent_id=agent_test`)).toEqual(ids);
    expect(await idsOf(`to_number=${encoded}&external_id=crm-3`)).toEqual([]);
    // As a program sends it that forgets that a + is a space there.
    expect(await idsOf(`to_number=${ada}`)).toEqual(ids);
    expect(await idsOf(`batch_id=${second.id}&to_number=${encoded}`)).toEqual(ids.slice(1, 2));
    const [newest = "", middle = ""] = ids;
    expect(await idsOf(`to_number=${encoded}&limit=1`)).toEqual([newest]);
    expect(await idsOf(`to_number=${encoded}&limit=1&starting_after=${newest}`)).toEqual([middle]);
    expect(await idsOf(`to_number=${encoded}&limit=1&ending_before=${middle}`)).toEqual([newest]);
    const [stranger = ""] = await idsOf("external_id=crm-3");
    expect((await listed(`to_number=${encoded}&starting_after=${stranger}`)).status).toBe(400);
  } finally {
    BatchObject.prototype.callsFrom = callsFrom;
  }
});

it("refuses a list of nobody in particular, an agent that is not there, and a number that is none", async () => {
  service = await TestService.start({ limit: 1 });
  for (const query of ["", "external_id=", "to_number=12", "to_number="]) {
    expect((await listed(query)).status, query).toBe(400);
  }
  expect((await listed(`agent_id=agent_none&to_number=${encoded}`)).status).toBe(404);
  expect((await listed(`to_number=${encoded}`)).body.data).toEqual([]);
});

it("knows a batch's people before the batch is stored", async () => {
  service = await TestService.start({ limit: 5 });
  const { create } = BatchObject.prototype;
  BatchObject.prototype.create = () => Promise.reject(new Error("the object dies before it stores anything"));
  const body = { ...service.batchBody([]), recipients: [{ to_number: ada, external_id: "crm-1" }] };
  const broken = await service.api("POST", BATCHES, body, { "Idempotency-Key": "once" });
  BatchObject.prototype.create = create;
  expect(broken.status).toBe(500);
  const rows = await runInDurableObject(service.organizationObject(), (_, { storage }) =>
    storage.sql.exec("SELECT source FROM people").toArray(),
  );
  expect(rows).toHaveLength(1);
  expect(await idsOf(`to_number=${encoded}`)).toEqual([]);
  const repeated = await service.api<Batch>("POST", BATCHES, body, { "Idempotency-Key": "once" });
  await service.finished(repeated.body.id);
  expect(await idsOf(`to_number=${encoded}`)).toHaveLength(1);
});

it("finds a person wherever a call was made, waits, or never was, page by page", async () => {
  service = await TestService.start({ limit: 10 });
  const person = { to_number: ada, external_id: "crm-1" };
  const created = (recipients: unknown[], fields = {}) =>
    service.made<Batch>(BATCHES, { ...service.batchBody([], fields), recipients });
  const over = await created([{ to_number: ben }, person], { name: "Over" });
  await service.finished(over.id);
  await created([{ to_number: ben }]);
  const direct = await service.api<{ calls: { agent_call_id: string }[] }>("POST", "/agents/calls", {
    agent_id: "agent_test",
    from_number_id: "ap_test",
    outbound_calls: [person],
  });
  const waits = await created([person], {
    name: "Waits",
    scheduled_at: new Date(Date.now() + 3_600_000).toISOString(),
  });
  type Place = { id: string; batch_name?: string; waiting_reason?: string; attempts: { agent_call_id?: string }[] };
  const found = async (query: string) => (await service.api<Page<Place>>("GET", `/agents/people?${query}`)).body;

  const { data } = await found(`to_number=${encoded}`);
  expect(data).toMatchObject([
    { batch_id: waits.id, batch_name: "Waits", status: "queued", waiting_reason: "scheduled", attempts: [] },
    { agent_id: "agent_test", attempts: [{ agent_call_id: direct.body.calls[0]?.agent_call_id }] },
    { batch_id: over.id, batch_name: "Over", status: "completed", attempts: [{ status: "completed" }] },
  ]);
  expect(data[1]).not.toHaveProperty("batch_id");
  expect((await found("external_id=crm-1")).data.map(({ id }) => id)).toEqual(data.map(({ id }) => id));
  const first = await found(`to_number=${encoded}&limit=2`);
  expect(first).toMatchObject({ has_more: true, data: [{ id: data[0]?.id }, { id: data[1]?.id }] });
  expect(await found(`to_number=${encoded}&limit=2&starting_after=${first.next_page}`)).toMatchObject({
    has_more: false,
    data: [{ id: data[2]?.id }],
  });
  expect((await found("external_id=nobody")).data).toEqual([]);
  for (const wrong of ["", "to_number=12", `to_number=${encoded}&starting_after=abcr_x`]) {
    expect((await service.api("GET", `/agents/people?${wrong}`)).status).toBe(400);
  }
});
