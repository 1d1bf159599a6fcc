/** The check of a known key goes along with a read or a create. How many messages that takes, and what a revoked key can do. */

import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { FREE_BYTES } from "../../src/api/limits/body-room.ts";
import worker from "../../src/index.ts";
import { type Batch, type Failed, TestService } from "../support/service.ts";

type Key = { readonly id: string; readonly key: string };

let service: TestService;
let batch: Batch;
beforeAll(async () => {
  service = await TestService.start();
  batch = await service.createBatch(["+14155550101"], { scheduled_at: later() });
});
afterAll(() => service.stop());

/** Each message of the Worker, in order. */
const sent: string[] = [];
type Named = { getByName: (name: string) => object };
const counted = (kind: string, objects: Named) => ({
  getByName: (name: string) => {
    const object = objects.getByName(name) as Record<string, (...args: unknown[]) => Promise<unknown>>;
    return new Proxy(object, {
      get:
        (_, message: string) =>
        (...args: unknown[]) => {
          sent.push(`${kind}.${message}${message === "withKey" ? ` ${String(args[1])}` : ""}`);
          return object[message]?.(...args);
        },
    });
  },
});
const watched = {
  ...env,
  ORGANIZATIONS: counted("organization", env.ORGANIZATIONS),
  BATCHES: counted("batch", env.BATCHES),
} as unknown as typeof env;

beforeEach(() => {
  sent.length = 0;
});

