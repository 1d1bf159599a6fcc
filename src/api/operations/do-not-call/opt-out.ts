import { wrongState } from "../../../calling/requests/failure.ts";
import { err } from "../../../calling/requests/result.ts";
import { pathPart } from "../../context.ts";
import { content, operation, refusal } from "../../operation.ts";
import { optOutBody } from "../../requests/do-not-call.ts";
import { findCall, ONE_CALL } from "../calls/call.ts";
import { ADDED, add, LIST } from "./entry.ts";

const ERASED = wrongState("call_redacted", "the number of this call is erased; list the number itself, if you know it");

export const reportOptOut = operation({
  ...LIST,
  method: "POST",
  path: `${ONE_CALL.path}/opt-out`,
  id: "reportOptOut",
  summary: "Report that a callee does not want to be called again",
  description: "Lists the number of the call. For agents, and for receivers of call events.",
  repeats: { isHarmless: true },
  body: content("OptOut", optOutBody, { reason: "asked for it on the phone" }),
  needsNoBody: true,
  answer: ADDED,
  refusals: { 400: refusal("call_redacted", "The number of the call is erased.") },
  handle: async (c, { body: { reason } }) => {
    const call = await findCall(c);
    if (call.ok && call.value.to_number === "") return err(ERASED);
    return call.ok ? add(c, [{ number: call.value.to_number, reason }], pathPart(c, "call_id")) : call;
  },
});
