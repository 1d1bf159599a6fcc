/** A new batch on its way: the organization settles it, and the batch's object stores it. */

import type { CircuitBreaker } from "../words/circuit-breaker.ts";
import type { Admission } from "../words/direct-call.ts";
import type { Region } from "../words/region.ts";
import type { OnVoicemail } from "../words/voicemail.ts";
import type { Act } from "./act.ts";
import type { CallingWindow } from "./calling-window.ts";
import type { RetryPolicy } from "./retry-policy.ts";
import type { WebhookTarget } from "./webhook.ts";

/** Requests for direct calls share a kind of batch: granted on the spot, in no list, and without changes by a human. */
export type OrderKind = "batch" | "direct";

/** An accepted batch: settled by the organization, not yet stored. */
export type BatchOrder = {
  readonly id: string;
  /** Absent in orders that an earlier version stored: a batch. */
  readonly kind?: OrderKind;
  readonly organizationId: string;
  readonly name: string;
  readonly agent_id: string;
  readonly from_number_id: string;
  readonly region: Region;
  readonly target_concurrency_limit: number;
  /** 1 comes first. Absent in orders of earlier versions, and of direct calls. */
  readonly priority?: number;
  readonly ringing_timeout_seconds: number;
  readonly max_call_duration_minutes: number;
  /** Of a request for direct calls: when the object was opened that it shares with others. */
  readonly createdAt: number;
  /** When direct calls were asked for. Absent in a batch, and in orders of earlier versions, which have an object each. */
  readonly requestedAt?: number;
  readonly scheduledAt: number | null;
  readonly retryPolicy: RetryPolicy | null;
  readonly callingWindow: CallingWindow | null;
  readonly circuitBreaker: CircuitBreaker | null;
  /** The most calls that the batch begins in a second; null: unlimited. Absent in orders of earlier versions. */
  readonly callsPerSecond?: number | null;
  /** Null: the carrier is not asked who answers. Absent in orders that an earlier version stored. */
  readonly onVoicemail?: OnVoicemail | null;
  /** Numbers of the request that are on the do-not-call list: their recipients are left out. */
  readonly doNotCall: readonly string[];
  /** The scheme and host of this service for the carrier's status callbacks, without a trailing slash. */
  readonly callbackBaseUrl: string;
  /** Where the batch's events go until the organization changes it. */
  readonly webhooks: readonly WebhookTarget[];
  /** For direct calls: why each destination of the request is not called; null if it is. */
  readonly admission?: Admission;
  /**
   * For direct calls: the organization's window by which they were admitted; null: any hour. Their object may have an older
   * one, since no object without slots is told of another. Absent in orders of earlier versions.
   */
  readonly organizationWindow?: CallingWindow | null;
  /** Who has it created. Absent in orders of earlier versions. */
  readonly act?: Act;
};

/** The fields of a recipient that decide when it may be called. */
export type Callee = Pick<NewRecipient, "to_number" | "timezone">;

/** A recipient as submitted. `metadata` is JSON text; `timezone` is an IANA name that replaces the number's zones. */
export type NewRecipient = {
  readonly to_number: string;
  readonly metadata: string | null;
  readonly timezone: string | null;
  /** The client's own id for it, unique in a batch. Absent if none was given. */
  readonly external_id?: string;
};
