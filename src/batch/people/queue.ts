/**
 * The recipients that wait to be dialed, and who is next. Windows, holds and the time of another try decide. Part of the
 * roster, which keeps it equal to the rows. Pure: no storage, no clock.
 */

import type { RosterRow } from "../store/attempts.ts";
import type { HeldBack, Hold } from "./held-back.ts";
import { ALWAYS, type Hours } from "./hours.ts";

/**
 * A recipient that waits for another try: deferred by the carrier, queued again by a human, or called again by the
 * policy.
 */
type WaitsAgain = {
  readonly number: number;
  readonly position: number;
  readonly attempt: number;
  readonly dueAt: number;
};
/** The next recipient to dial: its first attempt, or an attempt that has a row. */
export type NextUp =
  | { readonly kind: "first"; readonly position: number; readonly attempt: 1 }
  | { readonly kind: "again"; readonly number: number; readonly position: number; readonly attempt: number };

/** Positions without an attempt, and numbers of waiting attempts. */
export type WhoWaits = { readonly positions: readonly number[]; readonly numbers: readonly number[] };

/** `hold`: what delays it until then; null if only an earlier call does. */
export type Due = { readonly at: number; readonly hold: Hold | null };

/** First attempts before second ones, then in the order submitted. */
const inOrder = (a: WaitsAgain, b: WaitsAgain): number => a.attempt - b.attempt || a.position - b.position;

export class Queue {
  readonly #cancelled: boolean;
  readonly #hours: Hours;
  readonly #heldBack: HeldBack;
  /** Positions without an attempt, by group, each in the order submitted. Those before `next` have an attempt now. */
  readonly #firsts: { readonly positions: number[]; next: number }[];
  #waiting: WaitsAgain[] = [];

  /** `cancelled`: recipients without an attempt were cancelled with the batch. */
  constructor(cancelled: boolean, hours: Hours, heldBack: HeldBack) {
    this.#cancelled = cancelled;
    this.#hours = hours;
    this.#heldBack = heldBack;
    this.#firsts = Array.from({ length: hours.groups }, () => ({ positions: [], next: 0 }));
  }

  /** A recipient without an attempt, behind all others. */
  joined(position: number): void {
    this.#firsts[this.#hours.groupOf(position)]?.positions.push(position);
  }

  /** A recipient's first attempt has begun. */
  begun(position: number): void {
    const queue = this.#firsts[this.#hours.groupOf(position)];
    if (queue === undefined) return;
    if (queue.positions[queue.next] === position) queue.next += 1;
    else queue.positions.splice(queue.positions.indexOf(position, queue.next), 1);
  }

  /** Attempts that wait. */
  waitsAgain(rows: readonly RosterRow[]): void {
    this.#waiting = [...this.#waiting, ...rows.map(waitingOf)].sort(inOrder);
  }

  /** The attempt no longer waits. */
  left(number: number): void {
    this.#waiting = this.#waiting.filter((one) => one.number !== number);
  }

  /** The next recipient to dial now; null if none is due. */
  next(now: number): NextUp | null {
    return this.#firstInLine() ?? this.inTurn(now).next().value ?? null;
  }

  /**
   * The usual case: no recipient has a window, a hold or another try. Then the first submitted is next. This is asked
   * several times for each of the carrier's reports. Null in all other cases, or if none waits.
   */
  #firstInLine(): NextUp | null {
    if (!this.#isAsSubmitted) return null;
    const queue = this.#firsts[0];
    const position = queue?.positions[queue.next];
    return position === undefined ? null : firstOf(position);
  }

