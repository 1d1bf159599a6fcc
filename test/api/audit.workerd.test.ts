/** Each operation that changes something leaves one record of who did it; a repeat and a refusal leave none. */

import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isAudited } from "../../src/api/operation.ts";
import { OPERATIONS } from "../../src/api/operations/index.ts";
import { connectReceiver, TestReceiver } from "../support/receiver.ts";
import { type Batch, type Failed, numbers, TestService, until } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

const BATCHES = "/agents/calls/batches";
const FAILS = "+15005550001";
const TALKS = "+15005550011";
connectReceiver();

type Fields = Readonly<Record<string, unknown>>;
type Record_ = {
  readonly id: string;
  readonly at: string;
  readonly by: { readonly kind: string; readonly id: string; readonly label: string };
  readonly operation: string;
  readonly resource: { readonly kind: string; readonly id?: string };
  readonly before?: Fields;
  readonly after?: Fields;
};
type Page = { readonly data: Record_[]; readonly has_more: boolean; readonly next_page: string | null };

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const listed = async (query = "limit=100", of = service): Promise<Record_[]> => {
  const { status, body } = await of.api<Page>("GET", `/agents/audit?${query}`);
  expect(status).toBe(200);
  return body.data;
};
/** Newest first. */
const since = async (newest: string | undefined): Promise<Record_[]> => {
  const all = await listed();
  const at = all.findIndex(({ id }) => id === newest);
  return at < 0 ? all : all.slice(0, at);
};

type Sent = { readonly method: string; readonly path: string; readonly body?: unknown };
type Change = {
  readonly sent: () => Promise<Sent>;
  readonly kind: string;
  /** Refused; default: the same with an id that nothing has. */
  readonly refused?: Sent;
};
const MEMBERS = "/agents/members";
let people = 0;
/** Each another one. */
function someone(): { readonly email: string; readonly role: string } {
  people += 1;
  return { email: `person-${people}@example.com`, role: "viewer" };
}
const LATER = { scheduled_at: new Date(Date.now() + 3_600_000).toISOString() };
const waiting = (): Promise<Batch> => service.createBatch(numbers(2), LATER);
const failed = async (): Promise<Batch> => service.finished((await service.createBatch([FAILS])).id);
const called = async (number = numbers(1)[0] ?? ""): Promise<string> =>
  (await service.finished((await service.createBatch([number])).id)).recipients[0]?.agent_call_id ?? "";
const ofBatch = (word: string, make = waiting): Change => ({
  kind: "batch",
  sent: async () => ({ method: "POST", path: `${BATCHES}/${(await make()).id}/${word}` }),
  refused: { method: "POST", path: `${BATCHES}/nothing/${word}` },
});
const webhook = () =>
  service.made<{ id: string }>("/agents/webhooks", {
    display_name: "CRM",
    url: new TestReceiver().url("ok"),
    events: ["batch_circuit_opened"],
  });
const agent = { name: "Ada", connection: { type: "websocket", url: "wss://agent.example.com/audio" } };
const provider = (account: string) => ({
  type: "twilio",
  label: "Another",
  account_sid: `AC${account.repeat(32)}`,
  api_key_sid: `SK${"2".repeat(32)}`,
  api_key_secret: "a secret of the account",
});
const prices = { valid_from: "2026-01-01", currency: "USD", rates: [{ destination: "US", per_minute: "0.014" }] };
const anAgent = () => service.made<{ id: string }>("/agents", agent);
const aProvider = (account: string) =>
  service.made<{ id: string }>("/agents/phone-numbers/providers", provider(account));
const aNumber = (number: string) =>
  service.made<{ id: string }>("/agents/phone-numbers", { label: "n", number, provider: { id: "app_test" } });
const ORGANIZATION = () => `/admin/organizations/${service.organization}`;

