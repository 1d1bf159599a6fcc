/**
 * The state of the batch in memory: recipients by status, who waits, and which calls are in flight. It is built from
 * the rows when the object wakes and follows every change of a row. So it always equals a recount (promise 6), and
 * losing it is safe. Pure: no storage, no clock.
 */

import { NO_RECIPIENTS, type RecipientCounts } from "../../calling/words/batch-status.ts";
import { isInFlight, type RecipientStatus } from "../../calling/words/recipient.ts";
import type { BriefAttempt, RosterRows } from "../store/attempt-texts.ts";
import type { RosterRow } from "../store/attempts.ts";
import { HeldBack } from "./held-back.ts";
import { ALWAYS, type Hours } from "./hours.ts";
import { InFlight } from "./in-flight.ts";
import { Queue } from "./queue.ts";

/** The latest attempt of a recipient that was dialed, or was about to be. */
export type LatestAttempt = { readonly number: number; readonly status: RecipientStatus };

type Counts = { -readonly [key in keyof RecipientCounts]: number };

let changes = 0;
function nextChange(): number {
  changes += 1;
  return changes;
}

export class Roster {
  readonly #cancelled: boolean;
  readonly queue: Queue;
  readonly #counts: Counts = { ...NO_RECIPIENTS };
  /** By position; undefined without an attempt. */
  readonly #latest: (BriefAttempt | undefined)[] = [];
  /** Positions to which a call was placed, whatever its outcome. */
  readonly #called = new Set<number>();
  /** Positions that answered a call, by a person or a machine. */
  readonly #answered = new Set<number>();
  #nextNumber = 1;
  #updatedAt = 0;
  #change = nextChange();
  #lastDispatchedAt = 0;
  readonly inFlight = new InFlight();

  private constructor(cancelled: boolean, hours: Hours, heldBack: HeldBack) {
    this.#cancelled = cancelled;
    this.queue = new Queue(cancelled, hours, heldBack);
  }

  /**
   * `rows`: in any order. `cancelled`: recipients without an attempt were cancelled with the batch. `others`: attempts that
   * are over and not among the rows.
   */
  static of(
    total: number,
    cancelled: boolean,
    rows: Iterable<RosterRow>,
    hours: Hours = ALWAYS,
    heldBack: HeldBack = new HeldBack(),
    others: Omit<RosterRows, "open"> = NOBODY,
  ): Roster {
    const roster = new Roster(cancelled, hours, heldBack);
    const again: RosterRow[] = [];
    roster.#updatedAt = others.updatedAt;
    roster.#lastDispatchedAt = others.dispatchedAt;
    for (const one of others.over) roster.#found(one);
    for (const row of rows) {
      roster.#found(briefOf(row));
      roster.#dated(row);
      if (row.status === "queued") again.push(row);
      if (isInFlight(row.status)) roster.inFlight.set(row.number, roster.#askAt(row));
    }
    roster.queue.waitsAgain(again);
    for (let position = 0; position < total; position += 1) {
      const latest = roster.#latest[position];
      if (latest !== undefined) roster.#count(latest, 1);
      else {
        roster.#counts[cancelled ? "cancelled" : "queued"] += 1;
        roster.queue.joined(position);
      }
    }
    return roster;
  }

  get counts(): RecipientCounts {
    return this.#counts;
  }
  /** Recipients who were called at least once, including those who are called again. */
  get called(): number {
    return this.#called.size;
  }
  /** Recipients who answered a call, or whose machine did; those who are called again stay among them. */
  get answered(): number {
    return this.#answered.size;
  }
  /** When an intent to dial was last stored; 0 without one. */
  get lastDispatchedAt(): number {
    return this.#lastDispatchedAt;
  }
  /** The last change of an attempt; 0 without one. */
  get updatedAt(): number {
    return this.#updatedAt;
  }
  /** Another number after each change of an attempt, and in each recount. */
  get changes(): number {
    return this.#change;
  }
  /** Null without an attempt. */
  latestOf(position: number): LatestAttempt | null {
    return this.#latest[position] ?? null;
  }
  /** A recipient without an attempt waits, or was cancelled with the batch. */
  statusOf(position: number): RecipientStatus {
    return this.#latest[position]?.status ?? (this.#cancelled ? "cancelled" : "queued");
  }
  get nextNumber(): number {
    return this.#nextNumber;
  }
  get flying(): number {
    return this.inFlight.size;
  }

  /** An earlier attempt than the recipient's latest has changed. */
  changedAt(at: number): void {
    this.#change = nextChange();
    this.#updatedAt = Math.max(this.#updatedAt, at);
  }

  /** So many more wait, behind all others. No recipient has a window, and none was cancelled. */
  joined(from: number, count: number): void {
    for (let position = from; position < from + count; position += 1) {
      this.#counts.queued += 1;
      this.queue.joined(position);
    }
  }

  /** The recipient's latest row has changed from `from`, or a later one exists. `from` null: this is its first. */
  follow(from: RosterRow | null, to: RosterRow): void {
    if (from === null) {
      this.#counts.queued -= 1;
      this.queue.begun(to.position);
    } else {
      this.#count(briefOf(from), -1);
      if (from.status === "queued") this.queue.left(to.number);
    }
    const latest = briefOf(to);
    this.#found(latest);
    this.#dated(to);
    this.#count(latest, 1);
    this.#latest[to.position] = latest;
    if (to.status === "queued") this.queue.waitsAgain([to]);
    if (isInFlight(to.status)) this.inFlight.set(to.number, this.#askAt(to));
    else this.inFlight.delete(to.number);
  }

  /** There is such an attempt, and perhaps a later one of its recipient. */
  #found(one: BriefAttempt): void {
    if (one.isPlaced) this.#called.add(one.position);
    if (one.isAnswered) this.#answered.add(one.position);
    this.#nextNumber = Math.max(this.#nextNumber, one.number + 1);
    const known = this.#latest[one.position];
    if (known === undefined || known.number < one.number) this.#latest[one.position] = one;
  }

  #dated({ updated_at, dispatched_at }: RosterRow): void {
    this.#change = nextChange();
    this.#updatedAt = Math.max(this.#updatedAt, updated_at);
    this.#lastDispatchedAt = Math.max(this.#lastDispatchedAt, dispatched_at ?? 0);
  }

  /**
   * When to ask the carrier about a call in flight. In a cancelled batch at once, because a call that waits in the
   * carrier's queue is ended there. This follows from the rows, so a restart asks again, and a cancel need not write
   * it.
   */
  #askAt({ status, carrier_call_id, due_at }: RosterRow): number {
    const mayWait = this.#cancelled && status === "dispatched" && carrier_call_id !== null;
    return mayWait ? 0 : (due_at ?? 0);
  }

  #count({ status, isPlaced }: Pick<BriefAttempt, "status" | "isPlaced">, by: 1 | -1): void {
    this.#counts[status] += by;
    if (status === "failed" && !isPlaced) this.#counts.unplaced += by;
  }
}

const NOBODY: Omit<RosterRows, "open"> = { over: [], updatedAt: 0, dispatchedAt: 0 };
const briefOf = ({ number, position, status, carrier_call_id, answered_at }: RosterRow): BriefAttempt => ({
  ...{ number, position, status, isPlaced: carrier_call_id !== null, isAnswered: answered_at !== null },
});
