/**
 * One organization: keys, agents, numbers, providers, the index of its batches, and the concurrency ledger. Called by
 * the API with a key of this organization or an operator's, and by this organization's batches.
 *
 * Thin: each entry reads the clock once, decides with the pure functions beside it, stores in one transaction, and only
 * then sends messages. It never waits for a batch that waits for it.
 */

import type { AppendAnswer, AppendRequest } from "../calling/messages/appending.ts";
import type { BatchOrder } from "../calling/messages/batch-order.ts";
import type { ClearanceAnswer, ClearanceRequest } from "../calling/messages/clearance.ts";
import type { Outlook } from "../calling/messages/outlook.ts";
import { contactRulesOf } from "../calling/messages/retry-policy.ts";
import type { BatchReport, Capacity, ReportAnswer, SlotStatement } from "../calling/messages/slots.ts";
import { conflict, type Failure, notFound } from "../calling/requests/failure.ts";
import type { PageRequest } from "../calling/requests/page.ts";
import { err, ok, type Result } from "../calling/requests/result.ts";
import { routeOfBatch } from "../calling/secrets/ids.ts";
import type { Dialing } from "../dialer/dialing.ts";
import { type Bindings, type Settings, settingsOf } from "../env.ts";
import { withinJurisdiction } from "../jurisdiction.ts";
import { answerOf } from "../peer.ts";
import { AlarmClock } from "../storage/alarm-clock.ts";
import { costOf, type StorageCost } from "../storage/cost.ts";
import { isCreated, migrate } from "../storage/migrations.ts";
import { Sql } from "../storage/sql.ts";
import { isRule } from "../window/contact-rules.ts";
import { settleOrder } from "./admission/admission.ts";
import { admitAppended } from "./admission/appended.ts";
import { clear } from "./admission/clearance.ts";
import { DirectCalls } from "./admission/direct-calls.ts";
import { outlookOf } from "./admission/outlook.ts";
import { announce, arrive, expire, isAnnounced, meaningOfKey, nextExpiry, REUSED } from "./batches/announcements.ts";
import { callSources, putSummary, summaryOfBatch } from "./batches/batch-index.ts";
import { listBatches } from "./batches/batch-search.ts";
import { directSources } from "./batches/direct-orders.ts";
import { Sweep } from "./batches/sweep.ts";
import { findAgent } from "./configuration/agents.ts";
import { hashOfKey, keyOfHash } from "./configuration/api-keys.ts";
import { findPhoneNumber } from "./configuration/phone-numbers.ts";
import { findProvider, NO_ENCRYPTION_KEY, unsealedAccount } from "./configuration/providers.ts";
import { Watches } from "./configuration/watches.ts";
import { webhookTargets } from "./configuration/webhooks.ts";
import { concurrencyView, ledgerView } from "./ledger/ledger-view.ts";
import { Slots } from "./ledger/slots.ts";
import { cleanContacts, cleaningDueAt, remembersContacts } from "./people/contacts.ts";
import { newestEntry } from "./people/do-not-call.ts";
import { rememberPeople } from "./people/people-index.ts";
import { RuleNotices } from "./people/rule-notices.ts";
import { OrganizationRegisters } from "./registers.ts";
import type {
  BatchFilter,
  BatchPage,
  BatchRequest,
  BegunRequest,
  CallFilter,
  CallSources,
  ConcurrencyView,
  DirectRequest,
  DirectSources,
  KeyName,
  LedgerView,
  NewOrganization,
  OrganizationChange,
  OrganizationRpc,
  OrganizationView,
  ResealCounts,
  SourcesPart,
} from "./rpc.ts";
import { changeRules, readContactRules, readRules } from "./rules/rules.ts";
import { AnsweredRequests } from "./store/answered-requests.ts";
import { ORGANIZATION_STEPS } from "./store/migrations.ts";
import {
  capacityOf,
  capacityProblem,
  changeProfile,
  countBatch,
  insertProfile,
  readProfile,
  uncountRecipients,
} from "./store/profile.ts";
import { resealAll } from "./store/reseal.ts";

/** Senders repeat their lost messages. The audit finds losses that no sender noticed. */
const AUDIT_EVERY_MS = 10 * 60 * 1_000;

