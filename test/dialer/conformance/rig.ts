/** What a carrier brings to the conformance suite: its stand-in, and how each outcome is brought about. */

import type { AgentConnection } from "../../../src/calling/words/agent-connection.ts";
import type { EndReason } from "../../../src/calling/words/call.ts";
import type { CarrierAccount } from "../../../src/dialer/carriers.ts";
import type { CarrierRequest } from "../../../src/dialer/dialer.ts";

/** How a call goes that was placed. */
export const LIVES = ["answered", "agent_hangs_up", "cut_off", "busy", "no_answer", "fails"] as const;
export type Life = (typeof LIVES)[number];

export type Ended = { readonly completed: boolean; readonly endReason: EndReason };

/** What each becomes here. A carrier that cannot tell one from another says so in its rig's `ends`. */
export const ENDS: Readonly<Record<Life, Ended>> = {
  answered: { completed: true, endReason: "client_hangup" },
  agent_hangs_up: { completed: true, endReason: "agent_hangup" },
  cut_off: { completed: true, endReason: "max_duration" },
  busy: { completed: false, endReason: "dial_busy" },
  no_answer: { completed: false, endReason: "dial_no_answer" },
  fails: { completed: false, endReason: "dial_failed" },
};

/** How the next requests to place a call are treated. */
export type PlaceFault =
  /** As usual. */
  | "none"
  /** Refused for now, by the carrier's limit on calls at once or a second. */
  | "later"
  /** The call is placed, and the connection breaks before that is answered. */
  | "answer_lost"
  /** Answered with a 5xx, and nothing was placed. */
  | "error_before";

export type Rig = {
  readonly baseUrl: string;
  readonly account: CarrierAccount;
  /** The same with credentials that the carrier refuses. */
  readonly wrongAccount: CarrierAccount;
  /** Nothing of these may be in a message. */
  readonly secrets: readonly string[];
  readonly agent: AgentConnection;
  readonly from: { readonly number: string; readonly carrierNumberId: string | null };
  /** A number that the account does not have; null where the carrier cannot be asked. */
  readonly foreign: { readonly number: string; readonly carrierNumberId: string | null } | null;
  /** A number to dial for each life; null where the carrier knows no such thing. */
  readonly to: Readonly<Record<Life, string | null>>;
  /** A number that the carrier refuses to dial, in the answer to the request. */
  readonly refused: string;
  /** Answered, and talks until somebody ends the call. */
  readonly talks: string;
  /** Answered by a machine, and talks until somebody ends the call; absent where the carrier detects none. */
  readonly machine?: string;
  /** Who answered it tells by callback, and nobody who asks. */
  readonly forgetsWhoAnswered?: true;
  /** Rings until somebody ends the call. */
  readonly rings: string;
  /** It asks for something before it dials: where that is not answered, nothing was placed. */
  readonly preparesFirst?: true;
  /** What the carrier answers where it lists no call, if that is a bare list. */
  readonly emptyList?: string;
  readonly ends?: Partial<Record<Life, Ended>>;
  /** Where the stand-in has to be told the service's address for callbacks. */
  readonly callbacksTo?: (url: string) => Promise<void>;
  readonly fault: (fault: PlaceFault) => Promise<void>;
  /** How many calls the carrier has placed for this call of ours. */
  readonly placed: (callId: string) => Promise<number>;
  /** Requests that are no genuine ones of this carrier's for this account, made of one that is. */
  readonly forgeries: (genuine: CarrierRequest) => Promise<readonly CarrierRequest[]>;
  readonly stop: () => Promise<void>;
};

export type StartRig = () => Promise<Rig>;
