/**
 * A batch and its carrier, simulated from the batch's pure parts: roster, request, settle, watchdog, due. What the
 * engine adds in the object (rows, requests, messages) is here an array, a function and a number. Time goes only where
 * `nextDue` says that the object wakes, or where the carrier acts.
 */

import { Circuit, cooledDown, withTrialCall } from "../../src/batch/attempts/circuit.ts";
import { canSettle, type Happening, type Intention, settle } from "../../src/batch/attempts/settle.ts";
import { INTENT_DUE_MS } from "../../src/batch/attempts/timing.ts";
import { judgeFound, judgeReport, type Verdict } from "../../src/batch/attempts/watchdog.ts";
import { nextDue } from "../../src/batch/core/due.ts";
import { waitingOf } from "../../src/batch/core/waiting.ts";
import { BackOff } from "../../src/batch/dialing/back-off.ts";
import { grown } from "../../src/batch/people/appending.ts";
import { Holds } from "../../src/batch/people/holds.ts";
import { ALWAYS, type Hours } from "../../src/batch/people/hours.ts";
import { Roster } from "../../src/batch/people/roster.ts";
import { Clearance } from "../../src/batch/slots/clearance.ts";
import { admitted, fitted, freeSlots, KEEP_SLOTS_MS, requested } from "../../src/batch/slots/request.ts";
import type { AttemptRow } from "../../src/batch/store/attempts.ts";
import type { BatchRow } from "../../src/batch/store/batch-row.ts";
import { callEventOf } from "../../src/batch/telling/events.ts";
import type { Candidate, ClearanceAnswer } from "../../src/calling/messages/clearance.ts";
import { nextAttemptAt, type RetryPolicy } from "../../src/calling/messages/retry-policy.ts";
import type { CallEventType } from "../../src/calling/messages/webhook.ts";
import { present } from "../../src/calling/requests/assert.ts";
import type { CircuitBreaker } from "../../src/calling/words/circuit-breaker.ts";
import type { AnsweredBy } from "../../src/calling/words/voicemail.ts";
import type { Waiting } from "../../src/calling/words/waiting.ts";
import { type CallProgress, PLACE_TIMEOUT_MS } from "../../src/dialer/dialer.ts";
import type { Office } from "./office.ts";
import { sampleBatch, TIMING } from "./samples.ts";

/** What the carrier makes of a request to place a call. */
export type Fate = {
  readonly answer: "placed" | "refused" | "not_now" | "placed_unanswered" | "lost_unanswered";
  /** What becomes of a placed call. */
  readonly call: "completed" | "busy" | "rings_for_ever" | "talks_for_ever" | "machine" | "doubted_machine";
  /** What becomes of its callbacks. */
  readonly callbacks: "all" | "none" | "twice_reversed" | "only_ringing";
};
type Call = { readonly id: string; readonly number: number; readonly placedAt: number; progress: CallProgress };

const ended = (completed: boolean): CallProgress => ({
  kind: "ended",
  completed,
  endReason: completed ? "client_hangup" : "dial_busy",
  durationSeconds: completed ? 5 : null,
});

const told = (answeredBy: AnsweredBy): CallProgress => ({ kind: "answered", answeredBy });

export class DispatchWorld {
  now: number;
  row: BatchRow;
  roster: Roster;
  readonly attempts: AttemptRow[] = [];
  readonly calls: Call[] = [];
  /** What webhooks are told, in order, by attempt. */
  readonly told: { readonly event: CallEventType; readonly number: number }[] = [];
  /** Requests to the carrier that are under way, by attempt. */
  readonly placing = new Set<number>();
  /** Attempts whose calls were ended while they waited in the carrier's queue. */
  readonly withdrawn: number[] = [];
  /** Until then the carrier answers no question. */
  carrierDownUntil = 0;
  peak = 0;
  #pause = new BackOff();
  readonly #orphans = new Set<number>();
  #asked = new Map<number, number>();
  readonly #limit: number;
  readonly #policy: RetryPolicy | null;
  readonly hours: Hours;
  #circuit = this.#newCircuit();
  /** Null: nobody has to be asked. */
  readonly #office: Office | null;
  #holds = new Holds();
  #clearance: Clearance;
  /** Requests that left for the carrier. */
  readonly dispatches: { readonly number: number; readonly position: number; readonly at: number }[] = [];

