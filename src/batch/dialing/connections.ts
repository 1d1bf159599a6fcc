/**
 * Which connection a request to the carrier takes: the object's own first, then as few lanes as are enough. A call
 * through a lane costs more, so lanes are used only if the carrier answers slowly. Pure.
 */

/**
 * The platform lets an object wait for 6 responses (Workers, Limits); one connection is left for questions about calls.
 */
const OWN = 5;
const OF_A_LANE = 6;
/** With lanes, a carrier that answers in 200 ms is given 175 calls a second; without, 25. */
const LANES = 5;
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
  #own = 0;
  #ownQuestions = 0;
  #questions = 0;
  readonly #lanes: number[] = Array<number>(LANES).fill(0);
  /** Slow answers since the last quick one. Losing it costs a moment without lanes. */
  #slowInARow = 0;
  #foundOutAt = 0;

  /** How many more requests may be in flight. */
  free(now: number): number {
    if (this.#isSlow && now >= this.#foundOutAt + FOUND_OUT_AGAIN_MS) this.#slowInARow = 0;
    const own = this.#freeOwn;
    return this.#isSlow ? this.#lanes.reduce((free, taken) => free + OF_A_LANE - taken, own) : own;
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
    const isOwn = this.#ownQuestions === 0 || this.#own + this.#ownQuestions < OWN;
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
    return OWN - this.#own - Math.max(0, this.#ownQuestions - 1);
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
    this.#slowInARow = now - takenAt < SLOW_MS ? 0 : this.#slowInARow + 1;
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
