/** What an organization calls with: agents, providers, prices, numbers. And its webhooks. All of it crosses RPC. */

import type { WebhookEventType } from "../../calling/messages/webhook.ts";
import type { AgentConnection } from "../../calling/words/agent-connection.ts";
import type { PriceList } from "../../calling/words/price-list.ts";
import type { AccountChange, CarrierAccount, ProviderType, ShownAccount } from "../../dialer/carriers.ts";
import type { TwilioRegion } from "../../dialer/twilio/account.ts";
import type { PaceView } from "./organization.ts";

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
