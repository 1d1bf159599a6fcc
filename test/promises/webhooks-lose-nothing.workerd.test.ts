/**
 * Nothing is lost on the way to a webhook. A run of a batch is repeated with a crash that separates an event from its
 * delivery. It comes at the first point of each kind, and at points that are drawn. Everything ends there. Afterwards only
 * alarms wake the objects. The receiver must get the events of every call and of the batch.
 */

import { afterEach, expect, it, vi } from "vitest";
import { Checkpoints, endObjects, expectComplaints } from "../support/checkpoints.ts";
import { drawn } from "../support/drawn.ts";
import { DrivenClock } from "../support/driven-clock.ts";
import { connectReceiver, TestReceiver } from "../support/receiver.ts";
import { TestService } from "../support/service.ts";

const DESTINATIONS = ["+14155550101", "+15005550002"];
const EXPECTED = ["batch_admitted", "batch_completed", "call_completed +14155550101", "call_failed +15005550002"];
/** Where the carrier's word of the answer comes while everything is down, there is no start to tell of. */
const isExpected = (event: string): boolean => !event.startsWith("call_started");
/** From one alarm to the next. */
const STEPS_AT_MOST = 40;
/** A receiver refuses what was signed five minutes ago. */
const STEP_AT_MOST_MS = 240_000;
/** More than a run passes: three messages of each event, before and after. The last ones crash nowhere. */
const MOST_POINTS = 32;
const KINDS = [
  "webhook: events sent, not stored",
  "webhook: events stored, not answered",
  "webhook: to be tried, not begun",
  "webhook: begun, not delivered",
  "webhook: delivered, not heard",
  "webhook: heard, not answered",
];

connectReceiver();
let service: TestService;
let clock: DrivenClock;
afterEach(async () => {
  vi.restoreAllMocks();
  clock.stop();
  await service.stop();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What the receiver has heard, each verified and counted once. */
async function heard(receiver: TestReceiver, secret: string): Promise<string[]> {
  const events = new Map((await receiver.events(secret)).map((event) => [event.request_id, event]));
  return [...events.values()]
    .map((event) => ("call" in event ? `${event.type} ${event.call.telephony_params.to}` : event.type))
    .filter(isExpected)
    .sort();
}

const isOfWebhooks = (name: string): boolean => name.startsWith("webhook: ");

async function crashAt(point: number | null, isCounted = isOfWebhooks): Promise<Checkpoints> {
  service = await TestService.start({ limit: 2 });
  clock = new DrivenClock(service);
  const receiver = new TestReceiver();
  const webhook = await service.made<{ id: string; secret: string }>("/agents/webhooks", {
    display_name: "CRM",
    url: receiver.url("ok"),
  });
  clock.watchWebhook(webhook.id);
  const checkpoints = new Checkpoints(point, isCounted);
  checkpoints.install();
  expectComplaints();
  const { id } = await service.createBatch(DESTINATIONS);
  clock.watch(id);
  for (let waited = 0; waited < 2_000 && checkpoints.crashedAt === null; waited += 20) {
    await pause(20);
    if ((await heard(receiver, webhook.secret)).length === EXPECTED.length) break;
  }
  // What is going on comes to the crash, or ends.
  await pause(100);
  await checkpoints.carrierHasAnswered();
  await endObjects();
  checkpoints.restore();
  let known: string[] = [];
  for (let step = 0; step < STEPS_AT_MOST; step += 1) {
    known = await heard(receiver, webhook.secret);
    if (known.length === EXPECTED.length) break;
    await clock.advanceToAlarm(STEP_AT_MOST_MS);
    await clock.ring();
    await pause(30);
  }
  expect(known).toEqual(EXPECTED);
  return checkpoints;
}

it("a run passes each kind of point", async () => {
  const { passed } = await crashAt(null);
  expect(passed.length).toBeLessThanOrEqual(MOST_POINTS);
  expect(new Set(passed)).toEqual(new Set(KINDS));
});

it.each(KINDS)("a crash at the first point of the kind %s loses no event", async (kind) => {
  expect((await crashAt(0, (name) => name === kind)).crashedAt).toBe(kind);
});

const POINTS = Array.from({ length: MOST_POINTS }, (_, point) => point);
it.each(drawn("points between events and webhooks", POINTS, 2))("a crash at point %i loses no event", async (point) => {
  const { crashedAt } = await crashAt(point);
  if (crashedAt !== null) console.log(`point ${point}: ${crashedAt}`);
});
