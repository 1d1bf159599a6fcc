/** A batch through Cartesia: its agents and numbers, calls that are asked about, and a webhook that all calls share. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CARTESIA } from "../carrier/cartesia/known.ts";
import { type Batch, type Failed, TestService, until } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

const PROVIDERS = "/agents/phone-numbers/providers";
const NUMBERS = "/agents/phone-numbers";
const TALKS = "+15005550011";

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
  await service.made("/agents", { id: "agent_line", name: "Line", connection: CONNECTION });
});
afterAll(() => service.stop());

const CONNECTION = { type: "cartesia", agent_id: CARTESIA.agentId };
const provider = { type: "cartesia", label: "Line", api_key: CARTESIA.apiKey };
const number = { label: "Line", number: CARTESIA.number, carrier_number_id: CARTESIA.numberId };

/** A number of its own for each test: the first one's goes before the second one takes it. */
async function line(fields: Record<string, unknown>): Promise<{ numberId: string; remove: () => Promise<unknown> }> {
  const { id } = await service.made<{ id: string }>(PROVIDERS, { ...provider, ...fields });
  // The stand-in organization has imported this number from Twilio.
  await service.api("DELETE", `${NUMBERS}/ap_test`);
  const { id: numberId } = await service.made<{ id: string }>(NUMBERS, { ...number, provider: { id } });
  return { numberId, remove: () => service.api("DELETE", `${NUMBERS}/${numberId}`) };
}
const batchOf = (recipients: readonly string[], numberId: string): Promise<Batch> =>
  service.createBatch(recipients, { agent_id: "agent_line", from_number_id: numberId });

describe("a provider at Cartesia", () => {
  it("is shown without its secrets", async () => {
    const { created_at, updated_at, id, ...shown } = await service.made<Record<string, unknown>>(PROVIDERS, {
      ...provider,
      webhook_secret: CARTESIA.webhookSecret,
    });
    const pace = { calls_per_second: 1 };
    expect(shown).toEqual({ type: "cartesia", label: "Line", api_key: "…d-in", has_webhook_secret: true, ...pace });
    const changed = await service.api<Record<string, unknown>>("PATCH", `${PROVIDERS}/${id}`, { webhook_secret: null });
    expect(changed).toMatchObject({ status: 200, body: { ...shown, has_webhook_secret: false } });
  });

  it.each([
    ["a key that it refuses", PROVIDERS, { ...provider, api_key: "sk_car_wrong" }, "api_key"],
    ["no key", PROVIDERS, { type: "cartesia", label: "Line" }, "api_key"],
  ])("with %s is refused", async (_, path, body, issue) => {
    expect(await service.api<Failed>("POST", path, body)).toMatchObject({
      status: 400,
      body: { issues: [{ path: issue }] },
    });
  });

  it.each([
    ["no id of Cartesia's", { carrier_number_id: null }, "carrier_number_id"],
    ["an id that is none of the account's", { carrier_number_id: "ap_none" }, "carrier_number_id"],
    ["the id of another number", { carrier_number_id: CARTESIA.otherNumberId }, "number"],
  ])("takes no number with %s", async (_, fields, issue) => {
    const { id } = await service.made<{ id: string }>(PROVIDERS, provider);
    const body = { ...number, number: "+14155550177", ...fields, provider: { id } };
    expect(await service.api<Failed>("POST", NUMBERS, body)).toMatchObject({
      status: 400,
      body: { issues: [{ path: issue }] },
    });
  });
});

describe("a batch through Cartesia", () => {
  it("needs an agent that runs there, and a batch through Twilio one that does not", async () => {
    const refused = await service.api<Failed>(
      "POST",
      "/agents/calls/batches",
      service.batchBody(["+14155550123"], { agent_id: "agent_line" }),
    );
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: "agent_id" }] } });
    expect(refused.body.message).toContain("Twilio");
  });

  it("without a webhook asks how its calls went", async () => {
    const { numberId, remove } = await line({});
    const batch = await batchOf(["+15005550006", "+15005550002", "+15005550001"], numberId);
    const over = await service.finished(batch.id);
    expect(over.recipients.map(({ status, end_reason }) => [status, end_reason])).toEqual([
      ["completed", "client_hangup"],
      ["failed", "dial_busy"],
      ["failed", undefined],
    ]);
    expect(over.recipients[2]?.error_message).toContain("cannot be called");
    await remove();
  });

  it("hears of them by the one webhook of all its calls, and of nobody who has not its secret", async () => {
    const { numberId, remove } = await line({ webhook_secret: CARTESIA.webhookSecret });
    const batch = await batchOf([TALKS], numberId);
    const call = await until(async () => {
      const { body } = await service.api<{ data: { id: string; telephony_params: { call_sid?: string } }[] }>(
        "GET",
        `/agents/calls?batch_id=${batch.id}`,
      );
      const found = body.data[0];
      return found?.telephony_params.call_sid === undefined ? null : found;
    });
    const event = (callId: string) => ({
      type: "call_completed",
      call: {
        id: call.telephony_params.call_sid,
        status: "completed",
        end_reason: "agent_hangup",
        metadata: { callbatch: { agent_call_id: callId } },
      },
    });
    const tell = async (carrier: string, body: unknown, secret: string | null) => {
      const request = new Request(`https://${service.host}/callbacks/${carrier}`, {
        method: "POST",
        headers: { "content-type": "application/json", ...(secret === null ? {} : { "x-webhook-secret": secret }) },
        body: JSON.stringify(body),
      });
      const response = await fetchWorker(request);
      await response.text();
      return response.status;
    };
    const right = CARTESIA.webhookSecret;
    expect(await tell("cartesia", event(call.id), null)).toBe(403);
    expect(await tell("cartesia", event(call.id), "wrong")).toBe(403);
    expect(await tell("twilio", event(call.id), right)).toBe(403);
    expect(await tell("nobody", event(call.id), right)).toBe(403);
    expect(await tell("cartesia", event("ac_1"), right)).toBe(403);
    expect(await tell("cartesia", { type: "call_completed", call: { id: "x" } }, right)).toBe(204);
    expect((await service.batch(batch.id)).total_calls_finished).toBe(0);
    expect(await tell("cartesia", event(call.id), right)).toBe(204);
    const over = await service.finished(batch.id);
    expect(over.recipients[0]).toMatchObject({ status: "completed", end_reason: "agent_hangup" });
    expect(await tell("cartesia", event(call.id), right)).toBe(204);
    await remove();
  });
});
