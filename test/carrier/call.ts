/** A call as the carrier knows it: what was asked for, and what has become of it. Only its life changes it. */

export const CALL_STATUSES = [
  "queued",
  "ringing",
  "in-progress",
  "completed",
  "busy",
  "failed",
  "no-answer",
  "canceled",
] as const;
export type CallStatus = (typeof CALL_STATUSES)[number];
export type FinalStatus = Exclude<CallStatus, "queued" | "ringing" | "in-progress">;

export const CALL_EVENTS = ["initiated", "ringing", "answered", "completed"] as const;
export type CallEvent = (typeof CALL_EVENTS)[number];

export type AnsweredBy = "human" | "machine_start" | "unknown";

/** A request to place a call that passed validation. */
export type CallOrder = {
  readonly to: string;
  readonly from: string;
  /** Null where the instructions are at a URL or with an application; this stand-in never fetches those. */
  readonly twiml: string | null;
  readonly connectAction: string | null;
  readonly statusCallback: string | null;
  readonly events: ReadonlySet<CallEvent>;
  readonly timeoutSeconds: number;
  readonly timeLimitSeconds: number;
  /** Where it is told who answered; null where nobody asked. */
  readonly amdCallback: string | null;
  /** The stream parameters by which the service under test names its own things; for records and refusals only. */
  readonly batchId: string | null;
  readonly recipientId: string | null;
  readonly agentCallId: string | null;
};

export type Call = CallOrder & {
  readonly sid: string;
  readonly accountSid: string;
  /** Counts the calls from 1 in the order they were placed. */
  readonly serial: number;
  /** Host and port of the status callback: whose call it is where several services share one carrier. */
  readonly host: string | null;
  readonly createdAt: number;
  updatedAt: number;
  status: CallStatus;
  /** When it left the carrier's queue. */
  startedAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  durationSeconds: number | null;
  /** What the detection came to; null before, and where nobody asked. */
  answeredBy: AnsweredBy | null;
  readonly moments: Moments;
};

/**
 * When it was, by this process's own clock, in milliseconds with fractions: for measurements. Null where it has not come
 * to that. `acknowledged`: the service has answered the callback of the end.
 */
export type Moments = { readonly arrived: number; ended: number | null; acknowledged: number | null };

export const inFlight = (call: Call): boolean =>
  call.status === "queued" || call.status === "ringing" || call.status === "in-progress";

export function hostOf(url: string | null): string | null {
  return url === null ? null : (URL.parse(url)?.host ?? null);
}
