/** All texts of the calendar. */

import type { Batch } from "../../../client/client.ts";
import { dateTime, people } from "../text/format.ts";
import { hoursOfWindow, zoneName } from "../text/hours.ts";
import { dayWords, type View } from "./period.ts";
import { firstHours } from "./placing.ts";

export const WORDS = {
  title: "Calendar",
  about: (zone: string) => `Open batches, on the day they start or call next. Days and times: ${zoneName(zone)}.`,
  view: "Period",
  previous: "Previous",
  next: "Next",
  today: "Today",
  now: "Now",
  nothing: "No batch",
  none: "Nothing is scheduled",
  noneAbout: "No batch is waiting or calling. Schedule one when you create it.",
  noneHere: "No batch starts or calls next on these days.",
  held: "On hold",
  heldAbout: "Paused or stopped. They continue when you resume them.",
  more: (batches: number) => `${batches} more`,
  cut: (batches: number) => `Only the newest ${batches} open batches are shown.`,
} as const;

export const VIEWS: Readonly<Record<View, string>> = { week: "Week", weeks: "6 weeks" };

export const leftWords = (left: number): string => `${people(left)} left`;

/**
 * The hours of a batch; with its start, also the first hours if it starts outside of them. Nothing without hours in a list:
 * it may call at any hour, or it has not yet reported them since lists have them. Its own page says which.
 */
export function hoursWords({ calling_window: window }: Batch, starts: string | undefined): string {
  if (window === undefined) return "";
  const first = starts === undefined ? null : firstHours(window, Date.parse(starts));
  return [
    hoursOfWindow(window),
    ...(first === null ? [] : [`first hours ${dayWords(first.day)}, ${first.start}`]),
    ...(window.expires_at === undefined ? [] : [`nobody called after ${dateTime(window.expires_at)}`]),
  ].join(" · ");
}
