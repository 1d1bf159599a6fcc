/** Which deliveries are tried, driven through random histories: never too many, none twice at once, none forgotten. */

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { atOnce, nextTryAt, toTry, UNHEARD_MS, wayOf } from "../../src/webhooks/sending.ts";
import { type Waiting, WaitingDeliveries } from "../../src/webhooks/waiting.ts";

describe("at once", () => {
  it("are twenty, and one while it fails", () => {
    expect([0, 4, 5, 100].map(atOnce)).toEqual([20, 20, 1, 1]);
  });
});

describe("a delivery goes", () => {
  const usual = { own: 0, failuresInARow: 0, slowUntil: 0, refusedUntil: 0 };
  it.each([
    ["from the object", usual, "own"],
    ["from the object, beside three others", { ...usual, own: 3 }, "own"],
    ["by the queue, beside four", { ...usual, own: 4 }, "queue"],
    ["by the queue, after a failure", { ...usual, failuresInARow: 1 }, "queue"],
    ["by the queue, while the receiver is slow", { ...usual, slowUntil: 101 }, "queue"],
    ["from the object, when it was slow a while ago", { ...usual, slowUntil: 100 }, "own"],
    ["from the object, while the queue refuses messages", { ...usual, failuresInARow: 9, refusedUntil: 101 }, "own"],
    ["nowhere, while the queue refuses and four are under way", { ...usual, own: 4, refusedUntil: 101 }, null],
  ])("%s", (_, sending, way) => expect(wayOf(sending, 100)).toBe(way));
});

type Step =
  | { readonly kind: "event" }
  | { readonly kind: "heard"; readonly ok: boolean }
  | { readonly kind: "lost" }
  | { readonly kind: "time"; readonly ms: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("event" as const) }),
  fc.record({ kind: fc.constant("heard" as const), ok: fc.boolean() }),
  fc.record({ kind: fc.constant("lost" as const) }),
  fc.record({ kind: fc.constant("time" as const), ms: fc.integer({ min: 1, max: 60_000 }) }),
);

/** A webhook with its queue: what was sent is heard of or lost. */
class World {
  readonly waiting = new WaitingDeliveries();
  readonly underWay = new Map<string, number>();
  readonly inQueue: string[] = [];
  failures = 0;
  now = 0;
  made = 0;
  delivered = 0;

  act(): void {
    const most = atOnce(this.failures);
    for (const id of toTry(this.waiting, this.underWay, most, this.now)) {
      const sentAt = this.underWay.get(id);
      expect(sentAt === undefined || this.now - sentAt >= UNHEARD_MS).toBe(true);
      expect(this.waiting.get(id)?.dueAt).toBeLessThanOrEqual(this.now);
      this.underWay.set(id, this.now);
      this.inQueue.push(id);
    }
    const fresh = [...this.underWay.values()].filter((at) => this.now - at < UNHEARD_MS);
    expect(fresh.length).toBeLessThanOrEqual(20);
    // An alarm that is set to now rings, and is set anew, as often as the platform lets it.
    expect(this.nextTryAt() ?? Number.POSITIVE_INFINITY).toBeGreaterThan(this.now);
  }

  nextTryAt(): number | null {
    return nextTryAt(this.waiting, this.underWay, atOnce(this.failures), this.now);
  }

  heard(ok: boolean): void {
    const id = this.inQueue.shift();
    const waits = id === undefined ? undefined : this.waiting.get(id);
    if (id === undefined || waits === undefined || !this.underWay.delete(id)) return;
    this.failures = ok ? 0 : this.failures + 1;
    if (ok) {
      this.waiting.delete(id);
      this.delivered += 1;
    } else this.waiting.set(id, { attempts: waits.attempts + 1, dueAt: this.now + 5_000, pack: 1 });
  }

  take(action: Step): void {
    if (action.kind === "event") {
      this.made += 1;
      this.waiting.set(String(this.made), { attempts: 0, dueAt: this.now, pack: 1 });
    } else if (action.kind === "heard") this.heard(action.ok);
    else if (action.kind === "lost") this.inQueue.shift();
    else this.now += action.ms;
    this.act();
  }
}

it("every delivery is tried until it is heard of, by the alarm alone at last", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const world = new World();
      for (const action of steps) world.take(action);
      for (let turn = 0; turn < 2_000 && world.waiting.size > 0; turn += 1) {
        if (world.inQueue.length > 0) world.heard(true);
        else world.now = Math.max(world.now, world.nextTryAt() ?? world.now);
        world.act();
      }
      expect(world.waiting.size).toBe(0);
      expect(world.delivered).toBe(world.made);
      expect(nextTryAt(world.waiting, new Map(), 20, world.now)).toBeNull();
    }),
    { numRuns: 2_000 },
  );
});

it("a receiver that fails is tried one at a time, and no alarm is set to now for the many that were lost", () => {
  const world = new World();
  for (let event = 0; event < 20; event += 1) world.take({ kind: "event" });
  for (let failure = 0; failure < 5; failure += 1) world.take({ kind: "heard", ok: false });
  while (world.inQueue.length > 0) world.take({ kind: "lost" });
  world.take({ kind: "time", ms: UNHEARD_MS });
  expect(world.inQueue).toHaveLength(1);
  expect(world.nextTryAt()).toBe(world.now + UNHEARD_MS);
});

/** Counts how often it is asked, which is once for each delivery that is looked at. */
class Counting extends Map<string, number> {
  asked = 0;
  override get(id: string): number | undefined {
    this.asked += 1;
    return super.get(id);
  }
}

it.each([
  ["due", 0],
  ["due later", 1_000_000],
])("of a hundred thousand that wait and are %s, it looks at a few", (_, dueAt) => {
  const waiting = new WaitingDeliveries();
  for (let event = 0; event < 100_000; event += 1) waiting.set(`evt_${event}`, { attempts: 0, dueAt, pack: 1 });
  const underWay = new Counting(Array.from({ length: 19 }, (_, event) => [`evt_${event}`, 1] as const));
  for (let turn = 0; turn < 3; turn += 1) {
    toTry(waiting, underWay, 20, 10);
    nextTryAt(waiting, underWay, 20, 10);
  }
  expect(underWay.asked).toBeLessThan(3 * 2 * 21);
});

it("those that wait come in the order in which they are due, whatever was changed and deleted", () => {
  const change = fc.record({ id: fc.nat({ max: 12 }), dueAt: fc.option(fc.nat({ max: 9 }), { nil: null }) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const [waiting, expected] = [new WaitingDeliveries(), new Map<string, Waiting>()];
      for (const { id, dueAt } of changes) {
        if (dueAt === null) {
          waiting.delete(String(id));
          expected.delete(String(id));
        } else {
          waiting.set(String(id), { attempts: 0, dueAt, pack: 1 });
          expected.set(String(id), { attempts: 0, dueAt, pack: 1 });
        }
        const [first] = waiting.byDue();
        expect(first?.waiting.dueAt).toBe(
          expected.size === 0 ? undefined : Math.min(...[...expected.values()].map((one) => one.dueAt)),
        );
      }
      const order = [...waiting.byDue()].map((entry) => entry.waiting.dueAt);
      expect(order).toEqual([...expected.values()].map((one) => one.dueAt).sort((a, b) => a - b));
    }),
  );
});
