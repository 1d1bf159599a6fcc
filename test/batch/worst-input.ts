/**
 * Inputs that cost the most: what a search over random ones found (`node test/batch/find-worst-input.ts`), and what it tries.
 * Everything is within what the API accepts.
 */

import { hoursOf } from "../../src/batch/people/hours.ts";
import { courseOf, settingsOf } from "../../src/batch/steering/course.ts";
import { previewOf } from "../../src/batch/steering/preview.ts";
import type { Callee } from "../../src/calling/messages/batch-order.ts";
import type { CallingWindow } from "../../src/calling/messages/calling-window.ts";
import { DAYS } from "../../src/calling/messages/calling-window.ts";
import type { Outlook } from "../../src/calling/messages/outlook.ts";
import { MAX_RECIPIENTS } from "../../src/calling/requests/limits.ts";
import { timeZones } from "../../src/window/time-zones.ts";

const MAX_WINDOWS = 50;
const DAY = 24 * 3_600_000;
export const NOW = Date.UTC(2026, 10, 29, 21);

export type Shape = {
  /** How many different numbers, in how many zones. None: what the numbers say. */
  readonly numbers: number;
  readonly zones: number;
  /** Minutes from one window's beginning to the next one's, and how long each is. 0: no window. */
  readonly every: number;
  readonly length: number;
  /** The organization's windows begin so many minutes later; null: it has none. */
  readonly floorShift: number | null;
  readonly excluded: number;
  readonly gapMinutes: number | null;
  readonly cap: number | null;
  readonly callSeconds: number;
  readonly slots: number;
};

/** The worst that were found. */
export const WORST: readonly (readonly [name: string, shape: Shape])[] = [
  [
    "one number in every zone, once a day",
    {
      numbers: 1,
      zones: 419,
      every: 28,
      length: 14,
      floorShift: null,
      excluded: 58,
      gapMinutes: null,
      cap: 1,
      callSeconds: 60,
      slots: 10,
    },
  ],
  [
    "one number in every zone, some times a day",
    {
      numbers: 1,
      zones: 419,
      every: 28,
      length: 14,
      floorShift: null,
      excluded: 0,
      gapMinutes: 60,
      cap: 2,
      callSeconds: 60,
      slots: 10,
    },
  ],
  [
    "every zone with windows that are never open together",
    {
      numbers: 5_000,
      zones: 419,
      every: 28,
      length: 14,
      floorShift: 14,
      excluded: 58,
      gapMinutes: 60,
      cap: 1,
      callSeconds: 60,
      slots: 10,
    },
  ],
  [
    "long calls, one at a time",
    {
      numbers: 5_000,
      zones: 419,
      every: 28,
      length: 3,
      floorShift: 1,
      excluded: 0,
      gapMinutes: null,
      cap: null,
      callSeconds: 28_800,
      slots: 1,
    },
  ],
  [
    "numbers of every country",
    {
      numbers: 5_000,
      zones: 0,
      every: 28,
      length: 14,
      floorShift: 7,
      excluded: 58,
      gapMinutes: 1,
      cap: 1,
      callSeconds: 3_600,
      slots: 1,
    },
  ],
];

function windowOf({ every, length, excluded }: Shape, shift: number): CallingWindow | null {
  if (every === 0) return null;
  const windows = Array.from({ length: MAX_WINDOWS }, (_, index) => index * every + shift)
    .filter((start) => start < 24 * 60 - 1)
    .map((start) => ({ days: DAYS, start, end: Math.min(24 * 60, start + length) }));
  return {
    timezone_mode: "recipient",
    timezone: null,
    windows,
    excluded_dates: Array.from({ length: excluded }, (_, day) => new Date(NOW + day * DAY).toISOString().slice(0, 10)),
    unknown_timezone: "block",
    expiresAt: null,
  };
}

/** Numbers whose zones differ: each first digits of a few countries with several clocks, and area codes of North America. */
const BEGINNINGS = [
  "+1212",
  "+1907",
  "+1867",
  "+79",
  "+7411",
  "+614",
  "+628",
  "+5581",
  "+569",
  "+346",
  "+49",
  "+91",
  "+81",
  "+976",
];

export function recipientsOf({ numbers, zones }: Shape): Callee[] {
  const names = timeZones();
  return Array.from({ length: MAX_RECIPIENTS }, (_, index) => {
    const one = index % numbers;
    const beginning = zones === 0 ? (BEGINNINGS[one % BEGINNINGS.length] ?? "+1212") : "+1212";
    return {
      to_number: `${beginning}${String(5_000_000 + one)}`,
      timezone: zones === 0 ? null : (names[index % Math.min(zones, names.length)] ?? null),
    };
  });
}

/** What create, Get and every wake of a batch do with windows. */
export function workOutHours(shape: Shape): void {
  const windows = [windowOf(shape, 0), shape.floorShift === null ? null : windowOf(shape, shape.floorShift)];
  const hours = hoursOf(
    windows.filter((window) => window !== null),
    recipientsOf(shape),
    60_000,
  );
  for (let group = 0; group < hours.groups; group += 1) hours.opensAt(group, NOW);
}

/** What a preview does. */
export function preview(shape: Shape): void {
  const recipients = recipientsOf(shape);
  const outlook = {
    now: NOW,
    order: {
      scheduledAt: null,
      doNotCall: [],
      callingWindow: windowOf(shape, 0),
      ringing_timeout_seconds: 60,
      target_concurrency_limit: shape.slots,
      max_call_duration_minutes: 480,
      callsPerSecond: null,
    },
    callingWindow: shape.floorShift === null ? null : windowOf(shape, shape.floorShift),
    rules: { min_gap_minutes: shape.gapMinutes, max_attempts_per_number_per_day: shape.cap },
    contacts: new Map(),
    pace: null,
  } as unknown as Outlook;
  courseOf(previewOf(recipients, recipients, outlook), settingsOf(outlook, shape.callSeconds));
}

/** Of this process: what a busy machine makes slower takes no more of it. */
export function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
