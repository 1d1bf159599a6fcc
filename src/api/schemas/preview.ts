/** `POST /agents/calls/batches/preview`: the body of a create, and what would happen. Ours. */

import { z } from "zod";
import { DELAYED_REASONS, FAILED_REASONS, SKIPPED_REASONS } from "../../batch/steering/preview.ts";
import { EXPECTED_CALL_SECONDS } from "../../calling/requests/limits.ts";
import { createBatchBody, createBatchForm } from "./batch.ts";
import { integer, optional } from "./common.ts";
import { time } from "./common-answers.ts";
import { countryReadings } from "./country.ts";
import { fileAnswer } from "./file.ts";

const assumption = {
  expected_call_seconds: optional(integer(EXPECTED_CALL_SECONDS.least, EXPECTED_CALL_SECONDS.most)).describe(
    `How long a call is assumed to take, from dialing to its end. Without it: ${EXPECTED_CALL_SECONDS.usual}.`,
  ),
};
export const previewBatchBody = createBatchBody.extend(assumption);
export const previewBatchForm = createBatchForm.extend(assumption);

/** Enough to see what is wrong with a list, few enough to read; the counts include all recipients. */
export const PREVIEW_PEOPLE = 100;

const REASONS = [...SKIPPED_REASONS, ...DELAYED_REASONS, ...FAILED_REASONS] as const;
const reason = z.enum(REASONS);

const person = z.object({
  index: z.int().describe("The recipient's place in the request, from 0."),
  line: z.int().optional().describe("Its line in the file."),
  to_number: z.string(),
  outcome: z.enum(["delayed", "skipped", "failed"]),
  reason: reason.describe(
    "duplicate: on_duplicate skip leaves it out. do_not_call: its number is on the list. window: its calling window is shut. contact_gap: its number was called too short a time ago, or stands in this list before. daily_cap: it was called as often that day as may be. unknown_timezone: nobody knows where it is, and the window blocks that. window_never_open: its windows are never open together. window_expired: its turn comes after the window's time is over.",
  ),
  timezone: z.string().optional().describe("The time zones it may be in, where they decide."),
  next_eligible_at: time
    .optional()
    .describe("When it may be called, where it is delayed; absent where that is more than a year ahead."),
});
export type PreviewPerson = z.output<typeof person>;

export const previewAnswer = z.object({
  total_recipients: z.int(),
  called: z.int().describe("Nothing stands in their way when dialing begins but slots and pace."),
  delayed: z.int().describe("They are called later, each for a reason."),
  skipped: z.int().describe("They would not be in the batch."),
  failed: z.int().describe("They would be in the batch and fail without a call."),
  reasons: z
    .partialRecord(reason, z.int())
    .describe("How many are delayed, skipped or failed for which reason; each is counted once."),
  people: z.array(person).describe(`The first ${PREVIEW_PEOPLE} of those who are delayed, skipped or failed.`),
  people_left_out: z.int().describe("How many more of them there are."),
  country_readings: countryReadings.optional().describe("Where the request names a default_country."),
  slots: z.object({
    needed: z.int().describe("The batch's target_concurrency_limit, as it was given or would be set."),
    free: z.int().describe("What batches could have now."),
    waiting_batches: z.int().describe("Batches that wait for slots, and come first."),
    granted_at_once: z.boolean().describe("Whether the batch would have its slots at once."),
  }),
  file: fileAnswer.optional(),
  estimate: z.object({
    expected_call_seconds: z.int().describe("The assumption behind all of this: how long each call takes."),
    calls_per_second: z.number().optional().describe("The pace that holds; absent where nothing limits it."),
    starts_at: time.describe("When dialing may begin: now, or the batch's scheduled_at."),
    ends_at: time
      .optional()
      .describe(
        "When the last call would be over, if the slots were there at starts_at and nobody were called a second time. Absent where nobody is called.",
      ),
    duration_seconds: z.int().describe("From starts_at to ends_at."),
    calls: z.int().describe("First calls to everybody who is called or delayed, until the windows expire."),
    not_reached: z.int().describe("Who would still wait when the windows expire, or after a year."),
    expected_minutes: z.number().describe("The calls' time together, by the assumption."),
    most_minutes: z
      .int()
      .describe(
        "What they can take together at most: each attempt of the retry policy, each as long as a call may last.",
      ),
  }),
});
export type PreviewAnswer = z.output<typeof previewAnswer>;
