/** Providers and phone numbers, from creation to deletion. Contract: "Telephony resources". */

import { runInDurableObject } from "cloudflare:test";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { DIALER } from "../carrier/http/known.ts";
import { type Failed, numbers, TestService } from "../support/service.ts";

const PROVIDERS = "/agents/phone-numbers/providers";
const NUMBERS = "/agents/phone-numbers";
const HOUR = 3_600_000;

type Provider = { id: string; label: string; api_key_sid: string; has_auth_token: boolean; updated_at: string };
type Line = { id: string; label: string; number: string; agent: unknown; provider: Provider; updated_at: string };

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(async () => {
  await service.stop();
});

/** Words that are nowhere else, so that one that is let out is found. */
const SECRETS = { api_key_secret: "wjr-secret-of-the-key", auth_token: "qzx-token-of-the-account" };
const account = {
  type: "twilio",
  label: "Main",
  account_sid: `AC${"0123456789abcdef".repeat(2)}`,
  api_key_sid: `SK${"fedcba9876543210".repeat(2)}`,
  ...SECRETS,
};
const SHOWN = {
  type: "twilio",
  label: "Main",
  account_sid: account.account_sid,
  api_key_sid: "SK…3210",
  region: "us1",
};

let accounts = 0;
/** An account of its own: a second provider of an account and region is refused. */
function newAccount(): typeof account {
  accounts += 1;
  return { ...account, account_sid: `AC${String(accounts).padStart(32, "0")}` };
}
const makeProvider = (fields: Record<string, unknown> = {}) =>
  service.made<Provider>(PROVIDERS, { ...newAccount(), ...fields });
let lines = 0;
function newNumber(): string {
  lines += 1;
  return `+1415555${String(2_000 + lines)}`;
}
const makeLine = (fields: Record<string, unknown> = {}) =>
  service.made<Line>(NUMBERS, { label: "Line", number: newNumber(), provider: { id: "app_test" }, ...fields });
const makeAgent = (name: string) =>
  service.made<{ id: string }>("/agents", { name, connection: { type: "websocket", url: "wss://a.example.com" } });
const get = async <T>(path: string): Promise<T> => (await service.api<T>("GET", path)).body;
const remove = (path: string) => service.api<Failed | null>("DELETE", path);
const pause = () => new Promise((resolve) => setTimeout(resolve, 2));
const IN_USE = { status: 409, body: { error_code: "in_use" } };
const EXISTS = { status: 409, body: { error_code: "already_exists" } };
const gone = (what: string) => ({
  status: 404,
  body: { error_code: "not_found", message: `there is no such ${what}` },
});

