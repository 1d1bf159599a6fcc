/** What both peers store and do; they share the HTTP API (`api.ts`). */

export type NewRecipient = { to_number: string; metadata?: Record<string, unknown> | null };
export type NewBatch = {
  name: string;
  agent_id: string;
  from_number_id: string;
  target_concurrency_limit?: number;
  scheduled_at?: string;
  recipients: NewRecipient[];
};

export type BatchView = {
  id: string;
  name: string;
  agent_id: string;
  from_number_id: string;
  target_concurrency_limit: number;
  status: string;
  total_calls_scheduled: number;
  total_calls_dispatched: number;
  total_calls_finished: number;
  created_at: string;
  last_updated_at: string;
};

export type RecipientView = {
  id: string;
  to_number: string;
  status: string;
  created_at: string;
  metadata?: unknown;
  agent_call_id?: string;
  end_reason?: string;
  error_message?: string;
};

/** A carrier's report about a call, translated. */
export type CallEvent =
  | { kind: "placed"; sid: string }
  | { kind: "answered"; sid: string }
  | { kind: "ended"; sid: string | null; status: "completed" | "failed"; reason: string; error: string | null };

/** What dialing one recipient needs. */
export type Intent = { callId: string; token: string; to: string };

export interface Backend {
  createOrganization(id: string, limit: number): Promise<void>;
  createKey(organizationId: string, keyHash: string): Promise<void>;
  /** Null for an unknown key. */
  organizationOf(keyHash: string): Promise<{ id: string; limit: number } | null>;
  createBatch(organizationId: string, batch: NewBatch, target: number): Promise<BatchView>;
  getBatch(organizationId: string, id: string): Promise<(BatchView & { recipients: RecipientView[] }) | null>;
  /** Newest first. */
  listBatches(organizationId: string, limit: number): Promise<BatchView[]>;
  /** The token of the call's callback URL; null for an unknown call. */
  tokenOf(callId: string): Promise<string | null>;
  /** Late and repeated events change nothing. Resolves when it is stored. */
  happened(callId: string, event: CallEvent): Promise<void>;
  close(): Promise<void>;
}

/** A batch's status from its counters. */
export function statusOf(total: number, dispatched: number): string {
  if (dispatched === 0) return "pending";
  return dispatched < total ? "in_progress" : "completed";
}
