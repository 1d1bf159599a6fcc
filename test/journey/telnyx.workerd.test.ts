/** A batch through Telnyx Call Control: what is asked before anything is stored, and webhooks with its signature. */

import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { TELNYX } from "../carrier/telnyx/known.ts";
import { CallbackRelay } from "../support/relay.ts";
import { type Failed, TestService, until } from "../support/service.ts";

const PROVIDERS = "/agents/phone-numbers/providers";
const NUMBERS = "/agents/phone-numbers";

const provider = {
  type: "telnyx",
  label: "Telnyx",
  api_key: TELNYX.apiKey,
  connection_id: TELNYX.connectionId,
  public_key: TELNYX.publicKey,
};

let service: TestService;
let relay: CallbackRelay;
beforeAll(async () => {
  service = await TestService.start();
  relay = new CallbackRelay(inject("carrierUrls").telnyx ?? "", service.host);
});
afterAll(async () => {
  await relay.stop();
  await service.stop();
});

describe("a provider at Telnyx", () => {
  it("is shown with its key masked", async () => {
    const { created_at, updated_at, id, ...shown } = await service.made<Record<string, unknown>>(PROVIDERS, provider);
    expect(shown).toEqual({ ...provider, api_key: "…d-in", calls_per_second: 30 });
    const refused = await service.api<Failed>("PATCH", `${PROVIDERS}/${id}`, { api_key: "KEY_another" });
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: "api_key" }] } });
  });

  it.each([
    ["a key that Telnyx refuses", { api_key: "KEY_wrong" }, "api_key"],
    ["no application of the account", { connection_id: "1" }, "connection_id"],
    ["an application of the old webhooks", { connection_id: TELNYX.oldConnectionId }, "connection_id"],
    ["an application that cannot dial out", { connection_id: TELNYX.noProfileConnectionId }, "connection_id"],
    ["an application that is off", { connection_id: TELNYX.inactiveConnectionId }, "connection_id"],
    ["a name for an id", { connection_id: "my app" }, "connection_id"],
    ["no public key", { public_key: undefined }, "public_key"],
    ["a public key that is too short", { public_key: "c2hvcnQ=" }, "public_key"],
  ])("with %s is refused", async (_, fields, path) => {
    const refused = await service.api<Failed>("POST", PROVIDERS, { ...provider, ...fields });
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path }] } });
  });

  it("takes numbers of the account and those that were verified for it", async () => {
    const { id } = await service.made<{ id: string }>(PROVIDERS, provider);
    const body = { label: "Caller", provider: { id } };
    await service.made(NUMBERS, { ...body, number: TELNYX.verifiedNumber });
    const refused = await service.api<Failed>("POST", NUMBERS, { ...body, number: TELNYX.otherNumber });
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: "number" }] } });
  });
});

it("a request whose answer was lost is repeated, and dials nobody again", async () => {
  const to = "+15005550005";
  const { id } = await service.made<{ id: string }>(PROVIDERS, provider);
  const number = { label: "Caller", number: TELNYX.secondNumber, provider: { id } };
  const { id: from_number_id } = await service.made<{ id: string }>(NUMBERS, number);
  const batch = await service.createBatch([to], { from_number_id });
  const over = await service.finished(batch.id);
  expect(over.recipients[0]).toMatchObject({ status: "completed", end_reason: "client_hangup" });
  const url = `${inject("carrierUrls").telnyx}/__stand-in/dialed?to=${encodeURIComponent(to)}`;
  const counts = async () => (await (await fetch(url)).json()) as { asked: number; dialed: number };
  await until(async () => ((await counts()).asked >= 2 ? true : null));
  expect((await counts()).dialed).toBe(1);
  expect((await service.batch(batch.id)).recipients[0]).toMatchObject({ status: "completed" });
});

it("a batch through it runs to its end by signed webhooks", async () => {
  const { id } = await service.made<{ id: string }>(PROVIDERS, provider);
  const number = { label: "Caller", number: TELNYX.number, provider: { id } };
  const { id: from_number_id } = await service.made<{ id: string }>(NUMBERS, number);
  const ends = [
    ["+15005550006", "completed", "client_hangup"],
    ["+15005550002", "failed", "dial_busy"],
    ["+15005550003", "failed", "dial_no_answer"],
    ["+15005550001", "failed", undefined],
    ["+15005550010", "completed", "agent_hangup"],
    ["+15005550016", "completed", "max_duration"],
    ["+15005550013", "failed", "error"],
    ["+15005550014", "failed", "dial_busy"],
  ] as const;
  const batch = await service.createBatch(
    ends.map(([to]) => to),
    { from_number_id, region: "EU" },
  );
  const over = await service.finished(batch.id);
  expect(over.recipients.map((one) => [one.to_number, one.status, one.end_reason])).toEqual(ends);
  expect(over.recipients[3]?.error_message).toContain("+15005550001 is invalid. (error 10002)");
  expect(new Set(relay.statuses)).toEqual(new Set([204]));
  const busy = await service.api("GET", `/agents/calls/${over.recipients[7]?.agent_call_id}`);
  expect(busy.body).toMatchObject({ telephony_params: { call_sid: expect.stringMatching(/^v3:.+\/[0-9a-f-]{36}$/) } });
});
