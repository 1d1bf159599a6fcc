/** What a webhook's object does with events, receivers and the queue: events go in with their time, effects come out. */

import { beforeEach, describe, expect, it } from "vitest";
import type { CallView } from "../../src/calling/messages/batch-view.ts";
import type { WebhookEvent } from "../../src/calling/messages/webhook.ts";
import { migrate } from "../../src/storage/migrations.ts";
import { DISABLE_AFTER_MS, RETRY_AFTER_MS } from "../../src/webhooks/attempt.ts";
import { KEPT, SAVE_AFTER_MS } from "../../src/webhooks/deliveries.ts";
import { type DeliveryEvent, type Effect, Engine } from "../../src/webhooks/engine.ts";
import { WEBHOOK_STEPS } from "../../src/webhooks/migrations.ts";
import type { AttemptOutcome } from "../../src/webhooks/rpc.ts";
import { QUICK_MS, UNHEARD_MS } from "../../src/webhooks/sending.ts";
import { emptySql, nodeSql } from "../support/node-sql.ts";

const NOW = 1_800_000_000_000;
const RECEIVED: AttemptOutcome = { kind: "answered", status: 204, retryAfterMs: null };
const FAILED: AttemptOutcome = { kind: "answered", status: 500, retryAfterMs: null };
const ENDPOINT = { url: "https://receiver.example.com", secrets: ["whsec_x"], isDisabled: false };

const test = (index: number): WebhookEvent => ({
  id: `evt_${String(index).padStart(4, "0")}`,
  at: NOW,
  about: { type: "test" },
});

let sql: ReturnType<typeof nodeSql>;
let engine: Engine;
let now: number;
beforeEach(() => {
  sql = nodeSql(WEBHOOK_STEPS);
  sql.run(`INSERT INTO webhook (only_row, id, organization_id) VALUES (1, 'webhook_1', 'org_1')`);
  engine = new Engine(sql);
  now = NOW;
});

const told = (index: number, callId: string, text = ""): WebhookEvent => ({
  ...test(index),
  about: { type: "call_failed", agentId: "agent_1", batchId: null, call: { id: callId, text } as unknown as CallView },
});
const handle = (event: DeliveryEvent): readonly Effect[] => engine.handle(event, now);
const take = (count: number) =>
  handle({ kind: "taken", isKept: false, events: Array.from({ length: count }, (_, one) => test(one)) });
const settle = (deliveryId: string, attempt: number, outcome: AttemptOutcome) =>
  handle({ kind: "settled", deliveryId, attempt, outcome, chance: 0 });
const sent = (effects: readonly Effect[]) =>
  effects.flatMap((effect) =>
    effect.kind === "deliver"
      ? [`own ${effect.deliveryId} ${effect.attempt}`]
      : effect.kind === "enqueue"
        ? effect.messages.map(({ deliveryId, attempt }) => `queue ${deliveryId} ${attempt}`)
        : [],
  );
const ringsAt = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.kind === "ring_by" ? effect.at : []));

