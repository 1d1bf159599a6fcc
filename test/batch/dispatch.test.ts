/** A batch under random carriers, crashes, cancels and retries: capacity, no second call, nothing lost, true counters. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { circuitOf } from "../../src/batch/attempts/circuit.ts";
import { ALWAYS, type Hours } from "../../src/batch/people/hours.ts";
import type { Roster } from "../../src/batch/people/roster.ts";
import type { RetryPolicy } from "../../src/calling/messages/retry-policy.ts";
import { isOver } from "../../src/calling/words/recipient.ts";
import { DispatchWorld, type Fate } from "./dispatch-world.ts";

const LIMIT = 3;
const RECIPIENTS = 8;
const POLICY: RetryPolicy = {
  max_attempts: 3,
  retry_on: ["dial_busy", "dial_no_answer", "voicemail"],
  intervals_minutes: [5, 60],
};

const GIVEN_BACK = { request_open: 0, granted_slots: null };
const HOUR = 3_600_000;
/** Three groups, each with six hours of its own a day. */
const SHIFTS: Hours = {
  groups: 3,
  groupOf: (position) => position % 3,
  opensAt: (group, from) => {
    const opens = (group * 4 + 1) * HOUR;
    const sinceMidnight = from % (24 * HOUR);
    if (sinceMidnight < opens) return from - sinceMidnight + opens;
    return sinceMidnight < opens + 6 * HOUR ? from : from - sinceMidnight + opens + 24 * HOUR;
  },
};

const fate: fc.Arbitrary<Fate> = fc.record({
  answer: fc.constantFrom("placed", "placed", "placed", "refused", "not_now", "placed_unanswered", "lost_unanswered"),
  call: fc.constantFrom(
    "completed",
    "completed",
    "busy",
    "rings_for_ever",
    "talks_for_ever",
    "machine",
    "doubted_machine",
  ),
  callbacks: fc.constantFrom("all", "all", "none", "twice_reversed", "only_ringing"),
});

const DOINGS = [
  "decide",
  "proceed",
  "wake",
  "crash",
  "arrive_late",
  "retry",
  "cancel",
  "pause",
  "append",
  "carrier_down",
] as const;
type Step = { readonly do: (typeof DOINGS)[number]; readonly pick: number; readonly fate: Fate };

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom("decide", "proceed") },
    { weight: 2, arbitrary: fc.constantFrom("wake", "crash", "arrive_late", "retry") },
    { weight: 1, arbitrary: fc.constantFrom("cancel", "pause", "append", "carrier_down") },
  ),
  pick: fc.nat(20),
  fate,
});
const history = fc.array(step, { minLength: 30, maxLength: 80 });

function take(world: DispatchWorld, { do: what, pick, fate }: Step): void {
  const request = [...world.placing][pick % Math.max(1, world.placing.size)];
  const call = world.calls[pick % Math.max(1, world.calls.length)];
  if (what === "decide" && request !== undefined) world.decide(request, fate);
  if (what === "proceed" && call !== undefined) world.proceed(call, fate);
  if (what === "wake" && world.placing.size === 0) world.wake();
  const late = world.orphans[pick % Math.max(1, world.orphans.length)];
  if (what === "arrive_late" && late !== undefined) world.arriveLate(late);
  if (what === "crash") world.crash();
  if (what === "cancel") world.cancel();
  if (what === "pause") world.pause();
  if (what === "append" && world.row.total_recipients < 3 * RECIPIENTS) world.append(1 + (pick % 3));
  if (what === "retry") world.retry();
  if (what === "carrier_down") world.carrierDownUntil = world.now + pick * 60_000;
}

const run = (check: (world: DispatchWorld, step: Step) => void) =>
  fc.assert(
    fc.property(history, fc.constantFrom(null, POLICY), (steps, policy) => {
      const world = new DispatchWorld(RECIPIENTS, LIMIT, policy);
      for (const step of steps) check(world, step);
    }),
    { numRuns: 1_500 },
  );

