/**
 * One organization: its keys, agents, numbers and providers, the index of its batches, and the concurrency ledger.
 * Called by the API with a key of this organization (or by operators), and by this organization's batches.
 *
 * Thin: it reads the clock once an entry, decides with the pure functions beside it, stores in one transaction, and only
 * then speaks to others. It never waits for a batch while a batch waits for it.
 */

import { DurableObject } from "cloudflare:workers";
import type { BatchOrder } from "../calling/batch-order.ts";
import type { BatchSummary } from "../calling/batch-view.ts";
import { conflict, type Failure, notFound } from "../calling/failure.ts";
import { newAgentId, newApiKey, newApiKeyId, newPhoneNumberId, newProviderId, routeOfBatch } from "../calling/ids.ts";
import type { Page, PageRequest } from "../calling/page.ts";
import { err, ok, type Result } from "../calling/result.ts";
import type { BatchReport, SlotAnswer } from "../calling/slots.ts";
import type { Dialing } from "../dialer/dialer.ts";
import { type Bindings, type Settings, settingsOf } from "../env.ts";
import { AlarmClock } from "../storage/alarm-clock.ts";
import { isCreated, migrate } from "../storage/migrations.ts";
import { Sql } from "../storage/sql.ts";
import { settleOrder } from "./admission.ts";
import { changeAgent, deleteAgent, findAgent, getAgent, insertAgent, listAgents } from "./agents.ts";
import { announce, arrive, expire, meaningOfKey, nextExpiry } from "./announcements.ts";
import { deleteApiKey, hashOfKey, hintOf, insertApiKey, isKnownHash, listApiKeys } from "./api-keys.ts";
import { callSources, isAgentRunning, isNumberRunning, listBatches, putSummary } from "./batch-index.ts";
import { ledgerView } from "./ledger-view.ts";
import { ORGANIZATION_STEPS } from "./migrations.ts";
import {
  answersNumbers,
  deletePhoneNumber,
  findPhoneNumber,
  getPhoneNumber,
  hasNumbers,
  insertPhoneNumber,
  isImported,
  listPhoneNumbers,
  updatePhoneNumber,
} from "./phone-numbers.ts";
import { changeProfile, countBatch, insertProfile, readProfile, uncountRecipients } from "./profile.ts";
import {
  type Credentials,
  deleteProvider,
  findProvider,
  getProvider,
  insertProvider,
  listProviders,
  maskedSid,
  type StoredProvider,
  updateProvider,
} from "./providers.ts";
import type {
  AgentChange,
  AgentView,
  ApiKeyView,
  BatchRequest,
  CallSource,
  LedgerView,
  NewAgent,
  NewOrganization,
  NewPhoneNumber,
  NewProvider,
  OrganizationChange,
  OrganizationRpc,
  OrganizationView,
  PhoneNumberChange,
  PhoneNumberView,
  ProviderChange,
  ProviderView,
} from "./rpc.ts";
import { seal, unseal } from "./seal.ts";
import { Slots } from "./slots.ts";

/** Messages that were lost are repeated by their senders; the audit finds what nobody knows was lost. */
const AUDIT_EVERY_MS = 10 * 60 * 1_000;

const NO_ENCRYPTION_KEY: Failure = {
  kind: "not_configured",
  message: "the operator must set the Worker secret ENCRYPTION_KEY before provider credentials can be stored or used",
};

