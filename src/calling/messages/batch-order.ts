/** A batch on its way in: what the organization settles and the batch's object stores. */

import type { CircuitBreaker } from "../words/circuit-breaker.ts";
import type { Admission } from "../words/direct-call.ts";
import type { Region } from "../words/region.ts";
import type { OnVoicemail } from "../words/voicemail.ts";
import type { CallingWindow } from "./calling-window.ts";
import type { RetryPolicy } from "./retry-policy.ts";
import type { WebhookTarget } from "./webhook.ts";

/** A request for direct calls is a batch of its own kind: granted on the spot, in no list, and steered by nobody. */
export type OrderKind = "batch" | "direct";

/** A batch as it was accepted: settled by the organization, not yet stored. */
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
  readonly ringing_timeout_seconds: number;
  readonly max_call_duration_minutes: number;
  readonly createdAt: number;
  readonly scheduledAt: number | null;
  readonly retryPolicy: RetryPolicy | null;
  readonly callingWindow: CallingWindow | null;
  readonly circuitBreaker: CircuitBreaker | null;
  /** Calls that the batch begins in a second, at most; null: as fast as it may. Orders of earlier versions have none. */
  readonly callsPerSecond?: number | null;
  /** Null where the carrier is not to tell who answers. Absent in orders that an earlier version stored. */
  readonly onVoicemail?: OnVoicemail | null;
  /** Numbers of the request that are on the do-not-call list: their recipients are left out. */
  readonly doNotCall: readonly string[];
  /** Where the carrier's status callbacks reach this service: scheme and host, no slash at the end. */
  readonly callbackBaseUrl: string;
  /** Where the batch's events go, until the organization says otherwise. */
  readonly webhooks: readonly WebhookTarget[];
  /** Of direct calls: for each destination of the request why it is not called; null where it is. */
  readonly admission?: Admission;
};

/** What of a recipient decides when it may be called. */
export type Callee = Pick<NewRecipient, "to_number" | "timezone">;

/** A recipient as it was submitted. `metadata` is JSON text; `timezone` an IANA name that counts in place of the number's. */
export type NewRecipient = {
  readonly to_number: string;
  readonly metadata: string | null;
  readonly timezone: string | null;
  /** The client's own name for it, once in a batch. Absent where none was given. */
  readonly external_id?: string;
};
