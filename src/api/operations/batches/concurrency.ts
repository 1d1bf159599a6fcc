import { ok as read } from "../../../calling/requests/result.ts";
import { concurrencyAnswer, presentConcurrency } from "../../answers/organization/slots.ts";
import { organizationOf } from "../../context.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { ok, operation, view } from "../../operation.ts";
import { BATCHES } from "./batch.ts";

export const getConcurrency = operation({
  ...BATCHES,
  method: "GET",
  path: "/agents/concurrency",
  id: "getConcurrency",
  summary: "See which batches hold the organization's slots, and which wait for slots",
  answer: ok(
    "The present use of the organization's slots.",
    view("Concurrency", concurrencyAnswer, samples.concurrency, presentConcurrency),
  ),
  handle: async (c) => read(await organizationOf(c).concurrency()),
});
