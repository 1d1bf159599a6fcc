/** Batches, their recipients and their calls in answers. `api/answers/batch.ts` makes them. */

import { z } from "zod";
import { RETRYABLE } from "../../calling/messages/retry-policy.ts";
import { BATCH_INSTANTS, type BatchInstant, NAMES_OF_INSTANTS } from "../../calling/words/batch-instants.ts";
import { BATCH_STATUSES, type BatchStatus } from "../../calling/words/batch-status.ts";
import { CALL_STATUSES, END_REASONS } from "../../calling/words/call.ts";
import { CIRCUIT_STATES } from "../../calling/words/circuit-breaker.ts";
import { DIRECT_CALL_ERRORS } from "../../calling/words/direct-call.ts";
import { NOT_DIALED_REASONS } from "../../calling/words/not-dialed.ts";
import { RECIPIENT_STATUSES } from "../../calling/words/recipient.ts";
import { REGIONS } from "../../calling/words/region.ts";
import { ANSWERED_BY, ON_VOICEMAIL } from "../../calling/words/voicemail.ts";
import { WAITING_REASONS } from "../../calling/words/waiting.ts";
import { countryReadings } from "../requests/country.ts";
import { fileAnswer } from "../requests/file.ts";
import { windowAnswer } from "./calling-window-answer.ts";
import { pageOf, time } from "./common-answers.ts";

const instantFields = Object.fromEntries(
  NAMES_OF_INSTANTS.map((name) => [name, time.optional().describe(BATCH_INSTANTS[name])]),
) as Record<BatchInstant, z.ZodOptional<typeof time>>;

const metadata = z.record(z.string(), z.unknown()).describe("As submitted.");
const endReason = z.enum(END_REASONS);
const answeredBy = z
  .enum(ANSWERED_BY)
  .describe("Who answered, if `on_voicemail` was set and the carrier has told. unknown: the carrier could not tell.");

const circuitAnswer = z.object({
  state: z
    .enum(CIRCUIT_STATES)
    .describe("closed: the batch dials. open: it does not dial. trial: one call is made, and decides."),
  since: time.optional().describe("When this state began; absent if it has never opened."),
  until: time.optional().describe("While open: when the trial call is made. Absent if only a human resumes."),
  calls: z
    .int()
    .optional()
    .describe("Counted calls when it opened. While it is closed: calls counted so far, only in Get."),
  failed_calls: z.int().optional().describe("Those of them that failed through the carrier's fault."),
  min_calls: z.int().optional().describe("This and the following fields are its settings, only in Get."),
  failure_share: z.number().optional(),
  window_minutes: z.int().optional(),
  cool_down_minutes: z.int().nullable().optional(),
});
export type CircuitAnswer = z.output<typeof circuitAnswer>;

export const waitingFields = {
  waiting_reason: z
    .enum(WAITING_REASONS)
    .optional()
    .describe("Why no recipient is being dialed, while one waits. In a list: as last reported."),
  waiting_until: time.optional().describe("Until when, if known."),
};
const batchFields = {
  id: z.string().meta({ examples: ["acb_TX9N9ULdcZQd5CEgrpdpAE"] }),
  name: z.string(),
  agent_id: z.string(),
  from_number_id: z.string(),
  region: z.enum(REGIONS),
  target_concurrency_limit: z.int(),
  status: z
    .enum(BATCH_STATUSES)
    .describe(
      "pending: no recipient was dialed yet. in_progress: some were, not all. completed: all were dialed, though calls may be in flight; all are finished when total_calls_finished equals total_calls_scheduled. failed: no recipient could be dialed. cancelled: it was cancelled before all were dialed.",
    ),
  total_calls_scheduled: z.int().describe("Recipients in the batch."),
  total_calls_dispatched: z.int().describe("Recipients handed to the dialer, even if no call could be placed."),
  total_calls_finished: z.int().describe("Recipients whose latest attempt has ended."),
  recipients_called: z
    .int()
    .describe("Recipients who were called at least once, including those who are called again."),
  recipients_answered: z
    .int()
    .optional()
    .describe(
      "Recipients whose call was answered, by a person or a machine. Absent in batches from before this was counted.",
    ),
  retry_count: z.int(),
  created_at: time,
  last_updated_at: time,
  ...instantFields,
  circuit_breaker: circuitAnswer.optional().describe("If the batch has one."),
  country_readings: countryReadings.optional().describe("Only in the answers to Create and Append, if there are any."),
  skipped_duplicates: z
    .int()
    .optional()
    .describe("Only in the answers to Create and Append: how many recipients on_duplicate skip left out."),
  skipped_do_not_call: z
    .int()
    .optional()
    .describe(
      "Only in the answers to Create and Append: how many recipients are left out because they are on the do-not-call list.",
    ),
  file: fileAnswer.optional(),
};
export const batchAnswer = z.object({ ...batchFields, ...waitingFields });
export type BatchAnswer = z.output<typeof batchAnswer>;

export const batchPageAnswer = pageOf(batchAnswer, "Newest first, or in the order of `sort`.").extend({
  counts: z
    .object(Object.fromEntries(BATCH_STATUSES.map((status) => [status, z.int()])) as Record<BatchStatus, z.ZodInt>)
    .describe("How many batches there are for each status, of all or of the given agent. Other filters do not matter."),
});
export type BatchPageAnswer = z.output<typeof batchPageAnswer>;

export type WaitingAnswer = z.output<z.ZodObject<typeof waitingFields>>;

