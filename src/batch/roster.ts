/**
 * The batch at a glance, in memory: how many recipients stand where, who waits, whose call is in flight. It is made from
 * the rows when the object wakes and follows every change of a row, so it always equals a recount (promise 6), and
 * losing it is safe. Pure: no storage, no clock.
 */

import { NO_RECIPIENTS, type RecipientCounts } from "../calling/batch-status.ts";
import { isInFlight, type RecipientStatus } from "../calling/recipient.ts";
import type { RosterRow } from "./attempts.ts";

/** A recipient that waits for another try: deferred by the carrier, or requeued by a human. */
export type Waiting = {
  readonly number: number;
  readonly position: number;
  readonly attempt: number;
  readonly dueAt: number;
};
/** The next recipient to dial: its first attempt, or one that has its row already. */
export type Pick =
  | { readonly kind: "first"; readonly position: number }
  | { readonly kind: "again"; readonly number: number; readonly position: number };

/** First attempts before second ones, then the order submitted. */
const inOrder = (a: Waiting, b: Waiting): number => a.attempt - b.attempt || a.position - b.position;

type Counts = { -readonly [key in keyof RecipientCounts]: number };

export class Roster {
  readonly #total: number;
  readonly #cancelled: boolean;
  readonly #counts: Counts = { ...NO_RECIPIENTS };
  /** Positions below it have an attempt; first attempts begin in the order submitted. */
  #nextPosition = 0;
  #nextNumber = 1;
  #updatedAt = 0;
  #waiting: Waiting[] = [];
  /** Attempts in flight, with when each is asked about. */
  readonly inFlight = new Map<number, number>();

  private constructor(total: number, cancelled: boolean) {
    this.#total = total;
    this.#cancelled = cancelled;
  }

  /** `rows` by ascending number. `cancelled`: whoever has no attempt was cancelled with the batch. */
  static of(total: number, cancelled: boolean, rows: Iterable<RosterRow>): Roster {
    const roster = new Roster(total, cancelled);
    const latest: (RosterRow | undefined)[] = [];
    for (const row of rows) {
      const earlier = latest[row.position];
      if (earlier !== undefined) roster.#count(earlier, -1);
      roster.#count(row, 1);
      latest[row.position] = row;
      roster.#nextNumber = row.number + 1;
      roster.#updatedAt = Math.max(roster.#updatedAt, row.updated_at);
      if (row.status === "queued") roster.#waiting.push(waitingOf(row));
      if (isInFlight(row.status)) roster.inFlight.set(row.number, row.due_at ?? 0);
    }
    roster.#waiting.sort(inOrder);
    roster.#nextPosition = latest.length;
    roster.#counts[cancelled ? "cancelled" : "queued"] += total - latest.length;
    return roster;
  }

  get counts(): RecipientCounts {
    return this.#counts;
  }
  /** The last change of an attempt; 0 without one. */
  get updatedAt(): number {
    return this.#updatedAt;
  }
  get nextNumber(): number {
    return this.#nextNumber;
  }
  get flying(): number {
    return this.inFlight.size;
  }

  /** The recipient's latest row has changed, or there is a later one: it was `from` (null: this is its first). */
  follow(from: RosterRow | null, to: RosterRow): void {
    if (from === null) {
      this.#counts.queued -= 1;
      this.#nextPosition = to.position + 1;
    } else {
      this.#count(from, -1);
      this.#waiting =
        from.status === "queued" ? this.#waiting.filter((one) => one.number !== to.number) : this.#waiting;
    }
    this.#count(to, 1);
    this.#nextNumber = Math.max(this.#nextNumber, to.number + 1);
    this.#updatedAt = Math.max(this.#updatedAt, to.updated_at);
    if (to.status === "queued") this.#waiting = [...this.#waiting, waitingOf(to)].sort(inOrder);
    if (isInFlight(to.status)) this.inFlight.set(to.number, to.due_at ?? 0);
    else this.inFlight.delete(to.number);
  }

  /** Who is dialed next: first attempts before later ones, in the order submitted; nobody whose time has not come. */
  next(now: number): Pick | null {
    const again = this.#waiting.find((one) => one.dueAt <= now) ?? null;
    if (again !== null && (again.attempt === 1 || !this.#hasFirst())) {
      return { kind: "again", number: again.number, position: again.position };
    }
    return this.#hasFirst() ? { kind: "first", position: this.#nextPosition } : null;
  }

  /** When the first of those who wait may be dialed: 0 for at once; null where nobody waits. */
  get earliestAt(): number | null {
    if (this.#hasFirst()) return 0;
    return this.#waiting.reduce<number | null>((least, one) => Math.min(least ?? one.dueAt, one.dueAt), null);
  }

  /** When the next waiting recipient may be dialed; null where somebody may be at once, or nobody waits. */
  nextEligibleAt(now: number): number | null {
    return this.next(now) === null ? this.earliestAt : null;
  }

  #hasFirst(): boolean {
    return !this.#cancelled && this.#nextPosition < this.#total;
  }

  #count(row: { status: RecipientStatus; carrier_call_id: string | null }, by: 1 | -1): void {
    this.#counts[row.status] += by;
    if (row.status === "failed" && row.carrier_call_id === null) this.#counts.unplaced += by;
  }
}

const waitingOf = (row: RosterRow): Waiting => ({
  number: row.number,
  position: row.position,
  attempt: row.attempt,
  dueAt: row.due_at ?? 0,
});
