/** What a batch and its organization's ledger tell each other. */

import { type Failure, invalid } from "../requests/failure.ts";
import type { BatchSummary } from "./batch-view.ts";
import type { WebhookTarget } from "./webhook.ts";

/**
 * What a batch says about its slots: a statement of fact that may be lost, repeated and reordered. It needs no revision
 * number, because statements order themselves: a later request has a higher number; a request is open first and closed
 * for good afterwards; and a batch only gives back of what it was granted, and has no more than it had while a new request
 * is not granted. So within one request `slots` of a grant and `holds` only fall.
 */
export type SlotStatement = {
  readonly batchId: string;
  /** Of a request for direct calls: it was granted before it was made, and never waits. */
  readonly direct: boolean;
  readonly createdAt: number;
  /** Counts the batch's requests from 1; 0 before the first. */
  readonly requestNumber: number;
  /** The batch has somebody to dial: it wants `slots`, or uses them once they are granted. */
  readonly open: boolean;
  /** The batch knows that the open request was granted. */
  readonly granted: boolean;
  /** Wanted, or, once granted, what is left of the grant. */
  readonly slots: number;
  /** The slots that it has; without any, its calls in flight. */
  readonly holds: number;
};

/** What the ledger answers: the number of the newest request that it granted, and with how many slots. */
export type SlotAnswer = { readonly grantedRequest: number; readonly grantedSlots: number };

/** With every answer the batch hears where its events go. */
export type ReportAnswer = SlotAnswer & { readonly webhooks: readonly WebhookTarget[] };

export type BatchReport = { readonly summary: BatchSummary; readonly slots: SlotStatement; readonly atRest: boolean };

/** The ledger granted what the batch asked for in its request of this number. */
export type Grant = { readonly requestNumber: number; readonly slots: number };

/** How many calls at once, and how many of these slots batches never get. */
export type Capacity = { readonly limit: number; readonly reserved: number };

/** What batches may hold together. At least one, or they would wait for ever. */
export const mostForBatches = ({ limit, reserved }: Capacity): number => Math.max(1, limit - reserved);

/** A batch may not ask for more than its organization has. */
export const aboveCapacity = (capacity: Capacity): Failure => {
  const { limit, reserved } = capacity;
  const whose = "the organization's agent-call concurrency limit";
  const less = reserved === 0 ? "" : ` (${limit}) less its reserved concurrency (${reserved})`;
  return invalid("target_concurrency_limit", `must be at most ${mostForBatches(capacity)}, ${whose}${less}`);
};
