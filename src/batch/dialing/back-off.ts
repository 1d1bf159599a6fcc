/** Until when dialing pauses because of the carrier. In memory; what the carrier asks for is also in the batch's row. */

import { jittered } from "../../peer.ts";
import { DEFER_AT_MOST_MS, DEFER_FIRST_MS, doubled, UNKNOWN_IN_A_ROW } from "../attempts/timing.ts";

export class BackOff {
  #until: number;
  /** "Not now" answers since the last placed call; several at once count as one. */
  #deferrals = 0;
  #unknowns = 0;

  constructor(until = 0) {
    this.#until = until;
  }

  /** Epoch ms; in the past if dialing is not paused. */
  get until(): number {
    return this.#until;
  }

  /** Something that dialing needs is missing. Pauses as after "not now", but each batch for a random time. */
  couldNot(now: number): void {
    if (this.#until > now) return;
    this.#until = now + jittered(doubled(DEFER_FIRST_MS, this.#deferrals, DEFER_AT_MOST_MS), now);
    this.#deferrals += 1;
  }

  /** The carrier placed a call. */
  placed(): void {
    this.#deferrals = 0;
    this.#unknowns = 0;
  }

  /**
   * The carrier said "not now"; returns until when. `retryAfterMs`: how long it asked for, or null. A wish for no pause at
   * all is none: request after request would leave as fast as it is refused.
   */
  deferred(retryAfterMs: number | null, now: number): number {
    if (this.#until <= now) {
      const asked = retryAfterMs !== null && retryAfterMs >= DEFER_FIRST_MS ? retryAfterMs : null;
      this.#until = now + (asked ?? doubled(DEFER_FIRST_MS, this.#deferrals, DEFER_AT_MOST_MS));
      this.#deferrals += 1;
    } else if (retryAfterMs !== null) {
      this.#until = Math.max(this.#until, now + retryAfterMs);
    }
    return this.#until;
  }

  /**
   * The outcome of a request is unknown. Several in a row mean that the carrier is in trouble, and each further request
   * may end the same way.
   */
  unknown(now: number): void {
    this.#unknowns += 1;
    if (this.#unknowns >= UNKNOWN_IN_A_ROW) this.deferred(null, now);
  }
}
