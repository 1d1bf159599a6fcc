/** A forged callback, and a ticket that is none, wake no object: the Worker sees by itself that they are forged. */

import { createExecutionContext, listDurableObjectIds } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callId, newBatchId, randomToken, routeOfBatch } from "../../src/calling/secrets/ids.ts";
import { signedToken } from "../../src/calling/secrets/signed-token.ts";
import worker from "../../src/index.ts";
import { numbers, TestService } from "../support/service.ts";

/** Of the Worker under test (`vitest.config.ts`). */
const RING = ["an encryption key for tests", "the key before it", "the first key"];
const PER_CALL = ["twilio", "telnyx", "jambonz", "http"] as const;

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

/** Batches' objects that were asked for. */
const asked: string[] = [];
beforeEach(() => {
  asked.length = 0;
});
/** A new isolate: it knows nothing yet. `until`: epoch ms, for tokens without a signature. */
const isolate = (until?: number) => ({
  ...env,
  BATCHES: {
    getByName: (name: string) => {
      asked.push(name);
      return env.BATCHES.getByName(name);
    },
  },
  ...(until === undefined
    ? {}
    : { DIRECTORY: { getByName: () => ({ unsignedTokensUntil: () => Promise.resolve(until) }) } }),
});

const ask = async (path: string, init: RequestInit, bindings: unknown): Promise<number> => {
  const request = new Request(`https://${service.host}${path}`, init);
  const response = await worker.fetch(request, bindings as typeof env, createExecutionContext());
  await response.arrayBuffer().catch(() => {});
  return response.status;
};
const callback = (carrier: string, call: string, token: string, bindings: unknown = isolate()) =>
  ask(`/callbacks/${carrier}/${call}/${token}`, { method: "POST", body: "CallStatus=completed" }, bindings);
const watch = (batch: string, ticket: string, bindings: unknown = isolate()) =>
  ask(`/agents/calls/batches/${batch}/live?ticket=${ticket}`, { headers: { upgrade: "websocket" } }, bindings);

const unknownCall = () => callId(routeOfBatch(newBatchId(), "org_test") ?? "", 1);
const otherKey = (subject: string) => signedToken(["somebody's key"], subject, randomToken());

describe.each(PER_CALL)("a callback of %s", (carrier) => {
  it.each<[string, (call: string) => string]>([
    ["without a signature", () => randomToken()],
    ["with a signature of another key", otherKey],
    ["with the signature of another call", () => signedToken(RING, unknownCall(), randomToken())],
    ["that is no token", () => "x".repeat(38)],
  ])("%s wakes no object and makes none", async (_, tokenOf) => {
    const before = (await listDurableObjectIds(env.BATCHES as never)).length;
    const call = unknownCall();
    expect(await callback(carrier, call, tokenOf(call))).toBe(403);
    expect(await callback(carrier, call, `${tokenOf(call)}/agent-closed`)).toBe(403);
    expect(asked).toEqual([]);
    expect(await listDurableObjectIds(env.BATCHES as never)).toHaveLength(before);
  });
});

describe("a token of a call", () => {
  it("is signed in the URL that the carrier gets, and an older key's is good", async () => {
    const urls: string[] = [];
    service.carrier.intercept = (delivery) => {
      urls.push(delivery.url);
      return Promise.resolve(204);
    };
    const { id } = await service.createBatch(numbers(1));
    await service.carrierSays(() => urls.length > 0);
    const [call = "", signed = ""] = /\/(ac_\w+)\/([^/?#]+)/.exec(urls[0] ?? "")?.slice(1) ?? [];
    const token = signed.slice(0, 22);
    expect(signed).toBe(signedToken(RING, call, token));
    for (const key of RING) {
      asked.length = 0;
      // Its object judges the carrier's signature, which is missing here.
      expect(await callback("twilio", call, signedToken([key], call, token))).toBe(403);
      expect(asked).toEqual([routeOfBatch(id, "org_test")]);
    }
  });

  it("that an older release gave out is passed on for a day, and no longer", async () => {
    const call = unknownCall();
    await callback("twilio", call, randomToken(), isolate(Date.now() + 60_000));
    expect(asked).toHaveLength(1);
    asked.length = 0;
    await callback("twilio", call, randomToken(), isolate(Date.now() - 1));
    expect(asked).toEqual([]);
  });
});

describe("a ticket", () => {
  it.each<[string, (batch: string) => string]>([
    ["without a signature", () => randomToken()],
    ["with a signature of another key", otherKey],
    ["of another batch", () => signedToken(RING, newBatchId(), randomToken())],
    ["that is empty", () => ""],
  ])("%s wakes no object", async (_, ticketOf) => {
    const batch = newBatchId();
    expect(await watch(batch, ticketOf(batch))).toBe(401);
    expect(asked).toEqual([]);
  });

  it("that its batch gave out opens one connection", async () => {
    const { id } = await service.createBatch(numbers(1));
    const { ticket } = await service.made<{ ticket: string }>(`/agents/calls/batches/${id}/live-ticket`, {});
    expect(await watch(id, ticket)).toBe(101);
    expect(await watch(id, ticket)).toBe(401);
    expect(asked).toEqual([routeOfBatch(id, "org_test"), routeOfBatch(id, "org_test")]);
  });
});
