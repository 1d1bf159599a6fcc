/**
 * Recipients that the organization does not clear yet: they were called too recently, or too often today. Kept in memory
 * and not in rows, because a restart only asks about them once more.
 */

import type { ContactWaitReason } from "../calling/clearance.ts";

export type Hold = { readonly until: number; readonly reason: ContactWaitReason };

export class Holds {
  readonly #holds = new Map<number, Hold>();

  get isEmpty(): boolean {
    return this.#holds.size === 0;
  }

  put(position: number, hold: Hold): void {
    this.#holds.set(position, hold);
  }

  /** Their reason may be gone: whoever is due is asked about again. */
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
}