const CHANGES: Readonly<Record<string, Change>> = {
  createBatch: {
    kind: "batch",
    sent: async () => ({ method: "POST", path: BATCHES, body: service.batchBody(numbers(2), LATER) }),
    refused: { method: "POST", path: BATCHES, body: { name: "Nobody" } },
  },
  appendRecipients: {
    kind: "batch",
    sent: async () => ({
      method: "POST",
      path: `${BATCHES}/${(await waiting()).id}/recipients`,
      body: { recipients: [{ to_number: "+14155550177" }], on_duplicate: "allow" },
    }),
    refused: { method: "POST", path: `${BATCHES}/nothing/recipients`, body: { recipients: [{ to_number: "+1" }] } },
  },
  changeBatch: {
    kind: "batch",
    sent: async () => ({
      method: "PATCH",
      path: `${BATCHES}/${(await waiting()).id}`,
      body: { name: "Other", target_concurrency_limit: 3 },
    }),
    refused: { method: "PATCH", path: `${BATCHES}/nothing`, body: { name: "Other" } },
  },
  pauseBatch: ofBatch("pause"),
  resumeBatch: ofBatch("resume", async () => {
    const batch = await waiting();
    await service.api("POST", `${BATCHES}/${batch.id}/pause`);
    return batch;
  }),
  cancelBatch: ofBatch("cancel"),
  retryBatch: ofBatch("retry", failed),
  deleteBatch: {
    kind: "batch",
    sent: async () => ({ method: "DELETE", path: `${BATCHES}/${(await failed()).id}` }),
    refused: { method: "DELETE", path: `${BATCHES}/nothing` },
  },
  deleteCall: {
    kind: "call",
    sent: async () => ({ method: "DELETE", path: `/agents/calls/${await called()}` }),
    refused: { method: "DELETE", path: "/agents/calls/nothing" },
  },
  cancelCall: {
    kind: "call",
    sent: async () => {
      const { id } = await service.createBatch([TALKS]);
      const call = await service.talking(id);
      return { method: "POST", path: `/agents/calls/${call.id}/cancel` };
    },
    refused: { method: "POST", path: "/agents/calls/nothing/cancel" },
  },
  addDoNotCall: {
    kind: "do_not_call",
    sent: async () => ({ method: "POST", path: "/agents/do-not-call", body: { number: "+14155559911" } }),
    refused: { method: "POST", path: "/agents/do-not-call", body: { number: "1" } },
  },
  removeDoNotCall: {
    kind: "do_not_call",
    sent: async () => {
      await service.api("POST", "/agents/do-not-call", { number: "+14155559912" });
      return { method: "DELETE", path: "/agents/do-not-call/+14155559912?reason=asked" };
    },
    refused: { method: "DELETE", path: "/agents/do-not-call/+14155559913?reason=asked" },
  },
  reportOptOut: {
    kind: "do_not_call",
    sent: async () => ({ method: "POST", path: `/agents/calls/${await called("+14155559914")}/opt-out` }),
    refused: { method: "POST", path: "/agents/calls/nothing/opt-out" },
  },
  erasePerson: {
    kind: "erasure",
    sent: async () => ({ method: "DELETE", path: "/agents/people/+14155559915" }),
    refused: { method: "DELETE", path: "/agents/people/nobody" },
  },
  erasePersonByExternalId: {
    kind: "erasure",
    sent: async () => ({ method: "DELETE", path: "/agents/people?external_id=customer-1" }),
    refused: { method: "DELETE", path: "/agents/people" },
  },
  erasePeople: {
    kind: "erasure",
    sent: async () => ({ method: "POST", path: "/agents/people/erase", body: { to_number: "+14155559916" } }),
    refused: { method: "POST", path: "/agents/people/erase", body: {} },
  },
  createAgent: {
    kind: "agent",
    sent: async () => ({ method: "POST", path: "/agents", body: agent }),
    refused: { method: "POST", path: "/agents", body: { name: "" } },
  },
  changeAgent: {
    kind: "agent",
    sent: async () => ({ method: "PATCH", path: `/agents/${(await anAgent()).id}`, body: { name: "Eve" } }),
    refused: { method: "PATCH", path: "/agents/nothing", body: { name: "Eve" } },
  },
  deleteAgent: {
    kind: "agent",
    sent: async () => ({ method: "DELETE", path: `/agents/${(await anAgent()).id}` }),
    refused: { method: "DELETE", path: "/agents/nothing" },
  },
  importPhoneNumber: {
    kind: "phone_number",
    sent: async () => ({
      method: "POST",
      path: "/agents/phone-numbers",
      body: { label: "second", number: "+14155550101", provider: { id: "app_test" } },
    }),
    refused: {
      method: "POST",
      path: "/agents/phone-numbers",
      body: { label: "second", number: "+14155550109", provider: { id: "nothing" } },
    },
  },
  changePhoneNumber: {
    kind: "phone_number",
    sent: async () => ({
      method: "PATCH",
      path: `/agents/phone-numbers/${(await aNumber("+14155550102")).id}`,
      body: { label: "other", calls_per_second: 2 },
    }),
    refused: { method: "PATCH", path: "/agents/phone-numbers/nothing", body: { label: "other" } },
  },
  deletePhoneNumber: {
    kind: "phone_number",
    sent: async () => ({ method: "DELETE", path: `/agents/phone-numbers/${(await aNumber("+14155550103")).id}` }),
    refused: { method: "DELETE", path: "/agents/phone-numbers/nothing" },
  },
  createProvider: {
    kind: "provider",
    sent: async () => ({ method: "POST", path: "/agents/phone-numbers/providers", body: provider("1") }),
    refused: { method: "POST", path: "/agents/phone-numbers/providers", body: { type: "twilio" } },
  },
  changeProvider: {
    kind: "provider",
    sent: async () => ({
      method: "PATCH",
      path: `/agents/phone-numbers/providers/${(await aProvider("2")).id}`,
      body: { label: "other", calls_per_second: 4, auth_token: "another secret of it" },
    }),
    refused: { method: "PATCH", path: "/agents/phone-numbers/providers/nothing", body: { label: "other" } },
  },
  deleteProvider: {
    kind: "provider",
    sent: async () => ({ method: "DELETE", path: `/agents/phone-numbers/providers/${(await aProvider("3")).id}` }),
    refused: { method: "DELETE", path: "/agents/phone-numbers/providers/nothing" },
  },
  setPrices: {
    kind: "provider",
    sent: async () => ({
      method: "POST",
      path: `/agents/phone-numbers/providers/${(await aProvider("6")).id}/prices`,
      body: prices,
    }),
    refused: { method: "POST", path: "/agents/phone-numbers/providers/nothing/prices", body: prices },
  },
  deletePrices: {
    kind: "provider",
    sent: async () => {
      const path = `/agents/phone-numbers/providers/${(await aProvider("7")).id}/prices`;
      await service.api("POST", path, prices);
      return { method: "DELETE", path: `${path}/${prices.valid_from}` };
    },
    refused: { method: "DELETE", path: "/agents/phone-numbers/providers/app_test/prices/2026-01-01" },
  },
  createWebhook: {
    kind: "webhook",
    sent: async () => ({
      method: "POST",
      path: "/agents/webhooks",
      body: { display_name: "CRM", url: new TestReceiver().url("ok"), events: ["batch_circuit_opened"] },
    }),
    refused: { method: "POST", path: "/agents/webhooks", body: { url: "http://127.0.0.1/" } },
  },
  changeWebhook: {
    kind: "webhook",
    sent: async () => ({
      method: "PATCH",
      path: `/agents/webhooks/${(await webhook()).id}`,
      body: { enabled: false, secret: null },
    }),
    refused: { method: "PATCH", path: "/agents/webhooks/nothing", body: { enabled: false } },
  },
  deleteWebhook: {
    kind: "webhook",
    sent: async () => ({ method: "DELETE", path: `/agents/webhooks/${(await webhook()).id}` }),
    refused: { method: "DELETE", path: "/agents/webhooks/nothing" },
  },
  testWebhook: {
    kind: "webhook",
    sent: async () => ({ method: "POST", path: `/agents/webhooks/${(await webhook()).id}/test` }),
    refused: { method: "POST", path: "/agents/webhooks/nothing/test" },
  },
  redeliver: {
    kind: "webhook",
    sent: async () => {
      const { id } = await webhook();
      const { body } = await service.api<{ id: string }>("POST", `/agents/webhooks/${id}/test`);
      return { method: "POST", path: `/agents/webhooks/${id}/deliveries/${body.id}/redeliver` };
    },
    refused: { method: "POST", path: "/agents/webhooks/nothing/deliveries/nothing/redeliver" },
  },
  changeSettings: {
    kind: "organization",
    sent: async () => ({ method: "PATCH", path: "/agents/settings", body: { retention_days: 90 } }),
    refused: { method: "PATCH", path: "/agents/settings", body: { retention_days: -1 } },
  },
  changeOrganization: {
    kind: "organization",
    sent: async () => ({ method: "PATCH", path: ORGANIZATION(), body: { min_gap_minutes: 5 } }),
    refused: { method: "PATCH", path: "/admin/organizations/org_nothing", body: { min_gap_minutes: 5 } },
  },
  createKey: {
    kind: "api_key",
    sent: async () => ({ method: "POST", path: "/agents/keys", body: { label: "third", role: "viewer" } }),
    refused: { method: "POST", path: "/agents/keys", body: { label: "third", role: "owner" } },
  },
  revokeKey: {
    kind: "api_key",
    sent: async () => {
      const { id } = await service.made<{ id: string }>("/agents/keys", { label: "fourth", role: "viewer" });
      return { method: "DELETE", path: `/agents/keys/${id}` };
    },
    refused: { method: "DELETE", path: "/agents/keys/nothing" },
  },
  createMember: {
    kind: "member",
    sent: async () => ({ method: "POST", path: MEMBERS, body: someone() }),
    refused: { method: "POST", path: MEMBERS, body: { email: "nobody", role: "viewer" } },
  },
  changeMember: {
    kind: "member",
    sent: async () => {
      const { id } = await service.made<{ id: string }>(MEMBERS, someone());
      return { method: "PATCH", path: `${MEMBERS}/${id}`, body: { role: "operator" } };
    },
    refused: { method: "PATCH", path: `${MEMBERS}/nothing`, body: { role: "operator" } },
  },
  deleteMember: {
    kind: "member",
    sent: async () => {
      const { id } = await service.made<{ id: string }>(MEMBERS, someone());
      return { method: "DELETE", path: `${MEMBERS}/${id}` };
    },
    refused: { method: "DELETE", path: `${MEMBERS}/nothing` },
  },
  createApiKey: {
    kind: "api_key",
    sent: async () => ({ method: "POST", path: `${ORGANIZATION()}/api-keys`, body: { label: "second" } }),
    refused: { method: "POST", path: "/admin/organizations/org_nothing/api-keys", body: { label: "second" } },
  },
  revokeApiKey: {
    kind: "api_key",
    sent: async () => {
      const { id } = await service.admin<{ id: string }>("POST", `/${service.organization}/api-keys`, { label: "x" });
      return { method: "DELETE", path: `${ORGANIZATION()}/api-keys/${id}` };
    },
    refused: { method: "DELETE", path: "/admin/organizations/org_nothing/api-keys/nothing" },
  },
};

