import { pathPart } from "../../context.ts";
import { content, operation } from "../../operation.ts";
import { optOutBody } from "../../schemas/do-not-call.ts";
import { findCall, ONE_CALL } from "../calls/call.ts";
import { ADDED, add, LIST } from "./entry.ts";

export const reportOptOut = operation({
  ...LIST,
  method: "POST",
  path: `${ONE_CALL.path}/opt-out`,
  id: "reportOptOut",
  summary: "Report that a callee does not want to be called again",
  description: "Lists the number that was called. For agents, and for receivers of call events.",
  repeats: { isHarmless: true },
  body: content("OptOut", optOutBody, { reason: "asked for it on the phone" }),
  needsNoBody: true,
  answer: ADDED,
  handle: async (c, { body: { reason } }) => {
    const call = await findCall(c);
    return call.ok ? add(c, [{ number: call.value.to_number, reason }], pathPart(c, "call_id")) : call;
  },
});
