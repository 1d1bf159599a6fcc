/** A batch on a SIP trunk through jambonz, with its status hooks: provider, number, batch, and what became of everybody. */

import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { JAMBONZ } from "../carrier/jambonz/known.ts";
import { CallbackRelay } from "../support/relay.ts";
import { type Batch, type Failed, TestService } from "../support/service.ts";

const PROVIDERS = "/agents/phone-numbers/providers";
const NUMBERS = "/agents/phone-numbers";

const GATEWAY = {
  url: "https://api.jambonz.example.com/v1",
  account_sid: JAMBONZ.accountSid,
  api_key: JAMBONZ.apiKey,
  webhook_secret: JAMBONZ.webhookSecret,
};
const PROVIDER = {
  type: "sip_trunk",
  gateway: "jambonz",
  label: "Trunk",
  outbound: {
    hostname: JAMBONZ.trunk,
    transport: "tls",
    credentials: { username: JAMBONZ.trunkUser, password: JAMBONZ.trunkPassword },
  },
  regions: { EU: GATEWAY, APAC: GATEWAY },
};

let service: TestService;
let relay: CallbackRelay;
let number: string;
beforeAll(async () => {
  service = await TestService.start();
  relay = new CallbackRelay(inject("carrierUrls").jambonz ?? "", service.host);
  const { id } = await service.made<{ id: string }>(PROVIDERS, PROVIDER);
  const imported = { label: "Trunk", number: "+14155550188", provider: { id } };
  number = (await service.made<{ id: string }>(NUMBERS, imported)).id;
});
afterAll(async () => {
  await relay.stop();
  await service.stop();
});

describe("a provider at jambonz", () => {
  it("is shown without its secrets, and keeps what a change does not name", async () => {
    const made = await service.made<Record<string, unknown>>(PROVIDERS, PROVIDER);
    const gateway = { url: GATEWAY.url, account_sid: GATEWAY.account_sid, api_key: "…-key", has_webhook_secret: true };
    const shown = {
      type: "sip_trunk",
      gateway: "jambonz",
      label: "Trunk",
      outbound: {
        hostname: JAMBONZ.trunk,
        transport: "tls",
        auth_username: JAMBONZ.trunkUser,
        media_encryption: "allowed",
      },
      regions: { US: null, EU: gateway, APAC: gateway },
      recognizer: null,
    };
    expect(made).toMatchObject(shown);
    expect(JSON.stringify(made)).not.toMatch(/stand-in-trunk-password|stand-in-jambonz-key|wh_secret/);
    const path = `${PROVIDERS}/${made.id}`;
    const changed = await service.api("PATCH", path, { regions: { EU: { webhook_secret: null } } });
    const after = { ...shown, regions: { ...shown.regions, EU: { ...gateway, has_webhook_secret: false } } };
    expect(changed).toMatchObject({ status: 200, body: after });
    expect(await service.api("GET", path)).toMatchObject({ status: 200, body: after });
    const refused = await service.api<Failed>("PATCH", path, {
      regions: { US: { url: GATEWAY.url, api_key: GATEWAY.api_key } },
    });
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: "regions.US.account_sid" }] } });
    expect(await service.api("GET", path)).toMatchObject({ body: after });
  });

  it("is led nowhere else by a change: not into a private network, and not with a key that nobody can read", async () => {
    const made = await service.made<{ id: string }>(PROVIDERS, PROVIDER);
    const path = `${PROVIDERS}/${made.id}`;
    const before = (await service.api("GET", path)).body;
    const { api_key } = GATEWAY;
    const again = { api_key, webhook_secret: null };
    const { credentials } = PROVIDER.outbound;
    for (const [change, at] of [
      [{ url: "https://10.0.0.1/v1", ...again }, "regions.EU.url"],
      [{ url: "http://jambonz.example.com/v1", ...again }, "regions.EU.url"],
      [{ url: "https://elsewhere.example.com/v1", webhook_secret: null }, "regions.EU.api_key"],
      [{ url: "https://elsewhere.example.com/v1", api_key }, "regions.EU.webhook_secret"],
    ] as const) {
      const body = { regions: { EU: change }, outbound: { credentials } };
      const refused = await service.api<Failed>("PATCH", path, body);
      expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: at }] } });
    }
    expect((await service.api("GET", path)).body).toEqual(before);
    const regions = { EU: { url: "https://other.example.com/v1", ...again } };
    const kept = await service.api<Failed>("PATCH", path, { regions });
    expect(kept).toMatchObject({ status: 400, body: { issues: [{ path: "outbound.credentials" }] } });
    expect((await service.api("PATCH", path, { regions, outbound: { credentials } })).status).toBe(200);
  });

  it.each([
    ["a key that jambonz refuses", { regions: { EU: { ...GATEWAY, api_key: "wrong" } } }, "regions.EU.api_key"],
    [
      "a gateway in a private network",
      { regions: { EU: { ...GATEWAY, url: "https://10.0.0.1/v1" } } },
      "regions.EU.url",
    ],
    ["no gateway", { regions: {} }, "regions"],
    ["no trunk", { outbound: null }, "outbound"],
    ["no word for its gateway", { gateway: undefined }, "gateway"],
  ])("with %s is refused", async (_, fields, path) => {
    const answer = await service.api<Failed>("POST", PROVIDERS, { ...PROVIDER, ...fields });
    expect(answer).toMatchObject({ status: 400, body: { issues: [{ path }] } });
  });
});

