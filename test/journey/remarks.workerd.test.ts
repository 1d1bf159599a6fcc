/** `PATCH /agents/calls/{id}`: what an agent says of a call is kept, shown, told and found again. */

import { afterEach, beforeEach, expect, it } from "vitest";
import type { Call, Page } from "../../src/client/client.ts";
import { DrivenClock } from "../support/driven-clock.ts";
import { connectReceiver, TestReceiver } from "../support/receiver.ts";
import { type Failed, numbers, TestService, until } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

connectReceiver();

const CALLS = "/agents/calls";
const TALKS = "+15005550011";
const BUSY = "+15005550002";
const LINK = "https://recordings.example.com/1.mp3";

let service: TestService;
let clock: DrivenClock;
beforeEach(async () => {
  service = await TestService.start({ limit: 20 });
  clock = new DrivenClock(service);
});
afterEach(async () => {
  clock.stop();
  await service.stop();
});

const change = (id: string, said: unknown) => service.api<Call & Failed>("PATCH", `${CALLS}/${id}`, said);
const call = async (id: string) => (await service.api<Call>("GET", `${CALLS}/${id}`)).body;
const idsOf = async (query: string) => {
  const { status, body } = await service.api<Page<Call> & Failed>("GET", `${CALLS}?${query}`);
  expect(body, JSON.stringify(body)).toMatchObject({ data: expect.anything() });
  expect(status).toBe(200);
  return body.data.map(({ id }) => id);
};
const callIds = async (batchId: string) => {
  const { recipients } = await service.finished(batchId);
  return recipients.map(({ agent_call_id }) => agent_call_id ?? expect.fail("it was called"));
};
async function direct(to_number: string): Promise<string> {
  const { body } = await service.api<{ calls: { agent_call_id: string }[] }>("POST", CALLS, {
    agent_id: "agent_test",
    from_number_id: "ap_test",
    outbound_calls: [{ to_number }],
  });
  return body.calls[0]?.agent_call_id ?? expect.fail("it was called");
}

it("keeps what is said of a call in flight and after it, field by field, and tells webhooks of each change once", async () => {
  const receiver = new TestReceiver();
  const webhook = await service.made<{ id: string }>("/agents/webhooks", {
    url: receiver.url("ok"),
    events: ["call_updated", "call_completed"],
  });
  clock.watchWebhook(webhook.id);
  const { id: batchId } = await service.createBatch([TALKS]);
  const id = await until(async () => {
    const [one] = (await service.batch(batchId)).recipients;
    return one?.status === "started" ? (one.agent_call_id ?? null) : null;
  });

  const first = await change(id, { outcome: " Appointment ", tags: ["vip", "new", "vip"], notes: "Tuesday.\nAt ten." });
  expect(first).toMatchObject({
    status: 200,
    body: { status: "started", outcome: "Appointment", tags: ["new", "vip"] },
  });
  expect(first.body.duration_seconds).toBeUndefined();
  await service.api("POST", `${CALLS}/${id}/cancel`);
  await service.finished(batchId);
  await change(id, { recording_url: LINK, notes: null });
  const after = await change(id, { recording_url: LINK, tags: ["vip", "new"] });
  const expected = { outcome: "Appointment", tags: ["new", "vip"], recording_url: LINK };
  expect(after.body).toMatchObject({ status: "completed", ...expected });
  expect(after.body).not.toHaveProperty("notes");
  expect(after.body.duration_seconds).toBe(
    Math.round((Date.parse(after.body.end_time ?? "") - Date.parse(after.body.start_time ?? "")) / 1_000),
  );
  expect(await call(id)).toEqual(after.body);
  expect((await service.api<Page<Call>>("GET", `${CALLS}?batch_id=${batchId}`)).body.data).toEqual([after.body]);

  const told = await until(async () => {
    const { body } = await service.api<Page<{ type: string; status: string }>>(
      "GET",
      `/agents/webhooks/${webhook.id}/deliveries`,
    );
    return body.data.length === 3 && body.data.every(({ status }) => status === "delivered") ? body.data : null;
  });
  expect(told.map(({ type }) => type).sort()).toEqual(["call_completed", "call_updated", "call_updated"]);
  type Told = { type: string; call: Call };
  const bodies = (await receiver.received()).map(({ body }) => JSON.parse(body) as Told);
  expect(bodies.find(({ type }) => type === "call_completed")?.call).toMatchObject({
    outcome: "Appointment",
    notes: "Tuesday.\nAt ten.",
  });
  expect(bodies.findLast(({ type }) => type === "call_updated")?.call).toEqual(after.body);

  const { recipients } = await service.batch(batchId);
  const recipient = await service.api("GET", `/agents/calls/batches/${batchId}/recipients/${recipients[0]?.id}`);
  expect(recipient.body).toMatchObject({
    call_outcome: "Appointment",
    call_tags: ["new", "vip"],
    attempts: [{ agent_call_id: id, ...expected }],
  });
  await change(id, { outcome: null, tags: null, recording_url: null });
  for (const field of ["outcome", "tags", "recording_url"]) expect(await call(id)).not.toHaveProperty(field);
});

