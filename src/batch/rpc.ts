/**
 * What others may ask of a batch's object. Callers: the API (with the organization that the key named; anything else is
 * "not_found") and the organization's object (grants). Everything here crosses RPC, so it is plain data.
 */

import type { BatchOrder, NewRecipient } from "../calling/messages/batch-order.ts";
import type {
  AttemptView,
  BatchSummary,
  CallView,
  RecipientDetail,
  RecipientResult,
  RecipientView,
} from "../calling/messages/batch-view.ts";
import type { CallingWindow } from "../calling/messages/calling-window.ts";
import type { RetryPolicy } from "../calling/messages/retry-policy.ts";
import type { Grant, SlotStatement } from "../calling/messages/slots.ts";
import type { WebhookTarget } from "../calling/messages/webhook.ts";
import type { OnDuplicate } from "../calling/numbers/duplicates.ts";
import type { Failure } from "../calling/requests/failure.ts";
import type { Page, PageRequest } from "../calling/requests/page.ts";
import type { Result } from "../calling/requests/result.ts";
import type { CircuitBreaker, CircuitCounts } from "../calling/words/circuit-breaker.ts";
import type { DirectCallOutcome } from "../calling/words/direct-call.ts";
import type { Outcome } from "../calling/words/outcome.ts";
import type { RecipientStatus } from "../calling/words/recipient.ts";
import type { OnVoicemail } from "../calling/words/voicemail.ts";
import type { Waiting } from "../calling/words/waiting.ts";
import type { CarrierRequest } from "../dialer/dialer.ts";
import type { AppendOutcome } from "./steering/append.ts";
import type { CallbackVerdict } from "./steering/callback.ts";
import type { ChangePreview } from "./steering/change-preview.ts";
import type { BatchChange } from "./steering/steering.ts";
import type { CallWindow } from "./store/attempts.ts";
import type { LiveTicket } from "./store/live-tickets.ts";
import type { RecipientPage as PackedPage } from "./store/recipients.ts";

/** A batch with everybody in it, as it was at one moment. What of its people does not change is read on, in parts. */
export type BatchSnapshot = SnapshotPeople & {
  readonly summary: BatchSummary;
  /** Why nobody is being dialed; null where nobody waits, or somebody is. */
  readonly waiting: Waiting | null;
  /** From the pace of the last minutes; null where nothing is known to go by. */
  readonly estimatedEndAt: number | null;
  /** The batch's own; null without one. */
  readonly callingWindow: CallingWindow | null;
  readonly retryPolicy: RetryPolicy | null;
  readonly circuitBreaker: CircuitSettings | null;
  /** The batch's own; null: as fast as it may. */
  readonly callsPerSecond: number | null;
  readonly ringingTimeoutSeconds: number;
  readonly maxCallDurationMinutes: number;
  /** Null: nobody listens who answers. */
  readonly onVoicemail: OnVoicemail | null;
};

/** In the order submitted. */
export type SnapshotPeople = {
  /** Without metadata; of their attempts, where they were asked for, the latest. */
  readonly recipients: readonly RecipientView[];
  /** Of each the numbers of its attempts before the latest; null where they were not asked for. */
  readonly earlier: readonly (readonly number[])[] | null;
  /** Of each part the position after its last recipient. */
  readonly ends: readonly number[];
  /** It comes along, and mostly it is all there is. */
  readonly firstPart: SnapshotPart;
};

/** Of recipients that follow one another: the metadata as JSON text, and the attempts before the latest. */
export type SnapshotPart = {
  readonly metadata: readonly (string | null)[];
  readonly attempts: readonly (readonly AttemptView[])[] | null;
};
/** `earlier`: those of the snapshot, of these recipients. */
export type PartRequest = {
  readonly from: number;
  readonly until: number;
  readonly earlier: SnapshotPeople["earlier"];
};

/** `counts`: what of the window counts now. */
export type CircuitSettings = { readonly policy: CircuitBreaker; readonly counts: CircuitCounts };

export type RecipientListRequest = PageRequest & {
  /** Null: whatever their status. */
  readonly statuses: readonly RecipientStatus[] | null;
  /** Null: whatever became of them. */
  readonly outcomes: readonly Outcome[] | null;
  /** Null, or what they are searched by (`calling/numbers/person-search.ts`). */
  readonly text: string | null;
  readonly externalId: string | null;
};
/** `keys`: of all recipients' metadata, in the order in which they first appear; `hasMore`: there are others. */
export type MetadataKeys = { readonly batchName: string; readonly keys: readonly string[]; readonly hasMore: boolean };

/** In the order submitted. `total`: on all pages together; null where that is not known without reading everybody. */
export type RecipientPage = Page<RecipientResult> & { readonly total: number | null };

export type CallListRequest = PageRequest & {
  /** Only calls that were created at or after / at or before these instants. */
  readonly startTimeGte: number | null;
  readonly startTimeLte: number | null;
  /** Null, or whose calls. */
  readonly externalId: string | null;
};

