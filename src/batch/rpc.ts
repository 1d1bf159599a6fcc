/**
 * The RPC interface of a batch's object; everything here is plain data. Callers: the API, with the organization of the
 * key (another one gets "not_found"), and the organization's object (grants).
 */

import type { Act } from "../calling/messages/act.ts";
import type { BatchOrder, NewRecipient } from "../calling/messages/batch-order.ts";
import type {
  BatchSummary,
  CallView,
  PersonPlace,
  RecipientDetail,
  RecipientResult,
} from "../calling/messages/batch-view.ts";
import type { CallingWindow } from "../calling/messages/calling-window.ts";
import type { PersonErased, PersonInBatch } from "../calling/messages/erasure.ts";
import type { RetryPolicy } from "../calling/messages/retry-policy.ts";
import type { Grant, SlotStatement } from "../calling/messages/slots.ts";
import type { WebhookTarget } from "../calling/messages/webhook.ts";
import type { OnDuplicate } from "../calling/numbers/duplicates.ts";
import type { PersonHash, PersonNamed } from "../calling/numbers/person-hash.ts";
import type { Failure } from "../calling/requests/failure.ts";
import type { Page, PageRequest } from "../calling/requests/page.ts";
import type { Result } from "../calling/requests/result.ts";
import type { CircuitBreaker, CircuitCounts } from "../calling/words/circuit-breaker.ts";
import type { DirectCallOutcome } from "../calling/words/direct-call.ts";
import type { Outcome } from "../calling/words/outcome.ts";
import type { RecipientStatus } from "../calling/words/recipient.ts";
import type { Label, RemarksChange } from "../calling/words/remarks.ts";
import type { OnVoicemail } from "../calling/words/voicemail.ts";
import type { Waiting } from "../calling/words/waiting.ts";
import type { CarrierRequest } from "../dialer/dialer.ts";
import type { AppendOutcome, CallbackVerdict } from "./core/asked/requests.ts";
import type { ChangePreview } from "./steering/change-preview.ts";
import type { BatchChange, SteeringWord } from "./steering/steering.ts";
import type { CallWindow } from "./store/attempts.ts";
import type { LiveTicket } from "./store/live-tickets.ts";
import type { RecipientPage as PackedPage } from "./store/recipients.ts";

/**
 * A batch with all of its recipients at one moment. Data of recipients that does not change is read afterwards, in
 * parts.
 */
export type BatchSnapshot = SnapshotPeople & {
  readonly summary: BatchSummary;
  /** Why no recipient is being dialed; null if none waits, or one is being dialed. */
  readonly waiting: Waiting | null;
  /** By the pace of the last minutes; null without a basis. */
  readonly estimatedEndAt: number | null;
  /** The batch's own; null without one. */
  readonly callingWindow: CallingWindow | null;
  readonly retryPolicy: RetryPolicy | null;
  readonly circuitBreaker: CircuitSettings | null;
  /** The batch's own; null: unlimited. */
  readonly callsPerSecond: number | null;
  readonly ringingTimeoutSeconds: number;
  readonly maxCallDurationMinutes: number;
  /** Null: the carrier is not asked who answers. */
  readonly onVoicemail: OnVoicemail | null;
};

export type SnapshotPeople = {
  /** Usually all of them. */
  readonly firstPart: SnapshotPart;
  /** What the object must be asked for the other parts, as it is. */
  readonly rest: readonly PartRequest[];
};

/** Consecutive recipients as JSON in UTF-8, with commas between them. */
export type SnapshotPart = Uint8Array;
/** Recipients of a part at the moment of the snapshot. */
export type PartRequest = {
  /** The position of the first. */
  readonly from: number;
  /** A line for each: its JSON without metadata and attempts, still open (`calling/answers/recipient.ts`). */
  readonly heads: string;
  /** If attempts were asked for. */
  readonly attempts: PartAttempts | null;
};
export type PartAttempts = {
  /** For each recipient, its latest attempt as JSON, or an empty text. */
  readonly latest: readonly string[];
  /** For each, the numbers of its attempts before the latest. */
  readonly earlier: readonly (readonly number[])[];
};

/** `counts`: the present counts of the window. */
export type CircuitSettings = { readonly policy: CircuitBreaker; readonly counts: CircuitCounts };

