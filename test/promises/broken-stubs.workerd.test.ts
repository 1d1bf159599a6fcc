/**
 * Promises 3 and 4 while the platform breaks connections between objects. Stubs throw for ever after one error, or an
 * organization's object is overloaded or away. Local workerd hides this, so a namespace that behaves as documented
 * replaces its own.
 */

import { createExecutionContext, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { serve } from "../../src/api/app.ts";
import type { BatchObject } from "../../src/batch/object.ts";
import type { Bindings } from "../../src/env.ts";
import { BreakableNamespace } from "../support/breakable.ts";
import { expectComplaints } from "../support/checkpoints.ts";
import { type Failed, numbers, TestService, until } from "../support/service.ts";

type Organization = ReturnType<Bindings["ORGANIZATIONS"]["getByName"]>;

const NOBODY_HANGS_UP = "+15005550011";
const RECIPIENTS = 12;

let service: TestService;
let organizations: BreakableNamespace<Organization>;
beforeEach(async () => {
  service = await TestService.start();
  organizations = new BreakableNamespace<Organization>((name) => env.ORGANIZATIONS.getByName(name));
  expectComplaints();
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await service.stop();
});

/** From now on the batch reaches its organization through the namespace that can break; it begins a second later. */
async function batchOf(toNumbers: readonly string[], fields: Record<string, unknown> = {}): Promise<string> {
  const scheduled_at = new Date(Date.now() + 1_000).toISOString();
  const { id } = await service.createBatch(toNumbers, { scheduled_at, ...fields });
  await evictDurableObject(service.batchObject(id));
  await runInDurableObject(service.batchObject(id), (batch: BatchObject) => {
    const own = batch as unknown as { env: Bindings };
    own.env = { ...own.env, ORGANIZATIONS: organizations };
  });
  return id;
}

describe("a batch whose organization was reset", () => {
  it.each([1, 2, 3])(
    "goes on through a new stub, and ends with nothing lost: message %i breaks the stub",
    async (message) => {
      const id = await batchOf(numbers(RECIPIENTS), { target_concurrency_limit: 3 });
      organizations.breakAt(message);
      const batch = await service.finished(id);
      expect(batch.recipients.map(({ status }) => status)).toEqual(Array(RECIPIENTS).fill("completed"));
      expect(service.carrier.statuses.every((status) => status < 300)).toBe(true);
      await until(async () => {
        const { body } = await service.api<{ in_use: number }>("GET", "/agents/concurrency");
        return body.in_use === 0 ? true : null;
      });
      // One more than it would have made, and no more. The third message may be the last report.
      expect(organizations.stubs).toBe(2);
    },
  );

  it("verifies callbacks by the line it knew, however old, while the organization is away", async () => {
    const id = await batchOf([NOBODY_HANGS_UP], { target_concurrency_limit: 1 });
    await until(async () => ((await service.batch(id)).recipients[0]?.status === "started" ? true : null));
    organizations.down(new Error("away"));
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 10 * 60_000 });
    const [call] = await service.carrier.calls();
    await service.carrier.control("POST", `calls/${call?.sid}/end`);
    const batch = await service.finished(id);
    expect(batch.recipients[0]?.status).toBe("completed");
    expect(service.carrier.statuses.every((status) => status < 300)).toBe(true);
  });

  it("has a carrier come again whose callback it cannot verify, because it has just woken and knows no line", async () => {
    const id = await batchOf([NOBODY_HANGS_UP], { target_concurrency_limit: 1 });
    await until(async () => ((await service.batch(id)).recipients[0]?.status === "started" ? true : null));
    await evictDurableObject(service.batchObject(id));
    await runInDurableObject(service.batchObject(id), (batch: BatchObject) => {
      const own = batch as unknown as { env: Bindings };
      own.env = { ...own.env, ORGANIZATIONS: organizations };
    });
    organizations.down(Object.assign(new Error("too much to do"), { overloaded: true }));
    const [call] = await service.carrier.calls();
    await service.carrier.control("POST", `calls/${call?.sid}/end`);
    await until(async () => (service.carrier.statuses.includes(503) ? true : null));
    organizations.down(null);
    // The carrier repeats it.
    expect((await service.finished(id)).recipients[0]?.status).toBe("completed");
  });
});

it.each([
  ["is overloaded", { overloaded: true }],
  ["restarts", { retryable: true }],
])("an append whose organization %s is answered 503, and its repeat counts nobody twice", async (_, flags) => {
  const scheduled_at = new Date(Date.now() + 3_600_000).toISOString();
  const id = await batchOf(numbers(1), { scheduled_at });
  organizations.down(Object.assign(new Error("not now"), flags));
  const body = { recipients: [{ to_number: "+14155550190" }] };
  const append = () => service.api<Failed>("POST", `/agents/calls/batches/${id}/recipients`, body);
  const refused = await append();
  expect(refused).toMatchObject({ status: 503, body: { error_code: "try_again" } });
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  organizations.down(null);
  expect((await append()).status).toBe(200);
  expect((await service.batch(id)).recipients).toHaveLength(2);
});

it.each([
  ["is overloaded", { overloaded: true }, 503, "try_again"],
  ["restarts", { retryable: true }, 503, "try_again"],
  ["has a bug", {}, 500, "internal_error"],
])("a client whose organization %s is told so", async (_, flags, status, error_code) => {
  organizations.down(Object.assign(new Error("not now"), flags));
  const headers = { "x-api-key": service.key, "cartesia-version": "2026-03-01" };
  const request = new Request(`https://${service.host}/agents/calls/batches`, { headers });
  const bindings: Bindings = { ...env, ORGANIZATIONS: organizations };
  const answer = await serve(request, bindings, createExecutionContext());
  expect(answer.status).toBe(status);
  expect(((await answer.json()) as Failed).error_code).toBe(error_code);
  expect(answer.headers.has("retry-after")).toBe(status === 503);
});