describe("an event", () => {
  it("is delivered once, whatever comes later", () => {
    const taken = take(1);
    expect(sent(taken)).toEqual(["own evt_0000 1"]);
    expect(ringsAt(taken)).toEqual([NOW + UNHEARD_MS]);
    expect(sent(take(1))).toEqual([]);
    expect(engine.begin({ deliveryId: "evt_0000", attempt: 1 }, ENDPOINT, now)).toMatchObject({
      webhookId: "webhook_1",
      url: ENDPOINT.url,
      event: { id: "evt_0000" },
    });
    handle({ kind: "own_over", tookMs: 5 });
    expect(settle("evt_0000", 1, RECEIVED)).toEqual([]);
    expect(settle("evt_0000", 1, FAILED)).toEqual([]);
    expect(engine.begin({ deliveryId: "evt_0000", attempt: 1 }, ENDPOINT, now)).toBeNull();
    expect(handle({ kind: "woken" })).toEqual([]);
  });

  it("whose attempt is not heard of is tried again, also by an object that has forgotten all", () => {
    take(1);
    now += UNHEARD_MS - 1;
    expect(sent(handle({ kind: "woken" }))).toEqual([]);
    now += 1;
    expect(sent(handle({ kind: "woken" }))).toEqual(["own evt_0000 1"]);
    engine = new Engine(sql);
    expect(sent(handle({ kind: "woken" }))).toEqual(["own evt_0000 1"]);
  });

  it("that failed is tried again by the queue, and a request for it begins the series anew", () => {
    take(1);
    const failed = settle("evt_0000", 1, FAILED);
    expect(sent(failed)).toEqual([]);
    const [again = 0] = ringsAt(failed);
    expect(again).toBe(NOW + 5_000);
    now = again;
    expect(sent(handle({ kind: "woken" }))).toEqual(["queue evt_0000 2"]);
    settle("evt_0000", 2, { kind: "answered", status: 410, retryAfterMs: null });
    expect(sent(handle({ kind: "reordered", deliveryId: "evt_0000" }))).toEqual(["queue evt_0000 3"]);
  });

  it("that is asked for while it waits goes on with its series, and one that is over begins a whole one", () => {
    const waits: number[] = [];
    const fail = (attempt: number, outcome = FAILED) => {
      const [again = now] = ringsAt(settle("evt_0000", attempt, outcome));
      waits.push(again - now);
    };
    take(1);
    fail(1);
    handle({ kind: "reordered", deliveryId: "evt_0000" });
    fail(2);
    handle({ kind: "reordered", deliveryId: "evt_0000" });
    settle("evt_0000", 3, { kind: "answered", status: 410, retryAfterMs: null });
    handle({ kind: "reordered", deliveryId: "evt_0000" });
    fail(4);
    handle({ kind: "reordered", deliveryId: "evt_0000" });
    fail(5);
    expect(waits).toEqual([RETRY_AFTER_MS[0], RETRY_AFTER_MS[1], RETRY_AFTER_MS[0], RETRY_AFTER_MS[1]]);
  });

  it("of a webhook that is gone disables it, and one that is disabled delivers nothing more", () => {
    take(2);
    const gone = settle("evt_0000", 1, { kind: "answered", status: 410, retryAfterMs: null });
    expect(gone).toContainEqual({ kind: "disable", webhookId: "webhook_1", why: "it answered 410 Gone" });
    expect(handle({ kind: "disabled" })).toEqual([]);
    expect(engine.isNext({ deliveryId: "evt_0001", attempt: 1 })).toBe(false);
  });
});

describe("a webhook whose receiver fails", () => {
  const DISABLED = {
    kind: "disable",
    webhookId: "webhook_1",
    why: "every delivery failed for three days",
  };

  it("is disabled after three days, whatever its object has forgotten meanwhile", () => {
    take(3);
    settle("evt_0000", 1, FAILED);
    now += DISABLE_AFTER_MS;
    engine = new Engine(sql);
    expect(settle("evt_0001", 1, FAILED)).toContainEqual(DISABLED);
  });

  it("and is enabled again has three days anew, whatever failed before", () => {
    take(2);
    settle("evt_0000", 1, FAILED);
    now += DISABLE_AFTER_MS;
    expect(settle("evt_0001", 1, FAILED)).toContainEqual(DISABLED);
    handle({ kind: "disabled" });
    engine = new Engine(sql);
    take(3);
    expect(settle("evt_0002", 1, FAILED)).not.toContainEqual(DISABLED);
    now += DISABLE_AFTER_MS;
    expect(settle("evt_0002", 2, FAILED)).toContainEqual(DISABLED);
  });

  it("and has received something since then is not", () => {
    take(3);
    settle("evt_0000", 1, FAILED);
    settle("evt_0001", 1, RECEIVED);
    now += DISABLE_AFTER_MS;
    engine = new Engine(sql);
    expect(settle("evt_0002", 1, FAILED)).not.toContainEqual(DISABLED);
  });
});

it("a delivery that waits is kept, however many are over since", () => {
  take(1);
  settle("evt_0000", 1, FAILED);
  for (let index = 1; index <= 2 * KEPT; index += 1) {
    handle({ kind: "taken", isKept: false, events: [test(index)] });
    settle(test(index).id, 1, RECEIVED);
  }
  expect(engine.deliveries.find("evt_0001")).toBeNull();
  expect(engine.deliveries.find("evt_0000")).toMatchObject({ status: "pending" });
  expect(new Engine(sql).deliveries.find("evt_0000")).toMatchObject({ status: "pending" });
});

