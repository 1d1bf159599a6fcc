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
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get("strict-transport-security")).toBe(protocol === "https" ? "max-age=63072000" : null);
  });
});
