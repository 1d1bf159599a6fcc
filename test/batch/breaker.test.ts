/** The circuit breaker: what counts against a carrier, every cell of its table, and random histories of a batch with one. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BREAKER_EVENTS,
  BREAKER_STEPS,
  type Breaker,
  breakerAfter,
  countsOf,
  isTooMany,
  outcomeOf,
} from "../../src/batch/attempts/breaker.ts";
import {
  Circuit,
  circuitOf,
  closedByHuman,
  cooledDown,
  isOpen,
  trialDueAt,
  usableSlots,
  withPolicy,
  withTrialCall,
} from "../../src/batch/attempts/circuit.ts";
import type { AttemptRow, StoredAttempt } from "../../src/batch/store/attempt-states.ts";
import { evidenceSince } from "../../src/batch/store/attempt-texts.ts";
import type { BatchRow } from "../../src/batch/store/batch-row.ts";
import { BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import { CIRCUIT_STATES, type CircuitBreaker, type CircuitState } from "../../src/calling/words/circuit-breaker.ts";
import { nodeSql } from "../support/node-sql.ts";
import { but, sampleAttempt, sampleBatch } from "./samples.ts";

const MINUTE = 60_000;
const POLICY: CircuitBreaker = { min_calls: 4, failure_share: 0.5, window_minutes: 10, cool_down_minutes: 5 };
const COUNTS = { calls: 4, failed: 2 };

describe("what a call says of its carrier", () => {
  const placed: Partial<StoredAttempt> = { status: "failed", carrier_call_id: "CA1", dispatched_at: 1, ended_at: 5 };
  const unplaced: Partial<StoredAttempt> = { ...placed, carrier_call_id: null };
  it.each<[string, Partial<StoredAttempt>, boolean | null]>([
    ["it was never dialed", { ...unplaced, dispatched_at: null, failure_reason: "do_not_call" }, null],
    ["its request is under way", { status: "dispatched", dispatched_at: 1 }, null],
    ["it rings", { status: "dispatched", dispatched_at: 1, carrier_call_id: "CA1" }, null],
    ["it was answered", { status: "started", dispatched_at: 1, carrier_call_id: "CA1", answered_at: 3 }, false],
    ["it was answered, and lost sight of", { ...placed, answered_at: 3, end_reason: "error" }, false],
    ["the request was not answered", { status: "dispatched", dispatched_at: 1, error_message: "reset" }, true],
    ["nobody knows whether it was placed", { ...unplaced, error_message: "unknown" }, true],
    ["it was refused with the carrier's code", { ...unplaced, carrier_code: "21211" }, null],
    ["its trunk refused it", { ...unplaced, carrier_code: "503" }, true],
    ["its callee refused it at once", { ...unplaced, carrier_code: "486" }, null],
    ["it was refused without one", { ...unplaced, error_message: "status 403" }, true],
    ["the carrier said not now", { status: "queued", dispatched_at: 1, error_message: "429" }, null],
    ["and the batch was cancelled", { status: "cancelled", dispatched_at: 1, error_message: "429" }, null],
    ["busy", { ...placed, end_reason: "dial_busy", sip_code: 486 }, false],
    ["no answer", { ...placed, end_reason: "dial_no_answer" }, false],
    ["it failed, and nobody says why", { ...placed, end_reason: "dial_failed" }, true],
    ["the carrier's side failed", { ...placed, end_reason: "dial_failed", sip_code: 503 }, true],
    ["the callee's side said no", { ...placed, end_reason: "dial_failed", sip_code: 404 }, false],
    ["the callee's side said no for good", { ...placed, end_reason: "dial_failed", sip_code: 603 }, false],
    ["the carrier forgot it", { ...placed, end_reason: "error" }, true],
    ["it ended well, and nobody told of its answer", { ...placed, status: "completed" }, false],
  ])("%s", (_, fields, failed) => {
    expect(outcomeOf(sampleAttempt(fields))?.failed ?? null).toBe(failed);
  });
});

describe("the table", () => {
  const BREAKERS: Readonly<Record<CircuitState, Breaker>> = {
    closed: { state: "closed", since: 0 },
    open: { state: "open", since: 0, until: 9, counts: COUNTS },
    trial: { state: "trial", since: 0, call: 7, counts: COUNTS },
  };
  it.each(CIRCUIT_STATES.flatMap((state) => BREAKER_EVENTS.map((event) => [state, event] as const)))(
    "%s, %s",
    (state, event) => {
      const breaker = BREAKERS[state];
      const after = breakerAfter(breaker, event, POLICY, COUNTS, 100);
      expect(after.state).toBe(BREAKER_STEPS[state][event]);
      if (state === "trial" && event === "said_nothing") expect(after).toEqual({ ...breaker, call: null });
      else if (after.state === state) expect(after).toBe(breaker);
      else expect(after.since).toBe(100);
    },
  );

  it("makes a trial call after the cool-down, or never by itself without one", () => {
    const opened = (cool_down_minutes: number | null) =>
      breakerAfter({ state: "closed", since: 0 }, "tripped", { ...POLICY, cool_down_minutes }, COUNTS, 100);
    expect(opened(5)).toEqual({ state: "open", since: 100, until: 100 + 5 * MINUTE, counts: COUNTS });
    expect(opened(null)).toMatchObject({ until: null });
  });

  it("is on trial when its cool-down is over, and not a moment earlier", () => {
    const open: Breaker = { state: "open", since: 100, until: 200, counts: COUNTS };
    const row = sampleBatch({ circuit_breaker: JSON.stringify(POLICY), breaker: JSON.stringify(open) });
    expect(cooledDown(row, 199)).toBe(row);
    expect(circuitOf(cooledDown(row, 200))).toMatchObject({ state: "trial" });
  });

  it("counts calls within the window that were dialed since it closed", () => {
    const now = 20 * MINUTE;
    const outcomes = [
      { at: now - 10 * MINUTE, dialedAt: now - 11 * MINUTE, failed: true },
      { at: now - 9 * MINUTE, dialedAt: now - 10 * MINUTE, failed: true },
      { at: now, dialedAt: now - 1, failed: true },
      { at: now, dialedAt: now - 1, failed: false },
    ];
    expect(countsOf(outcomes, 0, POLICY, now)).toEqual({ calls: 3, failed: 2 });
    expect(countsOf(outcomes, now - MINUTE, POLICY, now)).toEqual({ calls: 2, failed: 1 });
    expect(isTooMany({ calls: 3, failed: 3 }, POLICY)).toBe(false);
    expect(isTooMany({ calls: 4, failed: 2 }, POLICY)).toBe(true);
    expect(isTooMany({ calls: 5, failed: 2 }, POLICY)).toBe(false);
    expect(isTooMany({ calls: 20, failed: 11 }, { ...POLICY, failure_share: 0.55 })).toBe(true);
  });
});

/**
 * A batch whose only simulated part is its breaker: calls are dialed when it allows them, and end as the history says.
 */