describe("many events", () => {
  it("go by four own requests and the queue, twenty at once", () => {
    const ways = sent(take(30));
    expect(ways).toHaveLength(20);
    expect(ways.filter((way) => way.startsWith("own"))).toHaveLength(4);
    handle({ kind: "own_over", tookMs: 5 });
    expect(sent(settle("evt_0000", 1, RECEIVED))).toEqual(["own evt_0020 1"]);
  });

  it("go by the queue to a receiver that is slow", () => {
    take(1);
    handle({ kind: "own_over", tookMs: QUICK_MS + 1 });
    settle("evt_0000", 1, RECEIVED);
    expect(sent(handle({ kind: "taken", isKept: false, events: [test(1)] }))).toEqual(["queue evt_0001 1"]);
  });

  it("that the queue refuses wait for it, or for an own request", () => {
    take(20);
    const attempts = Array.from({ length: 16 }, (_, index) => ({ deliveryId: test(index + 4).id, attempt: 1 }));
    const refused = handle({ kind: "queue_refused", attempts, chance: 1 });
    expect(sent(refused)).toEqual([]);
    expect(sent(handle({ kind: "own_over", tookMs: 5 }))).toEqual(["own evt_0004 1"]);
    expect(sent(settle("evt_0000", 1, RECEIVED))).toEqual([]);
    expect(sent(handle({ kind: "woken" }))).toEqual([]);
    now += 5_000;
    expect(sent(handle({ kind: "woken" }))).toEqual(attempts.slice(1).map(({ deliveryId }) => `queue ${deliveryId} 1`));
  });

  it("are kept for a while when they are over", () => {
    const stored = () =>
      sql.one<{ stored: number }>(`SELECT count(*) AS stored FROM packs, json_each(deliveries)`).stored;
    const receive = (from: number, count: number) => {
      const events = Array.from({ length: count }, (_, index) => test(from + index));
      handle({ kind: "taken", isKept: false, events });
      for (const { id } of events) {
        handle({ kind: "own_over", tookMs: 5 });
        settle(id, 1, RECEIVED);
      }
    };
    for (let index = 0; index <= KEPT + 50; index += 1) receive(index, 1);
    expect(stored()).toBe(KEPT + 1);
    for (const from of [200, 300, 400]) receive(from, 60);
    expect(stored()).toBeGreaterThanOrEqual(KEPT);
    expect(stored()).toBeLessThanOrEqual(KEPT + 50);
  });
});

describe("events that come together", () => {
  const written = () => sql.rowsWritten;
  const statusOf = (id: string) => new Engine(sql).deliveries.find(id)?.status;

  it("share a row, which is written when they come and when they are over", () => {
    const before = written();
    take(4);
    expect(written() - before).toBe(1);
    for (let index = 0; index < 4; index += 1) {
      handle({ kind: "own_over", tookMs: 5 });
      const effects = settle(test(index).id, 1, RECEIVED);
      expect(effects).toEqual(index < 3 ? [expect.anything(), { kind: "wake", at: NOW + SAVE_AFTER_MS }] : []);
    }
    expect(written() - before).toBe(2);
    expect(statusOf("evt_0000")).toBe("delivered");
  });

  it("are written after a second while one of them hangs; an object that stops before delivers again", () => {
    take(2);
    settle("evt_0000", 1, RECEIVED);
    expect(statusOf("evt_0000")).toBe("pending");
    now += SAVE_AFTER_MS;
    handle({ kind: "woken" });
    expect(statusOf("evt_0000")).toBe("delivered");
  });

  it("are written at once when one has failed, with the time of its next try", () => {
    take(2);
    settle("evt_0000", 1, FAILED);
    expect(new Engine(sql).deliveries.find("evt_0000")).toMatchObject({
      status: "pending",
      attempts: 1,
      due_at: NOW + 5_000,
    });
  });

  it("are parted where they are large, so that an attempt reads little", () => {
    const text = "x".repeat(16_384);
    handle({
      kind: "taken",
      isKept: false,
      events: Array.from({ length: 8 }, (_, index) => told(index, `ac_${index}`, text)),
    });
    const sizes = sql.all<{ size: number }>(`SELECT length(events) AS size FROM packs`).map(({ size }) => size);
    expect(sizes.length).toBeGreaterThan(1);
    for (const size of sizes) expect(size).toBeLessThan(66_000);
    for (let index = 0; index < 8; index += 1) {
      const order = engine.begin({ deliveryId: test(index).id, attempt: 1 }, ENDPOINT, now);
      expect(order?.event).toEqual(told(index, `ac_${index}`, text));
    }
  });

  it("lose those of an erased call, and no other", () => {
    const events = [told(0, "ac_secret"), told(1, "ac_other"), told(2, "ac_secret")];
    handle({ kind: "taken", isKept: false, events });
    handle({ kind: "taken", isKept: false, events: [told(3, "ac_secret")] });
    handle({ kind: "erased", callIds: ["ac_secret"] });
    expect(JSON.stringify(sql.all("SELECT * FROM packs"))).not.toContain("ac_secret");
    for (const one of [engine, new Engine(sql)]) {
      expect(one.deliveries.olderThan(null, 10).map(({ id }) => id)).toEqual(["evt_0001"]);
      expect(one.begin({ deliveryId: "evt_0001", attempt: 1 }, ENDPOINT, now)?.event).toEqual(told(1, "ac_other"));
    }
  });

  it("are listed by their time, whatever order they came in", () => {
    for (const index of [5, 1, 4, 0, 3, 2])
      handle({ kind: "taken", isKept: false, events: [test(index), test(index + 10)] });
    const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id);
    expect(ids(engine.deliveries.olderThan(null, 3))).toEqual(["evt_0015", "evt_0014", "evt_0013"]);
    expect(ids(engine.deliveries.olderThan("evt_0011", 3))).toEqual(["evt_0010", "evt_0005", "evt_0004"]);
    expect(ids(engine.deliveries.newerThan("evt_0002", 3))).toEqual(["evt_0003", "evt_0004", "evt_0005"]);
  });
});

