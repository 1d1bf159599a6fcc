/**
 * The batch at work: stores intents, places calls, settles what happens, refills freed slots in the same turn, watches
 * calls in flight, and keeps the alarm. Everything it does follows from the rows, so whatever woke it, it does the same:
 * `act`. Its decisions are the pure functions beside it.
 *
 * An intent is stored before its request leaves (promise 2): the write and the request are in one turn, and the platform
 * holds the request back until the write is durable (Durable Objects, "output gates").
 */

import type { NewRecipient } from "../calling/batch-order.ts";
import { isAtRest } from "../calling/batch-status.ts";
import type { BatchSummary } from "../calling/batch-view.ts";
import type { ClearanceAnswer, ClearanceRequest } from "../calling/clearance.ts";
import type { Failure } from "../calling/failure.ts";
import { type BatchRoute, callId } from "../calling/ids.ts";
import { DIRECT_CALLS_BEGIN_WITHIN_MS } from "../calling/limits.ts";
import type { NotDialed } from "../calling/not-dialed.ts";
import { ok, type Result } from "../calling/result.ts";
import type { RetryPolicy } from "../calling/retry-policy.ts";
import type { BatchReport, ReportAnswer, SlotAnswer, SlotStatement } from "../calling/slots.ts";
import type { Waiting } from "../calling/waiting.ts";
import type { WebhookTarget } from "../calling/webhook.ts";
import type { AlarmClock } from "../storage/alarm-clock.ts";
import type { Sql } from "../storage/sql.ts";
import { grown } from "./appending.ts";
import {
  type AttemptRow,
  allAttempts,
  cancelQueued,
  carrierCallsOf,
  changeAttempt,
  requeueFailed,
  rosterRows,
} from "./attempts.ts";
import { beyondTimer, ownPaceAt, PaceTimer, withinOwnPace } from "./batch-pace.ts";
import { type BatchRow, readBatch, retryPolicyOf, updateBatch, webhooksOf, webhooksText } from "./batch-row.ts";
import { CallContexts } from "./call-contexts.ts";
import { CallingHours } from "./calling-hours.ts";
import { Circuit, cooledDown, withTrialCall } from "./circuit.ts";
import { nextDue } from "./due.ts";
import { standingOf } from "./events.ts";
import type { Holds } from "./holds.ts";
import { InFlightRows } from "./in-flight-rows.ts";
import { Latch } from "./latch.ts";
import type { LineKeeper } from "./line.ts";
import { failWaiting, storeIntent, storeNextAttempt } from "./moves.ts";
import { Outbox, type OutboxPort } from "./outbox.ts";
import { Permission } from "./permission.ts";
import { Placing, type PlacingPort } from "./placing.ts";
import { packRecipients, Recipients } from "./recipients.ts";
import { Reporter } from "./reporter.ts";
import { admitted, freeSlots, requested, statementOf } from "./request.ts";
import { Roster, type WhoWaits } from "./roster.ts";
import { canSettle, type Happening, type Intention, settle } from "./settle.ts";
import type { CallTiming } from "./timing.ts";
import { summaryOf } from "./views.ts";
import { type Pauses, waitingOf } from "./waiting.ts";
import { Watch } from "./watch.ts";

export type EnginePort = {
  readonly sql: Sql;
  readonly alarm: AlarmClock;
  readonly line: LineKeeper;
  readonly checkMs: number;
  readonly route: BatchRoute;
  readonly report: (report: BatchReport) => Promise<ReportAnswer>;
  readonly sendEvents: OutboxPort["send"];
  readonly callOf: OutboxPort["callOf"];
  readonly lane: PlacingPort["lane"];
  readonly clear: (request: ClearanceRequest) => Promise<ClearanceAnswer>;
  readonly background: (work: Promise<void>) => void;
  /** An attempt has changed; null: many have, or the batch itself. */
  readonly changed: (row: AttemptRow | null, now: number) => void;
};

export class Engine {
  readonly #port: EnginePort;
  readonly #sql: Sql;
  readonly recipients: Recipients;
  readonly attempts: InFlightRows;
  readonly reporter: Reporter;
  readonly #outbox: Outbox;
  readonly #watch: Watch;
  readonly #placing: Placing;
  readonly callingHours: CallingHours;
  readonly #permission: Permission;
  readonly circuit: Circuit;
  #row: BatchRow;
  #roster: Roster;
  readonly contexts: CallContexts;
  readonly #paceTimer = new PaceTimer(() => this.act(Date.now()));

  /** Whoever waits for `placed`. Losing it breaks their connections, and they ask again. */
  readonly #placed = new Latch();

