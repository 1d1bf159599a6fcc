/**
 * What the API keeps in an organization: keys, agents, providers, phone numbers, webhooks and the do-not-call list.
 * These methods of the organization's object delegate to the registers; `object.ts` adds what batches need.
 *
 * They are methods and not RPC targets of their own: a target that a caller still holds keeps the object in memory.
 */

import { DurableObject } from "cloudflare:workers";
import type { Failure } from "../calling/requests/failure.ts";
import type { Page, PageRequest } from "../calling/requests/page.ts";
import type { Result } from "../calling/requests/result.ts";
import { routeOfBatch } from "../calling/secrets/ids.ts";
import { type Bindings, settingsOf } from "../env.ts";
import { answerOf } from "../peer.ts";
import type { Sql } from "../storage/sql.ts";
import { AgentRegister } from "./configuration/agent-register.ts";
import { ApiKeyRegister } from "./configuration/api-key-register.ts";
import { PhoneNumberRegister } from "./configuration/phone-number-register.ts";
import { ProviderRegister } from "./configuration/provider-register.ts";
import type { Watches } from "./configuration/watches.ts";
import { WebhookRegister } from "./configuration/webhook-register.ts";
import { DoNotCallRegister } from "./people/do-not-call-register.ts";
import type { RuleNotices } from "./people/rule-notices.ts";
import type {
  AgentChange,
  AgentView,
  ApiKeyView,
  DoNotCallEntry,
  DoNotCallFilter,
  DoNotCallHistory,
  Endpoint,
  KeyName,
  MadeWebhook,
  NewAgent,
  NewDoNotCall,
  NewPhoneNumber,
  NewProvider,
  NewWebhook,
  PhoneNumberChange,
  PhoneNumberFilter,
  PhoneNumberView,
  ProviderChange,
  ProviderFilter,
  ProviderView,
  RegistersRpc,
  WebhookChange,
  WebhookView,
} from "./rpc.ts";

type Answer<T> = Promise<Result<T, Failure>>;

export abstract class OrganizationRegisters extends DurableObject<Bindings> implements RegistersRpc {
  readonly #apiKeys: ApiKeyRegister;
  readonly #agents: AgentRegister;
  readonly #providers: ProviderRegister;
  readonly #phoneNumbers: PhoneNumberRegister;
  readonly #webhooks: WebhookRegister;
  readonly #doNotCall: DoNotCallRegister;

  constructor(ctx: DurableObjectState, env: Bindings, sql: Sql, notices: RuleNotices, watches: Watches) {
    super(ctx, env);
    const settings = settingsOf(env);
    this.#apiKeys = new ApiKeyRegister(sql, watches);
    this.#providers = new ProviderRegister(sql, settings, notices);
    this.#phoneNumbers = new PhoneNumberRegister(sql, settings, notices);
    this.#webhooks = new WebhookRegister({
      sql,
      keyRing: settings.keyRing,
      tellBatch: (id, targets) => {
        const route = routeOfBatch(id);
        if (route !== null) this.#tell(id, answerOf(env.BATCHES.getByName(route).webhooksAre(targets)));
      },
      tellWebhook: (id) => this.#tell(id, answerOf(env.WEBHOOKS.getByName(id).endpointChanged())),
    });
    this.#agents = new AgentRegister(sql, () => this.#webhooks.tellBatches());
    this.#doNotCall = new DoNotCallRegister(sql, notices);
  }

  async createApiKey(label: string, key: string): Answer<ApiKeyView & { key: string }> {
    return this.#apiKeys.create(label, key);
  }
  async listApiKeys(request: PageRequest): Answer<Page<ApiKeyView>> {
    return this.#apiKeys.list(request);
  }
  async revokeApiKey(id: string): Answer<null> {
    return this.#apiKeys.revoke(id);
  }

  async createAgent(agent: NewAgent): Answer<AgentView> {
    return this.#agents.create(agent);
  }
  async listAgents(request: PageRequest): Answer<Page<AgentView>> {
    return this.#agents.list(request);
  }
  async getAgent(id: string): Answer<AgentView> {
    return this.#agents.get(id);
  }
  async changeAgent(id: string, change: AgentChange): Answer<AgentView> {
    return this.#agents.change(id, change);
  }
  async deleteAgent(id: string): Answer<null> {
    return this.#agents.delete(id);
  }

  async createProvider(provider: NewProvider): Answer<ProviderView> {
    return this.#providers.create(provider);
  }
  async listProviders(filter: ProviderFilter): Promise<ProviderView[]> {
    return this.#providers.list(filter);
  }
  async getProvider(id: string): Answer<ProviderView> {
    return this.#providers.get(id);
  }
  async changeProvider(id: string, change: ProviderChange): Answer<ProviderView> {
    return this.#providers.change(id, change);
  }
  async deleteProvider(id: string): Answer<null> {
    return this.#providers.delete(id);
  }

  async importPhoneNumber(number: NewPhoneNumber): Answer<PhoneNumberView> {
    return this.#phoneNumbers.import(number);
  }
  async listPhoneNumbers(filter: PhoneNumberFilter, request: PageRequest): Answer<Page<PhoneNumberView>> {
    return this.#phoneNumbers.list(filter, request);
  }
  async getPhoneNumber(id: string): Answer<PhoneNumberView> {
    return this.#phoneNumbers.get(id);
  }
  async changePhoneNumber(id: string, change: PhoneNumberChange): Answer<PhoneNumberView> {
    return this.#phoneNumbers.change(id, change);
  }
  async deletePhoneNumber(id: string): Answer<null> {
    return this.#phoneNumbers.delete(id);
  }

  async createWebhook(webhook: NewWebhook): Answer<MadeWebhook> {
    return this.#webhooks.create(webhook);
  }
  async listWebhooks(request: PageRequest): Answer<Page<WebhookView>> {
    return this.#webhooks.list(request);
  }
  async getWebhook(id: string): Answer<WebhookView> {
    return this.#webhooks.get(id);
  }
  async changeWebhook(id: string, change: WebhookChange): Answer<MadeWebhook> {
    return this.#webhooks.change(id, change);
  }
  async deleteWebhook(id: string): Answer<null> {
    return this.#webhooks.delete(id);
  }
  async webhookEndpoint(id: string): Promise<Endpoint | null> {
    return this.#webhooks.endpoint(id);
  }
  async disableWebhook(id: string, reason: string): Promise<void> {
    return this.#webhooks.disable(id, reason);
  }

  async addDoNotCall(listed: NewDoNotCall): Promise<number> {
    return this.#doNotCall.add(listed);
  }
  async listDoNotCall(filter: DoNotCallFilter, request: PageRequest): Answer<Page<DoNotCallEntry>> {
    return this.#doNotCall.list(filter, request);
  }
  async getDoNotCall(number: string): Answer<DoNotCallHistory> {
    return this.#doNotCall.get(number);
  }
  async removeDoNotCall(number: string, reason: string, by: KeyName): Answer<DoNotCallEntry> {
    return this.#doNotCall.remove(number, reason, by);
  }

  /** Sends a message that may be lost. */
  #tell(to: string, sent: Promise<void>): void {
    this.ctx.waitUntil(
      sent.catch((error) => console.warn(JSON.stringify({ event: "hint_unheard", to, error: String(error) }))),
    );
  }
}
