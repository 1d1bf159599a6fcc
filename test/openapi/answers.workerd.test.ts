/** Every operation answers as it is described, and the client has a method for each. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorAnswer } from "../../src/api/answers/parts/common.ts";
import { responsesOf } from "../../src/api/openapi/responses.ts";
import type { Operation } from "../../src/api/operation.ts";
import { OPERATIONS } from "../../src/api/operations/index.ts";
import {
  CallbatchError,
  type Client,
  createClient,
  createOperatorClient,
  type OperatorClient,
} from "../../src/client/client.ts";
import { connectReceiver, TestReceiver } from "../support/receiver.ts";
import { TestService, until } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

connectReceiver();
const seen = new Set<string>();

/** The one with the fewest named parts: `/agents/calls` before `/agents/:agent_id`. */
function operationOf(method: string, pathname: string): Operation {
  const candidates = OPERATIONS.filter(
    (one) => one.method === method && new RegExp(`^${one.path.replace(/:\w+/g, "[^/]+")}$`).test(pathname),
  );
  const [first] = candidates.sort((a, b) => a.path.split(":").length - b.path.split(":").length);
  if (first === undefined) throw new Error(`${method} ${pathname} is not described`);
  return first;
}

/** Passes a request on and holds the answer against its description: all of it is described, and nothing is missing. */
async function checked(request: Request): Promise<Response> {
  const operation = operationOf(request.method, new URL(request.url).pathname);
  const { id, answer } = operation;
  const response = await fetchWorker(request);
  const text = await response.clone().text();
  if (response.ok) {
    expect([id, response.status]).toEqual([id, answer.status]);
    if (answer.content === null) expect(text).toBe("");
    else {
      const told = answer.content.mediaType === undefined ? JSON.parse(text) : text;
      expect(answer.content.schema.parse(told)).toEqual(told);
    }
    seen.add(id);
  } else {
    expect(Object.keys(responsesOf(operation))).toContain(String(response.status));
    expect(errorAnswer.parse(JSON.parse(text))).toEqual(JSON.parse(text));
  }
  expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  return response;
}

let service: TestService;
let client: Client;
let operator: OperatorClient;
beforeAll(async () => {
  service = await TestService.start();
  const baseUrl = `https://${service.host}/`;
  client = createClient({ baseUrl, apiKey: service.key, fetch: checked });
  operator = createOperatorClient({ baseUrl, adminToken: "admin_test", fetch: checked });
});
afterAll(async () => {
  await service.stop();
});

const refusal = async (answer: Promise<unknown>): Promise<CallbatchError> => {
  const error = await answer.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CallbatchError)) throw new Error(`not refused: ${String(error)}`);
  return error;
};

const WINDOW = {
  timezone_mode: "fixed" as const,
  timezone: "UTC",
  windows: [
    { days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as ("mon" | "sun")[], start: "00:00", end: "24:00" },
  ],
};

