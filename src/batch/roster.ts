/**
 * The batch at a glance, in memory: how many recipients stand where, who waits, whose call is in flight. It is made from
 * the rows when the object wakes and follows every change of a row, so it always equals a recount (promise 6), and
 * losing it is safe. Pure: no storage, no clock.
 */

import { NO_RECIPIENTS, type RecipientCounts } from "../calling/batch-status.ts";
import { isInFlight, type RecipientStatus } from "../calling/recipient.ts";
import type { RosterRow } from "./attempts.ts";
import { ALWAYS, type Hours } from "./hours.ts";

/** A recipient that waits for another try: deferred by the carrier, requeued by a human, or called again by the policy. */
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

/** Of a recipient that has been dialed, or was to be. */
export type LatestAttempt = { readonly number: number; readonly status: RecipientStatus };

/** First attempts before second ones, then the order submitted. */
const inOrder = (a: Waiting, b: Waiting): number => a.attempt - b.attempt || a.position - b.position;

type Counts = { -readonly [key in keyof RecipientCounts]: number };

export class Roster {
  readonly #cancelled: boolean;
  readonly #hours: Hours;
  readonly #counts: Counts = { ...NO_RECIPIENTS };
  /** Positions without an attempt, by group, each in the order submitted; those before `next` have one by now. */
  readonly #firsts: { readonly positions: number[]; next: number }[];
  /** By position; none where no attempt was made. */
  readonly #latest: (LatestAttempt | undefined)[] = [];
  #nextNumber = 1;
  #updatedAt = 0;
  #waiting: Waiting[] = [];
  /** Attempts in flight, with when each is asked about. */
  readonly inFlight = new Map<number, number>();

  private constructor(cancelled: boolean, hours: Hours) {
    this.#cancelled = cancelled;
    this.#hours = hours;
    this.#firsts = Array.from({ length: hours.groups }, () => ({ positions: [], next: 0 }));
  }

  /** `rows` by ascending number. `cancelled`: whoever has no attempt was cancelled with the batch. */
  static of(total: number, cancelled: boolean, rows: Iterable<RosterRow>, hours: Hours = ALWAYS): Roster {
    const roster = new Roster(cancelled, hours);
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
    latest.forEach((row, position) => {
      if (row !== undefined) roster.#latest[position] = latestOf(row);
    });
    roster.#waiting.sort(inOrder);
    for (let position = 0; position < total; position += 1) {
      if (latest[position] !== undefined) continue;
      roster.#counts[cancelled ? "cancelled" : "queued"] += 1;
      roster.#firsts[hours.groupOf(position)]?.positions.push(position);
    }
    return roster;
  }

