/** How events for webhooks wait in a batch: what is written, when they are sent, and what an object that stops repeats. */

import { beforeEach, describe, expect, it } from "vitest";
import { EVENTS_EVERY_MS } from "../../src/batch/attempts/timing.ts";
import type { AttemptRow } from "../../src/batch/store/attempt-states.ts";
import { changeAttempt, eraseAttempts, insertAttempt, storeEnding } from "../../src/batch/store/attempts.ts";
import { BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import { putRemarks } from "../../src/batch/store/remarks.ts";
import type { Standing } from "../../src/batch/telling/events.ts";
import { type EventsToSend, Outbox } from "../../src/batch/telling/outbox.ts";
import type { BatchSummary } from "../../src/calling/messages/batch-view.ts";
import type { WebhookTarget } from "../../src/calling/messages/webhook.ts";
import { NO_REMARKS } from "../../src/calling/words/remarks.ts";
import { migrate } from "../../src/storage/migrations.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { emptySql, nodeSql } from "../support/node-sql.ts";
import { but, GIVEN, sampleAttempt } from "./samples.ts";

const NOW = 1_800_000_000_000;
const TARGETS: readonly WebhookTarget[] = [
  { id: "webhook_1", events: ["call_started", "call_completed", "batch_completed"] },
];

let sql: Sql;
let outbox: Outbox;
let now: number;
beforeEach(() => {
  sql = nodeSql(BATCH_STEPS);
  outbox = awake();
  now = NOW;
});

const awake = (): Outbox => new Outbox(sql, () => TARGETS, GIVEN.random);
const stored = () => sql.all("SELECT value FROM outbox_pages, json_each(events)").length;
/** A turn in which these calls were answered; returns the rows that it wrote. */
function answered(...numbers: number[]): number {
  const before = sql.rowsWritten;
  for (const number of numbers) {
    const row = sampleAttempt({ number, status: "started" });
    outbox.attemptChanged(but(row, { status: "dispatched" }), row, now);
  }
  if (outbox.isToStore(true)) outbox.store(true);
  return sql.rowsWritten - before;
}
const callsOf = ({ events }: EventsToSend) => events.map((event) => ("attempt" in event ? event.attempt.number : null));
/** Sends what is due; nothing answers. */
function send() {
  const toSend = outbox.toSend(true, now);
  return toSend === null ? null : callsOf(toSend);
}
/** Sends what is due, which arrives. */
function deliver(isBusy = true) {
  const toSend = outbox.toSend(isBusy, now);
  if (toSend === null) return null;
  outbox.sent(new Set(toSend.events.map(({ id }) => id)));
  return callsOf(toSend);
}

it("the first event leaves at once, and those that follow within a second leave together", () => {
  answered(1);
  expect(deliver()).toEqual([1]);
  now += 10;
  answered(2);
  answered(3);
  expect(send()).toBeNull();
  expect(outbox.dueAt(true, now)).toBe(NOW + EVENTS_EVERY_MS);
  now = NOW + EVENTS_EVERY_MS;
  expect(deliver()).toEqual([2, 3]);
});

it("an event waits for no other when no call is in flight", () => {
  answered(1);
  expect(deliver()).toEqual([1]);
  answered(2);
  expect(outbox.dueAt(false, now)).toBe(now);
  expect(deliver(false)).toEqual([2]);
});

it("fifty events leave at once, and what is more comes behind them", () => {
  answered(0);
  deliver();
  answered(...Array.from({ length: 60 }, (_, index) => index + 1));
  expect(deliver()).toHaveLength(50);
  expect(send()).toBeNull();
  now += EVENTS_EVERY_MS;
  expect(deliver()).toHaveLength(10);
});

it("a turn writes one row for its events, and what was sent is written no more", () => {
  expect(answered(1, 2, 3)).toBe(1);
  deliver();
  expect(outbox.isToStore(true)).toBe(false);
  expect(answered(4)).toBe(1);
  expect(stored()).toBe(1);
});

it("what was sent is deleted once no call is in flight", () => {
  answered(1);
  deliver();
  expect(outbox.isToStore(false)).toBe(true);
  outbox.store(false);
  expect(stored()).toBe(0);
  expect(outbox.isToStore(false)).toBe(false);
});

it("an object that stops sends again what may not have arrived, and loses nothing", () => {
  answered(1);
  deliver();
  answered(2);
  outbox = awake();
  expect(deliver()).toEqual([2]);
  outbox = awake();
  expect(deliver()).toEqual([2]);
});

it("events that come while others are under way stay when those have arrived", () => {
  answered(1);
  const toSend = outbox.toSend(true, now);
  answered(2);
  outbox.sent(new Set(toSend?.events.map(({ id }) => id)));
  now += EVENTS_EVERY_MS;
  expect(deliver()).toEqual([2]);
});

it("events that did not arrive are sent again, later and later", () => {
  answered(1);
  expect(send()).toEqual([1]);
  outbox.unsent(now);
  const dueAt = outbox.dueAt(false, now) ?? 0;
  expect(dueAt).toBeGreaterThan(now);
  now = dueAt;
  expect(deliver(false)).toEqual([1]);
});

it("an erased call leaves no row, also where its event was sent", () => {
  answered(1, 2);
  outbox.dropCalls(new Set([1]));
  expect(JSON.stringify(sql.all("SELECT events FROM outbox_pages"))).not.toContain('"number":1,');
  expect(deliver()).toEqual([2]);
  outbox.dropCalls(new Set([2]));
  expect(stored()).toBe(0);
  expect(answered(3)).toBe(1);
});

describe("what a call's progress causes", () => {
  const DISPATCHED = sampleAttempt({ number: 7 });
  const STARTED = sampleAttempt({ number: 7, status: "started", token: "token" });
  const COMPLETED = sampleAttempt({ number: 7, status: "completed", answered_at: 0 });
  const SUMMARY = { id: "acb_1" } as BatchSummary;
  beforeEach(() => insertAttempt(sql, DISPATCHED));

  /** As `src/batch/core/progress.ts` does it; returns the rows that it wrote. */
  function progressed(before: AttemptRow, after: AttemptRow): number {
    const rows = sql.rowsWritten;
    const ride = outbox.rideOf(before, after, now);
    expect(changeAttempt(sql, before, after, ride?.riding)).toBe(true);
    if (ride === null) outbox.attemptChanged(before, after, now);
    else outbox.rode(ride);
    if (outbox.isToStore(true)) outbox.store(true);
    return sql.rowsWritten - rows;
  }
  /** The batch is over, or was. */
  function completed(): void {
    outbox.batchChanged(standing(false), standing(true), () => SUMMARY, now);
    outbox.store(true);
  }
  const standing = (isOver: boolean): Standing => ({
    ...{ isAdmitted: true, isCancelled: false, isBroken: false },
    restsAs: isOver ? "completed" : null,
  });
  /** What is sent when no call is in flight; it arrives. */
  function arriving() {
    const toSend = outbox.toSend(false, now);
    outbox.sent(new Set(toSend?.events.map(({ id }) => id)));
    return toSend?.events ?? [];
  }
  const typesOf = (events: readonly { type: string }[]) => events.map(({ type }) => type);

  it("rides in the call's row: one row when nobody talks any more says that all has arrived", () => {
    expect(progressed(DISPATCHED, STARTED)).toBe(1);
    expect(deliver()).toEqual([7]);
    now += EVENTS_EVERY_MS;
    expect(progressed(STARTED, COMPLETED)).toBe(1);
    expect(outbox.isToStore(false)).toBe(false);
    expect(deliver()).toEqual([7]);
    expect([stored(), outbox.isToStore(true), outbox.isToStore(false)]).toEqual([0, false, true]);
    const rows = sql.rowsWritten;
    outbox.store(false);
    expect([sql.rowsWritten - rows, outbox.isToStore(false)]).toEqual([1, false]);
    outbox = awake();
    expect(arriving()).toEqual([]);
  });

  it("is sent again as it was by an object that stops, also where its row has changed since", () => {
    progressed(DISPATCHED, STARTED);
    const [first] = outbox.toSend(true, now)?.events ?? [];
    storeEnding(sql, STARTED, "inactivity", now);
    outbox = awake();
    expect(arriving()).toEqual([first]);
  });

  it("is not sent again once a later event says that it has arrived", () => {
    completed();
    progressed(DISPATCHED, STARTED);
    expect(typesOf(arriving())).toEqual(["batch_completed", "call_started"]);
    progressed(STARTED, COMPLETED);
    outbox = awake();
    expect(typesOf(arriving())).toEqual(["call_completed"]);
  });

  it("makes room for the call's next event, where it has not arrived", () => {
    progressed(DISPATCHED, STARTED);
    const [first] = outbox.toSend(true, now)?.events ?? [];
    outbox.unsent(now);
    expect(progressed(STARTED, COMPLETED)).toBe(2);
    now = outbox.dueAt(false, now) ?? 0;
    const both = arriving();
    expect(both[0]).toEqual(first);
    expect(typesOf(both)).toEqual(["call_started", "call_completed"]);
    outbox = awake();
    expect([...arriving(), ...arriving()]).toEqual(both);
  });

  it("counts on when the object has stopped, and when it woke before there was a webhook", () => {
    progressed(DISPATCHED, STARTED);
    arriving();
    outbox.store(false);
    let targets: typeof TARGETS = [];
    outbox = new Outbox(sql, () => targets, GIVEN.random);
    targets = TARGETS;
    progressed(STARTED, COMPLETED);
    outbox = awake();
    expect(typesOf(arriving())).toEqual(["call_completed"]);
  });

  it("is not told to a webhook that is new since the object woke", () => {
    insertAttempt(sql, sampleAttempt({ number: 8 }));
    progressed(DISPATCHED, STARTED);
    arriving();
    let targets: typeof TARGETS = [];
    outbox = new Outbox(sql, () => targets, GIVEN.random);
    targets = [{ id: "webhook_2", events: ["call_started"] }];
    progressed(sampleAttempt({ number: 8 }), sampleAttempt({ number: 8, status: "started" }));
    expect([...arriving(), ...arriving()].map((event) => "attempt" in event && event.attempt.number)).toEqual([8]);
  });

  it("needs a page where somebody has said something of the call: its row would keep it", () => {
    putRemarks(sql, 7, { ...NO_REMARKS, notes: "a private matter" });
    expect(progressed(DISPATCHED, STARTED)).toBe(2);
    expect(JSON.stringify(sql.all("SELECT * FROM attempts"))).not.toContain("private");
    expect(arriving()).toMatchObject([{ type: "call_started", attempt: { remarks: { notes: "a private matter" } } }]);
  });

  it("is gone with an erased call", () => {
    progressed(DISPATCHED, STARTED);
    progressed(STARTED, COMPLETED);
    outbox.dropCalls(new Set([7]));
    eraseAttempts(sql, 0, now);
    expect([stored(), sql.all("SELECT event FROM attempts")]).toEqual([0, [{ event: null }]]);
    expect(arriving()).toEqual([]);
    outbox = awake();
    expect(arriving()).toEqual([]);
  });
});

it("events that waited before an upgrade are sent after it", () => {
  const before = BATCH_STEPS.findIndex((step) => step.includes("outbox_pages"));
  sql = emptySql();
  migrate(sql, BATCH_STEPS.slice(0, before));
  const subject = JSON.stringify(sampleAttempt({ number: 7, status: "started" }));
  sql.run("INSERT INTO outbox (id, at, type, is_call, subject) VALUES ('evt_1', 5, 'call_started', 1, ?)", subject);
  sql.run(
    `INSERT INTO outbox (id, at, type, is_call, subject) VALUES ('evt_2', 6, 'batch_completed', 0, '{"id":"acb_1"}')`,
  );
  migrate(sql, BATCH_STEPS);
  outbox = awake();
  expect(outbox.toSend(false, now)?.events).toMatchObject([{ id: "evt_1", at: 5, attempt: { number: 7 } }]);
  outbox.sent(new Set(["evt_1"]));
  expect(outbox.toSend(false, now)?.events).toMatchObject([
    { id: "evt_2", type: "batch_completed", batch: { id: "acb_1" } },
  ]);
});