describe("a batch, whatever its carrier does", { timeout: 300_000 }, () => {
  it("never has more in flight than its slots", () => {
    run((world, step) => {
      take(world, step);
      expect(world.peak).toBeLessThanOrEqual(LIMIT);
    });
  });

  it("places at most one call for an attempt, and none while an earlier one may be up", () => {
    run((world, step) => {
      const before = world.calls.length;
      take(world, step);
      const placed = world.calls.slice(before);
      for (const call of placed) {
        expect(world.calls.filter((one) => one.number === call.number)).toHaveLength(1);
        const { position } = world.attempt(call.number);
        const others = world.attempts.filter((row) => row.position === position && row.number !== call.number);
        expect(others.filter((row) => !isOver(row.status))).toEqual([]);
      }
    });
  });

  it("never takes a machine that it was told of for a person, where it is to hang up on machines", () => {
    let hungUpOn = 0;
    run((world, step) => {
      take(world, step);
      for (const row of world.attempts) {
        // Who doubted at first told it in the end, in whatever order that came.
        if (isOver(row.status)) expect(row.answered_by).not.toBe("unknown");
        if (row.answered_by !== "machine" || !world.hangsUpOnMachines || !isOver(row.status)) continue;
        hungUpOn += 1;
        expect(row).toMatchObject({ status: "failed" });
      }
    });
    expect(hungUpOn).toBeGreaterThan(500);
  });

  it("calls again by itself only after the ends that its policy names, as often and as late as that says", () => {
    let again = 0;
    run((world, step) => {
      const before = world.attempts.length;
      const humans = step.do === "retry";
      take(world, step);
      if (humans) return;
      for (const row of world.attempts.slice(before)) {
        const earlier = world.attempts.filter((one) => one.position === row.position && one.number < row.number);
        const ended = earlier.at(-1);
        if (ended === undefined) continue;
        again += 1;
        expect(["dial_busy", "dial_no_answer"]).toContain(ended.end_reason);
        expect(row.attempt).toBe(ended.attempt + 1);
        expect(row.attempt).toBeLessThanOrEqual(POLICY.max_attempts);
        const minutes = POLICY.intervals_minutes[ended.attempt - 1] ?? 60;
        expect((row.dispatched_at ?? row.due_at ?? 0) - (ended.ended_at ?? 0)).toBeGreaterThanOrEqual(minutes * 60_000);
      }
    });
    expect(again).toBeGreaterThan(100);
  });

  it("once cancelled dials nobody, and keeps nobody waiting, before a human wants somebody called again", () => {
    let ended = 0;
    run((world, step) => {
      const before = world.attempts.filter((row) => row.dispatched_at !== null).length;
      const wasCancelled = world.row.cancelled_at !== null;
      take(world, step);
      // Nobody waits, and those in flight may come back: to be called again, or because the carrier says "not now".
      if (world.roster.counts.queued === 0 && world.roster.flying > 0) world.cancel();
      if (world.row.cancelled_at === null) return;
      expect(world.roster.counts.queued).toBe(0);
      // A human wanted somebody called again, or more people called, before the test cancelled once more.
      if (!wasCancelled || step.do === "retry" || step.do === "append") return;
      ended += 1;
      expect(world.attempts.filter((row) => row.dispatched_at !== null)).toHaveLength(before);
    });
    expect(ended).toBeGreaterThan(100);
  });

  it("once cancelled has no phone ring that its carrier has not dialed yet", () => {
    let withdrawn = 0;
    // Where the carrier could not be asked, it is asked again some time later.
    const wereDown = new WeakSet<DispatchWorld>();
    run((world, step) => {
      if (step.do === "carrier_down") wereDown.add(world);
      take(world, step);
      withdrawn += world.withdrawn.length;
      for (const number of world.withdrawn) expect(world.attempt(number).status).not.toBe("queued");
      world.withdrawn.length = 0;
      if (world.row.cancelled_at === null || wereDown.has(world)) return;
      for (const call of world.calls) {
        const row = world.attempt(call.number);
        if (row.carrier_call_id === call.id && row.status === "dispatched")
          expect(call.progress.kind).not.toBe("waiting");
      }
    });
    expect(withdrawn).toBeGreaterThan(100);
  });

  it("dials nobody outside of their hours", () => {
    let dispatched = 0;
    fc.assert(
      fc.property(history, fc.constantFrom(null, POLICY), (steps, policy) => {
        const world = new DispatchWorld(RECIPIENTS, LIMIT, policy, SHIFTS);
        for (const step of steps) {
          take(world, step);
          for (const row of world.attempts) {
            if (row.dispatched_at === null) continue;
            dispatched += 1;
            const group = SHIFTS.groupOf(row.position);
            expect(SHIFTS.opensAt(group, row.dispatched_at)).toBe(row.dispatched_at);
          }
        }
      }),
      { numRuns: 500 },
    );
    expect(dispatched).toBeGreaterThan(1_000);
  });

  it("ends though everybody has other hours", () => {
    fc.assert(
      fc.property(history, fc.constantFrom(null, POLICY), (steps, policy) => {
        const world = new DispatchWorld(RECIPIENTS, LIMIT, policy, SHIFTS);
        for (const step of steps) take(world, step);
        if (world.row.paused_at !== null) world.pause();
        const answering = { answer: "placed", call: "completed", callbacks: "none" } as const;
        for (let rounds = 0; rounds < 2_000 && !world.isOver(); rounds += 1) {
          for (const number of [...world.placing]) world.decide(number, answering);
          for (const call of world.calls) world.proceed(call, answering);
          world.wake();
        }
        expect(world.isOver()).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("dials nobody while it is paused", () => {
    run((world, step) => {
      const isPaused = world.row.paused_at !== null;
      const before = world.placing.size;
      take(world, step);
      if (isPaused && step.do !== "pause") expect(world.placing.size).toBeLessThanOrEqual(before);
    });
  });

  it("dials nobody while its circuit breaker is open and one call alone on trial, and ends by alarms alone", () => {
    const breaker = { min_calls: 2, failure_share: 0.5, window_minutes: 60, cool_down_minutes: 5 };
    const seen = { open: 0, trial: 0, closed: 0 };
    fc.assert(
      fc.property(history, fate, fc.constantFrom(null, POLICY), (steps, lastFate, policy) => {
        const world = new DispatchWorld(RECIPIENTS, LIMIT, policy, ALWAYS, breaker);
        const check = (step: () => void) => {
          const before = world.attempts.map(({ dispatched_at }) => dispatched_at);
          const state = circuitOf(world.row)?.state ?? "closed";
          step();
          seen[state] += 1;
          const dialed = world.attempts.filter((row, index) => row.dispatched_at !== (before[index] ?? null)).length;
          const isStill = circuitOf(world.row)?.state === state;
          if (state === "open" && isStill) expect(dialed).toBe(0);
          if (circuitOf(world.row)?.state === "open") expect(world.row).toMatchObject(GIVEN_BACK);
          if (state === "trial" && isStill) expect(dialed).toBeLessThanOrEqual(1);
        };
        for (const step of steps) check(() => take(world, step));
        if (world.row.paused_at !== null) world.pause();
        const answering = { ...lastFate, answer: lastFate.answer === "not_now" ? "placed" : lastFate.answer } as const;
        for (let rounds = 0; rounds < 2_000 && !world.isOver(); rounds += 1) {
          for (const number of [...world.placing]) check(() => world.decide(number, answering));
          for (const call of world.calls) check(() => world.proceed(call, { ...answering, callbacks: "none" }));
          check(() => world.wake());
        }
        expect(world.isOver()).toBe(true);
      }),
      { numRuns: 500 },
    );
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(1_000);
  });

  it("changes nothing about what is over, except that a retry makes a new attempt", () => {
    run((world, step) => {
      const over = world.attempts.filter((row) => isOver(row.status));
      take(world, step);
      for (const row of over) expect(world.attempt(row.number)).toBe(row);
    });
  });

  it("tells webhooks of each call's end once, of its start at most once and before, and of nobody else", () => {
    run((world, step) => {
      const before = world.told.length;
      take(world, step);
      for (const { number } of world.told.slice(before)) {
        const events = world.told.filter((one) => one.number === number).map(({ event }) => event);
        const { status, answered_at } = world.attempt(number);
        if (status === "started") expect(events).toEqual(["call_started"]);
        else expect(events).toEqual(events.length === 2 ? ["call_started", `call_${status}`] : [`call_${status}`]);
        if (events[0] === "call_started") expect(answered_at).not.toBeNull();
      }
      const ended = world.attempts.filter((row) => row.status === "completed" || row.status === "failed");
      const told = new Set(world.told.filter(({ event }) => event !== "call_started").map(({ number }) => number));
      expect(told).toEqual(new Set(ended.map(({ number }) => number)));
    });
  });

  it("counts as a recount of the rows does", () => {
    run((world, step) => {
      take(world, step);
      const recount = world.recount();
      expect(world.roster.counts).toEqual(recount.counts);
      expect(world.roster.flying).toBe(recount.flying);
      expect(world.roster.next(world.now)).toEqual(recount.next(world.now));
      expect(world.roster.nextNumber).toBe(recount.nextNumber);
      const latest = (roster: Roster) =>
        Array.from({ length: world.row.total_recipients }, (_, position) => [
          roster.latestOf(position),
          roster.statusOf(position),
        ]);
      expect(latest(world.roster)).toEqual(latest(recount));
    });
  });

  it("always has a next alarm while anybody is not over", () => {
    run((world, step) => {
      take(world, step);
      const isPaused = world.row.paused_at !== null;
      if (!world.isOver() && world.placing.size === 0 && !isPaused) expect(world.wake()).not.toBeNull();
    });
  });

  it("ends, with every recipient over, by alarms alone", () => {
    fc.assert(
      fc.property(history, fate, fc.constantFrom(null, POLICY), (steps, lastFate, policy) => {
        const world = new DispatchWorld(RECIPIENTS, LIMIT, policy);
        for (const step of steps) take(world, step);
        if (world.row.paused_at !== null) world.pause();
        // From here on the carrier answers, well or badly; callbacks come or not; nobody sends a request to us.
        const answering = { ...lastFate, answer: lastFate.answer === "not_now" ? "placed" : lastFate.answer } as const;
        for (let rounds = 0; rounds < 2_000 && !world.isOver(); rounds += 1) {
          for (const number of [...world.placing]) world.decide(number, answering);
          for (const call of world.calls) world.proceed(call, { ...answering, callbacks: "none" });
          world.wake();
        }
        expect(world.isOver()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
