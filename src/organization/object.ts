/**
 * One organization: keys, agents, numbers, providers, the index of its batches, and the concurrency ledger. Called by
 * the API with a key of this organization or an operator's, and by this organization's batches.
 *
 * Requests that change it go through the core (`core/`), whose effects `executor.ts` carries out. It never waits for a batch
 * that waits for it.
 */

import { archiveBucket } from "../archive/bucket.ts";
import type { BatchRpc } from "../batch/rpc.ts";
import type { Act, ActFields, AuditedKind } from "../calling/messages/act.ts";
import type { AppendAnswer, AppendRequest } from "../calling/messages/appending.ts";
import type { BatchOrder } from "../calling/messages/batch-order.ts";
import type { BatchSummary } from "../calling/messages/batch-view.ts";
import type { ClearanceAnswer, ClearanceRequest } from "../calling/messages/clearance.ts";
import type { Outlook } from "../calling/messages/outlook.ts";
import type { BatchReport, ReportAnswer } from "../calling/messages/slots.ts";
import type { Turn } from "../calling/messages/turn.ts";
import type { PersonHash } from "../calling/numbers/person-hash.ts";
import { present } from "../calling/requests/assert.ts";
import { conflict, type Failure, notFound } from "../calling/requests/failure.ts";
import type { Page, PageRequest } from "../calling/requests/page.ts";
import { err, ok, type Result } from "../calling/requests/result.ts";
import { routeOfBatch } from "../calling/secrets/ids.ts";
import { jurisdictionOf, nameWithin } from "../calling/words/jurisdiction.ts";
import type { Dialing } from "../dialer/dialing.ts";
import { type Bindings, type Settings, settingsOf } from "../env.ts";
import { defaultJurisdiction, withinJurisdiction } from "../jurisdiction.ts";
import { answerOf } from "../peer.ts";
import { AlarmClock } from "../storage/alarm-clock.ts";
import { costOf, type StorageCost } from "../storage/cost.ts";
import { isCreated, migrate } from "../storage/migrations.ts";
import { Sql } from "../storage/sql.ts";
import { listActs, record } from "./acts/act-rows.ts";
import { admitAppended } from "./admission/appended.ts";
import { DirectCalls } from "./admission/direct-calls.ts";
import { outlookOf } from "./admission/outlook.ts";
import { AnsweringForRegisters, type Registers, registersOf } from "./answering.ts";
import { isAnnounced } from "./batches/announcements.ts";
import { batchSources, idOfSource, placeOfBatch, summaryOfBatch } from "./batches/batch-index.ts";
import { BatchList } from "./batches/batch-list.ts";
import { type BatchFilter, listBatches } from "./batches/batch-search.ts";
import { directSources, idOfPool, poolsBefore } from "./batches/direct-pools.ts";
import { rememberPeople } from "./batches/people-index.ts";
import { findAgent } from "./configuration/agents.ts";
import { hashOfKey, signIn } from "./configuration/api-keys.ts";
import { unsealedAccount } from "./configuration/credentials.ts";
import { signInPerson } from "./configuration/members.ts";
import { findPhoneNumber } from "./configuration/phone-numbers.ts";
import { findProvider, NO_ENCRYPTION_KEY } from "./configuration/providers.ts";
import { announced, changed, cleared, reported } from "./core/requests.ts";
import { Archives } from "./erasing/archives.ts";
import { Deleting } from "./erasing/deleting.ts";
import type { ErasingPort } from "./erasing/erasure-rows.ts";
import { Erasures } from "./erasing/erasures.ts";
import { findRemoval, Removing } from "./erasing/removing.ts";
import { Executor } from "./executor.ts";
import { isWaiting } from "./ledger/ledger.ts";
import { concurrencyView, ledgerView } from "./ledger/ledger-view.ts";
import { turnsOf } from "./ledger/turns.ts";
import { openErasedKey } from "./people/erased-key.ts";
import { hasErasedKey } from "./people/erased-numbers.ts";

