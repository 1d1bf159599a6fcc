/** What a webhook's object does with events, receivers and the queue: events go in with their time, effects come out. */

import { beforeEach, describe, expect, it } from "vitest";
import type { WebhookEvent } from "../../src/calling/messages/webhook.ts";
import { KEPT } from "../../src/webhooks/deliveries.ts";
import { type DeliveryEvent, type Effect, Engine } from "../../src/webhooks/engine.ts";
import { WEBHOOK_STEPS } from "../../src/webhooks/migrations.ts";
import type { AttemptOutcome } from "../../src/webhooks/rpc.ts";
import { QUICK_MS, UNHEARD_MS } from "../../src/webhooks/sending.ts";
import { nodeSql } from "../support/node-sql.ts";

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

const handle = (event: DeliveryEvent): readonly Effect[] => engine.handle(event, now);
const take = (count: number) => handle({ kind: "taken", events: Array.from({ length: count }, (_, one) => test(one)) });
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

  it("of a webhook that is gone disables it, and one that is disabled delivers nothing more", () => {
    take(2);
    const gone = settle("evt_0000", 1, { kind: "answered", status: 410, retryAfterMs: null });
    expect(gone).toContainEqual({ kind: "disable", webhookId: "webhook_1", why: "it answered 410 Gone" });
    expect(handle({ kind: "disabled" })).toEqual([]);
    expect(engine.isNext({ deliveryId: "evt_0001", attempt: 1 })).toBe(false);
  });
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
    expect(sent(handle({ kind: "taken", events: [test(1)] }))).toEqual(["queue evt_0001 1"]);
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
    for (let index = 0; index <= KEPT + 50; index += 1) {
      handle({ kind: "taken", events: [test(index)] });
      handle({ kind: "own_over", tookMs: 5 });
      settle(test(index).id, 1, RECEIVED);
    }
    expect(sql.one<{ kept: number }>(`SELECT count(*) AS kept FROM deliveries`).kept).toBe(KEPT);
  });
});
