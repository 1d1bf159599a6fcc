/** The ledger under random histories: messages lost, doubled and reordered, limits changed, batches cancelled and retried. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { slotsOf } from "../../src/batch/slots/request.ts";
import { LedgerWorld, type SimulatedBatch } from "./ledger-world.ts";

const MOST = 6;
const BATCHES_AT_MOST = 8;

type Step = { readonly action: keyof typeof ACTIONS; readonly pick: number; readonly size: number };

const batchOf = (world: LedgerWorld, pick: number) => world.batches.slice(pick % world.batches.length)[0];
const onBatch = (act: (world: LedgerWorld, batch: SimulatedBatch) => void) => (world: LedgerWorld, step: Step) => {
  const batch = batchOf(world, step.pick);
  if (batch !== undefined) act(world, batch);
};
const onMessage = (act: (world: LedgerWorld, index: number) => void) => (world: LedgerWorld, step: Step) => {
  if (world.network.length > 0) act(world, step.pick % world.network.length);
};

const ACTIONS = {
  create: (world: LedgerWorld, { pick, size }: Step) => {
    if (world.batches.length + world.unborn.length < BATCHES_AT_MOST) world.create(size * 2, (pick % MOST) + 1);
  },
  direct: (world: LedgerWorld, { size }: Step) => {
    if (world.batches.length + world.unborn.length < BATCHES_AT_MOST) world.direct(size);
  },
  bear: (world: LedgerWorld, { pick }: Step) => world.bear(pick % Math.max(1, world.unborn.length)),
  expire: onBatch((world, batch) => world.expire(batch)),
  restart: onBatch((world, batch) => world.restart(batch)),
  reserve: (world: LedgerWorld, { size }: Step) => world.reserve(size - 1),
  say: onBatch((world, batch) => world.say(batch)),
  dial: onBatch((world, batch) => world.dial(batch)),
  complete: onBatch((world, batch) => world.end(batch, "completed")),
  fail: onBatch((world, batch) => world.end(batch, "failed")),
  cancel: onBatch((world, batch) => world.cancel(batch)),
  retry: onBatch((world, batch) => world.retry(batch)),
  pause: onBatch((world, batch) => world.pause(batch)),
  putOff: (world: LedgerWorld, { pick, size }: Step) => {
    const batch = batchOf(world, pick);
    if (batch !== undefined) world.putOff(batch, size);
  },
  comeDue: (world: LedgerWorld, { pick, size }: Step) => {
    const batch = batchOf(world, pick);
    if (batch !== undefined) world.comeDue(batch, size);
  },
  retarget: (world: LedgerWorld, { pick, size }: Step) => {
    const batch = batchOf(world, pick);
    if (batch !== undefined) world.retarget(batch, size);
  },
  deliver: onMessage((world, index) => world.deliver(index, false)),
  deliverAgain: onMessage((world, index) => world.deliver(index, true)),
  lose: onMessage((world, index) => world.lose(index)),
  tell: (world: LedgerWorld) => world.tell(),
  audit: (world: LedgerWorld) => world.audit(),
  limit: (world: LedgerWorld, { size }: Step) => world.changeLimit(size),
} as const;

const action: fc.Arbitrary<Step["action"]> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("create", "complete", "fail", "deliverAgain", "lose", "retry") },
  { weight: 2, arbitrary: fc.constantFrom("direct", "bear") },
  { weight: 3, arbitrary: fc.constantFrom("putOff", "comeDue") },
  { weight: 10, arbitrary: fc.constantFrom("say", "dial", "deliver", "deliver") },
  {
    weight: 1,
    arbitrary: fc.constantFrom("tell", "audit", "limit", "cancel", "pause", "retarget", "expire", "reserve", "restart"),
  },
);
const step = fc.record({ action, pick: fc.nat(60), size: fc.integer({ min: 1, max: MOST }) });
const history = fc.array(step, { minLength: 120, maxLength: 200 });

const take = (world: LedgerWorld, step: Step): void => ACTIONS[step.action](world, step);

/** More rounds than one recipient at a time needs. */
const ROUNDS_AT_MOST = 150;

/**
 * Nothing gets lost any more and everybody acts, for as long as there is something to do. `between`: what else happens in
 * every round.
 */
function comeToRest(world: LedgerWorld, between: () => void = () => {}): void {
  for (const batch of world.batches) if (batch.row.paused_at !== null) world.pause(batch);
  for (let round = 0; round < ROUNDS_AT_MOST && !(world.isOver() && world.holdings.size === 0); round += 1) {
    between();
    while (world.unborn.length > 0) world.bear(0);
    for (const batch of world.batches) world.comeDue(batch, 1);
    for (const batch of world.batches) world.say(batch);
    world.tell();
    world.audit();
    while (world.network.length > 0) world.deliver(0, false);
    for (const batch of world.batches) {
      for (let count = 0; count < 2 * MOST; count += 1) world.dial(batch);
      world.expire(batch);
      for (let count = 0; count < 2 * MOST; count += 1) world.end(batch, "completed");
    }
  }
}

const limits = fc.integer({ min: 1, max: MOST });
const reserves = fc.integer({ min: 0, max: 2 });

const run = (property: (world: LedgerWorld, step: Step) => void) =>
  fc.assert(
    fc.property(history, limits, reserves, (steps, limit, reserved) => {
      const world = new LedgerWorld(limit, reserved);
      for (const step of steps) property(world, step);
    }),
    { numRuns: 2_500 },
  );

