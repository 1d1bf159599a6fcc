/** What of a call's progress is gathered in memory and in one row, and what becomes of it by an object that stops. */

import { beforeEach, describe, expect, it } from "vitest";
import { isToldAgain, UNSAVED_MS } from "../../src/batch/attempts/told-again.ts";
import { Batch } from "../../src/batch/core/batch.ts";
import type { BatchEvent, Effect } from "../../src/batch/core/effects.ts";
import { Engine } from "../../src/batch/core/engine.ts";
import type { Line } from "../../src/batch/dialing/line.ts";
import { allAttempts } from "../../src/batch/store/attempts.ts";
import { firstRow, insertBatch } from "../../src/batch/store/batch-row.ts";
import { BATCH_LATE, BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import { advanced } from "../../src/batch/store/progress.ts";
import { packRecipients, Recipients } from "../../src/batch/store/recipients.ts";
import type { WebhookTarget } from "../../src/calling/messages/webhook.ts";
import { routeOfBatch } from "../../src/calling/secrets/ids.ts";
import { carrierNamed } from "../../src/dialer/carriers.ts";
import type { CallProgress } from "../../src/dialer/dialer.ts";
import { migrate } from "../../src/storage/migrations.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { sampleAccount } from "../dialer/samples.ts";
import { emptySql } from "../support/node-sql.ts";
import { askedForLine, calledBack, GIVEN, sampleAttempt, sampleDialing, sampleOrder } from "./samples.ts";

const NOW = 1_900_000_000_000;
const CALLS = 3;
const { capabilities, dialer } = carrierNamed("twilio");
const LINE: Line = {
  dialer: dialer(sampleAccount(), null, null),
  dialing: sampleDialing,
  capabilities: { ...capabilities, finds: "exactly", tellsDuration: true },
};
const BY_NUMBER: Line = { ...LINE, capabilities: { ...LINE.capabilities, finds: "by_number" } };
const REPORT_ANSWERED = {
  kind: "report_answered",
  about: sampleOrder.id,
  answer: { grantedRequest: 1, grantedSlots: 3, webhooks: [] },
} as const satisfies BatchEvent;
const ANSWERED: CallProgress = { kind: "answered" };
const ENDED: CallProgress = { kind: "ended", completed: true, endReason: "client_hangup", durationSeconds: 5 };

describe("a change is told again after a crash", () => {
  const CAN = { finds: "exactly", tellsDuration: true, isAsked: false } as const;
  const intent = sampleAttempt({ due_at: 20_000 });
  const ringing = sampleAttempt({ carrier_call_id: "CA1", due_at: 45_000 });
  const talking = sampleAttempt({ status: "started", answered_at: 5_000 });
  const over = sampleAttempt({ status: "completed" });

  it.each([
    ["the carrier's id, if it finds a call by ours", intent, ringing, CAN, true],
    ["not where it only lists calls to the number", intent, ringing, { ...CAN, finds: "by_number" }, false],
    ["not where the carrier is asked about the call by its id", intent, ringing, { ...CAN, isAsked: true }, false],
    ["an answer, if the end has the duration", ringing, talking, CAN, true],
    [
      "also of a call that is found by its number, whose id is stored",
      ringing,
      talking,
      { ...CAN, finds: "by_number" },
      true,
    ],
    ["not where the end does not tell how long it was", ringing, talking, { ...CAN, tellsDuration: false }, false],
    ["both at once", intent, talking, CAN, true],
    ["not who answered", talking, { ...talking, answered_by: "human" }, CAN, false],
    ["not that the call must end", ringing, { ...talking, ended_because: "dial_no_answer" }, CAN, false],
    ["not of a person who is to be erased", ringing, { ...talking, redacted_at: 1 }, CAN, false],
    ["no end", talking, over, CAN, false],
    ["not that the outcome of the request is unknown", intent, { ...intent, error_message: "reset" }, CAN, false],
  ] as const)("%s", (_, before, after, teller, expected) => {
    expect(isToldAgain(before, after as typeof before, teller)).toBe(expected);
  });

  it("and brings a stored row forward, never back", () => {
    const rows = { intent, ringing, talking, over };
    const of = (one: keyof typeof rows) =>
      Object.entries(rows).map(([name, stored]) => [name, advanced(stored, rows[one])?.status ?? null]);
    expect(of("ringing")).toEqual([
      ["intent", "dispatched"],
      ["ringing", null],
      ["talking", null],
      ["over", null],
    ]);
    expect(of("talking")).toEqual([
      ["intent", "started"],
      ["ringing", "started"],
      ["talking", null],
      ["over", null],
    ]);
    expect(advanced(intent, ringing)).toEqual({ ...ringing });
    expect(advanced(ringing, { ...talking, carrier_call_id: "CA2" })).toBeNull();
    const waits = sampleAttempt({ status: "queued" });
    expect([advanced(waits, ringing), advanced(waits, talking)]).toEqual([null, null]);
  });
});

describe("a batch", () => {
  let sql: Sql;
  let engine: Engine;

  const woken = (): Engine => new Engine(new Batch(sql, routeOfBatch(sampleOrder.id, "org_test") ?? "", GIVEN));
  const hear = (event: BatchEvent, now = NOW): readonly Effect[] => engine.handle(event, now);
  function lineComes(line = LINE, now = NOW): void {
    askedForLine(engine, now);
    hear({ kind: "line", line }, now);
  }
  const accepted = (number: number, now = NOW) =>
    hear({ kind: "placed", number, outcome: { kind: "placed", carrierCallId: `CA${number}` } }, now);
  const answered = (number: number, now = NOW) => calledBack(engine, number, ANSWERED, now);
  const ended = (number: number, now = NOW) => calledBack(engine, number, ENDED, now);
  /** What the table has, and what is known. */
  const stored = () => allAttempts(sql).map(({ status, carrier_call_id: call }) => [status, call]);
  const known = () => engine.batch.roster.counts;
  const written = (body: () => void): number => {
    const before = sql.rowsWritten;
    body();
    return sql.rowsWritten - before;
  };
  const pages = () =>
    sql.all<{ calls: string }>("SELECT calls FROM progress").map(({ calls }) => JSON.parse(calls).length);
  const timer = (effects: readonly Effect[]) => effects.find((one) => one.kind === "wake");

  function start(recipients: number, line = LINE, webhooks: readonly WebhookTarget[] = []): void {
    sql = emptySql(BATCH_LATE);
    migrate(sql, BATCH_STEPS);
    const order = { ...sampleOrder, target_concurrency_limit: CALLS, scheduledAt: null, webhooks };
    insertBatch(sql, firstRow(order, recipients, NOW));
    const people = Array.from({ length: recipients }, (_, index) => ({
      to_number: `+1415555010${index}`,
      metadata: null,
      timezone: null,
    }));
    new Recipients(sql).insert(packRecipients(people));
    engine = woken();
    hear({ kind: "woken" });
    const answer = { grantedRequest: 1, grantedSlots: CALLS, webhooks, isFree: true };
    hear({ kind: "report_answered", about: sampleOrder.id, answer });
    lineComes(line);
  }
  /** Three calls are answered, and nothing of that is stored. */
  beforeEach(() => start(CALLS + 1));
  function talk(): void {
    for (const number of [1, 2, 3]) accepted(number);
    for (const number of [1, 2, 3]) answered(number);
  }

  it("writes no row for a call that is accepted and answered, and one with all of it at the end", () => {
    expect(written(talk)).toBe(0);
    expect(known()).toMatchObject({ started: 3 });
    expect(stored()).toEqual(Array(3).fill(["dispatched", null]));
    // The end, the next intent, and the batch's row: nobody waits any longer.
    expect(written(() => ended(1, NOW + 1_000))).toBe(3);
    expect(allAttempts(sql)[0]).toMatchObject({ status: "completed", carrier_call_id: "CA1", answered_at: NOW });
    expect(stored()[3]).toEqual(["dispatched", null]);
  });

  it("saves what is gathered in one row, five seconds after the first of it", () => {
    talk();
    const soon = NOW + UNSAVED_MS;
    expect(engine.batch.attempts.saveBy).toBe(soon);
    expect(written(() => hear({ kind: "woken" }, soon - 1))).toBe(0);
    hear({ kind: "woken" }, soon);
    expect(pages()).toEqual([3]);
    expect(engine.batch.attempts.saveBy).toBeNull();
    ended(1, soon);
    accepted(4, soon + 1);
    expect(written(() => hear({ kind: "woken" }, soon + 1 + UNSAVED_MS))).toBe(1);
  });

  it("asks for a timer until then, and for an alarm that continues if the object stops", () => {
    const effects = accepted(1);
    // The report's timer is earlier, and asks again for this one.
    expect(timer(effects)?.at).toBeLessThanOrEqual(NOW + UNSAVED_MS);
    expect(engine.batch.attempts.saveBy).toBe(NOW + UNSAVED_MS);
    const alarm = effects.find((one) => one.kind === "set_alarm");
    expect(alarm?.due?.at).toBeLessThanOrEqual(NOW + engine.batch.recoveryMs);
  });

  it("writes a single call's own row, which is as cheap", () => {
    accepted(1);
    expect(written(() => hear({ kind: "woken" }, NOW + UNSAVED_MS))).toBe(1);
    expect([stored()[0], sql.has("progress")]).toEqual([["dispatched", "CA1"], false]);
  });

  it("that wakes has what was saved in its rows, and believes nothing of a call that has ended since", () => {
    talk();
    hear({ kind: "woken" }, NOW + UNSAVED_MS);
    ended(1, NOW + 3_000);
    const before = { ...known() };
    engine = woken();
    expect(stored()).toEqual([
      ["completed", "CA1"],
      ["started", "CA2"],
      ["started", "CA3"],
      ["dispatched", null],
    ]);
    expect(known()).toEqual(before);
    expect(pages()).toEqual([]);
    // Twice makes no difference.
    engine = woken();
    expect(known()).toEqual(before);
  });

  it("that loses what was not saved asks the carrier about these calls, and learns the same of them", () => {
    talk();
    engine = woken();
    lineComes(LINE, NOW + 1_000);
    expect(known()).toMatchObject({ dispatched: 3 });
    // A callback of the call itself.
    ended(1, NOW + 10_000);
    expect(allAttempts(sql)[0]).toMatchObject({
      status: "completed",
      carrier_call_id: "CA1",
      answered_at: NOW + 5_000,
    });
    // None comes of the others.
    const asked = hear({ kind: "woken" }, NOW + 21_000).flatMap((one) => (one.kind === "ask" ? [one.request] : []));
    expect(asked.map(({ number, question }) => [number, question.kind])).toEqual([
      [2, "find"],
      [3, "find"],
    ]);
    const calls = [{ carrierCallId: "CA2", progress: ANSWERED }];
    hear({ kind: "asked", number: 2, answer: { kind: "find", found: { kind: "found", calls } } }, NOW + 21_100);
    expect(engine.batch.attempts.find(2)).toMatchObject({ status: "started", carrier_call_id: "CA2" });
    // It was answered long before it was asked about.
    ended(2, NOW + 24_000);
    expect(allAttempts(sql)[1]).toMatchObject({ status: "completed", answered_at: NOW + 19_000 });
  });

  it("knows which call belongs to whom when another is looked for", () => {
    talk();
    accepted(1);
    engine.batch.watch.ask(LINE, NOW + 30 * 60_000);
    const calls = [{ carrierCallId: "CA2", progress: ANSWERED }];
    hear({ kind: "asked", number: 3, answer: { kind: "find", found: { kind: "found", calls } } }, NOW + 1);
    expect(stored()).toEqual([
      ["started", "CA1"],
      ["started", "CA2"],
      ["started", "CA3"],
    ]);
  });

  it("has its rows up to date before a human's order, and before they are read", () => {
    talk();
    hear({ kind: "woken" }, NOW + UNSAVED_MS);
    engine.obey({ kind: "cancel" }, NOW + 3_000);
    expect(stored()).toEqual([
      ["started", "CA1"],
      ["started", "CA2"],
      ["started", "CA3"],
    ]);
    expect([known().started, pages()]).toEqual([3, []]);
    start(CALLS);
    talk();
    engine.catchUp();
    expect(stored()).toEqual([
      ["started", "CA1"],
      ["started", "CA2"],
      ["started", "CA3"],
    ]);
  });

  it.each([
    ["came by itself", (at: number) => lineComes(LINE, at)],
    ["came with a report's answer", (at: number) => hear({ ...REPORT_ANSWERED, line: LINE }, at)],
  ])("has them so before it ends a call, even one that waited for a line which %s", (_, lineCame) => {
    talk();
    const later = NOW + 10 * 60_000;
    hear({ kind: "end_call", to: 1, number: 1 }, later);
    lineCame(later);
    expect(allAttempts(sql)[0]).toMatchObject({ status: "started", ended_because: "api_cancelled" });
  });

  it("counts again from rows that are up to date", () => {
    talk();
    engine.batch.recount();
    expect(known()).toMatchObject({ started: 3 });
  });

  it("stores the id of a carrier that finds by number at once, and gathers only the answers", () => {
    start(CALLS, BY_NUMBER);
    expect(written(() => accepted(1))).toBe(1);
    expect(written(() => answered(1))).toBe(0);
    expect(stored()[0]).toEqual(["dispatched", "CA1"]);
    expect(engine.batch.attempts.saveBy).toBe(NOW + UNSAVED_MS);
  });

  it("stores at once what a webhook is told", () => {
    start(CALLS, LINE, [{ id: "wh_1", events: ["call_started"] }]);
    expect(written(() => accepted(1))).toBe(0);
    // The attempt, and the page of the event.
    answered(1);
    expect(stored()[0]).toEqual(["started", "CA1"]);
  });

  it("leaves nothing of it when it is at rest", () => {
    start(2);
    accepted(1);
    accepted(2);
    hear({ kind: "woken" }, NOW + UNSAVED_MS);
    ended(1, NOW + 3_000);
    expect(pages()).toEqual([2]);
    ended(2, NOW + 3_000);
    expect(pages()).toEqual([]);
  });
});
