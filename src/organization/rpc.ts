/**
 * The RPC interface of an organization's object. Callers: the API, and the organization's batches (`report`,
 * `dialing`). All types here cross RPC, so they are plain data.
 */

import type { Act, Actor, AuditedKind } from "../calling/messages/act.ts";
import type { AppendAnswer, AppendRequest } from "../calling/messages/appending.ts";
import type { BatchOrder, OrderKind } from "../calling/messages/batch-order.ts";
import type { BatchSummary } from "../calling/messages/batch-view.ts";
import type { CallingWindow } from "../calling/messages/calling-window.ts";
import type { ClearanceAnswer, ClearanceRequest, ContactRules } from "../calling/messages/clearance.ts";
import type { Outlook } from "../calling/messages/outlook.ts";
import type { ShownFigures } from "../calling/messages/report-sums.ts";
import type { RetryPolicy } from "../calling/messages/retry-policy.ts";
import type { BatchReport, ReportAnswer } from "../calling/messages/slots.ts";
import type { Turn } from "../calling/messages/turn.ts";
import type { WebhookEventType } from "../calling/messages/webhook.ts";
import type { PersonHash, PersonNamed } from "../calling/numbers/person-hash.ts";
import type { Failure } from "../calling/requests/failure.ts";
import type { Page, PageRequest } from "../calling/requests/page.ts";
import type { Result } from "../calling/requests/result.ts";
import type { AgentConnection } from "../calling/words/agent-connection.ts";
import type { ArchiveProblem } from "../calling/words/archive-problem.ts";
import type { BatchStatus } from "../calling/words/batch-status.ts";
import type { CircuitBreaker } from "../calling/words/circuit-breaker.ts";
import type { Jurisdiction } from "../calling/words/jurisdiction.ts";
import type { PriceList } from "../calling/words/price-list.ts";
import type { Region } from "../calling/words/region.ts";
import type { Role } from "../calling/words/role.ts";
import type { OnVoicemail } from "../calling/words/voicemail.ts";
import type { AccountChange, CarrierAccount, ProviderType, ShownAccount } from "../dialer/carriers.ts";
import type { Dialing } from "../dialer/dialing.ts";
import type { TwilioRegion } from "../dialer/twilio/account.ts";
import type { BatchFilter } from "./batches/batch-search.ts";
import type { Bucket } from "./rules/token-bucket.ts";

/** `bucket`: the share of the rate that is left for a while after the carrier said "not now". */
export type PaceView = { readonly callsPerSecond: number; readonly bucket: Bucket };

/** Rules that hold for all batches. `pace` null: unlimited. */
export type OrganizationRules = ContactRules & { readonly pace: PaceView | null };

export type OrganizationView = OrganizationRules & {
  readonly id: string;
  readonly name: string;
  readonly agent_call_concurrency_limit: number;
  /** Of these slots, those for direct calls, which batches never get. */
  readonly reserved_concurrency: number;
  /** The budget of calls in all, null for none; and how many recipients were accepted so far. */
  readonly agents_usage_limit: number | null;
  /** No recipient is called outside of it, whatever the batch's own window. */
  readonly calling_window: CallingWindow | null;
  readonly agents_usage: number;
  /** How long what is over is kept; 0: for ever. */
  readonly retention_days: number;
  /** Whether that is archived first. Absent in the answer of an earlier release. */
  readonly archive?: boolean;
  /** Absent: none. */
  readonly archiveProblem?: ArchiveProblem;
  /** Null: it is not being deleted. */
  readonly removalRequestedAt: number | null;
  readonly createdAt: number;
  /** Where its data is kept; null: anywhere. Absent in the answer of an earlier release. */
  readonly jurisdiction?: Jurisdiction | null;
};
export type NewOrganization = RulesChange & {
  readonly id: string;
  readonly name: string;
  readonly agent_call_concurrency_limit: number;
  /** Of these slots, those for direct calls, which batches never get. */
  readonly reserved_concurrency: number;
  readonly agents_usage_limit: number | null;
  /** No recipient is called outside of it, whatever the batch's own window. */
  readonly calling_window: CallingWindow | null;
  /** Absent from a Worker of an earlier version: 0. */
  readonly retention_days?: number;
  /** Absent: no. */
  readonly archive?: boolean;
};
export type OrganizationChange = RulesChange & {
  readonly name?: string;
  readonly agent_call_concurrency_limit?: number;
  readonly reserved_concurrency?: number;
  readonly agents_usage_limit?: number | null;
  readonly calling_window?: CallingWindow | null;
  readonly retention_days?: number;
  readonly archive?: boolean;
};

