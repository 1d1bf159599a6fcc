/** The protocol's terms for a call, mostly this project's own, read strictly (`docs/carriers/http.md`). Pure. */

import { END_REASONS, type EndReason } from "../../calling/words/call.ts";
import { ANSWERED_BY, type AnsweredBy } from "../../calling/words/voicemail.ts";
import { withAnsweredBy } from "../answered-by.ts";
import type { CallContext, CallProgress } from "../dialer.ts";
import { field, textField } from "../json.ts";

const MAX_DURATION_SECONDS = 7 * 24 * 60 * 60;
const CODE = /^[\x21-\x7e]{1,64}$/;
const SIP = { least: 100, most: 699 } as const;

export const idOf = (call: unknown): string | null => textField(call, "id");

const integerOf = (value: unknown, least: number, most: number): number | null =>
  typeof value === "number" && Number.isInteger(value) && value >= least && value <= most ? value : null;

/** For an unknown reason it counts whether the call was connected: the dialer may be newer than this version. */
function endReasonOf(call: unknown, completed: boolean, context: CallContext): EndReason {
  if (context.endedBecause !== null) return context.endedBecause;
  const said = textField(call, "end_reason");
  const known = END_REASONS.find((reason) => reason === said);
  return known ?? (completed ? "client_hangup" : "dial_failed");
}

function endedOf(call: unknown, completed: boolean, context: CallContext): CallProgress {
  const code = textField(call, "code");
  return {
    kind: "ended",
    completed,
    endReason: endReasonOf(call, completed, context),
    durationSeconds: completed ? integerOf(field(call, "duration_seconds"), 0, MAX_DURATION_SECONDS) : null,
    carrierCode: code !== null && CODE.test(code) ? code : null,
    sipCode: integerOf(field(call, "sip_code"), SIP.least, SIP.most),
  };
}

/** Null if it is absent, or a term that this version does not know. */
function answeredByOf(call: unknown): AnsweredBy | null {
  const said = textField(call, "answered_by");
  return ANSWERED_BY.find((word) => word === said) ?? null;
}

/** Null for anything that is not a call of the protocol. */
export const progressOf = (call: unknown, context: CallContext): CallProgress | null =>
  withAnsweredBy(statusOf(call, context), answeredByOf(call));

function statusOf(call: unknown, context: CallContext): CallProgress | null {
  const status = textField(call, "status");
  switch (status) {
    case "waiting":
    case "ringing":
    case "answered":
      return { kind: status };
    case "completed":
    case "failed":
      return endedOf(call, status === "completed", context);
    default:
      return null;
  }
}
