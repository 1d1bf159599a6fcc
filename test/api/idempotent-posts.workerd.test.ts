/** `Idempotency-Key` on every POST that does something: a repeat is answered the same, and nothing is done twice. */

import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPERATIONS } from "../../src/api/operations/index.ts";
import { connectReceiver, TestReceiver } from "../support/receiver.ts";
import { type Batch, type Failed, numbers, TestService } from "../support/service.ts";

const BATCHES = "/agents/calls/batches";
const FAILS = "+15005550001";
const TALKS = "+15005550011";
connectReceiver();

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(async () => {
  await service.stop();
});

type Sent = { readonly path: string; readonly body?: unknown };
type Post = {
  /** What is there before, and the request. */
  readonly first: () => Promise<Sent>;
  /** Another request to the same address. */
  readonly other: unknown;
  /** What there is of what it makes, where that can be counted. */
  readonly count?: (sent: Sent) => Promise<number>;
};

const count = async (path: string): Promise<number> =>
  (await service.api<{ data: unknown[] }>("GET", `${path}?limit=100`)).body.data.length;
const failedBatch = async (): Promise<Batch> => {
  const batch = await service.createBatch([FAILS]);
  return service.finished(batch.id);
};
const calledBatch = async (): Promise<Batch> => {
  const batch = await service.createBatch(numbers(1));
  return service.finished(batch.id);
};
const waiting = (): Promise<Batch> =>
  service.createBatch(numbers(2), { scheduled_at: new Date(Date.now() + 3_600_000).toISOString() });
const ofBatch = (verb: string, make: () => Promise<Batch>) => async () => ({
  path: `${BATCHES}/${(await make()).id}/${verb}`,
});
/** An order of one word, to a batch in the first of these states in which it is not refused. */
const ordered = (verb: string) => async () => {
  for (const make of [waiting, calledBatch]) {
    const [tried, next] = [await make(), await make()];
    const { status } = await service.api("POST", `${BATCHES}/${tried.id}/${verb}`);
    if (status < 300) return { path: `${BATCHES}/${next.id}/${verb}` };
  }
  throw new Error(`no batch takes ${verb}`);
};
const webhook = () =>
  service.made<{ id: string }>("/agents/webhooks", { display_name: "CRM", url: new TestReceiver().url("ok") });
const delivered = async (id: string): Promise<string> => {
  const { body } = await service.api<{ id: string }>("POST", `/agents/webhooks/${id}/test`);
  return body.id;
};
const provider = {
  type: "twilio",
  label: "Another",
  account_sid: `AC${"1".repeat(32)}`,
  api_key_sid: `SK${"2".repeat(32)}`,
  api_key_secret: "secret",
};
const prices = { valid_from: "2026-01-01", currency: "USD", rates: [{ destination: "US", per_minute: "0.014" }] };
const agent = { name: "Ada", connection: { type: "websocket", url: "wss://agent.example.com/audio" } };
const ignored = { anything: "else" };

const WORDS = OPERATIONS.filter(
  ({ method, path, body, repeats }) =>
    method === "POST" && path.startsWith(`${BATCHES}/:batch_id/`) && body === undefined && repeats !== undefined,
);

