/** When a batch tells its organization's reports what its calls came to: each change once, whatever its clock says. */

import { beforeEach, describe, expect, it } from "vitest";
import { SUMS_AFTER_WAKING_MS } from "../../src/batch/attempts/timing.ts";
import { Batch } from "../../src/batch/core/batch.ts";
import type { BatchEvent, Effect } from "../../src/batch/core/effects.ts";
import { Engine } from "../../src/batch/core/engine.ts";
import type { Line } from "../../src/batch/dialing/line.ts";
import type { Executor } from "../../src/batch/executor.ts";
import { Leaving } from "../../src/batch/leaving.ts";
import { insertAttempt } from "../../src/batch/store/attempts.ts";
import { firstRow, insertBatch } from "../../src/batch/store/batch-row.ts";
import { BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import { packRecipients, Recipients } from "../../src/batch/store/recipients.ts";
import { FIGURES } from "../../src/calling/messages/report-sums.ts";
import { TRY_AGAIN } from "../../src/calling/requests/failure.ts";
import { err } from "../../src/calling/requests/result.ts";
import { routeOfBatch } from "../../src/calling/secrets/ids.ts";
import { carrierNamed } from "../../src/dialer/carriers.ts";
import type { CallProgress } from "../../src/dialer/dialer.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { sampleAccount } from "../dialer/samples.ts";
import { nodeSql } from "../support/node-sql.ts";
import { askedForLine, calledBack, GIVEN, sampleAttempt, sampleDialing, sampleOrder } from "./samples.ts";

const NOW = 1_900_000_000_000;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const { capabilities, dialer } = carrierNamed("twilio");
const LINE: Line = { dialer: dialer(sampleAccount(), null, null), dialing: sampleDialing, capabilities };
const FREE: BatchEvent = {
  kind: "cleared",
  answer: { decidedAt: NOW, verdicts: [{ kind: "clear", at: NOW }], isFree: true, isRemembered: false },
};
const ENDED: CallProgress = { kind: "ended", completed: true, endReason: "client_hangup", durationSeconds: 5 };

let sql: Sql;
let engine: Engine;

const woken = (): Engine => new Engine(new Batch(sql, routeOfBatch(sampleOrder.id, "org_test") ?? "", GIVEN));

/** One call is over and one goes on, with the batch's only slot, while others wait. Reports have been told up to then. */
function sleeping(waiting: number, toldTo: number): void {
  sql = nodeSql(BATCH_STEPS);
  const begun = NOW - 10 * MINUTE;
  insertBatch(sql, firstRow({ ...sampleOrder, target_concurrency_limit: 1 }, 2 + waiting, begun));
  const people = Array.from({ length: 2 + waiting }, (_, position) => ({
    to_number: `+1415555010${position}`,
    metadata: null,
    timezone: null,
  }));
  new Recipients(sql).insert(packRecipients(people));
  const over = {
    status: "completed",
    dispatched_at: begun,
    answered_at: begun,
    ended_at: begun,
    updated_at: begun,
  } as const;
  insertAttempt(sql, sampleAttempt(over));
  const talks = { number: 2, position: 1, status: "started", dispatched_at: begun, answered_at: begun } as const;
  insertAttempt(sql, sampleAttempt({ ...talks, carrier_call_id: "CA2", due_at: NOW + MINUTE, updated_at: begun }));
  sql.run(
    "UPDATE batch SET admitted_at = ?, request_open = 1, request_number = 1, granted_slots = 1, asked_slots = 1, sums_told = ?",
    begun,
    toldTo,
  );
  engine = woken();
}

const hear = (event: BatchEvent, now: number): readonly Effect[] => engine.handle(event, now);
const answered = (slots: number, line?: Line): BatchEvent => ({
  kind: "report_answered",
  about: sampleOrder.id,
  answer: { grantedRequest: 1, grantedSlots: slots, webhooks: [], isFree: true },
  line,
});
const kinds = (effects: readonly Effect[]) =>
  effects.map(({ kind }) => kind).filter((kind) => kind === "place" || kind === "report");
/** How many calls the sums of each report are of; null: a report without sums. */
const dialed = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => {
    if (effect.kind !== "report") return [];
    const { sums } = effect.report;
    if (sums === undefined) return [null];
    return [sums.reduce((sum, { figures }) => sum + (figures[FIGURES.indexOf("dialed")] ?? 0), 0)];
  });