  /**
   * `policy`: the batch's automatic retries. `hours`: its calling windows. `breaker`: when it stops for its carrier.
   * `office`: the organization that it asks before it dials.
   */
  constructor(
    recipients: number,
    limit: number,
    policy: RetryPolicy | null,
    hours: Hours = ALWAYS,
    breaker: CircuitBreaker | null = null,
    office: Office | null = null,
  ) {
    this.now = office?.start ?? 0;
    this.#office = office;
    this.#clearance = new Clearance();
    this.#limit = limit;
    this.hours = hours;
    this.#policy = policy;
    this.row = sampleBatch({
      total_recipients: recipients,
      target_concurrency_limit: limit,
      created_at: this.now,
      circuit_breaker: breaker === null ? null : JSON.stringify(breaker),
    });
    this.roster = this.recount();
    this.act();
  }

  recount(holds = this.#holds): Roster {
    const { total_recipients: total, cancelled_at: cancelledAt } = this.row;
    return Roster.of(total, cancelledAt !== null, this.attempts, this.hours, holds);
  }

  get orphans(): readonly number[] {
    return [...this.#orphans];
  }

  isOver(): boolean {
    const { queued, dispatched, started } = this.roster.counts;
    return queued + dispatched + started === 0;
  }

  /** The object dies: memory is gone, requests on their way have left or not, nobody waits for them. */
  crash(): void {
    for (const number of this.placing) this.#orphans.add(number);
    this.placing.clear();
    this.#asked = new Map();
    this.#circuit = this.#newCircuit();
    if (this.#office !== null) this.#office.pending = null;
    this.#clearance = new Clearance();
    ({ holds: this.#holds, roster: this.roster, pause: this.#pause } = this.#woken());
    this.act();
  }

  /** What an object knows that has just woken. */
  #woken() {
    const holds = new Holds();
    holds.restore(this.row.holds);
    const roster = this.recount(holds);
    return { holds, roster, pause: new BackOff(roster.deferredUntil) };
  }

  /** Why nobody is dialed, as Get says it now, and as it would say it after a sleep. */
  get explained(): { readonly now: Waiting | null; readonly afterSleep: Waiting | null } | null {
    const { roster, pause } = this.#woken();
    // The pause of some seconds after answers that were lost is in no row.
    if (this.#pause.until > this.now && this.#pause.until !== pause.until) return null;
    const why = (known: Roster, { until }: BackOff) =>
      waitingOf(this.row, known, { pausedUntil: until, pacedUntil: 0 }, this.now);
    return { now: why(this.roster, this.#pause), afterSleep: why(roster, pause) };
  }

  #askOffice(candidates: readonly Candidate[], atMost: number): void {
    const office = present(this.#office, "nobody asks where nobody has to");
    const answer = office.ask(this.#clearance.ask(candidates, atMost, this.now), this.now);
    office.pending = {
      answer: () => this.#cleared(answer),
      lose: () => {
        this.#clearance.unanswered();
        this.#pause.deferred(null, this.now);
        this.act();
      },
    };
  }

  /** The organization's answer arrives, or is lost. */
  hear(isLost: boolean): void {
    const pending = this.#office?.pending ?? null;
    if (this.#office === null || pending === null) return;
    this.#office.pending = null;
    if (isLost) pending.lose();
    else pending.answer();
  }

  /** A number is new on the do-not-call list, and the batch hears of it. */
  list(number: string): void {
    this.#office?.list(number, this.now);
    this.#clearance.forget();
    const all = Array.from({ length: this.row.total_recipients }, (_, position) => position);
    this.#bar(new Set(all.filter((position) => this.#office?.numberOf(position) === number)));
    this.act();
  }

  #cleared(said: ClearanceAnswer): void {
    const { candidates, answer } = this.#clearance.answered(said, this.now);
    const barred = new Set<number>();
    candidates.forEach(({ position }, index) => {
      const verdict = answer.verdicts[index];
      if (verdict?.kind === "barred") barred.add(position);
      if (verdict?.kind === "wait") this.#holds.put(position, verdict);
    });
    this.#bar(barred);
    this.act();
  }

  #bar(barred: ReadonlySet<number>): void {
    const { positions, numbers } = this.roster.waitingAmong(barred);
    const failed = { status: "failed", failure_reason: "do_not_call", due_at: null, updated_at: this.now } as const;
    for (const position of positions) {
      const row: AttemptRow = { ...this.#first(position), ...failed, ended_at: this.now };
      this.attempts[row.number - 1] = row;
      this.roster.follow(null, row);
    }
    for (const number of numbers) {
      const before = this.attempt(number);
      const row: AttemptRow = { ...before, ...failed, ended_at: this.now };
      this.attempts[number - 1] = row;
      this.roster.follow(before, row);
    }
  }

  #candidateOf({ position, attempt }: { readonly position: number; readonly attempt: number }): Candidate {
    return { position, attempt, number: this.#office?.numberOf(position) ?? "", timezone: null };
  }

  #newCircuit(): Circuit {
    return new Circuit(() => this.attempts);
  }

  cancel(): void {
    if (this.roster.counts.queued === 0 && (this.roster.flying === 0 || this.row.cancelled_at !== null)) return;
    this.attempts.forEach((row, index) => {
      if (row.status === "queued") this.attempts[index] = { ...row, status: "cancelled", due_at: null };
    });
    this.row = { ...this.row, cancelled_at: this.now };
    this.roster = this.recount();
    this.act();
  }

  retry(): void {
    if (this.roster.counts.cancelled > 0 || this.roster.counts.failed === 0) return;
    const latest = new Map(this.attempts.map((row) => [row.position, row]));
    for (const row of latest.values()) {
      if (row.status !== "failed") continue;
      this.attempts.push({ ...this.#fresh(row, this.attempts.length + 1), attempt: row.attempt + 1 });
    }
    this.row = { ...this.row, cancelled_at: null };
    this.roster = this.recount();
    this.act();
  }

  /** More people come, behind those who are there. */
  append(count: number): void {
    if (this.roster.counts.cancelled > 0) return;
    this.row = grown(this.row, count, this.now);
    this.roster = this.recount();
    this.act();
  }

  /** The carrier decides on one request that is under way. */
  decide(number: number, fate: Fate): void {
    this.placing.delete(number);
    this.#happened(number, this.#outcome(number, fate));
  }

  #outcome(number: number, fate: Fate): Happening {
    switch (fate.answer) {
      case "refused":
        return { kind: "refused", code: "21211", message: "invalid number" };
      case "not_now":
        return { kind: "deferred", until: this.#pause.deferred(null, this.now), message: "429" };
      case "lost_unanswered":
      case "placed_unanswered":
        if (fate.answer === "placed_unanswered") this.#place(number);
        this.#pause.unknown(this.now);
        return { kind: "unanswered", message: "reset" };
      case "placed":
        this.#pause.placed();
        return { kind: "placed", carrierCallId: this.#place(number).id };
    }
  }

  /** A request that left before the object died reaches the carrier after all. */
  arriveLate(number: number): void {
    const { dispatched_at } = this.attempt(number);
    this.#orphans.delete(number);
    if (this.now < (dispatched_at ?? 0) + PLACE_TIMEOUT_MS) this.#place(number);
  }

  /** The carrier goes on with a call until there is nothing more to say of it. */
  proceed(call: Call, fate: Fate): void {
    if (call.progress.kind === "ended") return;
    const words: CallProgress[] = [{ kind: "ringing" }];
    if (fate.call === "completed") words.push({ kind: "answered" }, ended(true));
    if (fate.call === "busy") words.push(ended(false));
    if (fate.call === "talks_for_ever") words.push({ kind: "answered" });
    if (fate.call === "machine") words.push({ kind: "answered" }, told("machine"));
    if (fate.call === "doubted_machine") words.push({ kind: "answered" }, told("unknown"), told("machine"));
    call.progress = words.at(-1) ?? call.progress;
    const heard = {
      all: words,
      none: [],
      twice_reversed: [...words, ...words].reverse(),
      only_ringing: words.slice(0, 1),
    }[fate.callbacks];
    for (const progress of heard) {
      this.#happened(call.number, { kind: "progress", carrierCallId: call.id, progress });
    }
  }

  /** The alarm rings when it is due. Null: nothing would ever wake the object. */
  wake(): number | null {
    const due = nextDue(
      {
        row: this.row,
        roster: this.roster,
        pausedUntil: Math.max(this.#pause.until, this.#office === null ? 0 : this.#clearance.pacedUntil),
        askAfter: 0,
        isAsking: false,
        reportDueAt: null,
        eventsDueAt: null,
        expiresAt: null,
      },
      this.now,
    );
    if (due === null) return null;
    this.now = Math.max(this.now + 1, due);
    this.act();
    return this.now;
  }

  act(): void {
    this.row = cooledDown(this.row, this.now);
    this.#requested();
    // The ledger is tested elsewhere; here it grants at once.
    this.#admitted();
    this.#dial();
    this.#askForMore();
    this.row = fitted(this.row, (atMost) => this.#use(atMost));
    this.#admitted();
    for (const number of [...this.roster.inFlight.due(this.now)]) {
      if (!this.placing.has(number)) this.#ask(number);
    }
  }

  #admitted(): void {
    const answer = {
      grantedRequest: this.row.request_number,
      grantedSlots: Math.min(this.#limit, this.row.asked_slots ?? this.#limit),
    };
    const after = admitted(this.row, answer, this.now);
    if (after === null) return;
    this.row = after;
    this.#dial();
    this.#askForMore();
  }

  attempt(number: number): AttemptRow {
    const row = this.attempts[number - 1];
    if (row === undefined) throw new Error(`no attempt ${number}`);
    return row;
  }

  #requested(): void {
    const stored = () => this.#holds.stored(this.now);
    this.row = requested(this.row, this.roster.earliestAt(this.now), this.now, (atMost) => this.#use(atMost), stored);
  }

  #use(atMost: number): number {
    const { flying } = this.roster;
    return flying >= atMost ? flying : flying + this.roster.soon(this.now, this.now + KEEP_SLOTS_MS, atMost - flying);
  }

  #dial(): void {
    while (this.#pause.until <= this.now && freeSlots(this.row, this.roster.flying) > 0) {
      const pick =
        this.#office === null
          ? this.roster.next(this.now)
          : this.#clearance.toDial(this.roster.inTurn(this.now), 1, this.now)[0];
      if (pick === null || pick === undefined) return;
      const number = pick.kind === "first" ? this.roster.nextNumber : pick.number;
      const before = pick.kind === "first" ? null : this.attempt(number);
      const after: AttemptRow = {
        ...(before ?? this.#first(pick.position)),
        status: "dispatched",
        token: "token",
        dispatched_at: this.now,
        error_message: null,
        due_at: this.now + INTENT_DUE_MS,
        updated_at: this.now,
      };
      this.attempts[number - 1] = after;
      this.roster.follow(before, after);
      this.row = withTrialCall(this.row, number);
      this.#clearance.used(pick.position);
      this.dispatches.push({ number, position: pick.position, at: this.now });
      this.placing.add(number);
      this.peak = Math.max(this.peak, this.roster.flying);
    }
  }

  /** As the engine does after it has dialed. */
  #askForMore(): void {
    if (this.#office === null || this.#pause.until > this.now) return;
    const free = freeSlots(this.row, this.roster.flying);
    if (!this.#clearance.isFree(this.now) && free > 0) {
      const { picks, atMost } = this.#clearance.toAskFor(this.roster.inTurn(this.now), free, this.now);
      const candidates = picks.map((pick) => this.#candidateOf(pick));
      if (candidates.length > 0) this.#askOffice(candidates, atMost);
    }
    const isDialing = this.row.granted_slots !== null && this.roster.next(this.now) !== null;
    if (this.#clearance.hasToSpeak(isDialing, this.now)) this.#askOffice([], 0);
  }

  /** A first attempt before anybody has dialed it. */
  #first(position: number): AttemptRow {
    return {
      number: this.roster.nextNumber,
      position,
      attempt: 1,
      status: "queued",
      token: null,
      dispatched_at: null,
      error_message: null,
      due_at: null,
      updated_at: this.now,
      carrier_call_id: null,
      created_at: this.now,
      answered_at: null,
      ended_at: null,
      end_reason: null,
      deferred_since: null,
      ended_because: null,
      carrier_code: null,
      sip_code: null,
      failure_reason: null,
      answered_by: null,
      redacted_at: null,
    };
  }

  #place(number: number): Call {
    const call: Call = {
      id: `CA${this.calls.length}`,
      number,
      placedAt: this.now,
      progress: { kind: "waiting" },
    };
    this.calls.push(call);
    return call;
  }

  #happened(number: number, happening: Happening): void {
    const row = this.attempt(number);
    const isLatest = this.roster.latestOf(row.position)?.number === number;
    const after = settle(row, happening, TIMING, this.#intention(isLatest), this.now);
    if (after !== null) {
      this.attempts[number - 1] = after;
      if (isLatest) {
        this.roster.follow(row, after);
        if (happening.kind === "refused" || happening.kind === "deferred") {
          this.#clearance.unused(this.#candidateOf(row));
          if (happening.kind === "deferred") this.#clearance.throttled(this.now);
        }
        const event = callEventOf(row, after);
        if (event !== null) this.told.push({ event, number });
        if (row.status !== after.status) this.#callAgain(after);
        if (canSettle(row.status)) {
          this.row = this.#circuit.heard(this.row, after, this.roster.counts.queued > 0, this.now);
        }
      }
    }
    this.act();
  }

  /** So that others go on talking to them. */
  get hangsUpOnMachines(): boolean {
    return this.#policy !== null;
  }
  #intention(isLatest: boolean): Intention {
    return { isCancelled: this.row.cancelled_at !== null, hangsUpOnMachines: this.hangsUpOnMachines, isLatest };
  }

  #callAgain(ended: AttemptRow): void {
    if (ended.status !== "failed" || this.row.cancelled_at !== null) return;
    const dueAt = nextAttemptAt(this.#policy, ended, this.now);
    if (dueAt === null) return;
    const next: AttemptRow = {
      ...this.#fresh(ended, this.roster.nextNumber),
      attempt: ended.attempt + 1,
      due_at: dueAt,
    };
    this.attempts[next.number - 1] = next;
    this.roster.follow(ended, next);
  }

  #fresh(row: AttemptRow, number: number): AttemptRow {
    const unknown = { token: null, carrier_call_id: null, dispatched_at: null, answered_at: null, ended_at: null };
    const created = { created_at: this.now, updated_at: this.now, due_at: null, error_message: null, end_reason: null };
    return {
      ...row,
      deferred_since: null,
      ended_because: null,
      answered_by: null,
      redacted_at: null,
      ...unknown,
      ...created,
      number,
      status: "queued",
    };
  }

  pause(): void {
    const paused_at = this.row.paused_at === null ? this.now : null;
    this.row = { ...this.row, paused_at };
    this.act();
  }

  #ask(number: number): void {
    const row = this.attempt(number);
    const asked = this.#asked.get(number) ?? 0;
    this.#asked.set(number, asked + 1);
    const verdict = this.#judge(row, asked);
    if (verdict.kind === "settle") {
      this.#happened(number, verdict.happening);
      return;
    }
    this.roster.inFlight.move(number, verdict.at);
    const call = this.calls.find((one) => one.id === row.carrier_call_id);
    if (verdict.end === null || call === undefined) return;
    if (verdict.end === "withdraw") this.withdrawn.push(number);
    call.progress = ended(verdict.end === "hang_up");
  }

  #judge(row: AttemptRow, asked: number): Verdict {
    const unavailable = { kind: "unavailable", message: "no answer" } as const;
    const isDown = this.now < this.carrierDownUntil;
    if (row.carrier_call_id === null) {
      const claimed = new Set(this.attempts.flatMap((one) => one.carrier_call_id ?? []));
      const calls = this.calls
        .filter(
          (call) => this.attempt(call.number).position === row.position && call.placedAt >= (row.dispatched_at ?? 0),
        )
        .map((call) => ({ carrierCallId: call.id, progress: call.progress }));
      return judgeFound(row, isDown ? unavailable : { kind: "found", calls }, claimed, TIMING, asked, this.now);
    }
    const call = this.calls.find((one) => one.id === row.carrier_call_id);
    const isOver = call?.progress.kind === "ended";
    const report =
      call === undefined
        ? ({ kind: "absent" } as const)
        : isOver && asked % 2 === 0
          ? // Some carriers say at first that it is over, and not yet how.
            ({ kind: "undecided" } as const)
          : ({ kind: "known", carrierCallId: call.id, progress: call.progress } as const);
    const isCancelled = this.row.cancelled_at !== null;
    return judgeReport(row, isDown ? unavailable : report, TIMING, asked, this.now, isCancelled);
  }
}
