/**
 * When windows are open, by clock rules: computed once for windows, rules and a span of time, and kept. Hundreds of
 * zones share some dozens of rules, so this is little. Losing it costs computing it again. All times are minutes since
 * the epoch, because windows and clocks change at full minutes.
 */

import type { CallingWindow } from "../calling/messages/calling-window.ts";
import { DAYS } from "../calling/messages/calling-window.ts";
import { type ClockRule, stretches } from "./clock-rule.ts";
import { type Clock, clockOf } from "./time-zones.ts";

const MINUTE = 60_000;
const DAY_MINUTES = 24 * 60;
/** Long enough that the next opening is usually in the span, short enough that little is computed in vain. */
const SPAN_MINUTES = 16 * DAY_MINUTES;
/**
 * How far a list is valid beyond its span, so that a phone may ring across the end. Longer than a phone rings
 * (`calling/requests/limits.ts`).
 */
const OVERLAP_MINUTES = 10;

/** Alternating opening and closing times. */
type Openings = readonly number[];

/** A window's hours by weekday. */
type Week = {
  readonly id: number;
  /** By day, minutes since midnight. */
  readonly days: readonly Openings[];
  /** Days since the epoch. */
  readonly excluded: ReadonlySet<number>;
};

/** A window with one clock. */
type Face = { readonly week: Week; readonly clock: Clock };
/** All of them must be open. `key`: equal for equal windows and rules. */
export type Faces = { readonly faces: readonly Face[]; readonly key: string };

/** A limit for the cache, in numbers of eight bytes. The longest list of a span has about 1,700. */
const KEPT_NUMBERS = 400_000;
const KEPT_WEEKS = 200;

const weekOfWindow = new WeakMap<CallingWindow, Week>();
const weekOfText = new Map<string, Week>();
const kept = new Map<string, Openings>();
let keptNumbers = 0;
let nextWeek = 0;

/** Equal windows have the same week, wherever they were read from. */
function weekOf(window: CallingWindow): Week {
  const before = weekOfWindow.get(window);
  if (before !== undefined) return before;
  const text = JSON.stringify([window.windows, window.excluded_dates]);
  const week = weekOfText.get(text) ?? workedOut(window);
  if (weekOfText.size >= KEPT_WEEKS) weekOfText.clear();
  weekOfText.set(text, week);
  weekOfWindow.set(window, week);
  return week;
}

function workedOut({ windows, excluded_dates }: CallingWindow): Week {
  nextWeek += 1;
  return {
    id: nextWeek,
    days: DAYS.map((day) =>
      joined(windows.filter(({ days }) => days.includes(day)).map(({ start, end }) => [start, end] as const)),
    ),
    excluded: new Set(excluded_dates.map((date) => Date.parse(`${date}T00:00:00Z`) / MINUTE / DAY_MINUTES)),
  };
}

/** Merges spans that overlap or touch. */
function joined(spans: readonly (readonly [number, number])[]): Openings {
  const result: number[] = [];
  for (const [start, end] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last === undefined || start > last) result.push(start, end);
    else if (end > last) result[result.length - 1] = end;
  }
  return result;
}

/** What must be open for a person who may be in each of these zones. */
export function facesOf(
  constraints: readonly { readonly window: CallingWindow; readonly zones: readonly string[] }[],
): Faces {
  const byKey = new Map<string, Face>();
  for (const { window, zones } of constraints) {
    const week = weekOf(window);
    for (const zone of zones) {
      const clock = clockOf(zone);
      byKey.set(`${week.id}.${clock.id}`, { week, clock });
    }
  }
  return { faces: [...byKey.values()], key: [...byKey.keys()].sort().join() };
}

/**
 * The first time from `at` on, and not after `until`, at which all are open and a phone can ring to its end; null:
 * none.
 */
