/** A batch whose carrier fails stops, says so, gives its slots back, and goes on when the carrier is mended. */

import { evictDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { DrivenClock } from "../support/driven-clock.ts";
import { connectReceiver, TestReceiver } from "../support/receiver.ts";
import { type Batch, type Failed, numbers, type Recipient, TestService, until } from "../support/service.ts";

type Circuit = { state: string; since?: string; until?: string; calls?: number; failed_calls?: number };
type Detail = Omit<Batch, "recipients"> & {
  readonly recipients: (Recipient & { waiting_reason?: string; attempts?: { error_message?: string }[] })[];
  readonly waiting_reason?: string;
  readonly waiting_until?: string;
  readonly circuit_breaker?: Circuit & Record<string, unknown>;
};

const MINUTE = 60_000;
/** Longer than it takes until what was not answered is given up. */
const GIVEN_UP_MS = 30_000;
const PEOPLE = 10;
connectReceiver();
let service: TestService;
let clock: DrivenClock;
beforeEach(async () => {
  service = await TestService.start({ limit: 4 });
  clock = new DrivenClock(service);
  vi.spyOn(console, "warn").mockReturnValue();
});
afterEach(async () => {
  vi.restoreAllMocks();
  clock.stop();
  await service.stop();
});

const path = (id: string, rest = "") => `/agents/calls/batches/${id}${rest}`;
const read = async (id: string) => (await service.api<Detail>("GET", path(id))).body;
const fail = () => service.carrier.control("PUT", "faults", { place: { mode: "500" } });
const mend = () => service.carrier.control("PUT", "faults", {});
const slots = () => service.admin<{ in_use: number; waiting: unknown[] }>("GET", `/${service.organization}/ledger`);
const inState = (id: string, state: string, after = "") =>
  until(async () => {
    const batch = await read(id);
    const isSo = batch.circuit_breaker?.state === state && (batch.circuit_breaker.since ?? "") > after;
    return isSo ? batch : null;
  });
async function pass(ms: number): Promise<void> {
  await clock.advance(ms);
  await clock.ring();
}

async function brokenBatch(circuit_breaker: Record<string, unknown>): Promise<Detail> {
  await fail();
  const { id } = await service.createBatch(numbers(PEOPLE), { target_concurrency_limit: 4, circuit_breaker });
  clock.watch(id);
  await inState(id, "open");
  // Requests that were under way when it opened are answered, too: each call is given up some time after its answer.
  return until(async () => {
    const batch = (await service.api<Detail>("GET", path(id, "?expand=attempts"))).body;
    const attempts = batch.recipients.flatMap((one) => one.attempts ?? []);
    return attempts.every(({ error_message }) => error_message !== undefined) ? batch : null;
  });
}

it("after a cool-down it tries one call, through a restart, and dials the rest once that works", async () => {
  const receiver = new TestReceiver();
  const { secret, id: webhook } = await service.made<{ id: string; secret: string }>("/agents/webhooks", {
    display_name: "On duty",
    url: receiver.url("ok"),
    events: ["batch_circuit_opened", "batch_circuit_closed"],
  });
  clock.watchWebhook(webhook);
  const open = await brokenBatch({ min_calls: 2, cool_down_minutes: 1 });
  const { circuit_breaker: circuit, id } = open;
  expect(open).toMatchObject({
    status: "in_progress",
    waiting_reason: "carrier",
    waiting_until: circuit?.until,
    circuit_breaker: { failure_share: 0.5, window_minutes: 10, min_calls: 2, cool_down_minutes: 1 },
  });
  expect(circuit?.failed_calls).toBe(circuit?.calls);
  expect(circuit?.calls).toBeGreaterThanOrEqual(2);
  expect(open.recipients.at(-1)).toMatchObject({ status: "queued", waiting_reason: "carrier" });
  const dialed = open.total_calls_dispatched;
  expect(dialed).toBeLessThanOrEqual(4);

  await pass(GIVEN_UP_MS);
  await until(async () => ((await slots()).in_use === 0 ? true : null));
  expect((await slots()).waiting).toEqual([]);
  await evictDurableObject(service.batchObject(id));
  expect((await read(id)).circuit_breaker).toMatchObject({ state: "open", since: circuit?.since });

  // It fails still: one call more, and open again.
  await pass(MINUTE);
  const again = await inState(id, "open", circuit?.since);
  expect(again.total_calls_dispatched).toBe(dialed + 1);
  const [listed] = (await service.api<{ data: Detail[] }>("GET", "/agents/calls/batches")).body.data;
  expect(listed?.circuit_breaker?.state).toBe("open");

  await mend();
  await pass(GIVEN_UP_MS);
  await pass(MINUTE);
  const over = await service.finished(id);
  expect(over.recipients.filter(({ status }) => status === "completed")).toHaveLength(PEOPLE - dialed - 1);
  expect((await service.carrier.summary()).calls_by_agent_call_id_more_than_one).toEqual([]);
  expect((await read(id)).circuit_breaker).toMatchObject({ state: "closed", failed_calls: 0 });
  const events = await until(async () => {
    const arrived = await receiver.events(secret);
    return arrived.length === 2 ? arrived : null;
  });
  const told = events.flatMap((event) => ("batch" in event ? [[event.type, event.batch.circuit_breaker?.state]] : []));
  expect(told.sort()).toEqual([
    ["batch_circuit_closed", "closed"],
    ["batch_circuit_opened", "open"],
  ]);
});

it("without a cool-down it waits for a human", async () => {
  const open = await brokenBatch({ min_calls: 2, cool_down_minutes: null });
  expect(open.waiting_until).toBeUndefined();
  await pass(GIVEN_UP_MS);
  await pass(24 * 60 * MINUTE);
  expect(await read(open.id)).toMatchObject({ circuit_breaker: { state: "open" }, waiting_reason: "carrier" });
  await mend();
  const resumed = await service.api<Detail>("POST", path(open.id, "/resume"));
  expect(resumed.body.circuit_breaker).toMatchObject({ state: "closed" });
  const over = await service.finished(open.id);
  const completed = over.recipients.filter(({ status }) => status === "completed");
  expect(completed).toHaveLength(PEOPLE - open.total_calls_dispatched);
});

it("is given to a batch, and taken away again, at any time", async () => {
  const scheduled_at = new Date(Date.now() + 60 * MINUTE).toISOString();
  const { id } = await service.createBatch(numbers(1), { scheduled_at });
  expect((await read(id)).circuit_breaker).toBeUndefined();
  const change = <T = Detail>(circuit_breaker: unknown) => service.api<T>("PATCH", path(id), { circuit_breaker });
  expect((await change({})).body.circuit_breaker).toEqual({ state: "closed" });
  const usual = { min_calls: 10, failure_share: 0.5, window_minutes: 10, cool_down_minutes: 5 };
  expect((await read(id)).circuit_breaker).toEqual({ ...usual, state: "closed", calls: 0, failed_calls: 0 });
  expect(await change<Failed>({ failure_share: 0 })).toMatchObject({
    status: 400,
    body: { issues: [{ path: "circuit_breaker.failure_share" }] },
  });
  expect((await change(null)).body.circuit_breaker).toBeUndefined();
});
