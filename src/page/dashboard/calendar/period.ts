/** Which weeks the calendar shows, as its address has it. Days are the viewer's, weeks begin on Monday. Pure. */

import { dayAfter, dayOf } from "../text/days.ts";

/** A start can be up to 30 days ahead, so six weeks have all that is scheduled. */
const WEEKS = { week: 1, weeks: 6 } as const;
export type View = keyof typeof WEEKS;

/** `first`: a Monday, as YYYY-MM-DD. */
export type CalendarShown = { readonly view: View; readonly first: string };

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const isDay = (text: string): boolean => DATE.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
const mondayOf = (day: string): string => dayAfter(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

/** The address has any day of the first week. */
export function shownOf(query: URLSearchParams, now: number): CalendarShown {
  const day = query.get("day") ?? "";
  return {
    view: query.get("view") === "weeks" ? "weeks" : "week",
    first: mondayOf(isDay(day) ? day : dayOf(now)),
  };
}

export const daysOf = ({ view, first }: CalendarShown): string[] =>
  Array.from({ length: WEEKS[view] * 7 }, (_, later) => dayAfter(first, later));

/** The weeks after, or before. */
export const neighbourOf = ({ view, first }: CalendarShown, way: -1 | 1): CalendarShown => ({
  view,
  first: dayAfter(first, way * WEEKS[view] * 7),
});

const formatted = (day: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));

/** "30 Nov – 6 Dec 2026". */
export function periodWords(shown: CalendarShown): string {
  const { first } = shown;
  const last = dayAfter(neighbourOf(shown, 1).first, -1);
  const year = first.slice(0, 4) === last.slice(0, 4) ? {} : ({ year: "numeric" } as const);
  const begins = formatted(first, { day: "numeric", month: "short", ...year });
  return `${begins} – ${formatted(last, { day: "numeric", month: "short", year: "numeric" })}`;
}

/** "Mon 30 Nov". */
export const dayWords = (day: string): string =>
  formatted(day, { weekday: "short", day: "numeric", month: "short" }).replace(",", "");

/** "30"; with the month where it begins, and where the weeks do. */
export const dateWords = (day: string, isFirst: boolean): string =>
  formatted(day, { day: "numeric", ...(isFirst || day.endsWith("-01") ? { month: "short" } : {}) });
