/**
 * The watchdog at work: asks the carrier about calls that are due, one after the other, and does what `watchdog.ts`
 * decides. A carrier that does not answer is left alone for a while. What is in memory here is only when to ask next;
 * losing it asks once more.
 */

import type { EndReason } from "../../calling/words/call.ts";
import type { CallContext } from "../../dialer/dialer.ts";
import { canSettle, type Happening } from "../attempts/settle.ts";
import { CARRIER_RETRY_AT_MOST_MS, CARRIER_RETRY_MS, type CallTiming, doubled } from "../attempts/timing.ts";
import {
  isToBeHungUpOn,
  isToBeWithdrawn,
  judgeFound,
  judgeReport,
  judgeUnasked,
  REASONS,
  type Verdict,
} from "../attempts/watchdog.ts";
import type { Line, LineKeeper } from "../dialing/line.ts";
import type { Roster } from "../people/roster.ts";
import type { AttemptRow } from "../store/attempts.ts";

export type WatchPort = {
  readonly line: LineKeeper;
  readonly timing: () => CallTiming;
  readonly roster: () => Roster;
  /** Nobody of the batch is to be called any more. */
  readonly isCancelled: () => boolean;
  /** Its request to the carrier is under way. */
  readonly isBusy: (number: number) => boolean;
  readonly find: (number: number) => AttemptRow | null;
  readonly contextOf: (number: number) => CallContext;
  readonly numberOf: (row: AttemptRow) => string;
  readonly settle: (number: number, happening: Happening) => void;
  readonly endedBecause: (number: number, reason: EndReason) => void;
  readonly callIdOf: (row: AttemptRow) => string;
  /** Those of these calls of the carrier that belong to attempts of the batch. */
  readonly claimed: (carrierCallIds: readonly string[]) => ReadonlySet<string>;
  readonly rearm: () => void;
};

const NOBODY: ReadonlySet<string> = new Set();

type Answer = { readonly verdict: Verdict; readonly isAnswered: boolean };

export class Watch {
  readonly #port: WatchPort;
  #running = false;
  /** How often each call was asked about. */
  readonly #asked = new Map<number, number>();
  /** Calls that the carrier was told to end once because a machine answered. */
  readonly #hungUpOn = new Set<number>();
  #silences = 0;
  #askAfter = 0;

  constructor(port: WatchPort) {
    this.#port = port;
  }

  /** The carrier is left alone until then. */
  get askAfter(): number {
    return this.#askAfter;
  }

  get isAsking(): boolean {
    return this.#running;
  }

  forget(number: number): void {
    this.#asked.delete(number);
    this.#hungUpOn.delete(number);
  }

  /** Starts asking where something is due and nothing is being asked. */
  run(now: number, background: (work: Promise<void>) => void): void {
    if (this.#running || this.#nextDue(now) === null) return;
    this.#running = true;
    background(
      this.#askAll().finally(() => {
        this.#running = false;
        this.#port.rearm();
      }),
    );
  }

  #nextDue(now: number): number | null {
    if (this.#askAfter > now) return null;
    for (const number of this.#port.roster().inFlight.due(now)) if (!this.#port.isBusy(number)) return number;
    return null;
  }

  async #askAll(): Promise<void> {
    for (let number = this.#nextDue(Date.now()); number !== null; number = this.#nextDue(Date.now())) {
      const row = this.#port.find(number);
      if (row === null || !canSettle(row.status)) throw new Error("broken invariant: who is in flight can be settled");
      await this.#askAbout(row);
    }
  }

  async #askAbout(row: AttemptRow): Promise<void> {
    const { number } = row;
    let answer: Answer;
    try {
      answer = await this.#ask(await this.#port.line.get(Date.now()), row);
    } catch (error) {
      console.warn(JSON.stringify({ event: "watch_failed", error: String(error) }));
      const asked = this.#asked.get(number) ?? 0;
      answer = { verdict: judgeUnasked(row, this.#port.timing(), asked, Date.now()), isAnswered: false };
    }
    if (answer.isAnswered) this.#silences = 0;
    this.#asked.set(number, (this.#asked.get(number) ?? 0) + 1);
    if (answer.verdict.kind === "settle") return this.#port.settle(number, answer.verdict.happening);
    // A callback may have settled it in the meantime.
    this.#port.roster().inFlight.move(number, answer.verdict.at);
    if (!answer.isAnswered) {
      if (this.#silences === 0) console.warn(JSON.stringify({ event: "carrier_does_not_answer" }));
      this.#askAfter = Date.now() + doubled(CARRIER_RETRY_MS, this.#silences, CARRIER_RETRY_AT_MOST_MS);
      this.#silences += 1;
    }
  }

  async #ask({ dialer, dialing, capabilities }: Line, row: AttemptRow): Promise<Answer> {
    const asked = this.#asked.get(row.number) ?? 0;
    const context = this.#port.contextOf(row.number);
    const timing = this.#port.timing();
    if (row.carrier_call_id === null) {
      const query = {
        callId: this.#port.callIdOf(row),
        to: this.#port.numberOf(row),
        from: dialing.from_number,
        agent: dialing.agent.connection,
        placedAfter: row.dispatched_at ?? 0,
      };
      const found = await dialer.find(query, context);
      const others =
        found.kind === "found" ? this.#port.claimed(found.calls.map((call) => call.carrierCallId)) : NOBODY;
      const verdict = judgeFound(row, found, others, timing, asked, Date.now());
      return { verdict, isAnswered: found.kind === "found" };
    }
    if (isToBeHungUpOn(row) && !this.#hungUpOn.has(row.number)) {
      // The carrier has just said that it goes on, and each second more is the machine's.
      this.#hungUpOn.add(row.number);
      const { kind } = await dialer.end(row.carrier_call_id, true);
      return {
        verdict: { kind: "ask_again", at: Date.now() + CARRIER_RETRY_MS, end: null },
        isAnswered: kind === "ending",
      };
    }
    const now = Date.now();
    const dueAt = row.due_at ?? 0;
    // It is asked about only to withdraw it from a queue, and this carrier has none.
    if (!capabilities.queues && dueAt > now && isToBeWithdrawn(row, this.#port.isCancelled())) {
      return { verdict: { kind: "ask_again", at: dueAt, end: null }, isAnswered: true };
    }
    const report = await dialer.fetch(row.carrier_call_id, context);
    const verdict = judgeReport(row, report, timing, asked, Date.now(), this.#port.isCancelled());
    if (verdict.kind === "ask_again" && verdict.end !== null) {
      if (row.ended_because === null) this.#port.endedBecause(row.number, REASONS[verdict.end]);
      await dialer.end(row.carrier_call_id, verdict.end === "hang_up");
    }
    return { verdict, isAnswered: report.kind !== "unavailable" };
  }
}
