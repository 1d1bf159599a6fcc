/**
 * Recipients that the organization does not clear yet: they were called too recently, or too often today. What counts is in
 * memory, because a restart only asks about them once more; it is stored where the batch goes to sleep because of them, so
 * that the batch can say why and until when it waits.
 */

import type { ContactWaitReason } from "../../calling/messages/clearance.ts";

export type Hold = { readonly until: number; readonly reason: ContactWaitReason };
type StoredHold = readonly [position: number, until: number, reason: ContactWaitReason];

export class Holds {
  readonly #holds = new Map<number, Hold>();

  get isEmpty(): boolean {
    return this.#holds.size === 0;
  }

  put(position: number, hold: Hold): void {
    this.#holds.set(position, hold);
  }

  /** Their reason may be gone: the organization is asked again about each who is due. */
  clear(): void {
    this.#holds.clear();
  }

  /** Null where nothing holds the recipient back any more. */
  of(position: number, now: number): Hold | null {
    const hold = this.#holds.get(position);
    if (hold === undefined) return null;
    if (hold.until > now) return hold;
    this.#holds.delete(position);
    return null;
  }

  /** When a recipient that is due at `from` may be asked about. */
  endsAt(position: number, from: number): number {
    return Math.max(from, this.#holds.get(position)?.until ?? from);
  }

  /** As the batch's row has them; null where nobody is held back. */
  stored(now: number): string | null {
    const held = [...this.#holds]
      .filter(([, { until }]) => until > now)
      .map(([position, { until, reason }]): StoredHold => [position, until, reason]);
    return held.length === 0 ? null : JSON.stringify(held);
  }

  /** Those of the row. */
  restore(stored: string | null): void {
    if (stored === null) return;
    for (const [position, until, reason] of JSON.parse(stored) as StoredHold[]) this.put(position, { until, reason });
  }
}
