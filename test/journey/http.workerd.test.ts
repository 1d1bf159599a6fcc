/** A batch through an organization's own dialer, which is the documentation's example. */

import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { webhookOf } from "../../src/calling/secrets/webhook-secret.ts";
import { DIALER } from "../carrier/http/known.ts";
import { CallbackRelay } from "../support/relay.ts";
import { type Failed, TestService } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

const PROVIDERS = "/agents/phone-numbers/providers";
const NUMBERS = "/agents/phone-numbers";

const provider = {
  type: "http",
  label: "Own dialer",
  url: "https://dialer.example.com/callbatch/",
  token: DIALER.token,
  webhook_secret: DIALER.webhookSecret,
};

let service: TestService;
let relay: CallbackRelay;
beforeAll(async () => {
  service = await TestService.start();
  relay = new CallbackRelay(inject("carrierUrls").http ?? "", service.host);
});
afterAll(async () => {
  await relay.stop();
  await service.stop();
});

describe("a provider of the type http", () => {
  it("is shown without its secrets, which can be changed", async () => {
    const { created_at, updated_at, id, ...shown } = await service.made<Record<string, unknown>>(PROVIDERS, provider);
    const url = "https://dialer.example.com/callbatch";
    expect(shown).toEqual({
      type: "http",
      label: "Own dialer",
      url,
      token: "…oken",
      detects_machines: false,
      calls_per_second: null,
    });
    const change = { webhook_secret: "another secret".replace(" ", "-").repeat(2) };
    const changed = await service.api<Record<string, unknown>>("PATCH", `${PROVIDERS}/${id}`, change);
    expect(changed).toMatchObject({ status: 200, body: shown });
    expect(JSON.stringify(changed.body)).not.toContain(change.webhook_secret);
  });

  it("can be told later that it tells machines from people, and until then no batch may ask", async () => {
    const { id } = await service.made<{ id: string }>(PROVIDERS, provider);
    const number = { label: "Own", number: DIALER.number, provider: { id } };
    const { id: from_number_id } = await service.made<{ id: string }>(NUMBERS, number);
    const body = service.batchBody(["+15005550006"], { from_number_id, on_voicemail: "continue" });
    const refused = await service.api<Failed>("POST", "/agents/calls/batches", body);
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: "on_voicemail" }] } });
    expect(refused.body.message).toContain("`detects_machines`");
    const changed = await service.api("PATCH", `${PROVIDERS}/${id}`, { detects_machines: true });
    expect(changed).toMatchObject({ status: 200, body: { detects_machines: true } });
    const batch = await service.createBatch(["+15005550006"], { from_number_id, on_voicemail: "continue" });
    expect((await service.finished(batch.id)).recipients).toMatchObject([{ answered_by: "human" }]);
    await service.api("DELETE", `${NUMBERS}/${from_number_id}`);
  });

  it("goes on telling machines from people while a batch is to ask", async () => {
    const { id } = await service.made<{ id: string }>(PROVIDERS, { ...provider, detects_machines: true });
    const number = { label: "Own", number: DIALER.number, provider: { id } };
    const { id: from_number_id } = await service.made<{ id: string }>(NUMBERS, number);
    const scheduled_at = new Date(Date.now() + 3_600_000).toISOString();
    const settings = { from_number_id, scheduled_at };
    const waits = await service.createBatch(["+15005550006"], settings);
    const asks = await service.createBatch(["+15005550006"], { ...settings, on_voicemail: "hang_up" });
    const change = (detects_machines: boolean) => service.api("PATCH", `${PROVIDERS}/${id}`, { detects_machines });
    expect(await change(false)).toMatchObject({
      status: 409,
      body: { error_code: "in_use", message: expect.stringContaining(`from a person: ${asks.id}; cancel`) },
    });
    expect(await change(true)).toMatchObject({ status: 200 });
    await service.api("POST", `/agents/calls/batches/${asks.id}/cancel`);
    expect(await change(false)).toMatchObject({ status: 200, body: { detects_machines: false } });
    await service.api("POST", `/agents/calls/batches/${waits.id}/cancel`);
    expect((await service.api("DELETE", `${NUMBERS}/${from_number_id}`)).status).toBe(204);
  });

  it.each([
    ["no URL", { url: undefined }, "url"],
    ["a URL that is not encrypted", { url: "http://dialer.example.com" }, "url"],
    ["a private host", { url: "https://10.1.2.3/callbatch" }, "url"],
    ["a loopback host", { url: "https://localhost:9000" }, "url"],
    ["the cloud's metadata service", { url: "https://169.254.169.254/latest" }, "url"],
    ["a URL with a query", { url: "https://dialer.example.com/?x=1" }, "url"],
    ["credentials in the URL", { url: "https://a:b@dialer.example.com" }, "url"],
    ["a token that the dialer refuses", { token: "some-other-token-of-the-test" }, "token"],
    ["a token that is too short", { token: "short" }, "token"],
    ["a secret that is none", { webhook_secret: "whsec_short" }, "webhook_secret"],
    ["no secret", { webhook_secret: undefined }, "webhook_secret"],
  ])("with %s is refused", async (_, fields, path) => {
    const refused = await service.api<Failed>("POST", PROVIDERS, { ...provider, ...fields });
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path }] } });
  });
});

it("a batch through it runs to its end by signed events, and nobody else's count", async () => {
  const { id } = await service.made<{ id: string }>(PROVIDERS, provider);
  const foreign = { label: "Own", number: DIALER.otherNumber, provider: { id } };
  expect(await service.api<Failed>("POST", NUMBERS, foreign)).toMatchObject({
    status: 400,
    body: { issues: [{ path: "number" }] },
  });
  const number = { ...foreign, number: DIALER.number };
  const { id: from_number_id } = await service.made<{ id: string }>(NUMBERS, number);
  const to = ["+15005550006", "+15005550002", "+15005550003", "+15005550001", "+15005550010"];
  const batch = await service.createBatch(to, { from_number_id, region: "EU" });
  const over = await service.finished(batch.id);
  expect(over.recipients.map(({ status, end_reason }) => [status, end_reason])).toEqual([
    ["completed", "client_hangup"],
    ["failed", "dial_busy"],
    ["failed", "dial_no_answer"],
    ["failed", undefined],
    ["completed", "agent_hangup"],
  ]);
  expect(over.recipients[3]?.error_message).toBe("the dialer refused the call: +15005550001 cannot be called");
  expect(new Set(relay.statuses)).toEqual(new Set([204]));

  const data = { id: over.recipients[0]?.agent_call_id, status: "failed", end_reason: "dial_busy" };
  const body = JSON.stringify({ type: "call.failed", timestamp: new Date().toISOString(), data });
  const tell = async (headers: Record<string, string>): Promise<number> => {
    const init = { method: "POST", headers: { "content-type": "application/json", ...headers }, body };
    const response = await fetchWorker(new Request(`https://${service.host}/callbacks/http`, init));
    await response.text();
    return response.status;
  };
  const now = new Date();
  const signed = (secret: string) => ({
    "webhook-id": "1",
    "webhook-timestamp": String(Math.floor(now.getTime() / 1_000)),
    "webhook-signature": webhookOf(secret).sign("1", now, body),
  });
  expect(await tell({})).toBe(403);
  expect(await tell(signed(`whsec_${btoa("a".repeat(24))}`))).toBe(403);
  // Genuine, and too late.
  expect(await tell(signed(DIALER.webhookSecret))).toBe(204);
  expect((await service.batch(batch.id)).recipients[0]).toMatchObject({ status: "completed" });
});
