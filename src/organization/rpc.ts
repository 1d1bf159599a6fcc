/**
 * The RPC interface of an organization's object. Callers: the API, and the organization's batches (`report`,
 * `dialing`). What is sent and answered is in `messages/`, by subject: plain data.
 */

import type { Act, AuditedKind } from "../calling/messages/act.ts";
import type { AppendAnswer, AppendRequest } from "../calling/messages/appending.ts";
import type { BatchOrder } from "../calling/messages/batch-order.ts";
import type { ClearanceAnswer, ClearanceRequest } from "../calling/messages/clearance.ts";
import type { Outlook } from "../calling/messages/outlook.ts";
import type { BatchReport, ReportAnswer } from "../calling/messages/slots.ts";
import type { PersonHash } from "../calling/numbers/person-hash.ts";
import type { Failure } from "../calling/requests/failure.ts";
import type { Page, PageRequest } from "../calling/requests/page.ts";
import type { Result } from "../calling/requests/result.ts";
import type { Jurisdiction } from "../calling/words/jurisdiction.ts";
import type { Dialing } from "../dialer/dialing.ts";
import type { AgentRegister } from "./configuration/agent-register.ts";
import type { ApiKeyRegister } from "./configuration/api-key-register.ts";
import type { MemberRegister } from "./configuration/member-register.ts";
import type { PhoneNumberRegister } from "./configuration/phone-number-register.ts";
import type { PriceRegister } from "./configuration/price-register.ts";
import type { ProviderRegister } from "./configuration/provider-register.ts";
import type { WebhookRegister } from "./configuration/webhook-register.ts";
import type { ErasureRegister } from "./erasing/erasure-register.ts";
import type { AnsweredWithKey, KeyAlong, SignedInKey, SignedInPerson } from "./messages/access.ts";
import type {
  BatchFilter,
  BatchPage,
  BatchRequest,
  BegunRequest,
  CallFilter,
  CallSources,
  ConcurrencyView,
  DirectPool,
  DirectRequest,
  LedgerView,
  SourcesPage,
  SourcesPart,
  WithGrant,
} from "./messages/calling.ts";
import type {
  ActFilter,
  ActView,
  NewOrganization,
  OrganizationChange,
  OrganizationView,
  RemovalView,
  ResealCounts,
} from "./messages/organization.ts";
import type { Report, ReportRequest } from "./messages/reports.ts";
import type { DoNotCallRegister } from "./people/do-not-call-register.ts";

/** Remembers how requests were answered: an organization's object for its clients, the directory for operators. */
export interface RequestsRpc {
  beginRequest(key: string, fingerprint: string): Promise<BegunRequest>;
  answerRequest(key: string, fingerprint: string, status: number, body: string): Promise<void>;
  /** The request did nothing. */
  forgetRequest(key: string, fingerprint: string): Promise<void>;
}

/** All of what each has. */
export type AllOf<One> = (One extends unknown ? (one: One) => void : never) extends (all: infer All) => void
  ? All
  : never;
type Kept = AllOf<
  | ApiKeyRegister
  | MemberRegister
  | AgentRegister
  | ProviderRegister
  | PriceRegister
  | PhoneNumberRegister
  | WebhookRegister
  | DoNotCallRegister
  | ErasureRegister
>;
/** What the API keeps in the organization. Each register has its messages and its rules in a file of its own. */
export type RegistersRpc = Pick<Kept, keyof Kept>;

export interface OrganizationRpc extends RegistersRpc, RequestsRpc {
  /** 409 if it exists. */
  create(organization: NewOrganization, act?: Act): Promise<Result<OrganizationView, Failure>>;
  describe(): Promise<Result<OrganizationView, Failure>>;
  change(change: OrganizationChange, act?: Act): Promise<Result<OrganizationView, Failure>>;

  /** Newest first. */
  listActs(filter: ActFilter, request: PageRequest): Promise<Result<Page<ActView>, Failure>>;
  /** The same for one batch, even after it is deleted. 404 if there never was one. */
  listBatchActs(batchId: string, request: PageRequest): Promise<Result<Page<ActView>, Failure>>;
  /** Of what has changed elsewhere, as a webhook's deliveries. Idempotent. */
  recordAct(act: Act, kind: AuditedKind, resourceId: string | null): Promise<void>;

  /** Begins to delete the organization; a repeat changes nothing. All of its keys end. The rest goes on by itself. */
  remove(): Promise<Result<RemovalView, Failure>>;
  /** Null where it is not being deleted. */
  removal(): Promise<RemovalView | null>;

  /** Seals everything with the newest key. Null if there is no such organization. */
  reseal(act?: Act): Promise<ResealCounts | null>;
  ledger(): Promise<Result<LedgerView, Failure>>;
  /** For the organization's own clients. Reads one row for each batch that holds or waits. */
  concurrency(): Promise<ConcurrencyView>;

