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
      "Where it would fail. unknown_timezone: nothing says what time it is there. window_never_open: no allowed hour comes within two months. window_expired: the calling window ends before.",
    ),
  timezone: z.string().optional().describe("The time zones it may be in."),
  next_eligible_at: time.optional().describe("When it may be called then."),
});
export type ChangedPerson = z.output<typeof person>;

export const changePreviewAnswer = z.object({
  waiting: z.int().describe("Recipients who wait. Nobody else is concerned."),
  same: z.int().describe("They may be called when they may be now."),
  sooner: z.int().describe("They may be called earlier than now."),
  delayed: z.int().describe("They may be called later than now."),
  failed: z.int().describe("They could never be called: the change is refused, unless it says `allow_failures`."),
  reasons: z.partialRecord(reason, z.int()).describe("Why they would fail, and how many for each reason."),
  first_eligible_at: time.optional().describe("When the first of them may be called then."),
  people: z
    .array(person)
    .describe(`The first ${PREVIEW_PEOPLE} who are affected: those who fail, then those who wait longer.`),
  people_left_out: z.int().describe("How many more of them there are."),
});
export type ChangePreviewAnswer = z.output<typeof changePreviewAnswer>;
