/** Local time by Node's own calendar, not by the product's. */

import type { WindowBody } from "../clients/commands.ts";

type Reading = { readonly date: string; readonly day: string; readonly minutes: number };

const formats = new Map<string, Intl.DateTimeFormat>();

export function readingOf(zone: string, at: number): Reading {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hourCycle: "h23",
      weekday: "short",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    });
    formats.set(zone, format);
  }
  const parts: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(at)) parts[type] = value;
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    day: (parts.weekday ?? "").toLowerCase(),
    minutes: Number(parts.hour) * 60 + Number(parts.minute),
  };
}

const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

export function isOpen({ windows }: WindowBody, zone: string, at: number): boolean {
  const { day, minutes } = readingOf(zone, at);
  return windows.some(
    ({ days, start, end }) => days.includes(day) && minutesOf(start) <= minutes && minutes < minutesOf(end),
  );
}