export function nextOpen(faces: Faces, at: number, until: number, ringMs: number): number | null {
  const last = Math.floor(until / MINUTE / SPAN_MINUTES);
  for (let span = Math.floor(at / MINUTE / SPAN_MINUTES); span <= last; span += 1) {
    const openings = openingsIn(faces, span, Math.ceil(ringMs / MINUTE));
    const opening = firstIn(openings, at, ringMs);
    if (opening === null || opening >= (span + 1) * SPAN_MINUTES * MINUTE) continue;
    return opening <= until ? opening : null;
  }
  return null;
}

/** Binary search: the first opening in which the phone stops ringing before it closes. */
function firstIn(openings: Openings, at: number, ringMs: number): number | null {
  let [low, high] = [0, openings.length / 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((openings[2 * middle + 1] ?? 0) * MINUTE - ringMs > at) high = middle;
    else low = middle + 1;
  }
  for (let index = low; index < openings.length / 2; index += 1) {
    const opens = Math.max(at, (openings[2 * index] ?? 0) * MINUTE);
    if ((openings[2 * index + 1] ?? 0) * MINUTE - ringMs > opens) return opens;
  }
  return null;
}

/** Leaves out openings shorter than `least`: no phone stops ringing in them. */
function openingsIn(faces: Faces, span: number, least: number): Openings {
  const key = `${span}|${least}|${faces.key}`;
  const before = kept.get(key);
  if (before !== undefined) return before;
  const from = span * SPAN_MINUTES;
  const until = from + SPAN_MINUTES + OVERLAP_MINUTES;
  let openings: Openings | null = null;
  for (const { week, clock } of faces.faces) {
    const open = openingsOf(week, clock.rule, from, until);
    openings = openings === null ? open : inBoth(openings, open);
    if (openings.length === 0) break;
  }
  const found = longEnough(openings ?? [], least);
  keep(key, found);
  return found;
}

function keep(key: string, openings: Openings): void {
  // The key counts too.
  const size = openings.length + 16;
  for (const [oldest, other] of kept) {
    if (keptNumbers + size <= KEPT_NUMBERS) break;
    kept.delete(oldest);
    keptNumbers -= other.length + 16;
  }
  kept.set(key, openings);
  keptNumbers += size;
}

function openingsOf({ days, excluded }: Week, rule: ClockRule, from: number, until: number): Openings {
  const result: number[] = [];
  for (const stretch of stretches(rule, from, until)) {
    const { offset } = stretch;
    const lastDay = Math.floor((stretch.until - 1 + offset) / DAY_MINUTES);
    for (let day = Math.floor((stretch.from + offset) / DAY_MINUTES); day <= lastDay; day += 1) {
      if (excluded.has(day)) continue;
      // The epoch began on a Thursday.
      const open = days[(day + 4) % 7] ?? [];
      for (let index = 0; index < open.length; index += 2) {
        const opens = Math.max(stretch.from, day * DAY_MINUTES + (open[index] ?? 0) - offset);
        const closes = Math.min(stretch.until, day * DAY_MINUTES + (open[index + 1] ?? 0) - offset);
        if (opens >= closes) continue;
        if (result.at(-1) === opens) result[result.length - 1] = closes;
        else result.push(opens, closes);
      }
    }
  }
  return result;
}

function inBoth(a: Openings, b: Openings): Openings {
  const result: number[] = [];
  for (let [i, j] = [0, 0]; i < a.length && j < b.length; ) {
    const [closesA, closesB] = [a[i + 1] ?? 0, b[j + 1] ?? 0];
    const opens = Math.max(a[i] ?? 0, b[j] ?? 0);
    const closes = Math.min(closesA, closesB);
    if (opens < closes) result.push(opens, closes);
    if (closesA <= closesB) i += 2;
    if (closesB <= closesA) j += 2;
  }
  return result;
}

const longEnough = (openings: Openings, least: number): Openings =>
  openings.filter((_, index) => {
    const even = index - (index % 2);
    return (openings[even + 1] ?? 0) - (openings[even] ?? 0) >= least;
  });