/** They are in the audit of more than one organization, and tested below. */
const ELSEWHERE = ["createOrganization", "resealSecrets"];

const send = ({ method, path, body }: Sent, key?: string) => {
  const repeatable: Record<string, string> = key === undefined ? {} : { "idempotency-key": key };
  return path.startsWith("/admin")
    ? service.fetch<Failed>(method, path, { body, headers: { authorization: "Bearer admin_test", ...repeatable } })
    : service.api<Failed>(method, path, body, repeatable);
};

it("knows every operation that changes something", () => {
  const audited = OPERATIONS.filter(isAudited).map(({ id }) => id);
  expect([...Object.keys(CHANGES), ...ELSEWHERE].sort()).toEqual(audited.sort());
  const unaudited = OPERATIONS.filter((one) => one.method !== "GET" && !isAudited(one)).map(({ id }) => id);
  expect(unaudited.sort()).toEqual(
    [
      // They change nothing that lasts.
      "createLiveTicket",
      "previewBatch",
      "previewChange",
      // Each tool is a request of its own.
      "serveMcp",
      // One for each call (docs/design/audit.md).
      "createCalls",
      // A carrier's.
      "receiveEvent",
      "receiveShared",
      "receiveStatus",
      "searchPeople",
      // As many as calls, and about people.
      "changeCall",
      // The audit goes with the organization.
      "deleteOrganization",
    ].sort(),
  );
});

