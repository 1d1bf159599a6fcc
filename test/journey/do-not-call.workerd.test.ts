/** The do-not-call list from the first entry to the last call: on create, while batches run, and at the moment of dialing. */

import { afterEach, expect, it } from "vitest";
import { type Batch, type Failed, numbers, TestService, until } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

const LIST = "/agents/do-not-call";
/** Its call goes on until it is ended. */
const TALKS_ON = "+15005550011";

let service: TestService;
afterEach(() => service.stop());

type Entry = { id: string; number: string; added_by: { id: string; label: string }; removed_at?: string };
type Listed = { data: Entry[]; next_page: string | null };

const add = (body: unknown) => service.api<{ added: number; already_listed: number }>("POST", LIST, body);
const path = (number: string, query = "") => `${LIST}/${encodeURIComponent(number)}${query}`;
const calledNumbers = async () => (await service.carrier.calls()).map(({ to }) => to);

it("leaves listed numbers out of a batch and counts them", async () => {
  service = await TestService.start();
  const [listed = "", other = ""] = numbers(2);
  expect((await add({ number: listed, reason: "asked for it" })).body).toEqual({ added: 1, already_listed: 0 });
  const created = await service.api<Batch & { skipped_do_not_call: number }>(
    "POST",
    "/agents/calls/batches",
    service.batchBody([listed, other, listed]),
  );
  expect(created.body).toMatchObject({ total_calls_scheduled: 1, skipped_do_not_call: 2 });
  await service.finished(created.body.id);
  expect(await calledNumbers()).toEqual([other]);
});

it("knows a listed number however it is written", async () => {
  service = await TestService.start();
  const [other = ""] = numbers(1);
  await add({ number: "+4407700900123" });
  expect((await add({ number: "\u2066+447700900123\u2069" })).body).toEqual({ added: 0, already_listed: 1 });
  const written = ["+447700900123", "+4407700900123", "＋447700900123"];
  const created = await service.api<Batch & { skipped_do_not_call: number }>(
    "POST",
    "/agents/calls/batches",
    service.batchBody([...written, other]),
  );
  expect(created.body).toMatchObject({ total_calls_scheduled: 1, skipped_do_not_call: 3 });
  const { recipients } = await service.finished(created.body.id);
  expect(recipients.map(({ to_number }) => to_number)).toEqual([other]);
  expect(await calledNumbers()).toEqual([other]);
  for (const asked of [path("+4407700900123"), path("+44 7700 900123"), path("0044 7700 900123")]) {
    expect((await service.api<Entry>("GET", asked)).body).toMatchObject({ number: "+447700900123" });
  }
  const filtered = await service.api<Listed>("GET", `${LIST}?number=+4407700900123`);
  expect(filtered.body.data).toHaveLength(1);
  const removed = await service.api<Entry>("DELETE", path("+4407700900123", "?reason=consent"));
  expect(removed.body).toMatchObject({ number: "+447700900123", removal_reason: "consent" });
});

it("tells the carrier the one spelling of a number, and calls it once", async () => {
  service = await TestService.start();
  const batch = await service.createBatch(["+4407700900123", "+447700900123"], { on_duplicate: "skip" });
  await service.finished(batch.id);
  expect(await calledNumbers()).toEqual(["+447700900123"]);
});

it("refuses a batch of listed numbers alone, and makes the same of a repeat whatever was listed since", async () => {
  service = await TestService.start();
  const [first = "", second = ""] = numbers(2);
  await add({ number: first });
  const refused = await service.api<Failed>("POST", "/agents/calls/batches", service.batchBody([first]));
  expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: "recipients" }] } });
  const scheduled_at = new Date(Date.now() + 3_600_000).toISOString();
  const body = service.batchBody([first, second], { scheduled_at });
  const create = () => service.api<Batch>("POST", "/agents/calls/batches", body, { "idempotency-key": "k" });
  const created = await create();
  await add({ number: second });
  const repeated = await create();
  expect(repeated.body).toMatchObject({ id: created.body.id, total_calls_scheduled: 1 });
});

