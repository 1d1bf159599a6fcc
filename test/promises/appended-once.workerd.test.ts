/**
 * Recipients are appended once. A request to append is interrupted at each point at which a crash can separate its
 * effect from its answer, then its client repeats it. Each recipient is in the batch once, is called once, and counts
 * once in the organization's budget.
 */

import { afterEach, expect, it, vi } from "vitest";
import { Checkpoints, endObjects } from "../support/checkpoints.ts";
import { type Batch, numbers, TestService, until } from "../support/service.ts";

const POINTS = [
  "append: asked",
  "append: told, not counted",
  "append: counted, not heard",
  "append: done, not answered",
] as const;

let service: TestService;
afterEach(async () => {
  vi.restoreAllMocks();
  await service.stop();
});

it.each(POINTS)("however often it is asked: %s", async (point) => {
  service = await TestService.start({ limit: 5 });
  const { id } = await service.createBatch(numbers(1));
  await service.finished(id);
  const people = numbers(4)
    .slice(1)
    .map((to_number, index) => ({ to_number, external_id: `late-${index}` }));
  const append = (recipients: typeof people) =>
    service.api<Batch>("POST", `/agents/calls/batches/${id}/recipients`, { recipients });
  vi.spyOn(console, "error").mockReturnValue();
  const checkpoints = new Checkpoints(0, (name) => name === point);
  checkpoints.install();
  expect(await append(people).catch(() => ({ status: 500 }))).toMatchObject({ status: 500 });
  expect(checkpoints.crashedAt).toBe(point);
  await checkpoints.carrierHasAnswered();
  await endObjects();
  checkpoints.restore();
  // Less than before, then all: what the first request counted is put right by the others.
  await append(people.slice(0, 1));
  const answer = await append(people);
  expect(answer).toMatchObject({ status: 200, body: { total_calls_scheduled: 4 } });
  expect(await service.finished(id)).toMatchObject({ status: "completed", total_calls_finished: 4 });
  const calls = await service.carrier.calls();
  expect(calls.map(({ to }) => to).sort()).toEqual(numbers(4));
  const usage = async () =>
    (await service.admin<{ agents_usage: number }>("GET", `/${service.organization}`)).agents_usage;
  await until(async () => ((await usage()) === 4 ? true : null));
});
