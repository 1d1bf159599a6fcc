/** Bad input gets a clear error that says what to change, and changes nothing. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Failed, TestService } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";
import { BAD_ADMIN, BAD_BATCHES, BAD_REQUESTS, type BadInput } from "./bad-input.ts";

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(async () => {
  await service.stop();
});

const everything = async (): Promise<unknown> =>
  Promise.all(
    [
      "/agents/calls/batches?limit=100",
      "/agents?limit=100",
      "/agents/phone-numbers?limit=100",
      "/agents/phone-numbers/providers",
      "/agents/webhooks?limit=100",
    ].map(async (path) => (await service.api("GET", path)).body),
  );

async function send(input: BadInput, base: Record<string, string>): Promise<Response> {
  const headers = new Headers({ "content-type": "application/json", ...base });
  for (const [name, value] of Object.entries(input.headers ?? {})) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  const body =
    input.body === undefined ? null : typeof input.body === "string" ? input.body : JSON.stringify(input.body);
  // Bytes, so that no content type is made up where a case leaves it out.
  const bytes = body === null ? null : new TextEncoder().encode(body);
  return fetchWorker(
    new Request(`https://${service.host}${input.path}`, { method: input.method, headers, body: bytes }),
  );
}

/** As the last case left it. */
let before: unknown = null;

async function check(input: BadInput, base: Record<string, string>): Promise<void> {
  before ??= await everything();
  const response = await send(input, base);
  const body = (await response.json()) as Failed;
  expect(body).toMatchObject({ error_code: input.code, title: expect.any(String), message: expect.any(String) });
  expect(response.status).toBe(input.status);
  expect(body.request_id).toMatch(/^[0-9a-f]{8}-/);
  expect(response.headers.get("x-request-id")).toBe(body.request_id);
  if (input.issue !== undefined) {
    expect(body.issues?.[0]?.path).toBe(input.issue);
    expect(body.message).toContain(input.issue);
  }
  if (input.status === 405) expect(response.headers.get("allow")).toMatch(/GET|POST/);
  const after = await everything();
  const unchanged = before;
  before = after;
  expect(after).toEqual(unchanged);
}

const client = () => ({ "x-api-key": service.key, "cartesia-version": "2026-03-01" });

it("the table has more than 60 cases, each with a name of its own", () => {
  const names = [...BAD_BATCHES, ...BAD_REQUESTS, ...BAD_ADMIN].map((input) => input.name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(60);
});

describe("creating a batch", () => {
  it.each(BAD_BATCHES.map((input) => [input.name, input] as const))("%s", (_, input) => check(input, client()));
});

describe("any request", () => {
  it.each(BAD_REQUESTS.map((input) => [input.name, input] as const))("%s", (_, input) => check(input, client()));
});

describe("operators", () => {
  it.each(BAD_ADMIN.map((input) => [input.name, input] as const))("%s", (_, input) =>
    check(input, { authorization: "Bearer admin_test" }),
  );
});
