/**
 * The batch's inputs and outputs as data. An event goes in with its time, effects come out, and the answer to an effect
 * is the next event. Nothing in between waits, reads a clock or does I/O.
 */

import type { AppendAnswer, AppendRequest } from "../../calling/messages/appending.ts";
import type { NewRecipient } from "../../calling/messages/batch-order.ts";
import type { CallingWindow } from "../../calling/messages/calling-window.ts";
import type { ClearanceAnswer, ClearanceRequest } from "../../calling/messages/clearance.ts";
import type { BatchReport, ReportAnswer, SlotAnswer } from "../../calling/messages/slots.ts";
import type { WebhookTarget } from "../../calling/messages/webhook.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import type { Result } from "../../calling/requests/result.ts";
import type { RemarksChange } from "../../calling/words/remarks.ts";
import type { CallContext, CarrierEventOutcome, CarrierRequest } from "../../dialer/dialer.ts";
import type { Dialing } from "../../dialer/dialing.ts";
import type { LogLine } from "../../log.ts";
import type { Due } from "../../storage/alarm-clock.ts";
import type { LaneOutcome } from "../dialing/lane.ts";
import type { Line } from "../dialing/line.ts";
import type { PlaceRequest } from "../dialing/placing.ts";
import type { CarrierAnswer, CarrierQuestion } from "../dialing/question.ts";
import type { SteeringWord } from "../steering/steering.ts";
import type { AttemptRow } from "../store/attempt-states.ts";
import type { EventsToSend } from "../telling/outbox.ts";
import type { AskRequest } from "../watching/watch.ts";
import type { Answers, Request, Requested } from "./asked/requests.ts";

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
  /** `report_answered` or `report_unanswered`. */
  | { readonly kind: "report"; readonly report: BatchReport }
  /** `events_sent` or `events_unsent`. */
  | { readonly kind: "send_events"; readonly events: EventsToSend }
  /** `admitted`: of recipients who are to be appended. */
  | { readonly kind: "admit"; readonly to: number; readonly request: AppendRequest }
  /** `line_checked`: as the organization has it now. */
  | { readonly kind: "check_line"; readonly to: number }
  /** `rules_told`. */
  | { readonly kind: "tell_rules"; readonly to: number; readonly request: ClearanceRequest }
  /** `consulted`: for a human who ends a call. */
  | { readonly kind: "consult"; readonly to: number; readonly line: Line; readonly question: CarrierQuestion }
  /** `verified`: whether a request is the carrier's, and what it says. */
  | {
      readonly kind: "verify";
      readonly to: number;
      readonly line: Line;
      readonly request: CarrierRequest;
      readonly context: CallContext;
    }
  /** To who asked (`asked/requests.ts`). */
  | { readonly kind: "reply"; readonly to: number; readonly answer: Answers[Requested] }
  | { readonly kind: "log"; readonly log: LogLine }
  /** To watchers: an attempt has changed. `row` null: many have, or the batch itself. */
  | { readonly kind: "broadcast"; readonly row: AttemptRow | null }
  /** `woken`, within seconds, if the object is still in memory then. */
  | { readonly kind: "wake"; readonly at: number }
  /** `woken`, even if the object stops meanwhile; null: nothing is due. */
  | { readonly kind: "set_alarm"; readonly due: Due | null };

/** What a human orders, to be carried out at once. `asked/requests.ts` has what others are asked about first. */
export type Order =
  /** Waiting recipients are cancelled. Calls in flight run to their end, and are not retried automatically. */
  | { readonly kind: "cancel" }
  /** The recipient of this call is erased, with all its calls. Refused while it waits or is called. */
  | { readonly kind: "erase_call"; readonly number: number }
  /** Something is said about this call. Refused once its recipient is erased, or is to be. */
  | { readonly kind: "remark"; readonly number: number; readonly change: RemarksChange }
  /** All recipients of a person are erased; those with a call in flight once they are over. */
  | { readonly kind: "erase_person"; readonly positions: readonly number[] }
  /** Calls these people now. A request that is known already changes nothing. */
  | { readonly kind: "call_now"; readonly request: CallNow; readonly recipients: readonly NewRecipient[] }
  /** What the word means: `STEERING` in `steering/steering.ts`. A refusal changes nothing. */
  | { readonly kind: "steer"; readonly word: SteeringWord };

export type CallNow = {
  readonly id: string;
  readonly requestedAt: number;
  readonly webhooks: readonly WebhookTarget[];
  /** The organization's, by which they were admitted. Absent: an earlier version does not say it. */
  readonly window?: CallingWindow | null;
};

export type BatchEvent =
  /** By an alarm, a timer or the organization: do what is due. */
  | { readonly kind: "woken" }
  | Request
  /** Answers for a request. */
  | { readonly kind: "admitted"; readonly to: number; readonly answer: Result<AppendAnswer, Failure> }
  /** `dialing` null: the organization did not answer. */
  | { readonly kind: "line_checked"; readonly to: number; readonly dialing: Result<Dialing, Failure> | null }
  | { readonly kind: "rules_told"; readonly to: number; readonly isHeard: boolean }
  | { readonly kind: "consulted"; readonly to: number; readonly answer: CarrierAnswer }
  | { readonly kind: "verified"; readonly to: number; readonly outcome: CarrierEventOutcome }
  /** What the request needed has failed in a way that is not expected. The one who asked has the error. */
  | { readonly kind: "broke"; readonly to: number; readonly error: unknown }
  | { readonly kind: "placed"; readonly number: number; readonly outcome: LaneOutcome }
  | { readonly kind: "asked"; readonly number: number; readonly answer: CarrierAnswer }
  /** From the organization, by answer or by message. `about`: the batch or the request that was reported; `line`: with a grant. */
  | { readonly kind: "line"; readonly line: Line }
  /** `isGone`: the agent or number is not there any more, or the number cannot serve this batch. Asking again is in vain. */
  | { readonly kind: "no_line"; readonly error: unknown; readonly isGone: boolean }
  | { readonly kind: "cleared"; readonly answer: ClearanceAnswer }
  | { readonly kind: "not_cleared"; readonly error: unknown }
  | {
      readonly kind: "report_answered";
      readonly about: string;
      readonly answer: ReportAnswer;
      readonly line?: Line | undefined;
    }
  | { readonly kind: "report_unanswered"; readonly about: string; readonly error: unknown }
  | { readonly kind: "granted"; readonly answer: SlotAnswer }
  /** The webhooks that events go to from now on. */
  | { readonly kind: "webhooks"; readonly targets: readonly WebhookTarget[] }
  /** Rules have changed. `listed`: numbers that are new on the do-not-call list. */
  | { readonly kind: "rules_changed"; readonly listed: readonly string[] }
  | { readonly kind: "events_sent"; readonly ids: ReadonlySet<string> }
  | { readonly kind: "events_unsent"; readonly error: unknown };
