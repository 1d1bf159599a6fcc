/**
 * Requests that a later event answers: what is asked, and what the answers are. `to` names the one who asks, who waits in
 * the object's memory. Losing it breaks the connection, and the request is repeated.
 */

import type { Act } from "../../../calling/messages/act.ts";
import type { NewRecipient } from "../../../calling/messages/batch-order.ts";
import type { BatchSummary } from "../../../calling/messages/batch-view.ts";
import type { OnDuplicate } from "../../../calling/numbers/duplicates.ts";
import type { Failure } from "../../../calling/requests/failure.ts";
import type { Result } from "../../../calling/requests/result.ts";
import type { CarrierRequest } from "../../../dialer/dialer.ts";
import type { Line } from "../../dialing/line.ts";
import type { BatchChange } from "../../steering/steering.ts";

/** For the audit. */
type ByWhom = { readonly act?: Act | undefined };

/** `key`: of a repeatable request; a repeat gets the same answer and does nothing. */
export type Requests = {
  /** More recipients, behind those of the batch. */
  readonly append: {
    readonly recipients: readonly NewRecipient[];
    readonly onDuplicate: OnDuplicate;
    readonly key: string | null;
  } & ByWhom;
  /** Failed recipients wait again. Refused in a cancelled batch. */
  readonly retry: { readonly key: string | null } & ByWhom;
  /** Refused if it makes waiting recipients fail, unless `allowFailures`. */
  readonly change: { readonly change: BatchChange; readonly allowFailures: boolean } & ByWhom;
  /** The line, whose agent and number are named in records. */
  readonly names: Readonly<Record<never, never>>;
  /** A human ends this call. */
  readonly end_call: { readonly number: number } & ByWhom;
  /** A carrier's request about this call. `token`: null only if the carrier's callbacks are shared. */
  readonly callback: {
    readonly number: number;
    readonly token: string | null;
    readonly request: CarrierRequest;
  };
};

export type Answers = {
  readonly append: Result<AppendOutcome, Failure>;
  /** After a retry: before any recipient is dialed again. */
  readonly retry: Result<BatchSummary, Failure>;
  readonly change: Result<BatchSummary, Failure>;
  /** Null: the organization did not answer. */
  readonly names: Line | null;
  readonly end_call: Result<null, Failure>;
  readonly callback: CallbackVerdict;
};

export type Requested = keyof Requests;
type Asked<Of extends Requested> = { readonly kind: Of; readonly to: number } & Requests[Of];
export type Request = { readonly [Of in Requested]: Asked<Of> }[Requested];
export type RequestOf<Of extends Requested> = Asked<Of>;

export type AppendOutcome = {
  readonly summary: BatchSummary;
  readonly appended: number;
  readonly skippedDuplicates: number;
  readonly skippedExternalIds: number;
  readonly skippedDoNotCall: number;
};

/**
 * `forbidden`: no such call, a wrong token or a bad signature; nothing was changed, and the answer does not tell which.
 * `unanswered`: the organization or the carrier did not answer, so the carrier must repeat the request.
 */
export type CallbackVerdict =
  | { readonly kind: "accepted"; readonly contentType: string; readonly body: string }
  | { readonly kind: "forbidden" }
  | { readonly kind: "unanswered" };
