/**
 * What goes into the batch and what comes out of it, as data. An event goes in with its time; effects come out, and what an
 * effect's answer brings is the next event. Nothing in between waits, asks a clock or speaks to anybody.
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

/** Each is answered by the events that are named beside it, or by none. */
export type Effect =
  /** `line` or `no_line`. */
  | { readonly kind: "fetch_line" }
  /** `placed`. */
  | { readonly kind: "place"; readonly request: PlaceRequest }
  /** `asked`: questions about calls, and the words that end them. */
  | { readonly kind: "ask"; readonly request: AskRequest }
  /** `cleared` or `not_cleared`. */
  | { readonly kind: "clear"; readonly request: ClearanceRequest }
  /** `reported` or `not_reported`. */
  | { readonly kind: "report"; readonly report: BatchReport }
  /** `events_sent` or `events_unsent`. */
  | { readonly kind: "send_events"; readonly events: EventsToSend }
  /** To watchers: an attempt has changed; null: many have, or the batch itself. */
  | { readonly kind: "broadcast"; readonly row: AttemptRow | null }
  /** `woken`, within seconds, if the object is still in memory then. */
  | { readonly kind: "wake"; readonly at: number }
  /** `woken`, whatever happens until then; null: nothing is due. */
  | { readonly kind: "set_alarm"; readonly at: number | null };

/** What a human has the batch do. */
export type Order =
  /** Who waits is cancelled; calls in flight run to their end, and none of those people is called again by itself. */
  | { readonly kind: "cancel" }
  /** Who failed waits again; nobody was cancelled. */
  | { readonly kind: "retry" }
  /** More people to call, behind those who are in the batch. */
  | { readonly kind: "append"; readonly recipients: readonly NewRecipient[] }
  /** It goes on otherwise. A refusal changes nothing. */
  | { readonly kind: "steer"; readonly change: Steering };

export type Steering = (row: BatchRow, roster: Roster, now: number) => Result<BatchRow, Failure>;

export type BatchEvent =
  /** By an alarm, a timer, or its organization: it does what is due. */
  | { readonly kind: "woken" }
  /** The carrier has told of a call by itself. */
  | { readonly kind: "happened"; readonly number: number; readonly happening: Happening }
  /** Its agent's side closed the audio; the end of the call follows. */
  | { readonly kind: "agent_closed"; readonly number: number }
  /** The carrier is asked about the call by then, whatever was to be before. */
  | { readonly kind: "look_by"; readonly number: number; readonly at: number }
  | { readonly kind: "placed"; readonly number: number; readonly outcome: LaneOutcome }
  | { readonly kind: "asked"; readonly number: number; readonly answer: CarrierAnswer }
  /** From the organization, by answer or by message. */
  | { readonly kind: "line"; readonly line: Line }
  | { readonly kind: "no_line"; readonly error: unknown }
  | { readonly kind: "cleared"; readonly answer: ClearanceAnswer }
  | { readonly kind: "not_cleared"; readonly error: unknown }
  | { readonly kind: "reported"; readonly answer: ReportAnswer }
  | { readonly kind: "not_reported"; readonly error: unknown }
  | { readonly kind: "granted"; readonly answer: SlotAnswer }
  /** Where events go now. */
  | { readonly kind: "webhooks"; readonly targets: readonly WebhookTarget[] }
  /** There are other rules, or, where some are named, numbers that are new on the do-not-call list. */
  | { readonly kind: "rules_changed"; readonly listed: readonly string[] }
  /** `upTo`: the number of the last one. */
  | { readonly kind: "events_sent"; readonly upTo: number }
  | { readonly kind: "events_unsent"; readonly error: unknown };