describe("a batch", () => {
  it("from its order to its calls", async () => {
    const order = {
      name: "Described",
      agent_id: "agent_test",
      from_number_id: "ap_test",
      recipients: [
        { to_number: "+14155560000", metadata: { first_name: "Ada" } },
        { to_number: "+15005550001" },
        { to_number: "+15005550002" },
      ],
      calling_window: WINDOW,
    };
    expect(await client.previewBatch({ ...order, calls_per_second: 1 })).toMatchObject({
      called: 3,
      estimate: { calls_per_second: 1, calls: 3, expected_minutes: 3 },
    });
    const { id } = await client.createBatch(order, { idempotencyKey: "described" });
    expect((await client.createBatch(order, { idempotencyKey: "described" })).id).toBe(id);
    await service.finished(id);
    const batch = await client.getBatch(id);
    expect(batch.recipients.map(({ status, end_reason }) => end_reason ?? status)).toEqual([
      "client_hangup",
      "failed",
      "dial_busy",
    ]);
    const csv = await new Response(await client.exportRecipients(id, { status: "failed", bom: "false" })).text();
    expect(csv.split("\r\n").map((line) => line.split(",")[0])).toEqual([
      "to_number",
      "+15005550001",
      "+15005550002",
      "",
    ]);
    const failed = await client.listRecipients(id, { status: "failed", limit: 1 });
    expect([failed.data[0]?.to_number, failed.total]).toEqual(["+15005550001", 2]);
    const [, refused, busy] = (await client.getBatch(id, { expand: "attempts" })).recipients;
    expect(refused?.attempts).toMatchObject([{ attempt: 1, status: "failed", carrier_code: "21211" }]);
    const one = await client.getRecipient(id, busy?.id ?? "");
    expect(one).toMatchObject({ attempt_count: 1, attempts: [{ end_reason: "dial_busy", sip_code: 486 }] });
    expect(batch.calling_window).toEqual({ ...WINDOW, excluded_dates: [], unknown_timezone: "block" });
    expect((await client.retryBatch(id)).retry_count).toBe(1);
    await service.finished(id);
    const more = {
      recipients: [{ to_number: "+15005550001", external_id: "late" }],
      on_duplicate: "allow" as const,
    };
    expect((await client.appendRecipients(id, more)).appended_recipients).toBe(1);
    expect((await client.appendRecipients(id, more)).skipped_external_ids).toBe(1);
    await service.finished(id);
    const calls = await client.listCalls({ batch_id: id, limit: 100 });
    // Who was refused before a call was made has no record in the list: one, twice, and one who was appended.
    expect(calls.data).toHaveLength(3);
    const [newest] = calls.data;
    expect(await client.getCall(newest?.id ?? "")).toEqual(newest);
    const listed = await until(async () => {
      const page = await client.listBatches({ agent_id: "agent_test", limit: 1 });
      return page.data.length === 1 ? page : null;
    });
    expect(listed.data[0]?.id).toBe(id);
    expect(await client.getConcurrency()).toMatchObject({ limit: 20, in_use: 0, free: 20, holding: [], waiting: [] });
    expect((await client.createLiveTicket(id)).url).toMatch(/^wss:/);
  });

  it("from a file", async () => {
    const order = {
      name: "From a file",
      agent_id: "agent_test",
      from_number_id: "ap_test",
      file: new Blob(["phone,first_name\n(415) 556-0000,Ada\n"]),
      default_country: "US",
      target_concurrency_limit: 1,
      calling_window: WINDOW,
    };
    const { called, estimate } = await client.previewBatch({ ...order, expected_call_seconds: 90 });
    expect([called, estimate.duration_seconds]).toEqual([1, 90]);
    const { id } = await client.createBatch(order);
    const { recipients, target_concurrency_limit } = await client.getBatch(id);
    expect([recipients[0]?.to_number, recipients[0]?.metadata]).toEqual(["+14155560000", { first_name: "Ada" }]);
    expect(target_concurrency_limit).toBe(1);
  });

  it("that waits, is changed, paused, resumed and cancelled", async () => {
    const { id } = await client.createBatch({
      name: "Later",
      agent_id: "agent_test",
      from_number_id: "ap_test",
      recipients: [{ to_number: "+14155560000" }],
      scheduled_at: new Date(Date.now() + 3_600_000).toISOString(),
      retry_policy: { max_attempts: 2, retry_on: ["dial_busy"] },
      circuit_breaker: { min_calls: 5 },
    });
    expect((await client.getBatch(id)).circuit_breaker).toMatchObject({ state: "closed", min_calls: 5, calls: 0 });
    expect((await client.changeBatch(id, { name: "Much later", target_concurrency_limit: 2 })).name).toBe("Much later");
    expect(await client.previewChange(id, { scheduled_at: null })).toMatchObject({ waiting: 1, sooner: 1, failed: 0 });
    expect((await client.pauseBatch(id)).paused_at).toMatch(/Z$/);
    expect((await client.getBatch(id)).waiting_reason).toBe("paused");
    expect((await client.resumeBatch(id)).paused_at).toBeUndefined();
    expect((await client.getBatch(id)).waiting_reason).toBe("scheduled");
    expect(await client.getBatch(id)).not.toHaveProperty("cancelled_by");
    const cancelled = await client.cancelBatch(id);
    expect(cancelled).toMatchObject({ status: "cancelled", cancelled_at: expect.stringMatching(/Z$/) });
    const { id: keyId, label } = await client.getOwnKey();
    expect(cancelled.cancelled_by).toEqual({ kind: "key", id: keyId, label });
    const listed = (await client.listBatches({ limit: 1 })).data[0];
    for (const shown of [await client.getBatch(id), listed])
      expect(shown).toMatchObject({ cancelled_at: cancelled.cancelled_at, cancelled_by: cancelled.cancelled_by });
    expect((await refusal(client.retryBatch(id))).envelope?.error_code).toBe("batch_cancelled");
  });

  it("that calls nobody who is on the do-not-call list", async () => {
    const [number, other] = ["+14155561111", "+14155562222"] as const;
    expect(await client.addDoNotCall({ numbers: [number, number], reason: "asked" })).toEqual({
      added: 1,
      already_listed: 1,
    });
    const file = new Blob(["number,reason\n(415) 557-3333,moved\n"]);
    expect(await client.addDoNotCall({ file, default_country: "US" })).toMatchObject({
      added: 1,
      already_listed: 0,
      file: { number_column: "number", rows: 1 },
    });
    const csv = await new Response(await client.exportDoNotCall({ bom: "false" })).text();
    expect(csv).toMatch(/^number,reason,.*\r\n\+14155573333,moved,.*\r\n\+14155561111,asked,.*\r\n$/);
    const recipients = [{ to_number: number }, { to_number: other }];
    const { id, skipped_do_not_call } = await client.createBatch({
      name: "Without one",
      agent_id: "agent_test",
      from_number_id: "ap_test",
      recipients,
    });
    expect(skipped_do_not_call).toBe(1);
    const [called] = (await service.finished(id)).recipients;
    expect(await client.reportOptOut(called?.agent_call_id ?? "")).toEqual({ added: 1, already_listed: 0 });
    const found = await client.listDoNotCall({ q: "+1415556" });
    expect(found.data.map((one) => one.number).sort()).toEqual([number, other]);
    expect((await client.removeDoNotCall(number, { reason: "again" })).removal_reason).toBe("again");
    expect((await client.getDoNotCall(number)).removed_at).toMatch(/Z$/);
    expect((await refusal(client.removeDoNotCall(number, { reason: "again" }))).status).toBe(404);
    expect((await client.removeDoNotCall(other, { reason: "again" })).number).toBe(other);
  });

  it("that is refused says why", async () => {
    const order = {
      name: "",
      agent_id: "agent_test",
      from_number_id: "ap_test",
      recipients: [{ to_number: "nobody" }],
    };
    const error = await refusal(client.createBatch(order));
    expect(error.status).toBe(400);
    expect(error.envelope?.issues?.map(({ path }) => path)).toEqual(["name", "recipients[0].to_number"]);
    expect(error.message).toMatch(/^Invalid request: name: /);
    const unknown = await refusal(
      client.createBatch({ ...order, name: "A", agent_id: "x", recipients: [{ to_number: "+14155560000" }] }),
    );
    expect(unknown.status).toBe(404);
  });
});

