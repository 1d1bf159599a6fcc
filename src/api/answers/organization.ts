/**
 * What an organization keeps, as the contract's JSON: agents, providers, numbers, keys, the do-not-call list, and the
 * holders of its slots.
 */

import { known, time, timeOrNull } from "../../calling/answers/json.ts";
import { carrierNamed } from "../../dialer/carriers.ts";
import type {
  AgentView,
  ApiKeyView,
  ConcurrencyView,
  DoNotCallEntry,
  DoNotCallHistory,
  ErasureView,
  LedgerView,
  OrganizationView,
  PhoneNumberView,
  ProviderView,
} from "../../organization/rpc.ts";
import type { DoNotCallAnswer, DoNotCallHistoryAnswer } from "../requests/do-not-call.ts";
import type { ProviderAnswer } from "../requests/providers.ts";
import type { ErasureAnswer } from "../schemas/erasure-answers.ts";
import type {
  AgentAnswer,
  ApiKeyAnswer,
  ConcurrencyAnswer,
  LedgerAnswer,
  OrganizationAnswer,
  PhoneNumberAnswer,
} from "../schemas/telephony-answers.ts";
import { presentPace, presentWindow } from "./common.ts";

export const presentAgent = (agent: AgentView): AgentAnswer => ({
  id: agent.id,
  name: agent.name,
  connection: agent.connection,
  webhook_id: agent.webhook_id ?? null,
  created_at: time(agent.createdAt),
  updated_at: time(agent.updatedAt),
});

/** The fields that the carrier's definition shows: secrets are left out or masked. */
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
  ...known({ jurisdiction: organization.jurisdiction ?? null }),
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

/** `key`: only in the answer that creates it. */
export const presentApiKey = ({ key, ...view }: ApiKeyView & { key?: string }): ApiKeyAnswer => ({
  id: view.id,
  label: view.label,
  key: key ?? view.hint,
  role: view.role,
  ...known({ expires_at: timeOrNull(view.expiresAt), last_used_at: timeOrNull(view.lastUsedAt) }),
  created_at: time(view.createdAt),
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

export const presentErasure = (erasure: ErasureView): ErasureAnswer => ({
  id: erasure.id,
  status: erasure.completedAt === null ? "erasing" : "erased",
  requested_at: time(erasure.requestedAt),
  requested_by: erasure.requestedBy,
  ...known({ completed_at: timeOrNull(erasure.completedAt) }),
  batches: erasure.batches,
  batches_left: erasure.batchesLeft,
  recipients: erasure.recipients,
  calls: erasure.calls,
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

/** Lowering the limit takes no slots back, so more may be in use than it allows; then none are free. */
export const presentConcurrency = (concurrency: ConcurrencyView): ConcurrencyAnswer => ({
  limit: concurrency.limit,
  reserved: concurrency.reserved,
  in_use: concurrency.inUse,
  free: Math.max(0, concurrency.limit - concurrency.inUse),
  calls_outside_batches: concurrency.callsOutsideBatches,
  holding: concurrency.holding.map((one) => ({
    ...presentBatchSlots(one),
    draining: one.draining,
    calls_in_flight: one.callsInFlight,
  })),
  waiting: concurrency.waiting.map(presentBatchSlots),
});
