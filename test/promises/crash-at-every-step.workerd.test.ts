/**
 * Promises 1 to 6 under a crash at every step. A run of a batch (created, dialed, one recipient retried, the rest
 * cancelled) is repeated with a crash at one of its points. Everything ends at that point. Afterwards only alarms wake
 * the objects. The carrier's records and the API decide whether each promise was kept.
 *
 * Half of some 90 points are reports, one like the other. Each run of the tests crashes at the first of each kind, and
 * at others that it draws.
 */

import { afterEach, describe, expect, it, vi } from "vitest";
import { Checkpoints, endObjects, expectComplaints } from "../support/checkpoints.ts";
import { drawn } from "../support/drawn.ts";
import { DrivenClock } from "../support/driven-clock.ts";
import { asListed, type Batch, numbers, TestService, until } from "../support/service.ts";

type Plan = { readonly limit: number; readonly destinations: readonly string[]; readonly retriesAtRest?: boolean };
const FEW: Plan = { limit: 2, destinations: ["+14155550101", "+15005550002", "+14155550102"] };
/** More at once than the batch's own connections, so that lanes place some of the calls. */
const THROUGH_LANES: Plan = { limit: 24, destinations: numbers(24) };
/** When the retry comes, every list says that all is over, and nobody holds or wants a slot. */
const RETRIED_AT_REST: Plan = { ...FEW, retriesAtRest: true };
const RUN_MS = 1_500;
/** From one alarm to the next. */
const STEPS_AT_MOST = 60;

type Ledger = { in_use: number; holding: unknown[]; waiting: unknown[] };
type Run = {
  readonly plan: Plan;
  readonly service: TestService;
  readonly clock: DrivenClock;
  readonly body: Record<string, unknown>;
  /** Everything is down: the clients of the scenario wait for nothing more. */
  isDown: () => boolean;
};
let current: Run | null = null;

afterEach(end);

async function end(): Promise<void> {
  vi.restoreAllMocks();
  current?.clock.stop();
  await current?.service.stop();
  current = null;
}

async function start(plan: Plan): Promise<Run> {
  const { limit, destinations } = plan;
  const service = await TestService.start({ limit });
  const body = service.batchBody(destinations, { target_concurrency_limit: limit });
  current = { plan, service, clock: new DrivenClock(service), body, isDown: () => false };
  return current;
}

const create = ({ service, body }: Run) =>
  service.api<Batch>("POST", "/agents/calls/batches", body, { "idempotency-key": "crash" });

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The scenario: a second batch waits behind the first; the first is retried once and then cancelled. */
async function scenario(run: Run): Promise<void> {
  const { service, plan } = run;
  const first = (await create(run)).body;
  const second = await service.createBatch(plan.destinations.slice(0, 1), { target_concurrency_limit: plan.limit });
  for (let waited = 0; waited < RUN_MS && !run.isDown(); waited += 30) {
    if ((await service.batch(first.id)).total_calls_finished === plan.destinations.length) break;
    await pause(30);
  }
  if (plan.retriesAtRest) {
    await service.finished(second.id);
    await until(async () => ((await isQuiet(run)) ? true : null));
  }
  await service.api("POST", `/agents/calls/batches/${first.id}/retry`);
  await service.api("POST", `/agents/calls/batches/${first.id}/cancel`);
  if (!run.isDown()) await pause(200);
}

/** Nobody holds or wants a slot, and every list and every batch says that all is over. */
async function isQuiet({ service }: Run): Promise<boolean> {
  const ledger = await service.admin<Ledger>("GET", `/${service.organization}/ledger`);
  if (ledger.holding.length + ledger.waiting.length > 0) return false;
  const { data } = (await service.api<{ data: Omit<Batch, "recipients">[] }>("GET", "/agents/calls/batches?limit=100"))
    .body;
  if (!data.every(isOver)) return false;
  // A crash may have kept from the organization that a finished batch was retried.
  return (await Promise.all(data.map(({ id }) => service.batch(id)))).every(isOver);
}

const isOver = (one: Omit<Batch, "recipients">): boolean =>
  one.status === "cancelled" || (one.status === "completed" && one.total_calls_finished === one.total_calls_scheduled);

/** After the crash: the clock goes on, alarms ring, nothing else happens until all is quiet. */
async function recover(run: Run): Promise<Batch[]> {
  const { service, clock } = run;
  // A client whose create was not answered repeats it, as its Idempotency-Key is for.
  const repeated = await create(run);
  expect(repeated.status).toBe(201);
  const listed = await service.api<{ data: Omit<Batch, "recipients">[] }>("GET", "/agents/calls/batches?limit=100");
  // From its answer on, the batch is in the list.
  expect(listed.body.data.map(({ id }) => id)).toContain(repeated.body.id);
  for (const { id } of listed.body.data) clock.watch(id);
  for (let step = 0; step < STEPS_AT_MOST && !(await isQuiet(run)); step += 1) {
    await clock.advanceToAlarm();
    await clock.ring();
    await pause(20);
  }
  const after = await service.api<{ data: Omit<Batch, "recipients">[] }>("GET", "/agents/calls/batches?limit=100");
  return Promise.all(after.body.data.map(({ id }) => service.batch(id)));
}

