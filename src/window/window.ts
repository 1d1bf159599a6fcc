/**
 * When people may be called: windows by the clock on their wall, half-open, on given days. Where it is not known in which
 * of several zones somebody is, all of them must be open; where nothing is known, the order says what then. Pure.
 */

import { clockAt, type Day, dateAfter, dayOf, instantsOf } from "./local-clock.ts";
import { zonesOfNumber } from "./zones-of-number.ts";

/** Minutes since midnight; `end` is not in it, and at most 1440. */
export type DailyWindow = { readonly days: readonly Day[]; readonly start: number; readonly end: number };

export type CallingWindow = {
  readonly timezone_mode: "recipient" | "fixed";
  /** Of everybody (`fixed`), or of whoever's zone is unknown. */
  readonly timezone: string | null;
  readonly windows: readonly DailyWindow[];
  /** YYYY-MM-DD, local. */
  readonly excluded_dates: readonly string[];
  readonly unknown_timezone: "block" | "use_timezone";
  /** Epoch ms; whoever waits then fails. */
  readonly expiresAt: number | null;
};

/** Steps at which a ringing phone is looked at: shorter than the shortest pause between two windows. */
const LOOK_MS = 30_000;
/** Windows repeat every week; excluded dates may hide some. */
const DAYS_AHEAD = 60;

/** The zones that count for a recipient; none: it is not known where they are, and they are not called. */
export function zonesFor(window: CallingWindow, number: string, timezone: string | null): readonly string[] {
  const fallback = window.timezone === null ? [] : [window.timezone];
  if (window.timezone_mode === "fixed") return fallback;
  if (timezone !== null) return [timezone];
  const zones = zonesOfNumber(number);
  return zones.length > 0 || window.unknown_timezone === "block" ? zones : fallback;
}

function isOpenAt(window: CallingWindow, zone: string, at: number): boolean {
  const { date, day, minutes } = clockAt(zone, at);
  if (window.excluded_dates.includes(date)) return false;
  return window.windows.some(({ days, start, end }) => days.includes(day) && start <= minutes && minutes < end);
}

/** A phone that begins to ring then has stopped before the window closes. */
function isOpenFor(window: CallingWindow, zone: string, at: number, ringMs: number): boolean {
  for (let looked = 0; looked < ringMs; looked += LOOK_MS) if (!isOpenAt(window, zone, at + looked)) return false;
  return isOpenAt(window, zone, at + ringMs);
}

/** By date, when a window opens that day for long enough; in order. */
type Openings = Map<string, readonly number[]>;

function openingsOn(window: CallingWindow, zone: string, date: string, ringMs: number): readonly number[] {
  const day = dayOf(date);
  return window.windows
    .filter(({ days }) => days.includes(day))
    .flatMap(({ start }) => instantsOf(zone, date, start))
    .filter((opening) => isOpenFor(window, zone, opening, ringMs))
    .sort((a, b) => a - b);
}

/**
 * The first instant from `at` on at which somebody in this zone may be called; null: not within two months. `known`: of this
 * window, zone and ringing, for whoever asks again and again.
 */
export function nextOpeningIn(
  window: CallingWindow,
  zone: string,
  at: number,
  ringMs: number,
  known: Openings = new Map(),
): number | null {
  if (isOpenFor(window, zone, at, ringMs)) return at;
  const today = clockAt(zone, at).date;
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const date = dateAfter(today, ahead);
    const openings = known.get(date) ?? openingsOn(window, zone, date, ringMs);
    known.set(date, openings);
    const opening = openings.find((one) => one >= at);
    if (opening !== undefined) return opening;
  }
  return null;
}

/** A window, and the zones that count in it. */
export type Constraint = { readonly window: CallingWindow; readonly zones: readonly string[] };

/** The first instant from `at` on at which every window is open in every zone; null: none is known. */
export function nextOpening(constraints: readonly Constraint[], at: number, ringMs: number): number | null {
  const pairs = constraints.flatMap(({ window, zones }) =>
    zones.map((zone) => ({ window, zone, known: new Map<string, readonly number[]>() })),
  );
  if (constraints.some(({ zones }) => zones.length === 0)) return null;
  const horizon = at + DAYS_AHEAD * 24 * 3_600_000;
  for (let candidate = at; candidate <= horizon; ) {
    let latest = candidate;
    for (const { window, zone, known } of pairs) {
      const opening = nextOpeningIn(window, zone, candidate, ringMs, known);
      if (opening === null) return null;
      latest = Math.max(latest, opening);
    }
    if (latest === candidate) return candidate;
    candidate = latest;
  }
  return null;
}

/** Twilio may ring some seconds longer than told ("Making Calls", Timeout). */
const RINGS_LONGER_MS = 5_000;

/**
 * The first instant from `from` on at which this number may be called by all windows; null: it never may. `timezone`:
 * where the callee is, in place of what the number says.
 */
export function opensForNumber(
  windows: readonly CallingWindow[],
  number: string,
  timezone: string | null,
  ringingMs: number,
  from: number,
): number | null {
  const constraints = windows.map((window) => ({ window, zones: zonesFor(window, number, timezone) }));
  return nextOpening(constraints, from, ringingMs + RINGS_LONGER_MS);
}
