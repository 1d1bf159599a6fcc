/**
 * A client that was generated from the published API runs the journey of a team that moves here, in both versions. Every
 * answer is held against what is published of it. The differences that remain: docs/reference/compatibility.md.
 */

import createClient from "openapi-fetch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SERVED_VERSIONS } from "../../src/api/guards/served-versions.ts";
import { LIVEKIT } from "../carrier/livekit/known.ts";
import { startLiveKit } from "../carrier/livekit/start.ts";
import { DEMO } from "../local/provision.ts";
import { type Shared, sharedOrganization } from "../service/shared.ts";
import { Cleanup, finishedBatch, until } from "../service/support.ts";
import { faultsOf, PUBLISHED, publishedFor } from "./published.ts";
import type { components, paths } from "./published-api.d.ts";

const BUSY = "+15005550002";
const REFUSED = "+15005550001";
const TALKS = "+15005550011";
const ANSWERS = "+12125550100";

/** Numbers are not bought here: docs/reference/compatibility.md. */
const NOT_SERVED = ["provisionPhoneNumber"];

const cleanup = new Cleanup();
let running: Shared;
let gateway: string;
beforeAll(async () => {
  const liveKit = await startLiveKit();
  cleanup.add(() => liveKit.stop());
  gateway = liveKit.url;
  running = await sharedOrganization();
});
afterAll(() => cleanup.run());

/** That one of the two is there leads the generator to no fields at all. */
type Direct = { readonly agent_call_id?: string; readonly error?: unknown };
type Answered<T> = { readonly data?: T; readonly error?: unknown; readonly response: Response };
/** What the answer says; the refusal, where there is none. */
function saidBy<T>({ data, error, response }: Answered<T>): T {
  if (data === undefined) expect.fail(`${response.status} ${JSON.stringify(error)}`);
  return data;
}