  /** The batch must be stored. */
  constructor(port: EnginePort) {
    this.#port = port;
    this.#sql = port.sql;
    this.recipients = new Recipients(port.sql);
    this.attempts = new InFlightRows(port.sql);
    this.#row = readBatch(port.sql);
    const { calling_window, kind, created_at } = this.#row;
    const beginBy = kind === "direct" ? created_at + DIRECT_CALLS_BEGIN_WITHIN_MS : null;
    const recipients = () => this.recipients.all();
    this.callingHours = new CallingHours(calling_window, recipients, this.timing.ringingMs, beginBy);
    this.contexts = new CallContexts(
      (number) => this.attempts.find(number),
      () => this.timing.maxDurationMs,
    );
    this.#permission = new Permission({
      recipients: this.recipients,
      row: () => this.#row,
      roster: () => this.#roster,
      pausedUntil: () => this.#placing.pausedUntil,
      clear: port.clear,
      background: port.background,
      fail: (positions, why, now) => this.#failAmong(positions, why, now),
      act: (now) => this.act(now),
      unanswered: (error) => this.#couldNot("clearance_unanswered", error),
    });
    this.#roster = this.#recount();
    this.circuit = new Circuit(() => allAttempts(this.#sql));
    this.#placing = new Placing({
      route: port.route,
      recipients: this.recipients,
      row: () => this.#row,
      happened: (number, happening) => this.happened(number, happening),
      throttled: (now) => this.#permission.throttled(now),
      lane: port.lane,
    });
    this.reporter = new Reporter({
      current: () => this.#currentReport(),
      send: port.report,
      background: port.background,
      acknowledged: (report, answer) => this.#acknowledged(report, answer),
    });
    this.#outbox = new Outbox({
      sql: port.sql,
      agentId: this.#row.agent_id,
      batchId: this.#isDirect ? null : this.#row.id,
      targets: () => webhooksOf(this.#row),
      callOf: port.callOf,
      send: port.sendEvents,
      background: port.background,
      rearm: () => this.#arm(Date.now()),
    });
    if (this.#row.rest_known === 1) this.reporter.assumeTold(this.#currentReport(), this.#row.changed_at);
    this.#watch = new Watch({
      line: port.line,
      timing: () => this.timing,
      roster: () => this.#roster,
      isBusy: (number) => this.#placing.isUnderWay(number),
      find: (number) => this.attempts.find(number),
      contextOf: (number) => this.contexts.of(number),
      numberOf: (row) => this.recipients.at(row.position).to_number,
      settle: (number, happening) => this.happened(number, happening),
      endedBecause: (number, reason) => this.contexts.endedBecause(number, reason),
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
      asking: this.#port.line.asking,
    };
  }

  /** The carrier asked for a pause until then; in the past where dialing goes on. */
  get pauses(): Pauses {
    return {
      pausedUntil: this.#placing.pausedUntil,
      pacedUntil: Math.max(this.#permission.pacedUntil, ownPaceAt(this.#row, this.#roster)),
    };
  }
  get rulesHeard(): number {
    return this.#permission.rulesHeard;
  }
  get holds(): Holds {
    return this.#permission.holds;
  }

  summary(): BatchSummary {
    return summaryOf(this.#row, this.#roster.counts, this.#roster.updatedAt);
  }

  statement(): SlotStatement {
    return statementOf(this.#row, this.#roster.flying);
  }

  /** Does whatever can be done now. Called after every change, by every wake-up; doing it twice does nothing more. */
  act(now: number): void {
    this.#failUncallable(now);
    this.#coolDown(now);
    if (requested(this.#row, this.#roster.earliestAt(now), now) !== this.#row) this.#change(now, () => {});
    this.#dial(now);
    this.#permission.speak(now);
    this.#wakeForPace(now);
    this.#watch.run(now, this.#port.background);
    this.reporter.push(now);
    this.#outbox.push(now);
    this.#arm(now);
    if (this.#isPlaced) this.#placed.release();
  }

  /** Resolves when nobody waits to be dialed and every request to the carrier is answered, or after `withinMs`. */
  placed(withinMs: number): Promise<void> {
    return this.#isPlaced ? Promise.resolve() : this.#placed.wait(withinMs);
  }

  get #isPlaced(): boolean {
    return this.#roster.counts.queued === 0 && this.#placing.isIdle;
  }

  /** Something happened to a call: settled, and its slot refilled in the same turn. */
  happened(number: number, happening: Happening): void {
    const now = Date.now();
    this.#change(now, () => {
      const row = this.attempts.find(number);
      if (row === null || !canSettle(row.status)) return;
      const after = settle(row, happening, this.timing, this.#intention, now);
      if (after === null || !changeAttempt(this.#sql, row.status, after)) return;
      if (happening.kind === "refused" || happening.kind === "deferred") this.#permission.unused(row);
      this.attempts.stored(after);
      this.#roster.follow(row, after);
      this.#outbox.attemptChanged(row, after, now);
      if (!canSettle(after.status)) this.#forget(number);
      const next =
        this.#row.cancelled_at === null
          ? storeNextAttempt(this.#sql, this.#roster, this.retryPolicy, after, now)
          : null;
      this.#port.changed(next ?? after, now);
      this.#storeCircuit(this.circuit.heard(this.#row, after, this.#roster.counts.queued > 0, now), now);
    });
    this.act(now);
  }

  /** The carrier is asked about the call by then, whatever was to be before. */
  lookBy(number: number, at: number): void {
    const { inFlight } = this.#roster;
    inFlight.set(number, Math.min(at, inFlight.get(number) ?? at));
    this.#arm(Date.now());
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

  /** More people to call, behind those who are in the batch. */
  append(recipients: readonly NewRecipient[]): void {
    const now = Date.now();
    if (recipients.length === 0) return;
    this.#change(now, () => {
      this.recipients.insert(packRecipients(recipients, this.#row.total_recipients), now);
      this.#store(grown(this.#row, recipients.length, now));
      this.#regroup();
    });
    this.#port.changed(null, now);
    this.act(now);
  }

  /** A human changes what the batch is to do. A refusal changes nothing. */
  steer(
    change: (row: BatchRow, roster: Roster, now: number) => Result<BatchRow, Failure>,
  ): Result<BatchSummary, Failure> {
    const now = Date.now();
    const after = change(this.#row, this.#roster, now);
    if (!after.ok) return after;
    if (after.value !== this.#row) {
      const isOtherWindow = after.value.calling_window !== this.#row.calling_window;
      const isOtherPolicy = after.value.retry_policy !== this.#row.retry_policy;
      this.#change(now, () => {
        this.#store(after.value);
        if (isOtherWindow) this.#regroup();
      });
      if (isOtherPolicy) this.#permission.askAnew();
      this.#port.changed(null, now);
      this.act(now);
    }
    return ok(this.summary());
  }

  /** The organization's word on where events go. Whoever goes nowhere and goes nowhere now writes nothing. */
  webhooksAre(targets: readonly WebhookTarget[]): void {
    const webhooks = webhooksText(targets);
    if (webhooks === this.#row.webhooks) return;
    this.#change(Date.now(), () => this.#store({ ...this.#row, webhooks }));
  }

  waiting(now: number): Waiting | null {
    return waitingOf(this.#row, this.#roster, this.pauses, now);
  }

  /**
   * One transaction: the change, and what it makes of the request to the ledger. Where it throws, what is in memory is
   * read from the rows again.
   */
  #change(now: number, body: () => void): void {
    const before = standingOf(this.#row, this.#roster.counts);
    try {
      this.#sql.transaction(() => {
        body();
        const row = requested(this.#row, this.#roster.earliestAt(now), now);
        if (row !== this.#row) this.#store(row);
        const after = standingOf(this.#row, this.#roster.counts);
        // Direct calls are no batch to anybody.
        if (!this.#isDirect) this.#outbox.batchChanged(before, after, () => this.summary(), now);
      });
    } catch (error) {
      this.attempts.clear();
      this.#row = readBatch(this.#sql);
      this.circuit.forget();
      this.#regroup();
      throw error;
    }
  }

  get #intention(): Intention {
    const { cancelled_at, on_voicemail } = this.#row;
    return { isCancelled: cancelled_at !== null, hangsUpOnMachines: on_voicemail === "hang_up" };
  }

  get #isDirect(): boolean {
    return this.#row.kind === "direct";
  }

  get retryPolicy(): RetryPolicy | null {
    return retryPolicyOf(this.#row);
  }

  #store(row: BatchRow): void {
    updateBatch(this.#sql, row);
    this.#row = row;
    // New rules are told to batches with slots alone, so without slots nothing that was answered is relied on.
    if (row.granted_slots === null) this.#permission.forget();
  }

  /** Who may be called when is worked out anew from the rows. */
  #regroup(): void {
    this.callingHours.changed(this.#row.calling_window);
    this.#roster = this.#recount();
  }

  /** What the circuit breaker makes of the row; watchers read the batch again. */
  #storeCircuit(row: BatchRow, now: number): void {
    if (row === this.#row) return;
    this.#store(row);
    this.#port.changed(null, now);
  }

  #coolDown(now: number): void {
    const after = cooledDown(this.#row, now);
    if (after !== this.#row) this.#change(now, () => this.#storeCircuit(after, now));
  }

  #recount(): Roster {
    const { total_recipients: total, cancelled_at: cancelledAt } = this.#row;
    return Roster.of(total, cancelledAt !== null, rosterRows(this.#sql), this.callingHours.hours, this.holds);
  }

  #failUncallable(now: number): void {
    const pausedUntil = Math.max(this.#placing.pausedUntil, this.#permission.pacedUntil);
    const uncallable = this.callingHours.uncallable(this.#roster, now, pausedUntil);
    if (uncallable !== null) this.#failWaiting(uncallable.who, uncallable.why, now);
  }

  #failWaiting(who: WhoWaits, why: NotDialed, now: number): void {
    this.#change(now, () =>
      failWaiting(this.#sql, this.#roster, who, why, now, (before, after) =>
        this.#outbox.attemptChanged(before, after, now),
      ),
    );
    this.#port.changed(null, now);
  }

  #forget(number: number): void {
    this.contexts.forget(number);
    this.#watch.forget(number);
  }

  // --- dialing ---

  #dial(now: number): void {
    const free = this.#freeNow(now);
    if (free === 0 || this.#placing.pausedUntil > now || this.#roster.next(now) === null) return;
    const line = this.#port.line.ready(now);
    // No intent is stored before everything is at hand that its request needs.
    if (line === null) {
      this.#fetchLine(now);
      return;
    }
    if (this.callingHours.learnFloor(line.dialing.calling_window)) {
      // Whether anybody may be called now, and slots are needed, is another question than it was.
      this.#roster = this.#recount();
      this.act(now);
      return;
    }
    const rows = this.#storeIntents(free, now);
    for (const row of rows) this.#port.background(this.#placing.place(line, row));
    this.#permission.askForMore(free - rows.length, now);
  }

  /** How many may be dialed now, for the slots, the connections and the batch's own pace. */
  #freeNow(now: number): number {
    const free = Math.min(this.#placing.freeConnections(now), freeSlots(this.#row, this.#roster.flying));
    return withinOwnPace(this.#row, this.#roster, free, now);
  }

  #fetchLine(now: number): void {
    this.#port.background(
      this.#port.line.get(now).then(
        () => this.act(Date.now()),
        (error) => this.#couldNot("no_line", error),
      ),
    );
  }

  /** The organization did not answer: nobody is dialed for a while. */
  #couldNot(event: string, error: unknown): void {
    console.error(JSON.stringify({ event, batch: this.#row.id, error: String(error) }));
    this.#placing.couldNot(Date.now());
    this.#arm(Date.now());
  }

  #storeIntents(atMost: number, now: number): AttemptRow[] {
    const rows: AttemptRow[] = [];
    this.#change(now, () => {
      // Direct calls are made when their request is: so one instant of the organization's index finds them.
      const createdAt = this.#isDirect ? this.#row.created_at : now;
      for (const pick of this.#permission.toDial(atMost, now)) {
        const row = storeIntent(this.#sql, this.#roster, pick, createdAt, now);
        this.attempts.stored(row);
        rows.push(row);
        this.#permission.used(pick);
      }
      const [first] = rows;
      if (first !== undefined) this.#storeCircuit(withTrialCall(this.#row, first.number), now);
    });
    for (const row of rows) this.#port.changed(row, now);
    return rows;
  }

  /** Whoever can be dialed only when the pace lets it. */
  #wakeForPace(now: number): void {
    if (freeSlots(this.#row, this.#roster.flying) === 0 || this.#roster.counts.queued === 0) return;
    this.#paceTimer.ringAt(this.pauses.pacedUntil, now);
  }

  /** The organization has new rules; `listed`: numbers that are new on its do-not-call list. */
  rulesChanged(listed: readonly string[]): void {
    this.#permission.rulesChanged(listed, Date.now());
  }

  #failAmong(positions: ReadonlySet<number>, why: NotDialed, now: number): void {
    if (positions.size === 0) return;
    const who = this.#roster.waitingAmong(positions);
    if (who.positions.length + who.numbers.length > 0) this.#failWaiting(who, why, now);
  }

  // --- telling the organization ---

  #currentReport(): BatchReport {
    return { summary: this.summary(), slots: this.statement(), atRest: isAtRest(this.#roster.counts) };
  }

  #acknowledged(report: BatchReport, answer: ReportAnswer): void {
    const now = Date.now();
    // An organization's object of an earlier version says nothing of them.
    this.webhooksAre(answer.webhooks ?? []);
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
        pausedUntil: Math.max(this.#placing.pausedUntil, beyondTimer(this.pauses.pacedUntil, now)),
        askAfter: this.#watch.askAfter,
        reportDueAt: this.reporter.dueAt(now),
        eventsDueAt: this.#outbox.dueAt(now),
        expiresAt: this.callingHours.expiresAt,
      },
      now,
    );
    if (due === null) this.#port.alarm.rest();
    else this.#port.alarm.ringBy(due, now);
  }
}
