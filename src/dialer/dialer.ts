/**
 * The port between a batch and a carrier: everything that is asked of carriers, in this project's terms. An adapter
 * translates; a carrier's own terms (`no-answer`, `CallSid`) stay in its folder. Adapters never retry and never store.
 */

import type { AgentConnection } from "../calling/words/agent-connection.ts";
import type { EndReason } from "../calling/words/call.ts";
import type { Region } from "../calling/words/region.ts";
import type { AnsweredBy } from "../calling/words/voicemail.ts";

/** A carrier's HTTP request about a call, as received. */
export type CarrierRequest = {
  readonly method: string;
  /** Path and query as requested; the host is the one that we gave the carrier. */
  readonly pathAndQuery: string;
  /** The headers that the carrier's definition names (`callbackHeaders`), if present. */
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
  /** The carrier's own id of the calling number; null if the number was imported without one. */
  readonly fromNumberId: string | null;
  /** What the answered call is connected to; a type that the carrier's definition supports. */
  readonly agent: AgentConnection;
  /** The region of the batch. */
  readonly region: Region;
  /** The recipient's metadata as JSON text, or null. */
  readonly metadata: string | null;
  readonly ringingTimeoutSeconds: number;
  readonly maxDurationSeconds: number;
  /** Ask the carrier who answers; only for carriers that detect machines. The call is not held back for it. */
  readonly asksWhoAnswers: boolean;
  /**
   * Absolute. With per-call callbacks it contains the call's id and a secret token; with shared ones it is the same for
   * all calls.
   */
  readonly statusCallbackUrl: string;
};

export type PlaceOutcome =
  | { readonly kind: "placed"; readonly carrierCallId: string }
  /** The carrier refused: nothing was placed, and the same request would be refused again. */
  | { readonly kind: "refused"; readonly code: string | null; readonly message: string }
  /** The carrier said "not now": nothing was placed. */
  | { readonly kind: "try_later"; readonly retryAfterMs: number | null; readonly message: string }
  /** A timeout, a reset or a 5xx: a call may exist. Promise 2 decides what to do. */
  | { readonly kind: "unknown"; readonly message: string };

/** What a carrier reports about a call, by callback or when asked. */
export type CallProgress =
  /** Accepted by the carrier and waiting there; no phone rings. */
  | { readonly kind: "waiting" }
  /** `since`: when the carrier dialed it, if it tells; epoch ms. */
  | { readonly kind: "ringing"; readonly since?: number }
  /** `answeredBy`: if it was asked for and the carrier knows it, now or later. */
  | { readonly kind: "answered"; readonly answeredBy?: AnsweredBy }
  /** Ended. `completed`: it was connected and ended normally. */
  | {
      readonly kind: "ended";
      readonly completed: boolean;
      readonly endReason: EndReason;
      readonly durationSeconds: number | null;
      /** The carrier's own code for a failure, and the final SIP status, if it reports them. */
      readonly carrierCode?: string | null;
      readonly sipCode?: number | null;
      readonly answeredBy?: AnsweredBy;
    };

/**
 * The pause after refused credentials or for an inactive account. Recipients are not at fault: all wait until a human
 * corrects it.
 */
export const ACCOUNT_PAUSE_MS = 5 * 60 * 1_000;

/**
 * A margin between clocks. A lane decides by its own clock whether a request may still leave. The batch decides by its
 * own clock that no call was placed, and the carrier says by its own when it placed one.
 *
 * Clocks of the platform's machines differ by milliseconds, and a carrier may list a new call some seconds later. A
 * margin that is too short gives up a call that rings; a longer one holds a slot longer.
 */
export const BETWEEN_CLOCKS_MS = 5_000;

/** The time limit of every request that places a call, in ms. Afterwards the answer is ignored. */
export const PLACE_TIMEOUT_MS = 15_000;

