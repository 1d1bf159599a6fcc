/** An object of direct calls over its own rows, an event at a time: each request has its slots and its time to itself. */

import { beforeEach, describe, expect, it, vi } from "vitest";
import { Batch } from "../../src/batch/core/batch.ts";
import type { BatchEvent, Effect } from "../../src/batch/core/effects.ts";
import { Engine } from "../../src/batch/core/engine.ts";
import type { Line } from "../../src/batch/dialing/line.ts";
import { directCallOutcomes } from "../../src/batch/reading/direct-calls.ts";
import { firstRow, insertBatch, readBatch } from "../../src/batch/store/batch-row.ts";
import { BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import { packRecipients } from "../../src/batch/store/recipients.ts";
import { type CallingWindow, DAYS } from "../../src/calling/messages/calling-window.ts";
import { present } from "../../src/calling/requests/assert.ts";
import { batchIdWithin, newBatchId, routeOfBatch } from "../../src/calling/secrets/ids.ts";
import { carrierNamed } from "../../src/dialer/carriers.ts";
import { migrate } from "../../src/storage/migrations.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { sampleAccount } from "../dialer/samples.ts";
import { emptySql, nodeSql } from "../support/node-sql.ts";
import { calledBack, GIVEN, sampleDialing, sampleOrder } from "./samples.ts";

const NOW = 1_900_000_000_000;
const SECOND = 1_000;
const { capabilities, dialer } = carrierNamed("twilio");
const LINE: Line = { dialer: dialer(sampleAccount(), null, null), dialing: sampleDialing, capabilities };
const ROUTE = present(routeOfBatch(newBatchId(), "org_test"), "a batch's id");
const [A, B] = [batchIdWithin(ROUTE, 0), batchIdWithin(ROUTE, 1)];

const person = (to_number: string) => ({ to_number, metadata: null, timezone: null });
const woken = (sql: Sql) => new Engine(new Batch(sql, ROUTE, GIVEN));
const grant = (about: string, slots = 1): BatchEvent => ({
  kind: "report_answered",
  about,
  answer: { grantedRequest: slots === 0 ? 0 : 1, grantedSlots: slots, webhooks: [] },
});
const FREE: BatchEvent = {
  kind: "cleared",
  answer: { decidedAt: NOW, verdicts: [{ kind: "clear", at: NOW }], isFree: true, isRemembered: false },
};

let sql: Sql;
let engine: Engine;
beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  sql = nodeSql(BATCH_STEPS);
  insertBatch(sql, firstRow({ ...sampleOrder, id: A, kind: "direct", createdAt: NOW, scheduledAt: null }, 0, NOW));
  engine = woken(sql);
});

/** `window`: the organization's, by which it has admitted them. */
const call = (id: string, numbers: readonly string[], now = NOW, window: CallingWindow | null = null) =>
  engine.obey(
    { kind: "call_now", request: { id, requestedAt: now, webhooks: [], window }, recipients: numbers.map(person) },
    now,
  ).effects;
/** The numbers that are dialed. */
const dialed = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.kind === "place" ? effect.request.order.to : []));
const reports = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.kind === "report" ? effect.report.slots : []));
const statement = (id: string) => engine.batch.statement(id);

/** Events until nothing more follows of them; the numbers that were dialed. */
function hear(event: BatchEvent, now = NOW): string[] {
  const effects = engine.handle(event, now);
  const numbers = dialed(effects);
  for (const { kind } of effects) {
    if (kind === "fetch_line") numbers.push(...hear({ kind: "line", line: LINE }, now));
    if (kind === "clear") numbers.push(...hear(FREE, now));
  }
  return numbers;
}
const ENDED = { kind: "ended", completed: true, endReason: "client_hangup", durationSeconds: 5 } as const;
const placed = (number: number): BatchEvent => ({
  kind: "placed",
  number,
  outcome: { kind: "placed", carrierCallId: `CA${number}` },
});

