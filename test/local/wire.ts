/**
 * The JSON of the public API, as far as the commands and the service tests read it; written from the API's
 * documentation.
 */

export type Recipient = {
  readonly id: string;
  readonly to_number: string;
  readonly status: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly agent_call_id?: string;
  readonly end_reason?: string;
  readonly error_message?: string;
};

export type BatchSummary = {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly target_concurrency_limit: number;
  readonly total_calls_scheduled: number;
  readonly total_calls_dispatched: number;
  readonly total_calls_finished: number;
  readonly retry_count: number;
};

export type Batch = BatchSummary & { readonly recipients: readonly Recipient[] };

export type BatchPage = {
  readonly data: readonly BatchSummary[];
  readonly has_more: boolean;
  readonly next_page: string | null;
};

export type NewBatch = {
  readonly name: string;
  readonly agent_id: string;
  readonly from_number_id: string;
  readonly target_concurrency_limit?: number;
  readonly ringing_timeout_seconds?: number;
  readonly retry_policy?: unknown;
  readonly calling_window?: unknown;
  readonly recipients: readonly { readonly to_number: string; readonly metadata?: Readonly<Record<string, unknown>> }[];
};

export type Call = { readonly id: string; readonly status: string };
export type CallPage = { readonly data: readonly Call[]; readonly next_page: string | null };

export type Failed = { readonly error_code: string | null; readonly message: string; readonly request_id: string };

export const API_VERSION = "2026-03-01";
export const BATCHES = "/agents/calls/batches";
export const CALLS = "/agents/calls";
export const WEBHOOKS = "/agents/webhooks";