import { writeAnalytics } from "./reports/analytics.ts";
import { reportOf } from "./reports/report.ts";
import {
  type ActFilter,
  type ActView,
  type AnsweredWithKey,
  type BatchPage,
  type BatchRequest,
  type BegunRequest,
  type CallFilter,
  type CallSources,
  type ConcurrencyView,
  DIRECTORY,
  type DirectPool,
  type DirectRequest,
  type KeyAlong,
  type LedgerView,
  type NewOrganization,
  type OrganizationChange,
  type OrganizationRpc,
  type OrganizationView,
  type RemovalView,
  type Report,
  type ReportRequest,
  type ResealCounts,
  type SignedInKey,
  type SignedInPerson,
  type SourcesPage,
  type SourcesPart,
  type WithGrant,
} from "./rpc.ts";
import { changeRules, readRules } from "./rules/rules.ts";
import { AnsweredRequests } from "./store/answered-requests.ts";
import { ORGANIZATION_STEPS } from "./store/migrations.ts";
import { capacityOf, capacityProblem, insertProfile, isLeaving, LEAVING, readProfile } from "./store/profile.ts";
import { resealAll } from "./store/reseal.ts";

/** Dozens of files, each a request to the bucket. */
const ARCHIVED_WITHIN_MS = 5 * 60_000;

