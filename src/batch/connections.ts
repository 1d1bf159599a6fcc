/**
 * Which connection a request to the carrier takes: the object's own first, then the fewest lanes that suffice. A call through
 * a lane costs half as much again, so there are lanes only while the carrier's answers take long. Pure.
 */

/** The platform lets an object wait for the headers of 6 (Workers, Limits); one is left for the watchdog's questions. */
const OWN = 5;
const OF_A_LANE = 6;
/** With them a carrier that answers after 200 ms is given 175 calls a second, and without them 25. */
const LANES = 5;
/** From here on answers take long: the object's own connections would begin fewer than 100 calls a second. */
const SLOW_MS = 50;
/** Of each answer in what is usual. */
const SHARE = 1 / 8;

/** `own`, or the number of a lane, from 0. */
export type Connection = "own" | number;

export class Connections {
  #own = 0;
  readonly #lanes: number[] = Array<number>(LANES).fill(0);
  /** How long the carrier takes to accept a call; losing it costs some calls without lanes. */
  #usualMs = 0;

  get free(): number {
    const own = OWN - this.#own;
    return this.#usualMs < SLOW_MS ? own : this.#lanes.reduce((free, taken) => free + OF_A_LANE - taken, own);
  }

  /** One is always given: whoever asks has looked whether there is a free one. */
  take(): Connection {
    if (this.#own < OWN) {
      this.#own += 1;
      return "own";
    }
    const lane = Math.max(
      0,
      this.#lanes.findIndex((taken) => taken < OF_A_LANE),
    );
    this.#lanes[lane] = (this.#lanes[lane] ?? 0) + 1;
    return lane;
  }

  /** `acceptedAfterMs`: null where the carrier did not accept a call, which says nothing of how fast it does. */
  giveBack(connection: Connection, acceptedAfterMs: number | null): void {
    if (connection === "own") this.#own -= 1;
    else this.#lanes[connection] = (this.#lanes[connection] ?? 0) - 1;
    if (acceptedAfterMs !== null) this.#usualMs += (acceptedAfterMs - this.#usualMs) * SHARE;
  }
}
