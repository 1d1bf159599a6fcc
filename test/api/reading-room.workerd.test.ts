/** Answers that may be large wait for memory, and give it back; forms of unknown length reserve it only where they are large. */

import { afterEach, expect, it, vi } from "vitest";
import { MAX_METADATA_BYTES } from "../../src/calling/requests/limits.ts";
import { type Batch, numbers, TestService } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

let service: TestService;
afterEach(async () => {
  vi.useRealTimers();
  await service.stop();
});

const BATCHES = "/agents/calls/batches";
const get = (path: string) =>
  fetchWorker(
    new Request(`https://${service.host}${path}`, {
      headers: { "x-api-key": service.key, "cartesia-version": "2026-03-01" },
    }),
  );

/** Whether an answer comes while others keep their memory. */
const soon = (answer: Promise<Response>) =>
  Promise.race([answer.then(({ status }) => status), new Promise((done) => setTimeout(done, 300, "waits"))]);

it("pages that are not read hold what is in them, so a client reads many small ones at once", async () => {
  service = await TestService.start({ limit: 5 });
  const batch = await service.createBatch(numbers(3));
  // Places are lost by the clock, and it stands still.
  vi.useFakeTimers({ toFake: ["Date"] });
  const held: Response[] = [];
  for (let turn = 0; turn < 20; turn += 1) held.push(await get(`${BATCHES}/${batch.id}/recipients?limit=100`));
  expect(held.map(({ status }) => status)).toEqual(held.map(() => 200));
  for (const { body } of held) await body?.cancel();
});

it("large pages hold memory up to the share of their organization, and leave it when their readers go", async () => {
  service = await TestService.start({ limit: 5 });
  const metadata = { note: "x".repeat(MAX_METADATA_BYTES - 20) };
  const people = numbers(100).map((to_number) => ({ to_number, metadata }));
  const scheduled_at = new Date(Date.now() + 3_600_000).toISOString();
  const batch = await service.made<Batch>(BATCHES, { ...service.batchBody([]), recipients: people, scheduled_at });
  const page = `${BATCHES}/${batch.id}/recipients?limit=100`;
  // Places are lost by the clock, and it stands still: only a reader who goes gives one back.
  vi.useFakeTimers({ toFake: ["Date"] });
  // Of two of these the organization's share has room for one.
  const held = await get(page);
  const second = get(page);
  expect(await soon(second)).toBe("waits");
  // A short page needs no place.
  expect((await get(`${BATCHES}/${batch.id}/recipients?limit=10`)).status).toBe(200);
  await held.body?.cancel();
  const answer = await second;
  expect(answer.status).toBe(200);
  expect(((await answer.json()) as { data: unknown[] }).data).toHaveLength(100);
  // All of it is free again: files, calls and refusals keep nothing.
  for (const path of [`${BATCHES}/${batch.id}/recipients.csv`, `/agents/calls?batch_id=${batch.id}&limit=100`, page]) {
    for (let turn = 0; turn < 4; turn += 1) await (await get(path)).text();
  }
  for (let turn = 0; turn < 4; turn += 1) expect((await get(`${page}&starting_after=nobody`)).status).toBe(400);
  const tagged = await get(page);
  await tagged.text();
  const unchanged = await fetchWorker(
    new Request(`https://${service.host}${page}`, {
      headers: {
        "x-api-key": service.key,
        "cartesia-version": "2026-03-01",
        "if-none-match": tagged.headers.get("etag") ?? "",
      },
    }),
  );
  expect(unchanged.status).toBe(304);
  expect((await get(page)).status).toBe(200);
});

const BOUNDARY = "part";
function formOf(fields: Record<string, unknown>, file: string): string {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${String(value)}\r\n`,
  );
  return `${parts.join("")}--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="p.csv"\r\n\r\n${file}\r\n--${BOUNDARY}--\r\n`;
}
/** `ends` false: the client stays and sends no more. */
function send(text: string, ends = true): Promise<Response> {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      if (ends) controller.close();
    },
  });
  const headers = {
    "x-api-key": service.key,
    "cartesia-version": "2026-03-01",
    "content-type": `multipart/form-data; boundary=${BOUNDARY}`,
  };
  return fetchWorker(new Request(`https://${service.host}${BATCHES}`, { method: "POST", headers, body }));
}

it("forms of unknown length: small ones go through beside others that are never ended, large ones arrive whole", async () => {
  service = await TestService.start({ limit: 5 });
  const { recipients: _, ...fields } = service.batchBody([]) as Record<string, unknown>;
  const small = formOf(fields, `to_number\n${numbers(2).join("\n")}`);
  const hanging = [send(small.slice(0, 40), false), send(small.slice(0, 40), false), send(small.slice(0, 40), false)];
  const created = await send(small);
  expect(created.status).toBe(201);
  const rows = numbers(1_000).map((number) => `${number},${"x".repeat(200)}`);
  const large = await send(formOf(fields, `to_number,note\n${rows.join("\n")}`));
  expect(large.status).toBe(201);
  expect(((await large.json()) as Batch).total_calls_scheduled).toBe(1_000);
  const tooLarge = await send(formOf(fields, `to_number\n${"x".repeat(25 * 1_024 * 1_024)}`));
  expect(tooLarge.status).toBe(413);
  // Each is told so after 15 s.
  for (const answer of await Promise.all(hanging)) expect(answer.status).toBe(408);
}, 60_000);