export class OrganizationObject extends AnsweringForRegisters implements OrganizationRpc {
  readonly registers: Registers;
  readonly #sql: Sql;
  readonly #settings: Settings;
  readonly #alarm: AlarmClock;
  readonly #executor: Executor;
  readonly #answered: AnsweredRequests;
  readonly #batchList = new BatchList();
  readonly #archives: Archives;
  readonly #erasures: Erasures;
  readonly #deleting: Deleting;
  readonly #removing: Removing;
  #created: boolean;
  /** It never changes. */
  #knownId: string | null = null;

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, withinJurisdiction(env));
    this.#sql = new Sql(ctx.storage);
    this.#settings = settingsOf(env);
    this.#alarm = new AlarmClock(ctx.storage);
    const batch = (id: string): BatchRpc =>
      this.env.BATCHES.getByName(present(routeOfBatch(id, this.#id), "the index holds batches' ids"));
    this.#executor = new Executor({
      sql: this.#sql,
      alarm: this.#alarm,
      batch,
      webhook: (id) => this.env.WEBHOOKS.getByName(id),
      waitUntil: (work) => this.ctx.waitUntil(work),
    });
    const erasing: ErasingPort = {
      sql: this.#sql,
      decide: (decision) => this.#executor.decide(decision),
      eraseCalls: (id, callIds) => answerOf(this.env.WEBHOOKS.getByName(id).eraseCalls(callIds)),
    };
    this.#archives = new Archives(this.#sql, () => archiveBucket(this.env, this.#id));
    this.#erasures = new Erasures({
      ...erasing,
      archives: this.#archives,
      keyRing: this.#settings.keyRing,
      waitUntil: (work) => this.ctx.waitUntil(work),
      personIn: (id, person) => answerOf(batch(id).personIn(this.#id, person)),
      erasePerson: (id, person, hashes) => answerOf(batch(id).erasePerson(this.#id, person, hashes)),
    });
    const deleting = new Deleting({
      ...erasing,
      waitUntil: (work) => this.ctx.waitUntil(work),
      callsToDelete: (id) => answerOf(batch(id).callsToDelete(id, this.#id)),
      archives: this.#archives,
      archive: (id, folder, mark) => answerOf(batch(id).archive(id, this.#id, folder, mark), ARCHIVED_WITHIN_MS),
      deleteBatch: (id, isArchived) => answerOf(batch(id).delete(id, this.#id, isArchived)),
      removeWebhook: (id) => answerOf(this.env.WEBHOOKS.getByName(id).remove()),
      forgetDeliveries: (id, until) => answerOf(this.env.WEBHOOKS.getByName(id).forgetUntil(until)),
    });
    this.#deleting = deleting;
    const directory = () => this.env.DIRECTORY.getByName(nameWithin(jurisdictionOf(this.#id), DIRECTORY));
    this.#removing = new Removing({
      sql: this.#sql,
      decide: (decision) => this.#executor.decide(decision),
      deleting,
      archives: this.#archives,
      cancel: (id) => answerOf(batch(id).cancel(id, this.#id)),
      retire: (id, requestedAt) => answerOf(directory().retire(id, requestedAt)),
      removed: (id, completedAt) => answerOf(directory().removed(id, completedAt)),
      empty: () => this.#empty(),
    });
    this.registers = registersOf(this.#sql, this.#settings, this.#executor, this.#erasures, this.#removing);
    this.#answered = new AnsweredRequests(this.#sql, this.#settings.keyRing);
    this.#created = isCreated(this.#sql);
    if (this.#created) migrate(this.#sql, ORGANIZATION_STEPS);
    if (this.#created && hasErasedKey(this.#sql)) {
      void ctx.blockConcurrencyWhile(() => openErasedKey(this.#sql, this.#settings.keyRing));
    }
  }

  // --- the organization itself ---

  async create(organization: NewOrganization, act?: Act): Promise<Result<OrganizationView, Failure>> {
    if (this.#created) return err(conflict("already_exists", "an organization with this id exists"));
    const problem = capacityProblem(capacityOf(organization), "reserved_concurrency");
    if (problem !== null) return err(problem);
    const now = Date.now();
    migrate(this.#sql, ORGANIZATION_STEPS);
    this.#sql.transaction(() => {
      insertProfile(this.#sql, organization, now);
      changeRules(this.#sql, organization, now);
      const after = auditedOrganization(this.#view());
      record(this.#sql, act, { kind: "organization", resourceId: organization.id, before: null, after }, now);
    });
    this.#created = true;
    return ok(this.#view());
  }

  async describe(): Promise<Result<OrganizationView, Failure>> {
    return this.#created ? ok(this.#view()) : err(notFound("organization"));
  }

  async change(change: OrganizationChange, act?: Act): Promise<Result<OrganizationView, Failure>> {
    if (!this.#created) return err(notFound("organization"));
    if (isLeaving(this.#sql)) return err(LEAVING);
    const path = change.reserved_concurrency === undefined ? "agent_call_concurrency_limit" : "reserved_concurrency";
    const problem = capacityProblem(capacityOf({ ...readProfile(this.#sql), ...change }), path);
    if (problem !== null) return err(problem);
    const unarchived = this.#archiveProblem(change);
    if (unarchived !== null) return err(unarchived);
    const spread = this.#executor.decide((organization, now) => {
      const before = auditedOrganization(this.#view());
      const toSpread = changed(organization, change, now);
      const after = auditedOrganization(this.#view());
      record(this.#sql, act, { kind: "organization", resourceId: this.#id, before, after }, now);
      return toSpread;
    });
    if (spread !== null) await this.#executor.untilHeard(spread);
    return ok(this.#view());
  }

  async remove(): Promise<Result<RemovalView, Failure>> {
    if (!this.#created) return err(notFound("organization"));
    const view = this.#removing.request();
    await this.#executor.untilRevoked();
    return ok(view);
  }

  async removal(): Promise<RemovalView | null> {
    const view = this.#created ? findRemoval(this.#sql) : null;
    return view === null ? null : { ...view, ...this.#archiveProblemNow() };
  }

  // --- keys ---

  async authenticate(key: string): Promise<SignedInKey | null> {
    if (!this.#created) return null;
    return signIn(this.#sql, await hashOfKey(key), Date.now());
  }

  async keyStands({ hash }: KeyAlong): Promise<SignedInKey | null> {
    return this.#created ? signIn(this.#sql, hash, Date.now()) : null;
  }

  async withKey(key: KeyAlong, message: string, args: readonly unknown[]): Promise<AnsweredWithKey> {
    const found = await this.keyStands(key);
    if (found?.id !== key.id) return { key: found };
    const methods = this as unknown as Record<string, (...args: readonly unknown[]) => Promise<unknown>>;
    const method = present(methods[message], "the Worker's messages are methods of this object");
    return { key: found, answer: await method.apply(this, args as unknown[]) };
  }

  async authenticatePerson(email: string): Promise<SignedInPerson | null> {
    if (!this.#created) return null;
    const member = signInPerson(this.#sql, email, Date.now());
    return member === null ? null : { memberId: member.id, role: member.role, name: readProfile(this.#sql).name };
  }

  async watches(keyId: string, batchId: string): Promise<boolean> {
    return this.#executor.organization.watches.note(keyId, batchId);
  }

  // --- batches ---

  async announceBatch(request: BatchRequest): Promise<Result<BatchOrder, Failure>> {
    const { order, spread } = this.#executor.decide((organization, now) => announced(organization, request, now));
    if (spread !== null) await this.#executor.untilHeard(spread);
    return order;
  }

  async admitAppended(request: AppendRequest): Promise<Result<AppendAnswer, Failure>> {
    return this.#executor.decide(({ sql }) => admitAppended(sql, request));
  }

  async labelled(source: number, labels: readonly PersonHash[]): Promise<void> {
    this.#executor.decide(({ sql }) => {
      // A batch that was deleted meanwhile is not remembered.
      if ((idOfSource(sql, source) ?? idOfPool(sql, source)) !== null) rememberPeople(sql, source, labels);
    });
  }

  async outlook(request: BatchRequest): Promise<Result<Outlook, Failure>> {
    return outlookOf(this.#sql, request, this.#executor.organization.slots.holdings.values(), Date.now());
  }

  async listBatches(request: PageRequest, filter: BatchFilter): Promise<Result<BatchPage, Failure>> {
    const page = listBatches(this.#sql, request, filter);
    if (!page.ok) return page;
    return ok({ ...page.value, data: page.value.data.map(({ summary }) => JSON.parse(summary) as BatchSummary) });
  }

  async batchPage(request: PageRequest, filter: BatchFilter): Promise<Result<string, Failure>> {
    const page = listBatches(this.#sql, request, filter);
    return page.ok ? ok(this.#batchList.pageJson(page.value, this.#turnsOf(page.value.data))) : page;
  }

  async deleteBatch(batchId: string, act?: Act): Promise<Result<null, Failure>> {
    return this.#deleting.deleteBatch(batchId, act ?? null);
  }

  async callSources(filter: CallFilter, part: SourcesPart): Promise<Result<CallSources, Failure>> {
    const { agentId } = filter;
    if (agentId !== null && findAgent(this.#sql, agentId) === null) return err(notFound("agent"));
    const { sources: batches, goesOn: batchesGoOn = null } = batchSources(this.#sql, filter, part);
    return ok({ batches, batchesGoOn, direct: directSources(this.#sql, filter, part) });
  }

  async batchSources(filter: CallFilter, part: SourcesPart): Promise<SourcesPage> {
    return batchSources(this.#sql, filter, part);
  }

  async directSources(filter: CallFilter, part: SourcesPart): Promise<SourcesPage> {
    return directSources(this.#sql, filter, part);
  }

  async directPools(before: number, atMost: number): Promise<DirectPool[]> {
    return poolsBefore(this.#sql, before, atMost);
  }

  async announceCalls(request: DirectRequest): Promise<Result<BatchOrder, Failure>> {
    return this.#executor.decide((organization, now) => new DirectCalls(organization).announce(request, now));
  }

  async reportBy(request: ReportRequest): Promise<Report> {
    return reportOf(this.#sql, request);
  }

  async report(report: BatchReport): Promise<ReportAnswer & WithGrant> {
    const { answer, changes, isGrant } = this.#executor.decide((organization, now) =>
      reported(organization, report, now),
    );
    // A dataset has no jurisdiction.
    if (jurisdictionOf(this.#id) === null) writeAnalytics(this.env.ANALYTICS, report.summary, changes);
    if (!isGrant) return answer;
    const { agent_id, from_number_id } = report.summary;
    // What fails here is asked for again, and said then.
    const dialing = await this.dialing(agent_id, from_number_id).catch(() => null);
    return dialing?.ok === true ? { ...answer, dialing: dialing.value } : answer;
  }

  async clear(request: ClearanceRequest): Promise<ClearanceAnswer> {
    return this.#executor.decide((organization, now) => cleared(organization, request, now));
  }

  async beginRequest(key: string, fingerprint: string): Promise<BegunRequest> {
    const now = Date.now();
    return isAnnounced(this.#sql, key, now) ? { kind: "reused" } : this.#answered.begin(key, fingerprint, now);
  }

  async answerRequest(key: string, fingerprint: string, status: number, body: string): Promise<void> {
    return this.#answered.answered(key, fingerprint, status, body);
  }

  async forgetRequest(key: string, fingerprint: string): Promise<void> {
    this.#answered.forget(key, fingerprint);
  }

  // --- the audit ---

  async listActs(filter: ActFilter, request: PageRequest): Promise<Result<Page<ActView>, Failure>> {
    return listActs(this.#sql, filter, request);
  }

  async listBatchActs(batchId: string, request: PageRequest): Promise<Result<Page<ActView>, Failure>> {
    const filter = { resourceId: batchId, byId: null, kind: "batch", from: null, until: null } as const;
    const page = listActs(this.#sql, filter, request);
    const isFirst = request.startingAfter === null && request.endingBefore === null;
    const isUnknown = page.ok && page.value.data.length === 0 && isFirst && placeOfBatch(this.#sql, batchId) === null;
    return isUnknown ? err(notFound("batch")) : page;
  }

  async recordAct(act: Act, kind: AuditedKind, resourceId: string | null): Promise<void> {
    if (isCreated(this.#sql)) record(this.#sql, act, { kind, resourceId, before: null, after: null }, Date.now());
  }

  async reseal(act?: Act): Promise<ResealCounts | null> {
    if (!this.#created) return null;
    const counts = await resealAll(this.#sql, this.#settings.keyRing);
    const after = { resealed_secrets: counts.resealed };
    const acted = { kind: "organization", resourceId: this.#id, before: null, after } as const;
    if (counts.resealed > 0) record(this.#sql, act, acted, Date.now());
    return counts;
  }

  async ledger(): Promise<Result<LedgerView, Failure>> {
    if (!this.#created) return err(notFound("organization"));
    return ok(this.#ledgerView());
  }

  async concurrency(): Promise<ConcurrencyView> {
    return concurrencyView(this.#ledgerView(), (at) => summaryOfBatch(this.#sql, at), this.#turns());
  }

  async dialing(agentId: string, fromNumberId: string): Promise<Result<Dialing, Failure>> {
    const agent = findAgent(this.#sql, agentId);
    const number = findPhoneNumber(this.#sql, fromNumberId);
    if (agent === null) return err(notFound("agent"));
    if (number === null) return err(notFound("phone_number"));
    const provider = findProvider(this.#sql, number.provider.id);
    if (provider === null) return err(notFound("provider"));
    const account = await unsealedAccount(this.#settings.keyRing, provider);
    if (account === null) return err(NO_ENCRYPTION_KEY);
    return ok({
      agent: { id: agent.id, name: agent.name, connection: agent.connection },
      from_number: number.number,
      carrier_number_id: number.carrier_number_id,
      calling_window: readProfile(this.#sql).calling_window,
      account,
    });
  }

  override async alarm(): Promise<void> {
    this.#alarm.rang();
    const now = Date.now();
    if (!this.#created) return;
    // If anything below fails, the object wakes again.
    this.#alarm.recoverSoon(now);
    const { erasing, retention } = this.#executor.organization;
    if (Math.min(erasing.dueAt, retention.dueAt) <= now) {
      void this.#erasures.run();
      this.ctx.waitUntil(this.#removing.run());
    }
    this.#executor.hear({ kind: "woken" }, now);
  }

  /** Storage operations since the object woke, as the platform bills them. For measurements. */
  cost(): StorageCost {
    return costOf(this.#sql, this.#alarm);
  }

  // --- inside ---

  get #id(): string {
    this.#knownId ??= readProfile(this.#sql).id;
    return this.#knownId;
  }

  /** Null if it asks for no archive, or there is a bucket. */
  #archiveProblem({ archive = false }: OrganizationChange): Failure | null {
    const bucket = archive ? archiveBucket(this.env, this.#id) : null;
    return bucket === null || bucket.ok ? null : bucket.failure;
  }

  /** In one turn. Nothing is left that a late message could find. */
  #empty(): void {
    this.#created = false;
    this.#alarm.rest();
    void this.#sql.deleteAll();
  }

  #view(): OrganizationView {
    const jurisdiction = jurisdictionOf(this.#id) ?? defaultJurisdiction(this.env);
    return { ...readProfile(this.#sql), ...readRules(this.#sql), jurisdiction, ...this.#archiveProblemNow() };
  }

  #archiveProblemNow(): Pick<OrganizationView, "archiveProblem"> {
    const { problem } = this.#archives;
    return problem === null ? {} : { archiveProblem: problem };
  }

  /** Of batches that are shown; empty if none of them waits for slots. */
  #turnsOf(shown: readonly { readonly id: string }[]): ReadonlyMap<string, Turn> {
    const { holdings } = this.#executor.organization.slots;
    const isAnyWaiting = shown.some(({ id }) => {
      const holding = holdings.get(id);
      return holding !== undefined && isWaiting(holding);
    });
    return isAnyWaiting ? this.#turns() : new Map();
  }

  #turns(): ReadonlyMap<string, Turn> {
    const { capacity, slots } = this.#executor.organization;
    return turnsOf(capacity, slots.holdings.values(), (one) => summaryOfBatch(this.#sql, one.createdAt), Date.now());
  }

  #ledgerView(): LedgerView {
    const { capacity, slots } = this.#executor.organization;
    return ledgerView(capacity, slots.holdings.values());
  }
}

const auditedOrganization = (view: OrganizationView): ActFields => ({
  name: view.name,
  agent_call_concurrency_limit: view.agent_call_concurrency_limit,
  reserved_concurrency: view.reserved_concurrency,
  agents_usage_limit: view.agents_usage_limit,
  calling_window: view.calling_window,
  min_gap_minutes: view.min_gap_minutes,
  max_attempts_per_number_per_day: view.max_attempts_per_number_per_day,
  calls_per_second: view.pace?.callsPerSecond ?? null,
  retention_days: view.retention_days,
  archive: view.archive ?? false,
});
