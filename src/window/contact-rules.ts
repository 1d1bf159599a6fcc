/**
 * When a number may be called again, by the calls to it that the organization recorded. Pure. A day is a calendar day
 * where the number is. If it may be in several zones, a call must be allowed in each; if nothing is known, UTC counts.
 *
 * A contact has the time of its clearance, and was dialed up to `LEAVES_WITHIN_MS` later. Both the earlier and the later time
 * count.
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

/** The stricter of both for each limit. */
export const stricter = (a: ContactRules, b: ContactRules): ContactRules => ({
  min_gap_minutes: most(a.min_gap_minutes, b.min_gap_minutes),
  max_attempts_per_number_per_day: least(a.max_attempts_per_number_per_day, b.max_attempts_per_number_per_day),
});

export const isRule = ({ min_gap_minutes, max_attempts_per_number_per_day }: ContactRules): boolean =>
  min_gap_minutes !== null || max_attempts_per_number_per_day !== null;

const ascending = (a: number, b: number): number => a - b;

/** How many of these ascending times are before `at`. */
function countBefore(contacts: readonly number[], at: number): number {
  let [low, high] = [0, contacts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((contacts[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The dialings of one number, epoch ms, and what they forbid. Each added one is the latest. */
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

  /** The earliest next call by the gap, wherever the number is. */
  get gapEndsAt(): number {
    const latest = this.#contacts.at(-1);
    const gap = this.#rules.min_gap_minutes;
    return latest === undefined || gap === null ? Number.NEGATIVE_INFINITY : latest + LEAVES_WITHIN_MS + gap * MINUTE;
  }

  /** The first time from `at` on at which a call is allowed; null: at once. */
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
      // A pace puts calls some seconds ahead, perhaps after midnight. The next call may be dialed then too.
      const today = this.#contacts.length - countBefore(this.#contacts, begins - LEAVES_WITHIN_MS);
      return today < cap ? latest : Math.max(latest, ends);
    }, at);
  }
}

/** The calendars where a number may be: one for each clock, or UTC if nothing is known. */
export class Days {
  readonly #zones: readonly string[];
  #known: readonly LocalDay[] = [];

  constructor(zones: readonly string[]) {
    const seen = new Set<number>();
    const oneOfEachClock = zones.filter((zone) => !seen.has(clockOf(zone).id) && seen.add(clockOf(zone).id));
    this.#zones = oneOfEachClock.length === 0 ? ["UTC"] : oneOfEachClock;
  }

  /** The days that contain this time. */
  at(at: number): readonly LocalDay[] {
    this.#known = this.#zones.map((zone, index) => {
      const day = this.#known[index];
      return day !== undefined && day.begins <= at && at < day.ends ? day : dayAt(zone, at);
    });
    return this.#known;
  }
}

/** The first time from `at` on at which a call is allowed; null: at once. `contacts`: dialings, epoch ms. */
export function contactWait(
  rules: ContactRules,
  contacts: readonly number[],
  zones: readonly string[],
  at: number,
): ContactWait | null {
  if (contacts.length === 0 || !isRule(rules)) return null;
  return new NumberContacts(rules, contacts).waitAt(new Days(zones), at);
}
