/**
 * Runs the watchdog: asks the carrier about due calls, several at once, and does what `watchdog.ts` decides. A carrier
 * that does not answer is left alone for a while, then asked one question. Only the times of the next questions are in
 * memory; losing them asks once more.
 */

import type { EndReason } from "../../calling/words/call.ts";
import type { CallContext } from "../../dialer/dialer.ts";
import type { LogLine } from "../../log.ts";
import { canSettle, type Happening } from "../attempts/settle.ts";
import { CARRIER_RETRY_AT_MOST_MS, CARRIER_RETRY_MS, type CallTiming, doubled } from "../attempts/timing.ts";
import {
  isToBeHungUpOn,
  isToBeWithdrawn,
  judgeFound,
  judgeReport,
  judgeUnasked,
  REASONS,
  type Seen,
  type Verdict,
} from "../attempts/watchdog.ts";
import type { Connection, Connections } from "../dialing/connections.ts";
import type { Line } from "../dialing/line.ts";
import type { CarrierAnswer, CarrierQuestion } from "../dialing/question.ts";
import type { InFlight } from "../people/in-flight.ts";
import type { AttemptRow } from "../store/attempt-states.ts";

/** A question about a call; `answered` takes its answer. `lane` null: the object's own connection. */
export type AskRequest = {
  readonly number: number;
  readonly line: Line;
  readonly question: CarrierQuestion;
  readonly lane: number | null;
};

/** What of the batch decides about questions and answers, as it is at the moment. */
export type Watched = {
  readonly timing: CallTiming;
  readonly inFlight: InFlight;
  /** The batch is cancelled: no more calls are made. */
  readonly isCancelled: boolean;
  /** Its request to the carrier is in flight. */
  readonly isBusy: (number: number) => boolean;
  readonly find: (number: number) => AttemptRow | null;
  readonly contextOf: (number: number) => CallContext;
  readonly numberOf: (row: AttemptRow) => string;
  readonly callIdOf: (row: AttemptRow) => string;
  /** Which of these carrier calls belong to attempts of the batch. */
  readonly claimed: (carrierCallIds: readonly string[]) => ReadonlySet<string>;
};

/** What an answer means: the call's progress, or that the carrier must end the call, and why. */
export type Heard = {
  readonly happening: Happening | null;
  readonly end: { readonly reason: EndReason; readonly request: AskRequest } | null;
  readonly logs: readonly LogLine[];
};

type Unreachable = {
  readonly happenings: readonly { readonly number: number; readonly happening: Happening }[];
  readonly logs: readonly LogLine[];
};

type Asking = { readonly row: AttemptRow; readonly connection: Connection; readonly request: AskRequest };

const NOTHING: Heard = { happening: null, end: null, logs: [] };

export class Watch {
  readonly #connections: Connections;
  readonly #watched: Watched;
  readonly #asking = new Map<number, Asking>();
  /** Calls that the carrier is being told to end, because of its answer. */
  readonly #ending = new Set<number>();
  /** How often each call was asked about. */
  readonly #asked = new Map<number, number>();
  /** Calls that the carrier was once told to end because a machine answered. */
  readonly #hungUpOn = new Set<number>();
  /** When the carrier was first told to end a call. */
  readonly #toldToEndAt = new Map<number, number>();
  /** When the carrier last said that a call waits in its queue. */
  readonly #waitedAt = new Map<number, number>();
  #silences = 0;
  #askAfter = 0;

  constructor(connections: Connections, watched: Watched) {
    this.#connections = connections;
    this.#watched = watched;
  }

  /** The carrier is not asked before then. */
  get askAfter(): number {
    return this.#askAfter;
  }

  get isAsking(): boolean {
    return this.#asking.size > 0;
  }

  forget(number: number): void {
    this.#asked.delete(number);
    this.#hungUpOn.delete(number);
    this.#toldToEndAt.delete(number);
    this.#waitedAt.delete(number);
  }

  hasDue(now: number): boolean {
    return this.#askAfter <= now && this.#due(now).next().done === false;
  }

