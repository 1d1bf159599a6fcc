/**
 * The rows of attempts in flight, kept in memory. Each of the carrier's reports needs its row several times, and
 * reading it again costs more than settling it. Code that writes such a row must say so here. Losing this memory is
 * safe: rows are read again. Every change is still a compare-and-set against the table.
 *
 * A row here may be ahead of the table's for a moment (`progress.ts`). Code that reads or changes attempts in any other
 * way first calls `storeAll`.
 */

import { isInFlight } from "../../calling/words/recipient.ts";
import type { Sql } from "../../storage/sql.ts";
import type { AttemptRow } from "./attempt-states.ts";
import { changeAttempt, findAttempt } from "./attempts.ts";
import { pagesFor, takeOverProgress, writeProgress } from "./progress.ts";
import type { Riding } from "./ridden-events.ts";

export class InFlightRows {
  readonly #sql: Sql;
  readonly #rows = new Map<number, AttemptRow>();
  /** The table's row of each that is ahead of it. */
  readonly #behind = new Map<number, AttemptRow>();
  /** Those of them whose last change is nowhere stored. */
  readonly #unsaved = new Set<number>();
  #saveBy: number | null = null;
  /** How many rows of progress are stored. */
  #pages = 0;

  /** Brings the table up to date with the progress that an earlier life of the object has saved. */
  constructor(sql: Sql) {
    this.#sql = sql;
    takeOverProgress(sql);
  }

  /** Of any attempt, in flight or not. */
  find(number: number): AttemptRow | null {
    const known = this.#rows.get(number);
    if (known !== undefined) return known;
    const row = findAttempt(this.#sql, number);
    if (row !== null) this.stored(row);
    return row;
  }

  /** The attempts that are ahead of their rows in the table. */
  get ahead(): readonly AttemptRow[] {
    return [...this.#behind.keys()].flatMap((number) => this.#rows.get(number) ?? []);
  }

  /** The row that the table has now. */
  stored(row: AttemptRow): void {
    this.#behind.delete(row.number);
    this.#saved(row.number);
    if (isInFlight(row.status)) this.#rows.set(row.number, row);
    else this.#rows.delete(row.number);
  }

  /**
   * Stores a change, with the progress before it and the event that tells it. False if the table's row has another status
   * than was thought.
   */
  change(before: AttemptRow, after: AttemptRow, riding: Riding | null = null): boolean {
    if (!changeAttempt(this.#sql, this.#behind.get(after.number) ?? before, after, riding)) return false;
    this.stored(after);
    return true;
  }

  /** Progress that is stored by then at the latest. It writes nothing. */
  advance(before: AttemptRow, after: AttemptRow, saveBy: number): void {
    if (!this.#behind.has(after.number)) this.#behind.set(after.number, before);
    this.#rows.set(after.number, after);
    this.#unsaved.add(after.number);
    this.#saveBy = Math.min(this.#saveBy ?? saveBy, saveBy);
  }

  /** When progress has to be stored; null if all is. */
  get saveBy(): number | null {
    return this.#saveBy;
  }

  /** What is to be written now; null: nothing. `isAtRest`: no call is in flight, and none will be by itself. */
  toSave(isAtRest: boolean, now: number): (() => void) | null {
    if (this.#saveBy !== null && this.#saveBy <= now) return () => this.#save();
    return isAtRest && this.#pages > 0 ? () => this.#drop() : null;
  }

  /** Whether `storeAll` has something to write. */
  get isAhead(): boolean {
    return this.#behind.size > 0 || this.#pages > 0;
  }

  /** Each row of the table is as it is here, and nothing is left of the progress. Call it in a write. */
  storeAll(): void {
    for (const number of [...this.#behind.keys()]) this.#storeOne(number);
    this.#drop();
  }

  /** All in one go, or one by one where that is fewer rows. */
  #save(): void {
    if (this.#unsaved.size <= pagesFor(this.#behind.size)) {
      for (const number of [...this.#unsaved]) this.#storeOne(number);
      return;
    }
    this.#pages = writeProgress(this.#sql, this.ahead, this.#pages);
    this.#unsaved.clear();
    this.#saveBy = null;
  }

  #storeOne(number: number): void {
    const [before, after] = [this.#behind.get(number), this.#rows.get(number)];
    const isStored = before !== undefined && after !== undefined && this.change(before, after);
    if (!isStored) throw new Error("broken invariant: the table has the row that progress was made from");
  }

  #drop(): void {
    if (this.#pages > 0) this.#pages = writeProgress(this.#sql, [], this.#pages);
  }

  #saved(number: number): void {
    if (this.#unsaved.delete(number) && this.#unsaved.size === 0) this.#saveBy = null;
  }

  /** Other code wrote this row. */
  forget(number: number): void {
    this.#rows.delete(number);
  }
}
