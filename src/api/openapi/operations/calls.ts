/** `/agents/calls`. */

import { createCallsBody } from "../../schemas/batch.ts";
import { callAnswer, callCancelledAnswer, directCallsAnswer } from "../../schemas/batch-answers.ts";
import { pageOf } from "../../schemas/common-answers.ts";
import { listCallsQuery } from "../../schemas/queries.ts";
import { content, type Operation, ok } from "../operation.ts";
import * as samples from "../samples.ts";

export const CALL_OPERATIONS: readonly Operation[] = [
  {
    method: "POST",
    path: "/agents/calls",
    audience: "client",
    id: "createCalls",
    tag: "Calls",
    summary: "Call people now",
    description:
      "Within the same concurrency limit as batches, now or never: whoever cannot be called at this moment is refused, one by one, and does not wait. The answer comes when the carrier has taken or refused each call, after 15 s at most.",
    takesIdempotencyKey: true,
    body: content("CreateCalls", createCallsBody, {
      agent_id: samples.agent.id,
      from_number_id: samples.phoneNumber.id,
      outbound_calls: [{ to_number: "+14155550123", metadata: { first_name: "Ada" } }, { to_number: "+15005550001" }],
    }),
    answer: ok(
      "What became of each, also where none was called.",
      content("DirectCalls", directCallsAnswer, samples.directCalls),
    ),
    refusals: {
      402: { description: "The organization has used up its agents usage limit.", code: "usage_limit_reached" },
      404: { description: "There is no such agent or number.", code: "not_found" },
      409: {
        description: "The `Idempotency-Key` was used with another request.",
        code: "idempotency_key_reused",
      },
    },
  },
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
    takesIdempotencyKey: true,
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
