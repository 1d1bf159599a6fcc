/** Reports: what is asked, and the figures that answer it. */

import { z } from "zod";
import { DURATION_ENDS } from "../../calling/messages/report-sums.ts";
import { REPORT_DIMENSIONS } from "../../organization/rpc.ts";
import { csvFormat } from "./common.ts";

const DAY_MS = 86_400_000;
/** A leap year, and the day on which it ends. */
const MAX_DAYS = 367;
const USUAL_DAYS = 30;

const day = z.iso
  .date({ error: "must be a day, like 2026-11-30" })
  .transform((text) => Date.parse(`${text}T00:00:00Z`) / DAY_MS);

const fields = {
  by: z
    .enum(REPORT_DIMENSIONS, { error: `must be one of ${REPORT_DIMENSIONS.join(", ")}` })
    .describe("How calls are grouped. Days, hours and weekdays are those of the callee's clock.")
    .default("day"),
  from: day.describe(`The first day, by the callee's clock. Usual: ${USUAL_DAYS} days to \`until\`.`).optional(),
  until: day.describe("The last day. Usual: today, by UTC.").optional(),
  agent_id: z.string().describe("Calls with this agent.").optional(),
  from_number_id: z.string().describe("Calls from this number.").optional(),
  provider_id: z.string().describe("Calls by this provider.").optional(),
  batch_id: z.string().describe("Calls of this batch.").optional(),
  country: z
    .string()
    .describe("Calls to this country, as ISO 3166: US. Or a calling code without one: +800.")
    .optional(),
};
type Days = { readonly from?: number | undefined; readonly until?: number | undefined };

/** The days that a query means; `until` is not included. */
export function daysOf({ from, until }: Days): { readonly from: number; readonly until: number } {
  const last = until ?? Math.max(Math.floor(Date.now() / DAY_MS), from ?? 0);
  return { from: from ?? last - USUAL_DAYS + 1, until: last + 1 };
}

const isForwards = (days: Days): boolean => (({ from, until }) => until > from)(daysOf(days));
const isShort = (days: Days): boolean => (({ from, until }) => until - from <= MAX_DAYS)(daysOf(days));

export const reportQuery = z
  .object(fields)
  .refine(isForwards, { path: ["until"], error: "must not be before from" })
  .refine(isShort, { path: ["from"], error: `must be at most ${MAX_DAYS} days before until` });
export const exportReportQuery = z
  .object({ ...fields, ...csvFormat })
  .refine(isForwards, { path: ["until"], error: "must not be before from" })
  .refine(isShort, { path: ["from"], error: `must be at most ${MAX_DAYS} days before until` });

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
      not_placed: z.int().describe("The carrier refused, or it is not known whether it placed a call."),
      do_not_call: z.int().describe("The number was on the list."),
      not_in_hours: z.int().describe("No calling window was open in time."),
    })
    .describe("Attempts that are over without a call."),
  talk_minutes: z.number().describe("From answer to end, of all answered calls, in minutes."),
  started_minutes: z.int().describe("The same where each call counts full minutes, as carriers bill them."),
  duration_median_seconds: z
    .int()
    .nullable()
    .describe(
      `Half of the answered calls were no longer. Worked out from groups of durations (${DURATION_ENDS.join(", ")} seconds), evenly within a group.`,
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
      "An id, a country, a day (2026-11-30), an hour (0 to 23) or a weekday (0 is Monday). Hours of the week go from 0 to 167, from Monday on. `direct_calls` for calls of no batch.",
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
