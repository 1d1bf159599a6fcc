/** jambonz's terms for a call, translated (jambonz, "Call status webhook"; "Retrieve a call"). Pure. */

import type { EndReason } from "../../calling/words/call.ts";
import type { CallContext, CallProgress } from "../dialer.ts";
import { field, textField } from "../json.ts";
import { endReasonOfSip, sipStatusOf } from "../sip/outcome.ts";

/**
 * The longest call that is requested. jambonz forgets a call one hour after its last final SIP answer, which includes
 * the "200 OK" to the INVITE. The state of a longer call could not be asked for.
 */
export const MAX_TIME_LIMIT_SECONDS = 59 * 60;
export const timeLimitOf = (maxDurationSeconds: number): number => Math.min(maxDurationSeconds, MAX_TIME_LIMIT_SECONDS);

/** Whole numbers from its store are text. */
function durationOf(call: unknown): number | null {
  const seconds = Number(field(call, "duration") ?? Number.NaN);
  return Number.isInteger(seconds) && seconds >= 0 ? seconds : null;
}

/** `call_termination_by` names the callee `caller`: the far end of the call's one leg. */
function reasonOfCompleted(call: unknown, duration: number | null, context: CallContext): EndReason {
  if (context.endedBecause !== null) return context.endedBecause;
  if (duration !== null && duration >= timeLimitOf(context.maxDurationSeconds) - 1) return "max_duration";
  const by = textField(call, "call_termination_by");
  const isByAgent = by === null ? context.agentClosed : by !== "caller";
  return isByAgent ? "agent_hangup" : "client_hangup";
}

/** For a call that was not answered. The SIP status tells more than the term, which is `failed` for 408 and 480 too. */
const REASON_OF_WORD: Readonly<Record<string, EndReason>> = {
  busy: "dial_busy",
  "no-answer": "dial_no_answer",
  failed: "dial_failed",
};

/** Null for a term that jambonz's documentation does not have. */
export function progressOf(call: unknown, context: CallContext): CallProgress | null {
  const status = textField(call, "call_status");
  switch (status) {
    case "queued":
    case "trying":
    case "ringing":
    case "alerting":
    case "early-media":
      return { kind: "ringing" };
    case "in-progress":
      return { kind: "answered" };
    case "completed": {
      const durationSeconds = durationOf(call);
      const endReason = reasonOfCompleted(call, durationSeconds, context);
      return { kind: "ended", completed: true, endReason, durationSeconds };
    }
    case "busy":
    case "no-answer":
    case "failed": {
      const sipCode = sipStatusOf(field(call, "sip_status"));
      const said = sipCode === null || sipCode < 300 ? REASON_OF_WORD[status] : endReasonOfSip(sipCode);
      const endReason = context.endedBecause ?? said ?? "dial_failed";
      return { kind: "ended", completed: false, endReason, durationSeconds: null, sipCode };
    }
    default:
      return null;
  }
}
