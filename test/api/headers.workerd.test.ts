/** What every answer of the API has, whatever it answers. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { numbers, TestService } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

let service: TestService;
let batch: string;
beforeAll(async () => {
  service = await TestService.start();
  batch = (await service.createBatch(numbers(1))).id;
});
afterAll(() => service.stop());

const KEY = (): Record<string, string> => ({ "x-api-key": service.key, "cartesia-version": "2026-03-01" });

const CASES: readonly (readonly [
  what: string,
  status: number,
  method: string,
  path: () => string,
  headers: () => Record<string, string>,
])[] = [
  ["success", 200, "GET", () => "/agents", KEY],
  ["a batch", 200, "GET", () => `/agents/calls/batches/${batch}`, KEY],
  ["a file", 200, "GET", () => `/agents/calls/batches/${batch}/recipients.csv`, KEY],
  ["a ticket", 201, "POST", () => `/agents/calls/batches/${batch}/live-ticket`, KEY],
  ["no key", 401, "GET", () => "/agents", () => ({})],
  ["no such thing", 404, "GET", () => "/agents/agent_none", KEY],
  ["no such route", 404, "GET", () => "/nowhere", () => ({})],
  ["a wrong method", 405, "DELETE", () => "/agents", KEY],
  ["a bad body", 415, "POST", () => "/agents", KEY],
  ["health", 200, "GET", () => "/healthz", () => ({})],
  ["the description", 200, "GET", () => "/openapi.json", () => ({})],
  ["an operator's list", 200, "GET", () => "/admin/organizations", () => ({ authorization: "Bearer admin_test" })],
  ["a forged callback", 403, "POST", () => "/callbacks/twilio/ac_1/x", () => ({})],
];

describe.each(["http", "https"])("over %s", (protocol) => {
  it.each(CASES)("%s is kept by no cache and taken for no other type", async (_, status, method, path, headers) => {
    const request = new Request(`${protocol}://${service.host}${path()}`, { method, headers: headers() });
    const response = await fetchWorker(request);
    await response.arrayBuffer();
    expect(response.status).toBe(status);
    // The description alone may be kept, and is asked about each time.
    const isDescription = path() === "/openapi.json";
    expect(response.headers.get("cache-control")).toBe(isDescription ? "no-cache" : "no-store");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get("strict-transport-security")).toBe(protocol === "https" ? "max-age=63072000" : null);
  });
});

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetchWorker(new Request(`http://${service.host}${path}`, { headers: { ...KEY(), ...headers } }));

it("the description is answered 304 to a client that has it, and may be read from any origin; nothing else may", async () => {
  const origin = { origin: "https://elsewhere.example.com" };
  const first = await get("/openapi.json", origin);
  await first.arrayBuffer();
  expect(first.headers.get("access-control-allow-origin")).toBe("*");
  const again = await get("/openapi.json", { "if-none-match": first.headers.get("etag") ?? "" });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  const closed = await get("/agents", origin);
  await closed.arrayBuffer();
  expect(closed.headers.get("access-control-allow-origin")).toBeNull();
});

it("a batch is answered 304 to a client that has it, until anything in it changes", async () => {
  const { id } = await service.createBatch(numbers(2));
  await service.finished(id);
  const path = `/agents/calls/batches/${id}`;
  const read = async (query: string, tag = "") => {
    const response = await get(`${path}${query}`, { "if-none-match": tag });
    return { status: response.status, tag: response.headers.get("etag") ?? "", text: await response.text() };
  };
  const first = await read("");
  expect(first.tag).toMatch(/^"[0-9a-f]{64}"$/);
  expect(await read("", first.tag)).toEqual({ status: 304, tag: first.tag, text: "" });
  // Another view of it is another answer.
  const whole = await read("?expand=attempts", first.tag);
  expect([whole.status, whole.tag === first.tag]).toEqual([200, false]);
  expect(await read("?expand=attempts", whole.tag)).toMatchObject({ status: 304 });
  await service.api("PATCH", path, { name: "Renamed" });
  const renamed = await read("", first.tag);
  expect([renamed.status, renamed.tag === first.tag, renamed.text.includes("Renamed")]).toEqual([200, false, true]);
});

it("a client's own id of its request is answered beside ours", async () => {
  for (const [theirs, shown] of [
    ["order-17", "order-17"],
    ["with spaces", null],
    ["x".repeat(129), null],
  ] as const) {
    const response = await get("/agents", { "x-request-id": theirs });
    await response.arrayBuffer();
    expect(response.headers.get("x-client-request-id")).toBe(shown);
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  }
});

it("a path with a slash at its end is the same path", async () => {
  for (const path of ["/agents", `/agents/calls/batches/${batch}`, "/healthz", "/agents/phone-numbers"]) {
    const [plain, slashed] = [await get(path), await get(`${path}/`)];
    await Promise.all([plain.arrayBuffer(), slashed.arrayBuffer()]);
    expect([path, plain.status, slashed.status]).toEqual([path, 200, 200]);
  }
});