it("agents, providers and phone numbers", async () => {
  const agent = await client.createAgent({
    name: "A",
    connection: { type: "websocket", url: "wss://agent.example.com" },
  });
  expect(await client.getAgent(agent.id)).toEqual(agent);
  expect((await client.changeAgent(agent.id, { name: "B" })).name).toBe("B");
  expect((await client.listAgents({ limit: 1 })).data[0]?.name).toBe("B");

  const provider = await client.createProvider({
    type: "twilio",
    label: "second",
    account_sid: `AC${"2".repeat(32)}`,
    api_key_sid: `SK${"2".repeat(32)}`,
    api_key_secret: "secret",
  });
  expect(await client.getProvider(provider.id)).toEqual(provider);
  expect(await client.changeProvider(provider.id, { auth_token: "token" })).toMatchObject({ has_auth_token: true });
  expect(await client.listProviders()).toHaveLength(2);

  const rates = [{ destination: "US", per_minute: "0.014" }];
  const prices = await client.setPrices(provider.id, { valid_from: "2026-01-01", currency: "USD", rates });
  expect(prices.rates).toEqual([{ ...rates[0], increments: "60/60", connection_fee: "0" }]);
  expect(await client.listPrices(provider.id)).toEqual([prices]);
  // A list moves to another day in one request, which may be repeated.
  for (const valid_from of ["2026-03-01", "2026-03-01", "2026-01-01"]) {
    const replaces = valid_from === "2026-01-01" ? "2026-03-01" : "2026-01-01";
    const moved = await client.setPrices(provider.id, { valid_from, replaces, currency: "USD", rates });
    expect(await client.listPrices(provider.id)).toEqual([moved]);
  }
  await client.deletePrices(provider.id, "2026-01-01");
  expect((await refusal(client.deletePrices(provider.id, "2026-01-01"))).status).toBe(404);

  const number = await client.importPhoneNumber({ label: "n", number: "+14155550188", provider: { id: provider.id } });
  expect(await client.getPhoneNumber(number.id)).toEqual(number);
  const named = await client.changePhoneNumber(number.id, { agent_id: agent.id });
  expect(named.agent).toEqual({ id: agent.id, name: "B" });
  expect((await client.listPhoneNumbers()).data).toHaveLength(2);

  for (const deletion of [
    client.deleteAgent(agent.id),
    client.deleteProvider(provider.id),
    client.deletePhoneNumber(number.id),
  ]) {
    expect((await refusal(deletion)).status).toBe(409);
  }
  await client.changePhoneNumber(number.id, { agent_id: null });
  await client.deletePhoneNumber(number.id);
  await client.deleteProvider(provider.id);
  await client.deleteAgent(agent.id);
  expect((await refusal(client.getAgent(agent.id))).envelope?.error_code).toBe("not_found");
});