async function ask(key: string, path: string, init: RequestInit = {}, headers: Record<string, string> = {}) {
  const all = { "x-api-key": key, "cartesia-version": "2026-03-01", "content-type": "application/json", ...headers };
  const request = new Request(`https://${service.host}${path}`, { ...init, headers: all });
  const response = await worker.fetch(request, watched, createExecutionContext());
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const newKey = (order: Record<string, unknown> = {}): Promise<Key> =>
  service.admin<Key>("POST", `/${service.organization}/api-keys`, { label: "short-lived", ...order });
const revoke = (id: string) => service.admin("DELETE", `/${service.organization}/api-keys/${id}`);

/** A key that this Worker has let in before. */
async function knownKey(order: Record<string, unknown> = {}): Promise<Key> {
  const key = await newKey(order);
  expect((await ask(key.key, "/agents")).status).toBe(200);
  sent.length = 0;
  return key;
}

const BATCHES = "/agents/calls/batches";
const READS: readonly [path: () => string, unknown: readonly string[], known: readonly string[]][] = [
  [() => BATCHES, ["organization.batchPage"], ["organization.withKey batchPage"]],
  [() => "/agents/settings", ["organization.describe"], ["organization.withKey describe"]],
  [() => `${BATCHES}/${batch.id}`, ["batch.snapshot"], ["batch.snapshot", "organization.keyStands"]],
  [() => `${BATCHES}/${batch.id}/recipients`, ["batch.recipients"], ["batch.recipients", "organization.keyStands"]],
  [() => "/agents/key", [], ["organization.keyStands"]],
];

describe.each(READS)("a read of %s", (path, unknown, known) => {
  it("takes one message less once the key is known, or no time for it", async () => {
    const { key } = await newKey();
    expect((await ask(key, path())).status).toBe(200);
    expect(sent).toEqual(["organization.authenticate", ...unknown]);
    sent.length = 0;
    expect((await ask(key, path())).status).toBe(200);
    expect(sent).toEqual(known);
  });

  it("shows nothing to a known key that is revoked", async () => {
    const { id, key } = await knownKey();
    const shown = await ask(key, path());
    await revoke(id);
    const refused = await ask(key, path());
    expect(refused).toMatchObject({ status: 401 });
    const { request_id, ...body } = JSON.parse(refused.text) as Failed;
    expect(refused.headers.get("x-request-id")).toBe(request_id);
    const never = await ask(`${key.slice(0, key.lastIndexOf("_"))}_${crypto.randomUUID()}`, path());
    const { request_id: other, ...like } = JSON.parse(never.text) as Failed;
    expect(body).toEqual(like);
    expect([...refused.headers.keys()]).toEqual([...never.headers.keys()]);
    expect(shown.headers.get("etag")).not.toBeNull();
    // From then on it is checked first.
    sent.length = 0;
    expect((await ask(key, path())).status).toBe(401);
    expect(sent).toEqual(["organization.authenticate"]);
  });
});

type Used = { readonly agents_usage: number };
const later = () => new Date(Date.now() + 86_400_000).toISOString();
function directCalls(numbers: readonly string[]) {
  const { agent_id, from_number_id } = service.batchBody(numbers);
  return { agent_id, from_number_id, outbound_calls: numbers.map((to_number) => ({ to_number })) };
}
const CREATES: readonly [path: string, body: (numbers: readonly string[]) => object, messages: readonly string[]][] = [
  [BATCHES, (numbers) => service.batchBody(numbers, { scheduled_at: later() }), ["announceBatch", "batch.create"]],
  ["/agents/calls", directCalls, ["announceCalls", "batch.callNow"]],
];

describe.each(CREATES)("a create at %s", (path, body, [announce, store]) => {
  const create = (key: string, numbers: readonly string[]) =>
    ask(key, path, { method: "POST", body: JSON.stringify(body(numbers)) });

  it("takes one message less once the key is known", async () => {
    const { key } = await newKey();
    expect((await create(key, ["+14155550102"])).status).toBeLessThan(300);
    expect(sent).toEqual(["organization.authenticate", `organization.${announce}`, store]);
    sent.length = 0;
    expect((await create(key, ["+14155550103"])).status).toBeLessThan(300);
    expect(sent).toEqual([`organization.withKey ${announce}`, store]);
  });

  it("by a known key that is revoked changes nothing, and is not told what is wrong with its request", async () => {
    const { id, key } = await knownKey();
    const { agents_usage: before } = await service.admin<Used>("GET", `/${service.organization}`);
    await revoke(id);
    expect((await create(key, ["+14155550104"])).status).toBe(401);
    expect(sent).toEqual([`organization.withKey ${announce}`]);
    const { agents_usage: after } = await service.admin<Used>("GET", `/${service.organization}`);
    expect(after).toBe(before);
  });

  it("that is wrong is refused by a known key only if the key holds", async () => {
    const { id, key } = await knownKey();
    expect((await create(key, [])).status).toBe(400);
    await revoke(id);
    expect((await create(key, [])).status).toBe(401);
  });
});

describe("a known key that is revoked", () => {
  it("does not hear that its copy is still the newest", async () => {
    const { id, key } = await knownKey();
    const { headers } = await ask(key, `${BATCHES}/${batch.id}`);
    const tag = { "if-none-match": headers.get("etag") ?? "" };
    expect((await ask(key, `${BATCHES}/${batch.id}`, {}, tag)).status).toBe(304);
    await revoke(id);
    expect((await ask(key, `${BATCHES}/${batch.id}`, {}, tag)).status).toBe(401);
  });

  it.each(["/agents/audit.csv", "/agents/do-not-call.csv", "/agents/export.tar.gz"])("gets no %s", async (path) => {
    const { id, key } = await knownKey();
    expect((await ask(key, path)).status).toBe(200);
    await revoke(id);
    const refused = await ask(key, path);
    expect(refused).toMatchObject({ status: 401, text: expect.stringContaining("unauthorized") });
    expect(refused.headers.get("content-disposition")).toBeNull();
  });

  it("gets no batch's file", async () => {
    const { id, key } = await knownKey();
    const path = `${BATCHES}/${batch.id}/recipients.csv`;
    expect(await ask(key, path)).toMatchObject({ status: 200, text: expect.stringContaining("+14155550101") });
    await revoke(id);
    expect(await ask(key, path)).toMatchObject({ status: 401, text: expect.not.stringContaining("+14155550101") });
  });

  it("gets no memory for a large request", async () => {
    const { id, key } = await knownKey();
    await revoke(id);
    const metadata = { text: "x".repeat(FREE_BYTES / 8) };
    const recipients = Array.from({ length: 9 }, (_, n) => ({ to_number: `+1415555011${n}`, metadata }));
    const body = JSON.stringify({ ...service.batchBody([]), recipients });
    expect((await ask(key, BATCHES, { method: "POST", body })).status).toBe(401);
    expect(sent).toEqual(["organization.keyStands"]);
  });

  it("is not told what is wrong with its request", async () => {
    const { id, key } = await knownKey();
    expect((await ask(key, `${BATCHES}?limit=0`)).status).toBe(400);
    await revoke(id);
    expect((await ask(key, `${BATCHES}?limit=0`)).status).toBe(401);
  });

  it("changes nothing", async () => {
    const { id, key } = await knownKey();
    await revoke(id);
    const { status } = await ask(key, `${BATCHES}/${batch.id}/pause`, { method: "POST" });
    expect([status, sent]).toEqual([401, ["organization.authenticate"]]);
  });
});

it("a known key that has expired is checked first", async () => {
  const { key } = await knownKey({ expires_at: new Date(Date.now() + 60_000).toISOString() });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61_000 });
  try {
    expect((await ask(key, BATCHES)).status).toBe(401);
    expect(sent).toEqual(["organization.authenticate"]);
  } finally {
    vi.useRealTimers();
  }
});

it("a known key is held to its role", async () => {
  const { key } = await knownKey({ role: "viewer" });
  expect((await ask(key, "/agents/audit")).status).toBe(403);
});

it("a chosen key, which has no signature, is checked first each time", async () => {
  const chosen = `sk_${service.organization.slice("org_".length)}_${crypto.randomUUID()}`;
  const { id } = await knownKey({ key: chosen, role: "viewer" });
  expect([(await ask(chosen, BATCHES)).status, sent[0]]).toEqual([200, "organization.authenticate"]);
  await revoke(id);
  await newKey({ key: chosen });
  expect((await ask(chosen, "/agents/audit")).status).toBe(200);
});
