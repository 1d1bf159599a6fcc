/** Twilio's requests about a call: status callbacks, and what to do after the agent closed the audio. */

import { withAnsweredBy } from "../answered-by.ts";
import type { CallContext, CallProgress, CarrierEventOutcome, CarrierRequest } from "../dialer.ts";
import type { TwilioAccount } from "./account.ts";
import { CALL_SID } from "./outcome.ts";
import type { Form, Signatures } from "./signature.ts";
import { AGENT_CLOSED } from "./twiml.ts";
import { answeredByOf, progressOf } from "./words.ts";

const NOTHING = { contentType: "text/plain", body: "" } as const;
const ERROR_CODE = /^\d{4,6}$/;
const SIP_STATUS = /^[1-6]\d\d$/;
/** No further verb: the call ends. */
const END_OF_CALL = { contentType: "text/xml", body: "<Response/>" } as const;

/** `signatures`: null if the account has no auth token to verify with. */
export async function receiveFromTwilio(
  account: TwilioAccount,
  signatures: Signatures | null,
  request: CarrierRequest,
  callbackBaseUrl: string,
  context: CallContext,
): Promise<CarrierEventOutcome> {
  const isForm = (request.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
  const form: Form = isForm ? [...new URLSearchParams(request.body)] : [];
  const url = callbackBaseUrl + request.pathAndQuery;
  if (signatures !== null) {
    const signature = request.headers["x-twilio-signature"] ?? null;
    if (!(await signatures.isOf(signature, { url, content: isForm ? form : request.body }))) return { kind: "forged" };
  }
  const accountSid = valueIn(form, "AccountSid");
  if (accountSid !== null && accountSid !== account.account_sid) return { kind: "forged" };

  const isAgentClosed = pathOf(request.pathAndQuery).endsWith(AGENT_CLOSED);
  const reply = isAgentClosed ? END_OF_CALL : NOTHING;
  const carrierCallId = valueIn(form, "CallSid") ?? "";
  const answeredBy = valueIn(form, "AnsweredBy");
  // The report of who answered is a request of its own, without a status ("Answering Machine Detection",
  // AsyncAmdStatusCallback).
  const status = valueIn(form, "CallStatus") ?? (answeredBy === null ? "" : "in-progress");
  if (!CALL_SID.test(carrierCallId)) return { kind: "ignored", reply };
  if (isAgentClosed) {
    // The call is still up, so the agent's side closed the audio. Otherwise the callee hung up, and Twilio only reports
    // it.
    return status === "in-progress"
      ? { kind: "event", event: { kind: "agent_closed", carrierCallId }, reply }
      : { kind: "ignored", reply };
  }
  const said = progressOf(status, durationOf(valueIn(form, "CallDuration")), context);
  const progress = withAnsweredBy(said, answeredByOf(answeredBy));
  return progress === null
    ? { kind: "ignored", reply }
    : { kind: "event", event: { kind: "progress", carrierCallId, progress: withEvidence(progress, form) }, reply };
}

/** The first value with this name. */
const valueIn = (form: Form, name: string): string | null => form.find((one) => one[0] === name)?.[1] ?? null;

const pathOf = (pathAndQuery: string): string => pathAndQuery.split("?", 1)[0] ?? "";

/** Adds details of an end; the fields exist only if Twilio knows them. */
function withEvidence(progress: CallProgress, form: Form): CallProgress {
  if (progress.kind !== "ended") return progress;
  const code = valueIn(form, "ErrorCode") ?? "";
  const sip = valueIn(form, "SipResponseCode") ?? "";
  return {
    ...progress,
    ...(ERROR_CODE.test(code) ? { carrierCode: code } : {}),
    ...(SIP_STATUS.test(sip) ? { sipCode: Number(sip) } : {}),
  };
}

export function durationOf(text: unknown): number | null {
  return typeof text === "string" && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
