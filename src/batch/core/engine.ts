/**
 * The batch at work: settles what happens, does what humans and the organization say, dials whoever may be dialed, watches
 * calls in flight, tells what has changed, and keeps the alarm. Everything it does follows from the rows, so whatever woke
 * it, it does the same: `act`. Its decisions are the pure functions beside it; the rows change through `state.ts` alone.
 */

import type { BatchSummary } from "../../calling/messages/batch-view.ts";
import type { ClearanceAnswer, ClearanceRequest } from "../../calling/messages/clearance.ts";
import type { RetryPolicy } from "../../calling/messages/retry-policy.ts";
import type { BatchReport, ReportAnswer, SlotAnswer, SlotStatement } from "../../calling/messages/slots.ts";
import type { WebhookTarget } from "../../calling/messages/webhook.ts";
import { type BatchRoute, callId } from "../../calling/secrets/ids.ts";
import { isAtRest } from "../../calling/words/batch-status.ts";
import type { NotDialed } from "../../calling/words/not-dialed.ts";
import type { Waiting } from "../../calling/words/waiting.ts";
import type { AlarmClock } from "../../storage/alarm-clock.ts";
import type { Sql } from "../../storage/sql.ts";
import { Circuit, cooledDown } from "../attempts/circuit.ts";
import { canSettle, type Happening, type Intention, settle } from "../attempts/settle.ts";
import type { CallTiming } from "../attempts/timing.ts";
import { beyondTimer } from "../dialing/batch-pace.ts";
import type { LineKeeper } from "../dialing/line.ts";
import { Placing, type PlacingPort } from "../dialing/placing.ts";
import type { CallingHours } from "../people/calling-hours.ts";
import { Holds } from "../people/holds.ts";
import { failWaiting, storeNextAttempt } from "../people/moves.ts";
import type { Roster, WhoWaits } from "../people/roster.ts";
import { Permission } from "../slots/permission.ts";
import { admitted, statementOf } from "../slots/request.ts";
import { type AttemptRow, allAttempts, carrierCallsOf, changeAttempt } from "../store/attempts.ts";
import { type BatchRow, retryPolicyOf, webhooksOf, webhooksText } from "../store/batch-row.ts";
import type { InFlightRows } from "../store/in-flight-rows.ts";
import type { Recipients } from "../store/recipients.ts";
import { Outbox, type OutboxPort } from "../telling/outbox.ts";
import { Reporter } from "../telling/reporter.ts";
import { summaryOf } from "../telling/views.ts";
import { CallContexts } from "../watching/call-contexts.ts";
import { Watch } from "../watching/watch.ts";
import { Dialing } from "./dialing.ts";
import { nextDue } from "./due.ts";
import { Latch } from "./latch.ts";
import { Orders } from "./orders.ts";
import { BatchState } from "./state.ts";
import { type Pauses, waitingOf } from "./waiting.ts";

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
  readonly #state: BatchState;
  /** Whoever the organization does not clear yet. */
  readonly #holds = new Holds();
  readonly reporter: Reporter;
  readonly #outbox: Outbox;
  readonly #watch: Watch;
  readonly #placing: Placing;
  readonly #permission: Permission;
  readonly #dialing: Dialing;
  readonly circuit: Circuit;
  readonly contexts: CallContexts;
  readonly orders: Orders;

  /** Whoever waits for `placed`. Losing it breaks their connections, and they ask again. */
  readonly #placed = new Latch();

  /** The batch must be stored. */
  constructor(port: EnginePort) {
    this.#port = port;
    this.#state = new BatchState(port.sql, {
      holds: this.#holds,
      // Direct calls are no batch to anybody.
      changing: (before, after, now) => {
        if (!this.#state.isDirect) this.#outbox.batchChanged(before, after, () => this.summary(), now);
      },
      // New rules are told to batches with slots alone, so without slots nothing that was answered is relied on.
      withoutSlots: () => this.#permission.forget(),
      rolledBack: () => this.circuit.forget(),
    });
    this.contexts = new CallContexts(
      (number) => this.attempts.find(number),
      () => this.timing.maxDurationMs,
    );
    this.#permission = new Permission({
      holds: this.#holds,
      recipients: this.recipients,
      row: () => this.row,
      roster: () => this.roster,
      pausedUntil: () => this.#placing.pausedUntil,
      clear: port.clear,
      background: port.background,
      fail: (positions, why, now) => this.#failAmong(positions, why, now),
      act: (now) => this.act(now),
      unanswered: (error) => this.#couldNot("clearance_unanswered", error),
    });
    this.circuit = new Circuit(() => allAttempts(port.sql));
    this.#placing = new Placing(
      {
        route: port.route,
        recipients: this.recipients,
        row: () => this.row,
        happened: (number, happening) => this.happened(number, happening),
        throttled: (now) => this.#permission.throttled(now),
        lane: port.lane,
      },
      this.roster.deferredUntil,
    );
    this.#dialing = new Dialing({
      state: this.#state,
      permission: this.#permission,
      placing: this.#placing,
      line: port.line,
      background: port.background,
      storeCircuit: (row, now) => this.#storeCircuit(row, now),
      changed: port.changed,
      act: (now) => this.act(now),
      couldNot: (event, error) => this.#couldNot(event, error),
    });
    this.orders = new Orders({
      state: this.#state,
      summary: () => this.summary(),
      forgetAnswers: () => {
        this.#permission.forget();
        this.#holds.clear();
      },
      changed: (now) => {
        port.changed(null, now);
        this.act(now);
      },
    });
    this.reporter = new Reporter({
      current: () => this.#currentReport(),
      // Lists say why it waits, as it was when something was told anyway: nothing is told for that alone.
      send: (report) => port.report({ ...report, summary: { ...report.summary, waiting: this.waiting(Date.now()) } }),
      background: port.background,
      acknowledged: (report, answer) => this.#acknowledged(report, answer),
    });
    this.#outbox = new Outbox({
      sql: port.sql,
      agentId: this.row.agent_id,
      batchId: this.#state.isDirect ? null : this.row.id,
      targets: () => webhooksOf(this.row),
      callOf: port.callOf,
      send: port.sendEvents,
      background: port.background,
      rearm: () => this.#arm(Date.now()),
    });
    if (this.row.rest_known === 1) this.reporter.assumeTold(this.#currentReport(), this.row.changed_at);
    this.#watch = new Watch({
      line: port.line,
      timing: () => this.timing,
      roster: () => this.roster,
      isCancelled: () => this.row.cancelled_at !== null,
      isBusy: (number) => this.#placing.isUnderWay(number),
      find: (number) => this.attempts.find(number),
      contextOf: (number) => this.contexts.of(number),
      numberOf: (row) => this.recipients.at(row.position).to_number,
      settle: (number, happening) => this.happened(number, happening),
      endedBecause: (number, reason) => this.contexts.endedBecause(number, reason),
      callIdOf: (row) => callId(this.#port.route, row.number),
      claimed: (ids) => carrierCallsOf(this.#state.sql, ids),
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
    return this.#state.row;
  }
  get roster(): Roster {
    return this.#state.roster;
  }
  get recipients(): Recipients {
    return this.#state.recipients;
  }
  get attempts(): InFlightRows {
    return this.#state.attempts;
  }
  get callingHours(): CallingHours {
    return this.#state.callingHours;
  }
  get timing(): CallTiming {
    return {
      ringingMs: this.row.ringing_timeout_seconds * 1_000,
      maxDurationMs: this.row.max_call_duration_minutes * 60_000,
      checkMs: this.#port.checkMs,
      asking: this.#port.line.asking,
    };
  }

  get pauses(): Pauses {
    return this.#dialing.pauses;
  }
  get rulesHeard(): number {
    return this.#permission.rulesHeard;
  }
  get holds(): Holds {
    return this.#holds;
  }

  summary(): BatchSummary {
    return summaryOf(this.row, this.roster);
  }

  statement(): SlotStatement {
    return statementOf(this.row, this.roster.flying);
  }

  /** Does whatever can be done now. Called after every change, by every wake-up; doing it twice does nothing more. */
  act(now: number): void {
    this.#failUncallable(now);
    this.#coolDown(now);
    if (this.#state.requested(now) !== this.row) this.#state.change(now, () => {});
    this.#dialing.dial(now);
    this.#permission.speak(now);
    this.#fitSlots(now);
    this.#dialing.wakeForPace(now);
    this.#rememberPace(now);
    this.#watch.run(now, this.#port.background);
    this.reporter.push(now);
    this.#outbox.push(now);
    this.#arm(now);
    if (this.#isPlaced) this.#placed.release();
  }

  /** Slots that whoever is being dialed is about to take are not given back. */
  #fitSlots(now: number): void {
    const row = this.#state.fitted(now);
    if (row === this.row) return;
    const isLess = row.request_number === this.row.request_number;
    if (isLess && (!this.#placing.isIdle || this.#permission.isAsking)) return;
    this.#state.change(now, () => this.#state.store(row));
  }

  /** Resolves when nobody waits to be dialed and every request to the carrier is answered, or after `withinMs`. */
  placed(withinMs: number): Promise<void> {
    return this.#isPlaced ? Promise.resolve() : this.#placed.wait(withinMs);
  }

  get #isPlaced(): boolean {
    return this.roster.counts.queued === 0 && this.#placing.isIdle;
  }

  /** Something happened to a call: settled, and its slot refilled in the same turn. */
  happened(number: number, happening: Happening): void {
    const now = Date.now();
    this.#state.change(now, () => {
      const row = this.attempts.find(number);
      if (row === null) return;
      const isLatest = this.roster.latestOf(row.position)?.number === number;
      const after = settle(row, happening, this.timing, this.#intention(isLatest), now);
      if (after === null || !changeAttempt(this.#state.sql, row, after)) return;
      if (happening.kind === "refused" || happening.kind === "deferred") this.#permission.unused(row);
      this.attempts.stored(after);
      // A word about an earlier attempt says nothing of where the recipient stands.
      if (isLatest) this.roster.follow(row, after);
      this.#outbox.attemptChanged(row, after, now);
      if (!canSettle(after.status)) this.#forget(number);
      const next =
        this.row.cancelled_at === null && isLatest && row.status !== after.status
          ? storeNextAttempt(this.#state.sql, this.roster, this.retryPolicy, after, now)
          : null;
      if (isLatest) this.#port.changed(next ?? after, now);
      if (canSettle(row.status)) {
        this.#storeCircuit(this.circuit.heard(this.row, after, this.roster.counts.queued > 0, now), now);
      } else if (this.row.rest_known === 1) {
        // The organization believes that all has been told.
        this.#state.store({ ...this.row, rest_known: 0 });
      }
    });
    this.act(now);
  }

  /** The carrier is asked about the call by then, whatever was to be before. */
  lookBy(number: number, at: number): void {
    this.roster.inFlight.moveForward(number, at);
    this.#arm(Date.now());
  }

  /** The ledger's word, by answer or by message. */
  granted(answer: SlotAnswer): void {
    const now = Date.now();
    this.#state.change(now, () => {
      const after = admitted(this.row, answer, now);
      if (after !== null) this.#state.store(after);
    });
    this.act(now);
  }

  /** The organization's word on where events go. Whoever goes nowhere and goes nowhere now writes nothing. */
  webhooksAre(targets: readonly WebhookTarget[]): void {
    const webhooks = webhooksText(targets);
    if (webhooks === this.row.webhooks) return;
    this.#state.change(Date.now(), () => this.#state.store({ ...this.row, webhooks }));
  }

  waiting(now: number): Waiting | null {
    return waitingOf(this.row, this.roster, this.pauses, now);
  }

  #intention(isLatest: boolean): Intention {
    const { cancelled_at, on_voicemail } = this.row;
    return { isCancelled: cancelled_at !== null, hangsUpOnMachines: on_voicemail === "hang_up", isLatest };
  }

  get retryPolicy(): RetryPolicy | null {
    return retryPolicyOf(this.row);
  }

  /** What the circuit breaker makes of the row; watchers read the batch again. */
  #storeCircuit(row: BatchRow, now: number): void {
    if (row === this.row) return;
    this.#state.store(row);
    this.#port.changed(null, now);
  }

  #coolDown(now: number): void {
    const after = cooledDown(this.row, now);
    if (after !== this.row) this.#state.change(now, () => this.#storeCircuit(after, now));
  }

  /** A pace for which the object sleeps is stored, so that it can say so whoever asks. */
  #rememberPace(now: number): void {
    const until = this.#permission.pacedUntil;
    if (beyondTimer(until, now) === 0 || until === this.row.paced_until) return;
    this.#state.change(now, () => this.#state.store({ ...this.row, paced_until: until }));
  }

  #failUncallable(now: number): void {
    const pausedUntil = Math.max(this.#placing.pausedUntil, this.#permission.pacedUntil);
    const uncallable = this.callingHours.uncallable(this.roster, now, pausedUntil);
    if (uncallable !== null) this.#failWaiting(uncallable.who, uncallable.why, now);
  }

  #failWaiting(who: WhoWaits, why: NotDialed, now: number): void {
    this.#state.change(now, () =>
      failWaiting(this.#state.sql, this.roster, who, why, now, (before, after) =>
        this.#outbox.attemptChanged(before, after, now),
      ),
    );
    this.#port.changed(null, now);
  }

  #forget(number: number): void {
    this.contexts.forget(number);
    this.#watch.forget(number);
  }

  /** The organization did not answer: nobody is dialed for a while. */
  #couldNot(event: string, error: unknown): void {
    console.error(JSON.stringify({ event, batch: this.row.id, error: String(error) }));
    this.#placing.couldNot(Date.now());
    this.#arm(Date.now());
  }

  /** The organization has other rules, or its do-not-call list has more numbers: these, which are `listed`. */
  rulesChanged(listed: readonly string[]): void {
    const now = Date.now();
    if (listed.length === 0) {
      this.#port.line.forget();
      this.#state.forgetRules(now);
    }
    this.#permission.rulesChanged(listed, now);
  }

  #failAmong(positions: ReadonlySet<number>, why: NotDialed, now: number): void {
    if (positions.size === 0) return;
    const who = this.roster.waitingAmong(positions);
    if (who.positions.length + who.numbers.length > 0) this.#failWaiting(who, why, now);
  }

  // --- telling the organization ---

  #currentReport(): BatchReport {
    return { summary: this.summary(), slots: this.statement(), atRest: isAtRest(this.roster.counts) };
  }

  #acknowledged(report: BatchReport, answer: ReportAnswer): void {
    const now = Date.now();
    // An organization's object of an earlier version says nothing of them.
    this.webhooksAre(answer.webhooks ?? []);
    const isRest = report.atRest && !report.slots.open && report.slots.holds === 0;
    if (isRest && this.row.rest_known === 0 && this.reporter.dueAt(now) === null) {
      this.#state.change(now, () => this.#state.store({ ...this.row, rest_known: 1 }));
    }
    this.granted(answer);
  }

  // --- the alarm ---

  #arm(now: number): void {
    const due = nextDue(
      {
        row: this.row,
        roster: this.roster,
        pausedUntil: Math.max(this.#placing.pausedUntil, beyondTimer(this.pauses.pacedUntil, now)),
        askAfter: this.#watch.askAfter,
        isAsking: this.#watch.isAsking || !this.#placing.isIdle,
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
