/** jambonz's requests about a call: status hooks, who answered, and what to do after the agent closed the audio. */

import { withAnsweredBy } from "../answered-by.ts";
import type { CallContext, CarrierEventOutcome, CarrierRequest } from "../dialer.ts";
import { field, parse, textField } from "../json.ts";
import type { JambonzGateway } from "./account.ts";
import { answeredByOf, WHO_ANSWERED } from "./answered-by.ts";
import { isCallSid } from "./outcome.ts";
import { AGENT_CLOSED } from "./request.ts";
import { isSignedByJambonz } from "./signature.ts";
import { progressOf } from "./words.ts";

const REPLY = { contentType: "text/plain", body: "" } as const;

export async function receiveFromJambonz(
  gateway: JambonzGateway,
  request: CarrierRequest,
  context: CallContext,
  now: number,
): Promise<CarrierEventOutcome> {
  if (gateway.webhook_secret !== null) {
    const header = request.headers["jambonz-signature"] ?? "";
    if (!(await isSignedByJambonz(gateway.webhook_secret, header, request.body, now))) return { kind: "forged" };
  }
  const call = parse(request.body);
  const accountSid = textField(call, "account_sid");
  if (accountSid !== null && accountSid !== gateway.account_sid) return { kind: "forged" };
  const carrierCallId = field(call, "call_sid");
  // A second leg that an agent dialed reports to the same address.
  if (!isCallSid(carrierCallId) || textField(call, "parent_call_sid") !== null)
    return { kind: "ignored", reply: REPLY };
  const path = request.pathAndQuery.split("?")[0] ?? "";
  if (path.endsWith(AGENT_CLOSED)) {
    // The call is still up, so the agent's side closed the audio. Otherwise the callee hung up, and jambonz only
    // reports it.
    return textField(call, "call_status") === "in-progress"
      ? { kind: "event", event: { kind: "agent_closed", carrierCallId }, reply: REPLY }
      : { kind: "ignored", reply: REPLY };
  }
  // Other events, like the end of listening, may come late, with a status that is reported anyway.
  const answeredBy = path.endsWith(WHO_ANSWERED) ? answeredByOf(call) : null;
  if (path.endsWith(WHO_ANSWERED) && answeredBy === null) return { kind: "ignored", reply: REPLY };
  const progress = withAnsweredBy(progressOf(call, context), answeredBy);
  return progress === null
    ? { kind: "ignored", reply: REPLY }
    : { kind: "event", event: { kind: "progress", carrierCallId, progress }, reply: REPLY };
}
