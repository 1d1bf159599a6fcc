/**
 * What is cancelled while it waits in the carrier's own queue rings nowhere; what rings already goes on. And slots that a
 * batch has no use for are the next one's.
 */

import { evictDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Batch, type Failed, numbers, TestService, until } from "../support/service.ts";

const QUEUED = "+15005550971";
const RINGS = "+15005550972";
const CALLS = "/agents/calls";

let service: TestService;
beforeEach(async () => {
  service = await TestService.start();
  await service.carrier.control("PUT", "outcomes", {
    [QUEUED]: { queue_ms: 3_600_000 },
    [RINGS]: { ring_ms: 2_000 },
  });
});
afterEach(async () => {
  await service.carrier.control("PUT", "outcomes", { [QUEUED]: null, [RINGS]: null });
  await service.stop();
});

const withdrawn = { status: "failed", end_reason: "api_cancelled" };

/** All of them are placed at the carrier, and none is answered. */
const placed = (id: string, count: number): Promise<Batch> =>
  until(async () => {
    const batch = await service.batch(id);
    const calls = await service.carrier.calls();
    return calls.length === count && batch.recipients.every(({ status }) => status === "dispatched") ? batch : null;
  });

const cancelBatch = (id: string) => service.api("POST", `${CALLS}/batches/${id}/cancel`);

describe("a cancelled batch", () => {
  it("takes out of the carrier's queue who waits there, and lets ring who rings", async () => {
    const { id } = await service.createBatch([QUEUED, RINGS], { target_concurrency_limit: 2 });
    await placed(id, 2);
    await cancelBatch(id);
    const batch = await service.finished(id);
    expect(batch.recipients).toMatchObject([withdrawn, { status: "completed", end_reason: "client_hangup" }]);
    expect((await service.carrier.calls()).map(({ status }) => status)).toEqual(["canceled", "completed"]);
  });

  it("does so also where its object dies right after it was told", async () => {
    await service.carrier.control("PUT", "faults", { fetch: { mode: "reset-before" } });
    const { id } = await service.createBatch([QUEUED], { target_concurrency_limit: 1 });
    await placed(id, 1);
    await cancelBatch(id);
    await evictDurableObject(service.batchObject(id)).catch(() => {});
    await service.carrier.control("PUT", "faults", {});
    await service.batch(id);
    expect((await service.finished(id)).recipients).toMatchObject([{ status: "failed" }]);
    expect((await service.carrier.calls()).map(({ status }) => status)).toEqual(["canceled"]);
  });
});

describe("a cancelled call", () => {
  const callId = async (id: string) => (await service.batch(id)).recipients[0]?.agent_call_id ?? "";

  it("is taken out of the carrier's queue", async () => {
    const { id } = await service.createBatch([QUEUED]);
    await placed(id, 1);
    const answer = await service.api<{ cancelled: true }>("POST", `${CALLS}/${await callId(id)}/cancel`);
    expect(answer).toMatchObject({ status: 200, body: { cancelled: true } });
    expect((await service.finished(id)).recipients).toMatchObject([withdrawn]);
    expect((await service.carrier.calls()).map(({ status }) => status)).toEqual(["canceled"]);
  });

  it("is refused where its phone rings, and where the carrier does not answer nothing changes", async () => {
    const { id } = await service.createBatch([RINGS]);
    await placed(id, 1);
    const cancel = async () => service.api<Failed>("POST", `${CALLS}/${await callId(id)}/cancel`);
    expect(await cancel()).toMatchObject({ status: 400, body: { error_code: "call_not_active" } });
    await service.carrier.control("PUT", "faults", { fetch: { mode: "503" } });
    expect(await cancel()).toMatchObject({ status: 503, body: { error_code: "carrier_unavailable" } });
    await service.carrier.control("PUT", "faults", {});
    expect((await service.finished(id)).recipients).toMatchObject([
      { status: "completed", end_reason: "client_hangup" },
    ]);
  });
});

it("a batch of whom one more may be dialed keeps one slot, and the next batch has the others at once", async () => {
  type Ledger = { holding: { batch_id: string; slots: number }[]; waiting: unknown[] };
  const ledger = async () => (await service.api<Ledger>("GET", "/agents/concurrency")).body;
  const retry_policy = { max_attempts: 2, retry_on: ["dial_busy"], intervals_minutes: [1] };
  const first = await service.createBatch(["+15005550002"], { target_concurrency_limit: 20, retry_policy });
  await until(async () => {
    const [{ holding }, { recipients }] = [await ledger(), await service.batch(first.id)];
    const isWaiting = recipients[0]?.status === "queued" && (await service.carrier.summary()).placed === 1;
    return isWaiting && holding.length === 1 && holding[0]?.slots === 1 ? true : null;
  });
  const second = await service.createBatch(numbers(12), { target_concurrency_limit: 19 });
  const batch = await service.finished(second.id);
  expect(batch.recipients.every(({ status }) => status === "completed")).toBe(true);
  expect((await service.batch(first.id)).recipients).toMatchObject([{ status: "queued" }]);
});