describe("two requests of one object", () => {
  beforeEach(() => {
    call(A, ["+14155550101"]);
    call(B, ["+14155550102", "+14155550103"]);
  });

  it("are told to the ledger each by itself, and each is dialed when its own slots are confirmed", () => {
    expect([statement(A), statement(B)]).toMatchObject([
      { batchId: A, direct: true, open: true, granted: false, slots: 1, createdAt: NOW },
      { batchId: B, direct: true, open: true, granted: false, slots: 2, createdAt: NOW },
    ]);
    expect(hear(grant(B, 2))).toEqual(["+14155550102", "+14155550103"]);
    expect(statement(A)).toMatchObject({ open: true, granted: false });
    expect(statement(B)).toMatchObject({ open: false, holds: 2 });
    expect(hear(grant(A))).toEqual(["+14155550101"]);
  });

  it("one whose slots were taken back is not dialed, and fails in its time; the other goes on", () => {
    hear(grant(B, 2));
    expect(hear(grant(A, 0))).toEqual([]);
    for (const number of [1, 2]) hear(placed(number));
    const effects = engine.handle({ kind: "woken" }, NOW + 10 * SECOND);
    expect(dialed(effects)).toEqual([]);
    expect(statement(A)).toMatchObject({ open: false, holds: 0 });
    expect(statement(B)).toMatchObject({ open: false, holds: 2 });
    const outcomes = (id: string) =>
      directCallOutcomes(engine.batch, present(engine.batch.direct?.find(id), "it is there"));
    expect(outcomes(A)).toMatchObject([{ kind: "error", error: { code: "call_not_placed" } }]);
    expect(outcomes(B)).toMatchObject([{ kind: "call" }, { kind: "call" }]);
  });

  it("the alarm rings when the first one's time is over, and not before for nothing", () => {
    call(batchIdWithin(ROUTE, 3), ["+14155550104"], NOW + 3 * SECOND);
    const alarm = (now: number) =>
      engine.handle({ kind: "woken" }, now).flatMap((one) => (one.kind === "set_alarm" ? [one.due?.at] : []))[0];
    expect(alarm(NOW + 6 * SECOND)).toBe(NOW + 10 * SECOND);
  });

  it("a repeat adds nobody, whatever has become of it", () => {
    const { total_recipients } = engine.batch.row;
    expect(call(A, ["+14155550101"])).toEqual([]);
    expect(engine.batch.row.total_recipients).toBe(total_recipients);
  });

  /** The reports that were under way are answered, and then those that say that it is over. */
  function allEnd(): void {
    hear(grant(A));
    hear(grant(B, 2));
    for (const number of [1, 2, 3]) hear(placed(number));
    for (const number of [1, 2, 3]) calledBack(engine, number, ENDED, NOW);
    for (const id of [A, B, A, B]) hear(grant(id, 0));
  }

  it("are settled one by one, and once all are, that is stored: nothing is said again after a restart", () => {
    allEnd();
    // The sums for the reports go with what is said last, once.
    expect(engine.batch.tellings()).toEqual([]);
    expect(readBatch(sql).settled_to).toBe(3);
    engine = woken(sql);
    expect(engine.handle({ kind: "woken" }, NOW + SECOND)).toEqual([{ kind: "set_alarm", due: null }]);
  });

  it("say the sums once, also if they are answered in the millisecond in which they were counted", () => {
    allEnd();
    expect(engine.batch.tellings()).toEqual([]);
  });

  it("after a restart ask for their slots again before anybody else is dialed", () => {
    hear(grant(B, 2));
    engine = woken(sql);
    const effects = engine.handle({ kind: "woken" }, NOW + SECOND);
    expect(dialed(effects)).toEqual([]);
    expect(reports(effects)).toMatchObject([
      { batchId: A, open: true, granted: false },
      { batchId: B, open: false, holds: 2 },
    ]);
    expect(hear(grant(A), NOW + SECOND)).toEqual(["+14155550101"]);
  });
});

it("a request that comes too late dials nobody", () => {
  engine.obey(
    {
      kind: "call_now",
      request: { id: A, requestedAt: NOW - 10 * SECOND, webhooks: [] },
      recipients: [person("+14155550101")],
    },
    NOW,
  );
  expect(statement(A)).toMatchObject({ open: false, holds: 0 });
  expect(hear(grant(A))).toEqual([]);
});