describe.each(Object.entries(CHANGES))("%s", (id, { sent, kind, refused }) => {
  it("leaves one record, however often it is repeated, and none where it is refused", async () => {
    const request = await sent();
    const { id: newest } = (await listed("limit=1"))[0] ?? {};
    if (refused !== undefined) {
      expect((await send(refused)).status).toBeGreaterThanOrEqual(400);
      expect(await since(newest)).toEqual([]);
    }
    const isRepeatable = OPERATIONS.find((one) => one.id === id)?.repeats !== undefined;
    const key = isRepeatable ? crypto.randomUUID() : undefined;
    expect((await send(request, key)).status).toBeLessThan(300);
    const made = await until(async () => {
      const records = await since(newest);
      return records.length === 0 ? null : records;
    });
    const by = request.path.startsWith("/admin") ? { kind: "operator" } : { kind: "key", label: "test" };
    expect(made).toMatchObject([{ operation: id, by, resource: { kind } }]);
    if (key !== undefined) await send(request, key);
    expect(await since(newest)).toEqual(made);
  });
});

describe("a record", () => {
  const about = async (id: string) => listed(`resource_id=${encodeURIComponent(id)}`);

  it("has only the fields that differ, before and after, and times as everywhere", async () => {
    const { id } = await service.createBatch(numbers(2), { ...LATER, target_concurrency_limit: 2 });
    const path = `${BATCHES}/${id}`;
    const window = { timezone_mode: "recipient", windows: [{ days: ["mon"], start: "09:00", end: "17:00" }] };
    const change = { target_concurrency_limit: 5, calling_window: window };
    expect((await service.api("PATCH", path, change)).status).toBe(200);
    await service.api("PATCH", path, { target_concurrency_limit: 5 });
    await service.api("POST", `${path}/pause`);
    await service.api("POST", `${path}/pause`);
    await service.api("POST", `${path}/cancel`);
    const [cancelled, paused, changed, created, ...more] = await until(async () => {
      const records = await about(id);
      return records.length >= 4 ? records : null;
    });
    expect(more).toEqual([]);
    expect(created).toMatchObject({ operation: "createBatch", after: { recipients: 2, ...LATER } });
    expect(created?.before).toBeUndefined();
    expect(changed?.before).toEqual({ target_concurrency_limit: 2, calling_window: null });
    expect(changed?.after).toMatchObject({ target_concurrency_limit: 5, calling_window: window });
    expect([paused?.before, paused?.after]).toEqual([{ paused: false }, { paused: true }]);
    expect(cancelled?.before).toEqual({ cancelled: false, waiting: 2 });
    expect(cancelled?.after).toEqual({ cancelled: true, waiting: 0 });
    expect([...(await about(id))].map(({ at }) => at)).toEqual(
      [...(await about(id))].map(({ at }) => at).sort((a, b) => (a < b ? 1 : -1)),
    );
  });

  it("never has a secret, and says that one was replaced", async () => {
    const { id } = await aProvider("4");
    await service.api("PATCH", `/agents/phone-numbers/providers/${id}`, { auth_token: "a token that nobody may see" });
    const [changed] = await about(id);
    expect(changed?.after).toMatchObject({ replaced_secrets: ["auth_token"] });
    const made = await service.admin<{ key: string }>("POST", `/${service.organization}/api-keys`, { label: "mine" });
    const stored = await storedActs();
    for (const secret of ["a token that nobody may see", "a secret of the account", made.key.slice(-40)])
      expect(stored).not.toContain(secret);
  });

  it("of the service is left where its circuit breaker stops a batch, and where a human lets it go on", async () => {
    const breaker = { min_calls: 1, failure_share: 0.1, window_minutes: 10, cool_down_minutes: null };
    await service.carrier.control("PUT", "faults", { place: { mode: "500" } });
    const { id } = await service.createBatch(numbers(8), { circuit_breaker: breaker, target_concurrency_limit: 1 });
    const [opened] = await until(async () => {
      const records = await about(id);
      return records[0]?.operation === "openCircuit" ? records : null;
    });
    await service.carrier.control("PUT", "faults", {});
    expect(opened).toMatchObject({
      by: { kind: "service" },
      before: { circuit: "closed" },
      after: { circuit: "open" },
    });
    await service.api("POST", `${BATCHES}/${id}/resume`);
    const [resumed] = await until(async () => {
      const records = await about(id);
      return records[0]?.operation === "resumeBatch" ? records : null;
    });
    expect(resumed?.by).toMatchObject({ kind: "key", label: "test" });
  });

  it("stays when its batch is deleted, for keys that may not read the whole audit, too", async () => {
    const { id } = await failed();
    await service.api("DELETE", `${BATCHES}/${id}`);
    const viewer = await service.admin<{ key: string }>("POST", `/${service.organization}/api-keys`, {
      label: "viewer",
      role: "viewer",
    });
    const asViewer = { "x-api-key": viewer.key };
    const { body } = await service.api<Page>("GET", `${BATCHES}/${id}/audit`, undefined, asViewer);
    expect(body.data.map(({ operation }) => operation)).toEqual(["deleteBatch", "createBatch"]);
    expect(body.data[0]).toMatchObject({ before: { name: "Test batch" } });
    expect((await service.api("GET", "/agents/audit", undefined, asViewer)).status).toBe(403);
  });
});