async function judge({ service, plan }: Run, batches: readonly Batch[]): Promise<void> {
  for (const batch of batches) {
    const statuses = batch.recipients.map((one) => one.status);
    // Nothing lost.
    for (const status of statuses) expect(["completed", "failed", "cancelled"]).toContain(status);
    // Counters equal a recount, in the batch and in the organization's index.
    const finished = statuses.filter((status) => status === "completed" || status === "failed").length;
    expect(batch).toMatchObject({ total_calls_scheduled: statuses.length, total_calls_finished: finished });
    const listed = await service.api<{ data: Omit<Batch, "recipients">[] }>("GET", "/agents/calls/batches?limit=100");
    expect(listed.body.data).toContainEqual(asListed(batch));
  }
  // Capacity, and never dialed twice, by the carrier's records.
  const summary = await service.carrier.summary();
  expect(summary.peak_in_flight).toBeLessThanOrEqual(plan.limit);
  expect(summary.calls_by_agent_call_id_more_than_one).toEqual([]);
  // No slot leaked.
  const ledger = await service.admin<Ledger>("GET", `/${service.organization}/ledger`);
  expect(ledger).toMatchObject({ in_use: 0, holding: [], waiting: [] });
}

async function crashAt(
  point: number,
  plan: Plan = FEW,
  counted: (name: string) => boolean = () => true,
): Promise<string | null> {
  const run = await start(plan);
  if (plan === THROUGH_LANES) await answersLate(run);
  const checkpoints = new Checkpoints(point, counted);
  checkpoints.install();
  run.isDown = () => checkpoints.crashedAt !== null;
  expectComplaints();
  await scenario(run).catch(() => null);
  const { crashedAt } = checkpoints;
  await endObjects();
  checkpoints.restore();
  await judge(run, await recover(run));
  return crashedAt;
}

const answersLate = ({ service }: Run) =>
  service.carrier.control("PUT", "faults", { place: { mode: "late-answer", delay_ms: 150 } });

const KINDS = [
  "announce: asked",
  "announce: stored, not answered",
  "create: announced, not stored",
  "create: stored and told, not answered",
  "place: the request has not left",
  "place: the answer has not arrived",
  "report: sent, not heard",
  "report: heard, not acknowledged",
  "grant: stored, not heard",
  "grant: heard, not confirmed",
  "callback: arrived, not settled",
  "callback: settled, not answered",
  "retry: asked",
  "retry: done, not answered",
  "cancel: asked",
  "cancel: done, not answered",
];
/** Of all points, beside the first of each kind. */
const DRAWN = 4;
/** No run passes so many. */
const MOST_POINTS = 120;
/** So that a recovery that never comes ends; on a busy machine some of them take a minute. */
const TIMEOUT_MS = 240_000;
const DRAWN_TIMEOUT_MS = 900_000;

describe("a crash at every step", () => {
  let points = MOST_POINTS;

  it("passes each kind of point in a run without a crash", async () => {
    const run = await start(FEW);
    const checkpoints = new Checkpoints(null);
    checkpoints.install();
    await scenario(run);
    checkpoints.restore();
    points = checkpoints.passed.length;
    expect(points).toBeLessThanOrEqual(MOST_POINTS);
    expect([...new Set(checkpoints.passed)]).toEqual(expect.arrayContaining(KINDS));
    await judge(run, await recover(run));
  });

  it.each(KINDS)(
    "recovers from a crash at the first point of the kind %s",
    async (kind) => {
      expect(await crashAt(0, FEW, (name) => name === kind)).toBe(kind);
    },
    TIMEOUT_MS,
  );

  it(
    "recovers from a crash at points that are drawn",
    async () => {
      const all = Array.from({ length: points }, (_, point) => point);
      for (const point of drawn("points of a crash", all, DRAWN)) {
        console.log(`point ${point}: ${await crashAt(point)}`);
        await end();
      }
    },
    DRAWN_TIMEOUT_MS,
  );

  it("recovers from a crash before the organization hears that a batch at rest was retried", async () => {
    let isRetried = false;
    const reached = await crashAt(0, RETRIED_AT_REST, (name) => {
      isRetried ||= name === "retry: asked";
      return isRetried && name.startsWith("report: ");
    });
    expect(reached).toBe("report: sent, not heard");
  });

  it.each([
    [0, "lane: asked, not placed"],
    [1, "lane: asked, not placed"],
    [9, "lane: placed, not heard"],
    [12, "lane: placed, not heard"],
  ])(
    "recovers from a crash at point %i of the lanes",
    async (point, expected) => {
      expect(await crashAt(point, THROUGH_LANES, (name) => name.startsWith("lane: "))).toBe(expected);
    },
    TIMEOUT_MS,
  );
});
