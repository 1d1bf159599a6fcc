/**
 * The batch's rows in memory: its own, its people, its attempts in flight, and the roster that is a recount of them. All of
 * it follows from the tables, so losing it is safe; and the tables change here alone.
 */

import { DIRECT_CALLS_BEGIN_WITHIN_MS } from "../../calling/requests/limits.ts";
import type { Sql } from "../../storage/sql.ts";
import { CallingHours } from "../people/calling-hours.ts";
import { Holds } from "../people/holds.ts";
import { Roster } from "../people/roster.ts";
import { fitted, KEEP_SLOTS_MS, requested } from "../slots/request.ts";
import { rosterRows } from "../store/attempts.ts";
import { type BatchRow, readBatch, updateBatch } from "../store/batch-row.ts";
import { InFlightRows } from "../store/in-flight-rows.ts";
import { Recipients } from "../store/recipients.ts";

/** What a step writes; null where it decides that nothing is to be written. */
export type Write = (() => void) | null;

export class BatchState {
  readonly sql: Sql;
  readonly recipients: Recipients;
  readonly attempts: InFlightRows;
  readonly callingHours: CallingHours;
  /** The people that the organization does not clear yet. */
  readonly holds = new Holds();
  #row: BatchRow;
  /** As the table has it. */
  #stored: BatchRow;
  #roster: Roster;

  /** The batch must be stored. */
  constructor(sql: Sql) {
    this.sql = sql;
    this.recipients = new Recipients(sql);
    this.attempts = new InFlightRows(sql);
    this.#row = readBatch(sql);
    this.#stored = this.#row;
    const { calling_window, created_at, ringing_timeout_seconds, floor, holds } = this.#row;
    this.holds.restore(holds);
    this.callingHours = new CallingHours(
      calling_window,
      () => this.recipients.all(),
      ringing_timeout_seconds * 1_000,
      this.isDirect ? created_at + DIRECT_CALLS_BEGIN_WITHIN_MS : null,
      floor,
    );
    this.#roster = this.#recounted();
  }

  get row(): BatchRow {
    return this.#row;
  }
  get roster(): Roster {
    return this.#roster;
  }
  get isDirect(): boolean {
    return this.#row.kind === "direct";
  }

  /**
   * Takes the steps one after the other: each decides, and what it decides is written before the next one looks. All of it is
   * one transaction, from the first write on; without any there is none. Where it throws, this memory is to be given up.
   */
  take(steps: Iterable<() => Write>): void {
    const rest = steps[Symbol.iterator]();
    for (let step = rest.next(); !step.done; step = rest.next()) {
      const write = step.value();
      if (write !== null) this.sql.transaction(() => this.#write(write, rest));
    }
  }

  #write(first: () => void, rest: Iterator<() => Write>): void {
    first();
    for (let step = rest.next(); !step.done; step = rest.next()) step.value()?.();
    if (this.#row !== this.#stored) updateBatch(this.sql, this.#row);
    this.#stored = this.#row;
  }

  /** In a write: the batch's row is this one, which is stored once with all that changes. */
  store(row: BatchRow): void {
    this.#row = row;
  }

  /** The row with its request to the ledger as it has to be now; the same row where it is so. */
  requested(now: number): BatchRow {
    const use = (atMost: number) => this.#useOfSlots(atMost, now);
    return requested(this.#row, this.#roster.earliestAt(now), now, use, () => this.holds.stored(now));
  }

  /** The row with the slots that the batch has a use for; the same row where it is so. */
  fitted(now: number): BatchRow {
    return fitted(this.#row, (atMost) => this.#useOfSlots(atMost, now));
  }

  #useOfSlots(atMost: number, now: number): number {
    const { flying } = this.#roster;
    return flying >= atMost ? flying : flying + this.#roster.soon(now, now + KEEP_SLOTS_MS, atMost - flying);
  }

  /** Many rows of attempts have changed, or who may be called when, or the batch was cancelled. */
  recount(): void {
    this.#roster = this.#recounted();
  }

  /** Who may be called when is worked out anew from the rows. */
  regroup(): void {
    this.callingHours.changed(this.#row.calling_window);
    this.recount();
  }

  #recounted(): Roster {
    const { total_recipients: total, cancelled_at: cancelledAt } = this.#row;
    return Roster.of(total, cancelledAt !== null, rosterRows(this.sql), this.callingHours.hours, this.holds);
  }
}
