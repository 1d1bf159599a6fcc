/** What each event makes of the batch: what is written, and which effects follow from the event alone. */

import type { ReportAnswer } from "../../calling/messages/slots.ts";
import type { NotDialed } from "../../calling/words/not-dialed.ts";
import type { LogLine } from "../../log.ts";
import { isOnTrial } from "../attempts/circuit.ts";
import { canSettle, type Happening, type Intention, settle } from "../attempts/settle.ts";
import { isToldAgain, saveBy } from "../attempts/told-again.ts";
import { notDialed } from "../attempts/transitions.ts";
import type { Line } from "../dialing/line.ts";
import { failWaiting, storeNextAttempt } from "../people/moves.ts";
import type { WhoWaits } from "../people/queue.ts";
import type { Refused } from "../slots/permission.ts";
import { withGrant } from "../slots/request.ts";
import type { AttemptRow } from "../store/attempt-states.ts";
import { type BatchRow, isSameButForActs, webhooksText, withAct, withoutActs } from "../store/batch-row.ts";
import { callEventOf } from "../telling/events.ts";
import type { Told } from "../telling/reporter.ts";
import { circuitRecordOf } from "./acts.ts";
import type { Batch } from "./batch.ts";
import type { CallbackNews } from "./callbacks.ts";
import type { DirectRequests, Unsettled } from "./direct-requests.ts";
import type { BatchEvent, Effect } from "./effects.ts";
import { all, type Write } from "./state.ts";

/** What the event writes; null: nothing. Adds its effects to `effects`. */
export function heard(
  batch: Batch,
  event: Exclude<BatchEvent, { kind: "callback" }>,
  now: number,
  effects: Effect[],
): Write {
  switch (event.kind) {
    case "woken":
      return null;
    case "append":
      batch.appends.requested(event);
      return null;
    case "admitted":
      return batch.appends.admitted(batch, event.answer, now, effects);
    case "retry":
      return batch.askedOrders.retry(batch, event, now, effects);
    case "line_checked":
      return batch.askedOrders.lineChecked(batch, event.to, event.dialing, now, effects);
    case "change":
      return batch.askedOrders.change(batch, event, now, effects);
    case "rules_told":
      return batch.askedOrders.rulesTold(batch, event.to, event.isHeard, now, effects);
    case "names":
      batch.line.wantFor(event.to);
      return null;
    case "end_call":
      return batch.endingCalls.requested(batch, event, now, effects);
    case "consulted":
      return batch.endingCalls.consulted(batch, event.to, event.answer, now, effects);
    case "verified":
      return calledBack(batch, batch.callbacks.verified(batch, event.to, event.outcome, now, effects), now, effects);
    case "broke":
      batch.appends.broke(event.to);
      batch.askedOrders.forget(event.to);
      batch.callbacks.forget(event.to);
      return null;
    case "placed": {
      const placed = batch.placing.answered(event.number, event.outcome, batch.state.isDirect, now);
      if (placed === null) return null;
      if (placed.isThrottled) batch.permission.throttled(now);
      log(placed.logs, effects);
      const pause = placed.isThrottled ? carrierPaused(batch) : null;
      if (placed.kind === "happened")
        return all([pause, happened(batch, event.number, placed.happening, now, effects)]);
      effects.push({ kind: "place", request: placed.request });
      return pause;
    }
    case "asked": {
      const { happening, end, logs } = batch.watch.answered(event.number, event.answer, batch.watched, now);
      log(logs, effects);
      if (end !== null) {
        batch.contexts.endedBecause(event.number, end.reason);
        effects.push({ kind: "ask", request: end.request });
      }
      return happening === null ? null : happened(batch, event.number, happening, now, effects);
    }
    case "line":
      return lineCame(batch, event.line, now, effects);
    case "no_line":
      return lineFailed(batch, event.error, now, effects);
    case "cleared":
      return refused(batch, batch.permission.answered(event.answer, batch.state.isDirect, now), now, effects);
    case "not_cleared":
      batch.permission.unanswered();
      couldNot(batch, "clearance_unanswered", event.error, now, effects);
      return null;
    case "report_answered":
      return acknowledged(batch, event, now, effects);
    case "report_unanswered":
      (batch.direct?.unsettled(event.about)?.reporter ?? batch.reporter).failed(now);
      warn(batch, "report_failed", event.error, effects);
      return null;
    case "granted":
      return changed(batch, withGrant(batch.row, event.answer, now));
    case "webhooks":
      return changed(batch, withWebhooks(batch.row, event.targets));
    case "rules_changed":
      return rulesChanged(batch, event.listed, now, effects);
    case "events_sent":
      batch.outbox.sent(event.ids);
      return null;
    case "events_unsent":
      batch.outbox.unsent(now);
      warn(batch, "events_unsent", event.error, effects);
      return null;
  }
}