export class OrganizationObject extends DurableObject<Bindings> implements OrganizationRpc {
  readonly #sql: Sql;
  readonly #settings: Settings;
  readonly #alarm: AlarmClock;
  #created: boolean;
  /** Made when it is first needed: an object that was never created has no tables to read. */
  #ledger: Slots | null = null;
  /** Not known after a restart: then the clock starts anew. */
  #auditedAt = Date.now();

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env);
    this.#sql = new Sql(ctx.storage);
    this.#settings = settingsOf(env);
    this.#alarm = new AlarmClock(ctx.storage);
    this.#created = isCreated(this.#sql);
    if (this.#created) migrate(this.#sql, ORGANIZATION_STEPS);
  }

  // --- the organization itself ---

  async create(organization: NewOrganization): Promise<Result<OrganizationView, Failure>> {
    if (this.#created) return err(conflict("already_exists", "an organization with this id exists"));
    migrate(this.#sql, ORGANIZATION_STEPS);
    insertProfile(this.#sql, organization, Date.now());
    this.#created = true;
    return ok(readProfile(this.#sql));
  }

  async describe(): Promise<Result<OrganizationView, Failure>> {
    return this.#created ? ok(readProfile(this.#sql)) : err(notFound("organization"));
  }

  async change(change: OrganizationChange): Promise<Result<OrganizationView, Failure>> {
    if (!this.#created) return err(notFound("organization"));
    const profile = this.#transaction(() => {
      const changed = changeProfile(this.#sql, change);
      this.#slots.grant(changed.agent_call_concurrency_limit);
      return changed;
    });
    const now = Date.now();
    this.#tellGrants(now);
    this.#arm(now);
    return ok(profile);
  }

  // --- keys ---

  async authenticate(key: string): Promise<boolean> {
    if (!this.#created) return false;
    return isKnownHash(this.#sql, await hashOfKey(key));
  }

  async createApiKey(label: string, chosenKey: string | null): Promise<Result<ApiKeyView & { key: string }, Failure>> {
    if (!this.#created) return err(notFound("organization"));
    const key = chosenKey ?? newApiKey(readProfile(this.#sql).id);
    const hash = await hashOfKey(key);
    if (isKnownHash(this.#sql, hash)) return err(conflict("already_exists", "this key exists"));
    const view = { id: newApiKeyId(), label, hint: hintOf(key), createdAt: Date.now() };
    insertApiKey(this.#sql, view, hash);
    return ok({ ...view, key });
  }

  async listApiKeys(request: PageRequest): Promise<Result<Page<ApiKeyView>, Failure>> {
    return this.#created ? listApiKeys(this.#sql, request) : err(notFound("organization"));
  }

  async revokeApiKey(id: string): Promise<Result<null, Failure>> {
    return this.#created ? deleteApiKey(this.#sql, id) : err(notFound("organization"));
  }

  // --- agents ---

  async createAgent(agent: NewAgent): Promise<Result<AgentView, Failure>> {
    const now = Date.now();
    const id = agent.id ?? newAgentId();
    if (findAgent(this.#sql, id) !== null) return err(conflict("already_exists", "an agent with this id exists"));
    const view = { id, name: agent.name, connection_url: agent.connection_url, createdAt: now, updatedAt: now };
    insertAgent(this.#sql, view);
    return ok(view);
  }

  async listAgents(request: PageRequest): Promise<Result<Page<AgentView>, Failure>> {
    return listAgents(this.#sql, request);
  }

  async getAgent(id: string): Promise<Result<AgentView, Failure>> {
    return getAgent(this.#sql, id);
  }

  async changeAgent(id: string, change: AgentChange): Promise<Result<AgentView, Failure>> {
    return changeAgent(this.#sql, id, change, Date.now());
  }

  async deleteAgent(id: string): Promise<Result<null, Failure>> {
    if (isAgentRunning(this.#sql, id)) {
      return err(conflict("in_use", "a running batch uses this agent; cancel the batch or wait for its end"));
    }
    if (answersNumbers(this.#sql, id)) {
      return err(
        conflict("in_use", "a phone number names this agent; set the number's agent_id to another or to null"),
      );
    }
    return deleteAgent(this.#sql, id);
  }

  // --- providers ---

  async createProvider(provider: NewProvider): Promise<Result<ProviderView, Failure>> {
    const now = Date.now();
    const id = provider.id ?? newProviderId();
    const exists = () => findProvider(this.#sql, id) !== null;
    if (exists()) return err(conflict("already_exists", "a provider with this id exists"));
    const { api_key_sid, api_key_secret, auth_token } = provider;
    const sealedCredentials = await this.#seal(id, { api_key_sid, api_key_secret, auth_token });
    if (sealedCredentials === null) return err(NO_ENCRYPTION_KEY);
    if (exists()) return err(conflict("already_exists", "a provider with this id exists"));
    const view: ProviderView = {
      id,
      type: provider.type,
      label: provider.label,
      account_sid: provider.account_sid,
      api_key_sid: maskedSid(api_key_sid),
      region: provider.region,
      has_auth_token: auth_token !== null,
      createdAt: now,
      updatedAt: now,
    };
    insertProvider(this.#sql, { view, sealedCredentials });
    return ok(view);
  }

  async listProviders(request: PageRequest): Promise<Result<Page<ProviderView>, Failure>> {
    return listProviders(this.#sql, request);
  }

  async getProvider(id: string): Promise<Result<ProviderView, Failure>> {
    return getProvider(this.#sql, id);
  }

  async changeProvider(id: string, change: ProviderChange): Promise<Result<ProviderView, Failure>> {
    for (;;) {
      const stored = findProvider(this.#sql, id);
      if (stored === null) return err(notFound("provider"));
      const after = await this.#changedProvider(stored, change);
      if (after === null) return err(NO_ENCRYPTION_KEY);
      // While it was sealed another change may have come, or its end: each seal is different.
      if (findProvider(this.#sql, id)?.sealedCredentials !== stored.sealedCredentials) continue;
      updateProvider(this.#sql, after);
      return ok(after.view);
    }
  }

  /** Null where the operator has set no key to seal with. */
  async #changedProvider(stored: StoredProvider, change: ProviderChange): Promise<StoredProvider | null> {
    const before = await this.#unseal(stored);
    if (before === null) return null;
    const { label, ...credentialChange } = change;
    const credentials: Credentials = { ...before, ...credentialChange };
    const sealedCredentials = await this.#seal(stored.view.id, credentials);
    if (sealedCredentials === null) return null;
    const view: ProviderView = {
      ...stored.view,
      label: label ?? stored.view.label,
      api_key_sid: maskedSid(credentials.api_key_sid),
      has_auth_token: credentials.auth_token !== null,
      updatedAt: Date.now(),
    };
    return { view, sealedCredentials };
  }

  async deleteProvider(id: string): Promise<Result<null, Failure>> {
    if (hasNumbers(this.#sql, id)) {
      return err(conflict("in_use", "this provider has phone numbers; delete them first"));
    }
    return deleteProvider(this.#sql, id);
  }

  // --- phone numbers ---

  async importPhoneNumber(number: NewPhoneNumber): Promise<Result<PhoneNumberView, Failure>> {
    const id = number.id ?? newPhoneNumberId();
    if (isImported(this.#sql, number.number)) return err(conflict("already_exists", "this number is imported already"));
    if (findPhoneNumber(this.#sql, id) !== null) {
      return err(conflict("already_exists", "a phone number with this id exists"));
    }
    if (findProvider(this.#sql, number.provider_id) === null) return err(notFound("provider"));
    if (number.agent_id !== null && findAgent(this.#sql, number.agent_id) === null) return err(notFound("agent"));
    const { label, provider_id: providerId, agent_id: agentId } = number;
    insertPhoneNumber(this.#sql, { id, label, number: number.number, providerId, agentId }, Date.now());
    return getPhoneNumber(this.#sql, id);
  }

  async listPhoneNumbers(request: PageRequest): Promise<Result<Page<PhoneNumberView>, Failure>> {
    return listPhoneNumbers(this.#sql, request);
  }

  async getPhoneNumber(id: string): Promise<Result<PhoneNumberView, Failure>> {
    return getPhoneNumber(this.#sql, id);
  }

  async changePhoneNumber(id: string, change: PhoneNumberChange): Promise<Result<PhoneNumberView, Failure>> {
    const before = findPhoneNumber(this.#sql, id);
    if (before === null) return err(notFound("phone_number"));
    const agentId = change.agent_id === undefined ? (before.agent?.id ?? null) : change.agent_id;
    if (agentId !== null && findAgent(this.#sql, agentId) === null) return err(notFound("agent"));
    updatePhoneNumber(this.#sql, id, change.label ?? before.label, agentId, Date.now());
    return getPhoneNumber(this.#sql, id);
  }

  async deletePhoneNumber(id: string): Promise<Result<null, Failure>> {
    const number = findPhoneNumber(this.#sql, id);
    if (number === null) return err(notFound("phone_number"));
    if (number.agent !== null) {
      return err(conflict("in_use", "an agent uses this number; set its agent_id to null first"));
    }
    if (isNumberRunning(this.#sql, id)) {
      return err(conflict("in_use", "a running batch calls from this number; cancel the batch or wait for its end"));
    }
    return deletePhoneNumber(this.#sql, id);
  }

  // --- batches ---

  async announceBatch(request: BatchRequest): Promise<Result<BatchOrder, Failure>> {
    const now = Date.now();
    const settled = this.#transaction((): Result<BatchOrder, Failure> => {
      if (request.idempotency !== null) {
        const meaning = meaningOfKey(this.#sql, request.idempotency, now);
        if (meaning.kind === "repeat") return ok(meaning.order);
        if (meaning.kind === "reused") {
          return err(conflict("idempotency_key_reused", "this Idempotency-Key was used with another request body"));
        }
      }
      const order = settleOrder(this.#sql, readProfile(this.#sql), request, now);
      if (!order.ok) return order;
      announce(this.#sql, order.value, request.recipients, request.idempotency, now);
      countBatch(this.#sql, request.recipients, order.value.createdAt);
      return order;
    });
    this.#arm(now);
    return settled;
  }

  async listBatches(request: PageRequest, agentId: string | null): Promise<Result<Page<BatchSummary>, Failure>> {
    return listBatches(this.#sql, request, agentId);
  }

  async callSources(
    agentId: string,
    from: number | null,
    until: number | null,
  ): Promise<Result<CallSource[], Failure>> {
    if (findAgent(this.#sql, agentId) === null) return err(notFound("agent"));
    return ok(callSources(this.#sql, agentId, from, until));
  }

  async report({ summary, slots, atRest }: BatchReport): Promise<SlotAnswer> {
    const now = Date.now();
    const answer = this.#transaction(() => {
      if (putSummary(this.#sql, summary, atRest)) arrive(this.#sql, summary.id);
      return this.#slots.hear(slots, this.#limit(), now);
    });
    this.#tellGrants(now);
    this.#arm(now);
    return answer;
  }

  async ledger(): Promise<Result<LedgerView, Failure>> {
    if (!this.#created) return err(notFound("organization"));
    return ok(ledgerView(this.#limit(), this.#slots.holdings.values(), 0));
  }

  async dialing(agentId: string, fromNumberId: string): Promise<Result<Dialing, Failure>> {
    const agent = findAgent(this.#sql, agentId);
    const number = findPhoneNumber(this.#sql, fromNumberId);
    if (agent === null) return err(notFound("agent"));
    if (number === null) return err(notFound("phone_number"));
    const provider = findProvider(this.#sql, number.provider.id);
    if (provider === null) return err(notFound("provider"));
    const credentials = await this.#unseal(provider);
    if (credentials === null) return err(NO_ENCRYPTION_KEY);
    const { type, account_sid, region } = provider.view;
    return ok({
      agent: { id: agent.id, name: agent.name, connection_url: agent.connection_url },
      from_number: number.number,
      calling_window: readProfile(this.#sql).calling_window,
      carrier: { type, account_sid, region, ...credentials },
    });
  }

  override async alarm(): Promise<void> {
    this.#alarm.rang();
    const now = Date.now();
    this.#transaction(() => {
      uncountRecipients(this.#sql, expire(this.#sql, now));
    });
    this.#tellGrants(now);
    if (this.#auditDueAt() <= now) this.ctx.waitUntil(this.#audit(now));
    this.#arm(now);
  }

  /** Rows read and written since the object woke: what the platform bills. For measurements. */
  cost(): { rowsRead: number; rowsWritten: number } {
    return { rowsRead: this.#sql.rowsRead, rowsWritten: this.#sql.rowsWritten };
  }

  // --- inside ---

  /** Never where nobody holds or wants anything. */
  #auditDueAt(): number {
    return this.#slots.holdings.size === 0 ? Number.POSITIVE_INFINITY : this.#auditedAt + AUDIT_EVERY_MS;
  }

  /** Asks every batch in the ledger what it holds, and repairs what the ledger thought. */
  async #audit(now: number): Promise<void> {
    this.#auditedAt = now;
    for (const known of [...this.#slots.holdings.values()]) {
      const { batchId } = known;
      const route = routeOfBatch(batchId);
      if (route === null) continue;
      try {
        const statement = await this.env.BATCHES.getByName(route).statement();
        const repaired = this.#transaction(() => this.#slots.audited(known, statement, this.#limit()));
        if (repaired) console.warn(JSON.stringify({ event: "ledger_repaired", batch: batchId }));
      } catch (error) {
        console.warn(JSON.stringify({ event: "audit_unanswered", batch: batchId, error: String(error) }));
      }
    }
    const later = Date.now();
    this.#tellGrants(later);
    this.#arm(later);
  }

  #limit(): number {
    return readProfile(this.#sql).agent_call_concurrency_limit;
  }

  get #slots(): Slots {
    this.#ledger ??= new Slots(this.#sql, (route, grant) => this.env.BATCHES.getByName(route).granted(grant));
    return this.#ledger;
  }

  #transaction<T>(body: () => T): T {
    try {
      return this.#sql.transaction(body);
    } catch (error) {
      // The rows are the truth: what is in memory is read again.
      this.#ledger = null;
      throw error;
    }
  }

  /** Tells batches of their grants, each on its own: one that does not answer delays nobody else. */
  #tellGrants(now: number): void {
    for (const holding of this.#slots.due(now)) {
      this.ctx.waitUntil(
        this.#slots.tell(holding, now).then((statement) => {
          const later = Date.now();
          if (statement !== null) {
            this.#transaction(() => this.#slots.hear(statement, this.#limit(), later));
            this.#tellGrants(later);
          }
          this.#arm(later);
        }),
      );
    }
  }

  #arm(now: number): void {
    const due = Math.min(
      this.#slots.nextDue() ?? Number.POSITIVE_INFINITY,
      nextExpiry(this.#sql) ?? Number.POSITIVE_INFINITY,
      this.#auditDueAt(),
    );
    if (due === Number.POSITIVE_INFINITY) this.#alarm.rest();
    else this.#alarm.ringBy(due, now);
  }

  async #seal(providerId: string, credentials: Credentials): Promise<string | null> {
    const secret = this.#settings.encryptionKey;
    return secret === null ? null : seal(secret, providerId, JSON.stringify(credentials));
  }

  async #unseal(provider: StoredProvider): Promise<Credentials | null> {
    const secret = this.#settings.encryptionKey;
    if (secret === null) return null;
    const text = await unseal(secret, provider.view.id, provider.sealedCredentials);
    return text === null ? null : (JSON.parse(text) as Credentials);
  }
}
