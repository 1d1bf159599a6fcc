/**
 * The batch in memory: its row, its people, its attempts in flight, and the roster that is a recount of them. All of it
 * follows from the rows, so losing it is safe; and it changes here alone, in one transaction with what the change makes of
 * the request to the ledger.
 */

import type { CallingWindow } from "../../calling/messages/calling-window.ts";
import { DIRECT_CALLS_BEGIN_WITHIN_MS } from "../../calling/requests/limits.ts";
import type { Sql } from "../../storage/sql.ts";
import { CallingHours } from "../people/calling-hours.ts";
import type { Holds } from "../people/holds.ts";
import { Roster } from "../people/roster.ts";
import { fitted, KEEP_SLOTS_MS, requested, slotsOf } from "../slots/request.ts";
import { rosterRows } from "../store/attempts.ts";
import { type BatchRow, readBatch, updateBatch } from "../store/batch-row.ts";
import { InFlightRows } from "../store/in-flight-rows.ts";
import { Recipients } from "../store/recipients.ts";
import { type Standing, standingOf } from "../telling/events.ts";

export type StatePort = {
  readonly holds: Holds;
  /** In the transaction of the change, for whoever has to store something with it. */
  readonly changing: (before: Standing, after: Standing, now: number) => void;
  /** The batch has no slots any more. */
  readonly withoutSlots: () => void;
  /** A transaction failed: whatever is remembered of the rows beside this has to be forgotten. */
  readonly rolledBack: () => void;
};

export class BatchState {
  readonly sql: Sql;
  readonly recipients: Recipients;
  readonly attempts: InFlightRows;
  readonly callingHours: CallingHours;
  readonly #port: StatePort;
  #row: BatchRow;
  #roster: Roster;

  /** The batch must be stored. */
  constructor(sql: Sql, port: StatePort) {
    this.sql = sql;
    this.#port = port;
    this.recipients = new Recipients(sql);
    this.attempts = new InFlightRows(sql);
    this.#row = readBatch(sql);
    const { calling_window, created_at, ringing_timeout_seconds, floor, holds } = this.#row;
    port.holds.restore(holds);
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
   * One transaction: the change, and what it makes of the request to the ledger. Where it throws, what is in memory is
   * read from the rows again.
   */
  change(now: number, body: () => void): void {
    const before = standingOf(this.#row, this.#roster.counts);
    try {
      this.sql.transaction(() => {
        body();
        const row = this.requested(now);
        if (row !== this.#row) this.store(row);
        this.#port.changing(before, standingOf(this.#row, this.#roster.counts), now);
      });
    } catch (error) {
      this.attempts.clear();
      this.#row = readBatch(this.sql);
      this.#port.rolledBack();
      this.regroup();
      throw error;
    }
  }

  /** The row with its request to the ledger as it has to be now; the same row where it is so. */
  requested(now: number): BatchRow {
    const use = (atMost: number) => this.#useOfSlots(atMost, now);
    return requested(this.#row, this.#roster.earliestAt(now), now, use, () => this.#port.holds.stored(now));
  }

  /** The row with the slots that the batch has a use for; the same row where it is so. */
  fitted(now: number): BatchRow {
    return fitted(this.#row, (atMost) => this.#useOfSlots(atMost, now));
  }

  #useOfSlots(atMost: number, now: number): number {
    const { flying } = this.#roster;
    return flying >= atMost ? flying : flying + this.#roster.soon(now, now + KEEP_SLOTS_MS, atMost - flying);
  }

  /** In a change. */
  store(row: BatchRow): void {
    updateBatch(this.sql, row);
    this.#row = row;
    if (slotsOf(row) === null) this.#port.withoutSlots();
  }

  /** The organization's window, as the batch's line has it. Returns whether another one was known. */
  floorIs(floor: CallingWindow | null, now: number): boolean {
    if (!this.callingHours.learnFloor(floor)) return false;
    this.change(now, () => {
      this.store({ ...this.#row, floor: floor === null ? null : JSON.stringify(floor) });
      this.recount();
    });
    return true;
  }

  /** The organization has other rules: whom it held back, and when it lets people be called, is to be asked for again. */
  forgetRules(now: number): void {
    this.#port.holds.clear();
    const isOther = this.callingHours.learnFloor(null);
    if (!isOther && this.#row.holds === null && this.#row.paced_until === null) return;
    this.change(now, () => {
      this.store({ ...this.#row, floor: null, holds: null, paced_until: null });
      this.recount();
    });
  }

  /** Many rows of attempts have changed, or the batch was cancelled. */
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
    return Roster.of(total, cancelledAt !== null, rosterRows(this.sql), this.callingHours.hours, this.#port.holds);
  }
}
