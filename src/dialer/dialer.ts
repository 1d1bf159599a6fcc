/**
 * The port between a batch and a carrier: what is asked of every carrier, in this project's words. An adapter translates;
 * the carrier's own words (`no-answer`, `CallSid`) stop in its folder. Adapters never retry and never store.
 */

import type { AgentConnection } from "../calling/words/agent-connection.ts";
import type { EndReason } from "../calling/words/call.ts";
import type { Region } from "../calling/words/region.ts";
import type { AnsweredBy } from "../calling/words/voicemail.ts";

/** A carrier's HTTP request about a call, as it came. */
export type CarrierRequest = {
  readonly method: string;
  /** Path and query as called; the host is the one that we told the carrier. */
  readonly pathAndQuery: string;
  /** Those that the carrier's definition names (`callbackHeaders`), as far as they came. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Everything a carrier must know to place a call. */
export type PlaceOrder = {
  readonly callId: string;
  readonly batchId: string;
  readonly recipientId: string;
  readonly to: string;
  readonly from: string;
  /** The carrier's own id of the number that is called from; null where the number was imported without one. */
  readonly fromNumberId: string | null;
  /** What the answered call is connected with; of a type that the carrier's definition says it connects. */
  readonly agent: AgentConnection;
  /** Where the batch is dialed from. */
  readonly region: Region;
  /** The recipient's metadata as JSON text, or null. */
  readonly metadata: string | null;
  readonly ringingTimeoutSeconds: number;
  readonly maxDurationSeconds: number;
  /** The carrier is to tell who answers; only of carriers that detect machines. The call is not held back for it. */
  readonly asksWhoAnswers: boolean;
  /**
   * Absolute. Where callbacks are the call's own it carries the call's id and an unguessable token; where they are
   * shared, it is the one URL for all.
   */
  readonly statusCallbackUrl: string;
};

export type PlaceOutcome =
  | { readonly kind: "placed"; readonly carrierCallId: string }
  /** The carrier said no: nothing was placed and the same request would be refused again. */
  | { readonly kind: "refused"; readonly code: string | null; readonly message: string }
  /** The carrier said not now: nothing was placed. */
  | { readonly kind: "try_later"; readonly retryAfterMs: number | null; readonly message: string }
  /** A timeout, a reset or a 5xx: a call may exist. Promise 2 decides what follows. */
  | { readonly kind: "unknown"; readonly message: string };

/** What a carrier says of a call, by callback or when asked. */
export type CallProgress =
  /** Accepted by the carrier and waiting there; no phone rings. */
  | { readonly kind: "waiting" }
  | { readonly kind: "ringing" }
  /** `answeredBy`: where it was asked and the carrier has come to know, then or later. */
  | { readonly kind: "answered"; readonly answeredBy?: AnsweredBy }
  /** Over. `completed`: it was connected and ended well. */
  | {
      readonly kind: "ended";
      readonly completed: boolean;
      readonly endReason: EndReason;
      readonly durationSeconds: number | null;
      /** The carrier's own code for a failure, and the final SIP status, where it tells them. */
      readonly carrierCode?: string | null;
      readonly sipCode?: number | null;
      readonly answeredBy?: AnsweredBy;
    };

/**
 * The pause where credentials are refused or the account is not active. No recipient's fault: all wait until somebody
 * puts it right.
 */
export const ACCOUNT_PAUSE_MS = 5 * 60 * 1_000;

/** Every adapter's limit on the request that places a call, in ms; after it the answer is not awaited any more. */
export const PLACE_TIMEOUT_MS = 15_000;

export type CallReport =
  | { readonly kind: "known"; readonly carrierCallId: string; readonly progress: CallProgress }
  /** The carrier answered and knows no such call. */
  | { readonly kind: "absent" }
  /** The carrier answered: the call is over, and only a callback that is under way says how. */
  | { readonly kind: "undecided" }
  /** The carrier did not answer, or not usefully. */
  | { readonly kind: "unavailable"; readonly message: string };

export type FindQuery = {
  /** The call that was to be placed. */
  readonly callId: string;
  readonly to: string;
  readonly from: string;
  readonly agent: AgentConnection;
  readonly placedAfter: number;
};
export type FindOutcome =
  | {
      readonly kind: "found";
      readonly calls: readonly { readonly carrierCallId: string; readonly progress: CallProgress }[];
    }
  | { readonly kind: "unavailable"; readonly message: string };

export type EndOutcome =
  /** The carrier ends it, or it was over already. */
  { readonly kind: "ending" } | { readonly kind: "unavailable"; readonly message: string };

/** A carrier's request about a call, verified. */
export type CarrierEvent =
  | { readonly kind: "progress"; readonly carrierCallId: string; readonly progress: CallProgress }
  /** The agent's side closed the audio; the end of the call follows. */
  | { readonly kind: "agent_closed"; readonly carrierCallId: string };

export type CarrierEventOutcome =
  | {
      readonly kind: "event";
      readonly event: CarrierEvent;
      readonly reply: { readonly contentType: string; readonly body: string };
    }
  /** Unsigned or wrongly signed. */
  | { readonly kind: "forged" }
  /** Genuine and of no meaning here. */
  | { readonly kind: "ignored"; readonly reply: { readonly contentType: string; readonly body: string } };

/** What is known of the call that a report or an event is about, for the choice of its end reason. */
export type CallContext = {
  readonly maxDurationSeconds: number;
  /** It was heard that somebody answered. */
  readonly answered: boolean;
  /** Why we asked the carrier to end it, or null where we did not. */
  readonly endedBecause: EndReason | null;
  /** The agent's side closed the audio before the call ended. */
  readonly agentClosed: boolean;
};

/**
 * How often a call has to be asked about because no callback tells; null where callbacks do, and the watchdog's own
 * intervals are enough.
 */
export type Asking = {
  /** Until it is answered or over. */
  readonly whileRingingMs: number | null;
  /** From then on until it is over. */
  readonly whileAnsweredMs: number | null;
};
export const CALLBACKS_TELL: Asking = { whileRingingMs: null, whileAnsweredMs: null };

/** What a carrier says when it is asked before anything is stored. */
export type CheckOutcome =
  | { readonly kind: "fine" }
  /** `path`: the field of the request that is to be changed. */
  | { readonly kind: "refused"; readonly path: string; readonly message: string }
  | { readonly kind: "unavailable"; readonly message: string };

export type NumberToCheck = { readonly number: string; readonly carrierNumberId: string | null };

export interface Dialer {
  /** Whether the account is there and takes these credentials. A carrier that cannot be asked says `fine`. */
  checkAccount(): Promise<CheckOutcome>;
  /** Whether the account may call from this number. A carrier that cannot be asked says `fine`. */
  checkNumber(number: NumberToCheck): Promise<CheckOutcome>;

  readonly asking: Asking;
  /**
   * Resolves as soon as the carrier has accepted or refused the call, never only when the callee has answered: a batch
   * has few requests under way at once, and ringing takes long. Where a carrier tells of the answer to nobody but who
   * waits, ask instead (`asking`).
   *
   * `isRepeat`: the same order left before, perhaps through another object's dialer, and what became of it is not known.
   * Only of carriers whose `repeatableForMs` says that this places nothing more.
   */
  place(order: PlaceOrder, isRepeat?: boolean): Promise<PlaceOutcome>;
  fetch(carrierCallId: string, context: CallContext): Promise<CallReport>;
  /**
   * For an attempt whose answer was lost: its call, or, where the carrier does not tell whose a call is, the calls to
   * this number since then that may be it, oldest first; never one that is known to be another's.
   */
  find(query: FindQuery, context: CallContext): Promise<FindOutcome>;
  /** Ends a call; `answered` false cancels it while it rings. */
  end(carrierCallId: string, answered: boolean): Promise<EndOutcome>;
  /** Verifies and translates a request of the carrier's. `callbackBaseUrl`: scheme and host we told the carrier. */
  receive(request: CarrierRequest, callbackBaseUrl: string, context: CallContext): Promise<CarrierEventOutcome>;
}
