/** By which line a callback is verified, and a call ended, while the organization is slow, down or has other credentials. */

import { beforeEach, describe, expect, it } from "vitest";
import { Batch } from "../../src/batch/core/batch.ts";
import type { BatchEvent, Effect } from "../../src/batch/core/effects.ts";
import { Engine } from "../../src/batch/core/engine.ts";
import type { Line } from "../../src/batch/dialing/line.ts";
import { findAttempt, insertAttempt } from "../../src/batch/store/attempts.ts";
import { firstRow, insertBatch, untoldActsOf } from "../../src/batch/store/batch-row.ts";
import { BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import { packRecipients, Recipients } from "../../src/batch/store/recipients.ts";
import { OPERATOR } from "../../src/calling/messages/act.ts";
import { routeOfBatch } from "../../src/calling/secrets/ids.ts";
import { carrierNamed } from "../../src/dialer/carriers.ts";
import type { CallReport, CarrierEventOutcome } from "../../src/dialer/dialer.ts";
import { RECOVERY_IF_NOT_WOKEN_MS } from "../../src/storage/alarm-clock.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { sampleAccount } from "../dialer/samples.ts";
import { nodeSql } from "../support/node-sql.ts";
import { askedForLine, GIVEN, REQUEST, sampleAttempt, sampleDialing, sampleOrder } from "./samples.ts";

const MINUTE = 60_000;
const NOW = 1_900_000_000_000;
const LATER = NOW + 10 * MINUTE;
const CALL = 1;
const { capabilities, dialer } = carrierNamed("twilio");
const lineOf = (from_number: string): Line => ({
  dialer: dialer(sampleAccount(), null, null),
  dialing: { ...sampleDialing, from_number },
  capabilities,
});
const OLD = lineOf("+14155550100");
const NEW = lineOf("+14155550111");

const REPLY = { contentType: "text/plain", body: "thanks" };
const FORGED: CarrierEventOutcome = { kind: "forged" };
const ANSWERED: CarrierEventOutcome = {
  kind: "event",
  event: { kind: "progress", carrierCallId: "CA1", progress: { kind: "answered" } },
  reply: REPLY,
};

let sql: Sql;
let engine: Engine;
/** One call rings. The line was heard ten minutes ago. */
beforeEach(() => {
  sql = nodeSql(BATCH_STEPS);
  insertBatch(sql, firstRow({ ...sampleOrder, scheduledAt: null }, 1, NOW));
  new Recipients(sql).insert(packRecipients([{ to_number: "+14155550123", metadata: null, timezone: null }]));
  const due_at = LATER + MINUTE;
  insertAttempt(sql, sampleAttempt({ number: CALL, carrier_call_id: "CA1", dispatched_at: NOW, due_at }));
  engine = new Engine(new Batch(sql, routeOfBatch(sampleOrder.id, "org_test") ?? "", GIVEN));
});

const MEANT: ReadonlySet<Effect["kind"]> = new Set(["verify", "fetch_line", "reply", "consult"]);
const hear = (event: BatchEvent, now: number) => engine.handle(event, now).filter(({ kind }) => MEANT.has(kind));
function lineComes(line: Line, now: number) {
  askedForLine(engine, now);
  return hear({ kind: "line", line }, now);
}
const noLine = (now: number) => hear({ kind: "no_line", error: "it does not answer", isGone: false }, now);
const callback = (now: number, token: string | null = "token", to = 1) =>
  hear({ kind: "callback", to, number: CALL, token, request: REQUEST }, now);
const verified = (outcome: CarrierEventOutcome, now: number, to = 1) => hear({ kind: "verified", to, outcome }, now);
const verdict = (answer: object, to = 1) => ({ kind: "reply", to, answer });
const by = (line: Line) => ({ kind: "verify", line });
const status = () => engine.batch.attempts.find(CALL)?.status;

describe("a callback", () => {
  it("is settled and answered when its request is genuine", () => {
    lineComes(OLD, NOW);
    expect(callback(NOW + 1)).toMatchObject([by(OLD)]);
    expect(status()).toBe("dispatched");
    expect(verified(ANSWERED, NOW + 1)).toEqual([verdict({ kind: "accepted", ...REPLY })]);
    expect(status()).toBe("started");
  });

  it.each([
    ["a wrong token", CALL, "tokem"],
    ["no token, though the carrier has one a call", CALL, null],
    ["a call that is not there", 99, "token"],
  ])("with %s is refused, and nobody is asked", (_, number, token) => {
    lineComes(OLD, NOW);
    const event: BatchEvent = { kind: "callback", to: 1, number, token, request: REQUEST };
    expect(hear(event, NOW + 1)).toEqual([verdict({ kind: "forbidden" })]);
  });

  it("is repeated by its carrier if that cannot be told what follows from it", () => {
    lineComes(OLD, NOW);
    callback(NOW + 1);
    expect(verified({ kind: "undone" }, NOW + 1)).toEqual([verdict({ kind: "unanswered" })]);
    expect(status()).toBe("dispatched");
  });

  it("is verified with the last line at once, however old it is, while a new one is asked for", () => {
    lineComes(OLD, NOW);
    expect(callback(LATER)).toMatchObject([by(OLD), { kind: "fetch_line" }]);
    lineComes(NEW, LATER);
    expect(callback(LATER + 1, "token", 2)).toMatchObject([by(NEW)]);
  });

  it("is verified once more if the line it was rejected with is an old one", () => {
    lineComes(OLD, NOW);
    callback(LATER);
    lineComes(NEW, LATER);
    expect(verified(FORGED, LATER)).toMatchObject([by(NEW)]);
    expect(verified(FORGED, LATER)).toEqual([verdict({ kind: "forbidden" })]);
    callback(LATER + 2 * MINUTE, "token", 2);
    expect(verified(FORGED, LATER + 2 * MINUTE, 2)).toEqual([]);
    expect(lineComes(OLD, LATER + 2 * MINUTE)).toMatchObject([by(OLD)]);
    expect(verified(FORGED, LATER + 2 * MINUTE, 2)).toEqual([verdict({ kind: "forbidden" }, 2)]);
    expect(status()).toBe("dispatched");
  });

  it("is rejected at once with a line that is fresh", () => {
    lineComes(OLD, NOW);
    callback(NOW + 1);
    expect(verified(FORGED, NOW + 1)).toEqual([verdict({ kind: "forbidden" })]);
  });

  it("waits for a new line if the organization has said that the old one may be wrong", () => {
    lineComes(OLD, NOW);
    engine.batch.line.forget();
    expect(callback(NOW + 1)).toMatchObject([{ kind: "fetch_line" }]);
    expect(lineComes(NEW, NOW + 1)).toMatchObject([by(NEW)]);
  });

  it("is verified with the old one if the organization does not answer, and others do not ask it again at once", () => {
    lineComes(OLD, NOW);
    engine.batch.line.forget();
    callback(NOW + 1);
    expect(noLine(NOW + 2)).toMatchObject([by(OLD)]);
    expect(callback(NOW + 3, "token", 2)).toMatchObject([by(OLD)]);
  });

  it("is to be sent again if no line was ever known and none comes", () => {
    expect(callback(NOW)).toEqual([{ kind: "fetch_line" }]);
    expect(noLine(NOW)).toEqual([verdict({ kind: "unanswered" })]);
  });
});

it("is asked for once for all who wait for it, and once more if it was called out of date meanwhile", () => {
  const names = (to: number) => hear({ kind: "names", to }, NOW);
  expect([callback(NOW), names(2), names(3)]).toEqual([[{ kind: "fetch_line" }], [], []]);
  engine.batch.line.forget();
  const named = (to: number, line: Line | null) => ({ kind: "reply", to, answer: line });
  expect(hear({ kind: "line", line: OLD }, NOW)).toMatchObject([named(2, OLD), named(3, OLD), by(OLD)]);
  expect(names(4)).toEqual([{ kind: "fetch_line" }]);
  expect(noLine(NOW)).toEqual([named(4, null)]);
});

describe("who waits to be dialed, while the organization does not answer", () => {
  const pausedUntil = () => engine.batch.placing.pausedUntil;
  const names = (now: number) => hear({ kind: "names", to: 1 }, now);
  /** One more waits. The batch has a slot for this one, if so many slots were granted. */
  function waits(slots: number): void {
    const another = { to_number: "+14155550124", metadata: null, timezone: null };
    new Recipients(sql).insert(packRecipients([another], 1));
    sql.run("UPDATE batch SET total_recipients = 2, admitted_at = 1, request_open = 1, request_number = 1");
    sql.run("UPDATE batch SET granted_slots = ?, asked_slots = 2", slots);
    engine = new Engine(new Batch(sql, routeOfBatch(sampleOrder.id, "org_test") ?? "", GIVEN));
  }

  it("is not put off because somebody reads, or because a callback comes", () => {
    waits(1);
    for (let now = NOW; now < NOW + 10; now += 1) {
      names(now);
      callback(now, "token", 2);
      noLine(now);
    }
    expect(pausedUntil()).toBeLessThanOrEqual(NOW);
  });

  it("is put off by the question for the dial, and by no read meanwhile", () => {
    waits(2);
    expect(names(NOW)).toEqual([{ kind: "fetch_line" }]);
    noLine(NOW);
    const until = pausedUntil();
    expect(until).toBeGreaterThan(NOW);
    for (let now = NOW + 1; now < until; now += 100) {
      names(now);
      noLine(now);
      expect(pausedUntil()).toBe(until);
    }
  });

  it("is not put off if the line came another way before the question failed", () => {
    waits(2);
    names(NOW);
    const answer = { grantedRequest: 1, grantedSlots: 2, webhooks: [] };
    hear({ kind: "report_answered", about: sampleOrder.id, answer, line: NEW }, NOW);
    noLine(NOW + 1);
    expect(pausedUntil()).toBeLessThanOrEqual(NOW);
  });
});

describe("a call that a human ends", () => {
  const ends = (now = NOW + 1) => hear({ kind: "end_call", to: 1, number: CALL }, now);
  const consulted = (answer: Extract<BatchEvent, { kind: "consulted" }>["answer"]) =>
    hear({ kind: "consulted", to: 1, answer }, NOW + 2);
  const failed = (failure: object) => verdict({ ok: false, failure: expect.objectContaining(failure) });
  const reason = () => findAttempt(sql, CALL)?.ended_because;
  const answered = () => {
    lineComes(OLD, NOW);
    callback(NOW);
    verified(ANSWERED, NOW);
  };

  it("has its reason stored before the carrier is asked, and is asked about soon", () => {
    answered();
    expect(ends()).toMatchObject([
      { kind: "consult", question: { kind: "end", carrierCallId: "CA1", isAnswered: true } },
    ]);
    expect(reason()).toBe("api_cancelled");
    expect(consulted({ kind: "end", outcome: { kind: "ending" } })).toEqual([verdict({ ok: true, value: null })]);
    expect(engine.batch.roster.inFlight.earliest(NOW + 2)).toBeLessThan(NOW + MINUTE);
  });

  it.each([
    [{ kind: "end", outcome: { kind: "unavailable", message: "503" } }],
    [{ kind: "failed", message: "reset" }],
  ] as const)("goes on if the carrier answers %o", (answer) => {
    answered();
    ends();
    expect(consulted(answer)).toEqual([failed({ kind: "carrier_unavailable" })]);
    expect([status(), reason()]).toEqual(["started", null]);
  });

  it("that is already ending keeps its reason if the carrier does not answer a repeat", () => {
    answered();
    ends();
    consulted({ kind: "end", outcome: { kind: "ending" } });
    ends();
    consulted({ kind: "failed", message: "reset" });
    expect(reason()).toBe("api_cancelled");
  });

  it("is in the audit once, however often it is asked for", () => {
    answered();
    const act = { id: "0123456789abcdef0123", operation: "cancelCall", by: OPERATOR };
    for (const at of [NOW + 1, NOW + 2]) {
      hear({ kind: "end_call", to: 1, number: CALL, act }, at);
      consulted({ kind: "end", outcome: { kind: "ending" } });
    }
    expect(untoldActsOf(engine.batch.row)).toMatchObject([{ act, kind: "call" }]);
  });

  it("waits for the line, and is refused without one", () => {
    answered();
    engine.batch.line.forget();
    expect(ends()).toMatchObject([{ kind: "fetch_line" }]);
    expect(lineComes(NEW, NOW + 2)).toMatchObject([{ kind: "consult", line: NEW }]);
    consulted({ kind: "failed", message: "reset" });
    engine.batch.line.forget();
    ends();
    expect(noLine(NOW + 3)).toEqual([failed({ kind: "carrier_unavailable" })]);
    expect(reason()).toBeNull();
  });

  it("and is not answered yet ends only if it waits in the carrier's queue", () => {
    const known = (kind: "waiting" | "ringing"): CallReport => ({
      kind: "known",
      carrierCallId: "CA1",
      progress: { kind },
    });
    lineComes({ ...OLD, capabilities: { ...capabilities, queues: true } }, NOW);
    expect(ends()).toMatchObject([{ kind: "consult", question: { kind: "fetch" } }]);
    expect(consulted({ kind: "fetch", report: known("ringing") })).toEqual([failed({ code: "call_not_active" })]);
    ends();
    expect(consulted({ kind: "fetch", report: known("waiting") })).toMatchObject([
      { kind: "consult", question: { kind: "end", isAnswered: false } },
    ]);
    expect(reason()).toBe("api_cancelled");
    lineComes({ ...OLD, capabilities: { ...capabilities, queues: false } }, NOW);
    expect(ends()).toEqual([failed({ code: "call_not_active" })]);
  });

  it("that is over, or that nobody knows, is refused", () => {
    lineComes(OLD, NOW);
    const over = { kind: "ended", completed: true, endReason: "client_hangup", durationSeconds: 1 } as const;
    callback(NOW);
    verified({ ...ANSWERED, event: { kind: "progress", carrierCallId: "CA1", progress: over } }, NOW);
    expect(ends()).toEqual([failed({ code: "call_not_active" })]);
    expect(hear({ kind: "end_call", to: 1, number: 99 }, NOW)).toEqual([failed({ kind: "not_found" })]);
  });
});

it("a question that is due waits for its line, and the alarm is only the safety net meanwhile", () => {
  const due = LATER + MINUTE;
  const effects = engine.handle({ kind: "woken" }, due);
  expect(effects).toContainEqual({ kind: "fetch_line" });
  expect(effects).toContainEqual({
    kind: "set_alarm",
    due: { at: due + RECOVERY_IF_NOT_WOKEN_MS, isRecovery: true },
  });
});
