/**
 * Messages to a batch's watchers over their WebSocket, as JSON: a snapshot first, then changes. They contain only what
 * can change; `Get Call Batch` shows the recipients and their metadata. Pure.
 */

import type { BatchSummary } from "../../calling/messages/batch-view.ts";
import type { BatchRoute } from "../../calling/secrets/ids.ts";
import type { RecipientCounts } from "../../calling/words/batch-status.ts";
import type { EndReason } from "../../calling/words/call.ts";
import type { CircuitState } from "../../calling/words/circuit-breaker.ts";
import type { RecipientStatus } from "../../calling/words/recipient.ts";
import type { AnsweredBy } from "../../calling/words/voicemail.ts";
import { slotsOf } from "../slots/request.ts";
import type { AttemptRow } from "../store/attempt-states.ts";
import type { BatchRow } from "../store/batch-row.ts";
import { recipientView } from "./views.ts";

type LiveRecipient = {
  readonly id: string;
  readonly status: RecipientStatus;
  readonly agent_call_id?: string;
  readonly end_reason?: EndReason;
  readonly answered_by?: AnsweredBy;
  readonly error_message?: string;
};

export type LiveMessage = {
  readonly type: "snapshot" | "changes";
  /** RFC 3339. */
  readonly at: string;
  readonly batch: Pick<
    BatchSummary,
    | "id"
    | "status"
    | "total_calls_scheduled"
    | "total_calls_dispatched"
    | "total_calls_finished"
    | "recipients_called"
    | "recipients_answered"
    | "retry_count"
    | "target_concurrency_limit"
  > & {
    readonly last_updated_at: string;
    /** If the batch has a circuit breaker. */
    readonly circuit_breaker?: CircuitState;
  };
  readonly recipients_by_status: Readonly<Record<RecipientStatus, number>>;
  readonly in_flight: number;
  /** The ledger's grant; null while the batch waits, or needs none. */
  readonly slots: number | null;
  /** In changes: the recipients that changed since the previous message. */
  readonly recipients?: readonly LiveRecipient[];
  /** Too many changes to list: read the batch again. */
  readonly reload?: true;
};

/** A cancel or a retry can change thousands at once. */
const RECIPIENTS_AT_MOST = 1_000;

export type LiveState = {
  readonly route: BatchRoute;
  readonly row: BatchRow;
  readonly summary: BatchSummary;
  readonly counts: RecipientCounts;
  readonly inFlight: number;
};

function common(state: LiveState, now: number): Omit<LiveMessage, "type"> {
  const { summary, counts, inFlight, row } = state;
  const { queued, dispatched, started, completed, failed, cancelled } = counts;
  return {
    at: new Date(now).toISOString(),
    batch: {
      id: summary.id,
      status: summary.status,
      total_calls_scheduled: summary.total_calls_scheduled,
      total_calls_dispatched: summary.total_calls_dispatched,
      total_calls_finished: summary.total_calls_finished,
      ...(summary.recipients_called === undefined ? {} : { recipients_called: summary.recipients_called }),
      ...(summary.recipients_answered === undefined ? {} : { recipients_answered: summary.recipients_answered }),
      retry_count: summary.retry_count,
      target_concurrency_limit: summary.target_concurrency_limit,
      last_updated_at: new Date(summary.lastUpdatedAt).toISOString(),
      ...(summary.circuit ? { circuit_breaker: summary.circuit.state } : {}),
    },
    recipients_by_status: { queued, dispatched, started, completed, failed, cancelled },
    in_flight: inFlight,
    slots: slotsOf(row),
  };
}

export const snapshotOf = (state: LiveState, now: number): LiveMessage => ({ type: "snapshot", ...common(state, now) });

/** `changed`: the latest attempt of each recipient that changed; null if there were too many. */
export function changesOf(state: LiveState, changed: readonly AttemptRow[] | null, now: number): LiveMessage {
  const base = { type: "changes", ...common(state, now) } as const;
  if (changed === null || changed.length > RECIPIENTS_AT_MOST) return { ...base, reload: true };
  return { ...base, recipients: changed.map((row) => liveRecipient(state, row)) };
}

/** Numbers and metadata are not sent. */
const NOBODY = { to_number: "", metadata: null, timezone: null, addedAt: null };

function liveRecipient({ route, row }: LiveState, attempt: AttemptRow): LiveRecipient {
  const view = recipientView(route, row, attempt.position, NOBODY, attempt);
  return {
    id: view.id,
    status: view.status,
    ...(view.agent_call_id === null ? {} : { agent_call_id: view.agent_call_id }),
    ...(view.end_reason === null ? {} : { end_reason: view.end_reason }),
    ...(view.answeredBy === null ? {} : { answered_by: view.answeredBy }),
    ...(view.error_message === null ? {} : { error_message: view.error_message }),
  };
}
