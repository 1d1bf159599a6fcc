/**
 * When a number may be called again, by the calls to it that the organization remembers. Pure. A day is one of the
 * calendar where the number is; where it may be in several zones, it must be allowed in each of them; where nothing is
 * known, the day is that of UTC.
 *
 * A contact is remembered by when it was cleared, and was dialed up to `CLEARED_MS` later; the later and the earlier
 * instant both count.
 */

import { CLEARED_MS, type ContactRules, type ContactWaitReason } from "../calling/clearance.ts";
import { dayAt } from "./local-clock.ts";

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

function gapEndsAt(gapMinutes: number | null, contacts: readonly number[], at: number): number {
  if (gapMinutes === null) return at;
  const gapMs = gapMinutes * MINUTE;
  return contacts.reduce((latest, contact) => Math.max(latest, contact + CLEARED_MS + gapMs), at);
}

function capEndsAt(cap: number, contacts: readonly number[], zones: readonly string[], at: number): number {
  const ends = zones.map((zone) => {
    const day = dayAt(zone, at);
    const today = contacts.filter((contact) => day.begins <= contact + CLEARED_MS && contact < day.ends).length;
    return today < cap ? at : day.ends;
  });
  return Math.max(at, ...ends);
}

/** The first instant from `at` on at which nothing forbids a call; null: at once. `contacts`: dialings, epoch ms. */
export function contactWait(
  rules: ContactRules,
  contacts: readonly number[],
  zones: readonly string[],
  at: number,
): ContactWait | null {
  if (contacts.length === 0 || !isRule(rules)) return null;
  const cap = rules.max_attempts_per_number_per_day;
  const counted = zones.length === 0 ? ["UTC"] : zones;
  let wait: ContactWait | null = null;
  for (let from = at; ; ) {
    const gapEnds = gapEndsAt(rules.min_gap_minutes, contacts, from);
    const until = cap === null ? gapEnds : capEndsAt(cap, contacts, counted, gapEnds);
    if (until === from) return wait;
    wait = { until, reason: until > gapEnds ? "daily_cap" : "contact_gap" };
    from = until;
  }
}