/** How far the deletion of an organization is, and its receipt. */
export type RemovalView = {
  readonly id: string;
  /** It waits for it. Absent: for none. */
  readonly archiveProblem?: ArchiveProblem;
  readonly requestedAt: number;
  /** Null while something is left to do. */
  readonly completedAt: number | null;
  /** Batches and objects of direct calls that still have rows. */
  readonly batchesLeft: number;
};

/** Absent: unchanged; null: no such rule. */
export type RulesChange = Partial<ContactRules> & { readonly calls_per_second?: number | null };

/** `hint`: the part of a key that lists show. */
export type ApiKeyView = {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly role: Role;
  /** From then on it is not accepted; null: it stays. */
  readonly expiresAt: number | null;
  /** To the hour; null before its first use. */
  readonly lastUsedAt: number | null;
  readonly createdAt: number;
};
export type NewApiKey = { readonly label: string; readonly role: Role; readonly expiresAt: number | null };

export type RevocationAsked = { readonly byKey: string; readonly isConfirmed: boolean };

/** The key that made a change, by its id and its label. */
export type KeyName = { readonly id: string; readonly label: string };
/** Absent from an object of an earlier release: an admin's key that stays. */
export type SignedInKey = KeyName & { readonly role?: Role; readonly expiresAt?: number | null };
/** A key that was valid before: its hash, and the id that it had. */
export type KeyAlong = { readonly hash: string; readonly id: string };
/** `key`: as now. `answer`: to the message, if the key still has its id. */
export type AnsweredWithKey = { readonly key: SignedInKey | null; readonly answer?: unknown };

/** A person who signs in through Cloudflare Access, or all of a domain. `who`: an e-mail address, or "@example.com". */
export type MemberView = {
  readonly id: string;
  readonly who: string;
  readonly role: Role;
  /** To the hour; null before the first sign-in. */
  readonly lastUsedAt: number | null;
  readonly createdAt: number;
};
export type NewMember = Pick<MemberView, "who" | "role">;

/** `name`: of the organization. */
export type SignedInPerson = { readonly memberId: string; readonly role: Role; readonly name: string };

export type AgentView = {
  readonly id: string;
  readonly name: string;
  readonly connection: AgentConnection;
  /** Where the events of its calls go, too. */
  readonly webhook_id?: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
};
export type NewAgent = Pick<AgentView, "name" | "connection" | "webhook_id"> & { readonly id: string | null };
export type AgentChange = Partial<Pick<AgentView, "name" | "connection" | "webhook_id">>;

export type ProviderView = {
  readonly id: string;
  readonly label: string;
  readonly account: ShownAccount;
  /** Null: unlimited. */
  readonly pace: PaceView | null;
  readonly createdAt: number;
  readonly updatedAt: number;
};
export type NewProvider = {
  readonly id: string | null;
  readonly label: string;
  readonly account: CarrierAccount;
  readonly calls_per_second: number | null;
};
/** `account`: fields of the provider's own carrier. */
export type ProviderChange = {
  readonly label?: string;
  readonly account: AccountChange;
  readonly calls_per_second?: number | null;
};

export type PriceListView = PriceList & { readonly updatedAt: number };
/** `replaces`: the first day of another list that goes with it. Absent in orders of earlier releases. */
export type PriceListOrder = PriceList & { readonly replaces?: number };

/** `text`: a part of the label; empty matches all. Null: any type, any account. */
export type ProviderFilter = {
  readonly text: string;
  readonly type: ProviderType | null;
  readonly accountSid: string | null;
};
/**
 * One of the organization's providers, by its id or by its Twilio account. `region` null: the only provider with that
 * account.
 */
export type ProviderReference =
  | { readonly id: string }
  | { readonly accountSid: string; readonly region: TwilioRegion | null };

