/** A recipient and its attempts in answers. `calling/answers/recipient.ts` writes what a batch's object sends itself. */

import { z } from "zod";
import type { RecipientPage } from "../../../batch/rpc.ts";
import { known, secondsBetween, timeOrNull } from "../../../calling/answers/json.ts";
import { presentAttempt, presentRecipientHead } from "../../../calling/answers/recipient.ts";
import type {
  PersonPlace,
  RecipientDetail,
  RecipientResult,
  RecipientView,
} from "../../../calling/messages/batch-view.ts";
import { END_REASONS } from "../../../calling/words/call.ts";
import { NOT_DIALED_REASONS } from "../../../calling/words/not-dialed.ts";
import { RECIPIENT_STATUSES } from "../../../calling/words/recipient.ts";
import type { Remarks } from "../../../calling/words/remarks.ts";
import { ANSWERED_BY } from "../../../calling/words/voicemail.ts";
import { WAITING_REASONS } from "../../../calling/words/waiting.ts";
import { pageOf, presentPage, timestamp } from "../parts/common.ts";

export const metadata = z.record(z.string(), z.unknown()).describe("As submitted.");

export const endReason = z.enum(END_REASONS);

export const answeredBy = z
  .enum(ANSWERED_BY)
  .describe("Who answered, if `on_voicemail` was set and the carrier has told. unknown: the carrier could not tell.");

export const durationSeconds = z
  .int()
  .optional()
  .describe("From the answer to the end. Absent before it is over, and if it was never answered.");

/** What was said about a call (`changeCall`). Absent fields: nothing. */
export const remarksFields = {
  outcome: z.string().optional().describe("How it came out, as an agent or a receiver of events has said."),
  notes: z.string().optional(),
  tags: z.array(z.string()).optional(),
  recording_url: z.string().optional(),
  transcript_url: z.string().optional(),
};

const tagsOf = (remarks: Remarks | null | undefined): string[] | null =>
  remarks?.tags.length ? [...remarks.tags] : null;

/** Without those about which nothing was said. */
export const presentRemarks = (remarks: Remarks | null | undefined) =>
  known({
    outcome: remarks?.outcome ?? null,
    notes: remarks?.notes ?? null,
    tags: tagsOf(remarks),
    recording_url: remarks?.recording_url ?? null,
    transcript_url: remarks?.transcript_url ?? null,
  });

export const waitingFields = {
  waiting_reason: z
    .enum(WAITING_REASONS)
    .optional()
    .describe("Why no recipient is being dialed, while one waits. In a list: as last reported."),
  waiting_until: timestamp.optional().describe("Until when, if known."),
};

export type WaitingAnswer = z.output<z.ZodObject<typeof waitingFields>>;

export const attemptAnswer = z.object({
  attempt: z.int().describe("Counts the recipient's attempts from 1."),
  agent_call_id: z.string().optional().describe("Present once it was dialed."),
  status: z.enum(RECIPIENT_STATUSES),
  created_at: timestamp,
  dispatched_at: timestamp.optional().describe("When it was handed to the dialer."),
  answered_at: timestamp.optional(),
  ended_at: timestamp.optional(),
  duration_seconds: durationSeconds,
  end_reason: endReason.optional(),
  answered_by: answeredBy.optional(),
  error_message: z.string().optional().describe("Why no call could be placed, or what is still unknown."),
  carrier_code: z.string().optional().describe("The carrier's own code for the failure or refusal, if it gives one."),
  sip_code: z.int().optional().describe("The final SIP status, if the carrier reports it: 486 is busy."),
});

export type AttemptAnswer = z.output<typeof attemptAnswer>;