const storedActs = () =>
  runInDurableObject(service.organizationObject(), (_, { storage }) =>
    JSON.stringify(storage.sql.exec("SELECT * FROM acts").toArray()),
  );

it("has no byte of a person's number, before and after the person is erased", async () => {
  const number = "+14155559977";
  const batch = await service.createBatch([number], { name: "For one", ...LATER });
  await service.api("POST", "/agents/do-not-call", { number, reason: "asked" });
  await service.api("DELETE", `/agents/do-not-call/${number}?reason=again`);
  await service.api("POST", `${BATCHES}/${batch.id}/cancel`);
  await service.api("DELETE", `/agents/people/${number}`);
  await until(async () => ((await listed(`resource_id=${batch.id}`)).length >= 1 ? true : null));
  expect(await storedActs()).not.toContain("4155559977");
});

describe("a record of a batch", () => {
  /** As if the organization could not be reached: what the batch tells is lost. */
  it("is stored with the change, told until it is acknowledged, and stored once", async () => {
    const { id } = await waiting();
    await service.api("POST", `${BATCHES}/${id}/pause`);
    await until(async () => ((await listed(`resource_id=${id}`)).length === 2 ? true : null));
    const acts = await runInDurableObject(service.organizationObject(), (_, { storage }) => {
      const rows = storage.sql.exec("SELECT * FROM acts WHERE resource_id = ? AND operation = 'pauseBatch'", id);
      const [row] = rows.toArray();
      storage.sql.exec("DELETE FROM acts WHERE resource_id = ? AND operation = 'pauseBatch'", id);
      return row;
    });
    // The report was lost: the batch has the record still, and has heard of no answer when it wakes again.
    const record = {
      act: { id: "0".repeat(32), operation: "pauseBatch", by: { kind: "key", id: acts?.by_id, label: "test" } },
      at: acts?.at,
      kind: "batch",
      resourceId: id,
      before: null,
      after: null,
    };
    const untold = JSON.stringify([record]);
    await runInDurableObject(service.batchObject(id), (_, { storage }) => {
      storage.sql.exec("UPDATE batch SET untold_acts = ?", untold);
    });
    await evictDurableObject(service.batchObject(id));
    await service.batchObject(id).wake();
    const told = async () => (await listed(`resource_id=${id}`)).filter(({ operation }) => operation === "pauseBatch");
    await until(async () => ((await told()).length === 1 ? true : null));
    // It is told again, as if only the answer had been lost.
    await runInDurableObject(service.batchObject(id), (_, { storage }) => {
      storage.sql.exec("UPDATE batch SET untold_acts = ?", untold);
    });
    await evictDurableObject(service.batchObject(id));
    await service.batchObject(id).wake();
    // Once it is acknowledged, the next change forgets it.
    let changes = 0;
    await until(async () => {
      changes += 1;
      await service.api("PATCH", `${BATCHES}/${id}`, { name: `Renamed ${changes}` });
      return runInDurableObject(service.batchObject(id), (_, { storage }) => {
        const { untold_acts } = storage.sql.exec("SELECT untold_acts FROM batch").one();
        return String(untold_acts).includes("pauseBatch") ? null : true;
      });
    });
    expect(await told()).toHaveLength(1);
  });
});

