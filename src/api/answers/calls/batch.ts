/** A batch in answers. Fields are absent where the contract says so. */

import { z } from "zod";
import type { AppendOutcome } from "../../../batch/core/asked/requests.ts";
import type { BatchSnapshot, CircuitSettings } from "../../../batch/rpc.ts";
import { presentBatch, presentCircuit, presentCircuitCounts, presentWindow } from "../../../calling/answers/batch.ts";
import { known, timeOrNull } from "../../../calling/answers/json.ts";
import { presentWaiting } from "../../../calling/answers/recipient.ts";
import { BATCH_FACTS, type BatchFact, type FactKind, NAMES_OF_FACTS } from "../../../calling/messages/batch-facts.ts";
import { contactRulesOf, RETRYABLE, type RetryPolicy } from "../../../calling/messages/retry-policy.ts";
import type { Turn } from "../../../calling/messages/turn.ts";
import { BATCH_STATUSES, type BatchStatus } from "../../../calling/words/batch-status.ts";
import { CIRCUIT_STATES, type CircuitStanding } from "../../../calling/words/circuit-breaker.ts";
import { REGIONS } from "../../../calling/words/region.ts";
import { ON_VOICEMAIL } from "../../../calling/words/voicemail.ts";
import { actorAnswer } from "../organization/audit.ts";
import { pageOf, timestamp, windowAnswer } from "../parts/common.ts";
import { countryReadings, fileAnswer } from "../parts/file.ts";
import { turnField } from "../parts/turn.ts";
import { recipientAnswer, waitingFields } from "./recipient.ts";

const circuitAnswer = z.object({
  state: z
    .enum(CIRCUIT_STATES)
    .describe("closed: the batch dials. open: it does not dial. trial: one call is made, and decides."),
  since: timestamp.optional().describe("When this state began; absent if it has never opened."),
  until: timestamp.optional().describe("While open: when the trial call is made. Absent if only a human resumes."),
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

/** `settings`: null without a circuit breaker. While it is closed, the present counts are shown. */
function presentCircuitDetail(circuit: CircuitStanding | null, settings: CircuitSettings | null): CircuitAnswer | null {
  const standing = presentCircuit(circuit);
  if (standing === null || settings === null) return null;
  const counts = standing.state === "closed" ? known(presentCircuitCounts(settings.counts)) : {};
  return { ...settings.policy, ...standing, ...counts };
}

const FACTS = { instant: timestamp, actor: actorAnswer } as const satisfies Readonly<Record<FactKind, z.ZodType>>;
type Fact<Name extends BatchFact> = (typeof FACTS)[(typeof BATCH_FACTS)[Name]["is"]];

const factFields = Object.fromEntries(
  NAMES_OF_FACTS.map((name) => {
    const { is, says } = BATCH_FACTS[name];
    return [name, FACTS[is].optional().describe(says)];
  }),
) as { readonly [Name in BatchFact]: z.ZodOptional<Fact<Name>> };

const batchFields = {
  id: z.string().meta({ examples: ["acb_TX9N9ULdcZQd5CEgrpdpAE"] }),
  name: z.string(),
  agent_id: z.string(),
  from_number_id: z.string(),
  region: z.enum(REGIONS),
  target_concurrency_limit: z.int(),
  priority: z.int().describe("Among batches that wait for slots, 1 comes first and 5 last."),
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
  created_at: timestamp,
  last_updated_at: timestamp,
  ...factFields,
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

const windowField = {
  calling_window: windowAnswer
    .optional()
    .describe(
      "Only in lists and in Get. Absent: any hour that the organization allows. In lists it is also absent if the batch was created before lists had it, until the batch reports again; Get always has it.",
    ),
};

export const batchAnswer = z.object({ ...batchFields, ...waitingFields, ...turnField, ...windowField });

export type BatchAnswer = z.output<typeof batchAnswer>;

export const batchPageAnswer = pageOf(batchAnswer, "Newest first, or in the order of `sort`.").extend({
  counts: z
    .object(Object.fromEntries(BATCH_STATUSES.map((status) => [status, z.int()])) as Record<BatchStatus, z.ZodInt>)
    .describe("How many batches there are for each status, of all or of the given agent. Other filters do not matter."),
});

export type BatchPageAnswer = z.output<typeof batchPageAnswer>;

export const appendedAnswer = z.object({
  ...batchFields,
  appended_recipients: z.int().describe("How many are new in the batch."),
  skipped_external_ids: z
    .int()
    .optional()
    .describe("How many were left out because their external_id is already in the batch."),
});

export type AppendedAnswer = z.output<typeof appendedAnswer>;

const unlessNone = (count: number): number | null => (count === 0 ? null : count);

export const presentAppended = (outcome: AppendOutcome): AppendedAnswer => ({
  ...presentBatch(outcome.summary),
  appended_recipients: outcome.appended,
  ...known({
    skipped_duplicates: unlessNone(outcome.skippedDuplicates),
    skipped_external_ids: unlessNone(outcome.skippedExternalIds),
    skipped_do_not_call: unlessNone(outcome.skippedDoNotCall),
  }),
});

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
  ...turnField,
  ringing_timeout_seconds: z.int(),
  max_call_duration_minutes: z.int(),
  estimated_end_at: timestamp
    .optional()
    .describe("When it will be finished at the pace of the last ten minutes; absent if unknown."),
  calling_window: windowAnswer.optional(),
  retry_policy: retryPolicyAnswer.optional(),
  calls_per_second: z.number().optional().describe("The most calls that it begins in a second."),
  on_voicemail: z.enum(ON_VOICEMAIL).optional(),
  recipients: z.array(recipientAnswer).describe("In the order submitted."),
});

export type BatchDetailAnswer = z.output<typeof batchDetailAnswer>;

const presentRetryPolicy = (policy: RetryPolicy | null): BatchDetailAnswer["retry_policy"] | null =>
  policy === null
    ? null
    : {
        max_attempts: policy.max_attempts,
        retry_on: [...policy.retry_on],
        intervals_minutes: [...policy.intervals_minutes],
        ...known(contactRulesOf(policy)),
      };

/** All fields but the recipients, which come last. */
export const presentBatchHead = (
  {
    summary,
    waiting,
    estimatedEndAt,
    retryPolicy,
    circuitBreaker,
    callingWindow,
    callsPerSecond,
    ringingTimeoutSeconds,
    maxCallDurationMinutes,
    onVoicemail,
  }: BatchSnapshot,
  turn: Turn | null = null,
): Omit<BatchDetailAnswer, "recipients"> => ({
  ...presentBatch(summary, turn),
  ...presentWaiting(waiting),
  ringing_timeout_seconds: ringingTimeoutSeconds,
  max_call_duration_minutes: maxCallDurationMinutes,
  ...known({
    estimated_end_at: timeOrNull(estimatedEndAt),
    calling_window: presentWindow(callingWindow),
    retry_policy: presentRetryPolicy(retryPolicy),
    circuit_breaker: presentCircuitDetail(summary.circuit ?? null, circuitBreaker),
    calls_per_second: callsPerSecond,
    on_voicemail: onVoicemail,
  }),
});

export const liveTicketAnswer = z.object({
  ticket: z.string(),
  url: z.string().meta({ format: "uri", description: "For one WebSocket." }),
  expires_at: timestamp,
});

export type LiveTicketAnswer = z.output<typeof liveTicketAnswer>;
