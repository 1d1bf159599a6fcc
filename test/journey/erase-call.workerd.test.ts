/** `DELETE /agents/calls/{id}`: nothing personal of the call is left, wherever it was. */

import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { DrivenClock } from "../support/driven-clock.ts";
import { connectReceiver, TestReceiver } from "../support/receiver.ts";
import { type Failed, TestService, until } from "../support/service.ts";
import { rowsOf } from "../support/stored-rows.ts";
import { fetchWorker } from "../support/worker.ts";

connectReceiver();

const TALKS = "+15005550011";
const BUSY = "+15005550002";
const CALLS = "/agents/calls";
const PERSONAL = /5005550002|\bAda\b|crm-7|CA[0-9a-f]{32}/;

type Call = { readonly id: string; readonly status: string; readonly redacted_at?: string };

let service: TestService;
let clock: DrivenClock;
beforeEach(async () => {
  service = await TestService.start({ limit: 5 });
  clock = new DrivenClock(service);
});
afterEach(async () => {
  clock.stop();
  await service.stop();
});

const callsOf = async (batchId: string): Promise<Call[]> =>
  (await service.api<{ data: Call[] }>("GET", `${CALLS}?batch_id=${batchId}`)).body.data;
const erase = (id: string) => service.api<Call & Failed>("DELETE", `${CALLS}/${id}`);

it("erases all calls of the recipient, in the batch and at every webhook, and answers the same again", async () => {
  const receiver = new TestReceiver();
  const webhook = await service.made<{ id: string }>("/agents/webhooks", { url: receiver.url("ok") });
  clock.watchWebhook(webhook.id);
  const person = { to_number: BUSY, external_id: "crm-7", metadata: { first_name: "Ada" } };
  const made = await service.api<{ id: string }>("POST", "/agents/calls/batches", {
    ...service.batchBody([]),
    recipients: [person, { to_number: "+14155550123" }],
  });
  const { id } = made.body;
  await service.finished(id);
  await service.api("POST", `/agents/calls/batches/${id}/retry`);
  await service.finished(id);
  const before = await service.batch(id);
  const calls = await until(async () => {
    const all = await callsOf(id);
    const { body } = await service.api<{ data: { call_id?: string; status: string }[] }>(
      "GET",
      `/agents/webhooks/${webhook.id}/deliveries?limit=100`,
    );
    const told = body.data.filter(({ call_id, status }) => call_id !== undefined && status === "delivered");
    return told.length === 4 ? all : null;
  });
  const [, first] = calls.filter(({ status }) => status === "failed");
  expect(await rowsOf(env.WEBHOOKS.getByName(webhook.id))).toMatch(PERSONAL);
  const said = {
    outcome: "Ada declined",
    tags: ["Ada"],
    notes: "Ada said no.",
    recording_url: "https://r.example/Ada",
  };
  expect(await service.api("PATCH", `${CALLS}/${first?.id}`, said)).toMatchObject({ status: 200, body: said });
  expect(await rowsOf(service.batchObject(id))).toMatch(/Ada declined/);
  await until(async () => ((await rowsOf(env.WEBHOOKS.getByName(webhook.id))).match(/Ada declined/) ? true : null));

  const erased = await erase(first?.id ?? "");
  expect(erased.status).toBe(200);
  expect(erased.body).toMatchObject({ id: first?.id, status: "failed", end_reason: "dial_busy" });
  expect(erased.body.redacted_at).toMatch(/^20/);
  expect((await erase(first?.id ?? "")).body).toEqual(erased.body);

  expect(await rowsOf(service.batchObject(id))).not.toMatch(/5005550002|\bAda\b|crm-7/);
  expect(await rowsOf(env.WEBHOOKS.getByName(webhook.id))).not.toMatch(/5005550002|\bAda\b|crm-7/);
  for (const call of calls.filter(({ status }) => status === "failed")) {
    const read = await service.api<Call>("GET", `${CALLS}/${call.id}`);
    expect(read.body.redacted_at).toBe(erased.body.redacted_at);
    expect(JSON.stringify(read.body)).not.toMatch(PERSONAL);
  }
  const after = await service.batch(id);
  expect(after.recipients[0]).toMatchObject({ to_number: "", status: "failed", end_reason: "dial_busy" });
  expect(after.recipients[1]).toEqual(before.recipients[1]);
  expect({ ...after, recipients: [] }).toEqual({ ...before, recipients: [] });

  expect(await service.api<Failed>("PATCH", `${CALLS}/${first?.id}`, said)).toMatchObject({
    status: 400,
    body: { error_code: "call_redacted" },
  });

  // Nobody is left to call.
  const retried = await service.api("POST", `/agents/calls/batches/${id}/retry`);
  expect(retried).toMatchObject({ status: 200, body: { retry_count: 1, total_calls_finished: 2 } });
  const listed = await service.api<Failed>("POST", `${CALLS}/${first?.id}/opt-out`, {});
  expect(listed).toMatchObject({ status: 400, body: { error_code: "call_redacted" } });
  const url = `https://${service.host}/agents/calls/batches/${id}/recipients.csv`;
  const csv = await fetchWorker(
    new Request(url, { headers: { "x-api-key": service.key, "cartesia-version": "2026-03-01" } }),
  );
  expect(await csv.text()).not.toMatch(PERSONAL);
});

it("is refused while the call goes on, and erases a direct call once it is over", async () => {
  const direct = await service.api<{ calls: { agent_call_id: string }[] }>("POST", CALLS, {
    agent_id: "agent_test",
    from_number_id: service.batchBody([]).from_number_id,
    outbound_calls: [{ to_number: TALKS, metadata: { first_name: "Ada" } }],
  });
  const id = direct.body.calls[0]?.agent_call_id ?? "";
  await until(async () => (await service.api<Call>("GET", `${CALLS}/${id}`)).body.status === "started" || null);
  expect(await erase(id)).toMatchObject({ status: 409, body: { error_code: "call_not_over" } });
  expect((await service.api<Call>("GET", `${CALLS}/${id}`)).body).toMatchObject({ metadata: { first_name: "Ada" } });
  await service.api("POST", `${CALLS}/${id}/cancel`);
  await until(async () => (await service.api<Call>("GET", `${CALLS}/${id}`)).body.status === "completed" || null);
  const erased = await erase(id);
  expect(erased).toMatchObject({ status: 200, body: { end_reason: "api_cancelled" } });
  expect(JSON.stringify(erased.body)).not.toMatch(/5005550011|\bAda\b/);
  for (const unknown of ["ac_9GMZNjbCy2jfNrwYRjLdW8", "ac_x"]) {
    expect(await erase(unknown)).toMatchObject({ status: 404, body: { error_code: "not_found" } });
  }
});