describe("an object that an earlier version made for one request", () => {
  const STEPS = BATCH_STEPS.findIndex((step) => step.includes("request_id"));
  function old(restKnown: 0 | 1): Sql {
    const stored = emptySql();
    migrate(stored, BATCH_STEPS.slice(0, STEPS));
    stored.run(
      `INSERT INTO batch (only_row, id, organization_id, name, agent_id, from_number_id, region, target_concurrency_limit,
         ringing_timeout_seconds, max_call_duration_minutes, callback_base_url, total_recipients, created_at, retry_count,
         changed_at, request_number, request_open, rest_known, kind)
       VALUES (1, ?, 'org_1', 'Direct calls', 'agent_1', 'ap_1', 'US', 2, 60, 10, 'https://calls.example.com', 2, ?, 0, ?, 1, 0, ?, 'direct')`,
      A,
      NOW,
      NOW,
      restKnown,
    );
    const [page] = packRecipients(["+14155550101", "+14155550102"].map(person));
    stored.run("INSERT INTO recipient_pages (first_position, recipients) VALUES (0, ?)", page?.recipients ?? "");
    stored.run(
      `INSERT INTO attempts
         (number, position, attempt, status, token, carrier_call_id, created_at, dispatched_at, updated_at, answered_at, due_at)
       VALUES (1, 0, 1, 'completed', 't', 'CA1', ?, ?, ?, NULL, NULL), (2, 1, 1, ?, 'u', 'CA2', ?, ?, ?, ?, ?)`,
      ...[NOW, NOW, NOW, restKnown === 1 ? "completed" : "started", NOW, NOW, NOW, NOW, NOW],
    );
    migrate(stored, BATCH_STEPS);
    return stored;
  }

  it("is one request, which has its call in flight, also for an organization that does not name it", () => {
    engine = woken(old(0));
    expect(statement(A)).toMatchObject({ batchId: A, open: false, holds: 1, requestNumber: 1 });
    expect(engine.batch.statement()).toEqual(statement(A));
    expect(statement(B)).toBeNull();
    expect(reports(engine.handle({ kind: "woken" }, NOW + SECOND))).toHaveLength(1);
  });

  it("that was at rest says once what its calls came to, for the reports", () => {
    engine = woken(old(1));
    const effects = engine.handle({ kind: "woken" }, NOW + SECOND);
    expect(reports(effects)).toMatchObject([{ batchId: A, open: false, holds: 0 }]);
    hear(grant(A, 0), NOW + SECOND);
    expect(engine.handle({ kind: "woken" }, NOW + SECOND)).toEqual([{ kind: "set_alarm", due: null }]);
    expect(directCallOutcomes(engine.batch, present(engine.batch.direct?.find(A), "it is there"))).toHaveLength(2);
  });
});

describe("an object that was not told of another calling window", () => {
  const DAY = 24 * 3_600 * SECOND;
  /** One hour of each day. */
  const windowFrom = (at: number): CallingWindow => {
    const minute = Math.floor(at / 60_000) % 1_440;
    const windows = [{ days: [...DAYS], start: minute, end: minute + 60 }];
    const usual = { timezone_mode: "fixed", timezone: "UTC", unknown_timezone: "block" } as const;
    return { ...usual, windows, excluded_dates: [], expiresAt: null };
  };
  const lineWith = (calling_window: CallingWindow): Line => ({
    ...LINE,
    dialing: { ...sampleDialing, calling_window },
  });
  const SHUT = windowFrom(NOW + 3 * 3_600 * SECOND);

  /** The object has a window that is shut now. */
  function shut(): void {
    call(A, ["+14155550101"]);
    engine.handle(grant(A), NOW);
    engine.handle({ kind: "line", line: lineWith(SHUT) }, NOW);
    expect(engine.batch.row.floor).not.toBeNull();
  }

  it.each([null, windowFrom(NOW)])("learns it with calls that were admitted by it, and places them", (window) => {
    shut();
    const later = NOW + DAY;
    call(B, ["+14155550102"], later, window);
    expect(engine.batch.row.floor).toBe(window === null ? null : JSON.stringify(window));
    expect(engine.batch.roster.counts).toEqual(new Batch(sql, ROUTE, GIVEN).roster.counts);
    const line = window === null ? LINE : lineWith(window);
    const wanted = engine.handle(grant(B), later).map(({ kind }) => kind);
    expect(wanted).toContain("fetch_line");
    expect(hear({ kind: "line", line }, later)).toEqual(["+14155550102"]);
  });

  it("places none where the window is shut again before the call is dialed", () => {
    shut();
    const later = NOW + DAY;
    call(B, ["+14155550102"], later, windowFrom(later));
    engine.handle(grant(B), later);
    expect(hear({ kind: "line", line: lineWith(SHUT) }, later)).toEqual([]);
    const outcomes = directCallOutcomes(engine.batch, present(engine.batch.direct?.find(B), "it is there"));
    expect(outcomes).toMatchObject([{ kind: "error" }]);
  });
});