export const recipientAnswer = z.object({
  id: z.string().meta({ examples: ["abcr_TX9N9ULdcZQd5CEWu65fR9"] }),
  to_number: z.string().describe("Empty once it is erased."),
  redacted_at: timestamp.optional().describe("When its personal data was erased."),
  status: z
    .enum(RECIPIENT_STATUSES)
    .describe(
      "queued: waits. dispatched: handed to the dialer. started: the call is connected. completed: it ended normally. failed: no call could be placed, or the latest attempt failed. cancelled: never dialed.",
    ),
  created_at: timestamp,
  external_id: z.string().optional(),
  metadata: metadata.optional(),
  agent_call_id: z.string().optional().describe("Of the latest attempt, once a call was dispatched."),
  end_reason: endReason.optional(),
  answered_by: answeredBy.optional(),
  error_message: z.string().optional().describe("Why no call could be placed."),
  failure_reason: z
    .enum(NOT_DIALED_REASONS)
    .optional()
    .describe(
      "Why the recipient failed without a call. do_not_call: its number is on the list. window_expired: the time of its calling window is over. window_never_open: its calling window never opens. line_gone: the batch's agent or number was deleted, or cannot serve it any more.",
    ),
  timezone: z.string().optional().describe("While it waits for a calling window: the time zones it may be in."),
  next_eligible_at: timestamp.optional().describe("While it waits: when it may be called, if known."),
  ...waitingFields,
  attempts: z.array(attemptAnswer).optional().describe("If requested: each attempt, oldest first."),
});

export type RecipientAnswer = z.output<typeof recipientAnswer>;

/** Stored metadata is always an object. */
export const json = (text: string | null): Record<string, unknown> | null => (text === null ? null : JSON.parse(text));

const presentRecipient = (recipient: RecipientView): RecipientAnswer => ({
  ...presentRecipientHead(recipient),
  ...known({ metadata: json(recipient.metadata), attempts: recipient.attempts?.map(presentAttempt) ?? null }),
});

export const recipientResultAnswer = recipientAnswer.extend({
  attempt_count: z.int().describe("How often it was called, or will have been with the next call; 0 before the first."),
  dispatched_at: timestamp.optional().describe("When its latest attempt was handed to the dialer."),
  answered_at: timestamp.optional(),
  ended_at: timestamp.optional(),
  duration_seconds: durationSeconds,
  call_outcome: remarksFields.outcome.describe("What was said about the latest call."),
  call_tags: remarksFields.tags,
});

export type RecipientResultAnswer = z.output<typeof recipientResultAnswer>;

const presentRecipientResult = (recipient: RecipientResult): RecipientResultAnswer => ({
  ...presentRecipient(recipient),
  attempt_count: recipient.attemptCount,
  ...known({
    dispatched_at: timeOrNull(recipient.dispatchedAt),
    answered_at: timeOrNull(recipient.answeredAt),
    ended_at: timeOrNull(recipient.endedAt),
    duration_seconds: secondsBetween(recipient.answeredAt, recipient.endedAt),
    call_outcome: recipient.remarks?.outcome ?? null,
    call_tags: tagsOf(recipient.remarks),
  }),
});

export const recipientDetailAnswer = recipientResultAnswer.extend({
  attempts: z.array(attemptAnswer.extend(remarksFields)).describe("Each attempt to reach it, oldest first."),
});

export type RecipientDetailAnswer = z.output<typeof recipientDetailAnswer>;

export const presentRecipientDetail = (recipient: RecipientDetail): RecipientDetailAnswer => ({
  ...presentRecipientResult(recipient),
  attempts: recipient.attempts.map((attempt) => ({ ...presentAttempt(attempt), ...presentRemarks(attempt.remarks) })),
});

export const personPlaceAnswer = recipientDetailAnswer.extend({
  batch_id: z.string().optional().describe("Absent for a direct call."),
  batch_name: z.string().optional(),
  agent_id: z.string(),
});

export type PersonPlaceAnswer = z.output<typeof personPlaceAnswer>;

export const presentPersonPlace = ({ batchId, batchName, agentId, recipient }: PersonPlace): PersonPlaceAnswer => ({
  ...presentRecipientDetail(recipient),
  ...known({ batch_id: batchId, batch_name: batchName }),
  agent_id: agentId,
});

export const recipientPageAnswer = pageOf(recipientResultAnswer, "In the order submitted.").extend({
  total: z.int().optional().describe("How many there are on all pages; absent with `q`."),
});

export type RecipientPageAnswer = z.output<typeof recipientPageAnswer>;

export const presentRecipients = (page: RecipientPage): RecipientPageAnswer => ({
  ...presentPage(presentRecipientResult)(page),
  ...known({ total: page.total }),
});
