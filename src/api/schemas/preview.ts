/** `POST /agents/calls/batches/preview`: the body of a create, and what would happen. Ours. */

import { z } from "zod";
import { DELAYED_REASONS, FAILED_REASONS, SKIPPED_REASONS } from "../../batch/steering/preview.ts";
import { EXPECTED_CALL_SECONDS } from "../../calling/requests/limits.ts";
import { createBatchBody, createBatchForm } from "../requests/batch.ts";
import { integer, optional } from "../requests/common.ts";
import { countryReadings } from "../requests/country.ts";
import { fileAnswer } from "../requests/file.ts";
import { time } from "./common-answers.ts";

const assumption = {
  expected_call_seconds: optional(integer(EXPECTED_CALL_SECONDS.least, EXPECTED_CALL_SECONDS.most)).describe(
    `The assumed length of a call, from dialing to its end. Default: ${EXPECTED_CALL_SECONDS.usual}.`,
  ),
};
export const previewBatchBody = createBatchBody.extend(assumption);
export const previewBatchForm = createBatchForm.extend(assumption);

/** Enough to see what is wrong with a list, few enough to read; the counts include all recipients. */
export const PREVIEW_PEOPLE = 100;

const REASONS = [...SKIPPED_REASONS, ...DELAYED_REASONS, ...FAILED_REASONS] as const;
const reason = z.enum(REASONS);

const person = z.object({
  index: z.int().describe("The recipient's index in the request, from 0."),
  line: z.int().optional().describe("Its line in the file."),
  to_number: z.string(),
  outcome: z.enum(["delayed", "skipped", "failed"]),
  reason: reason.describe(
    "duplicate: left out by on_duplicate skip. do_not_call: its number is on the list. window: its calling window is closed. contact_gap: its number was called too recently, or is in this list before. daily_cap: it has reached its calls for that day. unknown_timezone: its place is not known, and the window blocks such recipients. window_never_open: its windows are never open together. window_expired: its turn comes after the window's end.",
  ),
  timezone: z.string().optional().describe("The time zones it may be in, if they matter."),
  next_eligible_at: time
    .optional()
    .describe("When a delayed recipient may be called; absent if that is more than a year ahead."),
});
export type PreviewPerson = z.output<typeof person>;

export const previewAnswer = z.object({
  total_recipients: z.int(),
  called: z.int().describe("They may be called when dialing begins, within slots and pace."),
  delayed: z.int().describe("They are called later, each for one of the reasons."),
  skipped: z.int().describe("They would not be in the batch."),
  failed: z.int().describe("They would be in the batch and fail without a call."),
  reasons: z
    .partialRecord(reason, z.int())
    .describe("How many are delayed, skipped or failed for each reason; each recipient counts once."),
  people: z.array(person).describe(`The first ${PREVIEW_PEOPLE} delayed, skipped or failed recipients.`),
  people_left_out: z.int().describe("How many more of them there are."),
  country_readings: countryReadings.optional().describe("If the request has a default_country."),
  slots: z.object({
    needed: z.int().describe("The batch's target_concurrency_limit, as given or by default."),
    free: z.int().describe("Slots that are free for batches now."),
    waiting_batches: z.int().describe("Batches that wait for slots and come first."),
    granted_at_once: z.boolean().describe("Whether the batch would get its slots at once."),
  }),
  file: fileAnswer.optional(),
  estimate: z.object({
    expected_call_seconds: z.int().describe("The assumption for these figures: how long each call takes."),
    calls_per_second: z.number().optional().describe("The pace that applies; absent if unlimited."),
    starts_at: time.describe("When dialing may begin: now, or the batch's scheduled_at."),
    ends_at: time
      .optional()
      .describe(
        "When the last call would end, if the slots were free at starts_at and no one were called twice. Absent if no one is called.",
      ),
    duration_seconds: z.int().describe("From starts_at to ends_at."),
    calls: z.int().describe("First calls to all called or delayed recipients, until the windows expire."),
    not_reached: z.int().describe("Recipients who would still wait when the windows expire, or after a year."),
    expected_minutes: z.number().describe("The total time of the calls, by the assumption."),
    most_minutes: z
      .int()
      .describe(
        "The longest total time of the calls: every attempt of the retry policy, each with the longest allowed duration.",
      ),
  }),
});
export type PreviewAnswer = z.output<typeof previewAnswer>;
