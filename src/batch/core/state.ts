/**
 * The batch's rows in memory: its own, its recipients, its attempts in flight, and the roster derived from them. All of
 * it follows from the tables, so losing it is safe. Only this file changes the tables.
 */

import type { CallingWindow } from "../../calling/messages/calling-window.ts";
import type { Sql } from "../../storage/sql.ts";
import { CallingHours } from "../people/calling-hours.ts";
import { HeldBack } from "../people/held-back.ts";
import { Roster } from "../people/roster.ts";
import { rosterRows } from "../store/attempt-texts.ts";
import { asJson, type BatchRow, insertBatch, readBatch, updateBatch } from "../store/batch-row.ts";
import { InFlightRows } from "../store/in-flight-rows.ts";
import { Recipients } from "../store/recipients.ts";
import { DirectRequests } from "./direct-requests.ts";

/** What a step writes; null if it writes nothing. */
export type Write = (() => void) | null;

/** One after the other; null if there is nothing to write. */
export function all(writes: readonly Write[]): Write {
  const some = writes.filter((write) => write !== null);
  return some.length === 0
    ? null
    : () => {
        for (const write of some) write();
      };
}

export class BatchState {
  readonly sql: Sql;
  readonly recipients: Recipients;
  readonly attempts: InFlightRows;
  readonly callingHours: CallingHours;
  /** Recipients that the organization does not clear yet. */
  readonly heldBack = new HeldBack();
  /** Null in a batch. */
  readonly direct: DirectRequests | null;
  #row: BatchRow;
  /** The row as stored; null: the first event stores it. */
  #stored: BatchRow | null;
  #roster: Roster;

  /** `first`: of a new batch, which is not stored yet; its recipients are. */
  constructor(sql: Sql, first: BatchRow | null = null) {
    this.sql = sql;
    this.recipients = new Recipients(sql);
    this.attempts = new InFlightRows(sql);
    this.#row = first ?? readBatch(sql);
    this.#stored = first === null ? this.#row : null;
    const { calling_window, ringing_timeout_seconds, floor, holds } = this.#row;
    this.heldBack.restore(holds);
    this.callingHours = new CallingHours(
      calling_window,
      () => this.recipients.all(),
      ringing_timeout_seconds * 1_000,
      this.isDirect,
      floor,
    );
    this.direct = this.isDirect ? this.#directRequests() : null;
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
   * Carries out the writes in order. A generator decides each when the one before has happened. All writes are one
   * transaction; without a write there is none. If it throws, this object must be discarded.
   */
  take(writes: Iterable<Write>): void {
    const rest = writes[Symbol.iterator]();
    let next = rest.next();
    while (this.#stored !== null && next.value === null) next = rest.next();
    if (next.done) return;
    this.sql.transaction(() => {
      for (; !next.done; next = rest.next()) next.value?.();
      if (this.#stored === null) insertBatch(this.sql, this.#row);
      else if (this.#row !== this.#stored) updateBatch(this.sql, this.#row);
      this.#stored = this.#row;
    });
  }

  /** Replaces the batch's row, which is stored once with all changes. Call it in a write. */
  replaceRow(row: BatchRow): void {
    this.#row = row;
  }

  /** Has this become the batch's row; null if it is. */
  becoming(row: BatchRow): Write {
    return row === this.#row ? null : () => this.replaceRow(row);
  }

  /** The organization's calling window is this one now; null if that is known. */
  windowLearned(window: CallingWindow | null): Write {
    if (!this.callingHours.learnFloor(window)) return null;
    return () => {
      this.replaceRow({ ...this.#row, floor: asJson(window) });
      this.recount();
    };
  }

  /** Many attempts have changed, or the times when recipients may be called, or the batch was cancelled. Call it in a write. */
  recount(): void {
    this.attempts.storeAll();
    this.#roster = this.#recounted();
  }

  /** So many more recipients wait, from this position on. */
  joined(from: number, count: number): void {
    if (this.callingHours.isRestricted) this.regroup();
    else this.#roster.joined(from, count);
  }

  #directRequests(): DirectRequests {
    const { created_at: createdAt, total_recipients: total, settled_to: settledTo } = this.#row;
    const requests = this.recipients.requests();
    const counted = requests.map(({ id, requestedAt, first }, index) => {
      const end = requests[index + 1]?.first ?? total;
      return { id, requestedAt, first, count: end - first };
    });
    return new DirectRequests(createdAt, counted, settledTo);
  }

  /** Derives again from the rows who may be called when. */
  regroup(): void {
    this.callingHours.changed(this.#row.calling_window);
    this.recount();
  }

  #recounted(): Roster {
    const { total_recipients: total, cancelled_at: cancelledAt } = this.#row;
    const { open, ...others } = rosterRows(this.sql);
    return Roster.of(total, cancelledAt !== null, open, this.callingHours.hours, this.heldBack, others);
  }
}
