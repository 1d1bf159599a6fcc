/** `/agents/calls`. */

import { listCallsQuery } from "../../schemas/batch.ts";
import { callAnswer, callCancelledAnswer } from "../../schemas/batch-answers.ts";
import { pageOf } from "../../schemas/common-answers.ts";
import { content, type Operation, ok } from "../operation.ts";
import * as samples from "../samples.ts";

export const CALL_OPERATIONS: readonly Operation[] = [
  {
    method: "GET",
    path: "/agents/calls",
    audience: "client",
    id: "listCalls",
    tag: "Calls",
    summary: "List the calls of a batch or of an agent, newest first",
    query: listCallsQuery,
    answer: ok("A page of calls.", content("CallPage", pageOf(callAnswer), samples.page(samples.call))),
    refusals: { 404: { description: "There is no such batch or agent.", code: "not_found" } },
  },
  {
    method: "GET",
    path: "/agents/calls/:call_id",
    audience: "client",
    id: "getCall",
    tag: "Calls",
    summary: "Read a call",
    answer: ok("The call.", content("Call", callAnswer, samples.call)),
  },
  {
    method: "POST",
    path: "/agents/calls/:call_id/cancel",
    audience: "client",
    id: "cancelCall",
    tag: "Calls",
    summary: "End a call that is going on",
    description: "The carrier is told to hang up; the call then ends with the reason `api_cancelled`.",
    answer: ok("The carrier ends it.", content("CallCancelled", callCancelledAnswer, { cancelled: true })),
    refusals: {
      400: { description: "It was not answered yet, or is over.", code: "call_not_active" },
      503: { description: "The carrier cannot be reached: the call goes on. Try again.", code: "carrier_unavailable" },
    },
  },
];