const POSTS: Readonly<Record<string, Post>> = {
  ...Object.fromEntries(
    WORDS.map(({ path }) => [path, { first: ordered(path.slice(path.lastIndexOf("/") + 1)), other: ignored }]),
  ),
  [`${BATCHES}/:batch_id/recipients`]: {
    first: async () => ({
      path: `${BATCHES}/${(await waiting()).id}/recipients`,
      body: { recipients: [{ to_number: "+14155550177" }], on_duplicate: "allow" },
    }),
    other: { recipients: [{ to_number: "+14155550178" }], on_duplicate: "allow" },
    count: async ({ path }) => (await service.batch(path.split("/")[4] ?? "")).total_calls_scheduled,
  },
  [`${BATCHES}/:batch_id/retry`]: {
    first: ofBatch("retry", failedBatch),
    other: ignored,
    count: async ({ path }) => (await service.batch(path.split("/")[4] ?? "")).retry_count,
  },
  "/agents/calls/:call_id/opt-out": {
    first: async () => ({ path: `/agents/calls/${(await calledBatch()).recipients[0]?.agent_call_id}/opt-out` }),
    other: { reason: "asked again" },
  },
  "/agents/calls/:call_id/cancel": {
    first: async () => {
      const { id } = await service.createBatch([TALKS]);
      const call = await service.talking(id);
      return { path: `/agents/calls/${call.id}/cancel` };
    },
    other: ignored,
  },
  "/agents/do-not-call": {
    first: async () => ({ path: "/agents/do-not-call", body: { numbers: ["+14155550155"] } }),
    other: { numbers: ["+14155550156"] },
    count: () => count("/agents/do-not-call"),
  },
  "/agents/phone-numbers/providers": {
    first: async () => ({ path: "/agents/phone-numbers/providers", body: provider }),
    other: { ...provider, label: "Yet another" },
    count: async () => (await service.api<unknown[]>("GET", "/agents/phone-numbers/providers")).body.length,
  },
  "/agents/phone-numbers/providers/:provider_id/prices": {
    first: async () => ({ path: "/agents/phone-numbers/providers/app_test/prices", body: prices }),
    other: { ...prices, currency: "EUR" },
    count: async ({ path }) => (await service.api<unknown[]>("GET", path)).body.length,
  },
  "/agents/phone-numbers": {
    first: async () => ({
      path: "/agents/phone-numbers",
      body: { label: "second", number: "+14155550101", provider: { id: "app_test" } },
    }),
    other: { label: "third", number: "+14155550102", provider: { id: "app_test" } },
    count: () => count("/agents/phone-numbers"),
  },
  "/agents/webhooks": {
    first: async () => ({
      path: "/agents/webhooks",
      body: { display_name: "CRM", url: new TestReceiver().url("ok"), events: ["batch_circuit_opened"] },
    }),
    other: { display_name: "Other", url: "https://receiver.example.com/other" },
    count: () => count("/agents/webhooks"),
  },
  "/agents/webhooks/:webhook_id/test": {
    first: async () => ({ path: `/agents/webhooks/${(await webhook()).id}/test` }),
    other: ignored,
    count: ({ path }) => count(path.replace("/test", "/deliveries")),
  },
  "/agents/webhooks/:webhook_id/deliveries/:delivery_id/redeliver": {
    first: async () => {
      const { id } = await webhook();
      return { path: `/agents/webhooks/${id}/deliveries/${await delivered(id)}/redeliver` };
    },
    other: ignored,
  },
  "/agents": {
    first: async () => ({ path: "/agents", body: agent }),
    other: { ...agent, name: "Eve" },
    count: () => count("/agents"),
  },
  "/admin/organizations": {
    first: async () => ({ path: "/admin/organizations", body: { name: "Acme", agent_call_concurrency_limit: 5 } }),
    other: { name: "Other", agent_call_concurrency_limit: 5 },
  },
  "/admin/organizations/:organization_id/api-keys": {
    first: async () => ({ path: `/admin/organizations/${service.organization}/api-keys`, body: { label: "second" } }),
    other: { label: "third" },
    count: async () =>
      (await service.admin<{ data: unknown[] }>("GET", `/${service.organization}/api-keys?limit=100`)).data.length,
  },
  "/agents/keys": {
    first: async () => ({ path: "/agents/keys", body: { label: "second", role: "viewer" } }),
    other: { label: "third", role: "viewer" },
    count: () => count("/agents/keys"),
  },
  "/agents/members": {
    first: async () => ({ path: "/agents/members", body: { email: "ada@example.com", role: "viewer" } }),
    other: { email: "eve@example.com", role: "viewer" },
    count: () => count("/agents/members"),
  },
  "/admin/reseal": { first: async () => ({ path: "/admin/reseal?limit=1" }), other: ignored },
};

