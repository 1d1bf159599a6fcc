/** Reports, as JSON and as CSV. */

import { z } from "zod";
import { dateOf } from "../../../calling/answers/json.ts";
import { neutralized } from "../../../calling/csv/cells.ts";
import { type CsvFormat, headerOf, linesOf } from "../../../calling/csv/lines.ts";
import { DURATION_ENDS, REACHED, type ShownFigures } from "../../../calling/messages/report-sums.ts";
import {
  type Bill,
  REPORT_DIMENSIONS,
  type Report,
  type ReportDimension,
  type ReportGroup,
} from "../../../organization/messages/reports.ts";
import { quantileOf } from "../../../organization/reports/quantile.ts";

const figures = z.object({
  dialed: z.int().describe("Attempts that are over and in which the carrier placed a call."),
  answered: z.int().describe("Of these, answered by a person or a machine."),
  answer_rate: z.number().nullable().describe("answered / dialed; null without a call."),
  human: z.int().describe("Answered by a person, as the carrier detected."),
  machine: z.int().describe("Answered by a machine, as the carrier detected. The rest of the answers is not known."),
  completed: z.int().describe("Calls that connected and ended well."),
  not_reached: z
    .object({
      busy: z.int(),
      no_answer: z.int(),
      dial_failed: z.int(),
      other: z.int().describe("For example cancelled while it rang."),
    })
    .describe("Calls that were not answered. With `answered` they add up to `dialed`."),
  not_called: z
    .object({
      not_placed: z
        .int()
        .describe("The carrier refused, it is not known whether it placed a call, or the agent or number was gone."),
      do_not_call: z.int().describe("The number was on the list."),
      not_in_hours: z.int().describe("No calling window was open in time."),
    })
    .describe("Attempts that are over without a call."),
  talk_minutes: z.number().describe("From answer to end, of all answered calls, in minutes."),
  started_minutes: z.int().describe("The same where each call counts full minutes, as carriers bill them."),
  costs: z
    .array(z.object({ currency: z.string(), amount: z.string() }))
    .describe(
      "What answered calls cost by the providers' price lists: a sum for each currency, rounded once to four decimals.",
    ),
  minutes_without_price: z
    .int()
    .describe("Of `started_minutes`, those to destinations that had no price. `costs` leaves them out."),
  duration_median_seconds: z
    .int()
    .nullable()
    .describe(
      `Half of the answered calls were no longer than this. Worked out from groups of durations (${DURATION_ENDS.join(", ")} seconds), evenly within a group.`,
    ),
  duration_p90_seconds: z.int().nullable().describe("The same for 90 % of the answered calls."),
  completed_on_attempt: z
    .array(z.int())
    .length(5)
    .describe("Completed with the first attempt, the second, the third, the fourth, and a later one."),
});

export type FiguresAnswer = z.output<typeof figures>;

const group = figures.extend({
  key: z
    .string()
    .describe(
      "An id, a country, a day (2026-11-30), an hour (0 to 23) or a weekday (0 is Monday). Hours of the week go from 0 to 167, from Monday on. `direct_calls` for calls of no batch; `deleted_` and the time of its creation for a batch that was deleted.",
    ),
  name: z.string().optional().describe("Of an agent, batch, number or provider that is still there."),
  answer_rate_before: z
    .number()
    .nullable()
    .optional()
    .describe("Of a number: its answer rate in as many days before; null without a call then."),
  is_falling: z
    .boolean()
    .optional()
    .describe(
      "Of a number: its answer rate fell by a fifth or more. Chance is no explanation: 3 standard deviations, and at least 50 calls in both periods. Carriers may label it as spam.",
    ),
});

export type GroupAnswer = z.output<typeof group>;

export const reportAnswer = z.object({
  by: z.enum(REPORT_DIMENSIONS),
  from: z.iso.date(),
  until: z.iso.date(),
  total: figures,
  data: z.array(group).describe("At most 1,000 groups: in their order, or those with the most calls first."),
});

export type ReportAnswer = z.output<typeof reportAnswer>;

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

const rateOf = ({ answered, dialed }: Pick<ShownFigures, "answered" | "dialed">): number | null =>
  dialed === 0 ? null : rounded(answered / dialed, 4);