export type RecipientListRequest = PageRequest & {
  /** Null: any status. */
  readonly statuses: readonly RecipientStatus[] | null;
  /** Null: any outcome. */
  readonly outcomes: readonly Outcome[] | null;
  /** A text to search by (`calling/numbers/person-search.ts`), or null. */
  readonly text: string | null;
  readonly externalId: string | null;
  /** The latest call has all of these. Absent in requests of an earlier version. */
  readonly labels?: readonly Label[];
};
/** `keys`: of all recipients' metadata, in the order of their first appearance; `hasMore`: there are others. */
export type MetadataKeys = { readonly batchName: string; readonly keys: readonly string[]; readonly hasMore: boolean };

/** In the order submitted. `total`: on all pages together; null if only reading all recipients would tell. */
export type RecipientPage = Page<RecipientResult> & { readonly total: number | null };

export type CallListRequest = PageRequest & {
  /** Only calls created at or after, and at or before, these times. */
  readonly startTimeGte: number | null;
  readonly startTimeLte: number | null;
  /** Calls of this person. Without a number and an external id: all. */
  readonly person: PersonNamed;
  /** Calls that have all of these. Absent in requests of an earlier version. */
  readonly labels?: readonly Label[];
};

/** `agentId`: fails if the batch has another agent; null: any agent. */
export type BatchCallsRequest = CallListRequest & { readonly agentId: string | null };

/** Calls are ordered by creation, then id; ids of one batch sort by their numbers. */
export type CallPosition = { readonly createdAt: number; readonly id: string };
export type CallPart = {
  readonly window: CallWindow;
  /** Only calls beyond this one, which may belong to another batch. */
  readonly beyond: CallPosition | null;
  readonly direction: "older" | "newer";
  readonly person: PersonNamed;
  readonly labels?: readonly Label[];
  readonly count: number;
};

/** Lines of an archive (`archive/record.ts`). `next`: the position of the recipient that follows; null: none. */
export type CallLines = { readonly lines: string; readonly count: number; readonly next: number | null };

/** `callIds`: of all the recipient's calls. */
export type ErasedCall = { readonly call: CallView; readonly callIds: readonly string[] };