/** What has no key, and why that is no loss. */
const WITHOUT: Readonly<Record<string, string>> = {
  [BATCHES]: "it has a memory of its own (idempotency.workerd.test.ts)",
  "/agents/calls": "the same (journey/direct-calls.workerd.test.ts)",
  [`${BATCHES}/preview`]: "it does nothing",
  [`${BATCHES}/:batch_id/preview`]: "it does nothing",
  "/agents/people/search": "it only reads, and its answer is kept nowhere, below",
  "/agents/people/erase": "erased twice is erased, with two receipts, as by DELETE",
  "/mcp": "refused, below",
  "/callbacks/:carrier": "a carrier's: what is said twice changes nothing (promises/callbacks.workerd.test.ts)",
  "/callbacks/:carrier/:call_id/:token": "the same",
  "/callbacks/:carrier/:call_id/:token/:event": "the same",
};

const post = <T = unknown>(key: string, { path, body }: Sent, fields: { headers?: Record<string, string> } = {}) => {
  const headers = { "idempotency-key": key, ...fields.headers };
  return path.startsWith("/admin")
    ? service.fetch<T & Failed>("POST", path, { body, headers: { authorization: "Bearer admin_test", ...headers } })
    : service.api<T & Failed>("POST", path, body, headers);
};

it("every POST is one that is repeatable, or one of which is said why it need not be", () => {
  const paths = OPERATIONS.filter(({ method }) => method === "POST").map(({ path }) => path);
  expect([...Object.keys(POSTS), ...Object.keys(WITHOUT).filter((path) => paths.includes(path))].sort()).toEqual(
    paths.sort(),
  );
});

it("every one that is repeatable is described so", () => {
  const described = OPERATIONS.filter(({ repeats }) => repeats !== undefined).map(({ path }) => path);
  expect(described.sort()).toEqual([...Object.keys(POSTS), BATCHES, "/agents/calls"].sort());
});

it("a search for a person keeps nothing, not even under a key", async () => {
  await calledBatch();
  const search = { path: "/agents/people/search", body: { to_number: numbers(1)[0] } };
  const answered = () =>
    runInDurableObject(service.organizationObject(), (_, { storage }) =>
      storage.sql.exec("SELECT count(*) AS count FROM answered_requests").one(),
    );
  const before = await answered();
  const found = await post<{ data: unknown[] }>("search", search);
  expect([found.status, found.body.data.length]).toEqual([200, 1]);
  expect(await answered()).toEqual(before);
});

describe.each(Object.entries(POSTS))("POST %s", (path, { first, other, count: counted }) => {
  it("is done once for a key, answered the same again, and 409 with another body", async () => {
    const sent = await first();
    const key = `${path} ${crypto.randomUUID()}`;
    const before = await counted?.(sent);
    const answer = await post(key, sent);
    expect(answer.status).toBeLessThan(300);
    const after = await counted?.(sent);
    if (before !== undefined) expect(after).toBe(before + 1);
    const again = await post(key, sent);
    expect([again.status, again.body]).toEqual([answer.status, answer.body]);
    expect(await counted?.(sent)).toBe(after);
    expect(await post(key, { path: sent.path, body: other })).toMatchObject({
      status: 409,
      body: { error_code: "idempotency_key_reused" },
    });
    expect(await counted?.(sent)).toBe(after);
    expect((await post("", sent)).status).toBe(400);
  });
});

const body = (label: string) => ({ path: "/agents", body: { ...agent, name: label } });