  get #isAsSubmitted(): boolean {
    return this.#hours === ALWAYS && this.#waiting.length === 0 && !this.#cancelled && this.#heldBack.isEmpty;
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
      isOpen(this.#hours.groupOf(position)) && this.#heldBack.of(position, now) === null;
    const again = function* (waiting: readonly WaitsAgain[]): Generator<NextUp, undefined> {
      for (const one of waiting) if (one.dueAt <= now && isFree(one.position)) yield pickOf(one);
    };
    // Deferred first attempts, then recipients without an attempt, then later attempts.
    const later = this.#waiting.findIndex(({ attempt }) => attempt > 1);
    const boundary = later < 0 ? this.#waiting.length : later;
    yield* again(this.#waiting.slice(0, boundary));
    for (const position of this.#firstsInOrder(isOpen)) {
      if (this.#heldBack.of(position, now) === null) yield firstOf(position);
    }
    yield* again(this.#waiting.slice(boundary));
  }

  /** Which of these recipients wait, whenever they may be dialed. */
  waitingAmong(positions: ReadonlySet<number>): WhoWaits {
    const { positions: firsts, numbers } = this.everybodyWaiting();
    const positionOf = new Map(this.#waiting.map((one) => [one.number, one.position]));
    return {
      positions: firsts.filter((position) => positions.has(position)),
      numbers: numbers.filter((number) => positions.has(positionOf.get(number) ?? -1)),
    };
  }

  /** When the first waiting recipient may be dialed, not before `now`; null if none ever may be. */
  earliestAt(now: number): number | null {
    // Usually a recipient may be dialed at once, which is found without looking at all of them.
    if (this.next(now) !== null) return now;
    let earliest: number | null = null;
    const consider = (group: number, from: number) => {
      if (earliest !== null && earliest <= from) return;
      const opening = this.#hours.opensAt(group, Math.max(now, from));
      if (opening !== null) earliest = Math.min(earliest ?? opening, opening);
    };
    // The recipient who is due first decides for its group: a window does not open earlier for one that is due later.
    for (const [group, { at }] of this.#dueByGroup()) consider(group, at);
    return earliest;
  }

  /** How many waiting recipients may be dialed until then, counted up to `atMost`. */
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

  /**
   * A lower bound of the time for each waiting recipient that may be dialed until then. Skips groups that are closed
   * until then.
   */
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
        yield opening(group, this.#heldBack.endsAt(queue.positions[index] ?? 0, 0));
      }
    }
    for (const { position, dueAt } of this.#waiting) {
      const group = this.#hours.groupOf(position);
      if (!closed(group)) yield opening(group, this.#heldBack.endsAt(position, dueAt));
    }
  }

  /** Who is due first without windows. What delays it until then is its hold, or an earlier call. */
  get firstDue(): Due | null {
    let first: Due | null = null;
    for (const due of this.#dueByGroup().values()) if (first === null || due.at < first.at) first = due;
    return first;
  }

  /** When the next waiting recipient may be dialed; null if one may be at once, or none waits. */
  nextEligibleAt(now: number): number | null {
    return this.next(now) === null ? this.earliestAt(now) : null;
  }

  /** Waiting recipients whose windows never open: positions without an attempt, and waiting attempts. */
  neverOpen(now: number): WhoWaits {
    return this.#waitingIn((group) => this.#hours.opensAt(group, now) === null);
  }

  /** Waiting recipients whose windows are closed now. */
  notOpen(now: number): WhoWaits {
    return this.#waitingIn((group) => this.#hours.opensAt(group, now) !== now);
  }

  /** All waiting recipients, in the same form. */
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

  /** Asks each group once. */
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

  /** For each group, the recipient who is due first without windows. */
  #dueByGroup(): Map<number, Due> {
    const byGroup = new Map<number, Due>();
    const consider = (position: number, dueAt: number) => {
      const group = this.#hours.groupOf(position);
      const at = this.#heldBack.endsAt(position, dueAt);
      const known = byGroup.get(group);
      if (known !== undefined && known.at <= at) return;
      byGroup.set(group, { at, hold: at > dueAt ? this.#heldBack.of(position, dueAt) : null });
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

  /** Positions without an attempt in open groups, in the order submitted. */
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
}

const NOBODY: { readonly positions: readonly number[]; readonly next: number } = { positions: [], next: 0 };
const firstOf = (position: number): NextUp => ({ kind: "first", position, attempt: 1 });
const BEYOND_ALL = Number.POSITIVE_INFINITY;
const headOf = ({ positions, next }: { readonly positions: readonly number[]; readonly next: number }): number =>
  positions[next] ?? BEYOND_ALL;

const pickOf = ({ number, position, attempt }: WaitsAgain): NextUp => ({ kind: "again", number, position, attempt });
const waitingOf = (row: RosterRow): WaitsAgain => ({
  number: row.number,
  position: row.position,
  attempt: row.attempt,
  dueAt: row.due_at ?? 0,
});