class World {
  now = MINUTE;
  row: BatchRow = sampleBatch({ circuit_breaker: JSON.stringify(POLICY) });
  readonly attempts: AttemptRow[] = [];
  #circuit = this.#newCircuit();

  get state() {
    return circuitOf(this.row)?.state;
  }
  get flying(): AttemptRow[] {
    return this.attempts.filter(({ status }) => status === "dispatched");
  }

  pass(ms: number): void {
    this.now += ms;
    this.row = cooledDown(this.row, this.now);
  }

  dial(slots: number): number {
    const free = usableSlots(this.row, Math.max(0, slots - this.flying.length));
    for (let count = 0; count < free; count += 1) {
      const number = this.attempts.length + 1;
      this.attempts.push(sampleAttempt({ number, position: number - 1, dispatched_at: this.now }));
      this.row = withTrialCall(this.row, number);
    }
    return free;
  }

  end(attempt: AttemptRow, how: Partial<StoredAttempt>): void {
    const after = but(attempt, { updated_at: this.now, ended_at: this.now, ...how });
    this.attempts[attempt.number - 1] = after;
    this.row = this.#circuit.heard(this.row, after, true, this.now);
  }

  /** Memory is gone, the rows stay. */
  crash(): void {
    this.#circuit = this.#newCircuit();
  }
  resume(): void {
    this.row = closedByHuman(this.row, this.now);
  }

  /** Calls dialed since it closed, within the window, by a count of the rows. */
  recount() {
    const since = circuitOf(this.row)?.since ?? 0;
    const counted = this.attempts
      .flatMap((row) => outcomeOf(row) ?? [])
      .filter(({ at, dialedAt }) => at > this.now - POLICY.window_minutes * MINUTE && dialedAt >= since);
    return { calls: counted.length, failed: counted.filter(({ failed }) => failed).length };
  }
  counts() {
    return this.#circuit.settings(this.row, this.now)?.counts;
  }