/**
 * The carrier's pause outlives the object. The attempt's row cannot say it: whether the call was placed may be unknown,
 * or the attempt is over.
 */
function carrierPaused(batch: Batch): Write {
  const until = batch.placing.pausedUntil;
  return until === batch.row.deferred_until ? null : () => batch.replaceRow({ ...batch.row, deferred_until: until });
}

const changed = (batch: Batch, row: BatchRow | null): Write =>
  row === null || row === batch.row ? null : () => batch.replaceRow(row);

/** What a genuine callback says. */
function calledBack(batch: Batch, said: CallbackNews | null, now: number, effects: Effect[]): Write {
  if (said === null) return null;
  const { number, event } = said;
  if (event.kind === "progress") return happened(batch, number, event, now, effects);
  // The agent's side closed the audio; the end of the call follows.
  batch.contexts.agentClosed(number);
  return null;
}

/** A call made progress. */
function happened(batch: Batch, number: number, happening: Happening, now: number, effects: Effect[]): Write {
  const row = batch.attempts.find(number);
  if (row === null) return null;
  const isLatest = batch.roster.latestOf(row.position)?.number === number;
  const settled = settle(row, happening, batch.timing, intentionOf(batch.row, isLatest), now);
  if (settled === null) return null;
  // A person who is to be erased does not wait again.
  const after = row.redacted_at !== null && settled.status === "queued" ? notDialed(settled, "erased", now) : settled;
  const isKeptBack = mayWait(batch, row, after);
  const follow = (): void => {
    if (isKeptBack) batch.attempts.advance(row, after, saveBy(row, now));
    else if (!batch.attempts.change(row, after)) return;
    if (happening.kind === "refused" || happening.kind === "deferred") batch.permission.unused(row);
    // A report about an earlier attempt does not change the recipient's status.
    if (isLatest) batch.roster.follow(row, after);
    else batch.roster.changedAt(after.updated_at);
    batch.outbox.attemptChanged(row, after, now);
    if (!canSettle(after.status)) {
      batch.contexts.forget(number);
      batch.watch.forget(number);
    }
    const mayCallAgain =
      batch.row.cancelled_at === null && row.redacted_at === null && isLatest && row.status !== after.status;
    const next = mayCallAgain ? storeNextAttempt(batch.sql, batch.roster, batch.retryPolicy, after, now) : null;
    if (isLatest) effects.push({ kind: "broadcast", row: next ?? after });
    if (canSettle(row.status)) {
      storeCircuit(batch, batch.circuit.heard(batch.row, after, batch.roster.counts.queued > 0, now), now, effects);
    } else if (batch.row.rest_known === 1 && !batch.state.isDirect) {
      // The organization thinks that it has been told everything.
      batch.replaceRow({ ...batch.row, rest_known: 0 });
    }
  };
  if (!isKeptBack) return follow;
  follow();
  return null;
}

/** Only the attempt's own row would be written, and what it says is told again after a crash. */
function mayWait({ row, state, line, outbox }: Batch, before: AttemptRow, after: AttemptRow): boolean {
  if (line.last === null || state.isDirect || isOnTrial(row)) return false;
  const teller = { ...line.last.capabilities, isAsked: line.asking.whileRingingMs !== null };
  return isToldAgain(before, after, teller) && !outbox.isWanted(callEventOf(before, after));
}

function intentionOf({ cancelled_at, on_voicemail }: BatchRow, isLatest: boolean): Intention {
  return { isCancelled: cancelled_at !== null, hangsUpOnMachines: on_voicemail === "hang_up", isLatest };
}

/** Stores what the circuit breaker makes of the row, and has watchers read the batch again. Call it in a write. */
export function storeCircuit(batch: Batch, row: BatchRow, now: number, effects: Effect[]): void {
  if (row === batch.row) return;
  batch.replaceRow(withAct(row, circuitRecordOf(batch, row, now)));
  effects.push({ kind: "broadcast", row: null });
}

/** Waiting recipients fail without a call. */
export function failed(batch: Batch, who: WhoWaits, why: NotDialed, now: number, effects: Effect[]): Write {
  if (who.positions.length + who.numbers.length === 0) return null;
  return () => {
    failWaiting(batch.sql, batch.roster, who, why, now, (before, after) =>
      batch.outbox.attemptChanged(before, after, now),
    );
    effects.push({ kind: "broadcast", row: null });
  };
}

const refused = (batch: Batch, those: readonly Refused[], now: number, effects: Effect[]): Write =>
  all(
    those.map(({ positions, why }) =>
      positions.size === 0 ? null : failed(batch, batch.roster.queue.waitingAmong(positions), why, now, effects),
    ),
  );

const withWebhooks = (row: BatchRow, targets: Parameters<typeof webhooksText>[0]): BatchRow => {
  const webhooks = webhooksText(targets);
  return webhooks === row.webhooks ? row : { ...row, webhooks };
};

