/** Twilio's terms for a call, translated (Twilio, "Call resource": status; "Call status callbacks": CallStatus). */

import type { EndReason } from "../../calling/words/call.ts";
import type { AnsweredBy } from "../../calling/words/voicemail.ts";
import type { CallContext, CallProgress } from "../dialer.ts";

/**
 * The longest call that Twilio places without an agreement. A longer one is requested with this length, so that it is
 * not refused; Twilio ends it there.
 */
export const MAX_TIME_LIMIT_SECONDS = 14_400;

export const timeLimitOf = (maxDurationSeconds: number): number => Math.min(maxDurationSeconds, MAX_TIME_LIMIT_SECONDS);

const ended = (completed: boolean, endReason: EndReason, durationSeconds: number | null): CallProgress => ({
  kind: "ended",
  completed,
  endReason,
  durationSeconds,
});

/**
 * Why a connected call ended. Twilio does not tell it. If neither we nor the time limit nor the agent's side ended it,
 * the callee did.
 */
function reasonOfCompleted(durationSeconds: number | null, context: CallContext): EndReason {
  if (context.endedBecause !== null) return context.endedBecause;
  if (durationSeconds !== null && durationSeconds >= timeLimitOf(context.maxDurationSeconds) - 1) return "max_duration";
  return context.agentClosed ? "agent_hangup" : "client_hangup";
}

/** Null for a term that Twilio's documentation does not have. */
export function progressOf(status: string, durationSeconds: number | null, context: CallContext): CallProgress | null {
  switch (status) {
    case "queued":
      return { kind: "waiting" };
    case "initiated":
    case "ringing":
      return { kind: "ringing" };
    case "in-progress":
      return { kind: "answered" };
    case "completed":
      return ended(true, reasonOfCompleted(durationSeconds, context), durationSeconds);
    case "busy":
      return ended(false, "dial_busy", null);
    case "no-answer":
      return ended(false, "dial_no_answer", null);
    case "failed":
      return ended(false, "dial_failed", null);
    case "canceled":
      return ended(false, context.endedBecause ?? "dial_failed", null);
    default:
      return null;
  }
}

/** Twilio, "Answering Machine Detection": AnsweredBy. A fax is not a person either. */
const ANSWERED_BY: ReadonlyMap<unknown, AnsweredBy> = new Map([
  ["human", "human"],
  ["machine_start", "machine"],
  ["machine_end_beep", "machine"],
  ["machine_end_silence", "machine"],
  ["machine_end_other", "machine"],
  ["fax", "machine"],
  ["unknown", "unknown"],
]);

/** Null for a term that Twilio's documentation does not have. */
export const answeredByOf = (word: unknown): AnsweredBy | null => ANSWERED_BY.get(word) ?? null;
