/**
 * Promises 1 to 4 for direct calls under a crash at every step. The request is for three people under a limit of two,
 * and one call is cancelled. It is repeated with a crash at the first point of each kind, and at points that are drawn;
 * everything ends at that point. Then the client repeats it with the same `Idempotency-Key`, at once or much later. The
 * carrier's records decide. Some runs have a neighbour: another request, whose call goes on in the same object.
 */

import { afterEach, describe, expect, it, vi } from "vitest";
import { Latch } from "../../src/latch.ts";
import { Checkpoints, endObjects, expectComplaints } from "../support/checkpoints.ts";
import { drawn } from "../support/drawn.ts";
import { DrivenClock } from "../support/driven-clock.ts";
import { TestService, until } from "../support/service.ts";

const LIMIT = 2;
/** Talks until it is cancelled; busy; for the third there is no slot. */
const DESTINATIONS = ["+15005550011", "+15005550002", "+14155550102"];
const CALLS = "/agents/calls";
/** Of the driven clock, while a client waits for its answer. */
const STEP_MS = 5_000;
/** From one alarm to the next. */
const STEPS_AT_MOST = 80;
const LATER_MS = 120_000;

type Entry = { readonly agent_call_id?: string; readonly error?: { readonly error_code: string } };
type Call = { readonly id: string; readonly status: string; readonly telephony_params: { readonly to: string } };
type Ledger = { in_use: number; holding: { batch_id: string }[]; waiting: unknown[] };
type Run = { readonly service: TestService; readonly clock: DrivenClock };
let current: Run | null = null;

afterEach(async () => {
  vi.restoreAllMocks();
  current?.clock.stop();
  await current?.service.stop();
  current = null;
});

