/**
 * LiveKit's terms for the callee of a call, translated (LiveKit, "SIP participant", "Webhooks", `DisconnectReason`).
 * Pure. Requests and answers write names `like_this`, webhooks `likeThis`.
 */

import type { EndReason } from "../../calling/words/call.ts";
import type { CallContext, CallProgress } from "../dialer.ts";
import { field, textField } from "../json.ts";
import { LIMIT_ATTRIBUTE } from "./request.ts";

const CALL_STATUS = "sip.callStatus";
/** Webhooks leave out default values. */
const UNKNOWN = "UNKNOWN_REASON";

type End = { readonly completed: boolean; readonly endReason: EndReason };
const failed = (endReason: EndReason): End => ({ completed: false, endReason });
const completed = (endReason: EndReason): End => ({ completed: true, endReason });

/** Why the callee left, before and after answering. LiveKit's webhook does not report the SIP status. */
const ENDS: Readonly<Record<string, { readonly ringing: End; readonly answered: End }>> = {
  // SIP 486 and 6xx; also 401, 403, 407, 488 and a trunk's limit, which it does not distinguish.
  USER_REJECTED: { ringing: failed("dial_busy"), answered: failed("error") },
  // The ringing timeout; SIP 404, 408, 480.
  USER_UNAVAILABLE: { ringing: failed("dial_no_answer"), answered: failed("error") },
  // SIP 5xx, a host that cannot be reached.
  SIP_TRUNK_FAILURE: { ringing: failed("dial_failed"), answered: failed("error") },
  [UNKNOWN]: { ringing: failed("dial_failed"), answered: completed("client_disconnected") },
  // The callee hung up, or the time limit was reached.
  CLIENT_INITIATED: { ringing: failed("dial_no_answer"), answered: completed("client_hangup") },
  // By a participant with the right to administer the room: us, which the context tells, or the agent.
  PARTICIPANT_REMOVED: { ringing: failed("dial_failed"), answered: completed("agent_hangup") },
  ROOM_DELETED: { ringing: failed("dial_failed"), answered: completed("agent_hangup") },
  ROOM_CLOSED: { ringing: failed("dial_failed"), answered: completed("agent_hangup") },
  SIGNAL_CLOSE: { ringing: failed("error"), answered: completed("client_disconnected") },
  CONNECTION_TIMEOUT: { ringing: failed("error"), answered: completed("client_disconnected") },
};
/** `MEDIA_FAILURE`, `AGENT_ERROR`, `SERVER_SHUTDOWN`, `JOIN_FAILURE`, `DUPLICATE_IDENTITY`, `STATE_MISMATCH`, `MIGRATION`. */
const OTHERWISE = { ringing: failed("error"), answered: failed("error") };

const callStatusOf = (participant: unknown): string | null => textField(field(participant, "attributes"), CALL_STATUS);

/** The present `sip.callStatus`. Null if it tells nothing: the callee is about to leave, and the webhook tells how. */
export function progressOf(participant: unknown): CallProgress | null {
  switch (callStatusOf(participant)) {
    case "dialing":
    case "ringing":
      return { kind: "ringing" };
    // `automation`: digits are sent to a callee who has answered.
    case "automation":
    case "active":
      return { kind: "answered" };
    default:
      return null;
  }
}

/** What the callee's leaving means. `leftAt`: in seconds, as in the webhook. */
export function endOf(participant: unknown, leftAt: number, context: CallContext): CallProgress {
  const status = callStatusOf(participant);
  const wasAnswered = status !== null && status !== "dialing" && status !== "ringing";
  const reason = textField(participant, "disconnectReason") ?? UNKNOWN;
  const ends = Object.hasOwn(ENDS, reason) ? (ENDS[reason] ?? OTHERWISE) : OTHERWISE;
  const end = wasAnswered ? ends.answered : ends.ringing;
  const ended = { kind: "ended", durationSeconds: null, carrierCode: reason } as const;
  if (context.endedBecause !== null) {
    return { ...ended, completed: wasAnswered && end.completed, endReason: context.endedBecause };
  }
  if (end.endReason !== "client_hangup") return { ...ended, ...end };
  const limit = Number(textField(field(participant, "attributes"), LIMIT_ATTRIBUTE) ?? Number.NaN);
  const isOverdue = leftAt - Number(field(participant, "joinedAt")) >= limit - 1;
  if (isOverdue) return { ...ended, completed: true, endReason: "max_duration" };
  return { ...ended, completed: true, endReason: context.agentClosed ? "agent_hangup" : "client_hangup" };
}
