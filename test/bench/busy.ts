/**
 * What running batches take of their organization's object: reports, and questions before calls. Drives the product's own
 * class over SQLite in memory, a second of the batches' lives after the other, without waiting.
 */

import type { ClearanceRequest } from "../../src/calling/messages/clearance.ts";
import { FIGURES, type HourSums } from "../../src/calling/messages/report-sums.ts";
import type { BatchReport } from "../../src/calling/messages/slots.ts";
import { loadProduct } from "../simulator/platform/load.ts";
import { batchOf, ids, number, type Organization, organizationWith, RULES } from "./growth.ts";
import { printTable } from "./table.ts";

const ROWS = 1_000;
const BATCHES = 50;
const CALLS_AT_ONCE = 5_000;
const RECIPIENTS = 5_000;
/** Ringing and talk, as in `--cost`. */
const CALL_SECONDS = 80;
const EACH = CALLS_AT_ONCE / BATCHES;
const BEGIN_A_SECOND = CALLS_AT_ONCE / CALL_SECONDS;
const SECONDS = 60;
/** `SUMMARY_OF_LONG_RUN_EVERY_MS`. */
const LATER_EVERY_SECONDS = 5;

type Running = { readonly id: string; readonly createdAt: number };

/** What the batch says after so many of its calls. `sums`: of the minute. */
function reportOf({ id, createdAt }: Running, at: number, isGranted: boolean, sums: readonly HourSums[]): BatchReport {
  const finished = Math.floor((at * EACH) / CALL_SECONDS);
  return {
    atRest: false,
    summary: {
      ...{ id, name: "bench", agent_id: ids("agent", 0), from_number_id: ids("ap", 0), region: "US" },
      ...{ status: "in_progress", retry_count: 0, createdAt, lastUpdatedAt: createdAt + at * 1_000 },
      ...{ total_calls_scheduled: RECIPIENTS, total_calls_dispatched: finished + EACH, total_calls_finished: finished },
      ...{ recipients_called: finished + EACH, recipients_answered: finished, circuit: null, waiting: null },
      ...{
        target_concurrency_limit: EACH,
        scheduledAt: null,
        admittedAt: createdAt,
        pausedAt: null,
        callingWindow: null,
      },
    },
    slots: {
      ...{ batchId: id, direct: false, createdAt, requestNumber: 1, open: true, granted: isGranted },
      ...{ slots: EACH, holds: isGranted ? EACH : 0, priority: 3 },
    },
    ...(sums.length === 0 ? {} : { sums }),
  };
}

const sumsOf = (at: number): HourSums[] =>
  ["US", "CA"].map((country) => ({
    ...{ hour: 450_000, country, isLocal: true, version: at },
    figures: FIGURES.map(() => at),
  }));

let asked = 0;
/** About recipients who are called for the first time. */
function questionOf({ id }: Running, people: number): ClearanceRequest {
  const candidates = Array.from({ length: people }, () => {
    asked += 1;
    return { number: number(3_000_000 + asked), position: asked, attempt: 1, timezone: null };
  });
  return {
    ...{ batchId: id, fromNumberId: ids("ap", 0), rules: RULES, unused: [], isThrottled: false },
    candidates,
    atMost: people,
  };
}

/** Milliseconds of processor time for each second of the batches. */
async function aSecond(work: (second: number) => Promise<void>): Promise<number> {
  for (let second = 0; second < 5; second += 1) await work(second);
  const before = process.cpuUsage();
  for (let second = 5; second < SECONDS + 5; second += 1) await work(second);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / SECONDS;
}

export async function printBusy(): Promise<void> {
  const { classes } = await loadProduct();
  const { object, end } = await organizationWith(ROWS, classes as Record<string, unknown>, CALLS_AT_ONCE);
  const running: Running[] = [];
  for (let index = 0; index < BATCHES; index += 1) running.push(await batchOf(object, index));
  for (const one of running) {
    const { grantedSlots } = await object.report(reportOf(one, 0, false, []));
    if (grantedSlots !== EACH) throw new Error(`${grantedSlots} slots are granted`);
    await object.report(reportOf(one, 1, true, []));
  }
  let at = 2;
  const reports = async (ofThem: (index: number) => boolean): Promise<void> => {
    at += 1;
    for (const [index, one] of running.entries()) {
      // The sums are told once a minute.
      const isMinute = at % 60 === index;
      if (ofThem(index)) await object.report(reportOf(one, at, true, isMinute ? sumsOf(at) : []));
    }
  };
  const questions = async (object: Organization, second: number): Promise<void> => {
    const from = Math.floor(second * BEGIN_A_SECOND);
    const until = Math.floor((second + 1) * BEGIN_A_SECOND);
    for (let call = from; call < until; call += 1)
      await object.clear(questionOf(running[call % BATCHES] as Running, 1));
  };
  const first = await aSecond(() => reports(() => true));
  const later = await aSecond((second) => reports((index) => (index + second) % LATER_EVERY_SECONDS === 0));
  const cleared = await aSecond((second) => questions(object, second));
  const before = process.cpuUsage();
  for (const one of running) await object.clear(questionOf(one, EACH));
  const { user, system } = process.cpuUsage(before);
  end();

  const row = (name: string, messages: number, ms: number) => [
    name,
    messages.toFixed(1),
    ms.toFixed(1),
    `${(ms / 10).toFixed(1)}%`,
  ];
  console.log(`${BATCHES} batches of ${RECIPIENTS}, ${CALLS_AT_ONCE} calls at once, ${CALL_SECONDS} s each\n`);
  printTable([
    ["each second", "messages", "ms of the processor", "of the object's thread"],
    row("reports in a batch's first minute", BATCHES, first),
    row("reports later", BATCHES / LATER_EVERY_SECONDS, later),
    row("questions under a gap and a daily number", BEGIN_A_SECOND, cleared),
    row("together, in the first minute", BATCHES + BEGIN_A_SECOND, first + cleared),
    row("together, later", BATCHES / LATER_EVERY_SECONDS + BEGIN_A_SECOND, later + cleared),
  ]);
  console.log(
    `\nall ${CALLS_AT_ONCE} begin at once, under the same rules: ${((user + system) / 1_000).toFixed(0)} ms in ${BATCHES} questions`,
  );
}