  get counts(): RecipientCounts {
    return this.#counts;
  }
  /** The last change of an attempt; 0 without one. */
  get updatedAt(): number {
    return this.#updatedAt;
  }
  /** Null where no attempt was made. */
  latestOf(position: number): LatestAttempt | null {
    return this.#latest[position] ?? null;
  }
  /** Without an attempt a recipient waits, or was cancelled with the batch. */
  statusOf(position: number): RecipientStatus {
    return this.#latest[position]?.status ?? (this.#cancelled ? "cancelled" : "queued");
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
      this.#begun(to.position);
    } else {
      this.#count(from, -1);
      this.#waiting =
        from.status === "queued" ? this.#waiting.filter((one) => one.number !== to.number) : this.#waiting;
    }
    this.#count(to, 1);
    this.#latest[to.position] = latestOf(to);
    this.#nextNumber = Math.max(this.#nextNumber, to.number + 1);
    this.#updatedAt = Math.max(this.#updatedAt, to.updated_at);
    if (to.status === "queued") this.#waiting = [...this.#waiting, waitingOf(to)].sort(inOrder);
    if (isInFlight(to.status)) this.inFlight.set(to.number, to.due_at ?? 0);
    else this.inFlight.delete(to.number);
  }

  /** Who is dialed next: first attempts before later ones, in the order submitted; nobody whose time has not come. */
  next(now: number): Pick | null {
    const isOpen = this.#openGroups(now);
    const again = this.#waiting.find((one) => one.dueAt <= now && isOpen(this.#hours.groupOf(one.position))) ?? null;
    const first = this.#nextFirst(isOpen);
    if (again !== null && (again.attempt === 1 || first === null)) {
      return { kind: "again", number: again.number, position: again.position };
    }
    return first === null ? null : { kind: "first", position: first };
  }

  /** When the first of those who wait may be dialed, not before `now`; null where nobody waits who ever may be. */
  earliestAt(now: number): number | null {
    // Mostly somebody may be at once, and that is found without looking at everybody.
    if (this.next(now) !== null) return now;
    let earliest: number | null = null;
    const consider = (group: number, from: number) => {
      if (earliest !== null && earliest <= from) return;
      const opening = this.#hours.opensAt(group, Math.max(now, from));
      if (opening !== null) earliest = Math.min(earliest ?? opening, opening);
    };
    for (const group of this.#groupsWithFirsts()) consider(group, now);
    // Of those in a group whoever is due first decides: a window does not open earlier for being asked later.
    const dueAt = new Map<number, number>();
    for (const one of this.#waiting) {
      const group = this.#hours.groupOf(one.position);
      dueAt.set(group, Math.min(dueAt.get(group) ?? one.dueAt, one.dueAt));
    }
    for (const [group, at] of dueAt) consider(group, at);
    return earliest;
  }

  /** The same, if only the windows are taken away: what keeps them waiting then is no window. */
  get dueAt(): number | null {
    if (this.#groupsWithFirsts().length > 0) return 0;
    return this.#waiting.reduce<number | null>((least, one) => Math.min(least ?? one.dueAt, one.dueAt), null);
  }

  /** When the next waiting recipient may be dialed; null where somebody may be at once, or nobody waits. */
  nextEligibleAt(now: number): number | null {
    return this.next(now) === null ? this.earliestAt(now) : null;
  }

  /** Those who wait and may never be called, by their windows: positions without an attempt, and attempts that wait. */
  neverOpen(now: number): { readonly positions: readonly number[]; readonly numbers: readonly number[] } {
    const isNever = (group: number) => this.#hours.opensAt(group, now) === null;
    return {
      positions: this.#groupsWithFirsts()
        .filter(isNever)
        .flatMap((group) => this.#firsts[group]?.positions.slice(this.#firsts[group]?.next) ?? []),
      numbers: this.#waiting.filter((one) => isNever(this.#hours.groupOf(one.position))).map(({ number }) => number),
    };
  }

  /** Everybody who waits, in the same form. */
  everybodyWaiting(): { readonly positions: readonly number[]; readonly numbers: readonly number[] } {
    return {
      positions: this.#groupsWithFirsts().flatMap(
        (group) => this.#firsts[group]?.positions.slice(this.#firsts[group]?.next) ?? [],
      ),
      numbers: this.#waiting.map(({ number }) => number),
    };
  }

  /** Each group is asked once. */
  #openGroups(now: number): (group: number) => boolean {
    const open: (boolean | undefined)[] = [];
    return (group) => {
      open[group] ??= this.#hours.opensAt(group, now) === now;
      return open[group] ?? false;
    };
  }

  #groupsWithFirsts(): number[] {
    if (this.#cancelled) return [];
    return this.#firsts.flatMap(({ positions, next }, group) => (next < positions.length ? [group] : []));
  }

  #nextFirst(isOpen: (group: number) => boolean): number | null {
    let least: number | null = null;
    for (const group of this.#groupsWithFirsts()) {
      const queue = this.#firsts[group];
      const position = queue?.positions[queue.next];
      if (position !== undefined && (least === null || position < least) && isOpen(group)) least = position;
    }
    return least;
  }

  #begun(position: number): void {
    const queue = this.#firsts[this.#hours.groupOf(position)];
    if (queue === undefined) return;
    if (queue.positions[queue.next] === position) queue.next += 1;
    else queue.positions.splice(queue.positions.indexOf(position, queue.next), 1);
  }

  #count(row: { status: RecipientStatus; carrier_call_id: string | null }, by: 1 | -1): void {
    this.#counts[row.status] += by;
    if (row.status === "failed" && row.carrier_call_id === null) this.#counts.unplaced += by;
  }
}

const latestOf = ({ number, status }: RosterRow): LatestAttempt => ({ number, status });
const waitingOf = (row: RosterRow): Waiting => ({
  number: row.number,
  position: row.position,
  attempt: row.attempt,
  dueAt: row.due_at ?? 0,
});
