import { given } from "../../body/body.ts";
import { pathPart } from "../../context.ts";
import * as samples from "../../openapi/samples/calls.ts";
import { content, ok, operation, refusal } from "../../operation.ts";
import { changeCallBody } from "../../requests/call.ts";
import { CALL, ONE_CALL, ofCall } from "./call.ts";

export const changeCall = operation({
  ...ONE_CALL,
  method: "PATCH",
  // As many as calls, by agents; and what is said of a call is about a person.
  audit: null,
  id: "changeCall",
  summary: "Say how a call came out",
  description:
    "Sets outcome, notes, tags, and links to recording and transcript, for calls of batches and direct calls, in flight or over. For agents, and for receivers of call events. Each field has the value of the last request that set it. A repeat changes nothing.",
  body: content("ChangeCall", changeCallBody, samples.remarks),
  answer: ok("The call after the change.", CALL),
  refusals: { 400: refusal("call_redacted", "The personal data of the call is erased.") },
  handle: async (c, { body }) =>
    ofCall(c, pathPart(c, "call_id"), (object, ...which) => object.remark(...which, given(body))),
});
