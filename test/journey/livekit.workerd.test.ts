/**
 * A batch on a SIP trunk through LiveKit: provider, number, agent, batch. The project's one webhook tells of all its calls, and
 * the answers are asked for.
 */

import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { LIVEKIT } from "../carrier/livekit/known.ts";
import { signWebhook } from "../carrier/livekit/token.ts";
import { deliverToWorker } from "../support/carrier.ts";
import { CallbackRelay } from "../support/relay.ts";
import { type Failed, TestService, until } from "../support/service.ts";

const PROVIDERS = "/agents/phone-numbers/providers";
const NUMBERS = "/agents/phone-numbers";
const TALKS = "+15005550011";

const GATEWAY = { url: "https://livekit.example.com", api_key: LIVEKIT.apiKey, api_secret: LIVEKIT.apiSecret };
const PROVIDER = {
  type: "sip_trunk",
  gateway: "livekit",
  label: "Trunk",
  outbound: {
    address: LIVEKIT.trunk,
    transport: "tls",
    credentials: { username: LIVEKIT.trunkUser, password: LIVEKIT.trunkPassword },
    destination_country: "US",
    media_encryption: "allowed",
  },
  regions: { US: GATEWAY, APAC: GATEWAY },
};

let service: TestService;
let relay: CallbackRelay;
let number: string;
let providerId: string;
beforeAll(async () => {
  service = await TestService.start();
  const standIn = inject("carrierUrls").livekit ?? "";
  const webhook = `https://${service.host}/callbacks/livekit`;
  await (await fetch(`${standIn}/__stand-in/webhook`, { method: "POST", body: webhook })).text();
  relay = new CallbackRelay(standIn, service.host);
  providerId = (await service.made<{ id: string }>(PROVIDERS, PROVIDER)).id;
  const imported = { label: "Trunk", number: "+14155550189", provider: { id: providerId } };
  number = (await service.made<{ id: string }>(NUMBERS, imported)).id;
  const connection = { type: "livekit", agent_name: LIVEKIT.agentName };
  await service.made("/agents", { id: "agent_room", name: "Room", connection });
});
afterAll(async () => {
  await relay.stop();
  await service.stop();
});

const create = (recipients: readonly string[], fields: Record<string, unknown> = {}) =>
  service.createBatch(recipients, { agent_id: "agent_room", from_number_id: number, ...fields });

describe("a provider at LiveKit", () => {
  it("is shown without its secrets", async () => {
    const { status, body } = await service.api<Record<string, unknown>>("GET", `${PROVIDERS}/${providerId}`);
    const { credentials: _, ...trunk } = PROVIDER.outbound;
    const gateway = { url: GATEWAY.url, api_key: "…1234" };
    expect(status).toBe(200);
    expect(body).toMatchObject({
      type: "sip_trunk",
      gateway: "livekit",
      outbound: { ...trunk, auth_username: LIVEKIT.trunkUser },
      regions: { US: gateway, EU: null, APAC: gateway },
    });
    expect(JSON.stringify(body)).not.toMatch(/stand-in-trunk-password|stand-in-livekit-secret|APIstandin/);
  });

  it("is led nowhere else by a change: not into a private network, and not with a secret that nobody can read", async () => {
    const { id } = await service.made<{ id: string }>(PROVIDERS, PROVIDER);
    const { credentials } = PROVIDER.outbound;
    const US = { ...GATEWAY, url: "https://elsewhere.example.com" };
    for (const [change, paths] of [
      [{ regions: { US: { ...GATEWAY, url: "https://[fd00::1]" } }, outbound: { credentials } }, ["regions.US.url"]],
      [{ outbound: { address: "localhost:5060", credentials } }, ["outbound.address"]],
      [{ outbound: { address: "2130706433", credentials } }, ["outbound.address"]],
      [{ outbound: { address: "trunk.example.com:6379", credentials } }, ["outbound.address"]],
      [{ regions: { US } }, ["outbound.credentials"]],
      [{ regions: { EU: US } }, ["outbound.credentials"]],
      [{ outbound: { address: "elsewhere.example.com" } }, ["outbound.credentials"]],
      [{ regions: { US: { url: US.url } } }, ["outbound.credentials", "regions.US.api_key", "regions.US.api_secret"]],
    ] as const) {
      const refused = await service.api<Failed>("PATCH", `${PROVIDERS}/${id}`, change);
      expect(refused).toMatchObject({ status: 400, body: { issues: paths.map((path) => ({ path })) } });
    }
  });

  it.each([
    [
      "a secret that LiveKit refuses",
      { regions: { EU: { ...GATEWAY, api_secret: "wrong" } } },
      "regions.EU.api_secret",
    ],
    [
      "a gateway that is not encrypted",
      { regions: { US: { ...GATEWAY, url: "http://livekit.example.com" } } },
      "regions.US.url",
    ],
    ["no gateway", { regions: {} }, "regions"],
    ["a trunk in a private network", { outbound: { ...PROVIDER.outbound, address: "pbx.lan" } }, "outbound.address"],
    ["another word for its gateway", { gateway: "asterisk" }, "gateway"],
  ])("with %s is refused", async (_, fields, path) => {
    const answer = await service.api<Failed>("POST", PROVIDERS, { ...PROVIDER, ...fields });
    expect(answer).toMatchObject({ status: 400, body: { issues: [{ path }] } });
  });
});

describe("a batch on a trunk through LiveKit", () => {
  it("needs an agent that is registered there", async () => {
    const body = service.batchBody(["+15005550006"], { from_number_id: number });
    const refused = await service.api<Failed>("POST", "/agents/calls/batches", body);
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: "agent_id" }] } });
  });

  it("runs to its end", async () => {
    const destinations = [
      "+15005550006",
      "+15005550010",
      "+15005550002",
      "+15005550003",
      "+15005550004",
      "+15005550001",
    ];
    const batch = await create(destinations, { region: "APAC" });
    expect(batch).toMatchObject({ region: "APAC" });
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
    const dialed = await fetch(`${inject("carrierUrls").livekit}/__stand-in/dialed?to=${encodeURIComponent(to)}`);
    expect(await dialed.json()).toBe(1);
  });

  it("asks whether it was answered, ends a call, and believes no webhook that LiveKit has not signed", async () => {
    const batch = await create([TALKS]);
    const call = await until(async () => {
      const { recipients } = await service.batch(batch.id);
      return recipients[0]?.status === "started" ? (recipients[0].agent_call_id ?? null) : null;
    });
    const participant = { identity: call, kind: "SIP", attributes: { "sip.callStatus": "active" } };
    const body = JSON.stringify({ event: "participant_left", room: { name: call }, participant, createdAt: "1" });
    const tell = (secret: string, room = body) => {
      const authorization = signWebhook(LIVEKIT.apiKey, secret, body, Date.now());
      const url = `https://${service.host}/callbacks/livekit`;
      return deliverToWorker({ url, method: "POST", headers: { authorization }, body: room });
    };
    expect(await tell("wrong")).toBe(403);
    expect(await tell(LIVEKIT.apiSecret, `${body} `)).toBe(403);
    // Another room of the project's is heard, and is nobody's here.
    expect(await tell(LIVEKIT.apiSecret, '{"event":"room_started","room":{"name":"standup"}}')).toBe(204);
    expect((await service.batch(batch.id)).recipients[0]?.status).toBe("started");
    expect(await service.api("POST", `/agents/calls/${call}/cancel`)).toMatchObject({ status: 200 });
    const over = await service.finished(batch.id);
    expect(over.recipients[0]).toMatchObject({ status: "completed", end_reason: "api_cancelled" });
  });
});