export type CallReport =
  | { readonly kind: "known"; readonly carrierCallId: string; readonly progress: CallProgress }
  /** The carrier answered and knows no such call. */
  | { readonly kind: "absent" }
  /** The carrier answered that the call ended; a callback in flight will tell how. */
  | { readonly kind: "undecided" }
  /** The carrier did not answer, or its answer was not usable. */
  | { readonly kind: "unavailable"; readonly message: string };

export type FindQuery = {
  /** The call that was to be placed. */
  readonly callId: string;
  readonly to: string;
  readonly from: string;
  readonly agent: AgentConnection;
  /** When the request left, by the batch's clock; epoch ms. */
  readonly placedAfter: number;
};
export type FindOutcome =
  | {
      readonly kind: "found";
      readonly calls: readonly { readonly carrierCallId: string; readonly progress: CallProgress }[];
    }
  | { readonly kind: "unavailable"; readonly message: string };

export type EndOutcome =
  /** The carrier ends it, or it had already ended. */
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
  /** Without a signature, or with a wrong one. */
  | { readonly kind: "forged" }
  /** Genuine, and the carrier could not be told what follows from it. It must repeat the request. */
  | { readonly kind: "undone" }
  /** Genuine, but without meaning here. */
  | { readonly kind: "ignored"; readonly reply: { readonly contentType: string; readonly body: string } };

/** What is known of a call when its end reason is chosen. */
export type CallContext = {
  readonly maxDurationSeconds: number;
  /** An answer was reported. */
  readonly answered: boolean;
  /** Why we asked the carrier to end it; null if we did not. */
  readonly endedBecause: EndReason | null;
  /** The agent's side closed the audio before the call ended. */
  readonly agentClosed: boolean;
};

/**
 * How often to ask about a call if no callback reports. Null if callbacks do: then the watchdog's own intervals are
 * enough.
 */
export type Asking = {
  /** Until it is answered or ended. */
  readonly whileRingingMs: number | null;
  /** From the answer until the end. */
  readonly whileAnsweredMs: number | null;
};
export const CALLBACKS_TELL: Asking = { whileRingingMs: null, whileAnsweredMs: null };

/** A carrier's answer to a check, before anything is stored. */
export type CheckOutcome =
  | { readonly kind: "fine" }
  /** `path`: the field of the request to change. */
  | { readonly kind: "refused"; readonly path: string; readonly message: string }
  | { readonly kind: "unavailable"; readonly message: string };

export type NumberToCheck = { readonly number: string; readonly carrierNumberId: string | null };

export interface Dialer {
  /** Whether the account exists and accepts these credentials. `fine` if the carrier cannot be asked. */
  checkAccount(): Promise<CheckOutcome>;
  /** Whether the account may call from this number. `fine` if the carrier cannot be asked. */
  checkNumber(number: NumberToCheck): Promise<CheckOutcome>;

  readonly asking: Asking;
  /**
   * Resolves as soon as the carrier has accepted or refused the call. It must not wait for the callee's answer: a batch
   * has few requests in flight, and ringing takes long. If a carrier reports the answer only to a waiting request, ask
   * instead (`asking`).
   *
   * `isRepeat`: the same order was sent before, perhaps by another object's dialer, and its outcome is unknown. Used
   * only if the carrier's `repeatableForMs` says that a repeat places no second call.
   */
  place(order: PlaceOrder, isRepeat?: boolean): Promise<PlaceOutcome>;
  fetch(carrierCallId: string, context: CallContext): Promise<CallReport>;
  /**
   * For an attempt whose answer was lost: its call. If the carrier cannot identify it: the calls to this number since
   * then that may be it, oldest first. Never a call known to be another's.
   */
  find(query: FindQuery, context: CallContext): Promise<FindOutcome>;
  /** Ends a call; `answered` false cancels it while it rings. */
  end(carrierCallId: string, answered: boolean): Promise<EndOutcome>;
  /** Verifies and translates a carrier's request. `callbackBaseUrl`: scheme and host that we gave the carrier. */
  receive(request: CarrierRequest, callbackBaseUrl: string, context: CallContext): Promise<CarrierEventOutcome>;
}
