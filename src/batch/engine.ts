/**
 * The batch at work: stores intents, places calls, settles what happens, refills freed slots in the same turn, watches
 * calls in flight, and keeps the alarm. Everything it does follows from the rows, so whatever woke it, it does the same:
 * `act`. Its decisions are the pure functions beside it.
 *
 * An intent is stored before its request leaves (promise 2): the write and the request are in one turn, and the platform
 * holds the request back until the write is durable (Durable Objects, "output gates").
 */

import { present } from "../calling/assert.ts";
import { isAtRest } from "../calling/batch-status.ts";
import type { BatchSummary } from "../calling/batch-view.ts";
import type { EndReason } from "../calling/call.ts";
import type { Failure } from "../calling/failure.ts";
import { type BatchRoute, callId, randomToken, recipientId } from "../calling/ids.ts";
import { maskedNumber } from "../calling/phone-number.ts";
import { ok, type Result } from "../calling/result.ts";
import { nextAttemptAt, type RetryPolicy } from "../calling/retry-policy.ts";
import type { BatchReport, SlotAnswer, SlotStatement } from "../calling/slots.ts";
import type { Waiting } from "../calling/waiting.ts";
import type { CallContext, PlaceOutcome } from "../dialer/dialer.ts";
import type { AlarmClock } from "../storage/alarm-clock.ts";
import type { Sql } from "../storage/sql.ts";
import type { CallingWindow } from "../window/window.ts";
import {
  type AttemptRow,
  beginQueued,
  cancelQueued,
  carrierCallsOf,
  changeAttempt,
  findAttempt,
  insertFailed,
  insertIntent,
  insertQueued,
  requeueFailed,
  rosterRows,
} from "./attempts.ts";
import { type BatchRow, readBatch, updateBatch } from "./batch-row.ts";
import { nextDue } from "./due.ts";
import { ALWAYS, expiryOf, type Hours, hoursOf } from "./hours.ts";
import type { Line, LineKeeper } from "./line.ts";
import { Pause } from "./pause.ts";
import { Recipients } from "./recipients.ts";
import { Reporter } from "./reporter.ts";
import { admitted, freeSlots, requested, statementOf } from "./request.ts";
import { type Pick, Roster } from "./roster.ts";
import { canSettle, type Happening, settle } from "./settle.ts";
import { type CallTiming, DEFERRED_AT_MOST_MS, INTENT_DUE_MS } from "./timing.ts";
import { summaryOf } from "./views.ts";
import { waitingOf } from "./waiting.ts";
import { Watch } from "./watch.ts";

/**
 * Requests to the carrier under way at once. The platform lets an object wait for the headers of 6 (Workers, Limits;
 * an object's requests share one I/O context); one is left for the questions of the watchdog.
 */
const LANES = 5;

const EXPIRED = "its calling window expired before it could be called";
const NEVER_OPEN =
  "it may never be called: its time zone is not known and the calling window blocks that, or its windows are never open together";

export type EnginePort = {
  readonly sql: Sql;
  readonly alarm: AlarmClock;
  readonly line: LineKeeper;
  readonly checkMs: number;
  readonly route: BatchRoute;
  readonly report: (report: BatchReport) => Promise<SlotAnswer>;
  readonly background: (work: Promise<void>) => void;
  /** An attempt has changed; null: many have, or the batch itself. */
  readonly changed: (row: AttemptRow | null, now: number) => void;
};

export class Engine {
  readonly #port: EnginePort;
  readonly #sql: Sql;
  readonly recipients: Recipients;
  readonly reporter: Reporter;
  readonly #watch: Watch;
  readonly #pause = new Pause();
  #row: BatchRow;
  #hours: Hours;
  /** The organization's calling window as JSON, which comes with the line; the batch's own can only narrow it. */
  #floor: string | null = null;
  #roster: Roster;
  /** Attempts whose request to the carrier is under way. After a restart nobody waits for them: the watchdog settles them. */
  readonly #placing = new Set<number>();
  /** The agent's side closed these calls' audio. Losing it makes their end reason `client_hangup`. */
  readonly #agentClosed = new Set<number>();
  /** Why we asked the carrier to end these calls. Losing it leaves the carrier's own reason. */
  readonly #endedBecause = new Map<number, EndReason>();