it("lists by resource, key, kind and time, page by page, both ways", async () => {
  const other = await TestService.start();
  const rest = { name: "Ada", connection: { type: "websocket", url: "wss://agent.example.com/audio" } };
  for (let made = 0; made < 5; made += 1) await other.made("/agents", rest);
  const all = await listed("limit=100", other);
  expect(all.map(({ operation }) => operation)).toEqual([
    ...Array.from({ length: 5 }, () => "createAgent"),
    "importPhoneNumber",
    "createAgent",
    "createProvider",
    "createApiKey",
    "createOrganization",
  ]);
  const [key] = all;
  expect((await listed("kind=agent&limit=100", other)).length).toBe(6);
  expect((await listed("by=operator", other)).map(({ operation }) => operation)).toEqual([
    "createApiKey",
    "createOrganization",
  ]);
  expect((await listed(`by=${key?.by.id}&kind=provider`, other)).length).toBe(1);
  expect(await listed("resource_id=agent_test", other)).toEqual(
    all.filter(({ resource }) => resource.id === "agent_test"),
  );
  const at = all[3]?.at ?? "";
  expect(await listed(`at_gte=${at}&limit=100`, other)).toEqual(all.filter((one) => one.at >= at));
  expect(await listed(`at_lte=${at}&limit=100`, other)).toEqual(all.filter((one) => one.at <= at));
  const pages: Record_[] = [];
  let next: string | null = "";
  while (next !== null) {
    const cursor: string = next === "" ? "" : `&starting_after=${next}`;
    const { body } = await other.api<Page>("GET", `/agents/audit?limit=3${cursor}`);
    pages.push(...body.data);
    next = body.next_page;
  }
  expect(pages).toEqual(all);
  const { body } = await other.api<Page>("GET", `/agents/audit?limit=3&ending_before=${all[5]?.id}`);
  expect(body.data).toEqual(all.slice(2, 5));
  for (const wrong of ["kind=nothing", "at_gte=now", "at_gte=2026-12-02T00:00:00Z&at_lte=2026-12-01T00:00:00Z"])
    expect((await other.api("GET", `/agents/audit?${wrong}`)).status).toBe(400);
  await other.stop();
});

