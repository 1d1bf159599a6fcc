/**
 * Until when dialing pauses because of what the carrier said. In memory; after a restart, until when the carrier deferred
 * the recipients who wait for it.
 */

import { jittered } from "../../peer.ts";
import { DEFER_AT_MOST_MS, DEFER_FIRST_MS, doubled, UNKNOWN_IN_A_ROW } from "../attempts/timing.ts";

export class BackOff {
  #until: number;
  /** "Not now" answers since a call was placed; several at once count as one. */
  #deferrals = 0;
  #unknowns = 0;

  constructor(until = 0) {
    this.#until = until;
  }

  /** Epoch ms; in the past where dialing goes on. */
  get until(): number {
    return this.#until;
  }

  /** What is needed to dial could not be had: as if the carrier had said "not now", but each batch for a time of its own. */
  couldNot(now: number): void {
    if (this.#until > now) return;
    this.#until = now + jittered(doubled(DEFER_FIRST_MS, this.#deferrals, DEFER_AT_MOST_MS));
    this.#deferrals += 1;
  }

  /** The carrier placed a call. */
  placed(): void {
    this.#deferrals = 0;
    this.#unknowns = 0;
  }

  /** The carrier said "not now"; returns until when. `retryAfterMs`: how long it asked for, or null. */
  deferred(retryAfterMs: number | null, now: number): number {
    if (this.#until <= now) {
      this.#until = now + (retryAfterMs ?? doubled(DEFER_FIRST_MS, this.#deferrals, DEFER_AT_MOST_MS));
      this.#deferrals += 1;
    } else if (retryAfterMs !== null) {
      this.#until = Math.max(this.#until, now + retryAfterMs);
    }
    return this.#until;
  }

  /** The outcome of a request is unknown. Several in a row: the carrier is in trouble, and each more is one more unknown. */
  unknown(now: number): void {
    this.#unknowns += 1;
    if (this.#unknowns >= UNKNOWN_IN_A_ROW) this.deferred(null, now);
  }
}
