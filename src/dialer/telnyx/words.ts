/**
 * Telnyx's terms for a call, translated (Telnyx, "Call Hangup": hangup_cause, hangup_source, sip_hangup_cause). Pure.
 */

import type { EndReason } from "../../calling/words/call.ts";
import type { CallContext, CallProgress } from "../dialer.ts";
import { textField } from "../json.ts";
import { endReasonOfSip } from "../sip/outcome.ts";
import { type OwnEnd, ownEndOf } from "./client-state.ts";

/** The longest call that Telnyx carries, and the shortest limit that it accepts. Other lengths are cut to these. */
export const TIME_LIMIT_SECONDS = { least: 30, most: 14_400 } as const;
export const timeLimitOf = (maxDurationSeconds: number): number =>
  Math.min(TIME_LIMIT_SECONDS.most, Math.max(TIME_LIMIT_SECONDS.least, maxDurationSeconds));

/**
 * Telnyx uses the control id in commands, and the leg id in lists of events, which outlive the call. Our id of a call
 * contains both.
 */
export type TelnyxCall = { readonly controlId: string; readonly legId: string };
const CONTROL_ID = /^[\x21-\x7e]{1,256}$/;
const LEG_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** From any object with both ids; null without them. */
export function carrierCallIdOf(call: unknown): string | null {
  const [controlId, legId] = [textField(call, "call_control_id") ?? "", textField(call, "call_leg_id") ?? ""];
  return CONTROL_ID.test(controlId) && LEG_ID.test(legId) ? `${controlId}/${legId}` : null;
}

export function callOfCarrierId(carrierCallId: string): TelnyxCall {
  const at = carrierCallId.lastIndexOf("/");
  return { controlId: carrierCallId.slice(0, Math.max(0, at)), legId: carrierCallId.slice(at + 1) };
}

/** How a call ended. Parts that Telnyx leaves out, or names in unknown terms, are null. */
export type Hangup = {
  readonly cause: string | null;
  readonly source: string | null;
  readonly sipCode: number | null;
  readonly ownEnd: OwnEnd | null;
};

export const UNTOLD: Hangup = { cause: null, source: null, sipCode: null, ownEnd: null };

export function hangupOf(payload: unknown): Hangup {
  const sip = textField(payload, "sip_hangup_cause") ?? "";
  return {
    cause: textField(payload, "hangup_cause"),
    source: textField(payload, "hangup_source"),
    sipCode: /^[1-6]\d\d$/.test(sip) ? Number(sip) : null,
    ownEnd: ownEndOf(payload),
  };
}

const FIRST_FAILURE = 400;
/** Only answered calls end this way, unless the SIP status says that the callee refused. */
const CONNECTED: ReadonlySet<string | null> = new Set(["normal_clearing", "time_limit"]);

/**
 * If the answer was not reported, because events come in any order. A call that we cancelled while it rang was not
 * connected.
 */
const wasConnected = ({ cause, sipCode }: Hangup, context: CallContext): boolean =>
  context.answered ||
  (CONNECTED.has(cause) && (sipCode ?? 0) < FIRST_FAILURE && (context.endedBecause === null || cause === "time_limit"));

function reasonOfCompleted({ cause, source, ownEnd }: Hangup, context: CallContext): EndReason {
  if (context.endedBecause !== null) return context.endedBecause;
  if (cause === "time_limit") return "max_duration";
  if (ownEnd === "agent_closed" || context.agentClosed) return source === "callee" ? "client_hangup" : "agent_hangup";
  if (cause !== "normal_clearing") return "client_disconnected";
  // The call's own side: the agent, by its own command.
  return source === "caller" ? "agent_hangup" : "client_hangup";
}

const REASON_OF_CAUSE: ReadonlyMap<string | null, EndReason> = new Map([
  ["user_busy", "dial_busy"],
  ["timeout", "dial_no_answer"],
  ["no_answer", "dial_no_answer"],
  ["originator_cancel", "dial_no_answer"],
  ["not_found", "dial_failed"],
]);

const reasonOfFailed = ({ cause, sipCode }: Hangup, context: CallContext): EndReason =>
  context.endedBecause ?? REASON_OF_CAUSE.get(cause) ?? endReasonOfSip(sipCode);

/** `durationSeconds`: from the answer, if known. */
export function endedOf(hangup: Hangup, durationSeconds: number | null, context: CallContext): CallProgress {
  const evidence = { carrierCode: hangup.cause, sipCode: hangup.sipCode };
  if (hangup.ownEnd === "stream_failed") {
    return { kind: "ended", completed: false, endReason: "error", durationSeconds, ...evidence };
  }
  return wasConnected(hangup, context)
    ? { kind: "ended", completed: true, endReason: reasonOfCompleted(hangup, context), durationSeconds }
    : {
        kind: "ended",
        completed: false,
        endReason: reasonOfFailed(hangup, context),
        durationSeconds: null,
        ...evidence,
      };
}