describe.each(SERVED_VERSIONS)("in the version %s", (version) => {
  const answered = new Map<string, number[]>();
  const params = { header: { "Cartesia-Version": version as "2026-08-14" } };
  const client = () => {
    const made = createClient<paths>({
      baseUrl: running.service.baseUrl,
      headers: { Authorization: `Bearer ${running.apiKey}` },
    });
    made.use({
      async onResponse({ request, response }) {
        const { pathname } = new URL(request.url);
        const published = publishedFor(request.method, pathname);
        if (published === null) throw new Error(`${request.method} ${pathname} is not published`);
        const text = await response.clone().text();
        const body: unknown = text === "" ? null : JSON.parse(text);
        const faults = faultsOf(published, response.status, body);
        expect({ id: published.id, faults, body }).toMatchObject({ faults: [] });
        answered.set(published.id, [...(answered.get(published.id) ?? []), response.status]);
      },
    });
    return made;
  };
  const order = (numbers: readonly string[]): components["schemas"]["AgentCallBatchRequest"] => ({
    name: "A batch",
    agent_id: DEMO.agentId,
    from_number_id: DEMO.numberId,
    recipients: numbers.map((to_number) => ({ to_number, metadata: { first_name: "Ada", tags: ["a"] } })),
  });

  it("batches: create, get, list, cancel, retry", async () => {
    const { GET, POST } = client();
    const body = order([ANSWERS, BUSY, REFUSED]);
    const { id } = saidBy(await POST("/agents/calls/batches", { params, body }));
    await finishedBatch(running.client, id);
    const path = { batch_id: id };
    const batch = saidBy(await GET("/agents/calls/batches/{batch_id}", { params: { ...params, path } }));
    expect(batch.recipients).toHaveLength(3);
    const ofAgent = { agent_id: DEMO.agentId, limit: 2 };
    saidBy(await GET("/agents/calls/batches", { params: { ...params, query: ofAgent } }));
    saidBy(await POST("/agents/calls/batches/{batch_id}/retry", { params: { ...params, path } }));
    await finishedBatch(running.client, id);
    const scheduled_at = new Date(Date.now() + 3_600_000).toISOString();
    const later = { ...body, scheduled_at, target_concurrency_limit: 1, ringing_timeout_seconds: 80 };
    const made = saidBy(await POST("/agents/calls/batches", { params, body: later }));
    const cancelled = { params: { ...params, path: { batch_id: made.id } } };
    expect(saidBy(await POST("/agents/calls/batches/{batch_id}/cancel", cancelled)).status).toBe("cancelled");
  });

  it("a list of which an official client sends nulls, as empty parameters", async () => {
    const url = `${running.service.baseUrl}/agents/calls/batches?limit=&starting_after=&agent_id=`;
    const headers = { "X-API-Key": running.apiKey, "Cartesia-Version": version };
    const response = await fetch(url, { headers });
    const published = publishedFor("GET", "/agents/calls/batches");
    if (published === null) expect.fail("the list is published");
    expect(faultsOf(published, response.status, await response.json())).toEqual([]);
  });

  it("calls: list by batch and by agent, get, erase, cancel, and direct ones", async () => {
    const { DELETE, GET, POST } = client();
    const { id } = saidBy(await POST("/agents/calls/batches", { params, body: order([ANSWERS, BUSY, REFUSED]) }));
    await finishedBatch(running.client, id);
    const ofBatch = saidBy(await GET("/agents/calls", { params: { ...params, query: { batch_id: id } } }));
    // People who were refused before a call was made have no record there.
    expect(ofBatch.data).toHaveLength(2);
    for (const { id: call_id } of ofBatch.data) {
      const one = { params: { ...params, path: { call_id } } };
      expect(saidBy(await GET("/agents/calls/{call_id}", one)).metadata).toEqual({ first_name: "Ada", tags: ["a"] });
      const erased = saidBy(await DELETE("/agents/calls/{call_id}", one));
      expect(erased.redacted_at).toMatch(/^20/);
      expect(erased.metadata ?? null).toBeNull();
      expect(saidBy(await GET("/agents/calls/{call_id}", one))).toEqual(erased);
    }
    const query = {
      agent_id: DEMO.agentId,
      start_time_gte: "2020-01-01T00:00:00Z",
      start_time_lte: new Date().toISOString(),
      expand: "transcript",
      limit: 100,
    };
    saidBy(await GET("/agents/calls", { params: { ...params, query } }));
    const body = {
      agent_id: DEMO.agentId,
      from_number_id: DEMO.numberId,
      outbound_calls: [{ to_number: TALKS, metadata: null }, { to_number: REFUSED }],
    };
    const { calls } = saidBy(await POST("/agents/calls", { params, body })) as { calls: Direct[] };
    expect(calls.map(({ error }) => error === undefined)).toEqual([true, false]);
    const path = { call_id: calls[0]?.agent_call_id ?? "" };
    const read = async () => saidBy(await GET("/agents/calls/{call_id}", { params: { ...params, path } }));
    await until("the call is answered", 30_000, async () => ((await read()).status === "started" ? true : null));
    const early = await DELETE("/agents/calls/{call_id}", { params: { ...params, path } });
    expect(early.response.status).toBe(409);
    saidBy(await POST("/agents/calls/{call_id}/cancel", { params: { ...params, path } }));
  });

  it("numbers and providers: link, list, filter, import, get, change, delete", async () => {
    const { DELETE, GET, PATCH, POST } = client();
    const providers = "/agents/phone-numbers/providers";
    const isFirst = version === SERVED_VERSIONS[0];
    const account_sid = `AC${(isFirst ? "6" : "7").repeat(32)}`;
    const key = { api_key_sid: `SK${"7".repeat(32)}`, api_key_secret: "a secret" };
    const account = { type: "twilio" as const, account_sid, ...key };
    const { id = "" } = saidBy(await POST(providers, { params, body: account }));
    expect((await POST(providers, { params, body: account })).response.status).toBe(409);
    const all = saidBy(await GET(providers, { params }));
    expect(all.map((one) => ("id" in one ? one.id : null))).toContain(id);
    const filtered = { ...params, query: { type: "twilio" as const, account_sid } };
    expect(saidBy(await GET(providers, { params: filtered }))).toHaveLength(1);
    const one = { params: { ...params, path: { id } } };
    const moved = { type: "twilio" as const, ...key, region: "au1" as const };
    expect(saidBy(await PATCH(`${providers}/{id}`, { ...one, body: moved }))).toMatchObject({ region: "au1" });
    expect(saidBy(await GET(`${providers}/{id}`, one))).toMatchObject({ id, region: "au1", label: account_sid });

    const body = {
      label: "Line",
      number: isFirst ? "+12025550142" : "+12025550143",
      provider: { type: "twilio" as const, account_sid },
      agent_id: DEMO.agentId,
    };
    const line = saidBy(await POST("/agents/phone-numbers", { params, body }));
    const query = { agent_id: DEMO.agentId, provider_id: id, type: "twilio" as const, q: "line", limit: 5 };
    const page = saidBy(await GET("/agents/phone-numbers", { params: { ...params, query } }));
    expect(page.data.map((found) => found.id)).toEqual([line.id]);
    const number = { params: { ...params, path: { id: line.id } } };
    const renamed = { label: "Other", agent_id: null };
    expect(saidBy(await PATCH("/agents/phone-numbers/{id}", { ...number, body: renamed })).agent).toBeNull();
    const elsewhere = { provider: { id: DEMO.providerId } };
    expect(saidBy(await PATCH("/agents/phone-numbers/{id}", { ...number, body: elsewhere })).provider).toMatchObject({
      id: DEMO.providerId,
    });
    saidBy(await GET("/agents/phone-numbers/{id}", number));
    expect((await DELETE("/agents/phone-numbers/{id}", number)).response.status).toBe(204);
    expect((await DELETE(`${providers}/{id}`, one)).response.status).toBe(204);
  });

  it("a SIP trunk by its published fields, beside the gateways that are ours", async () => {
    const { DELETE, GET, PATCH, POST } = client();
    const providers = "/agents/phone-numbers/providers";
    const outbound = {
      address: LIVEKIT.trunk,
      transport: "tls" as const,
      destination_country: "US",
      media_encryption: "allowed" as const,
      credentials: { username: LIVEKIT.trunkUser, password: LIVEKIT.trunkPassword },
    };
    const US = { url: gateway, api_key: LIVEKIT.apiKey, api_secret: LIVEKIT.apiSecret };
    const body = { type: "sip_trunk" as const, label: "Trunk", outbound, gateway: "livekit", regions: { US } };
    const made = saidBy(await POST(providers, { params, body }));
    if (made.type !== "sip_trunk") expect.fail("it is another provider");
    const { credentials, ...shown } = outbound;
    expect(made.outbound).toMatchObject({ ...shown, auth_username: credentials.username });
    const one = { params: { ...params, path: { id: made.id } } };
    const change = { type: "sip_trunk" as const, label: "Renamed", outbound: { media_encryption: "required" } };
    expect(saidBy(await PATCH(`${providers}/{id}`, { ...one, body: change }))).toMatchObject({ label: "Renamed" });
    expect(saidBy(await GET(`${providers}/{id}`, one))).toMatchObject({ outbound: { media_encryption: "required" } });
    await PATCH(`${providers}/{id}`, { ...one, body: { ...change, outbound: { credentials: null } } });
    expect(saidBy(await GET(`${providers}/{id}`, one))).toMatchObject({ outbound: { auth_username: "" } });
    expect((await DELETE(`${providers}/{id}`, one)).response.status).toBe(204);
  });

  it("webhooks: create with any secret and without a name, list, delete", async () => {
    const { DELETE, GET, POST } = client();
    const body = { url: "https://hooks.example.com/calls", secret: "a b" };
    const made = saidBy(await POST("/agents/webhooks", { params, body }));
    expect(made.secret).toBe("a b");
    const page = saidBy(await GET("/agents/webhooks", { params }));
    expect(page.data.map(({ id }) => id)).toContain(made.id);
    const one = { params: { ...params, path: { webhook_id: made.id } } };
    expect(saidBy(await DELETE("/agents/webhooks/{webhook_id}", one))).toBe(made.id);
  });

  it("refusals have the published form", async () => {
    const { GET, POST } = client();
    const unknown = { params: { ...params, path: { batch_id: "acb_1111111111111111111111" } } };
    expect((await GET("/agents/calls/batches/{batch_id}", unknown)).response.status).toBe(404);
    expect((await GET("/agents/calls", { params })).response.status).toBe(400);
    const body = { ...order([]), recipients: [] };
    expect((await POST("/agents/calls/batches", { params, body })).response.status).toBe(400);
    const keyless = await fetch(`${running.service.baseUrl}/agents/calls/batches`, { headers: params.header });
    const published = publishedFor("GET", "/agents/calls/batches");
    if (published === null) expect.fail("the list is published");
    expect([keyless.status, faultsOf(published, keyless.status, await keyless.json())]).toEqual([401, []]);
  });

  it("and with that every published operation was carried out", () => {
    const done = [...answered].filter(([, statuses]) => statuses.some((status) => status < 300)).map(([id]) => id);
    const missing = PUBLISHED.map(({ id }) => id).filter((id) => !done.includes(id));
    expect(missing).toEqual(NOT_SERVED);
  });
});
