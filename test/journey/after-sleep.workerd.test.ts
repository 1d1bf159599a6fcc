/**
 * The reason for waiting survives the memory of the batch's object. When operators relax a rule, recipients who waited
 * because of it are called, though nothing else would wake their batch.
 */

import { evictDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Batch, numbers, TestService, until } from "../support/service.ts";

type Waiting = Batch & { readonly waiting_reason?: string; readonly waiting_until?: string };

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/** Noon on a Wednesday in the future, in Tokyo and in New York. */
const [NOON_IN_TOKYO, NOON_IN_NEW_YORK] = [Date.parse("2027-06-02T03:00:00Z"), Date.parse("2027-06-02T16:00:00Z")];
const [TOKYO, NEW_YORK] = ["+81312345678", "+12125550142"];
const atNight = {
  timezone_mode: "recipient",
  windows: [{ days: DAYS, start: "03:00", end: "04:00" }],
};

let service: TestService;
beforeEach(async () => {
  service = await TestService.start();
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await service.stop();
});

const itIs = (now: number) => vi.useFakeTimers({ toFake: ["Date"], now });
const read = (id: string) => service.batch(id) as Promise<Waiting>;
const placed = async () => (await service.carrier.summary()).placed;
const waits = (id: string, reason: string) =>
  until(async () => {
    const batch = await read(id);
    return batch.waiting_reason === reason ? batch : null;
  });
const change = (rules: Record<string, unknown>) => service.admin("PATCH", `/${service.organization}`, rules);

/** What Get says of the waiting, before and after the object has slept. */
async function acrossASleep(
  id: string,
  reason: string,
): Promise<{ readonly before: Waiting; readonly after: Waiting }> {
  const before = await waits(id, reason);
  await evictDurableObject(service.batchObject(id));
  return { before, after: await read(id) };
}

async function calledToday(number: string): Promise<string> {
  await service.finished((await service.createBatch([number])).id);
  return (await service.createBatch([number, number])).id;
}

describe("after a sleep Get says as before why somebody waits, until when, and by which clock", () => {
  it("for a gap", async () => {
    await change({ min_gap_minutes: 600 });
    const { before, after } = await acrossASleep(await calledToday(NEW_YORK), "contact_gap");
    expect(before).toMatchObject({
      waiting_until: expect.any(String),
      recipients: [{ next_eligible_at: expect.any(String) }, {}],
    });
    expect(after).toEqual(before);
  });

  it("for a day's number of calls", async () => {
    itIs(NOON_IN_TOKYO);
    await change({ max_attempts_per_number_per_day: 1 });
    const { before, after } = await acrossASleep(await calledToday(TOKYO), "daily_cap");
    expect(before).toMatchObject({ waiting_until: "2027-06-02T15:00:00.000Z" });
    expect(after).toEqual(before);
  });

  it("for the organization's calling window", async () => {
    itIs(NOON_IN_NEW_YORK);
    await change({ calling_window: atNight });
    const { id } = await service.createBatch([NEW_YORK]);
    const { before, after } = await acrossASleep(id, "window");
    expect(before).toMatchObject({
      recipients: [{ timezone: "America/New_York", next_eligible_at: "2027-06-03T07:00:00.000Z" }],
    });
    expect(after).toEqual(before);
  });

  it("for the organization's pace", async () => {
    await change({ calls_per_second: 0.01 });
    const { id } = await service.createBatch(numbers(2), { target_concurrency_limit: 1 });
    await until(async () => ((await read(id)).recipients[0]?.status === "completed" ? true : null));
    const { before, after } = await acrossASleep(id, "pace");
    expect(before).toMatchObject({ waiting_until: expect.any(String) });
    expect(Date.parse(before.waiting_until ?? "")).toBeGreaterThan(Date.now() + 30_000);
    expect(after).toEqual(before);
  });

  it("for the carrier", async () => {
    await service.carrier.control("PUT", "faults", { place: { mode: "429-retry-after", retry_after_seconds: 600 } });
    vi.spyOn(console, "warn").mockReturnValue();
    const { id } = await service.createBatch(numbers(3), { target_concurrency_limit: 1 });
    const { before, after } = await acrossASleep(id, "carrier");
    expect(before).toMatchObject({ waiting_until: expect.any(String) });
    expect(after).toEqual(before);
    expect(await placed()).toBe(0);
  });
});

describe("whoever waits because of a rule is called when operators have taken it away", () => {
  it.each([
    ["awake", async () => {}],
    ["asleep", (id: string) => evictDurableObject(service.batchObject(id))],
  ])("a gap, the batch being %s", async (_, sleep) => {
    await change({ min_gap_minutes: 600 });
    const id = await calledToday(NEW_YORK);
    await waits(id, "contact_gap");
    await sleep(id);
    await change({ min_gap_minutes: null });
    await service.finished(id);
    expect(await placed()).toBe(3);
  });

  it.each([
    ["awake", async () => {}],
    ["asleep", (id: string) => evictDurableObject(service.batchObject(id))],
  ])("the organization's calling window, the batch being %s", async (_, sleep) => {
    itIs(NOON_IN_NEW_YORK);
    await change({ calling_window: atNight });
    const { id } = await service.createBatch([NEW_YORK]);
    await waits(id, "window");
    await sleep(id);
    await change({ calling_window: null });
    expect(await service.finished(id)).toMatchObject({ status: "completed" });
  });

  it.each([
    ["awake", async () => {}],
    ["asleep", (id: string) => evictDurableObject(service.batchObject(id))],
  ])("the organization's pace, the batch being %s", async (_, sleep) => {
    await change({ calls_per_second: 0.001 });
    const { id } = await service.createBatch(numbers(2), { target_concurrency_limit: 1 });
    await waits(id, "pace");
    await sleep(id);
    await change({ calls_per_second: null });
    await service.finished(id);
    expect(await placed()).toBe(2);
  });

  it("and a paused batch keeps nobody waiting for it when it is resumed", async () => {
    await change({ min_gap_minutes: 600 });
    const id = await calledToday(NEW_YORK);
    await waits(id, "contact_gap");
    await service.api("POST", `/agents/calls/batches/${id}/pause`);
    await change({ min_gap_minutes: null });
    await evictDurableObject(service.batchObject(id));
    expect(await read(id)).toMatchObject({ waiting_reason: "paused" });
    await service.api("POST", `/agents/calls/batches/${id}/resume`);
    await service.finished(id);
    expect(await placed()).toBe(3);
  });
});
