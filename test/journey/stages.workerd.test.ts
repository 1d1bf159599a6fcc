/** Schedule, cancel at each stage, retry while calls are in flight, an evicted object that goes on. */

import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { OrganizationObject } from "../../src/organization/object.ts";
import { type Batch, numbers, TestService, until } from "../support/service.ts";

let service: TestService;
beforeEach(async () => {
  service = await TestService.start();
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await service.stop();
});

const post = async (id: string, what: "cancel" | "retry") =>
  (await service.api<Batch>("POST", `/agents/calls/batches/${id}/${what}`)).body;

const HOUR = 3_600_000;

describe("schedule", () => {
  it("waits for its time, holds up nobody, and starts by its alarm", async () => {
    const at = new Date(Date.now() + HOUR);
    const scheduled = await service.createBatch(numbers(2), {
      scheduled_at: at.toISOString(),
      target_concurrency_limit: 20,
    });
    expect(scheduled).toMatchObject({ status: "pending", scheduled_at: at.toISOString() });
    const now = await service.createBatch(numbers(2), { target_concurrency_limit: 20 });
    await service.finished(now.id);
    expect((await service.batch(scheduled.id)).status).toBe("pending");

    vi.useFakeTimers({ toFake: ["Date"], now: at.getTime() + 1 });
    await runDurableObjectAlarm(service.batchObject(scheduled.id));
    const finished = await service.finished(scheduled.id);
    expect(finished.status).toBe("completed");
    expect((finished.admitted_at ?? "") >= at.toISOString()).toBe(true);
  });

  it("is cancelled in full before its time", async () => {
    const scheduled_at = new Date(Date.now() + HOUR).toISOString();
    const { id } = await service.createBatch(numbers(3), { scheduled_at });
    expect(await post(id, "cancel")).toMatchObject({
      status: "cancelled",
      total_calls_dispatched: 0,
      total_calls_finished: 0,
    });
    expect((await service.batch(id)).recipients.map((one) => one.status)).toEqual([
      "cancelled",
      "cancelled",
      "cancelled",
    ]);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 2 * HOUR });
    await runDurableObjectAlarm(service.batchObject(id));
    expect((await service.carrier.summary()).placed).toBe(0);
  });
});

describe("cancel", () => {
  it("lets calls in flight run to their end and counts them", async () => {
    const talking = "+15005550011";
    const { id } = await service.createBatch([talking, ...numbers(5)], {
      target_concurrency_limit: 1,
      max_call_duration_minutes: 1,
    });
    await until(async () => ((await service.batch(id)).recipients[0]?.status === "started" ? true : null));
    const cancelled = await post(id, "cancel");
    expect(cancelled).toMatchObject({ status: "cancelled", total_calls_dispatched: 1, total_calls_finished: 0 });
    const [call] = await service.carrier.calls();
    await endAtCarrier(call?.sid ?? "");
    const finished = await service.finished(id);
    expect(finished.recipients.map((one) => one.status)).toEqual(["completed", ...Array(5).fill("cancelled")]);
    expect(finished).toMatchObject({ status: "cancelled", total_calls_dispatched: 1, total_calls_finished: 1 });
  });

  it("is idempotent, and leaves a batch that is dispatched in full what it is", async () => {
    const { id } = await service.createBatch(numbers(2));
    const finished = await service.finished(id);
    expect(await post(id, "cancel")).toMatchObject({ status: "completed", total_calls_finished: 2 });
    expect(await post(id, "cancel")).toMatchObject({ status: "completed", total_calls_finished: 2 });
    expect((await service.batch(id)).recipients).toEqual(finished.recipients);
  });

  it("whose calls are all in flight calls nobody again by itself, and a human still may", async () => {
    const busy = "+15005550002";
    await service.carrier.control("PUT", "pace", { ring_ms: 1_000, talk_ms: 20 });
    const policy = { max_attempts: 3, retry_on: ["dial_busy"], intervals_minutes: [1] };
    const { id } = await service.createBatch([busy], { retry_policy: policy });
    await until(async () => ((await service.batch(id)).recipients[0]?.status === "dispatched" ? true : null));
    expect(await post(id, "cancel")).toMatchObject({ status: "completed", total_calls_finished: 0 });
    await service.carrier.control("PUT", "pace", { ring_ms: 5, talk_ms: 20 });

    const over = await until(async () => {
      const batch = await service.batch(id);
      return batch.recipients[0]?.status === "dispatched" ? null : batch;
    });
    expect(over).toMatchObject({ status: "completed", recipients: [{ status: "failed", end_reason: "dial_busy" }] });
    expect(await post(id, "retry")).toMatchObject({ status: "pending", retry_count: 1 });
    // The policy applies again to a recipient that a human retries.
    await until(async () => {
      const { body } = await service.api<{ recipients: { status: string; attempts: unknown[] }[] }>(
        "GET",
        `/agents/calls/batches/${id}?expand=attempts`,
      );
      const [recipient] = body.recipients;
      return recipient?.status === "queued" && recipient.attempts.length === 3 ? true : null;
    });
    expect(await post(id, "cancel")).toMatchObject({ status: "cancelled" });
  });

  it("a cancelled batch is not retried", async () => {
    const scheduled_at = new Date(Date.now() + HOUR).toISOString();
    const { id } = await service.createBatch(numbers(1), { scheduled_at });
    await post(id, "cancel");
    const refused = await service.api("POST", `/agents/calls/batches/${id}/retry`);
    expect(refused).toMatchObject({ status: 400, body: { error_code: "batch_cancelled" } });
  });
});