describe("a provider", () => {
  it("is answered without its secrets, with its key masked and an id of its own", async () => {
    const provider = await makeProvider({ account_sid: account.account_sid });
    expect(provider).toEqual({
      ...SHOWN,
      id: expect.stringMatching(/^app_[1-9A-HJ-NP-Za-km-z]{22}$/),
      has_auth_token: true,
      calls_per_second: 1,
      created_at: expect.stringMatching(/Z$/),
      updated_at: expect.stringMatching(/Z$/),
    });
    expect(await get(`${PROVIDERS}/${provider.id}`)).toEqual(provider);
  });

  it("lets no secret out by any way, and stores none as it is", async () => {
    const { id } = await makeProvider({ id: "app_silent" });
    await makeLine({ id: "ap_silent", provider: { id } });
    const answers = await Promise.all([
      service.api("GET", `${PROVIDERS}/${id}`),
      service.api("GET", PROVIDERS),
      service.api("PATCH", `${PROVIDERS}/${id}`, { ...SECRETS, api_key_sid: account.api_key_sid }),
      service.api("POST", PROVIDERS, { ...account, id }),
      service.api("POST", PROVIDERS, { ...newAccount(), region: "moon1" }),
      service.api("GET", `${NUMBERS}/ap_silent`),
      service.api("GET", `${NUMBERS}?limit=100`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 409, 400, 200, 200]);
    const stored = await runInDurableObject(service.organizationObject(), (_, { storage }) =>
      storage.sql.exec("SELECT * FROM providers").toArray(),
    );
    expect(stored.map((row) => row.id)).toContain(id);
    const text = JSON.stringify([answers.map(({ body }) => body), stored]);
    for (const secret of [...Object.values(SECRETS), account.api_key_sid]) expect(text).not.toContain(secret);
  });

  it.each([
    [undefined, "us1", "US"],
    [null, "us1", "US"],
    ["us1", "us1", "US"],
    ["ie1", "ie1", "EU"],
    ["au1", "au1", "APAC"],
  ])("in the region %s is one of %s, and its batches are dialed from %s", async (region, shown, dialedFrom) => {
    const provider = await makeProvider({ region });
    expect(provider).toMatchObject({ region: shown });
    const { id } = await makeLine({ provider: { id: provider.id } });
    const scheduled_at = new Date(Date.now() + HOUR).toISOString();
    const batch = await service.createBatch(numbers(1), { from_number_id: id, scheduled_at });
    expect(batch).toMatchObject({ region: dialedFrom, from_number_id: id });
  });

  it.each([
    ["its label", { label: "New" }, { label: "New" }],
    ["its key", { api_key_sid: `SK${"a".repeat(32)}`, api_key_secret: "new" }, { api_key_sid: "SK…aaaa" }],
    ["no auth token", { auth_token: null }, { has_auth_token: false }],
    ["another auth token", { auth_token: "new" }, {}],
    ["nothing", {}, {}],
    ["what it cannot change as it is", { type: "twilio", region: "us1", label: "New" }, { label: "New" }],
  ])("changed to have %s changes that alone", async (_, fields, expected) => {
    const before = await makeProvider();
    await pause();
    const { status, body: after } = await service.api<Provider>("PATCH", `${PROVIDERS}/${before.id}`, fields);
    expect(status).toBe(200);
    expect(after).toEqual({ ...before, ...expected, updated_at: after.updated_at });
    expect(after.updated_at > before.updated_at).toBe(true);
    expect(await get(`${PROVIDERS}/${before.id}`)).toEqual(after);
  });

  it.each([
    ["account_sid", `AC${"a".repeat(32)}`],
    ["type", "sip_trunk"],
  ])("cannot be changed to have another %s, and whoever tries is told and changes nothing", async (path, value) => {
    const provider = await makeProvider();
    const answer = await service.api<Failed>("PATCH", `${PROVIDERS}/${provider.id}`, { label: "New", [path]: value });
    expect(answer).toMatchObject({
      status: 400,
      body: { issues: [{ path, message: "cannot be changed; create another provider" }] },
    });
    expect(await get(`${PROVIDERS}/${provider.id}`)).toEqual(provider);
  });

  it("is called by its account where it has no label", async () => {
    const { label: _, ...rest } = newAccount();
    expect(await service.made(PROVIDERS, rest)).toMatchObject({ label: rest.account_sid });
    const other = newAccount();
    expect(await service.made(PROVIDERS, { ...other, label: null })).toMatchObject({ label: other.account_sid });
    expect(await service.api("POST", PROVIDERS, { type: "http", label: null })).toMatchObject({
      status: 400,
      body: { issues: expect.arrayContaining([expect.objectContaining({ path: "label" })]) },
    });
  });

  it("moves to another region with its credentials, while no call is to be made, and where no other has it", async () => {
    const { auth_token: __, ...rest } = newAccount();
    const provider = await service.made<Provider>(PROVIDERS, rest);
    const path = `${PROVIDERS}/${provider.id}`;
    const move = { type: "twilio", region: "ie1", api_key_sid: account.api_key_sid, api_key_secret: "new" };
    expect(await service.api("PATCH", path, { region: "ie1" })).toMatchObject({
      status: 400,
      body: { issues: [{ path: "api_key_sid" }, { path: "api_key_secret" }] },
    });
    const { id } = await makeLine({ provider: { id: provider.id } });
    const scheduled_at = new Date(Date.now() + HOUR).toISOString();
    const waits = await service.createBatch(numbers(1), { from_number_id: id, scheduled_at });
    expect(await service.api("PATCH", path, move)).toMatchObject(IN_USE);
    await service.api("POST", `/agents/calls/batches/${waits.id}/cancel`);
    expect(await service.api("PATCH", path, move)).toMatchObject({ status: 200, body: { region: "ie1" } });
    const next = await service.createBatch(numbers(1), { from_number_id: id, scheduled_at });
    expect(next).toMatchObject({ region: "EU" });

    const twin = await service.made<Provider>(PROVIDERS, { ...rest, region: "au1" });
    const there = { ...move, region: "ie1" };
    expect(await service.api("PATCH", `${PROVIDERS}/${twin.id}`, there)).toMatchObject(EXISTS);
    expect(await get(`${PROVIDERS}/${twin.id}`)).toEqual(twin);
  });

  it("is stored only if the carrier takes its credentials, and changed likewise", async () => {
    const refused = { status: 400, body: { error_code: "validation_failed", issues: [{ path: "api_key_sid" }] } };
    const wrong = { api_key_secret: "wrong-secret" };
    expect(await service.api("POST", PROVIDERS, { ...newAccount(), ...wrong, id: "app_wrong" })).toMatchObject(refused);
    expect(await service.api("GET", `${PROVIDERS}/app_wrong`)).toMatchObject(gone("provider"));
    const provider = await makeProvider();
    expect(await service.api("PATCH", `${PROVIDERS}/${provider.id}`, wrong)).toMatchObject(refused);
    expect(await get(`${PROVIDERS}/${provider.id}`)).toEqual(provider);
  });

  it("is found by a part of its label, whatever its case", async () => {
    const { id } = await makeProvider({ label: "Zürich Desk" });
    await makeProvider({ label: "Elsewhere" });
    const found = async (q: string) =>
      (await get<Provider[]>(`${PROVIDERS}?q=${encodeURIComponent(q)}`)).map((one) => one.id);
    expect(await found("rich DESK")).toEqual([id]);
    expect(await found(" ")).toContain(id);
    expect(await found("nowhere")).toEqual([]);
  });

  it("is listed with all others, newest first, by its type and by its account", async () => {
    const { id, account_sid } = await service.made<Provider & { account_sid: string }>(PROVIDERS, newAccount());
    const all = await get<Provider[]>(PROVIDERS);
    expect(all[0]?.id).toBe(id);
    expect(all.length).toBeGreaterThan(10);
    const found = async (query: string) => (await get<Provider[]>(`${PROVIDERS}?${query}`)).map((one) => one.id);
    expect(await found(`account_sid=${account_sid}`)).toEqual([id]);
    expect(await found(`account_sid=${account_sid}&type=sip_trunk`)).toEqual([]);
    expect((await found("type=twilio")).slice(0, 1)).toEqual([id]);
    expect(await service.api("GET", `${PROVIDERS}?type=carrier-pigeon`)).toMatchObject({
      status: 400,
      body: { issues: [{ path: "type", message: expect.stringMatching(/^must be one of twilio, /) }] },
    });
  });

  it("of an account and a region that are linked is refused; of another region it is not", async () => {
    const body = newAccount();
    const first = await service.made<Provider>(PROVIDERS, body);
    expect(await service.api("POST", PROVIDERS, body)).toMatchObject({
      status: 409,
      body: { error_code: "already_exists", message: expect.stringContaining(first.id) },
    });
    expect(await service.made(PROVIDERS, { ...body, region: "ie1" })).toMatchObject({ region: "ie1" });
  });

  it("without an auth token says so, and says when it has one", async () => {
    const { auth_token: token, ...rest } = newAccount();
    const provider = await service.made<Provider>(PROVIDERS, rest);
    expect(provider.has_auth_token).toBe(false);
    const changed = await service.api<Provider>("PATCH", `${PROVIDERS}/${provider.id}`, { auth_token: token });
    expect(changed.body.has_auth_token).toBe(true);
  });

  it("with an id that is taken is refused, also at the same moment", async () => {
    const body = { ...newAccount(), id: "app_race" };
    const answers = await Promise.all([1, 2, 3].map(() => service.api<Failed>("POST", PROVIDERS, body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(await service.api("POST", PROVIDERS, body)).toMatchObject(EXISTS);
  });

  it("keeps both of two changes at the same moment, and is gone where it was deleted meanwhile", async () => {
    // As slow as it takes for the other request to come in between.
    const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
    vi.spyOn(crypto.subtle, "encrypt").mockImplementation(async (...args) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return encrypt(...args);
    });
    const { id } = await makeProvider();
    const patch = (body: unknown) => service.api<Provider | Failed>("PATCH", `${PROVIDERS}/${id}`, body);
    const changes = [{ label: "Second" }, { api_key_sid: `SK${"ab".repeat(16)}` }, { auth_token: null }];
    const answers = await Promise.all(changes.map(patch));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await get(`${PROVIDERS}/${id}`)).toMatchObject({
      label: "Second",
      api_key_sid: "SK…abab",
      has_auth_token: false,
    });
    const [late] = await Promise.all([patch({ label: "Third" }), remove(`${PROVIDERS}/${id}`)]);
    expect(late).toMatchObject(gone("provider"));
    vi.restoreAllMocks();
  });

  it("is deleted once it has no numbers, and then is gone", async () => {
    const { id } = await makeProvider();
    const line = await makeLine({ provider: { id } });
    expect(await remove(`${PROVIDERS}/${id}`)).toMatchObject(IN_USE);
    expect((await remove(`${NUMBERS}/${line.id}`)).status).toBe(204);
    expect(await remove(`${PROVIDERS}/${id}`)).toMatchObject({ status: 204, body: null });
    for (const [method, body] of [["GET"], ["DELETE"], ["PATCH", { label: "x" }]] as const) {
      expect(await service.api(method, `${PROVIDERS}/${id}`, body)).toMatchObject(gone("provider"));
    }
  });
});

describe("a phone number", () => {
  it("is answered with its provider, its agent or none, and an id of its own", async () => {
    const provider = await get(`${PROVIDERS}/app_test`);
    const line = await makeLine({ label: "Front desk", number: "+442071838750" });
    expect(line).toEqual({
      id: expect.stringMatching(/^ap_[1-9A-HJ-NP-Za-km-z]{22}$/),
      label: "Front desk",
      number: "+442071838750",
      agent: null,
      provider,
      calls_per_second: null,
      created_at: expect.stringMatching(/Z$/),
      updated_at: expect.stringMatching(/Z$/),
    });
    expect(await get(`${NUMBERS}/${line.id}`)).toEqual(line);
  });

  it("names its agent as that is called now", async () => {
    const agent = await makeAgent("Ada");
    const line = await makeLine({ agent_id: agent.id });
    expect(line.agent).toEqual({ id: agent.id, name: "Ada" });
    await service.api("PATCH", `/agents/${agent.id}`, { name: "Grace" });
    expect(await get(`${NUMBERS}/${line.id}`)).toMatchObject({ agent: { id: agent.id, name: "Grace" } });
  });

  it("is changed in its label and its agent alone", async () => {
    const agent = await makeAgent("Ada");
    const before = await makeLine();
    const steps: [Record<string, unknown>, Record<string, unknown>][] = [
      [{ label: "New" }, { label: "New" }],
      [{ agent_id: agent.id }, { label: "New", agent: { id: agent.id, name: "Ada" } }],
      [
        { label: "Newer", number: before.number },
        { label: "Newer", agent: { id: agent.id, name: "Ada" } },
      ],
      [{ agent_id: null }, { label: "Newer", agent: null }],
    ];
    for (const [fields, expected] of steps) {
      await pause();
      const { status, body: after } = await service.api<Line>("PATCH", `${NUMBERS}/${before.id}`, fields);
      expect([status, after]).toEqual([200, { ...before, ...expected, updated_at: after.updated_at }]);
      expect(after.updated_at > before.updated_at).toBe(true);
      expect(await get(`${NUMBERS}/${before.id}`)).toEqual(after);
    }
  });

  it("cannot become another number, and whoever tries is told and changes nothing", async () => {
    const line = await makeLine();
    const changes = { label: "New", number: "+442071838751" };
    expect(await service.api("PATCH", `${NUMBERS}/${line.id}`, changes)).toMatchObject({
      status: 400,
      body: { issues: [{ path: "number", message: "cannot be changed; import another number" }] },
    });
    expect(await get(`${NUMBERS}/${line.id}`)).toEqual(line);
  });

  it("is refused where it, or its id, is there already; another organization may have both", async () => {
    const line = await makeLine({ id: "ap_mine", number: "+442071838752" });
    const body = { label: "Again", number: line.number, provider: { id: "app_test" } };
    expect(await service.api("POST", NUMBERS, body)).toMatchObject(EXISTS);
    expect(await service.api("POST", NUMBERS, { ...body, id: "ap_mine", number: newNumber() })).toMatchObject(EXISTS);
    expect(await get(`${NUMBERS}/ap_mine`)).toEqual(line);
    const other = await TestService.start();
    expect(await other.made(NUMBERS, { ...body, id: "ap_mine" })).toMatchObject({ id: "ap_mine", label: "Again" });
    expect(await get(`${NUMBERS}/ap_mine`)).toEqual(line);
    await other.stop();
  });

  it("is imported only if the account may call from it: as its own number, or as one that was verified", async () => {
    const body = { label: "Line", number: "+15005559991", provider: { id: "app_test" } };
    expect(await service.api("POST", NUMBERS, body)).toMatchObject({
      status: 400,
      body: { error_code: "validation_failed", issues: [{ path: "number" }] },
    });
    expect(await makeLine({ number: "+15005558881" })).toMatchObject({ number: "+15005558881" });
  });

  it("is found by a part of its label or of itself", async () => {
    const { id } = await makeLine({ label: "Night desk", number: "+442071838799" });
    const found = async (q: string) =>
      (await get<{ data: Line[] }>(`${NUMBERS}?limit=100&q=${encodeURIComponent(q)}`)).data.map((one) => one.id);
    expect(await found("night")).toEqual([id]);
    expect(await found("1838799")).toEqual([id]);
    expect(await found("+442071838799")).toEqual([id]);
    expect(await service.api("GET", `${NUMBERS}?q=night&starting_after=ap_test`)).toMatchObject({ status: 400 });
  });

  it("is listed by its agent, its provider and its provider's type; its agent's name finds it", async () => {
    const provider = await makeProvider();
    const agent = await makeAgent("Zenobia of Palmyra");
    const { id } = await makeLine({ agent_id: agent.id, provider: { id: provider.id } });
    const found = async (query: string) =>
      (await get<{ data: Line[] }>(`${NUMBERS}?${query}`)).data.map((one) => one.id);
    expect(await found(`agent_id=${agent.id}`)).toEqual([id]);
    expect(await found(`provider_id=${provider.id}`)).toEqual([id]);
    expect(await found("q=of%20palmyra")).toEqual([id]);
    expect(await found(`provider_id=${provider.id}&type=twilio`)).toEqual([id]);
    expect(await found(`provider_id=${provider.id}&type=sip_trunk`)).toEqual([]);
    expect(await found(`provider_id=app_test&agent_id=${agent.id}`)).toEqual([]);
    expect(await found("type=twilio&limit=1")).toEqual([id]);
  });

  it("moves to another provider of the same type, also by its account", async () => {
    const [from, to] = [
      await makeProvider(),
      await service.made<Provider & { account_sid: string }>(PROVIDERS, newAccount()),
    ];
    const { id } = await makeLine({ provider: { id: from.id } });
    const byId = await service.api<Line>("PATCH", `${NUMBERS}/${id}`, { provider: { id: to.id } });
    expect([byId.status, byId.body.provider.id]).toEqual([200, to.id]);
    const back = { provider: { id: from.id }, label: "Back" };
    expect((await service.api<Line>("PATCH", `${NUMBERS}/${id}`, back)).body).toMatchObject({
      label: "Back",
      provider: { id: from.id },
    });
    const byAccount = { provider: { type: "twilio", account_sid: to.account_sid } };
    expect((await service.api<Line>("PATCH", `${NUMBERS}/${id}`, byAccount)).body.provider.id).toBe(to.id);
    expect(await get(`${NUMBERS}/${id}`)).toMatchObject({ provider: { id: to.id } });
  });

  it("stays with its provider while a batch is to call from it", async () => {
    const [from, to] = [await makeProvider(), await makeProvider()];
    const { id } = await makeLine({ provider: { id: from.id } });
    const scheduled_at = new Date(Date.now() + HOUR).toISOString();
    await service.createBatch(numbers(1), { from_number_id: id, scheduled_at });
    const change = { label: "New", provider: { id: to.id } };
    expect(await service.api("PATCH", `${NUMBERS}/${id}`, change)).toMatchObject(IN_USE);
    expect(await get(`${NUMBERS}/${id}`)).toMatchObject({ label: "Line", provider: { id: from.id } });
    const same = { label: "New", provider: { id: from.id } };
    expect(await service.api("PATCH", `${NUMBERS}/${id}`, same)).toMatchObject({ status: 200, body: { label: "New" } });
  });

  it("refuses a provider that is unknown, of another type, or without the number", async () => {
    const http = await service.made<Provider>(PROVIDERS, {
      type: "http",
      label: "Own dialer",
      url: "https://dialer.example.com/callbatch/",
      token: DIALER.token,
      webhook_secret: DIALER.webhookSecret,
    });
    const { id } = await makeLine({ number: DIALER.number, provider: { id: http.id } });
    for (const [provider, status, path] of [
      [{ id: "app_unknown" }, 404, undefined],
      [{ type: "twilio", account_sid: `AC${"9".repeat(32)}` }, 404, undefined],
      [{ type: "livekit" }, 400, "provider"],
      [{ id: "app_test" }, 400, "provider"],
    ] as const) {
      const answer = await service.api<Failed>("PATCH", `${NUMBERS}/${id}`, { provider });
      expect({ provider, status: answer.status, path: answer.body.issues?.[0]?.path }).toEqual({
        provider,
        status,
        path,
      });
    }
    const other = await makeProvider();
    const line = await makeLine({ provider: { id: other.id } });
    expect(await service.api("PATCH", `${NUMBERS}/${line.id}`, { provider: { id: http.id } })).toMatchObject({
      status: 400,
      body: { issues: [{ path: "provider", message: expect.stringContaining("type twilio") }] },
    });
  });

  it("is imported by its provider's account; of one in two regions the region is needed", async () => {
    const body = newAccount();
    const first = await service.made<Provider>(PROVIDERS, body);
    const { account_sid } = body;
    const byAccount = (fields = {}) => ({
      label: "Line",
      number: newNumber(),
      provider: { type: "twilio", account_sid, ...fields },
    });
    expect(await service.made<Line>(NUMBERS, byAccount())).toMatchObject({ provider: { id: first.id } });
    const second = await service.made<Provider>(PROVIDERS, { ...body, region: "au1" });
    expect(await service.api("POST", NUMBERS, byAccount())).toMatchObject({
      status: 400,
      body: { issues: [{ path: "provider.region" }] },
    });
    expect(await service.made<Line>(NUMBERS, byAccount({ region: "au1" }))).toMatchObject({
      provider: { id: second.id },
    });
  });

  it("cannot be deleted while an agent uses it", async () => {
    const { id } = await makeLine({ agent_id: (await makeAgent("Ada")).id });
    expect(await remove(`${NUMBERS}/${id}`)).toMatchObject(IN_USE);
    await service.api("PATCH", `${NUMBERS}/${id}`, { agent_id: null });
    expect((await remove(`${NUMBERS}/${id}`)).status).toBe(204);
  });

  it("cannot be deleted while a batch is to call from it; then it is gone, and can be imported again", async () => {
    const { id, number } = await makeLine();
    const scheduled_at = new Date(Date.now() + HOUR).toISOString();
    const batch = await service.createBatch(numbers(1), { from_number_id: id, scheduled_at });
    expect(await remove(`${NUMBERS}/${id}`)).toMatchObject(IN_USE);
    await service.api("POST", `/agents/calls/batches/${batch.id}/cancel`);
    expect(await remove(`${NUMBERS}/${id}`)).toMatchObject({ status: 204, body: null });
    for (const [method, body] of [["GET"], ["DELETE"], ["PATCH", { label: "x" }]] as const) {
      expect(await service.api(method, `${NUMBERS}/${id}`, body)).toMatchObject(gone("phone number"));
    }
    const body = service.batchBody(numbers(1), { from_number_id: id });
    expect(await service.api("POST", "/agents/calls/batches", body)).toMatchObject(gone("phone number"));
    expect(await makeLine({ id, number })).toMatchObject({ id, number });
  });
});