const wokenAt = (effects: readonly Effect[]) => effects.flatMap((one) => (one.kind === "wake" ? [one.at] : []));

describe("a batch that wakes when its sums are due", () => {
  beforeEach(() => sleeping(2, 0));

  it("dials first, and counts a second later", () => {
    const first = hear({ kind: "woken" }, NOW);
    expect(dialed(first)).toEqual([null]);
    hear(answered(1, LINE), NOW);
    calledBack(engine, 2, ENDED, NOW + 1);
    const next = hear(FREE, NOW + 1);
    expect(kinds(next)).toEqual(["place"]);
    expect(wokenAt(next)).toEqual([NOW + SUMS_AFTER_WAKING_MS]);
    expect(dialed(hear({ kind: "woken" }, NOW + SUMS_AFTER_WAKING_MS))).toEqual([2]);
    hear(answered(1), NOW + SUMS_AFTER_WAKING_MS);
    expect(engine.batch.report().sumsDueAt).toBeNull();
  });

  it("counts at once if nobody waits to be dialed", () => {
    sleeping(0, 0);
    expect(dialed(hear({ kind: "woken" }, NOW))).toEqual([1]);
  });
});

describe("a batch whose clock is behind the one that told the sums last", () => {
  const AHEAD = NOW + 5 * SECOND;
  beforeEach(() => sleeping(0, AHEAD));

  /** Until it reports its last call; the answer to that is still to come. */
  function ends(): readonly Effect[] {
    hear({ kind: "woken" }, NOW);
    hear(answered(1, LINE), NOW);
    return calledBack(engine, 2, ENDED, NOW + 1);
  }

  it("tells its last call, too, at once and once", () => {
    expect(dialed(ends())).toEqual([2]);
    hear(answered(0), NOW + 1);
    expect(engine.batch.report().sumsDueAt).toBeNull();
    expect(engine.batch.row.sums_told).toBeGreaterThan(AHEAD);
  });

  it("tells it after a restart that lost the answer", () => {
    ends();
    engine = woken();
    expect(dialed(hear({ kind: "woken" }, NOW + 2))).toEqual([2]);
  });

  it("tells a late word of it as news, also after a restart that lost the answer", () => {
    ends();
    engine = woken();
    const newest = engine.batch.roster.updatedAt;
    askedForLine(engine, NOW - SECOND);
    hear({ kind: "line", line: LINE }, NOW - SECOND);
    calledBack(engine, 2, { kind: "answered", answeredBy: "machine" }, NOW - SECOND);
    expect(engine.batch.attempts.find(2)).toMatchObject({ answered_by: "machine", updated_at: newest });
  });

  it("may be deleted once its last call is told, and not before", async () => {
    ends();
    const executor = { batch: engine.batch, told: async () => undefined, eventsSent: async () => true };
    const calls = () => new Leaving(sql, () => err(TRY_AGAIN)).calls(executor as unknown as Executor);
    expect(await calls()).toEqual(err(TRY_AGAIN));
    hear(answered(0), NOW + 1);
    expect(await calls()).toMatchObject({ ok: true });
  });

  it("tells what changes in the millisecond of the count", () => {
    sleeping(0, 0);
    expect(dialed(hear({ kind: "woken" }, NOW))).toEqual([1]);
    hear(answered(1, LINE), NOW);
    const told = engine.batch.row.sums_told;
    calledBack(engine, 2, ENDED, NOW);
    expect(engine.batch.roster.updatedAt).toBeGreaterThanOrEqual(told);
    expect(engine.batch.report().sumsDueAt).not.toBeNull();
  });
});
