/**
 * When a number may be called again, by the calls to it that the organization remembers. Pure. A day is one of the
 * calendar where the number is; where it may be in several zones, it must be allowed in each of them; where nothing is
 * known, the day is that of UTC.
 *
 * A contact is remembered by when it was cleared, and left up to `LEAVES_WITHIN_MS` later; the later and the earlier
 * instant both count.
 */

import { type ContactRules, type ContactWaitReason, LEAVES_WITHIN_MS } from "../calling/messages/clearance.ts";
import { dayAt, type LocalDay } from "./local-clock.ts";
import { clockOf } from "./time-zones.ts";

const MINUTE = 60_000;

export type ContactWait = { readonly until: number; readonly reason: ContactWaitReason };

const least = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);
const most = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

/** Both hold. */
export const stricter = (a: ContactRules, b: ContactRules): ContactRules => ({
  min_gap_minutes: most(a.min_gap_minutes, b.min_gap_minutes),
  max_attempts_per_number_per_day: least(a.max_attempts_per_number_per_day, b.max_attempts_per_number_per_day),
});

export const isRule = ({ min_gap_minutes, max_attempts_per_number_per_day }: ContactRules): boolean =>
  min_gap_minutes !== null || max_attempts_per_number_per_day !== null;

const ascending = (a: number, b: number): number => a - b;

/** How many of them, ascending, are before the instant. */
function countBefore(contacts: readonly number[], at: number): number {
  let [low, high] = [0, contacts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((contacts[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Dialings of one number, epoch ms, and what they forbid. One that is added is no earlier than the others. */
export class NumberContacts {
  readonly #rules: ContactRules;
  readonly #contacts: number[];

  constructor(rules: ContactRules, contacts: readonly number[]) {
    this.#rules = rules;
    this.#contacts = contacts.toSorted(ascending);
  }

  add(at: number): void {
    this.#contacts.push(at);
  }

  /** No call before, wherever the number is. */
  get gapEndsAt(): number {
    const latest = this.#contacts.at(-1);
    const gap = this.#rules.min_gap_minutes;
    return latest === undefined || gap === null ? Number.NEGATIVE_INFINITY : latest + LEAVES_WITHIN_MS + gap * MINUTE;
  }

  /** The first instant from `at` on at which nothing forbids a call; null: at once. */
  waitAt(days: Days, at: number): ContactWait | null {
    if (this.#contacts.length === 0) return null;
    const cap = this.#rules.max_attempts_per_number_per_day;
    let wait: ContactWait | null = null;
    for (let from = at; ; ) {
      const gapEnds = Math.max(from, this.gapEndsAt);
      const until = cap === null ? gapEnds : this.#capEndsAt(cap, days, gapEnds);
      if (until === from) return wait;
      wait = { until, reason: until > gapEnds ? "daily_cap" : "contact_gap" };
      from = until;
    }
  }

  #capEndsAt(cap: number, days: Days, at: number): number {
    return days.at(at).reduce((latest, { begins, ends }) => {
      const today = countBefore(this.#contacts, ends) - countBefore(this.#contacts, begins - LEAVES_WITHIN_MS);
      return today < cap ? latest : Math.max(latest, ends);
    }, at);
  }
}

/** The calendars where a number may be: of each clock one, and that of UTC where nothing is known. */
export class Days {
  readonly #zones: readonly string[];
  #known: readonly LocalDay[] = [];

  constructor(zones: readonly string[]) {
    const seen = new Set<number>();
    const oneOfEachClock = zones.filter((zone) => !seen.has(clockOf(zone).id) && seen.add(clockOf(zone).id));
    this.#zones = oneOfEachClock.length === 0 ? ["UTC"] : oneOfEachClock;
  }

  /** The days that hold the instant. */
  at(at: number): readonly LocalDay[] {
    this.#known = this.#zones.map((zone, index) => {
      const day = this.#known[index];
      return day !== undefined && day.begins <= at && at < day.ends ? day : dayAt(zone, at);
    });
    return this.#known;
  }
}

/** The first instant from `at` on at which nothing forbids a call; null: at once. `contacts`: dialings, epoch ms. */
export function contactWait(
  rules: ContactRules,
  contacts: readonly number[],
  zones: readonly string[],
  at: number,
): ContactWait | null {
  if (contacts.length === 0 || !isRule(rules)) return null;
  return new NumberContacts(rules, contacts).waitAt(new Days(zones), at);
}
