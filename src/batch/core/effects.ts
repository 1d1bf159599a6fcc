/**
 * The batch's inputs and outputs as data. An event goes in with its time, effects come out, and the answer to an effect
 * is the next event. Nothing in between waits, reads a clock or does I/O.
 */

import type { NewRecipient } from "../../calling/messages/batch-order.ts";
import type { ClearanceAnswer, ClearanceRequest } from "../../calling/messages/clearance.ts";
import type { BatchReport, ReportAnswer, SlotAnswer } from "../../calling/messages/slots.ts";
import type { WebhookTarget } from "../../calling/messages/webhook.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import type { Result } from "../../calling/requests/result.ts";
import type { Happening } from "../attempts/settle.ts";
import type { LaneOutcome } from "../dialing/lane.ts";
import type { Line } from "../dialing/line.ts";
import type { PlaceRequest } from "../dialing/placing.ts";
import type { CarrierAnswer } from "../dialing/question.ts";
import type { Roster } from "../people/roster.ts";
import type { AttemptRow } from "../store/attempts.ts";
import type { BatchRow } from "../store/batch-row.ts";
import type { EventsToSend } from "../telling/outbox.ts";
import type { AskRequest } from "../watching/watch.ts";

/** The comment above each effect names the events that answer it, if any. */
export type Effect =
  /** `line` or `no_line`. */
  | { readonly kind: "fetch_line" }
  /** `placed`. */
  | { readonly kind: "place"; readonly request: PlaceRequest }
  /** `asked`: questions about calls, and requests to end them. */
  | { readonly kind: "ask"; readonly request: AskRequest }
  /** `cleared` or `not_cleared`. */
  | { readonly kind: "clear"; readonly request: ClearanceRequest }
  /** `reported` or `not_reported`. */
  | { readonly kind: "report"; readonly report: BatchReport }
  /** `events_sent` or `events_unsent`. */
  | { readonly kind: "send_events"; readonly events: EventsToSend }
  /** To watchers: an attempt has changed. `row` null: many have, or the batch itself. */
  | { readonly kind: "broadcast"; readonly row: AttemptRow | null }
  /** `woken`, within seconds, if the object is still in memory then. */
  | { readonly kind: "wake"; readonly at: number }
  /** `woken`, even if the object stops meanwhile; null: nothing is due. */
  | { readonly kind: "set_alarm"; readonly at: number | null };

/** What a human orders. */
export type Order =
  /** Waiting recipients are cancelled. Calls in flight run to their end, and are not retried automatically. */
  | { readonly kind: "cancel" }
  /** Failed recipients wait again. Refused in a cancelled batch. */
  | { readonly kind: "retry" }
  /** More recipients, behind those of the batch. */
  | { readonly kind: "append"; readonly recipients: readonly NewRecipient[] }
  /** The recipient of this call is erased, with all its calls. Refused while it waits or is called. */
  | { readonly kind: "erase_call"; readonly number: number }
  /** All recipients of a person are erased; those with a call in flight once they are over. */
  | { readonly kind: "erase_person"; readonly positions: readonly number[] }
  /** Calls these people now. A request that is known already changes nothing. */
  | { readonly kind: "call_now"; readonly request: CallNow; readonly recipients: readonly NewRecipient[] }
  /** Changes how the batch runs. A refusal changes nothing. */
  | { readonly kind: "steer"; readonly change: Steering };

export type CallNow = {
  readonly id: string;
  readonly requestedAt: number;
  readonly webhooks: readonly WebhookTarget[];
};

export type Steering = (row: BatchRow, roster: Roster, now: number) => Result<BatchRow, Failure>;

export type BatchEvent =
  /** By an alarm, a timer or the organization: do what is due. */
  | { readonly kind: "woken" }
  /** The carrier reported a call's progress. */
  | { readonly kind: "happened"; readonly number: number; readonly happening: Happening }
  /** The agent's side closed the audio; the end of the call follows. */
  | { readonly kind: "agent_closed"; readonly number: number }
  /** Ask the carrier about the call by then, even if it was due later. */
  | { readonly kind: "look_by"; readonly number: number; readonly at: number }
  | { readonly kind: "placed"; readonly number: number; readonly outcome: LaneOutcome }
  | { readonly kind: "asked"; readonly number: number; readonly answer: CarrierAnswer }
  /** From the organization, by answer or by message. `about`: the batch or the request that was reported. */
  | { readonly kind: "line"; readonly line: Line }
  | { readonly kind: "no_line"; readonly error: unknown }
  | { readonly kind: "cleared"; readonly answer: ClearanceAnswer }
  | { readonly kind: "not_cleared"; readonly error: unknown }
  | { readonly kind: "reported"; readonly about: string; readonly answer: ReportAnswer }
  | { readonly kind: "not_reported"; readonly about: string; readonly error: unknown }
  | { readonly kind: "granted"; readonly answer: SlotAnswer }
  /** The webhooks that events go to from now on. */
  | { readonly kind: "webhooks"; readonly targets: readonly WebhookTarget[] }
  /** Rules have changed. `listed`: numbers that are new on the do-not-call list. */
  | { readonly kind: "rules_changed"; readonly listed: readonly string[] }
  | { readonly kind: "events_sent"; readonly ids: ReadonlySet<string> }
  | { readonly kind: "events_unsent"; readonly error: unknown };
