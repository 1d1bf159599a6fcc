/** Views of the objects as the contract's JSON: instants in RFC 3339, absent where the contract says absent. */

import type { AppendOutcome, BatchDetail, CircuitSettings, RecipientPage } from "../batch/rpc.ts";
import { present } from "../calling/assert.ts";
import type {
  AttemptView,
  BatchSummary,
  CallView,
  RecipientDetail,
  RecipientResult,
  RecipientView,
} from "../calling/batch-view.ts";
import type { CircuitCounts, CircuitStanding } from "../calling/circuit-breaker.ts";
import type { DirectCallErrorCode, DirectCallOutcome } from "../calling/direct-call.ts";
import type { Page } from "../calling/page.ts";
import { contactRulesOf, type RetryPolicy } from "../calling/retry-policy.ts";
import type { Waiting } from "../calling/waiting.ts";
import { carrierNamed } from "../dialer/carriers.ts";
import type {
  AgentView,
  ApiKeyView,
  ConcurrencyView,
  DoNotCallEntry,
  DoNotCallHistory,
  LedgerView,
  OrganizationView,
  PaceView,
  PhoneNumberView,
  ProviderView,
} from "../organization/rpc.ts";
import { shareAt } from "../organization/token-bucket.ts";
import type { CallingWindow } from "../window/window.ts";
import type {
  AppendedAnswer,
  AttemptAnswer,
  BatchAnswer,
  BatchDetailAnswer,
  CallAnswer,
  CircuitAnswer,
  DirectCallsAnswer,
  RecipientAnswer,
  RecipientDetailAnswer,
  RecipientPageAnswer,
  RecipientResultAnswer,
  WaitingAnswer,
} from "./schemas/batch-answers.ts";
import type { WindowAnswer } from "./schemas/calling-window-answer.ts";
import type { PageAnswer } from "./schemas/common-answers.ts";
import type { DoNotCallAnswer, DoNotCallHistoryAnswer } from "./schemas/do-not-call.ts";
import type { ProviderAnswer } from "./schemas/providers.ts";
import type {
  AgentAnswer,
  ApiKeyAnswer,
  ConcurrencyAnswer,
  LedgerAnswer,
  OrganizationAnswer,
  PaceAnswer,
  PhoneNumberAnswer,
} from "./schemas/telephony-answers.ts";

export const time = (at: number): string => new Date(at).toISOString();

/** The fields that are known. */
export function known<T extends Record<string, unknown>>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
export const timeOrNull = (at: number | null): string | null => (at === null ? null : time(at));
/** Metadata was an object when it was taken. */
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

/** `settings`: null without a circuit breaker. While it is closed it shows what counts now. */
function presentCircuitDetail(circuit: CircuitStanding | null, settings: CircuitSettings | null): CircuitAnswer | null {
  const standing = presentCircuit(circuit);
  if (standing === null || settings === null) return null;
  const counts = standing.state === "closed" ? known(presentCounts(settings.counts)) : {};
  return { ...settings.policy, ...standing, ...counts };
}

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
  retry_count: batch.retry_count,
  created_at: time(batch.createdAt),
  last_updated_at: time(batch.lastUpdatedAt),
  ...known({
    scheduled_at: timeOrNull(batch.scheduledAt),
    admitted_at: timeOrNull(batch.admittedAt),
    // A summary that an earlier version stored has none.
    paused_at: timeOrNull(batch.pausedAt ?? null),
    circuit_breaker: presentCircuit(batch.circuit ?? null),
  }),
});

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

const presentWindow = (window: CallingWindow | null): WindowAnswer | null =>
  window === null
    ? null
    : {
        timezone_mode: window.timezone_mode,
        ...known({ timezone: window.timezone }),
        windows: window.windows.map(({ days, start, end }) => ({
          days: [...days],
          start: clock(start),
          end: clock(end),
        })),
        excluded_dates: [...window.excluded_dates],
        unknown_timezone: window.unknown_timezone,
        ...known({ expires_at: timeOrNull(window.expiresAt) }),
      };

const presentRetryPolicy = (policy: RetryPolicy | null): BatchDetailAnswer["retry_policy"] | null =>
  policy === null
    ? null
    : {
        max_attempts: policy.max_attempts,
        retry_on: [...policy.retry_on],
        intervals_minutes: [...policy.intervals_minutes],
        ...known(contactRulesOf(policy)),
      };