describe("a key", () => {
  it("stands for one request, whichever kind it is of", async () => {
    const batch = service.batchBody(["+14155550134"]);
    expect((await post("one", { path: BATCHES, body: batch })).status).toBe(201);
    expect((await post("one", body("Ada"))).status).toBe(409);
    expect((await post("two", body("Ada"))).status).toBe(201);
    expect((await post("two", { path: BATCHES, body: batch })).status).toBe(409);
    const direct = {
      agent_id: "agent_test",
      from_number_id: "ap_test",
      outbound_calls: [{ to_number: "+14155550133" }],
    };
    expect((await post("two", { path: "/agents/calls", body: direct })).status).toBe(409);
  });

  it("is free again where the request was refused, and nobody else's", async () => {
    expect((await post("refused", { path: "/agents", body: { name: "" } })).status).toBe(400);
    expect((await post("refused", body("Ada"))).status).toBe(201);
    const otherService = await TestService.start();
    expect((await otherService.api("POST", "/agents", agent, { "idempotency-key": "refused" })).status).toBe(201);
    await otherService.stop();
  });

  it("sent eight times at once makes one, and the others are told to wait or what it is", async () => {
    const before = await count("/agents");
    const answers = await Promise.all(Array.from({ length: 8 }, () => post<{ id?: string }>("at once", body("Eight"))));
    expect(await count("/agents")).toBe(before + 1);
    for (const { status, body } of answers) {
      if (status !== 201) expect([status, body.error_code]).toEqual([409, "idempotency_key_under_way"]);
    }
    expect((await post("at once", body("Eight"))).status).toBe(201);
  });

  it("is not taken by the assistants' protocol, whose tools have it in their arguments", async () => {
    const message = { jsonrpc: "2.0", id: 1, method: "tools/list" };
    const refused = await post(
      "key",
      { path: "/mcp", body: message },
      { headers: { accept: "application/json, text/event-stream" } },
    );
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: "Idempotency-Key" }] } });
  });
});

describe("a request that broke off", () => {
  /** As if the Worker had died between doing it and keeping its answer, more than a minute ago. */
  const breakOff = (key: string) =>
    runInDurableObject(service.organizationObject(), (_, { storage }) => {
      storage.sql.exec(
        "UPDATE answered_requests SET status = NULL, answer = NULL, begun_at = begun_at - 61000 WHERE key = ?",
        key,
      );
    });

  it("after it was done: a retry and an append are not done again, and answered as they were", async () => {
    const batch = await failedBatch();
    const retry = { path: `${BATCHES}/${batch.id}/retry` };
    const retried = await post<Batch>("broken retry", retry);
    await service.finished(batch.id);
    await breakOff("broken retry");
    await evictDurableObject(service.batchObject(batch.id));
    expect((await post<Batch>("broken retry", retry)).body).toEqual(retried.body);
    expect((await service.batch(batch.id)).retry_count).toBe(1);

    const people = { recipients: [{ to_number: "+14155550177" }], on_duplicate: "allow" };
    const append = { path: `${BATCHES}/${batch.id}/recipients`, body: people };
    const appended = await post<Batch>("broken append", append);
    await breakOff("broken append");
    await evictDurableObject(service.batchObject(batch.id));
    expect((await post<Batch>("broken append", append)).body).toEqual(appended.body);
    expect((await service.batch(batch.id)).total_calls_scheduled).toBe(2);
  });

  it("is said to be unknown where a repeat would make a second one", async () => {
    await post("broken agent", body("Ada"));
    const before = await count("/agents");
    await breakOff("broken agent");
    expect(await post("broken agent", body("Ada"))).toMatchObject({
      status: 409,
      body: { error_code: "idempotency_outcome_unknown" },
    });
    expect(await count("/agents")).toBe(before);
  });
});

it("an answer with a secret is kept sealed", async () => {
  const made = await post<{ secret: string }>("sealed", {
    path: "/agents/webhooks",
    body: { display_name: "CRM", url: "https://receiver.example.com/sealed", events: ["batch_circuit_opened"] },
  });
  expect(made.body.secret).toMatch(/^whsec_/);
  const rows = await runInDurableObject(service.organizationObject(), (_, { storage }) =>
    JSON.stringify(storage.sql.exec("SELECT * FROM answered_requests").toArray()),
  );
  expect(rows).toContain("sealed");
  expect(rows).not.toContain(made.body.secret.slice(6));
});