/** `act`: who has it done, for the audit. Absent: a Worker of an earlier version asks. */
export interface BatchRpc {
  /**
   * Stores batch and recipients, all or nothing. A repeat with the same id returns what is stored. `pages`: packed by
   * the caller, because many small values take long to transfer. `total`: how many recipients they hold.
   */
  create(order: BatchOrder, total: number, pages: readonly PackedPage[]): Promise<BatchSummary>;
  /**
   * Direct calls: stored behind those that the object has, and dialed. Answers for each destination when its request was
   * answered. A repeat with the same id dials nobody. Only this message is sent for orders that share an object.
   */
  callNow(order: BatchOrder, recipients: NewRecipient[]): Promise<DirectCallOutcome[]>;
  /** The same, as earlier versions ask: each with an object of its own. */
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
  cancel(batchId: string, organizationId: string, act?: Act): Promise<Result<BatchSummary, Failure>>;
  /** `key`: of a repeatable request; a repeat gets the same answer and does nothing. */
  retry(batchId: string, organizationId: string, key: string | null, act?: Act): Promise<Result<BatchSummary, Failure>>;
  /** Adds the recipients that are not in the batch yet, all or nothing. */
  append(
    batchId: string,
    organizationId: string,
    recipients: NewRecipient[],
    onDuplicate: OnDuplicate,
    key: string | null,
    act?: Act,
  ): Promise<Result<AppendOutcome, Failure>>;
  /** What the word means: `STEERING` in `steering/steering.ts`. */
  steer(batchId: string, organizationId: string, word: SteeringWord, act?: Act): Promise<Result<BatchSummary, Failure>>;
  /** Refuses a change that makes waiting recipients fail, unless `allowFailures`. */
  change(
    batchId: string,
    organizationId: string,
    change: BatchChange,
    allowFailures: boolean,
    act?: Act,
  ): Promise<Result<BatchSummary, Failure>>;
  /**
   * What the change would make of waiting recipients; changes nothing. Refuses what `change` refuses, except failures.
   */
  previewChange(batchId: string, organizationId: string, change: BatchChange): Promise<Result<ChangePreview, Failure>>;
  calls(batchId: string, organizationId: string, request: BatchCallsRequest): Promise<Result<Page<CallView>, Failure>>;
  /**
   * A part of a list over several batches, newest first, or oldest first when it goes newer. Empty for another
   * organization.
   */
  callsFrom(organizationId: string, part: CallPart): Promise<CallView[]>;
  /** By the call's number in the batch, which is in its id. */
  call(organizationId: string, callNumber: number): Promise<Result<CallView, Failure>>;
  /** Ends a call in flight; its end reason will be `api_cancelled`. */
  cancelCall(organizationId: string, callNumber: number, act?: Act): Promise<Result<null, Failure>>;
  /** Changes what is said about a call, whether it is over or not. A repeat changes nothing. */
  remark(organizationId: string, callNumber: number, change: RemarksChange): Promise<Result<CallView, Failure>>;
  /**
   * Erases the personal data of the call's recipient and of all its calls; a repeat answers the same. Refused while the
   * recipient waits or is called. The caller then has the webhooks erase the calls.
   */
  /** Where the person is in it, in the order submitted. Empty for another organization. */
  placesOf(organizationId: string, person: PersonNamed): Promise<PersonPlace[]>;
  eraseCall(organizationId: string, callNumber: number, act?: Act): Promise<Result<ErasedCall, Failure>>;
  /** From the organization: what the batch knows of a person. */
  personIn(organizationId: string, person: PersonNamed): Promise<Result<PersonInBatch, Failure>>;
  /** From the organization, repeated until the person is over. `hashes`: those of `personIn`. */
  erasePerson(
    organizationId: string,
    person: PersonNamed,
    hashes: readonly PersonHash[],
  ): Promise<Result<PersonErased, Failure>>;
  /** From the organization: the ids of all calls, for the webhooks to forget. 409 while the batch is not over. */
  callsToDelete(batchId: string, organizationId: string): Promise<Result<readonly string[], Failure>>;
  /** All calls as an archive has them, in parts. `from`: the position of the first recipient. */
  callLines(batchId: string, organizationId: string, from: number): Promise<Result<CallLines, Failure>>;
  /**
   * From the organization, before a deletion: stores all calls in the folder of its bucket. 409 while the batch is not
   * over. `mark`: of the bucket (`archive/mark.ts`); without it nothing is stored. Absent: from an earlier release.
   */
  archive(batchId: string, organizationId: string, folder: string, mark?: string): Promise<Result<null, Failure>>;
  /**
   * From the organization: deletes everything, for good. 409 while the batch is not over; 404 once it is deleted.
   * `isArchived`: only if nothing has changed since `archive`; otherwise "try_again".
   */
  delete(batchId: string, organizationId: string, isArchived?: boolean): Promise<Result<null, Failure>>;
  /** A ticket for one connection to `fetch`, which answers with a WebSocket (see `live-message.ts`). */
  liveTicket(
    batchId: string,
    organizationId: string,
    keyId: string,
    keyExpiresAt?: number | null,
  ): Promise<Result<LiveTicket, Failure>>;
  /** From the organization; repeated until answered. Ends what the key watches, and its tickets. */
  keyRevoked(keyId: string): Promise<void>;
  /** `token`: null only if the carrier's callbacks are shared. */
  callback(callNumber: number, token: string | null, request: CarrierRequest): Promise<CallbackVerdict>;
  /**
   * From the ledger; repeated until answered. Returns the batch's statement, which an outdated grant does not change.
   */
  granted(grant: Grant): Promise<SlotStatement | null>;
  /** From the organization, when webhooks have changed. A batch that misses it is told with its next report. */
  webhooksAre(targets: readonly WebhookTarget[]): Promise<void>;
  /** The organization has a new rule: the batch asks again before it dials. `listed`: new do-not-call numbers. */
  rulesChanged(listed: readonly string[]): Promise<void>;
  /** From the organization now and then, in case this object's alarm was dropped: do what is due. */
  wake(): Promise<void>;
  /** For the ledger's audit; null if there is no such batch, or no such request for direct calls. */
  statement(batchId?: string): Promise<SlotStatement | null>;
}
