/** Which connection a request to the carrier takes: the object's own first, then the fewest lanes that suffice. Pure. */

/** The platform lets an object wait for the headers of 6 (Workers, Limits); one is left for the watchdog's questions. */
const OWN = 5;
const OF_A_LANE = 6;
/** A carrier that answers after 200 ms can be given 175 calls a second. */
const LANES = 5;

/** `own`, or the number of a lane, from 0. */
export type Connection = "own" | number;

export class Connections {
  #own = 0;
  readonly #lanes: number[] = Array<number>(LANES).fill(0);

  get free(): number {
    return this.#lanes.reduce((free, taken) => free + OF_A_LANE - taken, OWN - this.#own);
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

  giveBack(connection: Connection): void {
    if (connection === "own") this.#own -= 1;
    else this.#lanes[connection] = (this.#lanes[connection] ?? 0) - 1;
  }
}