export const attemptAnswer = z.object({
  attempt: z.int().describe("Counts the recipient's attempts from 1."),
  agent_call_id: z.string().optional().describe("Present once it was dialed."),
  status: z.enum(RECIPIENT_STATUSES),
  created_at: time,
  dispatched_at: time.optional().describe("When it was handed to the dialer."),
  answered_at: time.optional(),
  ended_at: time.optional(),
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
  redacted_at: time.optional().describe("When its personal data was erased."),
  status: z
    .enum(RECIPIENT_STATUSES)
    .describe(
      "queued: waits. dispatched: handed to the dialer. started: the call is connected. completed: it ended normally. failed: no call could be placed, or the latest attempt failed. cancelled: never dialed.",
    ),
  created_at: time,
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
      "Why the recipient failed without a call. do_not_call: its number is on the list. window_expired: the time of its calling window is over. window_never_open: its calling window never opens.",
    ),
  timezone: z.string().optional().describe("While it waits for a calling window: the time zones it may be in."),
  next_eligible_at: time.optional().describe("While it waits: when it may be called, if known."),
  ...waitingFields,
  attempts: z.array(attemptAnswer).optional().describe("If requested: each attempt, oldest first."),
});
export type RecipientAnswer = z.output<typeof recipientAnswer>;

export const recipientResultAnswer = recipientAnswer.extend({
  attempt_count: z.int().describe("How often it was called, or will have been with the next call; 0 before the first."),
  dispatched_at: time.optional().describe("When its latest attempt was handed to the dialer."),
  answered_at: time.optional(),
  ended_at: time.optional(),
});
export type RecipientResultAnswer = z.output<typeof recipientResultAnswer>;

export const recipientDetailAnswer = recipientResultAnswer.extend({
  attempts: z.array(attemptAnswer).describe("Each attempt to reach it, oldest first."),
});
export type RecipientDetailAnswer = z.output<typeof recipientDetailAnswer>;

export const recipientPageAnswer = pageOf(recipientResultAnswer, "In the order submitted.").extend({
  total: z.int().optional().describe("How many there are on all pages; absent with `q`."),
});
export type RecipientPageAnswer = z.output<typeof recipientPageAnswer>;

export const appendedAnswer = z.object({
  ...batchFields,
  appended_recipients: z.int().describe("How many are new in the batch."),
  skipped_external_ids: z
    .int()
    .optional()
    .describe("How many were left out because their external_id is already in the batch."),
});
export type AppendedAnswer = z.output<typeof appendedAnswer>;

const retryPolicyAnswer = z.object({
  max_attempts: z.int(),
  retry_on: z.array(z.enum(RETRYABLE)),
  intervals_minutes: z.array(z.int()),
  min_gap_minutes: z.int().optional(),
  max_attempts_per_number_per_day: z.int().optional(),
});

export const batchDetailAnswer = z.object({
  ...batchFields,
  ...waitingFields,
  ringing_timeout_seconds: z.int(),
  max_call_duration_minutes: z.int(),
  estimated_end_at: time
    .optional()
    .describe("When it will be finished at the pace of the last ten minutes; absent if unknown."),
  calling_window: windowAnswer.optional(),
  retry_policy: retryPolicyAnswer.optional(),
  calls_per_second: z.number().optional().describe("The most calls that it begins in a second."),
  on_voicemail: z.enum(ON_VOICEMAIL).optional(),
  recipients: z.array(recipientAnswer).describe("In the order submitted."),
});
export type BatchDetailAnswer = z.output<typeof batchDetailAnswer>;

export const callAnswer = z.object({
  id: z.string().meta({ examples: ["ac_TX9N9ULdcZQd5CEWu65fRA"] }),
  agent_id: z.string(),
  status: z.enum(CALL_STATUSES),
  agent_name: z.string().optional(),
  start_time: time.optional().describe("When it was answered."),
  end_time: time.optional(),
  redacted_at: time.optional().describe("When its personal data was erased."),
  telephony_params: z.object({
    to: z.string().optional().describe("Absent once it is erased."),
    from: z.string().optional(),
    call_sid: z.string().optional().describe("The carrier's own id of the call."),
    direction: z.literal("outbound"),
    connection_type: z.literal("websocket"),
  }),
  telephony_account_type: z.string().optional(),
  error_message: z.string().optional(),
  end_reason: endReason.optional(),
  answered_by: answeredBy.optional(),
  external_id: z.string().optional().describe("Your own id for the recipient."),
  metadata: metadata.optional(),
});
export type CallAnswer = z.output<typeof callAnswer>;

export const directCallsAnswer = z.object({
  calls: z
    .array(
      z.object({
        number: z.string(),
        agent_call_id: z.string().optional().describe("The call's id, whatever its result."),
        error: z
          .object({
            error_code: z.enum(DIRECT_CALL_ERRORS),
            title: z.string(),
            message: z.string().describe("What is known, as text for people."),
          })
          .optional()
          .describe("Replaces `agent_call_id` if no call was placed."),
      }),
    )
    .describe("One for each destination, in the order of the request."),
});
export type DirectCallsAnswer = z.output<typeof directCallsAnswer>;

export const callCancelledAnswer = z.object({ cancelled: z.literal(true) });

export const liveTicketAnswer = z.object({
  ticket: z.string(),
  url: z.string().meta({ format: "uri", description: "For one WebSocket." }),
  expires_at: time,
});
export type LiveTicketAnswer = z.output<typeof liveTicketAnswer>;
