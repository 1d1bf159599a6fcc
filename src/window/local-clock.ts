/** The reading of a local clock in a time zone, and when it shows a given reading. */

import { DAYS, type Day } from "../calling/messages/calling-window.ts";
import { offsetOf } from "./clock-rule.ts";
import { clockOf } from "./time-zones.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** `date`: YYYY-MM-DD. `minutes`: since midnight by the clock, from 0 to 1439. */
export type LocalClock = { readonly date: string; readonly day: Day; readonly minutes: number };

/** How far the clock is ahead of UTC, ms. */
export const offsetAt = (zone: string, at: number): number =>
  offsetOf(clockOf(zone).rule, Math.floor(at / MINUTE)) * MINUTE;

/** The clock's reading as if it were UTC, epoch ms, to the second. */
const readingAt = (zone: string, at: number): number => Math.floor(at / 1_000) * 1_000 + offsetAt(zone, at);

export function clockAt(zone: string, at: number): LocalClock {
  const reading = new Date(readingAt(zone, at));
  return {
    date: reading.toISOString().slice(0, 10),
    day: DAYS[reading.getUTCDay()] ?? "sun",
    minutes: reading.getUTCHours() * 60 + reading.getUTCMinutes(),
  };
}

/** The first instant of a day in a zone, and of the next day. */
export type LocalDay = { readonly begins: number; readonly ends: number };

/** The day that contains this time. */
export function dayAt(zone: string, at: number): LocalDay {
  const midnight = Math.floor(readingAt(zone, at) / DAY) * DAY;
  return { begins: firstShown(zone, midnight), ends: firstShown(zone, midnight + DAY) };
}

/** The first instant at which the clock shows this reading; a later one, if the clock skips it. */
function firstShown(zone: string, reading: number): number {
  const [before, after] = [reading - DAY, reading + DAY].map((at) => offsetAt(zone, at));
  const possible = [reading - (before ?? 0), reading - (after ?? 0)].sort((a, b) => a - b);
  const shown = possible.find((at) => readingAt(zone, at) === reading);
  if (shown !== undefined) return shown;
  // The clock is set forward between the two.
  let [low, high] = [(possible[0] ?? 0) / MINUTE, (possible[1] ?? 0) / MINUTE];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (readingAt(zone, middle * MINUTE) >= reading) high = middle;
    else low = middle;
  }
  return high * MINUTE;
}
