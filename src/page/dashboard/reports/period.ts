/** Which report is shown, as its address has it. Pure. */

import type { GetReportQuery } from "../../../client/client.ts";
import { dayAfter, dayOf } from "../text/days.ts";

export type By = Exclude<NonNullable<GetReportQuery["by"]>, "hour_of_week">;
export const BYS: readonly By[] = ["day", "hour", "weekday", "agent", "batch", "number", "provider", "country"];

/** What narrows a report, by its name in the address and in the request. */
const FILTERS = {
  agent: "agent_id",
  batch: "batch_id",
  number: "from_number_id",
  provider: "provider_id",
  country: "country",
} as const satisfies Readonly<Record<string, keyof GetReportQuery>>;
export type Filter = keyof typeof FILTERS;
export const FILTER_NAMES = Object.keys(FILTERS) as readonly Filter[];

/** Days as YYYY-MM-DD. An empty filter: all. */
export type ReportShown = { readonly from: string; readonly until: string; readonly by: By } & {
  readonly [Name in Filter]: string;
};

const filtersOf = (textOf: (name: Filter) => string) =>
  Object.fromEntries(FILTER_NAMES.map((name) => [name, textOf(name)])) as Readonly<Record<Filter, string>>;

const DAY_MS = 86_400_000;
const USUAL_DAYS = 30;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

export function shownOf(query: URLSearchParams, now: number): ReportShown {
  const given = (name: string) => (DATE.test(query.get(name) ?? "") ? query.get(name) : null);
  const until = given("until") ?? dayOf(now);
  return {
    until,
    from: given("from") ?? dayAfter(until, 1 - USUAL_DAYS),
    by: BYS.find((by) => by === query.get("by")) ?? "day",
    ...filtersOf((name) => query.get(name) ?? ""),
  };
}

/** How many days it is, where it ends today; null for any other period. */
export function daysOf({ from, until }: ReportShown, now: number): number | null {
  if (until !== dayOf(now)) return null;
  return Math.round((Date.parse(until) - Date.parse(from)) / DAY_MS) + 1;
}

export const isFiltered = (shown: ReportShown): boolean => FILTER_NAMES.some((name) => shown[name] !== "");

/** The same days, of all calls. */
export const unfiltered = (shown: ReportShown): ReportShown => ({ ...shown, ...filtersOf(() => "") });

export const queryOf = (shown: ReportShown): GetReportQuery => ({
  from: shown.from,
  until: shown.until,
  ...Object.fromEntries(FILTER_NAMES.flatMap((name) => (shown[name] === "" ? [] : [[FILTERS[name], shown[name]]]))),
});
