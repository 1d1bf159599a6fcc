/**
 * Which connection a request to the carrier takes: the object's own first, then as few lanes as are enough. A call
 * through a lane costs more, so lanes are used only if the carrier answers slowly. Pure.
 */

import { CARRIER_CONNECTIONS } from "../../calling/requests/limits.ts";

const OF_A_LANE = CARRIER_CONNECTIONS.usual;
/**
 * An object takes some 1,000 requests a second (Durable Objects, FAQ), and a call has two callbacks. More connections
 * than this many calls a second need would wait for the object itself.
 */
const CALLS_PER_SECOND = 500;
/** A slower answer counts as slow: the object's own connections would begin fewer than 100 calls a second. */
const SLOW_MS = 50;
/** This many in a row are no accident, and do not come from the object's own start. */
const IN_A_ROW = 10;
/** Questions in flight at once. They make up for 5,000 lost callbacks in seconds, and overload no carrier. */
const QUESTIONS = 20;
/**
 * A busy machine makes all answers late, and more so with more requests. So lanes are dropped and the speed is measured
 * again.
 */
const FOUND_OUT_AGAIN_MS = 30_000;

/** `lane`: its number, from 0; null: the object's own connection. */
export type Connection = {
  readonly lane: number | null;
  readonly takenAt: number;
  /** Only the carrier can be the cause of a late answer. */
  readonly isTelling: boolean;
};

export class Connections {
  /** Of the object's own. One more is left for questions about calls. */
  readonly #ownAtMost: number;
  #own = 0;
  #ownQuestions = 0;
  #questions = 0;
  readonly #lanes: number[];
  /** Slow answers since the last quick one. Losing it costs a moment without lanes. */
  #slowInARow = 0;
  /** Of these, the least that one took: the carrier is at least as slow. */
  #leastMs = 0;
  #foundOutAt = 0;

  /** `ofTheObject`: at least 2. */
  constructor(ofTheObject: number = CARRIER_CONNECTIONS.usual) {
    this.#ownAtMost = ofTheObject - 1;
    const lanes = Math.floor((CARRIER_CONNECTIONS.most - this.#ownAtMost) / OF_A_LANE);
    this.#lanes = Array<number>(lanes).fill(0);
  }

  /** How many more requests may be in flight. */
  free(now: number): number {
    if (this.#isSlow && now >= this.#foundOutAt + FOUND_OUT_AGAIN_MS) this.#findOutAgain();
    let free = this.#freeOwn;
    for (let lane = 0; lane < this.#lanesToUse; lane += 1) free += OF_A_LANE - (this.#lanes[lane] ?? 0);
    return free;
  }

  /** It was slow, so one round of the object's own connections is enough to confirm it. */
  #findOutAgain(): void {
    this.#slowInARow = Math.max(0, IN_A_ROW - this.#ownAtMost);
    this.#leastMs = Number.POSITIVE_INFINITY;
  }

  /** As many as the object can keep busy with a carrier that is this slow. */
  get #lanesToUse(): number {
    if (!this.#isSlow) return 0;
    const atOnce = (CALLS_PER_SECOND * this.#leastMs) / 1_000;
    return Math.min(this.#lanes.length, Math.ceil((atOnce - this.#ownAtMost) / OF_A_LANE));
  }

  /** Always returns a connection; the caller has checked that one is free. */
  take(now: number): Connection {
    if (this.#freeOwn > 0) {
      this.#own += 1;
      return { lane: null, takenAt: now, isTelling: this.#lanes.every((taken) => taken === 0) };
    }
    return this.#takeOfLane(now);
  }

  /**
   * For a question about a call; null if as many are in flight as allowed. `isTried`: the carrier has not answered, so
   * one question tests it.
   */
  takeForQuestion(isTried: boolean, now: number): Connection | null {
    if (this.#questions >= (isTried ? 1 : QUESTIONS)) return null;
    const isOwn = this.#ownQuestions === 0 || this.#own + this.#ownQuestions < this.#ownAtMost;
    if (!isOwn && this.#lanes.every((taken) => taken >= OF_A_LANE)) return null;
    this.#questions += 1;
    if (!isOwn) return this.#takeOfLane(now);
    this.#ownQuestions += 1;
    return { lane: null, takenAt: now, isTelling: false };
  }

  giveBackQuestion({ lane }: Connection): void {
    this.#questions -= 1;
    if (lane === null) this.#ownQuestions -= 1;
    else this.#giveBackLane(lane);
  }

  /** The object's own connections for placing calls: one more is always left for a question. */
  get #freeOwn(): number {
    return this.#ownAtMost - this.#own - Math.max(0, this.#ownQuestions - 1);
  }

  #takeOfLane(now: number): Connection {
    const lane = Math.max(
      0,
      this.#lanes.findIndex((taken) => taken < OF_A_LANE),
    );
    this.#lanes[lane] = (this.#lanes[lane] ?? 0) + 1;
    return { lane, takenAt: now, isTelling: false };
  }

  #giveBackLane(lane: number): void {
    this.#lanes[lane] = (this.#lanes[lane] ?? 0) - 1;
  }

  /** `isAccepted`: the carrier took the call. Other answers, or none, tell little about its speed. */
  giveBack({ lane, takenAt, isTelling }: Connection, isAccepted: boolean, now: number): void {
    if (lane === null) this.#own -= 1;
    else this.#giveBackLane(lane);
    if (!isTelling || !isAccepted || this.#isSlow) return;
    const ms = now - takenAt;
    this.#leastMs = this.#slowInARow === 0 ? ms : Math.min(this.#leastMs, ms);
    this.#slowInARow = ms < SLOW_MS ? 0 : this.#slowInARow + 1;
    this.#foundOutAt = now;
  }

  /**
   * A lane was too late to send its request. Lanes that are always late must not get the same request again and again.
   */
  laneFailed(): void {
    this.#slowInARow = 0;
  }

  get #isSlow(): boolean {
    return this.#slowInARow >= IN_A_ROW;
  }
}
