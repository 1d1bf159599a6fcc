/**
 * What goes into an organization and what comes out of it, as data. A request or an event goes in with its time; effects come
 * out, and what an effect's answer brings is the next event. Nothing in between waits, asks a clock or speaks to anybody.
 */

import type { SlotStatement } from "../../calling/messages/slots.ts";
import type { WebhookTarget } from "../../calling/messages/webhook.ts";
import type { Due } from "../../storage/alarm-clock.ts";
import type { RevokedMessage } from "../configuration/watches.ts";
import type { AuditMessage } from "../ledger/audit.ts";
import type { GrantMessage } from "../ledger/slots.ts";
import type { WakeMessage } from "../ledger/sweep.ts";
import type { RulesMessage } from "../people/rule-notices.ts";

/** To a batch. */
export type Message =
  | GrantMessage
  | AuditMessage
  | RulesMessage
  | RevokedMessage
  | WakeMessage
  /** Where its events go now. One that misses it gets it with the answer to its next report. */
  | { readonly kind: "webhooks"; readonly batchId: string; readonly targets: readonly WebhookTarget[] };

export type Effect =
  /** `heard` or `unheard`. */
  | { readonly kind: "send"; readonly message: Message }
  | { readonly kind: "warn"; readonly event: string; readonly batch: string }
  /** `woken`, whatever happens until then; null: nothing is due. */
  | { readonly kind: "set_alarm"; readonly due: Due | null };

export type OrganizationEvent =
  /** By an alarm: it does what is due. */
  | { readonly kind: "woken" }
  /** `statement`: of a grant or an audit; null where there is no such batch. */
  | { readonly kind: "heard"; readonly message: Message; readonly statement: SlotStatement | null }
  | { readonly kind: "unheard"; readonly message: Message };
