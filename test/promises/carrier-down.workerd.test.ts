/** Promises 2, 3 and 4 while the carrier is down for ten minutes, on a driven clock and by alarms alone. */

import { afterEach, expect, it } from "vitest";
import { DrivenClock } from "../support/driven-clock.ts";
import { type Batch, numbers, TestService, until } from "../support/service.ts";

let service: TestService;
let clock: DrivenClock;
afterEach(async () => {
  clock.stop();
  await service.stop();
});

const STEP_MS = 10_000;
const RECIPIENTS = 12;
const LIMIT = 3;
const real = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += STEP_MS) {
    await clock.advance(STEP_MS);
    await clock.ring();
    await real(30);
  }
}

const over = (batch: Batch): boolean => batch.total_calls_finished === batch.total_calls_scheduled;

it("a carrier that is down for ten minutes costs time, and at most the calls that were on their way", async () => {
  service = await TestService.start({ limit: LIMIT });
  clock = new DrivenClock(service);
  await service.carrier.control("PUT", "faults", { down: true });
  const { id } = await service.createBatch(numbers(RECIPIENTS), { target_concurrency_limit: LIMIT });
  clock.watch(id);

  await pass(10 * 60_000);
  const during = await service.batch(id);
  expect(over(during)).toBe(false);
  // Slots stay taken by what cannot be known, so nobody else was tried in vain.
  expect(during.recipients.filter((one) => one.status === "queued")).toHaveLength(RECIPIENTS - LIMIT);
  expect((await service.carrier.summary()).placed).toBe(0);

  await service.carrier.control("PUT", "faults", {});
  for (let step = 0; step < 60 && !over(await service.batch(id)); step += 1) await pass(STEP_MS);

  const batch = await service.batch(id);
  const failed = batch.recipients.filter((one) => one.status === "failed");
  expect(batch.recipients.filter((one) => one.status === "completed")).toHaveLength(RECIPIENTS - LIMIT);
  expect(failed).toHaveLength(LIMIT);
  for (const one of failed) expect(one.error_message).toMatch(/^it is not certain whether a call was placed/);
  const summary = await service.carrier.summary();
  expect(summary).toMatchObject({ placed: RECIPIENTS - LIMIT, calls_by_agent_call_id_more_than_one: [] });
  expect(summary.peak_in_flight).toBeLessThanOrEqual(LIMIT);

  // A human decides, and then they are called.
  await service.api("POST", `/agents/calls/batches/${id}/retry`);
  for (let step = 0; step < 60 && !over(await service.batch(id)); step += 1) await pass(STEP_MS);
  expect((await service.batch(id)).recipients.map((one) => one.status)).toEqual(Array(RECIPIENTS).fill("completed"));
});

it("a carrier that says 'not now' for a day fails a recipient, however long it waited for its turn before", async () => {
  service = await TestService.start({ limit: LIMIT });
  clock = new DrivenClock(service);
  const retry_policy = { max_attempts: 2, retry_on: ["dial_busy"], intervals_minutes: [2 * 24 * 60] };
  const { id } = await service.createBatch(["+15005550002"], { retry_policy });
  clock.watch(id);
  const [first] = await until(async () => {
    const { recipients } = await service.batch(id);
    return recipients[0]?.status === "queued" && (await service.carrier.summary()).placed === 1 ? recipients : null;
  });
  expect(first?.status).toBe("queued");
  await service.carrier.control("PUT", "faults", { place: { mode: "429-retry-after", retry_after_seconds: 3_600 } });
  await clock.advance(2 * 24 * 3_600_000);
  await pass(60_000);
  expect((await service.batch(id)).recipients[0]?.status).toBe("queued");
  for (let hour = 0; hour < 26; hour += 1) {
    await clock.advance(3_600_000);
    await pass(20_000);
  }
  const [recipient] = (await service.batch(id)).recipients;
  expect(recipient).toMatchObject({ status: "failed", error_message: expect.stringMatching(/"not now" for a day/) });
});

it("an account whose credentials are refused burns no recipient: all wait until somebody puts it right", async () => {
  service = await TestService.start({ limit: LIMIT });
  clock = new DrivenClock(service);
  await service.carrier.control("PUT", "faults", { place: { mode: "401" } });
  const { id } = await service.createBatch(numbers(RECIPIENTS), { target_concurrency_limit: LIMIT });
  clock.watch(id);

  await pass(30 * 60_000);
  expect((await service.batch(id)).recipients.map((one) => one.status)).toEqual(Array(RECIPIENTS).fill("queued"));

  await service.carrier.control("PUT", "faults", {});
  for (let step = 0; step < 120 && !over(await service.batch(id)); step += 1) await pass(STEP_MS);
  expect((await service.batch(id)).recipients.map((one) => one.status)).toEqual(Array(RECIPIENTS).fill("completed"));
  expect((await service.carrier.summary()).placed).toBe(RECIPIENTS);
});