describe("retry", () => {
  it("re-queues who failed and nobody else, while calls are in flight", async () => {
    const talking = "+15005550011";
    const { id } = await service.createBatch(["+15005550002", "+15005550006", talking], {
      target_concurrency_limit: 3,
    });
    const before = await until(async () => {
      const batch = await service.batch(id);
      return batch.recipients.map((one) => one.status).join() === "failed,completed,started" ? batch : null;
    });
    const retried = await post(id, "retry");
    expect(retried).toMatchObject({
      status: "in_progress",
      retry_count: 1,
      total_calls_scheduled: 3,
      total_calls_dispatched: 2,
      total_calls_finished: 1,
    });
    const after = await until(async () => {
      const batch = await service.batch(id);
      return batch.recipients[0]?.status === "failed" ? batch : null;
    });
    expect(after.recipients[0]?.id).toBe(before.recipients[0]?.id);
    expect(after.recipients[0]?.agent_call_id).not.toBe(before.recipients[0]?.agent_call_id);
    expect(after.recipients.slice(1)).toEqual(before.recipients.slice(1));
  });

  it("with nothing to retry changes nothing", async () => {
    const { id } = await service.createBatch(numbers(2));
    const finished = await service.finished(id);
    expect(await post(id, "retry")).toMatchObject({ status: "completed", retry_count: 0 });
    expect(await service.batch(id)).toEqual(finished);
  });
});

it("an evicted object goes on where it was", async () => {
  const { id } = await service.createBatch(numbers(40), { target_concurrency_limit: 5 });
  for (let count = 0; count < 5; count += 1) {
    await new Promise((resolve) => setTimeout(resolve, 30));
    await service.batch(id);
    await evictDurableObject(service.batchObject(id));
    // Awake, so that there is something to evict.
    await service.organizationObject().describe();
    await evictDurableObject(service.organizationObject());
  }
  const finished = await service.finished(id);
  expect(finished.recipients.map((one) => one.status)).toEqual(Array(40).fill("completed"));
  expect((await service.carrier.summary()).placed).toBe(40);
});

it("a name that is changed when all is over stands in the list, though the object dies before it could say so", async () => {
  const { id } = await service.createBatch(numbers(1));
  await service.finished(id);
  const object = service.batchObject(id);
  const isAtRest = () => runInDurableObject(object, async (_, { storage }) => (await storage.getAlarm()) === null);
  await until(async () => ((await isAtRest()) ? true : null));

  vi.spyOn(OrganizationObject.prototype, "report").mockRejectedValueOnce(new Error("down"));
  expect((await service.api<Batch>("PATCH", `/agents/calls/batches/${id}`, { name: "Renamed" })).status).toBe(200);
  await evictDurableObject(object);
  await runDurableObjectAlarm(object);
  await until(async () => {
    const { body } = await service.api<{ data: { name: string }[] }>("GET", "/agents/calls/batches");
    return body.data[0]?.name === "Renamed" ? true : null;
  });
});

async function endAtCarrier(sid: string): Promise<void> {
  await service.carrier.control("POST", `calls/${sid}/end`);
}
