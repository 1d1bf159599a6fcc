/**
 * A waiting batch costs nothing. Its object gets no requests, writes and reads nothing, and has no timer that keeps it
 * in billed memory (Durable Objects, Pricing). Only its alarm is set.
 */

import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { BatchObject } from "../../src/batch/object.ts";
import { Counts } from "../support/counts.ts";
import { numbers, TestService } from "../support/service.ts";
import { Timers } from "../support/timers.ts";

const HOUR = 3_600_000;
const NOBODY_HANGS_UP = "+15005550011";
/** The recovery alarm of a create rings after five seconds and finds nothing to do; the last report comes within one. */
const SETTLED_MS = 7_500;
const IDLE_MS = 2_000;
const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const soon = (ms: number): string => new Date(Date.now() + ms).toISOString();

/** Open for an hour, half a day from now. */
const elsewhen = () => {
  const hour = new Date(Date.now() + 12 * HOUR).getUTCHours();
  const at = (hours: number) => `${String(hours).padStart(2, "0")}:00`;
  const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
  return { timezone_mode: "fixed", timezone: "UTC", windows: [{ days, start: at(hour), end: at(hour + 1) }] };
};

/** Each makes a batch that waits, and answers with its id. */
const WAITING: Readonly<Record<string, (service: TestService) => Promise<string>>> = {
  scheduled: async (service) => (await service.createBatch(numbers(3), { scheduled_at: soon(HOUR) })).id,
  "out of its window": async (service) => (await service.createBatch(numbers(3), { calling_window: elsewhen() })).id,
  paused: async (service) => {
    const { id } = await service.createBatch(numbers(3), { scheduled_at: soon(2_000) });
    await service.api("POST", `/agents/calls/batches/${id}/pause`);
    return id;
  },
  "waiting for slots that others hold": async (service) => {
    await service.createBatch([NOBODY_HANGS_UP], { target_concurrency_limit: 5 });
    return (await service.createBatch(numbers(3), { target_concurrency_limit: 5 })).id;
  },
  over: async (service) => {
    const { id } = await service.createBatch(numbers(3));
    await service.finished(id);
    return id;
  },
};

let timers: Timers;
let counts: Counts;
beforeEach(() => {
  timers = Timers.install();
  counts = Counts.install();
});
afterEach(() => {
  counts.restore();
  timers.restore();
});

const costOf = (service: TestService, id: string) =>
  runInDurableObject(service.batchObject(id), (batch: BatchObject) => batch.cost());

/** Fails where something holds the object; one that has left by itself is as good. */
const leaveMemory = (stub: DurableObjectStub): Promise<void> =>
  evictDurableObject(stub).catch((error: unknown) => {
    if (!String(error).includes("not currently running")) throw error;
  });

it(`a batch costs nothing and can leave the memory while it is ${Object.keys(WAITING).join(", ")}`, async () => {
  const made: { readonly service: TestService; readonly id: string; readonly what: string }[] = [];
  for (const [what, make] of Object.entries(WAITING)) {
    const service = await TestService.start({ limit: 5 });
    made.push({ service, id: await make(service), what });
  }
  const spent = async () => ({
    requests: { batch: { ...counts.batch }, organization: { ...counts.organization }, carrier: counts.outbound },
    storage: await Promise.all(made.map(async ({ service, id, what }) => [what, await costOf(service, id)])),
  });
  await pass(SETTLED_MS);
  const unsettled = made.filter(({ what }) => what !== "over");
  for (const { service, id, what } of unsettled) {
    expect({ what, queued: (await service.batch(id)).recipients.map(({ status }) => status) }).toEqual({
      what,
      queued: ["queued", "queued", "queued"],
    });
  }
  const before = await spent();
  await pass(IDLE_MS);
  expect(await spent()).toEqual(before);
  expect(timers.pending()).toEqual([]);
  for (const { service, id } of made) {
    await leaveMemory(service.batchObject(id));
    await leaveMemory(service.organizationObject());
    await service.stop();
  }
});