  /** Questions about due calls, as many as are allowed at once. */
  ask(line: Line, now: number): AskRequest[] {
    const requests: AskRequest[] = [];
    if (this.#askAfter > now) return requests;
    for (const row of this.#due(now)) {
      const dueAt = row.due_at ?? 0;
      if (!line.capabilities.queues && dueAt > now && isToBeWithdrawn(row, this.#watched.isCancelled)) {
        // Its question would only withdraw it from a queue, and this carrier has none.
        this.#watched.inFlight.move(row.number, dueAt);
        continue;
      }
      const connection = this.#connections.takeForQuestion(this.#silences > 0, now);
      if (connection === null) break;
      const question = this.#questionOf(row, line);
      const request = { number: row.number, line, question, lane: connection.lane };
      this.#asking.set(row.number, { row, connection, request });
      requests.push(request);
    }
    return requests;
  }

  answered(number: number, answer: CarrierAnswer, now: number): Heard {
    const asking = this.#asking.get(number);
    if (asking === undefined) return NOTHING;
    this.#asking.delete(number);
    if (this.#ending.delete(number)) {
      this.#connections.giveBackQuestion(asking.connection);
      return NOTHING;
    }
    // A callback may have come while the question was in flight: the answer is of before, and the row counts.
    const row = this.#watched.find(number) ?? asking.row;
    const { verdict, isAnswered } = this.#judged(row, answer, now);
    const heard = canSettle(row.status) ? this.#heard({ ...asking, row }, verdict, now) : NOTHING;
    if (heard.end === null) this.#connections.giveBackQuestion(asking.connection);
    const failure: LogLine[] =
      answer.kind === "failed" ? [{ level: "warn", event: "watch_failed", error: answer.message }] : [];
    return { ...heard, logs: [...failure, ...this.#hearSilence(isAnswered, now)] };
  }

  /** No line to ask by: what that makes of the due calls. */
  unreachable(now: number): Unreachable {
    if (this.#askAfter > now) return { happenings: [], logs: [] };
    const due = [...this.#due(now)];
    const logs = due.length > 0 ? this.#hearSilence(false, now) : [];
    const happenings = due.flatMap((row) => {
      const { number } = row;
      const verdict = judgeUnasked(row, this.#watched.timing, this.#count(number), now, this.#seen(number));
      const happening = this.#decided(row, verdict);
      return happening === null ? [] : [{ number, happening }];
    });
    return { happenings, logs };
  }

  *#due(now: number): Generator<AttemptRow, undefined> {
    const { inFlight, isBusy, find } = this.#watched;
    for (const number of inFlight.due(now)) {
      if (isBusy(number) || this.#asking.has(number)) continue;
      const row = find(number);
      if (row === null || !canSettle(row.status)) throw new Error("broken invariant: who is in flight can be settled");
      yield row;
    }
  }

  #count(number: number): number {
    return this.#asked.get(number) ?? 0;
  }

  #seen(number: number): Seen {
    return { waitedAt: this.#waitedAt.get(number) ?? 0, toldToEndAt: this.#toldToEndAt.get(number) ?? null };
  }

  #questionOf(row: AttemptRow, { dialing }: Line): CarrierQuestion {
    const { contextOf, callIdOf, numberOf } = this.#watched;
    const context = contextOf(row.number);
    const { carrier_call_id: carrierCallId } = row;
    if (carrierCallId === null) {
      const query = {
        callId: callIdOf(row),
        to: numberOf(row),
        from: dialing.from_number,
        agent: dialing.agent.connection,
        placedAfter: row.dispatched_at ?? 0,
      };
      return { kind: "find", query, context };
    }
    if (isToBeHungUpOn(row) && !this.#hungUpOn.has(row.number)) {
      // The carrier has just said that the call continues, and each more second is spent on the machine.
      this.#hungUpOn.add(row.number);
      return { kind: "end", carrierCallId, isAnswered: true };
    }
    return { kind: "fetch", carrierCallId, context };
  }

  #judged(row: AttemptRow, answer: CarrierAnswer, now: number) {
    const { timing, isCancelled, claimed } = this.#watched;
    const asked = this.#count(row.number);
    switch (answer.kind) {
      case "find": {
        const { found } = answer;
        const others = found.kind === "found" ? claimed(found.calls.map((call) => call.carrierCallId)) : NOBODY;
        return { verdict: judgeFound(row, found, others, timing, asked, now), isAnswered: found.kind === "found" };
      }
      case "fetch": {
        const { report } = answer;
        if (report.kind === "known" && report.progress.kind === "waiting") this.#waitedAt.set(row.number, now);
        const verdict = judgeReport(row, report, timing, asked, now, isCancelled, this.#seen(row.number));
        return { verdict, isAnswered: report.kind !== "unavailable" };
      }
      case "end": {
        const verdict: Verdict = { kind: "ask_again", at: now + CARRIER_RETRY_MS, end: null };
        return { verdict, isAnswered: answer.outcome.kind === "ending" };
      }
      case "failed":
        return { verdict: judgeUnasked(row, timing, asked, now, this.#seen(row.number)), isAnswered: false };
    }
  }

  #heard(asking: Asking, verdict: Verdict, now: number): Omit<Heard, "logs"> {
    const { row, request } = asking;
    const happening = this.#decided(row, verdict);
    if (verdict.kind === "settle" || verdict.end === null || row.carrier_call_id === null)
      return { happening, end: null };
    const isAnswered = verdict.end === "hang_up";
    const question: CarrierQuestion = { kind: "end", carrierCallId: row.carrier_call_id, isAnswered };
    const ending = { ...asking, request: { ...request, question } };
    this.#asking.set(row.number, ending);
    this.#ending.add(row.number);
    if (!this.#toldToEndAt.has(row.number)) this.#toldToEndAt.set(row.number, now);
    return { happening, end: { reason: row.ended_because ?? REASONS[verdict.end], request: ending.request } };
  }

  #decided({ number }: AttemptRow, verdict: Verdict): Happening | null {
    this.#asked.set(number, this.#count(number) + 1);
    if (verdict.kind === "settle") return verdict.happening;
    this.#watched.inFlight.move(number, verdict.at);
    return null;
  }

  /** If several questions fail together, they count as one. */
  #hearSilence(isAnswered: boolean, now: number): LogLine[] {
    if (isAnswered) this.#silences = 0;
    if (isAnswered || this.#askAfter > now) return [];
    this.#askAfter = now + doubled(CARRIER_RETRY_MS, this.#silences, CARRIER_RETRY_AT_MOST_MS);
    this.#silences += 1;
    return this.#silences === 1 ? [{ level: "warn", event: "carrier_does_not_answer" }] : [];
  }
}

const NOBODY: ReadonlySet<string> = new Set();