export class OrganizationObject extends OrganizationRegisters implements OrganizationRpc {
  readonly #sql: Sql;
  readonly #settings: Settings;
  readonly #alarm: AlarmClock;
  readonly #notices: RuleNotices;
  readonly #watches: Watches;
  readonly #directCalls: DirectCalls;
  readonly #answered: AnsweredRequests;
  readonly #sweep: Sweep;
  #created: boolean;
  /** Created on first use: an object without an organization has no tables to read. */
  #ledger: Slots | null = null;
  /** Not known after a restart, so the interval begins again. */
  #auditedAt = Date.now();

  constructor(ctx: DurableObjectState, bindings: Bindings) {
    const env = withinJurisdiction(bindings);
    const sql = new Sql(ctx.storage);
    const alarm = new AlarmClock(ctx.storage);
    const notices = new RuleNotices(sql, alarm, (route, listed) =>
      answerOf(env.BATCHES.getByName(route).rulesChanged(listed)),
    );
    const watches = new Watches(sql, alarm, (route, keyId) => answerOf(env.BATCHES.getByName(route).keyRevoked(keyId)));
    super(ctx, env, sql, notices, watches);
    this.#sql = sql;
    this.#notices = notices;
    this.#watches = watches;
    this.#settings = settingsOf(env);
    this.#alarm = alarm;
    this.#answered = new AnsweredRequests(sql, this.#settings.keyRing);
    this.#directCalls = new DirectCalls({
      sql,
      slots: () => this.#slots,
      transaction: (body) => this.#transaction(body),
      arm: (now) => this.#arm(now),
    });
    this.#sweep = new Sweep(sql, (route) => answerOf(env.BATCHES.getByName(route).wake()));
    this.#created = isCreated(this.#sql);
    if (this.#created) migrate(this.#sql, ORGANIZATION_STEPS);
  }

  // --- the organization itself ---

  async create(organization: NewOrganization): Promise<Result<OrganizationView, Failure>> {
    if (this.#created) return err(conflict("already_exists", "an organization with this id exists"));
    const problem = capacityProblem(capacityOf(organization), "reserved_concurrency");
    if (problem !== null) return err(problem);
    const now = Date.now();
    migrate(this.#sql, ORGANIZATION_STEPS);
    this.#sql.transaction(() => {
      insertProfile(this.#sql, organization, now);
      changeRules(this.#sql, organization, now);
    });
    this.#created = true;
    return ok(this.#view());
  }

  async describe(): Promise<Result<OrganizationView, Failure>> {
    return this.#created ? ok(this.#view()) : err(notFound("organization"));
  }

  async change(change: OrganizationChange): Promise<Result<OrganizationView, Failure>> {
    if (!this.#created) return err(notFound("organization"));
    const path = change.reserved_concurrency === undefined ? "agent_call_concurrency_limit" : "reserved_concurrency";
    const problem = capacityProblem(capacityOf({ ...readProfile(this.#sql), ...change }), path);
    if (problem !== null) return err(problem);
    const now = Date.now();
    const hasRules = this.#transaction(() => {
      this.#slots.grant(capacityOf(changeProfile(this.#sql, change)));
      const namesRules = changeRules(this.#sql, change, now);
      remembersContacts(this.#sql, isRule(readContactRules(this.#sql)), now);
      return namesRules;
    });
    this.#tellGrants(now);
    this.#arm(now);
    if (hasRules || change.calling_window !== undefined) await this.#notices.spread(now, true);
    return ok(this.#view());
  }

  // --- keys ---

  async authenticate(key: string): Promise<KeyName | null> {
    if (!this.#created) return null;
    return keyOfHash(this.#sql, await hashOfKey(key));
  }

  async watches(keyId: string, batchId: string): Promise<boolean> {
    return this.#watches.note(keyId, batchId);
  }

  // --- batches ---

  async announceBatch(request: BatchRequest): Promise<Result<BatchOrder, Failure>> {
    const now = Date.now();
    let isNewRule = false;
    const settled = this.#transaction((): Result<BatchOrder, Failure> => {
      if (request.idempotency !== null) {
        const meaning = meaningOfKey(this.#sql, request.idempotency, now);
        if (meaning.kind === "repeat") return ok(meaning.order);
        if (meaning.kind === "reused") {
          return err(REUSED);
        }
      }
      const order = settleOrder(this.#sql, readProfile(this.#sql), request, now);
      if (!order.ok) return order;
      const left = new Set(order.value.doNotCall);
      const recipients = request.numbers.filter((number) => !left.has(number)).length;
      announce(this.#sql, order.value, recipients, request.idempotency, newestEntry(this.#sql), now);
      rememberPeople(this.#sql, order.value.createdAt, request.people);
      countBatch(this.#sql, recipients, order.value.createdAt);
      const hasRule = isRule(contactRulesOf(order.value.retryPolicy));
      isNewRule = remembersContacts(this.#sql, hasRule, now) === "begins";
      return order;
    });
    this.#arm(now);
    if (isNewRule) await this.#notices.spread(now);
    return settled;
  }

  async admitAppended(request: AppendRequest): Promise<Result<AppendAnswer, Failure>> {
    return this.#transaction(() => admitAppended(this.#sql, request));
  }

  async outlook(request: BatchRequest): Promise<Result<Outlook, Failure>> {
    return outlookOf(this.#sql, request, this.#slots.holdings.values(), Date.now());
  }

  async listBatches(request: PageRequest, filter: BatchFilter): Promise<Result<BatchPage, Failure>> {
    return listBatches(this.#sql, request, filter);
  }

  async callSources(filter: CallFilter, part: SourcesPart): Promise<Result<CallSources, Failure>> {
    const { agentId } = filter;
    if (agentId !== null && findAgent(this.#sql, agentId) === null) return err(notFound("agent"));
    return ok({
      batches: callSources(this.#sql, filter, part.from, part.until),
      direct: directSources(this.#sql, filter, part),
    });
  }

  async directSources(filter: CallFilter, part: SourcesPart): Promise<DirectSources> {
    return directSources(this.#sql, filter, part);
  }

  async announceCalls(request: DirectRequest): Promise<Result<BatchOrder, Failure>> {
    return this.#directCalls.announce(request);
  }

  async report({ summary, slots, atRest }: BatchReport): Promise<ReportAnswer> {
    const now = Date.now();
    const answer = this.#transaction(() => {
      // Direct calls have no summary in the index.
      if (slots.direct || putSummary(this.#sql, summary, atRest)) arrive(this.#sql, summary.id);
      return this.#slots.hear(slots, this.#capacity(), now);
    });
    if (!atRest) {
      this.#sweep.begins();
      this.#notices.consider(summary.id, summary.createdAt);
    }
    this.#tellGrants(now);
    this.#tellRules(now);
    this.#arm(now);
    return { ...answer, webhooks: webhookTargets(this.#sql, summary.agent_id) };
  }

  async clear(request: ClearanceRequest): Promise<ClearanceAnswer> {
    const now = Date.now();
    const decided = this.#transaction(() => clear(this.#sql, readContactRules(this.#sql), request, now));
    if (decided.isNewRule) this.ctx.waitUntil(this.#notices.spread(now));
    this.#arm(now);
    return decided.answer;
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

  async reseal(): Promise<ResealCounts | null> {
    return this.#created ? resealAll(this.#sql, this.#settings.keyRing) : null;
  }

  async ledger(): Promise<Result<LedgerView, Failure>> {
    if (!this.#created) return err(notFound("organization"));
    return ok(this.#ledgerView());
  }

  async concurrency(): Promise<ConcurrencyView> {
    return concurrencyView(this.#ledgerView(), (createdAt) => summaryOfBatch(this.#sql, createdAt));
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
    this.#transaction(() => {
      uncountRecipients(this.#sql, expire(this.#sql, now));
      cleanContacts(this.#sql, now);
    });
    this.#tellGrants(now);
    this.#tellRules(now);
    if ((this.#watches.nextDue(now) ?? Number.POSITIVE_INFINITY) <= now) {
      this.ctx.waitUntil(this.#watches.run(now).then(() => this.#arm(Date.now())));
    }
    if (this.#auditDueAt() <= now) this.ctx.waitUntil(this.#audit(now));
    if (this.#sweep.dueAt <= now) this.ctx.waitUntil(this.#sweep.run(now));
    this.#arm(now);
  }

  /** Storage operations since the object woke, as the platform bills them. For measurements. */
  cost(): StorageCost {
    return costOf(this.#sql, this.#alarm);
  }

  // --- inside ---

  /** Infinity if no batch holds or wants slots. */
  #auditDueAt(): number {
    return this.#slots.holdings.size === 0 ? Number.POSITIVE_INFINITY : this.#auditedAt + AUDIT_EVERY_MS;
  }

  /** Asks every batch in the ledger what it holds, and repairs rows that differ. */
  async #audit(now: number): Promise<void> {
    this.#auditedAt = now;
    for (const known of [...this.#slots.holdings.values()]) {
      const { batchId } = known;
      const route = routeOfBatch(batchId);
      if (route === null) continue;
      try {
        const statement = this.#arrived(await answerOf(this.env.BATCHES.getByName(route).statement()));
        const repaired = this.#transaction(() => this.#slots.audited(known, statement, this.#capacity()));
        if (repaired) console.warn(JSON.stringify({ event: "ledger_repaired", batch: batchId }));
      } catch (error) {
        console.warn(JSON.stringify({ event: "audit_unanswered", batch: batchId, error: String(error) }));
      }
    }
    const later = Date.now();
    this.#tellGrants(later);
    this.#arm(later);
  }

  #view(): OrganizationView {
    return { ...readProfile(this.#sql), ...readRules(this.#sql) };
  }

  #ledgerView(): LedgerView {
    return ledgerView(this.#capacity(), this.#slots.holdings.values());
  }

  #capacity(): Capacity {
    return capacityOf(readProfile(this.#sql));
  }

  get #slots(): Slots {
    this.#ledger ??= new Slots(this.#sql, async (route, grant) =>
      this.#arrived(await answerOf(this.env.BATCHES.getByName(route).granted(grant))),
    );
    return this.#ledger;
  }

  /** A batch that makes a statement exists, even if its reports are lost. */
  #arrived(statement: SlotStatement | null): SlotStatement | null {
    if (statement !== null) arrive(this.#sql, statement.batchId);
    return statement;
  }

  #transaction<T>(body: () => T): T {
    try {
      return this.#sql.transaction(body);
    } catch (error) {
      // The transaction was rolled back, so what is in memory must be read again.
      this.#ledger = null;
      throw error;
    }
  }

  /** Tells each batch of its grant, in parallel. A batch that does not answer delays no other. */
  #tellGrants(now: number): void {
    for (const holding of this.#slots.due(now)) {
      this.ctx.waitUntil(
        this.#slots.tell(holding, now).then((told) => {
          const later = Date.now();
          if (told.kind !== "unanswered") {
            this.#transaction(() =>
              told.kind === "statement"
                ? this.#slots.hear(told.statement, this.#capacity(), later)
                : this.#slots.notThere(told.holding, this.#capacity()),
            );
            this.#tellGrants(later);
          }
          this.#arm(later);
        }),
      );
    }
  }

  #tellRules(now: number): void {
    if ((this.#notices.nextDue(now) ?? Number.POSITIVE_INFINITY) > now) return;
    this.ctx.waitUntil(this.#notices.run(now).then(() => this.#arm(Date.now())));
  }

  #arm(now: number): void {
    const due = Math.min(
      this.#notices.nextDue(now) ?? Number.POSITIVE_INFINITY,
      this.#watches.nextDue(now) ?? Number.POSITIVE_INFINITY,
      cleaningDueAt(this.#sql) ?? Number.POSITIVE_INFINITY,
      this.#slots.nextDue(now) ?? Number.POSITIVE_INFINITY,
      nextExpiry(this.#sql) ?? Number.POSITIVE_INFINITY,
      this.#auditDueAt(),
      this.#sweep.dueAt,
    );
    if (due === Number.POSITIVE_INFINITY) this.#alarm.rest();
    else this.#alarm.ringBy(due, now);
  }
}
