/** `/agents/concurrency`. */

import { concurrencyAnswer } from "../../schemas/telephony-answers.ts";
import { content, type Operation, ok } from "../operation.ts";
import * as samples from "../samples.ts";

export const CONCURRENCY_OPERATIONS: readonly Operation[] = [
  {
    method: "GET",
    path: "/agents/concurrency",
    audience: "client",
    id: "getConcurrency",
    tag: "Batches",
    summary: "See which batches hold the organization's slots, and which wait for some",
    answer: ok("The concurrency as it is now.", content("Concurrency", concurrencyAnswer, samples.concurrency)),
  },
];
