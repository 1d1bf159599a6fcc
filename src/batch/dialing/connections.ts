/**
 * Which connection a request to the carrier takes: the object's own first, then the fewest lanes that suffice. A call through
 * a lane costs more, so there are lanes only where the carrier's answers take long. Pure.
 */

/** The platform lets an object wait for the headers of 6 (Workers, Limits); one is left for questions about calls. */
const OWN = 5;
const OF_A_LANE = 6;
/** With them a carrier that answers after 200 ms is given 175 calls a second, and without them 25. */
const LANES = 5;
/** From here on an answer takes long: the object's own connections would begin fewer than 100 calls a second. */
const SLOW_MS = 50;
/** So many in a row are no accident, and the object's own start is over. */
const IN_A_ROW = 10;
/** So many calls are asked about at once: 5,000 lost callbacks are made up for in seconds, and no carrier is overrun. */
const QUESTIONS = 20;
/** A busy machine makes every answer late, the more the more are under way: so it is found out anew without lanes. */
const FOUND_OUT_AGAIN_MS = 30_000;

/** `lane`: its number, from 0; null for the object's own. */
export type Connection = {
  readonly lane: number | null;
  readonly takenAt: number;
  /** Nothing but the carrier can be what makes its answer late. */
  readonly isTelling: boolean;
};

export class Connections {
  #own = 0;
  #ownQuestions = 0;
  #questions = 0;
  readonly #lanes: number[] = Array<number>(LANES).fill(0);
  /** Answers that took long since the last that did not. Losing it costs a moment without lanes. */
  #slowInARow = 0;
  #foundOutAt = 0;

  /** How many more requests may be under way. */
  free(now: number): number {
    if (this.#isSlow && now >= this.#foundOutAt + FOUND_OUT_AGAIN_MS) this.#slowInARow = 0;
    const own = this.#freeOwn;
    return this.#isSlow ? this.#lanes.reduce((free, taken) => free + OF_A_LANE - taken, own) : own;
  }

  /** One is always given: the caller has looked whether there is a free one. */
  take(now: number): Connection {
    if (this.#freeOwn > 0) {
      this.#own += 1;
      return { lane: null, takenAt: now, isTelling: this.#lanes.every((taken) => taken === 0) };
    }
    return this.#takeOfLane(now);
  }

  /**
   * For a question about a call; null where as many are under way as may be. `isTried`: the carrier has not answered, so one
   * question finds out whether it does again.
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

  /** Of the object's own, for one that places a call: one more is always left for a question. */
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

  /** `isAccepted`: the carrier took the call. What else it says, or that it says nothing, tells little of how fast it is. */
  giveBack({ lane, takenAt, isTelling }: Connection, isAccepted: boolean, now: number): void {
    if (lane === null) this.#own -= 1;
    else this.#giveBackLane(lane);
    if (!isTelling || !isAccepted || this.#isSlow) return;
    this.#slowInARow = now - takenAt < SLOW_MS ? 0 : this.#slowInARow + 1;
    this.#foundOutAt = now;
  }

  /** A lane came too late to send what it was given. Lanes that always do must not be given the same again and again. */
  laneFailed(): void {
    this.#slowInARow = 0;
  }

  get #isSlow(): boolean {
    return this.#slowInARow >= IN_A_ROW;
  }
}
