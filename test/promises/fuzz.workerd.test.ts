/** Hostile input (promise 7's outer wall): whatever is sent, never a 500, always the envelope, and nothing half written. */

import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { casesOfRun } from "../support/drawn.ts";
import { type Batch, TestService } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
const BATCH: Json = {
  name: "Fuzzed",
  agent_id: "agent_test",
  from_number_id: "ap_test",
  recipients: [{ to_number: "+14155550101", metadata: { a: { b: [1, "x"] } } }, { to_number: "+14155550102" }],
  target_concurrency_limit: 2,
  ringing_timeout_seconds: 30,
  max_call_duration_minutes: 5,
  // Far away: whatever is accepted dials nobody here.
  scheduled_at: new Date(Date.now() + 20 * 24 * 3_600_000).toISOString(),
};
const BODIES: readonly (readonly [method: string, path: string, body: Json])[] = [
  ["POST", "/agents/calls/batches", BATCH],
  ["POST", "/agents", { name: "Ada", connection: { type: "websocket", url: "wss://agent.example.com/a" } }],
  ["PATCH", "/agents/agent_test", { name: "Ada" }],
  [
    "POST",
    "/agents/phone-numbers/providers",
    {
      type: "twilio",
      label: "x",
      account_sid: `AC${"a".repeat(32)}`,
      api_key_sid: `SK${"b".repeat(32)}`,
      api_key_secret: "secret",
      region: "ie1",
    },
  ],
  ["PATCH", "/agents/phone-numbers/providers/app_test", { label: "y" }],
  ["POST", "/agents/phone-numbers", { label: "z", number: "+14155550177", provider: { id: "app_test" } }],
  ["PATCH", "/agents/phone-numbers/ap_test", { label: "z", agent_id: null }],
];

const NASTY: readonly string[] = [
  "",
  "\u0000",
  "\ud800",
  "__proto__",
  "constructor",
  "💥".repeat(300),
  "x".repeat(70_000),
];
const value: fc.Arbitrary<Json> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
  fc.constantFrom<Json>(...NASTY, 1e308, -0, 2 ** 53, -1, 0.5, [], {}, [[]], null, true),
);

function pathsOf(json: Json, at: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (json === null || typeof json !== "object") return [at];
  const inside: [string | number, Json][] = Array.isArray(json) ? [...json.entries()] : Object.entries(json);
  return [at, ...inside.flatMap(([key, child]) => pathsOf(child, [...at, key]))];
}

/** The JSON with something else, or nothing, in one place. */
function changed(json: Json, path: readonly (string | number)[], to: Json | undefined): Json | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return to;
  if (Array.isArray(json)) {
    return json.flatMap((child, index) => (index === key ? (changed(child, rest, to) ?? []) : [child]));
  }
  if (json === null || typeof json !== "object") return json;
  const entries = Object.entries(json).flatMap(([name, child]): [string, Json][] => {
    if (name !== key) return [[name, child]];
    const after = changed(child, rest, to);
    return after === undefined ? [] : [[name, after]];
  });
  return Object.fromEntries(entries);
}

const mutation = fc.constantFrom(...BODIES).chain(([method, path, body]) =>
  fc
    .array(fc.tuple(fc.constantFrom(...pathsOf(body)), fc.option(value, { nil: undefined })), {
      minLength: 1,
      maxLength: 3,
    })
    .map((changes) => {
      let mutated: Json | undefined = body;
      for (const [at, to] of changes) mutated = mutated === undefined ? undefined : changed(mutated, at, to);
      return { method, path, text: mutated === undefined ? "" : JSON.stringify(mutated) };
    }),
);

async function send(method: string, path: string, body: BodyInit, headers: Record<string, string> = {}) {
  const response = await fetchWorker(
    new Request(`https://${service.host}${path}`, {
      method,
      body,
      headers: {
        "content-type": "application/json",
        "x-api-key": service.key,
        "cartesia-version": "2026-03-01",
        ...headers,
      },
    }),
  );
  return { status: response.status, text: await response.text() };
}

const LISTS = ["/agents?limit=100", "/agents/phone-numbers/providers", "/agents/phone-numbers?limit=100"];
/** What is stored, but for how far a batch has come: one that was accepted without a schedule dials. */
async function everything(): Promise<string> {
  const batches = (await service.api<{ data: Batch[] }>("GET", "/agents/calls/batches?limit=100")).body.data;
  const lists = await Promise.all(LISTS.map(async (path) => (await service.api("GET", path)).body));
  return JSON.stringify([batches.map(({ id, name }) => [id, name]), lists]);
}

function expectEnvelope({ status, text }: { status: number; text: string }): void {
  expect(status, text).toBeLessThan(500);
  if (status < 400) return;
  const error = JSON.parse(text) as Record<string, unknown>;
  expect(Object.keys(error)).toEqual(expect.arrayContaining(["error_code", "title", "message", "request_id"]));
}

describe("hostile bodies", { timeout: 120_000 }, () => {
  it("that are nearly right are accepted whole, or refused and change nothing", async () => {
    let refused = 0;
    let before = await everything();
    await fc.assert(
      fc.asyncProperty(mutation, async ({ method, path, text }) => {
        const answer = await send(method, path, text);
        expectEnvelope(answer);
        const after = await everything();
        if (answer.status >= 400) {
          refused += 1;
          expect(after).toBe(before);
        }
        before = after;
      }),
      { numRuns: casesOfRun(40, 1_000) },
    );
    expect(refused).toBeGreaterThan(20);
  });

  it("that are no JSON at all are refused", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(...BODIES), async (bytes, [method, path]) => {
        const answer = await send(method, path, bytes);
        expectEnvelope(answer);
        // Two bytes can be "{}", which changes nothing where nothing is required.
        if (answer.status < 400) expect(new TextDecoder().decode(bytes).trim()).toMatch(/^\{.*\}$/s);
      }),
      { numRuns: 100 },
    );
  });
});

describe("hostile paths, queries and headers", { timeout: 120_000 }, () => {
  it("are answered like any other", async () => {
    const word = fc.oneof(
      fc.constantFrom(...NASTY.slice(0, 6), "..", "%00", "%ff", "agent_test", "acb_TX9N9ULdcZQd5CEgrpdpAE"),
      fc.string(),
    );
    const headers = fc.record({
      "idempotency-key": fc.stringMatching(/^[ -~]{0,40}$/),
      "cartesia-version": fc.constantFrom("2026-03-01", "2020-01-01", "", "x", "2026-13-45"),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("GET", "POST", "PATCH", "DELETE", "PUT"),
        fc.constantFrom(
          "/agents/calls/batches/",
          "/agents/calls/",
          "/agents/",
          "/admin/organizations/",
          "/callbacks/twilio/",
          "/",
        ),
        fc.array(word, { maxLength: 3 }),
        fc.array(
          fc.tuple(fc.constantFrom("limit", "starting_after", "ending_before", "agent_id", "start_time_gte"), word),
        ),
        headers,
        async (method, prefix, words, query, extra) => {
          // A lone surrogate cannot be written into a URL at all.
          const safe = (text: string) => encodeURIComponent(text.toWellFormed());
          const search = query.map(([name, text]) => `${name}=${safe(text)}`).join("&");
          const path = `${prefix}${words.map(safe).join("/")}?${search}`;
          const response = await fetchWorker(
            new Request(`https://${service.host}${path}`, { method, headers: { "x-api-key": service.key, ...extra } }),
          );
          const text = await response.text();
          expect(response.status, `${method} ${path}: ${text}`).toBeLessThan(500);
        },
      ),
      { numRuns: 200 },
    );
  });
});
