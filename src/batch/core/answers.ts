/** What the organization's answers and messages make of the batch: about reports, the line, the rules. */

import type { ReportAnswer } from "../../calling/messages/slots.ts";
import type { WebhookTarget } from "../../calling/messages/webhook.ts";
import type { LogLine } from "../../log.ts";
import type { Line } from "../dialing/line.ts";
import type { Refused } from "../slots/permission.ts";
import { withGrant } from "../slots/request.ts";
import { type BatchRow, isSameButForActs, webhooksText, withoutActs } from "../store/batch-row.ts";
import type { Told } from "../telling/reporter.ts";
import type { Batch } from "./batch.ts";
import type { DirectRequests, Unsettled } from "./direct-requests.ts";
import type { BatchEvent, Effect } from "./effects.ts";
import { failed, happened } from "./progress.ts";
import { all, type Write } from "./state.ts";

type ReportAnswered = Extract<BatchEvent, { kind: "report_answered" }>;
type NoLine = Extract<BatchEvent, { kind: "no_line" }>;

/** It acknowledged a report. It answers with the webhooks, the grant, and what a dial needs beside that. */
export function acknowledged(
  batch: Batch,
  { about, answer, line }: ReportAnswered,
  now: number,
  effects: Effect[],
): Write {
  const { direct } = batch;
  const request = direct?.unsettled(about) ?? null;
  const told = (request?.reporter ?? batch.reporter).acknowledged();
  // An organization's object of an earlier version sends no webhooks.
  const row = withWebhooks(withSumsTold(batch, withoutActs(batch.row, told.report.acts), told), answer.webhooks ?? []);
  const write =
    direct === null ? granted(batch, row, answer, told, now) : settled(batch, direct, request, row, answer, told);
  if (line === undefined) return write;
  const isTaken = batch.line.brought(line, told.asked.line);
  return isTaken ? all([write, ...withLine(batch, line, true, now, effects)]) : write;
}

/** What was told of the sums. What has changed since they were counted has their time at least. */
function withSumsTold({ roster }: Batch, row: BatchRow, { sums }: Told): BatchRow {
  if (sums === null) return row;
  return { ...row, sums_told: roster.changes === sums.changes ? sums.at + 1 : sums.at };
}

function granted(batch: Batch, row: BatchRow, answer: ReportAnswer, { report: told, asked }: Told, now: number): Write {
  const isRest = told.atRest && !told.slots.open && told.slots.holds === 0;
  const isAllTold = isRest && row.rest_known === 0 && batch.reporter.dueAt(batch.report(row), now) === null;
  const rested: BatchRow = isAllTold ? { ...row, rest_known: 1 } : row;
  const admitted = withGrant(rested, answer, now);
  if (admitted !== null && answer.isFree === true) batch.permission.freeByGrant(admitted, asked);
  const after = admitted ?? rested;
  if (told.atRest || !isSameButForActs(after, batch.row)) return batch.becoming(after);
  // Stored with the next change. A restart before that tells the acts again, and they are known.
  if (after !== batch.row) batch.replaceRow(after);
  return null;
}

/** The organization has heard of one request for direct calls. Once it knows that all are over, that is stored. */
function settled(
  batch: Batch,
  direct: DirectRequests,
  request: Unsettled | null,
  row: BatchRow,
  answer: ReportAnswer,
  { report: told, asked }: Told,
): Write {
  if (request !== null) direct.acknowledged(request, told.slots, answer);
  if (direct.hasSlots && answer.isFree === true) batch.permission.freeByGrant(batch.row, asked);
  const isAllOver = direct.settledTo === row.total_recipients && row.settled_to !== row.total_recipients;
  return batch.becoming(isAllOver ? { ...row, settled_to: row.total_recipients } : row);
}

/** The webhooks that events go to from now on. */
export const withWebhooks = (row: BatchRow, targets: readonly WebhookTarget[]): BatchRow => {
  const webhooks = webhooksText(targets);
  return webhooks === row.webhooks ? row : { ...row, webhooks };
};

export function lineCame(batch: Batch, line: Line, now: number, effects: Effect[]): Write {
  const isCurrent = batch.line.heard(line);
  return all(withLine(batch, line, isCurrent, now, effects));
}

/**
 * What comes with it: names, the account, the calling window. A window may make recipients fail. So one that may have
 * been changed is not learned.
 */
function withLine(batch: Batch, line: Line, isCurrent: boolean, now: number, effects: Effect[]): readonly Write[] {
  named(batch, line, effects);
  batch.callbacks.lineCame(batch, line, effects);
  const ended = batch.endingCalls.lineCame(batch, line, now, effects);
  return isCurrent ? [...ended, batch.windowLearned(line.dialing.calling_window)] : ended;
}

/**
 * If the line is gone, nobody who waits can ever be dialed: they fail, so that the batch ends and returns its slots. Calls
 * in flight go on.
 */
export function lineFailed(batch: Batch, { error, isGone }: NoLine, now: number, effects: Effect[]): Write {
  // A read, a callback or the watchdog may have asked for it.
  const { isAskedToDial, isDialPutOff } = batch.line.unanswered(now);
  if (isDialPutOff && !isGone) couldNot(batch, "no_line", error, now, effects);
  // Who waits for the answer to somebody else's question may have joined after it left, and asks again in this turn.
  const isOver = isGone && isAskedToDial;
  if (isOver) warn(batch, "line_gone", error, effects);
  named(batch, null, effects);
  batch.callbacks.lineFailed(batch, error, effects);
  batch.endingCalls.lineFailed(batch, error, effects);
  const { happenings, logs } = batch.watch.unreachable(now);
  log(logs, effects);
  return all([
    isOver ? failed(batch, batch.roster.queue.everybodyWaiting(), "line_gone", now, effects) : null,
    ...happenings.map(({ number, happening }) => happened(batch, number, happening, now, effects)),
  ]);
}

function named(batch: Batch, line: Line | null, effects: Effect[]): void {
  for (const to of batch.line.takeAskers()) effects.push({ kind: "reply", to, answer: line });
}

/** These recipients fail without a call. */
export const refused = (batch: Batch, those: readonly Refused[], now: number, effects: Effect[]): Write =>
  all(
    those.map(({ positions, why }) =>
      positions.size === 0 ? null : failed(batch, batch.roster.queue.waitingAmong(positions), why, now, effects),
    ),
  );

export function rulesChanged(batch: Batch, listed: readonly string[], now: number, effects: Effect[]): Write {
  const { row } = batch;
  const those = batch.permission.rulesChanged(listed, row.total_recipients);
  if (listed.length > 0) return refused(batch, [those], now, effects);
  // The organization's holds and its calling window must both be asked for again. It may have more slots, too.
  batch.line.forget();
  batch.heldBack.clear();
  const isOther = batch.callingHours.learnFloor(null);
  if (!isOther && row.holds === null && row.paced_until === null && row.most_slots === null) return null;
  return () => {
    batch.replaceRow({ ...row, floor: null, holds: null, paced_until: null, most_slots: null });
    batch.recount();
  };
}

/** It did not answer: no recipient is dialed for a while. */
export function couldNot(batch: Batch, event: string, error: unknown, now: number, effects: Effect[]): void {
  log([{ level: "error", event, batch: batch.row.id, error: String(error) }], effects);
  batch.placing.couldNot(now);
}

export function warn(batch: Batch, event: string, error: unknown, effects: Effect[]): void {
  log([{ level: "warn", event, batch: batch.row.id, error: String(error) }], effects);
}

export function log(lines: readonly LogLine[], effects: Effect[]): void {
  for (const line of lines) effects.push({ kind: "log", log: line });
}
