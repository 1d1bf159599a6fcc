/** The Worker waits for no object for ever. */

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { serve } from "../src/api/app.ts";
import { FREE_MS } from "../src/calling/messages/clearance.ts";
import { FORWARDED_WITHIN_MS, stubWithDeadline, withDeadlines } from "../src/deadline.ts";
import type { Bindings } from "../src/env.ts";
import { ANSWER_WITHIN_MS, Unanswered } from "../src/peer.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const never = (): Promise<never> => new Promise(() => {});
const silent = { getByName: () => new Proxy({}, { get: () => never }) };
const ENV = {
  ADMIN_TOKEN: "admin_test",
  BATCHES: silent,
  ORGANIZATIONS: silent,
  DIRECTORY: silent,
  WEBHOOKS: silent,
} as unknown as Bindings;
const CTX = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} } as unknown as ExecutionContext;

it.each([
  ["a client", "/agents/calls/batches", { "x-api-key": "sk_team_a-secret-key", "cartesia-version": "2026-03-01" }],
  ["an operator", "/admin/organizations", { authorization: "Bearer admin_test" }],
])("answers %s 503 with Retry-After where an object never answers", async (_, path, headers) => {
  const answer = serve(new Request(`https://calls.example.com${path}`, { headers }), withDeadlines(ENV), CTX);
  // What comes before the message is hashed and compared in threads of the runtime.
  while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve));
  await vi.advanceTimersByTimeAsync(ANSWER_WITHIN_MS);
  const response = await answer;
  expect(response.status).toBe(503);
  expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await response.json()).toMatchObject({ error_code: "try_again" });
});

it("waits longer for what waits for batches or carriers, and for them no longer than it must", async () => {
  const stub = stubWithDeadline({ addDoNotCall: never, describe: never });
  const settled: string[] = [];
  for (const name of ["describe", "addDoNotCall"] as const) {
    stub[name]().catch((error: unknown) => settled.push(`${name} ${error instanceof Unanswered}`));
  }
  await vi.advanceTimersByTimeAsync(ANSWER_WITHIN_MS);
  expect(settled).toEqual(["describe true"]);
  expect(FORWARDED_WITHIN_MS).toBeGreaterThan(FREE_MS + ANSWER_WITHIN_MS);
  await vi.advanceTimersByTimeAsync(FORWARDED_WITHIN_MS - ANSWER_WITHIN_MS);
  expect(settled).toEqual(["describe true", "addDoNotCall true"]);
});

it("waits as long for a message that has a key along", async () => {
  const stub = stubWithDeadline({ withKey: never as (...args: unknown[]) => Promise<never> });
  const settled: string[] = [];
  for (const name of ["describe", "announceBatch"]) stub.withKey({}, name, []).catch(() => settled.push(name));
  await vi.advanceTimersByTimeAsync(ANSWER_WITHIN_MS);
  expect(settled).toEqual(["describe"]);
  await vi.advanceTimersByTimeAsync(FORWARDED_WITHIN_MS - ANSWER_WITHIN_MS);
  expect(settled).toEqual(["describe", "announceBatch"]);
});

it("hands on what an object answers and throws, and leaves no timer behind", async () => {
  const passing = Object.assign(new Error("overloaded"), { overloaded: true });
  const stub = stubWithDeadline({
    add: async (a: number, b: number) => a + b,
    fail: async () => {
      throw passing;
    },
  });
  expect(await stub.add(1, 2)).toBe(3);
  await expect(stub.fail()).rejects.toBe(passing);
  expect(vi.getTimerCount()).toBe(0);
});
