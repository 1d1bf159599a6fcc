/** The batch's own pace, and the timer by which it, or the organization's, lets the next call begin. */

import { RECOVERY_MS } from "../attempts/timing.ts";
import type { Roster } from "../people/roster.ts";
import type { BatchRow } from "../store/batch-row.ts";

type Paced = Pick<BatchRow, "calls_per_second">;

/** When the batch's own pace lets the next call begin: its last intent tells, so nothing is stored for it. */
export const ownPaceAt = (
  { calls_per_second }: Paced,
  { lastDispatchedAt }: Pick<Roster, "lastDispatchedAt">,
): number => (calls_per_second === null ? 0 : lastDispatchedAt + 1_000 / calls_per_second);

/** Of so many who could be dialed: it lets one begin at a time. */
export const withinOwnPace = (row: Paced, roster: Roster, free: number, now: number): number =>
  row.calls_per_second === null ? free : Math.min(free, ownPaceAt(row, roster) > now ? 0 : 1);

/** What is waited for by alarm; in the past where a timer does. */
export const beyondTimer = (pacedUntil: number, now: number): number =>
  pacedUntil > now + RECOVERY_MS ? pacedUntil : 0;

/** A timer while the batch is at work anyway: the pace lets the next one begin soon. Losing it is safe, the alarm rings. */
export class PaceTimer {
  readonly #ring: () => void;
  #set: { readonly id: ReturnType<typeof setTimeout>; readonly at: number } | null = null;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** Rings then, where that is soon and nothing rings earlier. */
  ringAt(at: number, now: number): void {
    if (at <= now || at > now + RECOVERY_MS || (this.#set !== null && this.#set.at <= at)) return;
    if (this.#set !== null) clearTimeout(this.#set.id);
    const ring = () => {
      this.#set = null;
      this.#ring();
    };
    this.#set = { id: setTimeout(ring, at - now), at };
  }
}
