/** Bodies that come as gzip: read as if they came as they are, within the same limits. Answers that did not change: 304. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Failed, numbers, TestService } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(async () => {
  await service.stop();
});

const gzip = async (text: string | Blob): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(
    await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer(),
  );

async function send(method: string, path: string, body: BodyInit | null, headers: Record<string, string>) {
  const own = { "x-api-key": service.key, "cartesia-version": "2026-08-14", "content-type": "application/json" };
  const url = `https://${service.host}${path}`;
  const response = await fetchWorker(new Request(url, { method, body, headers: { ...own, ...headers } }));
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === "" ? null : JSON.parse(text)) as Failed,
  };
}
const packed = { "content-encoding": "gzip" };
const BATCHES = "/agents/calls/batches";

describe("a packed body", () => {
  it("creates what the body as it is creates, and its repeat is known under either form", async () => {
    const order = JSON.stringify(service.batchBody(numbers(2)));
    const key = { "idempotency-key": "packed" };
    const made = await send("POST", BATCHES, await gzip(order), { ...packed, ...key });
    expect(made).toMatchObject({ status: 201, body: { total_calls_scheduled: 2 } });
    const again = await send("POST", BATCHES, order, key);
    expect(again.body).toMatchObject({ id: (made.body as unknown as { id: string }).id });
  });

  it("is read of a small request, and of a form", async () => {
    const agent = { name: "A", connection: { type: "websocket", url: "wss://agent.example.com/audio" } };
    expect((await send("POST", "/agents", await gzip(JSON.stringify(agent)), packed)).status).toBe(201);
    const { recipients, ...fields } = service.batchBody(numbers(1));
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
    form.append("file", new Blob([`to_number\n${recipients[0]?.to_number}\n`]), "people.csv");
    const sent = new Response(form);
    const type = { "content-type": sent.headers.get("content-type") ?? "" };
    const made = await send("POST", BATCHES, await gzip(await sent.blob()), { ...packed, ...type });
    expect(made).toMatchObject({ status: 201, body: { total_calls_scheduled: 1 } });
  });

  it("is too large by what comes out of it, however small it came", async () => {
    const bomb = await gzip(`{"name":"${" ".repeat(9 * 1_024 * 1_024)}"}`);
    expect(bomb.byteLength).toBeLessThan(64 * 1_024);
    for (const path of [BATCHES, "/agents", "/agents/do-not-call"]) {
      expect(await send("POST", path, bomb, packed)).toMatchObject({
        status: 413,
        body: { error_code: "payload_too_large" },
      });
    }
  });

  it.each([
    ["is no gzip", async () => "{}"],
    ["ends too early", async () => (await gzip(JSON.stringify(service.batchBody(numbers(50))))).slice(0, -20)],
  ])("that %s is 400 and says so", async (_, body) => {
    const answer = await send("POST", BATCHES, await body(), packed);
    expect(answer).toMatchObject({ status: 400, body: { error_code: "invalid_json" } });
    expect(answer.body.message).toContain("gzip");
  });

  it.each(["br", "zstd", "gzip, gzip"])(
    "in the encoding %s is 415, which names the one that is read",
    async (encoding) => {
      const answer = await send("POST", BATCHES, "{}", { "content-encoding": encoding });
      expect(answer).toMatchObject({ status: 415, body: { error_code: "unsupported_media_type" } });
      expect(answer.body.message).toContain("gzip");
    },
  );
});

describe("a Get whose answer did not change", () => {
  it.each(["/agents", "/agents/agent_test", "/agents/concurrency"])("of %s is 304", async (path) => {
    const first = await send("GET", path, null, {});
    const tag = first.headers.get("etag") ?? "";
    expect(tag).not.toBe("");
    expect(await send("GET", path, null, { "if-none-match": tag })).toMatchObject({ status: 304, body: null });
    expect((await send("GET", path, null, { "if-none-match": '"other"' })).status).toBe(200);
  });

  it("is sent anew once it changed", async () => {
    const tag = (await send("GET", "/agents/agent_test", null, {})).headers.get("etag") ?? "";
    await send("PATCH", "/agents/agent_test", JSON.stringify({ name: "Renamed" }), {});
    expect(await send("GET", "/agents/agent_test", null, { "if-none-match": tag })).toMatchObject({
      status: 200,
      body: { name: "Renamed" },
    });
  });
});