  #newCircuit(): Circuit {
    return new Circuit(() => this.attempts);
  }
}

const ENDS = {
  answered: { status: "completed", carrier_call_id: "CA1", answered_at: 1 },
  busy: { status: "failed", carrier_call_id: "CA1", end_reason: "dial_busy" },
  broken: { status: "failed", carrier_call_id: "CA1", end_reason: "dial_failed", sip_code: 503 },
  unknown: { status: "failed", error_message: "unknown" },
  refused: { status: "failed", carrier_code: "21211", error_message: "invalid" },
  put_off: { status: "queued", ended_at: null, error_message: "429" },
} as const satisfies Record<string, Partial<StoredAttempt>>;
type End = keyof typeof ENDS;

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("dial" as const), slots: fc.integer({ min: 1, max: 5 }) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("end" as const),
      pick: fc.nat(10),
      how: fc.constantFrom<End>("answered", "busy", "broken", "broken", "unknown", "refused", "put_off"),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("pass" as const), minutes: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("crash" as const, "resume" as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function take(world: World, what: Step): void {
  if (what.do === "dial") world.dial(what.slots);
  if (what.do === "pass") world.pass(what.minutes * MINUTE);
  if (what.do === "crash") world.crash();
  if (what.do === "resume") world.resume();
  if (what.do === "end") {
    const attempt = world.flying[what.pick % Math.max(1, world.flying.length)];
    if (attempt !== undefined) world.end(attempt, { ...ENDS[what.how], ...answeredNow(what.how, world.now) });
  }
}
const answeredNow = (how: End, now: number) => (how === "answered" ? { answered_at: now } : {});

const histories = (check: (world: World, step: Step) => void) =>
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 80 }), (steps) => {
      const world = new World();
      for (const one of steps) {
        // Two things never happen in the same millisecond here, so that before and since are told apart.
        world.pass(1);
        check(world, one);
      }
    }),
    { numRuns: 1_500 },
  );

describe("a batch with a circuit breaker, whatever its calls come to", { timeout: 60_000 }, () => {
  it("dials nobody while it is open, and one call alone on trial", () => {
    let trials = 0;
    histories((world, what) => {
      const before = world.attempts.length;
      const { state } = world;
      take(world, what);
      const dialed = world.attempts.length - before;
      if (state === "open") expect(dialed).toBe(0);
      if (state === "trial") {
        trials += dialed;
        const since = circuitOf(world.row)?.since ?? 0;
        expect(world.flying.filter((row) => (row.dispatched_at ?? 0) >= since).length).toBeLessThanOrEqual(1);
      }
    });
    expect(trials).toBeGreaterThan(50);
  });

  it("opens exactly when the share and the number of failures since it closed are reached", () => {
    let opened = 0;
    histories((world, what) => {
      const before = world.state;
      const isOver = what.do === "end" && world.flying.length > 0;
      take(world, what);
      if (before !== "closed" || !isOver) return;
      if (world.state === "open") {
        opened += 1;
        const counts = circuitOf(world.row)?.opened ?? { calls: 0, failed: 0 };
        expect(isTooMany(counts, POLICY)).toBe(true);
        expect(trialDueAt(world.row)).toBe(world.now + 5 * MINUTE);
      } else if (what.how === "broken" || what.how === "unknown") {
        expect(isTooMany(world.recount(), POLICY)).toBe(false);
      }
    });
    expect(opened).toBeGreaterThan(100);
  });

  it("counts as a recount of the rows does, crashes included", () => {
    histories((world, what) => {
      take(world, what);
      if (world.state === "closed") expect(world.counts()).toEqual(world.recount());
    });
  });

  it("closes by itself once the carrier is mended", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const world = new World();
        for (const one of steps) {
          world.pass(1);
          take(world, one);
        }
        for (let round = 0; round < 20 && world.state !== "closed"; round += 1) {
          world.pass(5 * MINUTE + 1);
          world.dial(5);
          for (const attempt of world.flying) world.end(attempt, { ...ENDS.answered, answered_at: world.now });
        }
        expect(world.state).toBe("closed");
        expect(usableSlots(world.row, 3)).toBe(3);
      }),
      { numRuns: 1_000 },
    );
  });
});

