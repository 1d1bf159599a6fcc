/**
 * What the batch needs to dial: agent, number, and the carrier with its credentials. It is asked of the organization
 * and kept in memory for a short time. So a changed credential or agent is used soon, and a call needs no question.
 */

import { FREE_MS } from "../../calling/messages/clearance.ts";
import { present } from "../../calling/requests/assert.ts";
import type { Capabilities } from "../../dialer/carrier.ts";
import { type Asking, CALLBACKS_TELL, type Dialer } from "../../dialer/dialer.ts";
import type { Dialing } from "../../dialer/dialing.ts";
import { jittered } from "../../peer.ts";
import { REPORT_RETRY_AT_MOST_MS } from "../attempts/timing.ts";

export type Line = { readonly dialing: Dialing; readonly dialer: Dialer; readonly capabilities: Capabilities };

/** How long credentials and agent may be out of date. */
const FRESH_MS = 60_000;
const STALE = Number.NEGATIVE_INFINITY;

/** When it was asked for. `forgotten`: how often the line had been called out of date then. */
export type LineAsked = { readonly at: number; readonly forgotten: number };

/** What is known of the line. Losing it is safe: it is asked for again. */
export class LineMemory {
  #kept: { line: Line; at: number } | null = null;
  /** How often the line, known or being fetched, was called out of date. */
  #forgotten = 0;
  #isWanted = false;
  /** A recipient could be dialed with it. */
  #isWaitedForToDial = false;
  /** The question in flight. */
  #asked: LineAsked | null = null;
  /** A recipient could be dialed when it left. */
  #isAskedToDial = false;
  /** Requests that wait for the names in it. Losing it breaks their connections. */
  #askers: readonly number[] = [];
  /** Callbacks ask again only from then on, because the organization did not answer and may be overloaded. */
  #askAgainAt = 0;

  /** It is asked for in this turn, unless a question is in flight. */
  want(): void {
    this.#isWanted = true;
  }

  /** The same for a recipient who could be dialed with it. */
  wantToDial(): void {
    this.want();
    this.#isWaitedForToDial = true;
  }

  /** `to`: a request that is answered with it. */
  wantFor(to: number): void {
    this.want();
    this.#askers = [...this.#askers, to];
  }

  /** Those who are answered now. */
  takeAskers(): readonly number[] {
    const askers = this.#askers;
    this.#askers = [];
    return askers;
  }

  /** Whether to ask for it now; `heard` or `unanswered` takes the answer. */
  isToBeAsked(now: number): boolean {
    const isToBeAsked = this.#isWanted && this.#asked === null;
    this.#isWanted = false;
    if (isToBeAsked) {
      this.#asked = this.asked(now);
      this.#isAskedToDial = this.#isWaitedForToDial;
    }
    return isToBeAsked;
  }

  /** A question that leaves now. */
  asked(now: number): LineAsked {
    return { at: now, forgotten: this.#forgotten };
  }

  /** Null if it must be asked for first. */
  ready(now: number): Line | null {
    return this.#isWithin(FRESH_MS, now) ? this.last : null;
  }

  /** The same for a dial. The organization's calling window comes with the line, and is good for as long as a clearance. */
  toDial(now: number): Line | null {
    return this.#isWithin(FREE_MS, now) ? this.last : null;
  }

  #isWithin(ms: number, now: number): boolean {
    return this.#kept !== null && now - this.#kept.at < ms;
  }

  /** The last known line, whatever its age; null if none was ever known. */
  get last(): Line | null {
    return this.#kept?.line ?? null;
  }

  /** The organization has said that the line may be out of date. */
  get #isStale(): boolean {
    return this.#kept?.at === STALE;
  }

  /** The line may be out of date, even one that the organization is about to send. */
  forget(): void {
    this.#forgotten += 1;
    if (this.#kept !== null) this.#kept = { ...this.#kept, at: STALE };
  }

  /**
   * The line to verify a callback with; null: the next one. An old line is used at once, and asked for again behind
   * that. If it may be out of date, a new one is waited for. Without an answer the old one is used: otherwise the report
   * would be lost.
   */
  toVerify(now: number): Line | null {
    if (this.ready(now) !== null || (this.#kept !== null && now < this.#askAgainAt)) return this.last;
    this.want();
    return this.#isStale ? null : this.last;
  }

  /** None came. Returns whether a recipient could have been dialed: when the question left, and now. */
  unanswered(now: number): { readonly isAskedToDial: boolean; readonly isDialPutOff: boolean } {
    const isDialPutOff = this.#isWaitedForToDial;
    this.#isWaitedForToDial = false;
    this.#asked = null;
    this.#askAgainAt = now + jittered(REPORT_RETRY_AT_MOST_MS, now);
    return { isAskedToDial: this.#isAskedToDial, isDialPutOff };
  }

  /** How often to ask about calls, by the adapter of the last known line. */
  get asking(): Asking {
    return this.last?.dialer.asking ?? CALLBACKS_TELL;
  }

  /** False if it may be out of date. */
  heard(line: Line): boolean {
    const asked = present(this.#asked, "an answer has its question");
    this.#asked = null;
    this.#isWaitedForToDial = false;
    const isCurrent = asked.forgotten === this.#forgotten;
    this.#kept = { line, at: isCurrent ? asked.at : STALE };
    return isCurrent;
  }

  /** It came with the answer to what was asked then. False if it may be out of date, or a newer one is known. */
  brought(line: Line, { at, forgotten }: LineAsked): boolean {
    if (forgotten !== this.#forgotten || (this.#kept !== null && this.#kept.at > at)) return false;
    this.#isWaitedForToDial = false;
    this.#kept = { line, at };
    return true;
  }
}
