/** The batch's own core over its own rows: one call from the grant to its end, an event at a time. */

import { beforeEach, describe, expect, it, vi } from "vitest";
import { DEFER_FIRST_MS, RINGING_GRACE_MS } from "../../src/batch/attempts/timing.ts";
import { Batch } from "../../src/batch/core/batch.ts";
import type { BatchEvent, Effect } from "../../src/batch/core/effects.ts";
import { Engine } from "../../src/batch/core/engine.ts";
import type { LaneOutcome } from "../../src/batch/dialing/lane.ts";
import type { Line } from "../../src/batch/dialing/line.ts";
import { allAttempts } from "../../src/batch/store/attempts.ts";
import { firstRow, insertBatch } from "../../src/batch/store/batch-row.ts";
import { BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import { packRecipients, Recipients } from "../../src/batch/store/recipients.ts";
import { type CallingWindow, DAYS } from "../../src/calling/messages/calling-window.ts";
import type { Verdict } from "../../src/calling/messages/clearance.ts";
import { routeOfBatch } from "../../src/calling/secrets/ids.ts";
import { carrierNamed } from "../../src/dialer/carriers.ts";
import type { CallProgress } from "../../src/dialer/dialer.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { sampleAccount } from "../dialer/samples.ts";
import { nodeSql } from "../support/node-sql.ts";
import { askedForLine, calledBack, GIVEN, sampleDialing, sampleOrder } from "./samples.ts";

const NOW = 1_900_000_000_000;
const { capabilities, dialer } = carrierNamed("twilio");
const LINE: Line = { dialer: dialer(sampleAccount(), null, null), dialing: sampleDialing, capabilities };
const FREE: BatchEvent = {
  kind: "cleared",
  answer: { decidedAt: NOW, verdicts: [{ kind: "clear", at: NOW }], isFree: true, isRemembered: false },
};
const IN_THE_FIRST_HOUR: CallingWindow = {
  timezone_mode: "fixed",
  timezone: "Europe/Berlin",
  windows: [{ days: DAYS, start: 0, end: 60 }],
  excluded_dates: [],
  unknown_timezone: "use_timezone",
  expiresAt: null,
};
const ENDED: CallProgress = { kind: "ended", completed: true, endReason: "client_hangup", durationSeconds: 5 };

let sql: Sql;
let engine: Engine;
let transactions: number;

const woken = (): Engine => new Engine(new Batch(sql, routeOfBatch(sampleOrder.id, "org_test") ?? "", GIVEN));

beforeEach(() => {
  sql = nodeSql(BATCH_STEPS);
  insertBatch(sql, firstRow({ ...sampleOrder, target_concurrency_limit: 1, scheduledAt: null }, 2, NOW));
  const people = ["+14155550101", "+14155550102"].map((to_number) => ({ to_number, metadata: null, timezone: null }));
  new Recipients(sql).insert(packRecipients(people));
  engine = woken();
  transactions = 0;
  const { transaction } = sql;
  vi.spyOn(sql, "transaction").mockImplementation((body) => {
    transactions += 1;
    return transaction.call(sql, body) as ReturnType<typeof body>;
  });
});

/** What comes out, without the alarm and what watchers are told. */
function hear(event: BatchEvent, now = NOW): Effect["kind"][] {
  return outcomes(engine.handle(event, now));
}
const outcomes = (effects: readonly Effect[]): Effect["kind"][] =>
  effects.map(({ kind }) => kind).filter((kind) => kind !== "set_alarm" && kind !== "broadcast" && kind !== "wake");
const lineAt = (now: number, line = LINE): BatchEvent => {
  askedForLine(engine, now);
  return { kind: "line", line };
};

const granted = {
  kind: "report_answered",
  about: sampleOrder.id,
  answer: { grantedRequest: 1, grantedSlots: 1, webhooks: [] },
} as const satisfies BatchEvent;

/** Until the first of the two is being dialed. */
function dial(line = LINE): void {
  hear({ kind: "woken" });
  hear(granted);
  hear(lineAt(NOW, line));
  hear(FREE);
}
const happened = (number: number, progress: CallProgress, now: number) =>
  outcomes(calledBack(engine, number, progress, now)).filter((kind) => kind !== "reply");
const statuses = () => allAttempts(sql).map(({ status }) => status);

describe("one call", () => {
  it("goes from its grant to its end by one event after the other, each with what follows from it", () => {
    expect(hear({ kind: "woken" })).toEqual(["report"]);
    expect(hear(granted)).toEqual(["fetch_line", "report"]);
    expect(hear(lineAt(NOW))).toEqual(["clear"]);
    expect(hear(FREE)).toEqual(["place"]);
    expect(hear({ kind: "placed", number: 1, outcome: { kind: "placed", carrierCallId: "CA1" } })).toEqual([]);
    expect(happened(1, { kind: "answered" }, NOW + 1)).toEqual([]);
    // Its slot is taken again in the same transaction.
    expect(happened(1, ENDED, NOW + 2)).toEqual(["place"]);
    expect(statuses()).toEqual(["completed", "dispatched"]);
  });

  it("has its batch summed up only for reports", () => {
    const summary = vi.spyOn(engine.batch, "summary");
    dial();
    expect(summary).toHaveBeenCalledTimes(2);
    hear({ kind: "placed", number: 1, outcome: { kind: "placed", carrierCallId: "CA1" } });
    happened(1, { kind: "answered" }, NOW + 1);
    happened(1, ENDED, NOW + 2);
    expect(summary).toHaveBeenCalledTimes(2);
  });

  it("takes one transaction for each event that changes a row, and none for an answer, which can wait", () => {
    dial();
    const before = transactions;
    hear({ kind: "placed", number: 1, outcome: { kind: "placed", carrierCallId: "CA1" } });
    happened(1, { kind: "answered" }, NOW + 1);
    happened(1, ENDED, NOW + 2);
    expect(transactions - before).toBe(2);
    // Twice, late, and out of order.
    happened(1, ENDED, NOW + 3);
    happened(1, { kind: "answered" }, NOW + 3);
    hear({ kind: "woken" }, NOW + 3);
    expect(transactions - before).toBe(2);
  });
});

describe("a grant that says that there are no rules", () => {
  const free = { ...granted, answer: { ...granted.answer, isFree: true } } as const;
  const newRule: BatchEvent = { kind: "rules_changed", listed: [] };
  const FREE_MS = 20_000;

  it.each([
    ["saves the question", [free], NOW, "place"],
    ["does so for as long after the report as after a question", [free], NOW + FREE_MS - 1, "place"],
    ["no longer", [free], NOW + FREE_MS, "clear"],
    ["is overtaken by a rule that the batch has heard of before it", [newRule, free], NOW, "clear"],
  ] as const)("%s", (_, events, now, outcome) => {
    hear({ kind: "woken" });
    for (const event of events) hear(event, now);
    expect(hear(lineAt(now), now)).toEqual([outcome]);
  });

  it("is overtaken by a rule that the batch hears of after it, and so is the line", () => {
    hear({ kind: "woken" });
    hear(free);
    hear(newRule);
    expect([hear(lineAt(NOW)), hear(lineAt(NOW))]).toEqual([["fetch_line"], ["clear"]]);
  });

  it("is good as long as the line for a dial, which brings the calling window", () => {
    hear({ kind: "woken" });
    hear(granted);
    expect(hear(lineAt(NOW))).toEqual(["clear"]);
    expect(hear({ kind: "woken" }, NOW + FREE_MS - 1)).not.toContain("fetch_line");
    expect(hear({ kind: "woken" }, NOW + FREE_MS)).toContain("fetch_line");
  });

  it("dials in the same turn if it brings the line", () => {
    hear({ kind: "woken" });
    expect(hear({ ...free, line: LINE })).toEqual(["place", "report"]);
  });

  it("lets the batch go on with the line alone, where the grant came before it", () => {
    hear({ kind: "woken" });
    expect(hear({ kind: "granted", answer: granted.answer })).toEqual(["fetch_line"]);
    expect(hear({ ...free, line: LINE })).toContain("clear");
  });

  it("dials nobody if the line brings a calling window that is closed", () => {
    hear({ kind: "woken" });
    const dialing = { ...sampleDialing, calling_window: IN_THE_FIRST_HOUR };
    expect(hear({ ...free, line: { ...LINE, dialing } })).toEqual(["report"]);
    expect(statuses()).toEqual([]);
  });

  it("brings no line that is older than a message about new rules", () => {
    hear({ kind: "woken" });
    hear(newRule);
    expect(hear({ ...free, line: LINE })).toEqual(["fetch_line", "report"]);
  });

  it("is of no use to a batch with a rule of its own", () => {
    const policy = { max_attempts: 1, retry_on: [], intervals_minutes: [30], min_gap_minutes: 5 };
    sql.run("UPDATE batch SET retry_policy = ?", JSON.stringify(policy));
    engine = woken();
    hear({ kind: "woken" });
    hear(free);
    expect(hear(lineAt(NOW))).toEqual(["clear"]);
  });
});

it("a batch that was granted less than it asked for asks again when its organization may have more", () => {
  sql.run("UPDATE batch SET target_concurrency_limit = 2");
  engine = woken();
  dial();
  expect(engine.batch.row).toMatchObject({ request_number: 1, granted_slots: 1, most_slots: 1 });
  hear({ kind: "rules_changed", listed: [] });
  expect(engine.batch.statement()).toMatchObject({ requestNumber: 2, granted: false, slots: 2, holds: 1 });
});

it("nobody fails by the calling window of a line that is older than a message about new rules", () => {
  hear({ kind: "woken" });
  hear(granted);
  hear({ kind: "rules_changed", listed: [] });
  const never = { ...IN_THE_FIRST_HOUR, windows: [] };
  const line = { ...LINE, dialing: { ...sampleDialing, calling_window: never } };
  hear({ kind: "line", line });
  expect([statuses(), engine.batch.row.floor]).toEqual([[], null]);
  hear(lineAt(NOW, line));
  expect(statuses()).toEqual(["failed", "failed"]);
});

describe("a verdict that is older than a message about new rules", () => {
  const DAY = 86_400_000;
  const verdict = (one: Verdict): BatchEvent => ({
    kind: "cleared",
    answer: { decidedAt: NOW, verdicts: [one], isFree: false, isRemembered: true },
  });

  beforeEach(() => {
    hear({ kind: "woken" });
    hear(granted);
    hear(lineAt(NOW));
    hear({ kind: "rules_changed", listed: [] });
  });

  it.each([
    [{ kind: "wait", until: NOW + DAY, reason: "contact_gap" }],
    [{ kind: "paced", until: NOW + DAY }],
  ] as const)("has nobody wait: %o", (one) => {
    hear(verdict(one));
    expect([engine.batch.heldBack.of(0, NOW), engine.batch.pauses.pacedUntil > NOW]).toEqual([null, false]);
  });

  it("says who is on the do-not-call list", () => {
    hear(verdict({ kind: "barred" }));
    expect(statuses()).toEqual(["failed"]);
  });
});

it("an intent is in the rows before its request comes out", () => {
  dial();
  expect(statuses()).toEqual(["dispatched"]);
  expect(engine.batch.placing.isUnderWay(1)).toBe(true);
});

it("an event that fails leaves the rows as they were, and the batch that is read from them goes on", () => {
  dial();
  hear({ kind: "placed", number: 1, outcome: { kind: "placed", carrierCallId: "CA1" } });
  const { run } = sql;
  const broken = vi.spyOn(sql, "run").mockImplementation((statement, ...values) => {
    if (statement.includes("INSERT INTO attempts")) throw new Error("the disk is full");
    return run.call(sql, statement, ...values);
  });
  // The end is written, and then the next intent is not.
  expect(() => happened(1, ENDED, NOW + 1)).toThrow("the disk is full");
  expect(statuses()).toEqual(["dispatched"]);
  broken.mockRestore();
  engine = woken();
  hear(lineAt(NOW + 2));
  happened(1, ENDED, NOW + 2);
  expect(statuses()).toEqual(["completed"]);
});

describe("the pause that the carrier asks for outlives the object", () => {
  const SECOND = 1_000;
  const DAY = 24 * 60 * 60 * SECOND;
  const UNKNOWN: LaneOutcome = { kind: "unknown", message: "reset" };
  const later = (retryAfterMs: number | null): LaneOutcome => ({ kind: "try_later", retryAfterMs, message: "busy" });
  const at = (ms: number, event: BatchEvent): Effect["kind"][] => hear(event, NOW + ms);

  /** After the carrier's answers to the first call, and a restart. */
  function restarted(...outcomes: readonly LaneOutcome[]): void {
    dial({ ...LINE, capabilities: { ...capabilities, repeatableForMs: 60 * SECOND } });
    for (const outcome of outcomes) hear({ kind: "placed", number: 1, outcome });
    engine = woken();
  }

  it.each<[string, LaneOutcome, number, string]>([
    ["the call waits for it", later(30 * SECOND), 30 * SECOND, "queued"],
    ["the carrier does not say how long", later(null), DEFER_FIRST_MS, "queued"],
    ["no call waits so long", later(2 * DAY), 2 * DAY, "failed"],
  ])("%s", (_, outcome, pauseMs, status) => {
    restarted(outcome);
    expect(statuses()).toEqual([status]);
    expect(at(pauseMs - 1, { kind: "woken" })).not.toContain("fetch_line");
    expect(at(pauseMs, { kind: "woken" })).toContain("fetch_line");
  });

  it("also if it was said to a repeat, and the first request may have placed a call", () => {
    restarted(UNKNOWN, later(30 * SECOND));
    expect(statuses()).toEqual(["dispatched"]);
    expect(engine.batch.pauses.pausedUntil).toBe(NOW + 30 * SECOND);
  });

  it("also if the person who waits for it is erased", () => {
    restarted(later(30 * SECOND));
    engine.obey({ kind: "erase_person", positions: [0] }, NOW + 1);
    engine = woken();
    expect(statuses()).toEqual(["failed"]);
    expect(at(30 * SECOND - 1, { kind: "woken" })).not.toContain("fetch_line");
    expect(at(30 * SECOND, { kind: "woken" })).toContain("fetch_line");
  });
});

it("an order changes the rows in one transaction, and a refusal changes nothing", () => {
  dial();
  const before = transactions;
  const refused = engine.obey({ kind: "erase_call", number: 99 }, NOW);
  expect([refused.answer.ok, refused.effects, transactions - before]).toEqual([false, [], 0]);
  const { answer, effects } = engine.obey({ kind: "cancel" }, NOW + 1);
  expect(answer).toMatchObject({ ok: true, value: { status: "cancelled" } });
  expect(effects.map(({ kind }) => kind)).toContain("broadcast");
  expect(transactions - before).toBe(1);
  // No recipient waits: a second cancel has nothing to do.
  expect(engine.obey({ kind: "cancel" }, NOW + 2).effects).toEqual([]);
});

it("a call that is answered just when it is to be cancelled ends for its own reason", () => {
  dial();
  hear({ kind: "placed", number: 1, outcome: { kind: "placed", carrierCallId: "CA1" } });
  const late = NOW + sampleOrder.ringing_timeout_seconds * 1_000 + RINGING_GRACE_MS + 1;
  const reasons = () => engine.batch.contexts.of(1).endedBecause;
  hear(lineAt(late), late);
  const ringing = { kind: "known", carrierCallId: "CA1", progress: { kind: "ringing" } } as const;
  expect(hear({ kind: "asked", number: 1, answer: { kind: "fetch", report: ringing } }, late)).toContain("ask");
  expect(reasons()).toBe("dial_no_answer");
  happened(1, { kind: "answered" }, late + 1);
  expect(reasons()).toBeNull();
});
