/** Batches that compete for one organization's slots. */

import { afterEach, beforeEach, expect, it } from "vitest";
import { numbers, TestService, until } from "../support/service.ts";

let service: TestService;
beforeEach(async () => {
  service = await TestService.start({ limit: 4 });
  await service.carrier.control("PUT", "pace", { ring_ms: 10, talk_ms: 150 });
});
afterEach(async () => {
  await service.carrier.control("PUT", "pace", { ring_ms: 5, talk_ms: 20 });
  await service.stop();
});

it("three batches that each need the whole limit run one after the other, oldest first", async () => {
  const ids: string[] = [];
  for (let index = 0; index < 3; index += 1) {
    ids.push((await service.createBatch(numbers(6), { target_concurrency_limit: 4 })).id);
  }
  const finished = await Promise.all(ids.map((id) => service.finished(id)));
  const admitted = finished.map((batch) => batch.admitted_at ?? "");
  expect([...admitted].sort()).toEqual(admitted);
  expect((await service.carrier.summary()).peak_in_flight).toBeLessThanOrEqual(4);
});

it("a younger batch that would fit does not overtake an older one that waits", async () => {
  const running = await service.createBatch(numbers(8), { target_concurrency_limit: 3 });
  await until(async () => ((await service.batch(running.id)).admitted_at ? true : null));
  const wantsAll = await service.createBatch(numbers(2), { target_concurrency_limit: 4 });
  const wouldFit = await service.createBatch(numbers(1), { target_concurrency_limit: 1 });
  expect((await service.batch(wouldFit.id)).status).toBe("pending");
  const [older, younger] = await Promise.all([service.finished(wantsAll.id), service.finished(wouldFit.id)]);
  expect((older.admitted_at ?? "") < (younger.admitted_at ?? "")).toBe(true);
});

it("a waiting batch starts by itself when a running one is cancelled", async () => {
  const running = await service.createBatch(numbers(200), { target_concurrency_limit: 4 });
  const waiting = await service.createBatch(numbers(2), { target_concurrency_limit: 4 });
  expect((await service.batch(waiting.id)).status).toBe("pending");
  await service.api("POST", `/agents/calls/batches/${running.id}/cancel`);
  expect((await service.finished(waiting.id)).status).toBe("completed");
  const cancelled = await service.finished(running.id);
  expect(cancelled.status).toBe("cancelled");
  expect(cancelled.recipients.some((one) => one.status === "cancelled")).toBe(true);
});

it("a lowered limit takes nothing back and holds from then on", async () => {
  const running = await service.createBatch(numbers(12), { target_concurrency_limit: 4 });
  await service.admin("PATCH", `/${service.organization}`, { agent_call_concurrency_limit: 2 });
  const next = await service.createBatch(numbers(6), { target_concurrency_limit: 2 });
  await service.finished(running.id);
  await service.finished(next.id);
  const refused = await service.api(
    "POST",
    "/agents/calls/batches",
    service.batchBody(numbers(1), { target_concurrency_limit: 3 }),
  );
  expect(refused.status).toBe(400);
});

it("a request above a lowered limit is granted the whole limit instead of waiting for ever", async () => {
  const running = await service.createBatch(numbers(6), { target_concurrency_limit: 4 });
  const waiting = await service.createBatch(numbers(6), { target_concurrency_limit: 4 });
  await service.admin("PATCH", `/${service.organization}`, { agent_call_concurrency_limit: 2 });
  await service.finished(running.id);
  expect((await service.finished(waiting.id)).status).toBe("completed");
});
