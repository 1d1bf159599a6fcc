/**
 * A batch without its recipients as the contract's JSON. The organization's object writes a list of batches itself: the
 * client receives its text unchanged.
 */

import type { Actor } from "../messages/act.ts";
import { BATCH_FACTS, type BatchFact, type FactKind, NAMES_OF_FACTS, namedFacts } from "../messages/batch-facts.ts";
import type { BatchSummary } from "../messages/batch-view.ts";
import type { CallingWindow } from "../messages/calling-window.ts";
import type { Turn } from "../messages/turn.ts";
import type { CircuitCounts, CircuitStanding } from "../words/circuit-breaker.ts";
import { priorityOf } from "../words/priority.ts";
import { known, time, timeOrNull } from "./json.ts";
import { presentWaiting } from "./recipient.ts";

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

export const presentWindow = (window: CallingWindow | null) =>
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

export const presentTurn = ({ position, slots, free, at, basis, callMs }: Turn) => ({
  position,
  slots,
  free_slots: free,
  ...known({ estimated_at: timeOrNull(at) }),
  basis,
  expected_call_seconds: Math.round(callMs / 1_000),
});

export const presentCircuitCounts = (counts: CircuitCounts | null) => ({
  calls: counts?.calls ?? null,
  failed_calls: counts?.failed ?? null,
});

export const presentCircuit = (circuit: CircuitStanding | null) =>
  circuit === null
    ? null
    : {
        state: circuit.state,
        ...known({
          since: timeOrNull(circuit.since),
          until: timeOrNull(circuit.until),
          ...presentCircuitCounts(circuit.opened),
        }),
      };

const FACTS = {
  instant: time,
  actor: ({ kind, id, label }: Actor) => ({ kind, id, label }),
} as const satisfies Readonly<Record<FactKind, (told: never) => unknown>>;
type Presented<Name extends BatchFact> = ReturnType<(typeof FACTS)[(typeof BATCH_FACTS)[Name]["is"]]>;

function presentFacts(batch: BatchSummary): { readonly [Name in BatchFact]: Presented<Name> | null } {
  const facts = namedFacts(batch);
  const shown: Record<string, unknown> = {};
  for (const name of NAMES_OF_FACTS) {
    const told = facts[name];
    shown[name] = told === null ? null : FACTS[BATCH_FACTS[name].is](told as never);
  }
  return shown as ReturnType<typeof presentFacts>;
}

/** `turn`: while it waits for slots, if it is known. */
export const presentBatch = (batch: BatchSummary, turn: Turn | null = null) => ({
  id: batch.id,
  name: batch.name,
  agent_id: batch.agent_id,
  from_number_id: batch.from_number_id,
  region: batch.region,
  target_concurrency_limit: batch.target_concurrency_limit,
  priority: priorityOf(batch),
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
    ...presentFacts(batch),
    circuit_breaker: presentCircuit(batch.circuit ?? null),
    calling_window: presentWindow(batch.callingWindow ?? null),
  }),
  ...presentWaiting(batch.waiting ?? null),
  ...(turn === null ? {} : { turn: presentTurn(turn) }),
});
