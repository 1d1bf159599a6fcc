/** Who may tell the service how a call goes, and about which call (promises 5 and 7). */

import { describe, expect, it } from "vitest";
import { deliverToWorker } from "../support/carrier.ts";
import { numbers, type Recipient, TestService } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

type Delivery = {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string;
};

/** `answered` and `completed`. */
const ASKED_FOR = 2;

/** A batch of one whose callbacks are all held back, so that the test delivers what it likes. */
async function heldBack(authToken?: null): Promise<{ service: TestService; id: string; held: Delivery[] }> {
  const service = await TestService.start(authToken === null ? { authToken } : {});
  const held: Delivery[] = [];
  service.carrier.intercept = (delivery) => {
    held.push(delivery);
    return Promise.resolve(204);
  };
  const { id } = await service.createBatch(numbers(1));
  await service.carrierSays(() => held.length === ASKED_FOR);
  return { service, id, held };
}

const statusOf = async (service: TestService, id: string): Promise<Recipient | undefined> =>
  (await service.batch(id)).recipients[0];
const last = (held: readonly Delivery[]): Delivery => {
  const delivery = held.at(-1);
  if (delivery === undefined) throw new Error("the carrier sent nothing");
  return delivery;
};

const MIB = 1_024 * 1_024;

describe("a callback", () => {
  const signedBy = (one: Delivery, signature: string): Delivery => ({
    ...one,
    headers: { ...one.headers, "x-twilio-signature": signature },
  });
  const saying = (one: Delivery, from: string | RegExp, to: string): Delivery => ({
    ...one,
    body: one.body.replace(from, to),
  });
  const sentTo = (one: Delivery, from: string | RegExp, to: string): Delivery => ({
    ...one,
    url: one.url.replace(from, to),
  });
  const FORGED: readonly (readonly [string, (delivery: Delivery) => Delivery])[] = [
    ["without a signature", (one) => signedBy(one, "")],
    ["with a wrong signature", (one) => signedBy(one, btoa("x".repeat(20)))],
    ["with a signature that is no base64", (one) => signedBy(one, "%%%")],
    ["with a signature cut short", (one) => signedBy(one, (one.headers["x-twilio-signature"] ?? "").slice(0, -4))],
    ["with two signatures", (one) => signedBy(one, `${btoa("x".repeat(20))}, ${one.headers["x-twilio-signature"]}`)],
    ["with another status", (one) => saying(one, "CallStatus=completed", "CallStatus=busy")],
    ["of another of the carrier's calls", (one) => saying(one, /CallSid=[^&]+/, `CallSid=CA${"0".repeat(32)}`)],
    ["with a field more", (one) => ({ ...one, body: `${one.body}&AnsweredBy=machine_start` })],
    ["with a field twice", (one) => ({ ...one, body: `${one.body}&CallStatus=busy` })],
    ["with a field less", (one) => saying(one, /&[^&]+$/, "")],
    ["without a body", (one) => ({ ...one, body: "" })],
    ["with a query", (one) => ({ ...one, url: `${one.url}?CallStatus=busy` })],
    ["as another event of the call", (one) => ({ ...one, url: `${one.url}/agent-closed` })],
    ["to another carrier's address", (one) => sentTo(one, "/callbacks/twilio/", "/callbacks/telnyx/")],
    ["to what all calls of a carrier share", (one) => sentTo(one, /\/callbacks\/.*/, "/callbacks/twilio")],
    ["with another token", (one) => sentTo(one, /[^/]+$/, "x".repeat(22))],
    ["with a token cut short", (one) => sentTo(one, /.$/, "")],
    ["without a token", (one) => sentTo(one, /\/[^/]+$/, "/")],
    ["to a call that does not exist", (one) => sentTo(one, /ac_[^/]+/, "ac_TX9N9ULdcZQd5CEWu65fRA")],
    ["to a call that is no id", (one) => sentTo(one, /ac_[^/]+/, "ac_..%2f..")],
  ];

  it("that is forged, in each of 20 ways, is refused and changes nothing; the genuine one still counts", async () => {
    const { service, id, held } = await heldBack();
    const before = await service.batch(id);
    for (const [how, forge] of FORGED) {
      const status = await deliverToWorker(forge(last(held)));
      expect([how, [403, 404].includes(status) ? "refused" : status]).toEqual([how, "refused"]);
      expect([how, await service.batch(id)]).toEqual([how, before]);
    }
    expect(before.recipients[0]?.status).toBe("dispatched");
    expect(await deliverToWorker(last(held))).toBe(204);
    expect((await statusOf(service, id))?.status).toBe("completed");
    await service.stop();
  });

  it("with a wrong token is refused where there is no signature to check", async () => {
    const { service, id, held } = await heldBack(null);
    const unsigned = { ...last(held), headers: { "content-type": "application/x-www-form-urlencoded" } };
    expect(await deliverToWorker({ ...unsigned, url: unsigned.url.replace(/[^/]+$/, "x".repeat(22)) })).toBe(403);
    expect((await statusOf(service, id))?.status).toBe("dispatched");
    expect(await deliverToWorker(unsigned)).toBe(204);
    expect((await statusOf(service, id))?.status).toBe("completed");
    await service.stop();
  });

  it("that is replayed after the end, in any order, changes nothing", async () => {
    const { service, id, held } = await heldBack();
    for (const delivery of held) await deliverToWorker(delivery);
    const ended = await service.batch(id);
    for (const delivery of [...held].reverse()) expect(await deliverToWorker(delivery)).toBe(204);
    expect(await service.batch(id)).toEqual(ended);
    await service.stop();
  });

  it("of an earlier attempt does not touch the retry's", async () => {
    const service = await TestService.start();
    const held: Delivery[] = [];
    const { id } = await service.createBatch(["+15005550002"]);
    await service.finished(id);
    service.carrier.intercept = (delivery) => {
      held.push(delivery);
      return Promise.resolve(204);
    };
    await service.api("POST", `/agents/calls/batches/${id}/retry`);
    await service.carrierSays(() => held.length > 0);
    const [first, second] = (await service.carrier.calls()).map(({ sid }) => sid);
    const about = { ...last(held), body: last(held).body.replace(second ?? "", first ?? "") };
    // Signed for the second call: forged. Unknown to the second attempt: even where it were signed, it is not its call.
    expect(await deliverToWorker(about)).toBe(403);
    expect((await statusOf(service, id))?.status).toBe("dispatched");
    await service.stop();
  });

  it.each([
    ["of a call", "/callbacks/twilio/ac_TX9N9ULdcZQd5CEWu65fRA/token", 64 * 1_024],
    ["that all calls share", "/callbacks/livekit", 64 * 1_024],
    ["with a whole transcript", "/callbacks/cartesia", 2 * MIB],
  ])("%s that announces no length is read no further than it may be long", async (_, path, most) => {
    const chunk = new Uint8Array(64 * 1_024).fill(97);
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += chunk.byteLength;
        if (sent > most + MIB) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const response = await fetchWorker(new Request(`https://calls.test${path}`, { method: "POST", body }));
    expect(response.status).toBe(403);
    // A chunk or two wait in the stream.
    expect(sent).toBeLessThan(most + 4 * chunk.byteLength);
  });
});