it("organizations and their keys", async () => {
  const id = `${service.organization}-2`;
  const made = await operator.createOrganization({
    id,
    name: "Second",
    agent_call_concurrency_limit: 3,
    agents_usage_limit: 9,
    calling_window: WINDOW,
  });
  expect(await operator.getOrganization(id)).toEqual(made);
  expect(
    (await operator.changeOrganization(id, { agent_call_concurrency_limit: 4 })).agent_call_concurrency_limit,
  ).toBe(4);
  expect((await operator.listOrganizations({ limit: 1 })).data[0]?.id).toBe(id);
  expect(await operator.getLedger(id)).toEqual({
    limit: 4,
    reserved: 0,
    in_use: 0,
    calls_outside_batches: 0,
    holding: [],
    waiting: [],
  });
  expect((await operator.resealSecrets({ limit: 1 })).data).toEqual([
    { organization_id: id, resealed: 0, current: 0, unopened: 0 },
  ]);
  const key = await operator.createApiKey(id, { label: "first" });
  const listed = (await operator.listApiKeys(id)).data;
  expect(listed.map((one) => one.id)).toEqual([key.id]);
  expect(listed[0]?.key).not.toBe(key.key);
  await operator.revokeApiKey(id, key.id);
  expect((await operator.listApiKeys(id)).data).toEqual([]);
  expect((await refusal(operator.createOrganization({ id, name: "S", agent_call_concurrency_limit: 1 }))).status).toBe(
    409,
  );
  expect((await refusal(operator.getOrganizationDeletion(id))).status).toBe(404);
  const exported = await new Response(await operator.exportOrganization(id)).bytes();
  expect(exported.subarray(0, 2)).toEqual(Uint8Array.of(0x1f, 0x8b));
  expect((await operator.deleteOrganization(id, { confirm: id })).organization_id).toBe(id);
  expect((await operator.getOrganizationDeletion(id)).organization_id).toBe(id);
});

it("direct calls, and which of them could not be placed", async () => {
  const order = {
    agent_id: "agent_test",
    from_number_id: "ap_test",
    outbound_calls: [{ to_number: "+14155560000", metadata: { first_name: "Ada" } }, { to_number: "+15005550001" }],
  };
  const { calls } = await client.createCalls(order, { idempotencyKey: "directly" });
  expect(calls.map(({ number, error }) => [number, error?.error_code])).toEqual([
    ["+14155560000", undefined],
    ["+15005550001", "call_not_placed"],
  ]);
  expect((await client.createCalls(order, { idempotencyKey: "directly" })).calls[0]).toEqual(calls[0]);
  expect((await client.getCall(calls[0]?.agent_call_id ?? "")).metadata).toEqual({ first_name: "Ada" });
});

