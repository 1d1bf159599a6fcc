/**
 * How far a clock is ahead of UTC, by a rule from the tz database: first dated changes, then yearly ones. Pure. All
 * values are minutes: no zone's offset has had seconds for 50 years.
 *
 * A rule as text: the first offset; each dated change as "@minute:offset"; then, if clocks change every year,
 * "/offset,change/offset,change". A yearly change is "month.week.day+minutes". It means that week's day of the month (0
 * is Sunday, week 5 the last), and minutes after midnight by the clock before the change.
 */

import { present } from "../calling/requests/assert.ts";

const MINUTE = 60_000;

type Change = { readonly at: number; readonly offset: number };
type YearlyChange = {
  readonly month: number;
  readonly week: number;
  readonly day: number;
  readonly minutes: number;
  readonly before: number;
  readonly offset: number;
};
export type ClockRule = {
  readonly first: number;
  readonly dated: readonly Change[];
  readonly yearly: readonly YearlyChange[];
  /** Changes by year. Usually one or two years are asked for. */
  readonly years: Map<number, readonly Change[]>;
};

/** From `from` on, and before the next one. */
export type Stretch = { readonly from: number; readonly until: number; readonly offset: number };

export function parseClockRule(text: string): ClockRule {
  const [whole = "", ...parts] = text.split("/");
  const [first = "", ...changes] = whole.split("@");
  const dated = changes.map((change): Change => {
    const [at, offset] = change.split(":");
    return { at: Number(at), offset: Number(offset) };
  });
  const yearly = parts.map((part, index): YearlyChange => {
    const before = Number((parts[1 - index] ?? "").split(",")[0]);
    const [, offset, month, week, day, minutes] = present(
      /^(-?\d+),(\d+)\.(\d)\.(\d)\+(-?\d+)$/.exec(part),
      "a yearly change is written as the generator writes it",
    ).map(Number);
    return { before, offset, month, week, day, minutes } as YearlyChange;
  });
  return { first: Number(first), dated, yearly, years: new Map() };
}

function inYear({ month, week, day, minutes, before, offset }: YearlyChange, year: number): Change {
  const firstOfMonth = new Date(Date.UTC(year, month - 1, 1));
  let date = 1 + ((day - firstOfMonth.getUTCDay() + 7) % 7) + (week - 1) * 7;
  if (date > new Date(Date.UTC(year, month, 0)).getUTCDate()) date -= 7;
  return { at: Date.UTC(year, month - 1, date) / MINUTE + minutes - before, offset };
}

/** The year's dated changes; after the last of those, the yearly ones. */
function changesOf(rule: ClockRule, year: number): readonly Change[] {
  const known = rule.years.get(year);
  if (known !== undefined) return known;
  const begins = Date.UTC(year, 0, 1) / MINUTE;
  const ends = Date.UTC(year + 1, 0, 1) / MINUTE;
  const lastDated = rule.dated.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  const changes = [
    ...rule.dated.filter(({ at }) => begins <= at && at < ends),
    ...rule.yearly.map((change) => inYear(change, year)).filter(({ at }) => at > lastDated),
  ].sort((a, b) => a.at - b.at);
  rule.years.set(year, changes);
  return changes;
}

/** Minutes ahead of UTC. `at`: in minutes. */
export function offsetOf(rule: ClockRule, at: number): number {
  const year = new Date(at * MINUTE).getUTCFullYear();
  // If clocks change yearly, the last change is at most a year ago; otherwise the dated changes tell.
  for (const each of [year, year - 1]) {
    const before = changesOf(rule, each).findLast((change) => change.at <= at);
    if (before !== undefined) return before.offset;
  }
  return rule.dated.findLast((change) => change.at <= at)?.offset ?? rule.first;
}

/** The time between two times, in minutes, split at clock changes. Shorter than a year. */
export function stretches(rule: ClockRule, from: number, until: number): Stretch[] {
  const years = [from, until].map((at) => new Date(at * MINUTE).getUTCFullYear());
  const changes = [...new Set(years)].flatMap((year) => changesOf(rule, year));
  const inside = changes.filter(({ at }) => from < at && at < until);
  const begins = [{ at: from, offset: offsetOf(rule, from) }, ...inside];
  return begins.map(({ at, offset }, index) => ({ from: at, until: begins[index + 1]?.at ?? until, offset }));
}
