/**
 * The stored rows of attempts in flight, kept in memory. Each of the carrier's reports needs its row several times, and
 * reading it again costs more than settling it. Code that writes such a row must say so here. Losing this memory is
 * safe: rows are read again. Every change is still a compare-and-set against the table.
 */

import { isInFlight } from "../../calling/words/recipient.ts";
import type { Sql } from "../../storage/sql.ts";
import type { AttemptRow } from "./attempt-states.ts";
import { findAttempt } from "./attempts.ts";

export class InFlightRows {
  readonly #sql: Sql;
  readonly #rows = new Map<number, AttemptRow>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Of any attempt, in flight or not. */
  find(number: number): AttemptRow | null {
    const known = this.#rows.get(number);
    if (known !== undefined) return known;
    const row = findAttempt(this.#sql, number);
    if (row !== null) this.stored(row);
    return row;
  }

  /** The row that the table has now. */
  stored(row: AttemptRow): void {
    if (isInFlight(row.status)) this.#rows.set(row.number, row);
    else this.#rows.delete(row.number);
  }

  /** Other code wrote this row. */
  forget(number: number): void {
    this.#rows.delete(number);
  }

  /** A transaction was rolled back, or many rows were written. */
  clear(): void {
    this.#rows.clear();
  }
}