it("a call that is going on can be cancelled", async () => {
  const { id } = await service.createBatch(["+15005550011"], { target_concurrency_limit: 1 });
  const talking = await until(async () => (await client.listCalls({ batch_id: id })).data[0] ?? null);
  await until(async () => ((await client.getCall(talking.id)).status === "started" ? true : null));
  expect(await client.cancelCall(talking.id)).toEqual({ cancelled: true });
  await service.finished(id);
  expect((await refusal(client.cancelCall(talking.id))).envelope?.error_code).toBe("call_not_active");
  const said = { outcome: "appointment", notes: "At ten.", tags: ["new"], recording_url: "https://r.example.com/1" };
  expect(await client.changeCall(talking.id, said)).toMatchObject(said);
  expect((await client.deleteCall(talking.id)).redacted_at).toMatch(/^20/);
});

it("keys of the organization's own, and who made them", async () => {
  const made = await client.createKey({ label: "own", role: "operator" });
  expect((await client.listKeys({ limit: 100 })).data.find(({ id }) => id === made.id)).toMatchObject({
    role: "operator",
  });
  await client.revokeKey(made.id);
  const { data } = await client.listAudit({ kind: "api_key", resource_id: made.id });
  expect(data.map(({ operation, by }) => [operation, by.label])).toEqual([
    ["revokeKey", "test"],
    ["createKey", "test"],
  ]);
  expect(await new Response(await client.exportAudit({ kind: "api_key" })).text()).toContain("revokeKey");
  const { id } = await service.createBatch(["+14155550179"]);
  expect((await client.listBatchAudit(id)).data.map(({ operation }) => operation)).toEqual(["createBatch"]);
});

it("members, who may sign in through Cloudflare Access", async () => {
  const { id } = await client.createMember({ email: "ada@example.com", role: "viewer" });
  expect(await client.changeMember(id, { role: "operator" })).toMatchObject({ role: "operator" });
  await client.createMember({ domain: "example.com", role: "viewer" });
  expect((await client.listMembers()).data.map(({ domain, email }) => domain ?? email)).toEqual([
    "example.com",
    "ada@example.com",
  ]);
  await client.deleteMember(id);
});

it("the key of the request, reports, and people who are erased", async () => {
  expect(await client.getOwnKey()).toMatchObject({ role: "admin", organization_id: service.organization });
  expect(await client.changeSettings({ retention_days: 400 })).toEqual({ retention_days: 400, archive: false });
  expect(await client.getSettings()).toEqual({ retention_days: 400, archive: false });
  const recipients = [{ to_number: "+14155550177" }, { to_number: "+14155550178", external_id: "crm-78" }];
  const { id } = await service.createBatch([], { recipients });
  await service.finished(id);
  expect((await client.getReport({ by: "batch", batch_id: id })).by).toBe("batch");
  expect(await new Response(await client.exportReport({ by: "day" })).text()).toContain("dialed");
  const [place] = (await client.findPerson({ to_number: "+14155550177" })).data;
  expect(place).toMatchObject({ batch_id: id, status: "completed", attempts: [{ attempt: 1 }] });
  expect((await client.searchPeople({ to_number: "+14155550177" })).data).toEqual([place]);
  const exported = await client.exportOwnOrganization();
  expect((await new Response(exported).bytes()).subarray(0, 2)).toEqual(Uint8Array.of(0x1f, 0x8b));
  const erasure = await client.erasePerson("+14155550177");
  expect((await client.getErasure(erasure.id)).id).toBe(erasure.id);
  const other = await client.erasePersonByExternalId({ external_id: "crm-78" });
  const third = await client.erasePeople({ external_id: "crm-78" });
  expect((await client.listErasures()).data.map((one) => one.id)).toEqual([third.id, other.id, erasure.id]);
  await client.deleteBatch(id);
});

it("the ledger of a batch that dials is described in full", async () => {
  const { id } = await client.createBatch({
    name: "Talks",
    agent_id: "agent_test",
    from_number_id: "ap_test",
    recipients: [{ to_number: "+15005550011" }],
    target_concurrency_limit: 20,
  });
  const second = await client.createBatch({
    name: "Waits",
    agent_id: "agent_test",
    from_number_id: "ap_test",
    recipients: [{ to_number: "+14155560000" }],
    target_concurrency_limit: 20,
  });
  const ledger = await until(async () => {
    const now = await operator.getLedger(service.organization);
    return now.holding.length === 1 && now.waiting.length === 1 ? now : null;
  });
  expect([ledger.holding[0]?.batch_id, ledger.waiting[0]?.batch_id]).toEqual([id, second.id]);
});

