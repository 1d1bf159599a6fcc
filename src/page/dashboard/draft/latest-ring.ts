/** How late at night a phone could ring, if people are called without calling hours. Pure. */

import { clockAt } from "../../../window/local-clock.ts";

/** The people who would be called, and when: epoch ms. */
export type Callees = {
  readonly numbers: readonly { readonly to_number: string; readonly timezone: string | null }[];
  readonly startsAt: number;
  readonly endsAt: number;
};

/** The place, and the time on its clock. */
export type LatestRing = { readonly zone: string; readonly minutes: number };

const MINUTE = 60_000;
const DAY_MINUTES = 24 * 60;
/** A night ends at this time: 05:59 is later than 23:00, 06:00 is early. */
const MORNING = 6 * 60;
const lateness = (minutes: number): number => (minutes - MORNING + DAY_MINUTES) % DAY_MINUTES;

/** `zones`: where people may be. Phones ring from `startsAt` until `endsAt`, epoch ms. Null if no zone is known. */
export function latestRing(zones: Iterable<string>, startsAt: number, endsAt: number): LatestRing | null {
  let latest: LatestRing | null = null;
  const span = Math.max(0, Math.floor((endsAt - startsAt) / MINUTE));
  for (const zone of zones) {
    const begin = lateness(clockAt(zone, startsAt).minutes);
    // Across the end of a night, the latest time is its last minute.
    const late = begin + span >= DAY_MINUTES - 1 ? DAY_MINUTES - 1 : begin + span;
    const minutes = (late + MORNING) % DAY_MINUTES;
    if (latest === null || lateness(minutes) > lateness(latest.minutes)) latest = { zone, minutes };
  }
  return latest;
}

const two = (value: number): string => String(value).padStart(2, "0");

/** "The latest a phone could ring: 02:40 (America/New York)." */
export const latestRingWords = (latest: LatestRing | null): string =>
  latest === null
    ? "A phone could ring as late as 05:59."
    : `The latest a phone could ring: ${two(Math.floor(latest.minutes / 60))}:${two(latest.minutes % 60)} (${latest.zone.replaceAll("_", " ")}).`;
