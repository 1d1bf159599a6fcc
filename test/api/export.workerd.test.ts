/** `GET …/{id}/recipients.csv`, and the way back: the file is a new batch. */

import { afterAll, beforeAll, expect, it } from "vitest";
import { type Batch, numbers, TestService } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(async () => {
  await service.stop();
});

const headers = () => ({ "x-api-key": service.key, "cartesia-version": "2026-03-01" });
const BATCHES = "/agents/calls/batches";
const download = (id: string, query = "") =>
  fetchWorker(new Request(`https://${service.host}${BATCHES}/${id}/recipients.csv${query}`, { headers: headers() }));
const later = () => ({ scheduled_at: new Date(Date.now() + 3_600_000).toISOString() });

it("tells what became of everybody, and is a new batch of the same people if it is sent back", async () => {
  const recipients = [
    { to_number: "+14155560000", metadata: { first_name: "José", note: "=1+1" }, timezone: "Europe/Madrid" },
    { to_number: "+15005550002", metadata: { first_name: "Grace", status: 'gold, "old"' } },
    { to_number: "+15005550001" },
  ];
  const { id } = await service.createBatch([], { recipients, name: 'Recall "A/B" (é)' });
  const batch = await service.finished(id);

  const response = await download(id);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(response.headers.get("content-disposition")).toBe(
    `attachment; filename="${id}.csv"; filename*=UTF-8''Recall%20-A-B-%20%28%C3%A9%29.csv`,
  );
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = new TextDecoder().decode(bytes).split("\r\n");
  expect(lines[0]).toMatch(/^to_number,status,.*,recipient_id,first_name,note,metadata\.status$/);
  expect(lines[1]).toMatch(/^\+14155560000,completed,client_hangup,,,,ac_.*,Europe\/Madrid,,abcr_.*,José,'=1\+1,$/);
  expect(lines[2]).toMatch(/^\+15005550002,failed,dial_busy,.*,Grace,,"gold, ""old"""$/);
  expect(lines[3]).toMatch(/^\+15005550001,failed,,,,[^,].*,,,$/);
  expect(lines).toHaveLength(5);

  const form = new FormData();
  const fields = { name: "Again", agent_id: "agent_test", from_number_id: "ap_test", ...later() };
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", new Blob([bytes]), "again.csv");
  const sent = await fetchWorker(
    new Request(`https://${service.host}${BATCHES}`, { method: "POST", headers: headers(), body: form }),
  );
  expect(sent.status).toBe(201);
  const again = await service.batch(((await sent.json()) as Batch).id);
  const who = (one: Batch) => one.recipients.map(({ to_number, metadata }) => ({ to_number, metadata }));
  expect(who(again)).toEqual(who(batch));
});

it("narrows to statuses, and is written as a spreadsheet elsewhere wants it", async () => {
  const { id } = await service.createBatch(["+14155560000", "+15005550002", "+15005550001"]);
  await service.finished(id);
  const failed = await (await download(id, "?status=failed&separator=semicolon&bom=false")).text();
  expect(failed.split("\r\n").map((line) => line.split(";").slice(0, 2))).toEqual([
    ["to_number", "status"],
    ["+15005550002", "failed"],
    ["+15005550001", "failed"],
    [""],
  ]);
  expect((await (await download(id, "?status=queued&bom=false")).text()).split("\r\n")).toHaveLength(2);
});

it("narrows to what the page shows: an outcome, and a search whatever the columns", async () => {
  const person = (to_number: string, Vorname: string, Nachname: string) => ({
    to_number,
    metadata: { Vorname, Nachname },
  });
  const recipients = [
    person("+15005550002", "Günther", "Özdemir"),
    person("+15005550003", "Jürg", "Müller"),
    person("+15005550001", "Ada", "Müller"),
    person("+14155560000", "Grace", "Hopper"),
  ];
  const { id } = await service.createBatch([], { recipients });
  await service.finished(id);
  const found = async (query: string) =>
    (await (await download(id, `?bom=false&${query}`)).text())
      .split("\r\n")
      .slice(1, -1)
      .map((line) => line.split(",")[0]);
  expect(await found(`q=${encodeURIComponent("günther özdemir")}`)).toEqual(["+15005550002"]);
  expect(await found("q=muller")).toEqual(["+15005550003", "+15005550001"]);
  expect(await found("q=muller&outcome=failed")).toEqual(["+15005550001"]);
  expect(await found("outcome=unanswered,busy")).toEqual(["+15005550002", "+15005550003"]);
  const { recipients: all } = await service.batch(id);
  expect(await found(`q=${all[3]?.id}`)).toEqual(["+14155560000"]);
  expect(await found(`q=${all[0]?.agent_call_id}`)).toEqual(["+15005550002"]);
  expect((await download(id, "?outcome=lost")).status).toBe(400);
});

it("streams 5,000 recipients, a page at a time and no further than it is read", async () => {
  const recipients = numbers(5_000).map((to_number, index) => ({
    to_number,
    metadata: { index, text: "x".repeat(1_000) },
  }));
  const { id } = await service.createBatch([], { recipients, ...later() });
  const reader = ((await download(id)).body ?? expect.fail("no body")).getReader();
  const sizes: number[] = [];
  let text = "";
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    sizes.push(value.byteLength);
    text += decoder.decode(value, { stream: true });
  }
  expect(sizes.length).toBeGreaterThanOrEqual(51);
  // A hundred recipients of 1 KiB each and their columns.
  expect(Math.max(...sizes)).toBeLessThan(256 * 1_024);
  const rows = text.split("\r\n").slice(1, -1);
  expect(rows.map((row) => row.split(",")[0])).toEqual(numbers(5_000));
  expect(rows[4_999]).toMatch(/^\+14155564999,queued,.*,4999,x{1000}$/);

  const left = ((await download(id)).body ?? expect.fail("no body")).getReader();
  await left.read();
  await left.cancel();
});
