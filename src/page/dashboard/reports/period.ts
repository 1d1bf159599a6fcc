/** Which report is shown, as its address has it. Pure. */

import type { GetReportQuery } from "../../../client/client.ts";
import { dayAfter, dayOf } from "../text/days.ts";

export type By = Exclude<NonNullable<GetReportQuery["by"]>, "hour_of_week">;
export const BYS: readonly By[] = ["day", "hour", "weekday", "agent", "batch", "number", "provider", "country"];

/** Days as YYYY-MM-DD. */
export type ReportShown = { readonly from: string; readonly until: string; readonly by: By; readonly agent: string };

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
    agent: query.get("agent") ?? "",
  };
}

/** How many days it is, where it ends today; null for any other period. */
export function daysOf({ from, until }: ReportShown, now: number): number | null {
  if (until !== dayOf(now)) return null;
  return Math.round((Date.parse(until) - Date.parse(from)) / DAY_MS) + 1;
}

export const queryOf = ({ from, until, agent }: ReportShown): GetReportQuery => ({
  from,
  until,
  ...(agent === "" ? {} : { agent_id: agent }),
});
