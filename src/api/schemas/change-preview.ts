/** `POST /agents/calls/batches/{id}/preview`: the body of a change, and its effects. Ours. */

import { z } from "zod";
import { FAILED_REASONS } from "../../batch/steering/preview.ts";
import { time } from "./common-answers.ts";
import { PREVIEW_PEOPLE } from "./preview.ts";

const reason = z.enum(FAILED_REASONS);

const person = z.object({
  id: z.string().describe("The recipient's."),
  to_number: z.string(),
  outcome: z.enum(["sooner", "delayed", "failed"]),
  reason: reason
    .optional()
    .describe(
      "Why it would fail. unknown_timezone: its local time is not known. window_never_open: no allowed hour comes within two months. window_expired: the calling window ends first.",
    ),
  timezone: z.string().optional().describe("The time zones it may be in."),
  next_eligible_at: time.optional().describe("When it could be called after the change."),
});
export type ChangedPerson = z.output<typeof person>;

export const changePreviewAnswer = z.object({
  waiting: z.int().describe("Waiting recipients. A change concerns no others."),
  same: z.int().describe("They may be called at the same time as before."),
  sooner: z.int().describe("They may be called earlier than now."),
  delayed: z.int().describe("They may be called later than now."),
  failed: z.int().describe("They could never be called: the change is refused, unless it has `allow_failures`."),
  reasons: z.partialRecord(reason, z.int()).describe("Why recipients would fail, and how many for each reason."),
  first_eligible_at: time.optional().describe("When the first of them could be called after the change."),
  people: z
    .array(person)
    .describe(`The first ${PREVIEW_PEOPLE} affected recipients: those who fail, then those who wait longer.`),
  people_left_out: z.int().describe("How many more affected recipients there are."),
});
export type ChangePreviewAnswer = z.output<typeof changePreviewAnswer>;