it("fails everybody who waits under a number in every batch as soon as it is listed", async () => {
  service = await TestService.start({ limit: 5 });
  const [listed = "", ...others] = numbers(3);
  const batches = await Promise.all(
    Array.from({ length: 5 }, () =>
      service.createBatch([TALKS_ON, listed, ...others, listed], { target_concurrency_limit: 1 }),
    ),
  );
  await until(async () => ((await service.carrier.summary()).in_flight === 5 ? true : null));
  const answer = await add({ numbers: [listed, listed], reason: "complained" });
  expect(answer).toMatchObject({ status: 201, body: { added: 1, already_listed: 1 } });
  for (const { id } of batches) {
    const { recipients } = await service.batch(id);
    expect(recipients.filter((one) => one.to_number === listed)).toMatchObject([
      { status: "failed", failure_reason: "do_not_call", error_message: "its number is on the do-not-call list" },
      { status: "failed", failure_reason: "do_not_call" },
    ]);
  }
  expect(await calledNumbers()).not.toContain(listed);
});

it("asks again before it dials: a human's retry of whoever was listed meanwhile calls nobody", async () => {
  service = await TestService.start();
  const busy = "+15005550002";
  const batch = await service.createBatch([busy]);
  await service.finished(batch.id);
  await add({ number: busy });
  await service.api("POST", `/agents/calls/batches/${batch.id}/retry`);
  const [recipient] = (await service.finished(batch.id)).recipients;
  expect(recipient).toMatchObject({ status: "failed", failure_reason: "do_not_call" });
  expect(await calledNumbers()).toEqual([busy]);
  await service.api("DELETE", path(busy, "?reason=mistake"));
  await service.api("POST", `/agents/calls/batches/${batch.id}/retry`);
  await until(async () => ((await calledNumbers()).length === 2 ? true : null));
});

it("lists the number of a call whose callee asked for it", async () => {
  service = await TestService.start();
  const [number = ""] = numbers(1);
  const batch = await service.createBatch([number]);
  const [recipient] = (await service.finished(batch.id)).recipients;
  const reported = await service.api("POST", `/agents/calls/${recipient?.agent_call_id}/opt-out`, {
    reason: "said so",
  });
  expect(reported).toMatchObject({ status: 201, body: { added: 1 } });
  const entry = await service.api("GET", path(number));
  expect(entry.body).toMatchObject({ number, reason: "said so", call_id: recipient?.agent_call_id, earlier: [] });
});

it.each([
  ["nothing at all", {}],
  ["an empty text, as some clients do", { body: "" }],
  ["nothing, of the type JSON", { body: "", headers: { "content-type": "application/json" } }],
])("is told of such a call by %s", async (_, sent) => {
  service = await TestService.start();
  const [number = ""] = numbers(1);
  const batch = await service.createBatch([number]);
  const [recipient] = (await service.finished(batch.id)).recipients;
  const url = `https://${service.host}/agents/calls/${recipient?.agent_call_id}/opt-out`;
  const headers = {
    "x-api-key": service.key,
    "cartesia-version": "2026-03-01",
    ...("headers" in sent && sent.headers),
  };
  const answer = await fetchWorker(new Request(url, { method: "POST", ...sent, headers }));
  expect(answer.status).toBe(201);
  expect((await service.api<Entry>("GET", path(number))).body).toMatchObject({ call_id: recipient?.agent_call_id });
});

it("keeps who listed a number and who took it off, when and why", async () => {
  service = await TestService.start();
  const [number = "", other = ""] = numbers(2);
  await add({ numbers: [number, other] });
  const removed = await service.api<Entry>("DELETE", path(number, "?reason=consent%20given"));
  const by = { label: "test" };
  expect(removed).toMatchObject({ status: 200, body: { removal_reason: "consent given", removed_by: by } });
  expect((await service.api("DELETE", path(number, "?reason=again"))).status).toBe(404);
  await add({ number });
  const entry = await service.api<Entry>("GET", path(number));
  expect(entry.body).toMatchObject({ added_by: by, earlier: [{ removal_reason: "consent given" }] });
  expect(entry.body.removed_at).toBeUndefined();
  const list = async (query: string) => (await service.api<Listed>("GET", `${LIST}?${query}`)).body.data;
  expect((await list("")).map((one) => one.number)).toEqual([number, other]);
  expect(await list("status=removed")).toHaveLength(1);
  expect(await list("status=all")).toHaveLength(3);
  expect((await list(`q=${other.slice(-4)}`)).map((one) => one.number)).toEqual([other]);
  const first = (await service.api<Listed>("GET", `${LIST}?limit=1`)).body;
  const second = await list(`limit=1&starting_after=${first.next_page}`);
  expect(second.map((one) => one.number)).toEqual([other]);
});