export type PhoneNumberView = {
  readonly id: string;
  readonly label: string;
  readonly number: string;
  /** The carrier's own id of the number; null if it has none. */
  readonly carrier_number_id: string | null;
  readonly agent: { readonly id: string; readonly name: string } | null;
  readonly provider: ProviderView;
  readonly pace: PaceView | null;
  readonly createdAt: number;
  readonly updatedAt: number;
};
export type NewPhoneNumber = {
  readonly id: string | null;
  readonly label: string;
  readonly number: string;
  readonly carrier_number_id: string | null;
  readonly provider: ProviderReference;
  readonly agent_id: string | null;
  readonly calls_per_second: number | null;
};
export type PhoneNumberChange = {
  readonly label?: string;
  /** A provider of the same type as the present one. */
  readonly provider?: ProviderReference;
  readonly agent_id?: string | null;
  readonly calls_per_second?: number | null;
};

/** `text`: a part of the label, the number or the agent's name. Null: any. */
export type PhoneNumberFilter = {
  readonly text: string;
  readonly agentId: string | null;
  readonly providerId: string | null;
  readonly type: ProviderType | null;
};

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

export type WebhookView = {
  readonly id: string;
  readonly display_name: string;
  readonly url: string;
  readonly events: readonly WebhookEventType[];
  /** Why the webhook is disabled; null while it is enabled. */
  readonly disabledReason: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
};
/** `secret` null: one is generated. */
export type NewWebhook = Pick<WebhookView, "display_name" | "url" | "events"> & { readonly secret: string | null };
export type WebhookChange = Partial<NewWebhook> & { readonly enabled?: boolean };
export type MadeWebhook = WebhookView & { readonly secret: string | null };
/** What a delivery needs. `secrets`: the present one, then the previous one while it is still valid. */
export type Endpoint = { readonly url: string; readonly secrets: readonly string[]; readonly isDisabled: boolean };

/** What a request with an `Idempotency-Key` finds. `unknown`: the first request broke off. */
export type BegunRequest =
  | { readonly kind: "fresh" | "reused" | "under_way" | "unknown" }
  | { readonly kind: "answered"; readonly status: number; readonly body: string };

/** Remembers how requests were answered: an organization's object for its clients, the directory for operators. */
export interface RequestsRpc {
  beginRequest(key: string, fingerprint: string): Promise<BegunRequest>;
  answerRequest(key: string, fingerprint: string, status: number, body: string): Promise<void>;
  /** The request did nothing. */
  forgetRequest(key: string, fingerprint: string): Promise<void>;
}

/** Counts of sealed secrets. `current`: the newest key had already sealed them; `unopened`: no key opens them. */
export type ResealCounts = { readonly resealed: number; readonly current: number; readonly unopened: number };

/** The receipt of a request to erase a person. It names nobody. */
export type ErasureView = {
  readonly id: string;
  readonly requestedAt: number;
  readonly requestedBy: KeyName;
  /** Null while something is left to do. */
  readonly completedAt: number | null;
  /** In which the person was erased, and that still have to be asked. Direct calls of one request count as one. */
  readonly batches: number;
  readonly batchesLeft: number;
  readonly recipients: number;
  readonly calls: number;
  /** It waits for it. Absent: for none. */
  readonly archiveProblem?: ArchiveProblem;
};

/** A record of the audit. `before`, `after`: as in `ActRecord`. */
export type ActView = {
  readonly id: string;
  readonly at: number;
  readonly operation: string;
  readonly by: Actor;
  readonly kind: AuditedKind;
  readonly resourceId: string | null;
  readonly before: string | null;
  readonly after: string | null;
};
/** Null: any. Both ends of the span are included. */
export type ActFilter = {
  readonly resourceId: string | null;
  readonly byId: string | null;
  readonly kind: AuditedKind | null;
  readonly from: number | null;
  readonly until: number | null;
};

export type DoNotCallEntry = {
  readonly id: string;
  readonly number: string;
  readonly reason: string | null;
  /** The call in which the person asked for it; null if none. */
  readonly callId: string | null;
  readonly addedAt: number;
  readonly addedBy: KeyName;
  readonly removedAt: number | null;
  readonly removedBy: KeyName | null;
  readonly removalReason: string | null;
};
export type NewDoNotCall = {
  /** If a number occurs twice, the first entry counts. */
  readonly entries: readonly { readonly number: string; readonly reason: string | null }[];
  /** The call in which the person asked for it; null if none. */
  readonly callId: string | null;
  readonly by: KeyName;
};
export type DoNotCallHistory = { readonly newest: DoNotCallEntry; readonly earlier: readonly DoNotCallEntry[] };
export type DoNotCallFilter = {
  readonly status: "listed" | "removed" | "all";
  /** How the number begins or ends (`numberSearchOf`); null: any. */
  readonly text: string | null;
  /** Only this number; null: any. */
  readonly number: string | null;
};

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

