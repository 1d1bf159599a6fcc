/**
 * The batch at a glance, in memory: how many recipients stand where, who waits, whose call is in flight. It is made from
 * the rows when the object wakes and follows every change of a row, so it always equals a recount (promise 6), and
 * losing it is safe. Pure: no storage, no clock.
 */

import { NO_RECIPIENTS, type RecipientCounts } from "../../calling/words/batch-status.ts";
import { isInFlight, type RecipientStatus } from "../../calling/words/recipient.ts";
import type { RosterRow } from "../store/attempts.ts";
import { type Hold, Holds } from "./holds.ts";
import { ALWAYS, type Hours } from "./hours.ts";
import { InFlight } from "./in-flight.ts";

/** A recipient that waits for another try: deferred by the carrier, requeued by a human, or called again by the policy. */
type WaitsAgain = {
  readonly number: number;
  readonly position: number;
  readonly attempt: number;
  readonly dueAt: number;
  /** It was to be dialed, and the carrier said "not now". */
  readonly isDeferred: boolean;
};
/** The next recipient to dial: its first attempt, or one that has its row already. */
export type NextUp =
  | { readonly kind: "first"; readonly position: number; readonly attempt: 1 }
  | { readonly kind: "again"; readonly number: number; readonly position: number; readonly attempt: number };

/** Positions without an attempt, and numbers of attempts that wait. */
export type WhoWaits = { readonly positions: readonly number[]; readonly numbers: readonly number[] };

/** `hold`: what holds it back until then; null where it is only that it was called before. */
export type Due = { readonly at: number; readonly hold: Hold | null };

/** Of a recipient that has been dialed, or was to be. */
export type LatestAttempt = { readonly number: number; readonly status: RecipientStatus };

/** First attempts before second ones, then the order submitted. */
const inOrder = (a: WaitsAgain, b: WaitsAgain): number => a.attempt - b.attempt || a.position - b.position;

type Counts = { -readonly [key in keyof RecipientCounts]: number };

export class Roster {
  readonly #cancelled: boolean;
  readonly #hours: Hours;
  readonly #holds: Holds;
  readonly #counts: Counts = { ...NO_RECIPIENTS };
  /** Positions without an attempt, by group, each in the order submitted; those before `next` have one by now. */
  readonly #firsts: { readonly positions: number[]; next: number }[];
  /** By position; none where no attempt was made. */
  readonly #latest: (LatestAttempt | undefined)[] = [];
  /** Positions to which a call was placed, whatever came of it. */
  readonly #called = new Set<number>();
  #nextNumber = 1;
  #updatedAt = 0;
  #lastDispatchedAt = 0;
  #waiting: WaitsAgain[] = [];
  readonly inFlight = new InFlight();

  private constructor(cancelled: boolean, hours: Hours, holds: Holds) {
    this.#cancelled = cancelled;
    this.#hours = hours;
    this.#holds = holds;
    this.#firsts = Array.from({ length: hours.groups }, () => ({ positions: [], next: 0 }));
  }