it("can be given a recognizer later, by which it tells machines from people; until then no batch may ask", async () => {
  const { id } = await service.made<{ id: string }>(PROVIDERS, PROVIDER);
  const imported = { label: "Trunk", number: "+14155550189", provider: { id } };
  const { id: from_number_id } = await service.made<{ id: string }>(NUMBERS, imported);
  const body = service.batchBody(["+15005550006"], { from_number_id, on_voicemail: "continue" });
  const refused = await service.api<Failed>("POST", "/agents/calls/batches", body);
  expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: "on_voicemail" }] } });
  expect(refused.body.message).toContain("`recognizer`");
  const changed = await service.api("PATCH", `${PROVIDERS}/${id}`, { recognizer: JAMBONZ.recognizer });
  expect(changed).toMatchObject({ status: 200, body: { recognizer: JAMBONZ.recognizer } });
  const batch = await service.createBatch(["+15005550006"], { from_number_id, on_voicemail: "continue" });
  expect((await service.finished(batch.id)).recipients).toMatchObject([{ answered_by: "human" }]);
});

describe("a batch on a trunk through jambonz", () => {
  const create = (recipients: readonly string[], fields: Record<string, unknown> = {}) =>
    service.createBatch(recipients, { from_number_id: number, ...fields });

  it("runs to its end", async () => {
    const destinations = [
      "+15005550006",
      "+15005550010",
      "+15005550002",
      "+15005550003",
      "+15005550004",
      "+15005550001",
    ];
    const batch = await create(destinations);
    expect(batch).toMatchObject({ region: "EU" });
    const over = await service.finished(batch.id);
    expect(over.recipients.map(({ status, end_reason }) => [status, end_reason])).toEqual([
      ["completed", "client_hangup"],
      ["completed", "agent_hangup"],
      ["failed", "dial_busy"],
      ["failed", "dial_no_answer"],
      ["failed", "dial_failed"],
      ["failed", undefined],
    ]);
    expect(over.recipients[5]?.error_message).toContain("cannot be called");
  });

  it("is not dialed again where the answer to the request that dialed was lost", async () => {
    const to = "+15005550005";
    const batch = await create([to]);
    const over = await service.finished(batch.id);
    expect(over.recipients[0]).toMatchObject({ status: "completed", end_reason: "client_hangup" });
    const dialed = await fetch(`${inject("carrierUrls").jambonz}/__stand-in/dialed?to=${encodeURIComponent(to)}`);
    expect(await dialed.json()).toBe(1);
  });

  it("is dialed from the region that it names, if there is a gateway", async () => {
    const batch = await create(["+15005550006"], { region: "APAC" });
    expect(batch).toMatchObject({ region: "APAC" });
    expect((await service.finished(batch.id)).recipients[0]?.status).toBe("completed");
    const body = service.batchBody(["+15005550006"], { from_number_id: number, region: "US" });
    const refused = await service.api<Failed & Batch>("POST", "/agents/calls/batches", body);
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: "region" }] } });
    expect(refused.body.message).toContain("EU, APAC");
  });

  it.each([
    ["without a gateway in its region", "region", "+14155550190", { regions: { APAC: GATEWAY } }],
    ["that cannot tell machines from people", "on_voicemail", "+14155550191", { recognizer: null }],
  ])("calls nobody more once its number has a provider %s, and says so", async (_, field, calledFrom, other) => {
    const able = { ...PROVIDER, recognizer: JAMBONZ.recognizer };
    const { id } = await service.made<{ id: string }>(PROVIDERS, able);
    const elsewhere = await service.made<{ id: string }>(PROVIDERS, { ...able, ...other });
    const imported = { label: "Trunk", number: calledFrom, provider: { id } };
    const { id: from_number_id } = await service.made<{ id: string }>(NUMBERS, imported);
    const asked = { from_number_id, region: "EU", on_voicemail: "hang_up" };
    const batch = await service.createBatch(["+15005550002"], asked);
    expect((await service.finished(batch.id)).recipients[0]?.status).toBe("failed");
    const path = `${NUMBERS}/${from_number_id}`;
    const move = (to: string) => service.api("PATCH", path, { provider: { id: to } });
    await expect.poll(async () => (await move(elsewhere.id)).status).toBe(200);
    const more = { recipients: [{ to_number: "+15005550006" }] };
    for (const [action, body] of [
      ["recipients", more],
      ["retry", undefined],
    ] as const) {
      const refused = await service.api<Failed>("POST", `/agents/calls/batches/${batch.id}/${action}`, body);
      expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: field }] } });
    }
    await move(id);
    const again = await service.api("POST", `/agents/calls/batches/${batch.id}/recipients`, more);
    expect(again.status).toBe(200);
    expect((await service.finished(batch.id)).recipients[1]?.status).toBe("completed");
  });
});
