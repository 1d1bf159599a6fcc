/** Requests for batches and calls, where calls are found, and who holds slots. All of it crosses RPC. */

import type { Act } from "../../calling/messages/act.ts";
import type { OrderKind } from "../../calling/messages/batch-order.ts";
import type { BatchSummary } from "../../calling/messages/batch-view.ts";
import type { CallingWindow } from "../../calling/messages/calling-window.ts";
import type { RetryPolicy } from "../../calling/messages/retry-policy.ts";
import type { Turn } from "../../calling/messages/turn.ts";
import type { PersonHash } from "../../calling/numbers/person-hash.ts";
import type { Page } from "../../calling/requests/page.ts";
import type { BatchStatus } from "../../calling/words/batch-status.ts";
import type { CircuitBreaker } from "../../calling/words/circuit-breaker.ts";
import type { Region } from "../../calling/words/region.ts";
import type { OnVoicemail } from "../../calling/words/voicemail.ts";
import type { Dialing } from "../../dialer/dialing.ts";

/**
 * `counted`: the client sent no key and counts its attempts. A `first` attempt is always a new request. A `repeat`
 * stands for the newest first attempt of the last 10 minutes.
 */
export type Idempotency = {
  readonly key: string;
  readonly bodyHash: string;
  readonly counted?: "first" | "repeat";
};

/** What a client requested when it created a batch. Its fields are already validated. */
export type BatchRequest = {
  readonly name: string;
  readonly agent_id: string;
  readonly from_number_id: string;
  /** The recipients' numbers, in their order. */
  readonly numbers: readonly string[];
  /** Of the recipients, for the index of people. */
  readonly people: readonly PersonHash[];
  readonly target_concurrency_limit: number | null;
  /** 1 comes first. Absent in requests of an earlier version: 3. */
  readonly priority?: number;
  readonly ringing_timeout_seconds: number;
  readonly max_call_duration_minutes: number;
  readonly scheduledAt: number | null;
  readonly retryPolicy: RetryPolicy | null;
  readonly circuitBreaker: CircuitBreaker | null;
  readonly callingWindow: CallingWindow | null;
  readonly callsPerSecond: number | null;
  readonly onVoicemail: OnVoicemail | null;
  readonly region: Region | null;
  readonly callbackBaseUrl: string;
  /** How a repeat of the request is recognized. */
  readonly idempotency: Idempotency | null;
  readonly act?: Act;
};

/** What a request with an `Idempotency-Key` finds. `unknown`: the first request broke off. */
export type BegunRequest =
  | { readonly kind: "fresh" | "reused" | "under_way" | "unknown" }
  | { readonly kind: "answered"; readonly status: number; readonly body: string };

/** What a client requested for direct calls. Its fields are already validated. */
export type DirectRequest = {
  readonly agent_id: string;
  readonly from_number_id: string;
  readonly destinations: readonly { readonly to_number: string; readonly timezone: string | null }[];
  /** Of the destinations, for the index of people. */
  readonly people: readonly PersonHash[];
  /** Of their numbers and metadata together. A Worker of an earlier version names none, and knows of no shared objects. */
  readonly characters?: number;
  readonly ringing_timeout_seconds: number;
  readonly max_call_duration_minutes: number;
  readonly onVoicemail: OnVoicemail | null;
  readonly callbackBaseUrl: string;
  /** As for a batch. The hash includes the kind of the request, so a key stands for one kind. */
  readonly idempotency: BatchRequest["idempotency"];
};

/** `counts`: of all batches, or of the agent's if the request names one. Other filters do not count. */
export type BatchPage = Page<BatchSummary> & {
  readonly counts: Readonly<Record<BatchStatus, number>>;
};

/** A batch, or a request for direct calls, that may hold calls of an agent or a person. For lists of their calls. */
export type CallSource = {
  readonly batchId: string;
  readonly newestPossibleAt: number;
  readonly oldestPossibleAt: number;
};

/**
 * Which calls a list has: an agent's, a person's, those with some labels, or those that match all of it. `agentId` null: of
 * any. `person`: what stands for person and labels; empty: of anybody.
 */
export type CallFilter = { readonly agentId: string | null; readonly person: readonly PersonHash[] };

/**
 * `from`, `until`: epoch ms, both included; null is open. `atMost`: of each kind; a Worker of an earlier version sends no
 * number and takes all. `goingOn`: where the part before ended.
 */
export type SourcesPart = {
  readonly direction: "older" | "newer";
  readonly from: number | null;
  readonly until: number | null;
  readonly atMost?: number;
  readonly goingOn?: SourcesCursor;
};
/** `at`: no call in what follows is better, in the direction of the list. `createdAt`: of the first that follows. */
export type SourcesCursor = { readonly at: number; readonly createdAt: number };
/** An object of direct calls. `createdAt` is unique. */
export type DirectPool = { readonly id: string; readonly createdAt: number };
export type CallSources = {
  readonly batches: readonly CallSource[];
  readonly batchesGoOn?: SourcesCursor | null;
  readonly direct: SourcesPage;
};
/** A part of what may hold calls, and where the next part goes on; null: nothing follows. `goesOnAt`: for earlier versions. */
export type SourcesPage = {
  readonly sources: readonly CallSource[];
  readonly goesOnAt: number | null;
  readonly goesOn?: SourcesCursor | null;
};

type SlotsInUse = {
  readonly limit: number;
  /** Of these slots, those that batches never get. */
  readonly reserved: number;
  readonly inUse: number;
  /** Of these slots, those that direct calls hold. */
  readonly callsOutsideBatches: number;
};
type BatchSlots = { readonly batchId: string; readonly slots: number; readonly createdAt: number };
type NamedSlots = BatchSlots & { readonly name: string };
/**
 * `draining`: no recipient of the batch waits; it only holds its calls in flight. `confirmed`: the batch knows its grant.
 * `waiting`: in the order of their grants. `priority` is absent in answers of earlier versions.
 */
export type LedgerView = SlotsInUse & {
  readonly holding: (BatchSlots & {
    readonly kind: OrderKind;
    readonly draining: boolean;
    readonly confirmed: boolean;
  })[];
  readonly waiting: (BatchSlots & { readonly priority?: number })[];
};
/** The same as the organization sees it, with the names of its batches, the oldest first. */
export type ConcurrencyView = SlotsInUse & {
  readonly holding: (NamedSlots & { readonly draining: boolean; readonly callsInFlight: number })[];
  readonly waiting: (NamedSlots & { readonly priority?: number; readonly turn?: Turn })[];
};

/** What a batch dials with, so that it need not ask. Absent without a new grant, and in answers of earlier versions. */
export type WithGrant = { readonly dialing?: Dialing };

/** How lists of batches are ordered. start: by `scheduled_at`, the soonest first, and only those that have one. */
export const BATCH_SORTS = ["newest", "oldest", "start"] as const;
export type BatchSort = (typeof BATCH_SORTS)[number];

/** Null, or no word and no status: no filter. Both ends of a span are included. */
export type BatchFilter = {
  readonly agentId: string | null;
  readonly statuses: readonly BatchStatus[];
  /** Each begins some word of the name; folded. */
  readonly words: readonly string[];
  readonly created: { readonly from: number | null; readonly until: number | null };
  readonly starts: { readonly from: number | null; readonly until: number | null };
  readonly sort: BatchSort;
};
