/** Reports: what is asked, and the figures that answer it. */

import { z } from "zod";
import { REPORT_DIMENSIONS } from "../../organization/messages/reports.ts";
import { csvFormat } from "./common.ts";
import { DAY_MS, day } from "./day.ts";

/** A leap year, and the day on which it ends. */
const MAX_DAYS = 367;

const USUAL_DAYS = 30;

const fields = {
  by: z
    .enum(REPORT_DIMENSIONS, { error: `must be one of ${REPORT_DIMENSIONS.join(", ")}` })
    .describe("How calls are grouped. Days, hours and weekdays are those of the callee's clock.")
    .default("day"),
  from: day
    .describe(`The first day, by the callee's clock. Default: ${USUAL_DAYS} days that end with \`until\`.`)
    .optional(),
  until: day.describe("The last day. Default: today, in UTC.").optional(),
  agent_id: z.string().describe("Calls with this agent.").optional(),
  from_number_id: z.string().describe("Calls from this number.").optional(),
  provider_id: z.string().describe("Calls by this provider.").optional(),
  batch_id: z.string().describe("Calls of this batch.").optional(),
  country: z
    .string()
    .describe(
      "Calls to this country: its ISO 3166 code, like US. For numbers of no country, the calling code, like +800.",
    )
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