it("finds calls by outcome and tags in one batch, of an agent and of all", async () => {
  const [won = "", lost = "", silent = ""] = await callIds((await service.createBatch(numbers(3))).id);
  const batch = await service.createBatch([BUSY, ...numbers(2)]);
  const [busy = "", second = ""] = await callIds(batch.id);
  const alone = await direct("+14155550177");
  await until(async () => ((await call(alone)).status === "completed" ? true : null));
  await change(won, { outcome: "sale", tags: ["vip"] });
  await change(lost, { outcome: "no sale", tags: ["vip", "again"] });
  await change(silent, { notes: "sale" });
  await change(busy, { outcome: "sale", tags: ["again", "vip"] });
  await change(alone, { outcome: "sale", tags: ["vip"] });

  expect(await idsOf("outcome=sale")).toEqual([alone, busy, won]);
  expect(await idsOf("outcome=no%20sale&agent_id=agent_test")).toEqual([lost]);
  expect(await idsOf("tag=again,vip")).toEqual([busy, lost]);
  expect(await idsOf("tag=again&tag=vip&outcome=sale")).toEqual([busy]);
  expect(await idsOf(`batch_id=${batch.id}&tag=vip`)).toEqual([busy]);
  expect(await idsOf(`to_number=${encodeURIComponent(BUSY)}&outcome=sale`)).toEqual([busy]);
  expect(await idsOf("outcome=sale&limit=1")).toEqual([alone]);
  expect(await idsOf(`outcome=sale&limit=1&starting_after=${alone}`)).toEqual([busy]);
  for (const nothing of ["outcome=vip", "tag=sale", "outcome=Sale", "outcome=sale&tag=gone"]) {
    expect(await idsOf(nothing)).toEqual([]);
  }

  const listed = (query: string) =>
    service.api<Page<{ agent_call_id: string }>>("GET", `/agents/calls/batches/${batch.id}/recipients?${query}`);
  expect((await listed("call_tag=vip&call_outcome=sale")).body.data.map((one) => one.agent_call_id)).toEqual([busy]);
  expect((await listed("call_tag=vip&outcome=completed")).body.data).toEqual([]);
  const csv = await fetchWorker(
    new Request(`https://${service.host}/agents/calls/batches/${batch.id}/recipients.csv?call_tag=vip&bom=false`, {
      headers: { "x-api-key": service.key, "cartesia-version": "2026-03-01" },
    }),
  );
  const [head = "", row = "", ...rest] = (await csv.text()).trim().split("\r\n");
  expect(rest).toEqual([]);
  const at = (name: string) => row.split(",")[head.split(",").indexOf(name)];
  expect([at("call_outcome"), at("agent_call_id")]).toEqual(["sale", busy]);
  expect(row).toContain('"again, vip"');

  await change(busy, { outcome: "no sale", tags: [] });
  expect(await idsOf("outcome=sale")).toEqual([alone, won]);
  expect(await idsOf("tag=again")).toEqual([lost]);
  expect(second).not.toBe(busy);
});

it("refuses what it cannot keep, and changes nothing", async () => {
  const [id = ""] = await callIds((await service.createBatch(numbers(1))).id);
  await change(id, { outcome: "sale" });
  for (const [body, path] of [
    [{ recording_url: "http://recordings.example.com/1.mp3" }, "recording_url"],
    [{ transcript_url: "https://user:secret@example.com/" }, "transcript_url"],
    [{ recording_url: "javascript:alert(1)" }, "recording_url"],
    [{ outcome: "" }, "outcome"],
    [{ outcome: "x".repeat(65) }, "outcome"],
    [{ notes: "x".repeat(2_001) }, "notes"],
    [{ tags: ["a,b"] }, "tags[0]"],
    [{ tags: Array.from({ length: 21 }, (_, index) => `t${index}`) }, "tags"],
    [{ tags: "vip" }, "tags"],
  ] as const) {
    const refused = await change(id, { notes: "kept?", ...body });
    expect(refused, JSON.stringify(body)).toMatchObject({ status: 400, body: { issues: [{ path }] } });
  }
  expect(await call(id)).toMatchObject({ outcome: "sale" });
  expect(await call(id)).not.toHaveProperty("notes");
  for (const unknown of ["ac_9GMZNjbCy2jfNrwYRjLdW8", "ac_x"]) {
    expect(await change(unknown, { notes: "x" })).toMatchObject({ status: 404, body: { error_code: "not_found" } });
  }
});
