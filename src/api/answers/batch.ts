/** Batches, their recipients and their calls as the contract's JSON. Fields are absent where the contract says so. */

import type { BatchSnapshot, CircuitSettings, RecipientPage } from "../../batch/rpc.ts";
import type { AppendOutcome } from "../../batch/steering/append.ts";
import { known, time, timeOrNull } from "../../calling/answers/json.ts";
import { presentAttempt, presentRecipientHead, presentWaiting } from "../../calling/answers/recipient.ts";
import type {
  BatchSummary,
  CallView,
  RecipientDetail,
  RecipientResult,
  RecipientView,
} from "../../calling/messages/batch-view.ts";
import { contactRulesOf, type RetryPolicy } from "../../calling/messages/retry-policy.ts";
import { present } from "../../calling/requests/assert.ts";
import { type BatchInstant, NAMES_OF_INSTANTS, namedInstants } from "../../calling/words/batch-instants.ts";
import type { CircuitCounts, CircuitStanding } from "../../calling/words/circuit-breaker.ts";
import type { DirectCallErrorCode, DirectCallOutcome } from "../../calling/words/direct-call.ts";
import type { BatchPage } from "../../organization/rpc.ts";
import type {
  AppendedAnswer,
  BatchAnswer,
  BatchDetailAnswer,
  BatchPageAnswer,
  CallAnswer,
  CircuitAnswer,
  DirectCallsAnswer,
  RecipientAnswer,
  RecipientDetailAnswer,
  RecipientPageAnswer,
  RecipientResultAnswer,
} from "../schemas/batch-answers.ts";
import { presentPage, presentWindow } from "./common.ts";

/** Stored metadata is always an object. */
const json = (text: string | null): Record<string, unknown> | null => (text === null ? null : JSON.parse(text));

const presentCircuit = (circuit: CircuitStanding | null): CircuitAnswer | null =>
  circuit === null
    ? null
    : {
        state: circuit.state,
        ...known({
          since: timeOrNull(circuit.since),
          until: timeOrNull(circuit.until),
          ...presentCounts(circuit.opened),
        }),
      };

const presentCounts = (counts: CircuitCounts | null) => ({
  calls: counts?.calls ?? null,
  failed_calls: counts?.failed ?? null,
});

/** `settings`: null without a circuit breaker. While it is closed, the present counts are shown. */
function presentCircuitDetail(circuit: CircuitStanding | null, settings: CircuitSettings | null): CircuitAnswer | null {
  const standing = presentCircuit(circuit);
  if (standing === null || settings === null) return null;
  const counts = standing.state === "closed" ? known(presentCounts(settings.counts)) : {};
  return { ...settings.policy, ...standing, ...counts };
}

const presentInstants = (batch: BatchSummary) => {
  const instants = namedInstants(batch);
  return Object.fromEntries(NAMES_OF_INSTANTS.map((name) => [name, timeOrNull(instants[name])])) as Record<
    BatchInstant,
    string | null
  >;
};

export const presentBatch = (batch: BatchSummary): BatchAnswer => ({
  id: batch.id,
  name: batch.name,
  agent_id: batch.agent_id,
  from_number_id: batch.from_number_id,
  region: batch.region,
  target_concurrency_limit: batch.target_concurrency_limit,
  status: batch.status,
  total_calls_scheduled: batch.total_calls_scheduled,
  total_calls_dispatched: batch.total_calls_dispatched,
  total_calls_finished: batch.total_calls_finished,
  recipients_called: batch.recipients_called ?? batch.total_calls_finished,
  ...(batch.recipients_answered === undefined ? {} : { recipients_answered: batch.recipients_answered }),
  retry_count: batch.retry_count,
  created_at: time(batch.createdAt),
  last_updated_at: time(batch.lastUpdatedAt),
  ...known({
    ...presentInstants(batch),
    circuit_breaker: presentCircuit(batch.circuit ?? null),
  }),
  ...presentWaiting(batch.waiting ?? null),
});

export const presentBatchPage = (page: BatchPage): BatchPageAnswer => ({
  ...presentPage(presentBatch)(page),
  counts: { ...page.counts },
});

const presentRetryPolicy = (policy: RetryPolicy | null): BatchDetailAnswer["retry_policy"] | null =>
  policy === null
    ? null
    : {
        max_attempts: policy.max_attempts,
        retry_on: [...policy.retry_on],
        intervals_minutes: [...policy.intervals_minutes],
        ...known(contactRulesOf(policy)),
      };

const presentRecipient = (recipient: RecipientView): RecipientAnswer => ({
  ...presentRecipientHead(recipient),
  ...known({ metadata: json(recipient.metadata), attempts: recipient.attempts?.map(presentAttempt) ?? null }),
});

const presentRecipientResult = (recipient: RecipientResult): RecipientResultAnswer => ({
  ...presentRecipient(recipient),
  attempt_count: recipient.attemptCount,
  ...known({
    dispatched_at: timeOrNull(recipient.dispatchedAt),
    answered_at: timeOrNull(recipient.answeredAt),
    ended_at: timeOrNull(recipient.endedAt),
  }),
});

export const presentRecipientDetail = (recipient: RecipientDetail): RecipientDetailAnswer => ({
  ...presentRecipientResult(recipient),
  attempts: recipient.attempts.map(presentAttempt),
});

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

/** All fields but the recipients, which come last. */
export const presentBatchHead = ({
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
}: BatchSnapshot): Omit<BatchDetailAnswer, "recipients"> => ({
  ...presentBatch(summary),
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

export const presentCall = (call: CallView): CallAnswer => ({
  id: call.id,
  agent_id: call.agent_id,
  status: call.status,
  ...known({
    agent_name: call.agent_name,
    start_time: timeOrNull(call.startedAt),
    end_time: timeOrNull(call.endedAt),
    redacted_at: timeOrNull(call.redactedAt ?? null),
  }),
  telephony_params: {
    ...known({ to: call.to_number || null, from: call.from_number, call_sid: call.call_sid }),
    direction: "outbound",
    connection_type: "websocket",
  },
  ...known({
    telephony_account_type: call.telephony_account_type,
    error_message: call.error_message,
    end_reason: call.end_reason,
    answered_by: call.answeredBy,
    // Events from an earlier version have none.
    external_id: call.external_id ?? null,
    metadata: json(call.metadata),
  }),
});

const TITLES_OF_DIRECT_CALL_ERRORS = {
  concurrency_limited: "Concurrency limited",
  do_not_call: "On the do-not-call list",
  outside_calling_window: "Outside of the calling window",
  call_not_placed: "Call not placed",
} as const satisfies Record<DirectCallErrorCode, string>;

/** `numbers`: from the request, one for each outcome. */
export const presentDirectCalls = (
  numbers: readonly string[],
  outcomes: readonly DirectCallOutcome[],
): DirectCallsAnswer => ({
  calls: outcomes.map((outcome, index) => {
    const number = present(numbers[index], "there is an outcome for each destination");
    if (outcome.kind === "call") return { number, agent_call_id: outcome.callId };
    const { code, message } = outcome.error;
    return { number, error: { error_code: code, title: TITLES_OF_DIRECT_CALL_ERRORS[code], message } };
  }),
});

export const presentRecipients = (page: RecipientPage): RecipientPageAnswer => ({
  ...presentPage(presentRecipientResult)(page),
  ...known({ total: page.total }),
});
