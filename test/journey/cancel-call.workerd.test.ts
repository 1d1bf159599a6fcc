/** A human ends a call: which calls can be ended, what becomes of them, and that the reason outlives the object's memory. */

import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BatchObject } from "../../src/batch/object.ts";
import { present } from "../../src/calling/requests/assert.ts";
import { type Failed, TestService, until } from "../support/service.ts";

/** Answered; talks until somebody ends it. */
const TALKS = "+15005550011";
const CALLS = "/agents/calls";

type Call = { readonly id: string; readonly status: string; readonly end_reason?: string };

let service: TestService;
beforeEach(async () => {
  service = await TestService.start();
});
afterEach(async () => {
  await service.carrier.control("PUT", "faults", {});
  await service.carrier.control("PUT", "pace", { ring_ms: 5, talk_ms: 20 });
  await service.stop();
});

const callOf = async (batchId: string): Promise<Call> =>
  until(async () => (await service.api<{ data: Call[] }>("GET", `${CALLS}?batch_id=${batchId}`)).body.data[0] ?? null);
const reads = (id: string) => service.api<Call>("GET", `${CALLS}/${id}`);
const cancel = (id: string) => service.api<{ cancelled: true } & Failed>("POST", `${CALLS}/${id}/cancel`);
const comesTo = (id: string, status: string): Promise<Call> =>
  until(async () => {
    const { body } = await reads(id);
    return body.status === status ? body : null;
  });

async function talking(): Promise<{ batchId: string; callId: string }> {
  const batch = await service.createBatch([TALKS]);
  const { id } = await callOf(batch.id);
  await comesTo(id, "started");
  return { batchId: batch.id, callId: id };
}

it("ends a call that is going on: it is completed, with the reason that somebody cancelled it", async () => {
  const { batchId, callId } = await talking();
  expect(await cancel(callId)).toMatchObject({ status: 200, body: { cancelled: true } });
  expect(await comesTo(callId, "completed")).toMatchObject({ end_reason: "api_cancelled" });
  const batch = await service.finished(batchId);
  expect(batch.recipients[0]).toMatchObject({ status: "completed", end_reason: "api_cancelled" });
});

it("a carrier that takes long to say how a call is keeps no alarm ringing meanwhile", async () => {
  const { batchId, callId } = await talking();
  const alarms = () =>
    runInDurableObject(service.batchObject(batchId), (batch: BatchObject) => batch.cost().alarmChanges);
  await service.carrier.control("PUT", "faults", {
    callbacks: { drop: 1 },
    fetch: { mode: "late-answer", delay_ms: 2_000 },
  });
  await cancel(callId);
  const before = await alarms();
  // It is asked five seconds after it was told to end the call, and answers two seconds later.
  expect(await comesTo(callId, "completed")).toMatchObject({ end_reason: "api_cancelled" });
  expect((await alarms()) - before).toBeLessThanOrEqual(4);
});

describe("refuses, and changes nothing,", () => {
  it("a call that rings", async () => {
    await service.carrier.control("PUT", "pace", { ring_ms: 1_500 });
    const batch = await service.createBatch(["+14155560000"]);
    const { id } = await callOf(batch.id);
    expect(await cancel(id)).toMatchObject({ status: 400, body: { error_code: "call_not_active" } });
    expect((await service.finished(batch.id)).recipients[0]).toMatchObject({ end_reason: "client_hangup" });
  });

  it.each(["+14155560000", "+15005550002"])("a call that is over (%s)", async (to) => {
    const batch = await service.createBatch([to]);
    await service.finished(batch.id);
    const before = await callOf(batch.id);
    expect(await cancel(before.id)).toMatchObject({ status: 400, body: { error_code: "call_not_active" } });
    expect((await reads(before.id)).body).toEqual(before);
  });

  it("while the carrier cannot be reached; afterwards the same request ends it", async () => {
    const { callId } = await talking();
    await service.carrier.control("PUT", "faults", { end: { mode: "503" } });
    expect(await cancel(callId)).toMatchObject({ status: 503, body: { error_code: "carrier_unavailable" } });
    expect((await reads(callId)).body).toMatchObject({ status: "started" });
    await service.carrier.control("PUT", "faults", {});
    expect(await cancel(callId)).toMatchObject({ status: 200 });
    expect(await comesTo(callId, "completed")).toMatchObject({ end_reason: "api_cancelled" });
  });
});

it("a cancel that failed leaves no trace in how the call ends", async () => {
  const { callId } = await talking();
  await service.carrier.control("PUT", "faults", { end: { mode: "503" } });
  expect((await cancel(callId)).status).toBe(503);
  const [call] = await service.carrier.calls();
  await service.carrier.control("POST", `calls/${present(call, "the carrier has the call").sid}/end`);
  expect(await comesTo(callId, "completed")).toMatchObject({ end_reason: "client_hangup" });
});

it("the reason is kept where the object loses its memory before the word of the end comes", async () => {
  const { batchId, callId } = await talking();
  let letThrough = (): void => {};
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  service.carrier.intercept = async (_, deliver) => {
    await held;
    return deliver();
  };
  expect((await cancel(callId)).status).toBe(200);
  await evictDurableObject(service.batchObject(batchId));
  letThrough();
  expect(await comesTo(callId, "completed")).toMatchObject({ end_reason: "api_cancelled" });
});

it("the carrier is asked soon where the word of the end is lost", async () => {
  const { callId } = await talking();
  await service.carrier.control("PUT", "faults", { callbacks: { drop: 1 } });
  expect((await cancel(callId)).status).toBe(200);
  expect(await comesTo(callId, "completed")).toMatchObject({ end_reason: "api_cancelled" });
});

it("can be asked for twice", async () => {
  const { callId } = await talking();
  const answers = await Promise.all([cancel(callId), cancel(callId)]);
  for (const { status } of answers) expect([200, 400]).toContain(status);
  expect(answers.some(({ status }) => status === 200)).toBe(true);
  expect(await comesTo(callId, "completed")).toMatchObject({ end_reason: "api_cancelled" });
});
