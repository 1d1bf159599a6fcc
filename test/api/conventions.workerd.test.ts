/** What holds for every request: routes and methods, bodies, request ids, errors, and the forms of ids and times. */

import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { app } from "../../src/api/app.ts";
import worker from "../../src/index.ts";
import { type Batch, type Failed, numbers, TestService } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const MIB = 1_024 * 1_024;

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  await service.stop();
});

const client = () => ({ "x-api-key": service.key, "cartesia-version": "2026-08-14" });
const requestFor = (method: string, path: string, init: RequestInit = {}) =>
  new Request(`https://${service.host}${path}`, { method, ...init });
const raw = (method: string, path: string, init: RequestInit = {}) => fetchWorker(requestFor(method, path, init));

/** The methods of each path, in the order of the table of routes. */
const METHODS = new Map<string, string[]>();
for (const { method, path } of app.routes) {
  if (method === "ALL") continue;
  METHODS.set(path, [...new Set([...(METHODS.get(path) ?? []), method])]);
}

describe("a method that a path does not have", () => {
  const cases = [...METHODS].flatMap(([path, allowed]) =>
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
      .filter((method) => !allowed.includes(method === "HEAD" ? "GET" : method))
      // The description alone may be read by pages of other origins, which ask with OPTIONS first.
      .filter((method) => method !== "OPTIONS" || path !== "/openapi.json")
      .map((method) => [method, path, allowed.join(", ")] as const),
  );

  it.each(cases)("%s %s is 405 and allows %s, whoever asks", async (method, path, allowed) => {
    const response = await raw(method, path);
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe(allowed);
    const text = await response.text();
    if (method === "HEAD") expect(text).toBe("");
    else {
      const { error_code, message } = JSON.parse(text) as Failed;
      expect(error_code).toBe("method_not_allowed");
      // Variables as the documentation writes them.
      expect(message).not.toContain("/:");
    }
  });
});

describe("a path that there is not", () => {
  it.each(["/", "/healthz//", "//agents", "/Agents", "/agents/a/b/c", "/admin"])(
    "%s is 404, whoever asks",
    async (path) => {
      const response = await raw("GET", path);
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({
        error_code: "not_found",
        title: "Not found",
        message: "there is no such route",
        request_id: response.headers.get("x-request-id"),
      });
    },
  );
});

describe("HEAD", () => {
  it.each(["/healthz", "/agents", "/agents/agent_test", "/agents/agent_no", "/agents/calls/batches?limit=0"])(
    "%s is answered as GET is, without the body",
    async (path) => {
      const [head, get] = await Promise.all(["HEAD", "GET"].map((method) => raw(method, path, { headers: client() })));
      expect(head?.status).toBe(get?.status);
      expect(head?.headers.get("content-type")).toBe(get?.headers.get("content-type"));
      expect(await head?.text()).toBe("");
      expect(await get?.text()).not.toBe("");
    },
  );
});

describe("the request's id", () => {
  it("is a new one for each request, also for those that succeed, and never the client's", async () => {
    const headers = { ...client(), "x-request-id": "mine" };
    const paths = ["/healthz", "/agents", "/agents", "/agents/agent_no", "/nowhere"];
    const responses = await Promise.all(paths.map((path) => raw("GET", path, { headers })));
    const ids = responses.map((response) => response.headers.get("x-request-id") ?? "");
    for (const id of ids) expect(id).toMatch(UUID);
    expect(new Set(ids).size).toBe(paths.length);
    const unknown = (await responses[3]?.json()) as Failed;
    expect(unknown.request_id).toBe(ids[3]);
  });
});