/** What is left of it only while it is less. */
function presentPace(pace: PaceView | null): PaceAnswer {
  if (pace === null) return { calls_per_second: null };
  const { callsPerSecond, bucket } = pace;
  const share = shareAt(bucket, Date.now());
  return {
    calls_per_second: callsPerSecond,
    ...(share < 1 ? { effective_calls_per_second: Math.round(callsPerSecond * share * 1_000) / 1_000 } : {}),
  };
}

/** Ours: absent where somebody is being dialed, or nobody waits. */
const presentWaiting = (waiting: Waiting | null): WaitingAnswer =>
  known({ waiting_reason: waiting?.reason ?? null, waiting_until: timeOrNull(waiting?.until ?? null) });

const presentAttempt = (attempt: AttemptView): AttemptAnswer => ({
  attempt: attempt.attempt,
  status: attempt.status,
  created_at: time(attempt.createdAt),
  ...known({
    agent_call_id: attempt.agent_call_id,
    dispatched_at: timeOrNull(attempt.dispatchedAt),
    answered_at: timeOrNull(attempt.answeredAt),
    ended_at: timeOrNull(attempt.endedAt),
    end_reason: attempt.end_reason,
    answered_by: attempt.answeredBy,
    error_message: attempt.error_message,
    carrier_code: attempt.carrier_code,
    sip_code: attempt.sip_code,
  }),
});