describe("events that their batch keeps until they are stored", () => {
  const rows = () => sql.rowsWritten;
  const kept = (...indexes: number[]) => handle({ kind: "taken", isKept: true, events: indexes.map(test) });
  const areStored = (...indexes: number[]) => engine.deliveries.areStored(indexes.map((one) => test(one).id));
  const receive = (index: number) => {
    handle({ kind: "own_over", tookMs: 5 });
    return settle(test(index).id, 1, RECEIVED);
  };

  it("are written once, with what came of them, and need no alarm", () => {
    const before = rows();
    const taken = kept(0, 1);
    expect(sent(taken)).toEqual(["own evt_0000 1", "own evt_0001 1"]);
    expect(ringsAt(taken)).toEqual([]);
    expect(engine.deliveries.olderThan(null, 10).map(({ status }) => status)).toEqual(["pending", "pending"]);
    expect(engine.begin({ deliveryId: "evt_0001", attempt: 1 }, ENDPOINT, now)?.event).toEqual(test(1));
    expect(ringsAt(receive(0))).toEqual([]);
    expect([rows() - before, areStored(0), areStored(1)]).toEqual([0, false, false]);
    expect(receive(1)).toEqual([]);
    expect([rows() - before, areStored(0, 1)]).toEqual([1, true]);
    const again = new Engine(sql).deliveries;
    expect(again.olderThan(null, 10).map(({ id, status }) => `${id} ${status}`)).toEqual([
      "evt_0001 delivered",
      "evt_0000 delivered",
    ]);
    expect(again.eventOf("evt_0001")).toEqual(test(1));
  });

  it("are delivered again by an object that has forgotten them, which the batch tells once more", () => {
    kept(0);
    engine = new Engine(sql);
    expect(sent(handle({ kind: "woken" }))).toEqual([]);
    expect(sent(kept(0))).toEqual(["own evt_0000 1"]);
    expect(sent(kept(0))).toEqual([]);
    expect(areStored(0)).toBe(false);
    receive(0);
    expect(sent(kept(0))).toEqual([]);
    expect(areStored(0)).toBe(true);
  });

  it("are written after a second, with an alarm, while the receiver hangs", () => {
    kept(0, 1);
    receive(0);
    now += SAVE_AFTER_MS - 1;
    handle({ kind: "woken" });
    expect(areStored(0)).toBe(false);
    now += 1;
    expect(ringsAt(handle({ kind: "woken" }))).toEqual([NOW + UNHEARD_MS]);
    expect(areStored(0, 1)).toBe(true);
    const again = new Engine(sql).deliveries;
    expect([again.find("evt_0000")?.status, again.find("evt_0001")?.status]).toEqual(["delivered", "pending"]);
  });

  it("are written at once when one fails, or goes through the queue", () => {
    kept(0, 1);
    expect(ringsAt(settle("evt_0000", 1, FAILED))).toEqual([NOW + 5_000]);
    expect(areStored(0, 1)).toBe(true);
    expect(sent(kept(2))).toEqual(["queue evt_0002 1"]);
    expect(areStored(2)).toBe(true);
    expect(new Engine(sql).deliveries.find("evt_0002")).toMatchObject({ status: "pending" });
  });

  it("are written at once when they are more than are tried now", () => {
    kept(...Array.from({ length: 30 }, (_, index) => index));
    expect(areStored(29)).toBe(true);
    kept(30);
    expect(areStored(30)).toBe(true);
  });

  it("take the rows of those that need not be kept any more", () => {
    const deliverOne = (index: number) => {
      kept(index);
      receive(index);
    };
    for (let index = 0; index < KEPT; index += 1) deliverOne(index);
    const before = rows();
    for (let index = KEPT; index < 3 * KEPT; index += 1) deliverOne(index);
    expect(rows() - before).toBe(2 * KEPT);
    // The order is known again by an object that wakes.
    engine = new Engine(sql);
    for (let index = 3 * KEPT; index < 3 * KEPT + 20; index += 1) deliverOne(index);
    const left = engine.deliveries.olderThan(null, 2 * KEPT).map(({ id }) => id);
    expect(left.at(-1)).toBe(test(2 * KEPT + 19).id);
    expect(new Engine(sql).deliveries.olderThan(null, 2 * KEPT).map(({ id }) => id)).toEqual(left);
  });

  it("take the oldest row, also while the oldest ones are being read", () => {
    for (let index = 0; index <= KEPT; index += 1) {
      kept(index);
      receive(index);
    }
    const before = engine.deliveries.olderThan(null, 2 * KEPT).map(({ id }) => id);
    // Those that were read are let go.
    handle({ kind: "woken" });
    engine.deliveries.olderThan(test(KEPT / 2).id, KEPT);
    kept(KEPT + 1);
    receive(KEPT + 1);
    const after = new Engine(sql).deliveries.olderThan(null, 2 * KEPT).map(({ id }) => id);
    expect(after).toEqual([test(KEPT + 1).id, ...before].slice(0, after.length));
  });

  it("are gone when their call is erased before they are stored", () => {
    const events = [told(0, "ac_secret"), told(1, "ac_other")];
    handle({ kind: "taken", isKept: true, events });
    handle({ kind: "erased", callIds: ["ac_secret"] });
    expect(areStored(0, 1)).toBe(true);
    expect(JSON.stringify(sql.all("SELECT * FROM packs"))).not.toContain("ac_secret");
    expect(engine.deliveries.olderThan(null, 10).map(({ id }) => id)).toEqual(["evt_0001"]);
    expect(settle("evt_0000", 1, RECEIVED)).toEqual([expect.objectContaining({ kind: "ring_by" })]);
    expect(engine.begin({ deliveryId: "evt_0001", attempt: 1 }, ENDPOINT, now)?.event).toEqual(told(1, "ac_other"));
  });
});

it("deliveries that were stored one by one are found in packs after an upgrade", () => {
  const old = emptySql();
  migrate(old, WEBHOOK_STEPS.slice(0, 2));
  old.run(`INSERT INTO webhook (only_row, id, organization_id) VALUES (1, 'webhook_1', 'org_1')`);
  const columns = "id, type, status, attempts, tries, ordered_at, created_at, due_at, event";
  old.run(
    `INSERT INTO deliveries (${columns}) VALUES (?, 'test', 'pending', 2, 1, 7, 8, 9, ?)`,
    test(0).id,
    JSON.stringify(test(0)),
  );
  migrate(old, WEBHOOK_STEPS);
  engine = new Engine(old);
  expect(engine.deliveries.find("evt_0000")).toEqual({
    id: "evt_0000",
    type: "test",
    status: "pending",
    attempts: 2,
    tries: 1,
    ordered_at: 7,
    created_at: 8,
    due_at: 9,
    attempted_at: null,
    response_status: null,
    error_message: null,
    batch_id: null,
    call_id: null,
  });
  expect(engine.begin({ deliveryId: "evt_0000", attempt: 3 }, ENDPOINT, now)?.event).toEqual(test(0));
});