/** As an object of an earlier release answers. */
const unpriced = ({ started_minutes }: ShownFigures): Bill => ({ costs: [], minutesWithoutPrice: started_minutes });

const presentFigures = (of: ShownFigures, bill: Bill = unpriced(of)): FiguresAnswer => ({
  dialed: of.dialed,
  answered: of.answered,
  answer_rate: rateOf(of),
  human: of.human,
  machine: of.machine,
  completed: of.completed,
  not_reached: { busy: of.busy, no_answer: of.no_answer, dial_failed: of.dial_failed, other: of.other },
  not_called: { not_placed: of.not_placed, do_not_call: of.do_not_call, not_in_hours: of.not_in_hours },
  talk_minutes: rounded(of.talk_seconds / 60, 1),
  started_minutes: of.started_minutes,
  costs: [...bill.costs],
  minutes_without_price: bill.minutesWithoutPrice,
  duration_median_seconds: quantileOf(of, 0.5),
  duration_p90_seconds: quantileOf(of, 0.9),
  completed_on_attempt: REACHED.map((name) => of[name]),
});

const LEAST_CALLS = 50;

const LEAST_FALL = 0.2;

const DEVIATIONS = 3;

type Rated = Pick<ShownFigures, "dialed" | "answered">;

/** Two proportions that chance does not tell apart are the same: a z-test with the pooled rate. */
export function isFalling(now: Rated, before: Rated): boolean {
  if (now.dialed < LEAST_CALLS || before.dialed < LEAST_CALLS || before.answered === 0) return false;
  const [rate, was] = [now.answered / now.dialed, before.answered / before.dialed];
  const pooled = (now.answered + before.answered) / (now.dialed + before.dialed);
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / now.dialed + 1 / before.dialed));
  return rate <= was * (1 - LEAST_FALL) && was - rate >= DEVIATIONS * deviation;
}

const presentGroup = (by: ReportDimension, { key, name, figures, bill, before }: ReportGroup): GroupAnswer => ({
  key: by === "day" ? dateOf(Number(key)) : key,
  ...(name === null ? {} : { name }),
  ...presentFigures(figures, bill),
  ...(by === "number"
    ? {
        answer_rate_before: before === null ? null : rateOf(before),
        is_falling: before !== null && isFalling(figures, before),
      }
    : {}),
});

export type MadeReport = {
  readonly by: ReportDimension;
  readonly from: number;
  readonly until: number;
  readonly report: Report;
};

export const presentReport = ({ by, from, until, report }: MadeReport): ReportAnswer => ({
  by,
  from: dateOf(from),
  until: dateOf(until - 1),
  total: presentFigures(report.total, report.bill),
  data: report.groups.map((group) => presentGroup(by, group)),
});

const cell = (value: unknown): string => (value === null || value === undefined ? "" : String(value));

/** A column for each figure; what stands together in JSON is named with both names. And one for each of the currencies. */
function columnsOf(
  { key, name, not_reached, not_called, completed_on_attempt, costs, ...rest }: GroupAnswer,
  currencies: readonly string[],
) {
  const { answer_rate_before, is_falling, ...figures } = rest;
  const amounts = new Map(costs.map(({ currency, amount }) => [currency, amount]));
  return {
    key: neutralized(key),
    name: neutralized(name ?? ""),
    ...figures,
    ...not_reached,
    ...not_called,
    ...Object.fromEntries(completed_on_attempt.map((count, at) => [`completed_on_attempt_${at + 1}`, count])),
    answer_rate_before,
    is_falling,
    ...Object.fromEntries(currencies.map((currency) => [`cost_${currency}`, amounts.get(currency) ?? ""])),
  };
}

export function reportCsv(made: MadeReport, format: CsvFormat): string {
  const { total, data } = presentReport(made);
  const currencies = total.costs.map(({ currency }) => currency);
  const rows = [...data, { key: "total", ...total }].map((one) => columnsOf(one, currencies));
  const names = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => Object.values(row).map(cell));
  return headerOf(names, format) + linesOf(cells, format);
}