  /** `rows` by ascending number. `cancelled`: recipients without an attempt were cancelled with the batch. */
  static of(
    total: number,
    cancelled: boolean,
    rows: Iterable<RosterRow>,
    hours: Hours = ALWAYS,
    holds: Holds = new Holds(),
  ): Roster {
    const roster = new Roster(cancelled, hours, holds);
    const latest: (RosterRow | undefined)[] = [];
    for (const row of rows) {
      const earlier = latest[row.position];
      if (earlier !== undefined) roster.#count(earlier, -1);
      roster.#count(row, 1);
      if (row.carrier_call_id !== null) roster.#called.add(row.position);
      latest[row.position] = row;
      roster.#nextNumber = row.number + 1;
      roster.#updatedAt = Math.max(roster.#updatedAt, row.updated_at);
      roster.#lastDispatchedAt = Math.max(roster.#lastDispatchedAt, row.dispatched_at ?? 0);
      if (row.status === "queued") roster.#waiting.push(waitingOf(row));
      if (isInFlight(row.status)) roster.inFlight.set(row.number, roster.#askAt(row));
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
  /** Recipients who were called at least once; those who are called again stay among them. */
  get called(): number {
    return this.#called.size;
  }
  /** When an intent to dial was last stored; 0 if none was. */
  get lastDispatchedAt(): number {
    return this.#lastDispatchedAt;
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
    if (to.carrier_call_id !== null) this.#called.add(to.position);
    this.#latest[to.position] = latestOf(to);
    this.#nextNumber = Math.max(this.#nextNumber, to.number + 1);
    this.#updatedAt = Math.max(this.#updatedAt, to.updated_at);
    this.#lastDispatchedAt = Math.max(this.#lastDispatchedAt, to.dispatched_at ?? 0);
    if (to.status === "queued") this.#waiting = [...this.#waiting, waitingOf(to)].sort(inOrder);
    if (isInFlight(to.status)) this.inFlight.set(to.number, this.#askAt(to));
    else this.inFlight.delete(to.number);
  }

  /** Who is dialed next; nobody whose time has not come. */
  next(now: number): NextUp | null {
    return this.#firstInLine() ?? this.inTurn(now).next().value ?? null;
  }

  /**
   * The usual case: no recipient has a window, is held back or waits for another try. Then the first submitted is next,
   * and that is asked several times for each word of the carrier's. Null where it is not so simple, or none waits.
   */
  #firstInLine(): NextUp | null {
    if (!this.#isAsSubmitted) return null;
    const queue = this.#firsts[0];
    const position = queue?.positions[queue.next];
    return position === undefined ? null : firstOf(position);
  }

  get #isAsSubmitted(): boolean {
    return this.#hours === ALWAYS && this.#waiting.length === 0 && !this.#cancelled && this.#holds.isEmpty;
  }

  /** Recipients who may be dialed now: first attempts before later ones, each in the order submitted. */
  *inTurn(now: number): Generator<NextUp, undefined> {
    if (this.#isAsSubmitted) {
      const { positions, next } = this.#firsts[0] ?? NOBODY;
      for (let index = next; index < positions.length; index += 1) yield firstOf(positions[index] ?? 0);
      return;
    }
    const isOpen = this.#openGroups(now);
    const isFree = (position: number) =>
      isOpen(this.#hours.groupOf(position)) && this.#holds.of(position, now) === null;
    const again = function* (waiting: readonly WaitsAgain[]): Generator<NextUp, undefined> {
      for (const one of waiting) if (one.dueAt <= now && isFree(one.position)) yield pickOf(one);
    };
    // In the order of their attempts: those who come before the first ones are in front.
    const later = this.#waiting.findIndex(({ attempt }) => attempt > 1);
    const boundary = later < 0 ? this.#waiting.length : later;
    yield* again(this.#waiting.slice(0, boundary));
    for (const position of this.#firstsInOrder(isOpen)) {
      if (this.#holds.of(position, now) === null) yield firstOf(position);
    }
    yield* again(this.#waiting.slice(boundary));
  }

  /** Those of these recipients who wait, whenever they may be dialed. */
  waitingAmong(positions: ReadonlySet<number>): WhoWaits {
    const { positions: firsts, numbers } = this.everybodyWaiting();
    const positionOf = new Map(this.#waiting.map((one) => [one.number, one.position]));
    return {
      positions: firsts.filter((position) => positions.has(position)),
      numbers: numbers.filter((number) => positions.has(positionOf.get(number) ?? -1)),
    };
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
    // In a group the recipient who is due first decides: a window does not open earlier for one who is due later.
    for (const [group, { at }] of this.#dueByGroup()) consider(group, at);
    return earliest;
  }

  /** How many of those who wait may be dialed until then, counted up to `atMost`. */
  soon(now: number, until: number, atMost: number): number {
    if (this.#isAsSubmitted) {
      const { positions, next } = this.#firsts[0] ?? NOBODY;
      return Math.min(atMost, positions.length - next);
    }
    let count = 0;
    for (const at of this.#dialableAt(now, until)) {
      if (count === atMost) break;
      if (at <= until) count += 1;
    }
    return count;
  }

  /** For each who waits and may be dialed until then, at least when; groups that are closed until then are passed over. */
  *#dialableAt(now: number, until: number): Generator<number, undefined> {
    const isClosed: boolean[] = [];
    const closed = (group: number): boolean => {
      isClosed[group] ??= (this.#hours.opensAt(group, now) ?? BEYOND_ALL) > until;
      return isClosed[group];
    };
    const opening = (group: number, dueAt: number): number =>
      (dueAt > until ? null : this.#hours.opensAt(group, Math.max(now, dueAt))) ?? BEYOND_ALL;
    for (const group of this.#groupsWithFirsts()) {
      if (closed(group)) continue;
      const queue = this.#firsts[group] ?? NOBODY;
      for (let index = queue.next; index < queue.positions.length; index += 1) {
        yield opening(group, this.#holds.endsAt(queue.positions[index] ?? 0, 0));
      }
    }
    for (const { position, dueAt } of this.#waiting) {
      const group = this.#hours.groupOf(position);
      if (!closed(group)) yield opening(group, this.#holds.endsAt(position, dueAt));
    }
  }

  /** The same, if only the windows are taken away: what keeps them waiting then is no window. */
  get dueAt(): number | null {
    return this.firstDue?.at ?? null;
  }

  /** The recipient who is due first, windows aside, and what holds it back until then, other than an earlier call. */
  get firstDue(): Due | null {
    let first: Due | null = null;
    for (const due of this.#dueByGroup().values()) if (first === null || due.at < first.at) first = due;
    return first;
  }

  /** Until when the carrier has deferred the recipients who wait for it; 0 without. */
  get deferredUntil(): number {
    return this.#waiting.reduce((latest, { isDeferred, dueAt }) => (isDeferred ? Math.max(latest, dueAt) : latest), 0);
  }

  /** When the next waiting recipient may be dialed; null where somebody may be at once, or nobody waits. */
  nextEligibleAt(now: number): number | null {
    return this.next(now) === null ? this.earliestAt(now) : null;
  }

  /** Those who wait and may never be called, by their windows: positions without an attempt, and attempts that wait. */
  neverOpen(now: number): WhoWaits {
    return this.#waitingIn((group) => this.#hours.opensAt(group, now) === null);
  }

  /** Those who wait and may not be called now, by their windows. */
  notOpen(now: number): WhoWaits {
    return this.#waitingIn((group) => this.#hours.opensAt(group, now) !== now);
  }

  /** Everybody who waits, in the same form. */
  everybodyWaiting(): WhoWaits {
    return this.#waitingIn(() => true);
  }

  #waitingIn(isMeant: (group: number) => boolean): WhoWaits {
    return {
      positions: this.#groupsWithFirsts()
        .filter(isMeant)
        .flatMap((group) => this.#firsts[group]?.positions.slice(this.#firsts[group]?.next) ?? []),
      numbers: this.#waiting.filter((one) => isMeant(this.#hours.groupOf(one.position))).map(({ number }) => number),
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

  /** The recipient of each group who is due first, windows aside. */
  #dueByGroup(): Map<number, Due> {
    const byGroup = new Map<number, Due>();
    const consider = (position: number, dueAt: number) => {
      const group = this.#hours.groupOf(position);
      const at = this.#holds.endsAt(position, dueAt);
      const known = byGroup.get(group);
      if (known !== undefined && known.at <= at) return;
      byGroup.set(group, { at, hold: at > dueAt ? this.#holds.of(position, dueAt) : null });
    };
    for (const group of this.#groupsWithFirsts()) {
      const queue = this.#firsts[group];
      for (let index = queue?.next ?? 0; index < (queue?.positions.length ?? 0); index += 1) {
        consider(queue?.positions[index] ?? 0, 0);
        if (byGroup.get(group)?.at === 0) break;
      }
    }
    for (const one of this.#waiting) consider(one.position, one.dueAt);
    return byGroup;
  }

  /** Positions without an attempt whose groups are open, in the order submitted. */
  *#firstsInOrder(isOpen: (group: number) => boolean): Generator<number, undefined> {
    const queues = this.#groupsWithFirsts()
      .filter(isOpen)
      .flatMap((group) => this.#firsts[group] ?? [])
      .map(({ positions, next }) => ({ positions, next }));
    for (;;) {
      let least: { readonly positions: number[]; next: number } | null = null;
      for (const queue of queues) if (headOf(queue) < (least === null ? BEYOND_ALL : headOf(least))) least = queue;
      if (least === null) return;
      yield headOf(least);
      least.next += 1;
    }
  }

  /**
   * When the carrier is asked about a call in flight: at once in a batch that was cancelled, because one that still waits in
   * the carrier's queue is ended there. That follows from the rows, so a restart asks again, and a cancel writes none.
   */
  #askAt({ status, carrier_call_id, due_at }: RosterRow): number {
    const mayWait = this.#cancelled && status === "dispatched" && carrier_call_id !== null;
    return mayWait ? 0 : (due_at ?? 0);
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

const NOBODY: { readonly positions: readonly number[]; readonly next: number } = { positions: [], next: 0 };
const firstOf = (position: number): NextUp => ({ kind: "first", position, attempt: 1 });
const latestOf = ({ number, status }: RosterRow): LatestAttempt => ({ number, status });
const BEYOND_ALL = Number.POSITIVE_INFINITY;
const headOf = ({ positions, next }: { readonly positions: readonly number[]; readonly next: number }): number =>
  positions[next] ?? BEYOND_ALL;

const pickOf = ({ number, position, attempt }: WaitsAgain): NextUp => ({ kind: "again", number, position, attempt });
const waitingOf = (row: RosterRow): WaitsAgain => ({
  number: row.number,
  position: row.position,
  attempt: row.attempt,
  dueAt: row.due_at ?? 0,
  isDeferred: row.deferred_since !== null,
});