describe("the ledger, whatever happens to the messages", { timeout: 300_000 }, () => {
  it("is put to the test: in these histories batches dial, wait for each other, and go on", () => {
    let [grants, waits, lateMessages] = [0, 0, 0];
    run((world, step) => {
      const earlier = world.granted.length;
      take(world, step);
      grants += world.granted.length - earlier;
      waits += Number(world.waiting.length > 1);
      lateMessages += Number(step.action === "deliverAgain" && world.network.length > 5);
    });
    expect(Math.min(grants, waits, lateMessages)).toBeGreaterThan(2_000);
  });

  it("never grants beyond the limit", () => {
    run((world, step) => {
      const before = world.slotsInUse;
      take(world, step);
      // A lowered limit takes nothing back, and nothing is added above it.
      if (world.slotsInUse > world.limit) expect(world.slotsInUse).toBeLessThanOrEqual(before);
    });
  });

  it("never gives batches what is reserved for direct calls", () => {
    run((world, step) => {
      const before = world.slotsOfBatches;
      take(world, step);
      const most = Math.max(1, world.limit - world.reserved);
      if (world.slotsOfBatches > most) expect(world.slotsOfBatches).toBeLessThanOrEqual(before);
    });
  });

  it("gives direct calls what is free at once, and beyond the reserved slots only where no batch waits", () => {
    let [given, refused] = [0, 0];
    run((world, step) => {
      const before = world.slotsOfDirectCalls;
      const free = world.limit - world.slotsInUse;
      const isAnyWaiting = world.waiting.length > 0;
      take(world, step);
      if (step.action !== "direct") return;
      const added = world.slotsOfDirectCalls - before;
      given += Number(added > 0);
      refused += Number(added === 0);
      if (added > 0 && isAnyWaiting) expect(world.slotsOfDirectCalls).toBeLessThanOrEqual(world.reserved);
      if (added > 0) expect(added).toBeLessThanOrEqual(free);
      const isFull = world.batches.length + world.unborn.length >= BATCHES_AT_MOST;
      if (added === 0 && free > 0 && !isFull) expect(isAnyWaiting && before >= world.reserved).toBe(true);
    });
    expect(Math.min(given, refused)).toBeGreaterThan(500);
  });

  it("dials no direct calls whose slots were taken back", () => {
    run((world, step) => {
      take(world, step);
      for (const { row, hasSlots, counts } of world.batches) {
        if (row.kind === "direct" && hasSlots && counts.queued > 0) expect(world.holdings.has(row.id)).toBe(true);
      }
    });
  });

  it("counts for every batch at least what it may have in flight", () => {
    run((world, step) => {
      take(world, step);
      const uncounted = world.batches.filter(
        (batch) => (world.holdings.get(batch.row.id)?.grantedSlots ?? 0) < LedgerWorld.held(batch),
      );
      expect(uncounted).toEqual([]);
    });
  });

  it("keeps for no batch more than its calls in flight and those who may be dialed soon", () => {
    let given = 0;
    run((world, step) => {
      const before = world.batches.map(({ row }) => slotsOf(row) ?? 0);
      take(world, step);
      world.batches.forEach((batch, index) => {
        const { counts, later, row } = batch;
        const slots = slotsOf(row) ?? 0;
        const use = counts.dispatched + counts.started + counts.queued - later;
        if (row.kind === "batch") expect(slots).toBeLessThanOrEqual(use);
        given += Number(slots > 0 && slots < (before[index] ?? 0));
      });
    });
    expect(given).toBeGreaterThan(30);
  });

  it("lets a batch that asks for more go on with what it has", () => {
    let [growing, dialing] = [0, 0];
    run((world, step) => {
      const asked = new Set(world.batches.filter(({ row }) => row.kept_slots !== null).map(({ row }) => row.id));
      const flying = new Map(world.batches.map(({ row, counts }) => [row.id, counts.dispatched]));
      take(world, step);
      growing += asked.size;
      for (const { row, counts } of world.batches) {
        if (asked.has(row.id) && row.kept_slots !== null)
          dialing += Number(counts.dispatched > (flying.get(row.id) ?? 0));
      }
    });
    expect(Math.min(growing, dialing)).toBeGreaterThan(10);
  });

  it("lets no younger batch overtake one that waits", () => {
    run((world, step) => {
      const earlier = world.granted.length;
      take(world, step);
      const oldestWaiting = world.waiting[0];
      if (oldestWaiting === undefined) return;
      for (const id of world.granted.slice(earlier)) expect(id < oldestWaiting.batchId).toBe(true);
    });
  });

  it("lets nobody wait while there is room for the oldest", () => {
    run((world, step) => {
      take(world, step);
      const oldest = world.waiting[0];
      if (oldest === undefined) return;
      const most = Math.max(1, world.limit - world.reserved);
      const wanted = Math.min(oldest.requestedSlots, most);
      const added = wanted - oldest.grantedSlots;
      const isRoom = world.slotsInUse + added <= world.limit && world.slotsOfBatches + added <= most;
      expect(added < 0 || !isRoom).toBe(true);
    });
  });

  it("lets everything end, and keeps no slot for anybody afterwards", () => {
    fc.assert(
      fc.property(history, limits, reserves, (steps, limit, reserved) => {
        const world = new LedgerWorld(limit, reserved);
        for (const step of steps) take(world, step);
        comeToRest(world);
        expect(world.isOver()).toBe(true);
        expect([...world.holdings.values()]).toEqual([]);
      }),
      { numRuns: 2_500 },
    );
  });

  it("starves no batch, though as many direct calls as fit begin at every moment", () => {
    fc.assert(
      fc.property(history, limits, reserves, (steps, limit, reserved) => {
        const world = new LedgerWorld(limit, reserved);
        for (const step of steps) take(world, step);
        const batches = [...world.batches];
        const isOver = () => batches.every(({ row, counts }) => row.kind === "direct" || counts.queued === 0);
        comeToRest(world, () => {
          if (!isOver()) world.direct(MOST);
        });
        expect(isOver()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