describe("an error", () => {
  it("nobody expects is 500, says nothing of its cause, and is logged with the request's id", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const broken = {
      getByName: () => {
        throw new Error("the secret cause");
      },
    };
    const request = requestFor("GET", "/agents", { headers: client() });
    const response = await worker.fetch(request, { ...env, ORGANIZATIONS: broken }, createExecutionContext());
    const id = response.headers.get("x-request-id") ?? "";
    expect(id).toMatch(UUID);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      error_code: "internal_error",
      title: "Internal error",
      message: "the service failed; give its operator the request id, which finds the error in the logs",
      request_id: id,
    });
    expect(log).toHaveBeenCalledTimes(1);
    const logged = String(log.mock.calls[0]?.[0]);
    expect(JSON.parse(logged)).toMatchObject({ event: "internal_error", request_id: id });
    expect(logged).toContain("the secret cause");
    expect(logged).not.toContain(service.key);
  });

  it("of many fields lists the first 50, and its message names the first and counts the others", async () => {
    const body = service.batchBody(Array(60).fill("nobody"));
    const refused = await service.api<Failed>("POST", "/agents/calls/batches", body);
    expect(refused.status).toBe(400);
    expect(refused.headers.get("content-type")).toMatch(/^application\/json/);
    expect(refused.body.issues?.map(({ path }) => path)).toEqual(
      Array.from({ length: 50 }, (_, index) => `recipients[${index}].to_number`),
    );
    expect(refused.body.message).toMatch(/^recipients\[0\]\.to_number: .* \(and 59 more\)$/);
    expect(Object.keys(refused.body).sort()).toEqual(["error_code", "issues", "message", "request_id", "title"]);
  });
});

describe("a body", () => {
  const post = (body: BodyInit | null, type: string | null = "application/json") =>
    raw("POST", "/agents/calls/batches", {
      headers: { ...client(), ...(type === null ? {} : { "content-type": type }) },
      body,
    });
  const json = () => new TextEncoder().encode(JSON.stringify(service.batchBody(numbers(1))));

  it.each([
    "application/json",
    "application/json; charset=utf-8",
    "Application/JSON",
    "application/json ;charset=UTF-8",
  ])("as %j is taken", async (type) => {
    expect((await post(json(), type)).status).toBe(201);
  });

  it.each([null, "text/json", "application/jsonp", "application/x-www-form-urlencoded"])(
    "as %j is 415",
    async (type) => {
      const response = await post(json(), type);
      expect(response.status).toBe(415);
      expect(await response.json()).toMatchObject({ error_code: "unsupported_media_type" });
    },
  );

  it("of 6 MiB is read, and one byte more is 413, also where no length was announced", async () => {
    const stream = (bytes: number) =>
      new ReadableStream<Uint8Array>({
        start(controller) {
          for (let left = bytes; left > 0; left -= MIB) {
            controller.enqueue(new Uint8Array(Math.min(left, MIB)).fill(32));
          }
          controller.close();
        },
      });
    const full = await post(stream(6 * MIB));
    expect([full.status, await full.json()]).toEqual([400, expect.objectContaining({ error_code: "invalid_json" })]);
    const over = await post(stream(6 * MIB + 1));
    expect([over.status, await over.json()]).toEqual([
      413,
      expect.objectContaining({ error_code: "payload_too_large", message: "the body must be at most 6 MiB" }),
    ]);
  });

  it("that is not UTF-8 is 400", async () => {
    const response = await post(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]));
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ error_code: "invalid_json", message: "the body is not UTF-8" }),
    ]);
  });

  it("may carry fields that nobody knows, and null for what is optional", async () => {
    const fields = { colour: "blue", target_concurrency_limit: null, scheduled_at: null, region: null };
    const recipients = [{ to_number: "+14155560000", metadata: null, shoe_size: 42 }];
    const batch = await service.createBatch([], { ...fields, recipients });
    expect(batch).toMatchObject({ target_concurrency_limit: 10, region: "US", total_calls_scheduled: 1 });
    expect(batch).not.toHaveProperty("colour");
    expect(batch).not.toHaveProperty("scheduled_at");
  });
});

it("ids and times have the contract's form", async () => {
  const at = new Date(Date.now() + 3_600_000);
  const elsewhere = `${new Date(at.getTime() - 16_200_000).toISOString().slice(0, -1)}-04:30`;
  const made = await service.createBatch(numbers(2));
  const later = await service.createBatch(numbers(1), { scheduled_at: elsewhere });
  expect(later).toMatchObject({ scheduled_at: at.toISOString() });
  const batch: Batch & { last_updated_at?: string } = await service.finished(made.id);
  const base58 = "[1-9A-HJ-NP-Za-km-z]{22}";
  expect(batch.id).toMatch(new RegExp(`^acb_${base58}$`));
  for (const recipient of batch.recipients) {
    expect(recipient.id).toMatch(new RegExp(`^abcr_${base58}$`));
    expect(recipient.agent_call_id).toMatch(new RegExp(`^ac_${base58}$`));
  }
  for (const time of [batch.created_at, batch.admitted_at, batch.last_updated_at]) {
    expect(time).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
  }
});