export const REPORT_DIMENSIONS = [
  "day",
  "hour",
  "weekday",
  "hour_of_week",
  "agent",
  "batch",
  "number",
  "provider",
  "country",
] as const;
export type ReportDimension = (typeof REPORT_DIMENSIONS)[number];
/**
 * Days since 1970 by callees' clocks; `until` is not included. Null: any. `after`: all groups are read, in parts, from the
 * one after this `next`, or from the first one. Without it: those with the most calls.
 */
export type ReportRequest = {
  readonly by: ReportDimension;
  readonly from: number;
  readonly until: number;
  readonly agentId: string | null;
  readonly numberId: string | null;
  readonly providerId: string | null;
  readonly country: string | null;
  readonly batchId: string | null;
  readonly after?: string | number | null;
};
/** What answered calls cost: one sum for each currency, by its code. Of all minutes begun, those that have no price. */
export type Bill = {
  readonly costs: readonly { readonly currency: string; readonly amount: string }[];
  readonly minutesWithoutPrice: number;
};
/** `before`: of the same number of days before, for numbers. `bill` is absent in the answer of an earlier release. */
export type ReportGroup = {
  readonly key: string;
  readonly name: string | null;
  readonly figures: ShownFigures;
  readonly bill?: Bill;
  readonly before: Pick<ShownFigures, "dialed" | "answered"> | null;
};
/** `next`: where the next part begins; null: there is none. It is absent in the answer of an earlier release. */
export type Report = {
  readonly total: ShownFigures;
  readonly bill?: Bill;
  readonly groups: readonly ReportGroup[];
  readonly next?: string | number | null;
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

export type LedgerView = {
  readonly limit: number;
  /** Of these slots, those that batches never get. */
  readonly reserved: number;
  readonly inUse: number;
  /** Of these slots, those that direct calls hold. */
  readonly callsOutsideBatches: number;
  /**
   * `draining`: no recipient of the batch waits; it only holds its calls in flight. `confirmed`: the batch knows its
   * grant.
   */
  readonly holding: {
    readonly batchId: string;
    readonly kind: OrderKind;
    readonly slots: number;
    readonly draining: boolean;
    readonly confirmed: boolean;
    readonly createdAt: number;
  }[];
  /** In the order of their grants. */
  readonly waiting: {
    readonly batchId: string;
    readonly slots: number;
    /** Absent in answers of earlier versions. */
    readonly priority?: number;
    readonly createdAt: number;
  }[];
};

/** The ledger as the organization sees it, with the names of its batches. */
export type ConcurrencyView = {
  readonly limit: number;
  /** Of these slots, those that batches never get. */
  readonly reserved: number;
  readonly inUse: number;
  /** Of these slots, those that direct calls hold. */
  readonly callsOutsideBatches: number;
  /** Oldest first. `draining`: no recipient of the batch waits; it only holds its calls in flight. */
  readonly holding: (BatchSlots & { readonly draining: boolean; readonly callsInFlight: number })[];
  /** In the order of their grants. */
  readonly waiting: (BatchSlots & { readonly priority?: number; readonly turn?: Turn })[];
};
type BatchSlots = {
  readonly batchId: string;
  readonly name: string;
  readonly slots: number;
  readonly createdAt: number;
};

/** What the API keeps in the organization. Each register has its rules in a file of its own. `act`: who changes it. */
export interface RegistersRpc {
  createApiKey(key: string, made: NewApiKey, act?: Act): Promise<Result<ApiKeyView & { key: string }, Failure>>;
  listApiKeys(request: PageRequest): Promise<Result<Page<ApiKeyView>, Failure>>;
  /** `asked`: by a key of the organization, which may revoke itself if that is confirmed, and never the last admin's. */
  revokeApiKey(id: string, act?: Act, asked?: RevocationAsked): Promise<Result<null, Failure>>;

  /** 409 if the address or the domain is a member. */
  createMember(member: NewMember, act?: Act): Promise<Result<MemberView, Failure>>;
  listMembers(request: PageRequest): Promise<Result<Page<MemberView>, Failure>>;
  getMember(id: string): Promise<Result<MemberView, Failure>>;
  changeMember(id: string, role: Role, act?: Act): Promise<Result<MemberView, Failure>>;
  /** Resolves when everything that the person watches has ended, or when a batch does not answer. */
  deleteMember(id: string, act?: Act): Promise<Result<null, Failure>>;

  createAgent(agent: NewAgent, act?: Act): Promise<Result<AgentView, Failure>>;
  listAgents(request: PageRequest): Promise<Result<Page<AgentView>, Failure>>;
  getAgent(id: string): Promise<Result<AgentView, Failure>>;
  changeAgent(id: string, change: AgentChange, act?: Act): Promise<Result<AgentView, Failure>>;
  deleteAgent(id: string, act?: Act): Promise<Result<null, Failure>>;

  createProvider(provider: NewProvider, act?: Act): Promise<Result<ProviderView, Failure>>;
  /** All providers, newest first. */
  listProviders(filter: ProviderFilter): Promise<ProviderView[]>;
  getProvider(id: string): Promise<Result<ProviderView, Failure>>;
  changeProvider(id: string, change: ProviderChange, act?: Act): Promise<Result<ProviderView, Failure>>;
  deleteProvider(id: string, act?: Act): Promise<Result<null, Failure>>;

  /** Newest first. */
  listPrices(providerId: string): Promise<Result<PriceListView[], Failure>>;
  /** One that begins on the same day is replaced. */
  setPrices(providerId: string, order: PriceListOrder, act?: Act): Promise<Result<PriceListView, Failure>>;
  /** Whether it was there. */
  deletePrices(providerId: string, validFrom: number, act?: Act): Promise<Result<boolean, Failure>>;

  importPhoneNumber(number: NewPhoneNumber, act?: Act): Promise<Result<PhoneNumberView, Failure>>;
  listPhoneNumbers(filter: PhoneNumberFilter, request: PageRequest): Promise<Result<Page<PhoneNumberView>, Failure>>;
  getPhoneNumber(id: string): Promise<Result<PhoneNumberView, Failure>>;
  changePhoneNumber(id: string, change: PhoneNumberChange, act?: Act): Promise<Result<PhoneNumberView, Failure>>;
  deletePhoneNumber(id: string, act?: Act): Promise<Result<null, Failure>>;

  /** A create shows the secret; a change only if it generated one. */
  createWebhook(webhook: NewWebhook, act?: Act): Promise<Result<MadeWebhook, Failure>>;
  listWebhooks(request: PageRequest): Promise<Result<Page<WebhookView>, Failure>>;
  getWebhook(id: string): Promise<Result<WebhookView, Failure>>;
  changeWebhook(id: string, change: WebhookChange, act?: Act): Promise<Result<MadeWebhook, Failure>>;
  deleteWebhook(id: string, act?: Act): Promise<Result<null, Failure>>;
  /** Called by the webhook's object. Null if the webhook is deleted; throws if its secrets do not open. */
  webhookEndpoint(id: string): Promise<Endpoint | null>;
  /** Called by the webhook's object, which repeats it if it is lost. */
  disableWebhook(id: string, reason: string): Promise<void>;

  /** After it answers, none of the numbers is dialed. Returns how many are new on the list. */
  addDoNotCall(listed: NewDoNotCall, act?: Act): Promise<number>;
  /** Newest first. With `text`, ordered by number. */
  listDoNotCall(filter: DoNotCallFilter, request: PageRequest): Promise<Result<Page<DoNotCallEntry>, Failure>>;
  getDoNotCall(number: string): Promise<Result<DoNotCallHistory, Failure>>;
  /** The ended entry; 404 if the number is not listed. */
  removeDoNotCall(number: string, reason: string, by: KeyName, act?: Act): Promise<Result<DoNotCallEntry, Failure>>;

  /** Erases a person everywhere. Waits some seconds for all to be done; what is left goes on by itself. */
  erasePerson(person: PersonNamed, by: KeyName, act?: Act): Promise<Result<ErasureView, Failure>>;
  listErasures(request: PageRequest): Promise<Result<Page<ErasureView>, Failure>>;
  getErasure(id: string): Promise<Result<ErasureView, Failure>>;
}

/** What a batch dials with, so that it need not ask. Absent without a new grant, and in answers of earlier versions. */
export type WithGrant = { readonly dialing?: Dialing };

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
