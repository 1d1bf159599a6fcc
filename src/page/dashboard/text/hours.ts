/** Weekdays and calling hours as text. Pure. */

import type { Batch } from "../../../client/client.ts";

export const DAYS = { mon: "Mon", tue: "Tue", wed: "Wed", thu: "Thu", fri: "Fri", sat: "Sat", sun: "Sun" } as const;
export type Day = keyof typeof DAYS;
const ORDER = Object.keys(DAYS) as Day[];

/** "Mon–Fri", "every day", "Sat, Sun". */
export function daysWords(days: readonly Day[]): string {
  const places = ORDER.flatMap((day, place) => (days.includes(day) ? [place] : []));
  const [first = 0] = places;
  const last = places.at(-1) ?? 0;
  if (places.length === ORDER.length) return "every day";
  if (places.length > 2 && last - first === places.length - 1) return `${nameAt(first)}–${nameAt(last)}`;
  return places.map(nameAt).join(", ");
}

const nameAt = (place: number): string => DAYS[ORDER[place] ?? "mon"];

/** "America/New_York" as people write it. */
export const zoneName = (zone: string): string => zone.replaceAll("_", " ");

/** "Mon–Fri 09:00–20:00, where each person is". */
export function hoursOfWindow(window: Batch["calling_window"]): string {
  if (window === undefined) return "Any hour";
  const times = window.windows.map(({ days, start, end }) => `${daysWords(days)} ${start}–${end}`);
  const whose = window.timezone_mode === "recipient" ? "where each person is" : zoneName(window.timezone ?? "");
  return `${times.join(", ")}, ${whose}`;
}