it("is downloaded as CSV, with the same filters", async () => {
  await service.admin("PATCH", `/${service.organization}`, { name: "Renamed" });
  const response = await fetchWorker(
    new Request(`https://${service.host}/agents/audit.csv?kind=organization&separator=semicolon&bom=false`, {
      headers: { "x-api-key": service.key, "cartesia-version": "2026-03-01" },
    }),
  );
  expect(response.headers.get("content-type")).toContain("text/csv");
  const [header, changed, ...earlier] = (await response.text()).trimEnd().split("\r\n");
  expect(header).toBe("at;by;by_kind;by_id;operation;kind;resource_id;before;after");
  expect(changed).toContain(";operator;operator;operator;changeOrganization;organization;");
  expect(changed).toContain(`"{""name"":""Renamed""}"`);
  expect(earlier.at(-1)).toContain("createOrganization");
});

it("is kept out of other organizations", async () => {
  const other = await TestService.start();
  const [mine] = await listed("limit=1");
  expect((await listed("limit=100", other)).map(({ id }) => id)).not.toContain(mine?.id);
  await other.stop();
});

it("leaves nothing where there is no organization", async () => {
  await env.ORGANIZATIONS.getByName("org_nobody").reseal();
  const answer = await service.fetch("POST", "/admin/reseal?limit=100", {
    headers: { authorization: "Bearer admin_test" },
  });
  expect(answer.status).toBe(200);
});