it("reads of the rows only those that may count, and again if a longer window counts more", () => {
  const asked: number[] = [];
  const circuit = new Circuit((since) => {
    asked.push(since);
    return [];
  });
  const rowOf = (window_minutes: number) => ({
    circuit_breaker: JSON.stringify({ ...POLICY, window_minutes }),
    breaker: null,
  });
  const now = 100 * MINUTE;
  for (const minutes of [10, 10, 60]) circuit.settings(rowOf(minutes), now);
  expect(asked).toEqual([now - 10 * MINUTE, now - 60 * MINUTE]);
});

it("what is read of the rows counts like all of them, whatever they are", () => {
  const times = fc.option(fc.integer({ min: 0, max: 20 }), { nil: null });
  const texts = fc.constantFrom(null, "503", "21211");
  const ends = fc.record({
    status: fc.constantFrom("dispatched", "started", "completed", "failed"),
    carrier_call_id: texts,
    dispatched_at: times,
    answered_at: times,
    ended_at: times,
    end_reason: fc.constantFrom(null, "error", "dial_failed", "dial_busy"),
    error_message: texts,
    carrier_code: texts,
    sip_code: fc.constantFrom(null, 404, 503),
    updated_at: fc.integer({ min: 0, max: 20 }),
  } as const);
  const policy = { ...POLICY, window_minutes: 1 };
  fc.assert(
    fc.property(fc.array(ends, { maxLength: 20 }), fc.integer({ min: 0, max: 20 }), (rows, since) => {
      const sql = nodeSql(BATCH_STEPS);
      const attempts = rows.map((fields, index): StoredAttempt => {
        const { updated_at } = fields;
        const row = { ...sampleAttempt({ number: index + 1, position: index }), ...fields, updated_at };
        const columns = Object.keys(row).join(", ");
        sql.run(
          `INSERT INTO attempts (${columns}) VALUES (${Object.keys(row).fill("?").join(", ")})`,
          ...Object.values(row),
        );
        return row;
      });
      const count = (of: readonly Parameters<typeof outcomeOf>[0][]) =>
        countsOf(
          of.flatMap((row) => outcomeOf(row) ?? []),
          0,
          policy,
          since + MINUTE,
        );
      const read = evidenceSince(sql, since);
      expect(count(read)).toEqual(count(attempts));
      expect(read.every(({ number }) => attempts.some((row) => row.number === number))).toBe(true);
      const isOlder = (row: StoredAttempt) =>
        Math.max(row.updated_at, row.answered_at ?? 0, row.ended_at ?? 0) <= since;
      expect(read.filter(({ number }) => attempts.some((row) => row.number === number && isOlder(row)))).toEqual([]);
    }),
  );
});

describe("a batch's row", () => {
  it("without a circuit breaker is never touched", () => {
    const row = sampleBatch();
    const circuit = new Circuit(() => expect.fail("nothing is read"));
    const broken = sampleAttempt({ ...ENDS.broken, dispatched_at: 1, ended_at: 2 });
    expect(circuit.heard(row, broken, true, 5)).toBe(row);
    expect([cooledDown(row, 5), closedByHuman(row, 5), withTrialCall(row, 1)]).toEqual([row, row, row]);
    expect(circuitOf(row)).toBeNull();
    expect(usableSlots(row, 3)).toBe(3);
    expect(circuit.settings(row, 5)).toBeNull();
  });

  it("does not open where nobody waits", () => {
    const row = sampleBatch({ circuit_breaker: JSON.stringify({ ...POLICY, min_calls: 1 }) });
    const broken = sampleAttempt({ ...ENDS.broken, dispatched_at: 1, ended_at: 2 });
    expect(isOpen(new Circuit(() => []).heard(row, broken, false, 5))).toBe(false);
    expect(isOpen(new Circuit(() => []).heard(row, broken, true, 5))).toBe(true);
  });

  it("whose circuit breaker is taken away is closed", () => {
    const breaker = JSON.stringify({ state: "open", since: 1, until: null, counts: COUNTS });
    const open = sampleBatch({ circuit_breaker: JSON.stringify(POLICY), breaker });
    expect(isOpen(open)).toBe(true);
    expect(isOpen(withPolicy(open, null, 9))).toBe(false);
    expect(isOpen(withPolicy(open, JSON.stringify({ ...POLICY, min_calls: 9 }), 9))).toBe(true);
  });
});
