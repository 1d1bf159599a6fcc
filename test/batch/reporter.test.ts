import { expect, it } from "vitest";
import { LONG_RUN_MS, SUMMARY_EVERY_MS, SUMMARY_OF_LONG_RUN_EVERY_MS } from "../../src/batch/attempts/timing.ts";
import { statementOf } from "../../src/batch/slots/request.ts";
import { Reporter } from "../../src/batch/telling/reporter.ts";
import { summaryOf } from "../../src/batch/telling/views.ts";
import type { BatchReport } from "../../src/calling/messages/slots.ts";
import { NO_RECIPIENTS } from "../../src/calling/words/batch-status.ts";
import { sampleBatch } from "./samples.ts";

/** A batch that was admitted at 0, and in which something has changed whenever it is looked at. */
const everChanging = (now: number): BatchReport => {
  const row = sampleBatch({ admitted_at: 0, request_open: 1, request_number: 1, granted_slots: 5 });
  const counts = { ...NO_RECIPIENTS, queued: 1 };
  return {
    summary: summaryOf(row, { counts, called: 0, answered: 0, updatedAt: now }),
    slots: statementOf(row, 5),
    atRest: false,
  };
};

const noSums = () => expect.fail("none are due");
const asked = (at: number) => ({ at, rules: 0, line: { at, forgotten: 0 } });

/** When reports are sent while a call changes every 100 ms, each acknowledged at once. */
function reportsBetween(fromMs: number, untilMs: number): number {
  const sent: number[] = [];
  const reporter = new Reporter();
  for (let now = 0; now < untilMs; now += 100) {
    if (reporter.planned(everChanging(now), asked(now), noSums).leaving === null) continue;
    sent.push(now);
    expect(reporter.planned(everChanging(now), asked(now), noSums).leaving).toBeNull();
    reporter.acknowledged();
  }
  return sent.filter((at) => at >= fromMs).length;
}

it("a batch at work tells its summary once a second for a minute, then every five seconds", () => {
  expect(reportsBetween(0, LONG_RUN_MS)).toBeLessThanOrEqual(LONG_RUN_MS / SUMMARY_EVERY_MS + 1);
  const quarterOfAnHour = 15 * 60_000;
  const later = reportsBetween(LONG_RUN_MS + SUMMARY_OF_LONG_RUN_EVERY_MS, quarterOfAnHour);
  expect(later).toBeLessThanOrEqual((quarterOfAnHour - LONG_RUN_MS) / SUMMARY_OF_LONG_RUN_EVERY_MS);
  expect(later).toBeGreaterThan(150);
});

it("a batch tells at once what lists or the ledger go by: a retry, its status, its slots", () => {
  const told = everChanging(1_000);
  const news: readonly BatchReport[] = [
    { ...told, summary: { ...told.summary, retry_count: told.summary.retry_count + 1 } },
    { ...told, summary: { ...told.summary, status: "cancelled" } },
    { ...told, slots: { ...told.slots, requestNumber: 2 } },
    { ...told, slots: { ...told.slots, slots: 9 } },
    { ...told, slots: { ...told.slots, holds: 3 } },
    { ...told, atRest: true },
  ];
  for (const is of news) {
    const reporter = new Reporter();
    reporter.planned(told, asked(1_000), noSums);
    reporter.acknowledged();
    expect(reporter.dueAt(told, 1_001)).toBeNull();
    expect(reporter.dueAt(is, 1_001)).toBe(1_001);
  }
});
