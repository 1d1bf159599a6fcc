/** On which day an open batch is: the one on which it starts, or calls next. Pure. */

import { DAYS } from "../../../calling/messages/calling-window.ts";
import type { Batch } from "../../../client/client.ts";
import { clockAt } from "../../../window/local-clock.ts";
import { viewersZone } from "../draft/zoned-time.ts";
import { batchState, isStopped } from "../text/batch-state.ts";
import { dayAfter, dayOf } from "../text/days.ts";

export type Entry = {
  readonly batch: Batch;
  /** When it starts, or calls next; null: it may call now. */
  readonly at: number | null;
};

export type Placed = {
  /** By day as YYYY-MM-DD, each in the order of its times. */
  readonly days: ReadonlyMap<string, readonly Entry[]>;
  /** Paused or stopped, until a human resumes them. */
  readonly held: readonly Batch[];
};

export function placed(batches: readonly Batch[], now: number): Placed {
  const isHeld = (batch: Batch) =>
    batch.paused_at !== undefined || (isStopped(batch) && batch.circuit_breaker?.until === undefined);
  const entries = batches.filter((batch) => !isHeld(batch)).map((batch) => entryOf(batch, now));
  entries.sort((a, b) => (a.at ?? 0) - (b.at ?? 0) || a.batch.name.localeCompare(b.batch.name, "en"));
  return { days: Map.groupBy(entries, ({ at }) => dayOf(at ?? now)), held: batches.filter(isHeld) };
}

function entryOf(batch: Batch, now: number): Entry {
  const { starts, until } = batchState(batch, now);
  const told = starts ?? until;
  const at = told === undefined ? now : Date.parse(told);
  return { batch, at: at > now ? at : null };
}

/** People who wait or are on the phone. */
export const peopleLeft = ({ total_calls_scheduled, total_calls_finished }: Batch): number =>
  total_calls_scheduled - total_calls_finished;

type Opening = {
  readonly day: string;
  /** By the clock of the window's zone: "09:00". */
  readonly start: string;
};

const LOOKS_AHEAD_DAYS = 366;

/**
 * The first hours at or after a start, if the window is closed at the start. Null if it is open, or never opens. Where
 * each person's own zone counts, it looks only at days.
 */
export function firstHours(window: Batch["calling_window"], startsAt: number): Opening | null {
  if (window === undefined) return null;
  const isFixed = window.timezone_mode === "fixed";
  const begins = clockAt((isFixed ? window.timezone : undefined) ?? viewersZone(), startsAt);
  const clock = `${two(begins.minutes / 60)}:${two(begins.minutes % 60)}`;
  for (let later = 0; later < LOOKS_AHEAD_DAYS; later += 1) {
    const day = dayAfter(begins.date, later);
    if (window.excluded_dates.includes(day)) continue;
    const weekday = DAYS[new Date(`${day}T00:00:00Z`).getUTCDay()];
    const hours = window.windows.filter(({ days }) => days.some((one) => one === weekday));
    if (later === 0 && !isFixed && hours.length > 0) return null;
    const left = later === 0 ? hours.filter(({ end }) => end > clock) : hours;
    const [start] = left.map((one) => one.start).sort();
    if (start === undefined) continue;
    return later === 0 && start <= clock ? null : { day, start };
  }
  return null;
}

const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
