/**
 * The batch at work: takes an event and its time, changes the rows in one transaction, and returns effects. After every
 * event the same steps run and do what can be done now. They follow from the rows, so running them twice changes
 * nothing more. Synchronous: no clock, no network, no promise (`effects.ts`).
 */

import type { Act } from "../../calling/messages/act.ts";
import type { BatchSummary } from "../../calling/messages/batch-view.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import { ok, type Result } from "../../calling/requests/result.ts";
import { randomToken } from "../../calling/secrets/ids.ts";
import { isAtRest } from "../../calling/words/batch-status.ts";
import { cooledDown, withTrialCall } from "../attempts/circuit.ts";
import { beyondTimer, withinOwnPace, withinTimer } from "../dialing/batch-pace.ts";
import type { Line } from "../dialing/line.ts";
import { storeIntent } from "../people/moves.ts";
import type { NextUp } from "../people/queue.ts";
import { mayDial } from "../slots/request.ts";
import type { AttemptRow } from "../store/attempt-states.ts";
import { batchEventsOf, standingOf } from "../telling/events.ts";
import { recordedOrder } from "./acts.ts";
import type { Batch, Telling } from "./batch.ts";
import { nextDue } from "./due.ts";
import type { BatchEvent, Effect, Order } from "./effects.ts";
import { failed, heard, storeCircuit } from "./hearing.ts";
import { obeyed } from "./orders.ts";
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

export class Engine {
  readonly batch: Batch;

  constructor(batch: Batch) {
    this.batch = batch;
  }

  /** If it throws, the batch must be read from its rows again. */
  handle(event: BatchEvent, now: number): readonly Effect[] {
    const effects: Effect[] = [];
    // It changes no row before it is verified, and callbacks are many.
    if (event.kind === "callback") {
      this.batch.callbacks.requested(this.batch, event, now, effects);
      this.#fetchLine(now, effects);
      return effects;
    }
    if (readsRows(this.batch, event)) this.catchUp();
    this.#pass(() => heard(this.batch, event, now, effects), now, effects);
    return effects;
  }

  /** Stores what is kept back of calls in flight. Call it before their rows are read. */
  catchUp(): void {
    const { state, attempts } = this.batch;
    if (attempts.isAhead) state.take([() => () => attempts.storeAll()]);
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
    this.#pass(() => recordedOrder(batch, order, act, write, now), now, effects);
    return { answer: ok(batch.summary()), effects };
  }

  #pass(first: () => Write, now: number, effects: Effect[]): void {
    const { batch } = this;
    const before = standingOf(batch.row, batch.roster.counts);
    batch.state.take([
      first,
      () => this.#failLate(now, effects),
      () => this.#failUncallable(now, effects),
      () => this.#coolDown(now, effects),
      () => this.#dial(now, effects),
      () => this.#request(now),
      () => this.#askForMore(now, effects),
      () => this.#fitSlots(now),
      () => this.#rememberPace(now),
      () => this.#tell(before, now),
      () => (batch.outbox.isToStore(batch.isCalling) ? () => batch.outbox.store() : null),
      () => batch.attempts.toSave(isAtRest(batch.roster.counts), now),
      () => batch.askedOrders.conclude(batch, effects),
      () => batch.appends.conclude(batch, now, effects),
      () => batch.appends.proceed(batch, now, effects),
    ]);
    this.#watch(now, effects);
    this.#fetchLine(now, effects);
    const tellings = batch.tellings();
    for (const telling of tellings) this.#report(telling, now, effects);
    const events = batch.outbox.toSend(batch.isCalling, now);
    if (events !== null) effects.push({ kind: "send_events", events });
    this.#wake(tellings, now, effects);
    effects.push({ kind: "set_alarm", at: this.#dueAt(tellings, now) });
  }

  #fetchLine(now: number, effects: Effect[]): void {
    if (this.batch.line.isToBeAsked(now)) effects.push({ kind: "fetch_line" });
  }