  /** The batch must be stored. */
  constructor(port: EnginePort) {
    this.#port = port;
    this.#sql = port.sql;
    this.recipients = new Recipients(port.sql);
    this.#row = readBatch(port.sql);
    this.#hours = this.#workOutHours();
    this.#roster = this.#recount();
    this.reporter = new Reporter({
      current: () => this.#currentReport(),
      send: port.report,
      background: port.background,
      acknowledged: (report, answer) => this.#acknowledged(report, answer),
    });
    if (this.#row.rest_known === 1) this.reporter.assumeTold(this.#currentReport(), this.#row.changed_at);
    this.#watch = new Watch({
      line: port.line,
      timing: this.timing,
      roster: () => this.#roster,
      isBusy: (number) => this.#placing.has(number),
      find: (number) => findAttempt(this.#sql, number),
      contextOf: (number) => this.contextOf(number),
      numberOf: (row) => this.recipients.at(row.position).to_number,
      settle: (number, happening) => this.happened(number, happening),
      endedBecause: (number, reason) => this.#endedBecause.set(number, reason),
      callIdOf: (row) => callId(this.#port.route, row.number),
      claimed: (ids) => carrierCallsOf(this.#sql, ids),
      rearm: () => this.#arm(Date.now()),
    });
  }

  get route(): BatchRoute {
    return this.#port.route;
  }
  get line(): LineKeeper {
    return this.#port.line;
  }
  get row(): BatchRow {
    return this.#row;
  }
  get roster(): Roster {
    return this.#roster;
  }
  get timing(): CallTiming {
    return {
      ringingMs: this.#row.ringing_timeout_seconds * 1_000,
      maxDurationMs: this.#row.max_call_duration_minutes * 60_000,
      checkMs: this.#port.checkMs,
    };
  }

  summary(): BatchSummary {
    return summaryOf(this.#row, this.#roster.counts, this.#roster.updatedAt);
  }

  statement(): SlotStatement {
    return statementOf(this.#row, this.#roster.flying);
  }

  contextOf(number: number): CallContext {
    return {
      maxDurationSeconds: this.timing.maxDurationMs / 1_000,
      endedBecause: this.#endedBecause.get(number) ?? null,
      agentClosed: this.#agentClosed.has(number),
    };
  }

  /** Does whatever can be done now. Called after every change, by every wake-up; doing it twice does nothing more. */
  act(now: number): void {
    this.#failUncallable(now);
    if (requested(this.#row, this.#roster.earliestAt(now), now) !== this.#row) this.#change(now, () => {});
    this.#dial(now);
    this.#watch.run(now, this.#port.background);
    this.reporter.push(now);
    this.#arm(now);
  }

  /** Something happened to a call: settled, and its slot refilled in the same turn. */
  happened(number: number, happening: Happening): void {
    const now = Date.now();
    this.#change(now, () => {
      const row = findAttempt(this.#sql, number);
      if (row === null || !canSettle(row.status)) return;
      const after = settle(row, happening, this.timing, this.#row.cancelled_at !== null, now);
      if (after === null || !changeAttempt(this.#sql, row.status, after)) return;
      this.#roster.follow(row, after);
      if (!canSettle(after.status)) this.#forget(number);
      this.#port.changed(this.#callAgain(after, now) ?? after, now);
    });
    this.act(now);
  }

  /** Where the batch's policy has it, the recipient's next attempt is stored with the end of this one. */
  #callAgain(ended: AttemptRow, now: number): AttemptRow | null {
    if (ended.status !== "failed" || this.#row.cancelled_at !== null) return null;
    const dueAt = nextAttemptAt(this.#policy, ended.attempt, ended.end_reason, now);
    if (dueAt === null) return null;
    const number = this.#roster.nextNumber;
    insertQueued(this.#sql, number, ended, dueAt, now);
    const next = present(findAttempt(this.#sql, number), "the next attempt was stored");
    this.#roster.follow(ended, next);
    return next;
  }

  agentClosed(number: number): void {
    this.#agentClosed.add(number);
  }

  /** The ledger's word, by answer or by message. */
  granted(answer: SlotAnswer): void {
    const now = Date.now();
    this.#change(now, () => {
      const after = admitted(this.#row, answer, now);
      if (after !== null) this.#store(after);
    });
    this.act(now);
  }

  /** Whoever waits is cancelled; calls in flight run to their end. */
  cancel(): void {
    const now = Date.now();
    if (this.#roster.counts.queued === 0) return;
    this.#change(now, () => {
      cancelQueued(this.#sql, now);
      this.#row = { ...this.#row, cancelled_at: now, changed_at: now };
      this.#roster = this.#recount();
      this.#store(this.#row);
    });
    this.#port.changed(null, now);
    this.act(now);
  }

  /** Whoever failed waits again. Returns the batch as it is then, before any of them is dialed. */
  retry(): BatchSummary {
    const now = Date.now();
    if (this.#roster.counts.failed === 0) return this.summary();
    this.#change(now, () => {
      requeueFailed(this.#sql, now);
      this.#roster = this.#recount();
      this.#store({ ...this.#row, retry_count: this.#row.retry_count + 1, changed_at: now, rest_known: 0 });
    });
    const retried = this.summary();
    this.#port.changed(null, now);
    this.act(now);
    return retried;
  }

  /** A human changes what the batch is to do. A refusal changes nothing. */
  steer(
    change: (row: BatchRow, roster: Roster, now: number) => Result<BatchRow, Failure>,
  ): Result<BatchSummary, Failure> {
    const now = Date.now();
    const after = change(this.#row, this.#roster, now);
    if (!after.ok) return after;
    if (after.value !== this.#row) {
      this.#change(now, () => this.#store(after.value));
      this.#port.changed(null, now);
      this.act(now);
    }
    return ok(this.summary());
  }

  waiting(now: number): Waiting | null {
    return waitingOf(this.#row, this.#roster, this.#pause.until, now);
  }

  /**
   * One transaction: the change, and what it makes of the request to the ledger. Where it throws, what is in memory is
   * read from the rows again.
   */
  #change(now: number, body: () => void): void {
    try {
      this.#sql.transaction(() => {
        body();
        const row = requested(this.#row, this.#roster.earliestAt(now), now);
        if (row !== this.#row) this.#store(row);
      });
    } catch (error) {
      this.#row = readBatch(this.#sql);
      this.#roster = this.#recount();
      throw error;
    }
  }

  get #policy(): RetryPolicy | null {
    return this.#row.retry_policy === null ? null : (JSON.parse(this.#row.retry_policy) as RetryPolicy);
  }

  #store(row: BatchRow): void {
    updateBatch(this.#sql, row);
    this.#row = row;
  }

  #recount(): Roster {
    const { total_recipients: total, cancelled_at: cancelledAt } = this.#row;
    return Roster.of(total, cancelledAt !== null, rosterRows(this.#sql), this.#hours);
  }

  // --- calling windows ---

  get #windows(): CallingWindow[] {
    return [this.#row.calling_window, this.#floor].flatMap((json) =>
      json === null ? [] : [JSON.parse(json) as CallingWindow],
    );
  }

  /** The batch's own. */
  get callingWindow(): CallingWindow | null {
    return this.#row.calling_window === null ? null : (JSON.parse(this.#row.calling_window) as CallingWindow);
  }

  #workOutHours(): Hours {
    const windows = this.#windows;
    return windows.length === 0 ? ALWAYS : hoursOf(windows, this.recipients.all(), this.timing.ringingMs);
  }

  /** Before anybody is dialed: the organization's window may have changed. Returns whether it has. */
  #learnFloor(line: Line): boolean {
    const floor = line.dialing.calling_window === null ? null : JSON.stringify(line.dialing.calling_window);
    if (floor === this.#floor) return false;
    this.#floor = floor;
    this.#hours = this.#workOutHours();
    this.#roster = this.#recount();
    return true;
  }

  /** When this recipient may be called, for whoever asks; null where it never may. */
  opensAt(position: number, now: number): number | null {
    return this.#hours.opensAt(this.#hours.groupOf(position), now);
  }

  get isRestricted(): boolean {
    return this.#hours !== ALWAYS;
  }

  /** Nobody waits for ever: whom no window will let call, and everybody when the batch's time is over. */
  #failUncallable(now: number): void {
    if (!this.isRestricted || this.#roster.counts.queued === 0) return;
    const expiry = expiryOf(this.#windows);
    if (expiry !== null && expiry <= now) this.#failWaiting(this.#roster.everybodyWaiting(), EXPIRED, now);
    else this.#failWaiting(this.#roster.neverOpen(now), NEVER_OPEN, now);
  }

  #failWaiting(who: ReturnType<Roster["neverOpen"]>, error_message: string, now: number): void {
    if (who.positions.length + who.numbers.length === 0) return;
    this.#change(now, () => {
      for (const position of who.positions) {
        const number = this.#roster.nextNumber;
        insertFailed(this.#sql, number, position, error_message, now);
        this.#roster.follow(null, present(findAttempt(this.#sql, number), "the failure was stored"));
      }
      for (const number of who.numbers) {
        const row = present(findAttempt(this.#sql, number), "who waits has a row");
        const failed = {
          ...row,
          status: "failed",
          error_message,
          ended_at: now,
          due_at: null,
          updated_at: now,
        } as const;
        if (changeAttempt(this.#sql, "queued", failed)) this.#roster.follow(row, failed);
      }
    });
    this.#port.changed(null, now);
  }

  #forget(number: number): void {
    this.#agentClosed.delete(number);
    this.#endedBecause.delete(number);
    this.#watch.forget(number);
  }

  // --- dialing ---

  #dial(now: number): void {
    if (freeSlots(this.#row, this.#roster.flying) === 0 || this.#pause.until > now) return;
    if (this.#roster.next(now) === null || this.#placing.size >= LANES) return;
    const line = this.#port.line.ready(now);
    // No intent is stored before everything is at hand that its request needs.
    if (line === null) {
      this.#fetchLine(now);
      return;
    }
    if (this.#learnFloor(line)) {
      // Whether anybody may be called now, and slots are needed, is another question than it was.
      this.act(now);
      return;
    }
    for (const row of this.#storeIntents(now)) {
      this.#placing.add(row.number);
      this.#port.background(this.#place(line, row));
    }
  }

  #fetchLine(now: number): void {
    this.#port.background(
      this.#port.line.get(now).then(
        () => this.act(Date.now()),
        (error) => {
          console.error(JSON.stringify({ event: "no_line", batch: this.#row.id, error: String(error) }));
          this.#pause.deferred(null, Date.now());
          this.#arm(Date.now());
        },
      ),
    );
  }

  #storeIntents(now: number): AttemptRow[] {
    const rows: AttemptRow[] = [];
    this.#change(now, () => {
      const most = Math.min(LANES - this.#placing.size, freeSlots(this.#row, this.#roster.flying));
      for (let count = 0; count < most; count += 1) {
        const pick = this.#roster.next(now);
        if (pick === null) break;
        rows.push(this.#storeIntent(pick, now));
      }
    });
    return rows;
  }

  #storeIntent(pick: Pick, now: number): AttemptRow {
    const number = pick.kind === "first" ? this.#roster.nextNumber : pick.number;
    const before = pick.kind === "first" ? null : findAttempt(this.#sql, number);
    const intent = { number, position: pick.position, token: randomToken(), dueAt: now + INTENT_DUE_MS };
    if (pick.kind === "first") insertIntent(this.#sql, intent, now);
    else if (!beginQueued(this.#sql, intent, now)) throw new Error("broken invariant: who waits is queued");
    const row = present(findAttempt(this.#sql, number), "the intent was stored");
    this.#roster.follow(before, row);
    this.#port.changed(row, now);
    return row;
  }

  async #place(line: Line, row: AttemptRow): Promise<void> {
    let outcome: PlaceOutcome;
    try {
      const recipient = this.recipients.at(row.position);
      const id = callId(this.#port.route, row.number);
      outcome = await line.dialer.place({
        callId: id,
        batchId: this.#row.id,
        recipientId: recipientId(this.#port.route, row.position),
        to: recipient.to_number,
        from: line.dialing.from_number,
        agentUrl: line.dialing.agent.connection_url,
        metadata: recipient.metadata,
        ringingTimeoutSeconds: this.#row.ringing_timeout_seconds,
        maxDurationSeconds: this.timing.maxDurationMs / 1_000,
        statusCallbackUrl: `${this.#row.callback_base_url}/callbacks/${line.dialing.carrier.type}/${id}/${row.token}`,
      });
    } catch (error) {
      outcome = { kind: "unknown", message: `the request to the carrier failed: ${String(error)}` };
    } finally {
      this.#placing.delete(row.number);
    }
    this.happened(row.number, this.#happeningOf(outcome, row, Date.now()));
  }

  #happeningOf(outcome: PlaceOutcome, row: AttemptRow, now: number): Happening {
    switch (outcome.kind) {
      case "placed":
        this.#pause.placed();
        return outcome;
      case "refused":
        return outcome;
      case "try_later": {
        if (this.#pause.until <= now) this.#logRefusal(outcome.message);
        const until = this.#pause.deferred(outcome.retryAfterMs, now);
        return until - (row.deferred_since ?? now) > DEFERRED_AT_MOST_MS
          ? { kind: "refused", message: `the carrier has said "not now" for a day: ${outcome.message}` }
          : { kind: "deferred", until, message: outcome.message };
      }
      case "unknown":
        this.#pause.unknown(now);
        this.#logUnknown(row, outcome.message);
        return { kind: "unanswered", message: outcome.message };
    }
  }

  #logRefusal(message: string): void {
    console.warn(JSON.stringify({ event: "carrier_says_later", batch: this.#row.id, message }));
  }

  /** For whoever is on duty: the call, enough of the number to recognise it, and what the carrier did. */
  #logUnknown(row: AttemptRow, message: string): void {
    const call = callId(this.#port.route, row.number);
    const to = maskedNumber(this.recipients.at(row.position).to_number);
    console.warn(JSON.stringify({ event: "call_outcome_unknown", batch: this.#row.id, call, to, message }));
  }

  // --- telling the organization ---

  #currentReport(): BatchReport {
    return { summary: this.summary(), slots: this.statement(), atRest: isAtRest(this.#roster.counts) };
  }

  #acknowledged(report: BatchReport, answer: SlotAnswer): void {
    const now = Date.now();
    const isRest = report.atRest && !report.slots.open && report.slots.holds === 0;
    if (isRest && this.#row.rest_known === 0 && this.reporter.dueAt(now) === null) {
      this.#change(now, () => this.#store({ ...this.#row, rest_known: 1 }));
    }
    this.granted(answer);
  }

  // --- the alarm ---

  #arm(now: number): void {
    const due = nextDue(
      {
        row: this.#row,
        roster: this.#roster,
        pausedUntil: this.#pause.until,
        askAfter: this.#watch.askAfter,
        reportDueAt: this.reporter.dueAt(now),
        expiresAt: this.isRestricted ? expiryOf(this.#windows) : null,
      },
      now,
    );
    if (due === null) this.#port.alarm.rest();
    else this.#port.alarm.ringBy(due, now);
  }
}
