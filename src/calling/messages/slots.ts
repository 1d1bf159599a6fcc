/** Messages between a batch and its organization's ledger. */

import { type Failure, invalid } from "../requests/failure.ts";
import type { ActRecord } from "./act.ts";
import type { BatchSummary } from "./batch-view.ts";
import type { HourSums } from "./report-sums.ts";
import type { WebhookTarget } from "./webhook.ts";

/**
 * A batch's statement about its slots. It may be lost, repeated and reordered. It needs no revision number, because
 * statements order themselves. A later request has a higher number. A request is open first and closed for good
 * afterwards. A batch only gives back parts of a grant, and gets no more while a new request is not granted. So within
 * one request, the `slots` of a grant and `holds` only fall.
 */
export type SlotStatement = {
  readonly batchId: string;
  /** From direct calls: granted before they were created, and never waiting. */
  readonly direct: boolean;
  readonly createdAt: number;
  /** Counts the batch's requests from 1; 0 before the first. */
  readonly requestNumber: number;
  /** The batch has a recipient to dial: it wants `slots`, or uses them once granted. */
  readonly open: boolean;
  /** The batch knows that the open request was granted. */
  readonly granted: boolean;
  /** Wanted slots; once granted, what is left of the grant. */
  readonly slots: number;
  /** The slots that it has; without any, its calls in flight. */
  readonly holds: number;
  /** Of the request, which keeps it: another one is a new request. Absent in statements of earlier versions. */
  readonly priority?: number;
};

/** The ledger's answer: the newest granted request, and its slots. */
export type SlotAnswer = { readonly grantedRequest: number; readonly grantedSlots: number };

/** Every answer tells the batch where its events go. */
export type ReportAnswer = SlotAnswer & {
  readonly webhooks: readonly WebhookTarget[];
  /** With a grant: as a `ClearanceAnswer` would say to a batch without own rules. Absent in answers of earlier versions. */
  readonly isFree?: boolean;
};

/** `sums`: hours of the reports that have changed. Absent: none are told this time. */
export type BatchReport = {
  readonly summary: BatchSummary;
  readonly slots: SlotStatement;
  readonly atRest: boolean;
  readonly sums?: readonly HourSums[];
  /** Changes for the audit that the organization has not acknowledged. Absent: none. */
  readonly acts?: readonly ActRecord[];
};

/** The ledger granted the batch's request with this number. `batchId`: of one of several that share an object. */
export type Grant = { readonly requestNumber: number; readonly slots: number; readonly batchId?: string };

/** The most calls at once, and how many of these slots batches never get. */
export type Capacity = { readonly limit: number; readonly reserved: number };

/** The most slots for all batches together. At least one, or they would wait for ever. */
export const mostForBatches = ({ limit, reserved }: Capacity): number => Math.max(1, limit - reserved);

/** A batch may not ask for more slots than its organization has. */
export const aboveCapacity = (capacity: Capacity): Failure => {
  const { limit, reserved } = capacity;
  const whose = "the organization's agent-call concurrency limit";
  const less = reserved === 0 ? "" : ` (${limit}) less its reserved concurrency (${reserved})`;
  return invalid("target_concurrency_limit", `must be at most ${mostForBatches(capacity)}, ${whose}${less}`);
};