/** `agentId`: refused where the batch is another agent's; null: whatever its agent. */
export type BatchCallsRequest = CallListRequest & { readonly agentId: string | null };

/** Calls are in order by creation, then id; ids of one batch are in the order of their numbers. */
export type CallPosition = { readonly createdAt: number; readonly id: string };
export type CallPart = {
  readonly window: CallWindow;
  /** Only calls on the far side of this one, which may be another batch's. */
  readonly beyond: CallPosition | null;
  readonly direction: "older" | "newer";
  readonly externalId: string | null;
  readonly count: number;
};

export interface BatchRpc {
  /**
   * Stores batch and recipients, all or nothing. A repeat with the same id answers with what is stored. `pages`: packed by
   * the caller, because many small values take long to hand on; `total`: how many recipients they hold.
   */
  create(order: BatchOrder, total: number, pages: readonly PackedPage[]): Promise<BatchSummary>;
  /** Direct calls: stored like a batch, dialed, and answered for each destination when its request was answered. */
  dialDirectly(order: BatchOrder, recipients: NewRecipient[]): Promise<DirectCallOutcome[]>;
  /** `withAttempts`: each recipient with all of its attempts. */
  snapshot(batchId: string, organizationId: string, withAttempts: boolean): Promise<Result<BatchSnapshot, Failure>>;
  snapshotPart(batchId: string, organizationId: string, request: PartRequest): Promise<Result<SnapshotPart, Failure>>;
  recipient(batchId: string, organizationId: string, recipientId: string): Promise<Result<RecipientDetail, Failure>>;
  recipients(
    batchId: string,
    organizationId: string,
    request: RecipientListRequest,
  ): Promise<Result<RecipientPage, Failure>>;
  metadataKeys(batchId: string, organizationId: string, atMost: number): Promise<Result<MetadataKeys, Failure>>;
  cancel(batchId: string, organizationId: string): Promise<Result<BatchSummary, Failure>>;
  /** `key`: of a repeatable request; its repeat is answered the same and does nothing. */
  retry(batchId: string, organizationId: string, key: string | null): Promise<Result<BatchSummary, Failure>>;
  /** Adds the recipients that are not in it already, all or nothing. */
  append(
    batchId: string,
    organizationId: string,
    recipients: NewRecipient[],
    onDuplicate: OnDuplicate,
    key: string | null,
  ): Promise<Result<AppendOutcome, Failure>>;
  /** Nobody is dialed until `resume`; calls in flight run to their end. */
  pause(batchId: string, organizationId: string): Promise<Result<BatchSummary, Failure>>;
  resume(batchId: string, organizationId: string): Promise<Result<BatchSummary, Failure>>;
  /** A change by which people who wait would fail is refused, unless `allowFailures`. */
  change(
    batchId: string,
    organizationId: string,
    change: BatchChange,
    allowFailures: boolean,
  ): Promise<Result<BatchSummary, Failure>>;
  /** What the change would make of those who wait; nothing is changed. Refuses what `change` refuses, but for failures. */
  previewChange(batchId: string, organizationId: string, change: BatchChange): Promise<Result<ChangePreview, Failure>>;
  calls(batchId: string, organizationId: string, request: BatchCallsRequest): Promise<Result<Page<CallView>, Failure>>;
  /** For lists over several batches: a part of them, newest first, or oldest first going newer; none of another organization's. */
  callsFrom(organizationId: string, part: CallPart): Promise<CallView[]>;
  /** By the call's number in the batch, which its id carries. */
  call(organizationId: string, callNumber: number): Promise<Result<CallView, Failure>>;
  /** Ends a call that is going on; its end reason will be `api_cancelled`. */
  cancelCall(organizationId: string, callNumber: number): Promise<Result<null, Failure>>;
  /** For one connection to `fetch`, which answers with a WebSocket (see `live-message.ts`). */
  liveTicket(batchId: string, organizationId: string, keyId: string): Promise<Result<LiveTicket, Failure>>;
  /** From the organization; repeated until answered. What the key watches, and the tickets that it drew, end. */
  keyRevoked(keyId: string): Promise<void>;
  /** `token`: null where the carrier's callbacks are shared, and only then. */
  callback(callNumber: number, token: string | null, request: CarrierRequest): Promise<CallbackVerdict>;
  /** From the ledger; repeated until answered. Answers with the batch's statement, which a stale grant does not change. */
  granted(grant: Grant): Promise<SlotStatement | null>;
  /** From the organization, when where events go has changed; a batch that does not hear it is told with its next report. */
  webhooksAre(targets: readonly WebhookTarget[]): Promise<void>;
  /** The organization has a new rule: from now on the batch asks again before it dials. `listed`: new do-not-call numbers. */
  rulesChanged(listed: readonly string[]): Promise<void>;
  /** From the organization now and then, should this object's alarm have been dropped: it does what is due. */
  wake(): Promise<void>;
  /** For the ledger's audit; null where there is no such batch. */
  statement(): Promise<SlotStatement | null>;
}