const presentRecipient = (recipient: RecipientView): RecipientAnswer => ({
  id: recipient.id,
  to_number: recipient.to_number,
  status: recipient.status,
  created_at: time(recipient.createdAt),
  ...known({
    external_id: recipient.external_id,
    metadata: json(recipient.metadata),
    agent_call_id: recipient.agent_call_id,
    end_reason: recipient.end_reason,
    answered_by: recipient.answeredBy,
    error_message: recipient.error_message,
    failure_reason: recipient.failureReason,
    timezone: recipient.timezone,
    next_eligible_at: timeOrNull(recipient.nextEligibleAt),
    attempts: recipient.attempts?.map(presentAttempt) ?? null,
  }),
  ...presentWaiting(recipient.waiting),
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

export const presentBatchDetail = ({
  summary,
  waiting,
  estimatedEndAt,
  retryPolicy,
  circuitBreaker,
  callingWindow,
  callsPerSecond,
  recipients,
}: BatchDetail): BatchDetailAnswer => ({
  ...presentBatch(summary),
  ...presentWaiting(waiting),
  ...known({
    estimated_end_at: timeOrNull(estimatedEndAt),
    calling_window: presentWindow(callingWindow),
    retry_policy: presentRetryPolicy(retryPolicy),
    circuit_breaker: presentCircuitDetail(summary.circuit ?? null, circuitBreaker),
    calls_per_second: callsPerSecond,
  }),
  recipients: recipients.map(presentRecipient),
});

export const presentCall = (call: CallView): CallAnswer => ({
  id: call.id,
  agent_id: call.agent_id,
  status: call.status,
  ...known({
    agent_name: call.agent_name,
    start_time: timeOrNull(call.startedAt),
    end_time: timeOrNull(call.endedAt),
  }),
  telephony_params: {
    to: call.to_number,
    ...known({ from: call.from_number, call_sid: call.call_sid }),
    direction: "outbound",
    connection_type: "websocket",
  },
  ...known({
    telephony_account_type: call.telephony_account_type,
    error_message: call.error_message,
    end_reason: call.end_reason,
    answered_by: call.answeredBy,
    metadata: json(call.metadata),
  }),
});

const TITLES_OF_DIRECT_CALL_ERRORS = {
  concurrency_limited: "Concurrency limited",
  do_not_call: "On the do-not-call list",
  outside_calling_window: "Outside of the calling window",
  call_not_placed: "Call not placed",
} as const satisfies Record<DirectCallErrorCode, string>;

/** `numbers`: of the request, one for each outcome. */
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

export const presentAgent = (agent: AgentView): AgentAnswer => ({
  id: agent.id,
  name: agent.name,
  connection: agent.connection,
  created_at: time(agent.createdAt),
  updated_at: time(agent.updatedAt),
});

/** The fields are those that the carrier's definition shows: no secret, or masked. */
export function presentProvider({ id, label, account, pace, createdAt, updatedAt }: ProviderView): ProviderAnswer {
  const { carrier, ...shown } = account;
  const { words } = carrierNamed(carrier);
  const times = { created_at: time(createdAt), updated_at: time(updatedAt) };
  return { id, ...words, label, ...shown, ...presentPace(pace), ...times } as ProviderAnswer;
}

export const presentPhoneNumber = (number: PhoneNumberView): PhoneNumberAnswer => ({
  id: number.id,
  label: number.label,
  number: number.number,
  ...known({ carrier_number_id: number.carrier_number_id }),
  agent: number.agent,
  provider: presentProvider(number.provider),
  ...presentPace(number.pace),
  created_at: time(number.createdAt),
  updated_at: time(number.updatedAt),
});

export const presentOrganization = (organization: OrganizationView): OrganizationAnswer => ({
  id: organization.id,
  name: organization.name,
  agent_call_concurrency_limit: organization.agent_call_concurrency_limit,
  reserved_concurrency: organization.reserved_concurrency,
  ...known({
    agents_usage_limit: organization.agents_usage_limit,
    calling_window: presentWindow(organization.calling_window),
    min_gap_minutes: organization.min_gap_minutes,
    max_attempts_per_number_per_day: organization.max_attempts_per_number_per_day,
  }),
  ...presentPace(organization.pace),
  agents_usage: organization.agents_usage,
  created_at: time(organization.createdAt),
});

/** `key` only in the answer that creates it. */
export const presentApiKey = ({ id, label, hint, createdAt, key }: ApiKeyView & { key?: string }): ApiKeyAnswer => ({
  id,
  label,
  ...(key === undefined ? { key: hint } : { key }),
  created_at: time(createdAt),
});

export const presentDoNotCall = (entry: DoNotCallEntry): DoNotCallAnswer => ({
  id: entry.id,
  number: entry.number,
  ...known({ reason: entry.reason, call_id: entry.callId }),
  added_at: time(entry.addedAt),
  added_by: entry.addedBy,
  ...known({
    removed_at: timeOrNull(entry.removedAt),
    removed_by: entry.removedBy,
    removal_reason: entry.removalReason,
  }),
});

export const presentDoNotCallHistory = ({ newest, earlier }: DoNotCallHistory): DoNotCallHistoryAnswer => ({
  ...presentDoNotCall(newest),
  earlier: earlier.map(presentDoNotCall),
});

export const presentLedger = (ledger: LedgerView): LedgerAnswer => ({
  limit: ledger.limit,
  reserved: ledger.reserved,
  in_use: ledger.inUse,
  calls_outside_batches: ledger.callsOutsideBatches,
  holding: ledger.holding.map(({ batchId, kind, slots, draining, confirmed, createdAt }) => ({
    batch_id: batchId,
    kind,
    slots,
    draining,
    confirmed,
    created_at: time(createdAt),
  })),
  waiting: ledger.waiting.map(({ batchId, slots, createdAt }) => ({
    batch_id: batchId,
    slots,
    created_at: time(createdAt),
  })),
});

const presentBatchSlots = ({ batchId, name, slots, createdAt }: ConcurrencyView["waiting"][number]) => ({
  batch: { id: batchId, name },
  slots,
  created_at: time(createdAt),
});

/** A lowered limit takes nothing back, so more may be in use than it allows; then nothing is free. */
export const presentConcurrency = (concurrency: ConcurrencyView): ConcurrencyAnswer => ({
  limit: concurrency.limit,
  reserved: concurrency.reserved,
  in_use: concurrency.inUse,
  free: Math.max(0, concurrency.limit - concurrency.inUse),
  calls_outside_batches: concurrency.callsOutsideBatches,
  holding: concurrency.holding.map((one) => ({ ...presentBatchSlots(one), draining: one.draining })),
  waiting: concurrency.waiting.map(presentBatchSlots),
});

export const presentPage = <Item, Shown>(page: Page<Item>, show: (item: Item) => Shown): PageAnswer<Shown> => ({
  data: page.data.map(show),
  has_more: page.hasMore,
  next_page: page.nextPage,
});

export const presentRecipients = (page: RecipientPage): RecipientPageAnswer => ({
  ...presentPage(page, presentRecipientResult),
  ...known({ total: page.total }),
});
