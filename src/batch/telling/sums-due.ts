/**
 * When the sums for the organization's reports are told, and which changes are new to them. In memory only: losing it is
 * safe, because the row says up to when all was told.
 */

import { isAtRest } from "../../calling/words/batch-status.ts";
import { SUMS_AFTER_WAKING_MS, SUMS_EVERY_MS } from "../attempts/timing.ts";
import type { Roster } from "../people/roster.ts";
import type { BatchRow } from "../store/batch-row.ts";
import type { Counted } from "./reporter.ts";

export class SumsDue {
  #wokenAt = Number.NEGATIVE_INFINITY;
  #countedAt = 0;

  /** An event is heard; the first one has woken the object. */
  heard(now: number): void {
    if (this.#wokenAt === Number.NEGATIVE_INFINITY) this.#wokenAt = now;
  }

  /** Null where the reports have been told of every attempt. `row`: as it is about to be stored. */
  at({ sums_told: told, admitted_at, created_at }: BatchRow, { updatedAt, counts }: Roster): number | null {
    if (updatedAt === 0 || updatedAt < told) return null;
    // Its last change may be of a clock that is ahead.
    if (isAtRest(counts)) return created_at;
    const dueAt = Math.max(told, admitted_at ?? created_at) + SUMS_EVERY_MS;
    return counts.queued > 0 ? Math.max(dueAt, this.#wokenAt + SUMS_AFTER_WAKING_MS) : dueAt;
  }

  /** All attempts are counted now. */
  counted({ updatedAt, changes }: Roster, now: number): Counted {
    this.#countedAt = Math.max(now, updatedAt, this.#countedAt);
    return { at: this.#countedAt, changes };
  }

  /**
   * When a change is stored as made: not before any other change, and not before what was told. A machine's clock may be
   * behind the one of the machine before, and otherwise the change would seem to be old.
   */
  changeAt({ sums_told: told }: BatchRow, { updatedAt }: Roster, now: number): number {
    return Math.max(now, told, updatedAt, this.#countedAt);
  }
}