  /** The key's name if it belongs to this organization. Compares hashes, in constant time. */
  authenticate(key: string): Promise<SignedInKey | null>;
  /** The same for a key that was valid before. */
  keyStands(key: KeyAlong): Promise<SignedInKey | null>;
  /** Another message of this object, which is carried out only if the key still has its id. */
  withKey(key: KeyAlong, message: string, args: readonly unknown[]): Promise<AnsweredWithKey>;
  /** The role of a person with this e-mail address, in lower case. Null without one. */
  authenticatePerson(email: string): Promise<SignedInPerson | null>;
  /** Called before a ticket is given out. False if the key was revoked, or the member deleted, meanwhile. */
  watches(keyId: string, batchId: string): Promise<boolean>;
  /** Checks what only the organization knows and settles the order. Stores only the announcement. */
  announceBatch(request: BatchRequest): Promise<Result<BatchOrder, Failure>>;
  /** What is known about how such a batch would go. Refuses what `announceBatch` would; stores nothing. */
  outlook(request: BatchRequest): Promise<Result<Outlook, Failure>>;
  listBatches(request: PageRequest, filter: BatchFilter): Promise<Result<BatchPage, Failure>>;
  /** The same as the JSON of the API's answer, with the turns of those that wait for slots. */
  batchPage(request: PageRequest, filter: BatchFilter): Promise<Result<string, Failure>>;
  reportBy(request: ReportRequest): Promise<Report>;
  /** Deletes a batch that is over, in every object that has something of it. */
  deleteBatch(batchId: string, act?: Act): Promise<Result<null, Failure>>;
  /** What may hold such calls between the two times: the first parts. */
  callSources(filter: CallFilter, part: SourcesPart): Promise<Result<CallSources, Failure>>;
  /** The next part of batches. */
  batchSources(filter: CallFilter, part: SourcesPart): Promise<SourcesPage>;
  /** The next part of objects for direct calls. */
  directSources(filter: CallFilter, part: SourcesPart): Promise<SourcesPage>;
  /** Objects of direct calls that were created before a time, newest first. */
  directPools(before: number, atMost: number): Promise<DirectPool[]>;
  /**
   * The order for the destinations that are called, with their slots granted; it is empty if all are refused. Fails as
   * a whole, and stores nothing, if no slot is free.
   */
  announceCalls(request: DirectRequest): Promise<Result<BatchOrder, Failure>>;

  /** Called by a batch: its summary for the index and its statement for the ledger. Answers with its grant. */
  report(report: BatchReport): Promise<ReportAnswer & WithGrant>;
  /** Called by a batch before it dials: whether it may call these people now. */
  clear(request: ClearanceRequest): Promise<ClearanceAnswer>;
  /**
   * Called by a batch before it appends recipients: which of them it may not call. 402 if the budget has no room for
   * the others.
   */
  admitAppended(request: AppendRequest): Promise<Result<AppendAnswer, Failure>>;
  /**
   * Called before calls first get these labels, so that they are found. `source`: when the batch, or the object of direct
   * calls, was created.
   */
  labelled(source: number, labels: readonly PersonHash[]): Promise<void>;
  /** Called by a batch: what it needs to dial. */
  dialing(agentId: string, fromNumberId: string): Promise<Result<Dialing, Failure>>;
}

/** The name of the directory's one object. */
export const DIRECTORY = "organizations";

/** The operators' list of organizations; one object for a deployment. */
export interface DirectoryRpc extends RequestsRpc {
  /** Idempotent. */
  register(organizationId: string): Promise<void>;
  list(request: PageRequest): Promise<Result<Page<{ id: string }>, Failure>>;
  /** The last page of the list: its oldest items, `limit` at most. */
  oldest(limit: number): Promise<Result<Page<{ id: string }>, Failure>>;
  /** A person may sign in there. `who`: an e-mail address, or a domain as "@example.com". Idempotent. */
  letIn(who: string, organizationId: string): Promise<void>;
  letOut(who: string, organizationId: string): Promise<void>;
  /** The organizations that let the address or its domain in. */
  signInsOf(email: string, domain: string): Promise<readonly string[]>;
  /** Only of the deployment's own directory: organizations may be in the jurisdiction from now on. Idempotent. */
  open(jurisdiction: Jurisdiction): Promise<void>;
  opened(): Promise<readonly Jurisdiction[]>;
  knows(organizationId: string): Promise<boolean>;
  /** The id is never given again. Idempotent; `requestedAt` of the first one counts. */
  retire(organizationId: string, requestedAt: number): Promise<void>;
  /** All of the organization is deleted. Idempotent. */
  removed(organizationId: string, completedAt: number): Promise<void>;
  /** Null: it was never to be deleted. */
  removalOf(organizationId: string): Promise<Omit<RemovalView, "batchesLeft"> | null>;
  /** The secret that API keys are signed with: 256 random bits in hexadecimal. It never changes. */
  signingSecret(): Promise<string>;
  unsignedTokensUntil(): Promise<number>;
}
