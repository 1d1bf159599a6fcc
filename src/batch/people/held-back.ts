/**
 * Recipients that the organization does not clear yet: called too recently, or too often today. What decides is in
 * memory; after a restart the batch only asks about them again. Holds are stored when the batch goes to sleep because
 * of them. So it can report why it waits, and until when.
 */

import type { ContactWaitReason } from "../../calling/messages/clearance.ts";

export type Hold = { readonly until: number; readonly reason: ContactWaitReason };
type StoredHold = readonly [position: number, until: number, reason: ContactWaitReason];

export class HeldBack {
  readonly #holds = new Map<number, Hold>();

  get isEmpty(): boolean {
    return this.#holds.size === 0;
  }

  put(position: number, hold: Hold): void {
    this.#holds.set(position, hold);
  }

  /** Reasons may be out of date: the organization is asked again about each recipient that is due. */
  clear(): void {
    this.#holds.clear();
  }

  /** Null if the recipient is not held back. */
  of(position: number, now: number): Hold | null {
    const hold = this.#holds.get(position);
    if (hold === undefined) return null;
    if (hold.until > now) return hold;
    this.#holds.delete(position);
    return null;
  }

  /** When to ask about a recipient that is due at `from`. */
  endsAt(position: number, from: number): number {
    return Math.max(from, this.#holds.get(position)?.until ?? from);
  }

  /** As stored in the batch's row; null without holds. */
  stored(now: number): string | null {
    const held = [...this.#holds]
      .filter(([, { until }]) => until > now)
      .map(([position, { until, reason }]): StoredHold => [position, until, reason]);
    return held.length === 0 ? null : JSON.stringify(held);
  }

  /** Takes the holds of the row. */
  restore(stored: string | null): void {
    if (stored === null) return;
    for (const [position, until, reason] of JSON.parse(stored) as StoredHold[]) this.put(position, { until, reason });
  }
}
