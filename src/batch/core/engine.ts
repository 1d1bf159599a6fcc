/**
 * The batch at work: takes an event and its time, changes the rows in one transaction, and returns effects. After every
 * event the same steps run and do what can be done now. They follow from the rows, so running them twice changes
 * nothing more. Synchronous: no clock, no network, no promise (`effects.ts`).
 */

import type { Act } from "../../calling/messages/act.ts";
import type { BatchSummary } from "../../calling/messages/batch-view.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import { ok, type Result } from "../../calling/requests/result.ts";
import { isAtRest } from "../../calling/words/batch-status.ts";
import { cooledDown } from "../attempts/circuit.ts";
import { fitted, requested } from "../slots/request.ts";
import type { AttemptRow } from "../store/attempt-states.ts";
import { batchEventsOf, type Standing, standingOf } from "../telling/events.ts";
import { recordedOrder } from "./asked/acts.ts";
import { obeyed } from "./asked/orders.ts";
import type { Batch } from "./batch.ts";
import { askForMore, dial, rememberPace } from "./dialing.ts";
import type { BatchEvent, Effect, Order } from "./effects.ts";
import { heard } from "./hearing.ts";
import { failed, storeCircuit } from "./progress.ts";
import { fetchLine, speak } from "./speaking.ts";
import type { Write } from "./state.ts";

/** `answer`: the batch after the order. */
export type Obeyed = { readonly answer: Result<BatchSummary, Failure>; readonly effects: readonly Effect[] };

/** The attempt that watchers must know of; null: the whole batch. */
const changedBy = (batch: Batch, order: Order): AttemptRow | null =>
  order.kind === "remark" ? batch.attempts.find(order.number) : null;

/**
 * Whether the event needs more rows of attempts than those that it is about. The others are the many that calls in flight
 * bring.
 */
function readsRows({ endingCalls }: Batch, event: BatchEvent): boolean {
  switch (event.kind) {
    case "woken":
    case "verified":
    case "placed":
    case "cleared":
    case "not_cleared":
    case "report_unanswered":
    case "granted":
    case "webhooks":
    case "events_sent":
    case "events_unsent":
      return false;
    case "report_answered":
      return event.line !== undefined && endingCalls.waitForLine;
    case "line":
    case "no_line":
      return endingCalls.waitForLine;
    // Which calls that were found belong to another attempt.
    case "asked":
      return event.answer.kind === "find";
    default:
      return true;
  }
}

/**
 * What was heard of a report changes nothing by itself, unless it brings the line to dial by. What else is due has its own
 * event, or a timer or an alarm.
 */
const isOnlyTold = ({ direct }: Batch, event: BatchEvent): boolean =>
  event.kind === "report_unanswered" ||
  (event.kind === "report_answered" && direct === null && event.line === undefined);

export class Engine {
  readonly batch: Batch;

  constructor(batch: Batch) {
    this.batch = batch;
  }

  /** If it throws, the batch must be read from its rows again. */
  handle(event: BatchEvent, now: number): readonly Effect[] {
    const { batch } = this;
    const effects: Effect[] = [];
    // It changes no row before it is verified, and callbacks are many.
    if (event.kind === "callback") {
      batch.callbacks.requested(batch, event, now, effects);
      fetchLine(batch, now, effects);
      return effects;
    }
    if (readsRows(batch, event)) this.catchUp();
    const before = standingOf(batch.row, batch.roster.counts);
    const write = heard(batch, event, now, effects);
    if (write !== null || !isOnlyTold(batch, event)) batch.take(decisions(batch, write, before, now, effects));
    speak(batch, now, effects);
    return effects;
  }

  /** Stores what is kept back of calls in flight. Call it before their rows are read. */
  catchUp(): void {
    const { batch } = this;
    if (batch.attempts.isAhead) batch.take([() => batch.attempts.storeAll()]);
  }

  /** `act`: who orders it, for the audit. */
  obey(order: Order, now: number, act?: Act): Obeyed {
    const { batch } = this;
    this.catchUp();
    const obedience = obeyed(batch, order, { at: now, by: act?.by ?? null });
    if (!obedience.ok) return { answer: obedience, effects: [] };
    const write = obedience.value;
    if (write === null) return { answer: ok(batch.summary()), effects: [] };
    const effects: Effect[] = [{ kind: "broadcast", row: changedBy(batch, order) }];
    const before = standingOf(batch.row, batch.roster.counts);
    batch.take(decisions(batch, recordedOrder(batch, order, act, write, now), before, now, effects));
    speak(batch, now, effects);
    return { answer: ok(batch.summary()), effects };
  }
}

/** One after the other: each is decided when what the one before it writes has been written. */
function* decisions(batch: Batch, first: Write, before: Standing, now: number, effects: Effect[]): Generator<Write> {
  yield first;
  yield failLate(batch, now, effects);
  yield failUncallable(batch, now, effects);
  yield coolDown(batch, now, effects);
  yield dial(batch, now, effects);
  // Opens or closes the request to the ledger, as the rows now need it.
  yield batch.becoming(requested(batch.row, batch.roster, batch.heldBack, now));
  askForMore(batch, now, effects);
  yield fitSlots(batch, now);
  yield rememberPace(batch, now);
  yield tellWebhooks(batch, before, now);
  yield batch.outbox.isToStore(batch.isCalling) ? () => batch.outbox.store(batch.isCalling) : null;
  yield batch.attempts.toSave(isAtRest(batch.roster.counts), now);
  batch.askedOrders.conclude(batch, effects);
  yield batch.appends.conclude(batch, now, effects);
  yield batch.appends.proceed(batch, now, effects);
}

/** Direct calls that did not begin in their time, or will not for what the carrier or the pace says. */
function failLate(batch: Batch, now: number, effects: Effect[]): Write {
  if (batch.direct === null || batch.roster.counts.queued === 0) return null;
  const late = batch.direct.lateBy(Math.max(now, batch.placing.pausedUntil, batch.permission.pacedUntil));
  return late.size === 0 ? null : failed(batch, batch.roster.queue.waitingAmong(late), "not_in_time", now, effects);
}

function failUncallable(batch: Batch, now: number, effects: Effect[]): Write {
  const uncallable = batch.callingHours.uncallable(batch.roster, now);
  return uncallable === null ? null : failed(batch, uncallable.who, uncallable.why, now, effects);
}

function coolDown(batch: Batch, now: number, effects: Effect[]): Write {
  const after = cooledDown(batch.row, now);
  return after === batch.row ? null : () => storeCircuit(batch, after, now, effects);
}

/** Slots that the next requests are about to use are not given back. */
function fitSlots(batch: Batch, now: number): Write {
  const after = fitted(batch.row, batch.roster, now);
  const isLess = after.request_number === batch.row.request_number;
  return isLess && (!batch.placing.isIdle || batch.permission.isAsking) ? null : batch.becoming(after);
}

/** Tells webhooks what has become of the batch. Direct calls have no batch events. */
function tellWebhooks(batch: Batch, before: Standing, now: number): Write {
  const after = standingOf(batch.row, batch.roster.counts);
  if (batch.isDirect || batchEventsOf(before, after).length === 0) return null;
  return () => batch.outbox.batchChanged(before, after, () => batch.summary(), now);
}