async function start(limit = LIMIT): Promise<Run> {
  const service = await TestService.start({ limit });
  current = { service, clock: new DrivenClock(service) };
  return current;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const create = ({ service }: Run) =>
  service.api<{ calls: Entry[] }>(
    "POST",
    CALLS,
    {
      agent_id: "agent_test",
      from_number_id: "ap_test",
      outbound_calls: DESTINATIONS.map((to_number) => ({ to_number })),
    },
    { "idempotency-key": "crash" },
  );
/** Talks until it is cancelled; the client does not repeat its request. */
const NEIGHBOUR = "+15005550012";
const callNeighbour = ({ service }: Run) =>
  service.api<{ calls: Entry[] }>("POST", CALLS, {
    agent_id: "agent_test",
    from_number_id: "ap_test",
    outbound_calls: [{ to_number: NEIGHBOUR }],
  });
const listed = async ({ service }: Run): Promise<Call[]> =>
  (await service.api<{ data: Call[] }>("GET", `${CALLS}?agent_id=agent_test&limit=100`)).body.data;
const isOver = ({ status }: Call): boolean => status === "completed" || status === "failed";

/** Cancels the calls that are answered. */
async function cancelWhoTalks(run: Run): Promise<void> {
  for (const { id, status } of await listed(run)) {
    if (status === "started") await run.service.api("POST", `${CALLS}/${id}/cancel`);
  }
}

async function scenario(run: Run): Promise<void> {
  const { calls } = (await create(run)).body;
  const talking = calls[0]?.agent_call_id ?? "";
  await until(
    async () => ((await listed(run)).find(({ id }) => id === talking)?.status === "started" ? true : null),
    3_000,
  );
  await cancelWhoTalks(run);
  await pause(150);
}

/**
 * The clock goes on and alarms ring until no slot is held. Answered calls are cancelled, because nothing else ends
 * them.
 */
async function comeToRest(run: Run): Promise<void> {
  const { service, clock } = run;
  for (let step = 0; step < STEPS_AT_MOST; step += 1) {
    const ledger = await service.admin<Ledger>("GET", `/${service.organization}/ledger`);
    const isQuiet = ledger.holding.length === 0 && (await listed(run)).every(isOver);
    if (isQuiet) return;
    for (const { batch_id } of ledger.holding) clock.watch(batch_id);
    await cancelWhoTalks(run);
    await clock.advanceToAlarm();
    await clock.ring();
    await pause(20);
  }
}

async function judge(run: Run, limit = LIMIT): Promise<void> {
  const { service } = run;
  // Nothing lost: what a client was told of is over, and nothing else is there.
  expect((await listed(run)).filter((call) => !isOver(call))).toEqual([]);
  // Never dialed twice: neither an attempt nor, under one key, a person. Capacity, by the carrier's records.
  const summary = await service.carrier.summary();
  expect(summary.calls_by_agent_call_id_more_than_one).toEqual([]);
  const called = (await service.carrier.calls()).map(({ to }) => to);
  expect(called.length).toBe(new Set(called).size);
  expect(summary.peak_in_flight).toBeLessThanOrEqual(limit);
  // No slot leaked.
  const ledger = await service.admin<Ledger>("GET", `/${service.organization}/ledger`);
  expect(ledger).toMatchObject({ in_use: 0, holding: [], waiting: [] });
}

/** A crash here does not break the connections of waiting callers, so they would wait the whole time. */
const WAITS_AT_MOST_MS = 1_000;
function waitNoLonger(): void {
  const { wait } = Latch.prototype;
  vi.spyOn(Latch.prototype, "wait").mockImplementation(function (this: Latch, withinMs, isSo) {
    return wait.call(this, Math.min(withinMs, WAITS_AT_MOST_MS), isSo);
  });
}

type Crash = { readonly point: number; readonly isCounted?: (name: string) => boolean };
const firstOf = (kind: string): Crash => ({ point: 0, isCounted: (name) => name === kind });

async function crashAt(
  { point, isCounted }: Crash,
  repeats: "at once" | "much later",
  isAlone = true,
): Promise<string | null> {
  const limit = isAlone ? LIMIT : LIMIT + 1;
  const run = await start(limit);
  if (!isAlone) await callNeighbour(run);
  const checkpoints = new Checkpoints(point, isCounted);
  checkpoints.install();
  waitNoLonger();
  expectComplaints();
  await scenario(run).catch(() => null);
  const { crashedAt } = checkpoints;
  await endObjects();
  checkpoints.restore();
  for (const id of checkpoints.batches) run.clock.watch(id);
  if (repeats === "much later") {
    await comeToRest(run);
    await run.clock.advance(LATER_MS);
    await run.clock.ring();
  }
  const repeated = create(run);
  // What it waits for may need an alarm.
  for (let waited = 0; waited < 20 && (await Promise.race([repeated, pause(100)])) === undefined; waited += 1) {
    await run.clock.advance(STEP_MS);
    await run.clock.ring();
  }
  expect((await repeated).status).toBe(200);
  await comeToRest(run);
  await judge(run, limit);
  if (!isAlone) {
    const { calls } = (await create(run)).body;
    const called = (await run.service.carrier.calls()).map(({ to }) => to);
    expect(called.filter((to) => to === NEIGHBOUR)).toHaveLength(1);
    // None of the neighbour's is taken for one of its own.
    const ids = calls.flatMap(({ agent_call_id }) => agent_call_id ?? []);
    const own = (await listed(run)).filter(({ id }) => ids.includes(id)).map((call) => call.telephony_params.to);
    expect(own).not.toContain(NEIGHBOUR);
    expect(own).toHaveLength(ids.length);
  }
  return crashedAt;
}

/** More than a run passes: the last ones crash nowhere and only repeat the run. */
const MOST_POINTS = 46;
/** Up to here the client has no answer in an unhurried run. Later on a repeat long after is like one at once. */
const POINTS_BEFORE_ANSWER = 18;
const KINDS_BEFORE_ANSWER = [
  "direct: asked",
  "direct: granted, not answered",
  "direct: granted, not stored",
  "direct: dialed, not answered",
  "report: sent, not heard",
  "report: heard, not acknowledged",
  "place: the request has not left",
  "place: the answer has not arrived",
];
const KINDS = [
  ...KINDS_BEFORE_ANSWER,
  "callback: arrived, not settled",
  "callback: settled, not answered",
  "cancel call: asked",
  "cancel call: done, not answered",
];
const ALL = Array.from({ length: MOST_POINTS }, (_, point) => point);
const BEFORE_ANSWER = ALL.slice(0, POINTS_BEFORE_ANSWER);

describe("a crash at every step of direct calls", () => {
  it("passes each kind of point in a run without a crash", async () => {
    const run = await start();
    const checkpoints = new Checkpoints(null);
    checkpoints.install();
    await scenario(run);
    checkpoints.restore();
    expect(checkpoints.passed.length).toBeLessThanOrEqual(MOST_POINTS);
    expect([...new Set(checkpoints.passed)]).toEqual(expect.arrayContaining(KINDS));
    await comeToRest(run);
    await judge(run);
  });

  describe.each([
    { repeat: "a repeat at once", kinds: KINDS, points: drawn("points, repeated at once", ALL, 2), when: "at once" },
    {
      repeat: "a repeat much later",
      kinds: KINDS_BEFORE_ANSWER,
      points: drawn("points, repeated much later", BEFORE_ANSWER, 1),
      when: "much later",
    },
    {
      repeat: "a repeat at once, beside a neighbour",
      kinds: KINDS_BEFORE_ANSWER,
      points: drawn("points beside a neighbour", BEFORE_ANSWER, 1),
      when: "at once",
      isAlone: false,
    },
  ] as const)("with $repeat", ({ kinds, points, when, isAlone }) => {
    it.each(kinds)("recovers from a crash at the first point of the kind %s", async (kind) => {
      expect(await crashAt(firstOf(kind), when, isAlone)).toBe(kind);
    });

    it.each(points)("recovers from a crash at point %i", async (point) => {
      console.log(`point ${point}: ${await crashAt({ point }, when, isAlone)}`);
    });
  });
});
