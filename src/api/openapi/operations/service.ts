/** What is neither a client's nor an operator's: watching by ticket, assistants, carriers, and the service itself. */

import { z } from "zod";
import { HEALTH } from "../../health.ts";
import { healthAnswer } from "../../schemas/common-answers.ts";
import { content, type Operation, ok } from "../operation.ts";

const rpcMessage = z.looseObject({ jsonrpc: z.literal("2.0"), id: z.union([z.string(), z.int()]).optional() });
const rpcRequest = content("McpRequest", rpcMessage.extend({ method: z.string() }), {
  jsonrpc: "2.0",
  id: 1,
  method: "tools/list",
});
const rpcAnswer = content("McpAnswer", rpcMessage, { jsonrpc: "2.0", id: 1, result: { tools: [] } });

const twilioForm = {
  ...content("CallbackForm", z.looseObject({ CallSid: z.string(), CallStatus: z.string().optional() }), {
    CallSid: "CA00000000000000000000000000000000",
    CallStatus: "completed",
  }),
  mediaType: "application/x-www-form-urlencoded",
};
const callback = {
  method: "POST",
  audience: "anybody",
  tag: "Service",
  body: twilioForm,
  refusals: { 403: { description: "It is not a genuine callback about a call of this service.", code: "forbidden" } },
} as const;

const documentAnswer = z.looseObject({ openapi: z.literal("3.1.0") });

export const SERVICE_OPERATIONS: readonly Operation[] = [
  {
    method: "GET",
    path: "/agents/calls/batches/:batch_id/live",
    audience: "anybody",
    id: "watchBatch",
    tag: "Batches",
    summary: "Watch a batch over a WebSocket",
    description:
      "With the ticket that `createLiveTicket` answers with. It tells a `snapshot`, then `changes`, at most four a second; `ping` is answered with `pong`.",
    query: z.object({ ticket: z.string().describe("Good once, within a minute.") }),
    answer: { status: 101, description: "A WebSocket of JSON messages.", content: null },
    refusals: {
      401: { description: "The ticket is unknown, used or older than a minute.", code: "unauthorized" },
      426: { description: "It is not a WebSocket.", code: "upgrade_required" },
      429: { description: "Too many watch this batch already.", code: "too_many_watchers" },
    },
  },
  {
    method: "POST",
    path: "/mcp",
    audience: "protocol_client",
    id: "serveMcp",
    tag: "Assistants",
    summary: "Speak the Model Context Protocol",
    description: "Streamable HTTP without sessions. Tools list agents, numbers and batches, and run a campaign.",
    body: rpcRequest,
    answer: ok("The answer to the message.", rpcAnswer),
  },
  {
    ...callback,
    path: "/callbacks/:carrier/:call_id/:token",
    id: "receiveStatus",
    summary: "Hear of a call from its carrier",
    answer: { status: 204, description: "It was heard.", content: null },
  },
  {
    ...callback,
    path: "/callbacks/:carrier/:call_id/:token/:event",
    id: "receiveEvent",
    summary: "Hear of an event of a call from its carrier",
    answer: {
      status: 200,
      description: "What the carrier does next.",
      content: { ...content("CallbackReply", z.string(), "<Response/>"), mediaType: "text/xml" },
    },
  },
  {
    method: "POST",
    audience: "anybody",
    tag: "Service",
    body: {
      ...content("SharedCallback", z.looseObject({}), { type: "call_completed", call: { id: "ac_example" } }),
      mediaType: "application/json",
    },
    refusals: callback.refusals,
    path: "/callbacks/:carrier",
    id: "receiveShared",
    summary: "Hear of any call from a carrier that has one address for all",
    answer: { status: 204, description: "It was heard, or is about no call of this service.", content: null },
  },
  {
    method: "GET",
    path: "/healthz",
    audience: "anybody",
    id: "getHealth",
    tag: "Service",
    summary: "Ask whether it answers",
    answer: ok("It does.", content("Health", healthAnswer, HEALTH)),
  },
  {
    method: "GET",
    path: "/openapi.json",
    audience: "anybody",
    id: "getOpenApi",
    tag: "Service",
    summary: "Read this document",
    answer: ok("This document.", content("OpenApi", documentAnswer, { openapi: "3.1.0" })),
  },
];