it("webhooks and their deliveries", async () => {
  const made = await client.createWebhook({ display_name: "CRM", url: new TestReceiver().url("fail/99") });
  expect(made.secret).toMatch(/^whsec_/);
  const { secret, ...webhook } = made;
  expect(await client.getWebhook(made.id)).toEqual(webhook);
  expect((await client.listWebhooks()).data).toEqual([webhook]);
  const chosen = "a secret of my own";
  const other = await client.createWebhook({
    display_name: "B",
    url: "https://b.example.com",
    secret: chosen,
  });
  expect(other.secret).toBe(chosen);
  const again = await client.changeWebhook(made.id, { secret: null, events: ["call_failed"] });
  expect(again.secret).toMatch(/^whsec_/);
  expect(again.secret).not.toBe(secret);
  const { id } = await client.testWebhook(made.id);
  const tried = await until(async () => {
    const [delivery] = (await client.listDeliveries(made.id, { limit: 1 })).data;
    return delivery?.attempts === 1 ? delivery : null;
  });
  expect(tried).toMatchObject({ id, type: "test", status: "pending" });
  expect((await client.redeliver(made.id, id)).status).toBe("pending");
  expect((await client.changeWebhook(made.id, { enabled: false })).disabled_reason).toBe("switched off");
  expect((await refusal(client.testWebhook(made.id))).envelope?.error_code).toBe("webhook_disabled");
  expect((await refusal(client.redeliver(made.id, id))).envelope?.error_code).toBe("webhook_disabled");
  await client.deleteWebhook(made.id);
  expect((await refusal(client.getWebhook(made.id))).status).toBe(404);
  for (let count = 1; count < 10; count += 1)
    await client.createWebhook({ display_name: "B", url: "https://b.example.com" });
  const full = await refusal(client.createWebhook({ display_name: "B", url: "https://b.example.com" }));
  expect([full.status, full.envelope?.error_code]).toEqual([409, "too_many_webhooks"]);
});

describe("the client", () => {
  const idsOf = (audience: string) => OPERATIONS.filter((one) => one.audience === audience).map(({ id }) => id);

  it("has a method for each operation, and each was answered as it is described", () => {
    const { waitUntilFinished, watchBatch, ...operations } = client;
    expect(Object.keys(operations).sort()).toEqual(idsOf("client").sort());
    expect(Object.keys(operator).sort()).toEqual(idsOf("operator").sort());
    expect([...seen].sort()).toEqual([...idsOf("client"), ...idsOf("operator")].sort());
  });

  it("tells what is no answer of the service from what is", async () => {
    const proxied = createClient({
      baseUrl: "https://nobody.test",
      apiKey: "sk_a_01234567",
      maxRetries: 0,
      fetch: async () => new Response("<h1>Bad gateway</h1>", { status: 502 }),
    });
    const error = await refusal(proxied.listAgents());
    expect([error.status, error.envelope, error.message]).toEqual([502, null, "HTTP 502"]);
  });

  it("encodes ids, and leaves out what is not given", async () => {
    const urls: string[] = [];
    const deaf = createClient({
      baseUrl: "https://nobody.test/",
      apiKey: "sk_a_01234567",
      fetch: async ({ url }) => {
        urls.push(url);
        return Response.json({});
      },
    });
    await deaf.getBatch("../agents?x=1");
    await deaf.listCalls({ agent_id: "a&b", limit: 5 });
    expect(urls).toEqual([
      "https://nobody.test/agents/calls/batches/..%2Fagents%3Fx%3D1",
      "https://nobody.test/agents/calls?agent_id=a%26b&limit=5",
    ]);
  });
});

describe("who is not known", () => {
  const guarded = OPERATIONS.filter(({ audience }) => audience !== "anybody");
  it.each(guarded.map(({ id, method, path }) => [id, method, path] as const))(
    "is refused by %s",
    async (_, method, path) => {
      const response = await fetchWorker(new Request(`https://${service.host}${path}`, { method }));
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error_code: "unauthorized" });
    },
  );
});

it("the document needs no key", async () => {
  const response = await checked(new Request(`https://${service.host}/openapi.json`));
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json"]);
  expect(await response.json()).toMatchObject({ openapi: "3.1.0", servers: [{ url: "/" }] });
});