  /** Direct calls that did not begin in their time, or will not for what the carrier or the pace says. */
  #failLate(now: number, effects: Effect[]): Write {
    const { batch } = this;
    if (batch.direct === null || batch.roster.counts.queued === 0) return null;
    const late = batch.direct.lateBy(Math.max(now, batch.placing.pausedUntil, batch.permission.pacedUntil));
    return late.size === 0 ? null : failed(batch, batch.roster.queue.waitingAmong(late), "not_in_time", now, effects);
  }

  #failUncallable(now: number, effects: Effect[]): Write {
    const { batch } = this;
    const uncallable = batch.callingHours.uncallable(batch.roster, now);
    return uncallable === null ? null : failed(batch, uncallable.who, uncallable.why, now, effects);
  }

  #coolDown(now: number, effects: Effect[]): Write {
    const after = cooledDown(this.batch.row, now);
    return after === this.batch.row ? null : () => storeCircuit(this.batch, after, now, effects);
  }

  /** Opens or closes the request to the ledger, as the rows now need it. */
  #request(now: number): Write {
    const after = this.batch.state.requested(now);
    return after === this.batch.row ? null : () => this.batch.replaceRow(after);
  }

  /**
   * Dials the recipients that may be dialed, within slots, connections and pace. An intent is stored before its request
   * leaves (promise 2). Write and request are in one turn, and the platform holds the request back until the write is
   * durable (Durable Objects, "output gates").
   */
  #dial(now: number, effects: Effect[]): Write {
    const { batch } = this;
    const free = this.#freeNow(now);
    if (free === 0 || batch.placing.pausedUntil > now || !batch.hasNext(now)) return null;
    const line = batch.line.toDial(now);
    // An intent is stored only when all that its request needs is at hand.
    if (line === null) {
      batch.line.want();
      return null;
    }
    const nextUp = batch.permission.toDial(batch, free, now);
    return nextUp.length === 0 ? null : () => this.#begin(nextUp, line, now, effects);
  }

  #begin(nextUp: readonly NextUp[], line: Line, now: number, effects: Effect[]): void {
    const { batch } = this;
    const rows = nextUp.map((next) => {
      const row = storeIntent(batch.sql, batch.roster, next, randomToken(batch.random), now);
      batch.attempts.stored(row);
      batch.permission.used(next);
      return row;
    });
    const [first] = rows;
    if (first !== undefined) storeCircuit(batch, withTrialCall(batch.row, first.number), now, effects);
    for (const row of rows) {
      effects.push({ kind: "broadcast", row });
      const recipient = batch.recipients.at(row.position);
      const group = batch.groupOf(row.position);
      effects.push({ kind: "place", request: batch.placing.place(line, batch.row, group, recipient, row, now) });
    }
  }

  /** How many recipients may be dialed now, within slots, connections and the batch's own pace. */
  #freeNow(now: number): number {
    const { row, roster, placing, freeSlots } = this.batch;
    if (!mayDial(row, now)) return 0;
    const free = Math.min(placing.connections.free(now), freeSlots);
    return withinOwnPace(row, roster, free, now);
  }

  /** Asks for clearance of the next recipients, and reports unused clearances. */
  #askForMore(now: number, effects: Effect[]): null {
    const { batch } = this;
    const isPaused = batch.placing.pausedUntil > now;
    const mayDial = !isPaused && batch.line.toDial(now) !== null;
    const free = mayDial ? this.#freeNow(now) : 0;
    const request =
      (free > 0 ? batch.permission.askForMore(batch, free, now) : null) ?? batch.permission.speak(batch, isPaused, now);
    if (request !== null) effects.push({ kind: "clear", request });
    return null;
  }

  /** Slots that the next requests are about to use are not given back. */
  #fitSlots(now: number): Write {
    const { batch } = this;
    const after = batch.state.fitted(now);
    if (after === batch.row) return null;
    const isLess = after.request_number === batch.row.request_number;
    return isLess && (!batch.placing.isIdle || batch.permission.isAsking) ? null : () => batch.replaceRow(after);
  }

  /** A pace that makes the object sleep is stored, so that the batch can report it afterwards. */
  #rememberPace(now: number): Write {
    const { batch } = this;
    const until = batch.permission.pacedUntil;
    // Direct calls do not wait for it.
    if (batch.state.isDirect) return null;
    if (beyondTimer(until, now) === 0 || until === batch.row.paced_until) return null;
    return () => batch.replaceRow({ ...batch.row, paced_until: until });
  }

  /** Tells webhooks what has become of the batch. Direct calls have no batch events. */
  #tell(before: ReturnType<typeof standingOf>, now: number): Write {
    const { batch } = this;
    if (batch.state.isDirect) return null;
    const after = standingOf(batch.row, batch.roster.counts);
    if (batchEventsOf(before, after).length === 0) return null;
    return () => batch.outbox.batchChanged(before, after, () => batch.summary(), now);
  }

  #watch(now: number, effects: Effect[]): void {
    const { batch } = this;
    if (batch.roster.inFlight.earliest(now) > now) return;
    const { watched } = batch;
    if (!batch.watch.hasDue(watched, now)) return;
    const line = batch.line.ready(now);
    if (line === null) {
      batch.line.want();
      return;
    }
    for (const request of batch.watch.ask(line, watched, now)) effects.push({ kind: "ask", request });
  }

  /** A call must be asked about, and the line for it is being fetched; its arrival continues the work. */
  #waitsForLine(now: number): boolean {
    const { batch } = this;
    return batch.line.ready(now) === null && batch.watch.hasDue(batch.watched, now);
  }

  #report({ reporter, report, summary: wholeSummary }: Telling, now: number, effects: Effect[]): void {
    const { batch } = this;
    if (!reporter.isToBeTold(report, batch.reportedWhen(now))) return;
    const { sumsDueAt, ...told } = report;
    const areSumsDue = sumsDueAt !== null && sumsDueAt !== undefined && sumsDueAt <= now;
    if (areSumsDue) reporter.bringsSums(now, batch.roster.changes);
    // Lists show why the batch waits. The reason is sent along with other news, and is never the only cause of a
    // report.
    const listed = batch.state.isDirect
      ? { waiting: null }
      : { waiting: batch.waiting(now), callingWindow: batch.callingHours.own };
    const summary = { ...wholeSummary(), ...listed };
    const sums = areSumsDue ? { sums: batch.untoldSums() } : {};
    effects.push({ kind: "report", report: { ...told, summary, ...sums } });
  }

  /** Sets a timer while the batch is at work: for recipients that the pace lets through soon, reports, and progress. */
  #wake(tellings: readonly Telling[], now: number, effects: Effect[]): void {
    const { batch } = this;
    const isPaced = batch.freeSlots > 0 && batch.roster.counts.queued > 0;
    const times = [
      isPaced ? withinTimer(batch.pauses.pacedUntil, now) : null,
      ...tellings.map(({ reporter, report }) => reporter.soon(report, now)),
      batch.outbox.soon(batch.isCalling, now),
      batch.attempts.saveBy,
    ].filter((at) => at !== null);
    if (times.length > 0) effects.push({ kind: "wake", at: Math.min(...times) });
  }

  #dueAt(tellings: readonly Telling[], now: number): number | null {
    const { batch } = this;
    const reportsDueAt = tellings
      .map(({ reporter, report }) => reporter.dueAt(report, now))
      .filter((at) => at !== null);
    return nextDue(
      {
        row: batch.row,
        roster: batch.roster,
        freeSlots: batch.freeSlots,
        pausedUntil: Math.max(batch.placing.pausedUntil, beyondTimer(batch.pauses.pacedUntil, now)),
        askAfter: batch.watch.askAfter,
        isAsking: batch.watch.isAsking || !batch.placing.isIdle || this.#waitsForLine(now),
        reportDueAt: reportsDueAt.length === 0 ? null : Math.min(...reportsDueAt),
        eventsDueAt: batch.outbox.dueAt(batch.isCalling, now),
        expiresAt: batch.expiresAt,
        isUnsaved: batch.attempts.saveBy !== null,
        recoveryMs: batch.recoveryMs,
      },
      now,
    );
  }
}