type ReportAnswered = Extract<BatchEvent, { kind: "report_answered" }>;

/** The organization acknowledged a report. It answers with the webhooks, the grant, and what a dial needs beside that. */
function acknowledged(batch: Batch, { about, answer, line }: ReportAnswered, now: number, effects: Effect[]): Write {
  const { direct } = batch;
  const request = direct?.unsettled(about) ?? null;
  const told = (request?.reporter ?? batch.reporter).acknowledged();
  // An organization's object of an earlier version sends no webhooks.
  const row = withWebhooks(
    withSumsTold(batch, withoutActs(batch.row, told.report.acts), told, now),
    answer.webhooks ?? [],
  );
  const write =
    direct === null ? granted(batch, row, answer, told, now) : settled(batch, direct, request, row, answer, told);
  if (line === undefined) return write;
  const isTaken = batch.line.brought(line, told.asked.line);
  return isTaken ? all([write, ...withLine(batch, line, now, effects)]) : write;
}

/** What was told of the sums. A change in the millisecond of the count is told again, unless there was none. */
function withSumsTold({ roster }: Batch, row: BatchRow, { sums }: Told, now: number): BatchRow {
  if (sums === null) return row;
  const isAll = roster.changes === sums.changes && now > sums.at;
  return { ...row, sums_told: isAll ? sums.at + 1 : sums.at };
}

function granted(batch: Batch, row: BatchRow, answer: ReportAnswer, { report: told, asked }: Told, now: number): Write {
  const isRest = told.atRest && !told.slots.open && told.slots.holds === 0;
  const isAllTold = isRest && row.rest_known === 0 && batch.reporter.dueAt(batch.report(row), now) === null;
  const rested: BatchRow = isAllTold ? { ...row, rest_known: 1 } : row;
  const admitted = withGrant(rested, answer, now);
  if (admitted !== null && answer.isFree === true) batch.permission.free(admitted, asked);
  const after = admitted ?? rested;
  if (told.atRest || !isSameButForActs(after, batch.row)) return changed(batch, after);
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
  if (direct.hasSlots && answer.isFree === true) batch.permission.free(batch.row, asked);
  const isAllOver = direct.settledTo === row.total_recipients && row.settled_to !== row.total_recipients;
  return changed(batch, isAllOver ? { ...row, settled_to: row.total_recipients } : row);
}

function lineCame(batch: Batch, line: Line, now: number, effects: Effect[]): Write {
  batch.line.heard(line);
  return all(withLine(batch, line, now, effects));
}

/** What comes with it: names, the account, the calling window. */
function withLine(batch: Batch, line: Line, now: number, effects: Effect[]): readonly Write[] {
  named(batch, line, effects);
  batch.callbacks.lineCame(batch, line, effects);
  return [
    ...batch.endingCalls.lineCame(batch, line, now, effects),
    batch.state.windowLearned(line.dialing.calling_window),
  ];
}

function lineFailed(batch: Batch, error: unknown, now: number, effects: Effect[]): Write {
  if (batch.roster.counts.queued > 0) couldNot(batch, "no_line", error, now, effects);
  batch.line.unanswered(now);
  named(batch, null, effects);
  batch.callbacks.lineFailed(batch, error, effects);
  batch.endingCalls.lineFailed(batch, error, effects);
  const { happenings, logs } = batch.watch.unreachable(batch.watched, now);
  log(logs, effects);
  return all(happenings.map(({ number, happening }) => happened(batch, number, happening, now, effects)));
}

function named(batch: Batch, line: Line | null, effects: Effect[]): void {
  for (const to of batch.line.takeAskers()) effects.push({ kind: "reply", to, answer: line });
}

function rulesChanged(batch: Batch, listed: readonly string[], now: number, effects: Effect[]): Write {
  const { row } = batch;
  const those = batch.permission.rulesChanged(listed, row.total_recipients);
  if (listed.length > 0) return refused(batch, [those], now, effects);
  // The organization's holds and its calling window must both be asked for again.
  batch.line.forget();
  batch.heldBack.clear();
  const isOther = batch.callingHours.learnFloor(null);
  if (!isOther && row.holds === null && row.paced_until === null) return null;
  return () => {
    batch.replaceRow({ ...row, floor: null, holds: null, paced_until: null });
    batch.state.recount();
  };
}

/** The organization did not answer: no recipient is dialed for a while. */
function couldNot(batch: Batch, event: string, error: unknown, now: number, effects: Effect[]): void {
  log([{ level: "error", event, batch: batch.row.id, error: String(error) }], effects);
  batch.placing.couldNot(now);
}

function warn(batch: Batch, event: string, error: unknown, effects: Effect[]): void {
  log([{ level: "warn", event, batch: batch.row.id, error: String(error) }], effects);
}

function log(lines: readonly LogLine[], effects: Effect[]): void {
  for (const line of lines) effects.push({ kind: "log", log: line });
}
