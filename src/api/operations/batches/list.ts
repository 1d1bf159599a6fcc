import type { z } from "zod";
import { wordsOf } from "../../../organization/batches/batch-search.ts";
import type { BatchFilter } from "../../../organization/rpc.ts";
import { batchPageAnswer, presentBatchPage } from "../../answers/batch.ts";
import { organizationOf } from "../../context.ts";
import * as samples from "../../openapi/samples.ts";
import { ok, operation, view } from "../../operation.ts";
import { pageRequestOf } from "../../requests/common.ts";
import { isOfStarts, listBatchesQuery } from "../../requests/queries.ts";
import { BATCHES } from "./batch.ts";

export const listBatches = operation({
  ...BATCHES,
  method: "GET",
  id: "listBatches",
  summary: "List batches, newest first",
  query: listBatchesQuery,
  lists: ["status"],
  answer: ok(
    "A page of batches without their recipients.",
    view("BatchPage", batchPageAnswer, samples.batchPage, presentBatchPage),
  ),
  tool: { title: "List batches", description: "Batches of calls, newest first, with status and counts." },
  handle: (c, { query }) => organizationOf(c).listBatches(pageRequestOf(query), filterOf(query)),
});

const filterOf = (query: z.output<typeof listBatchesQuery>): BatchFilter => ({
  agentId: query.agent_id ?? null,
  statuses: query.status ?? [],
  words: wordsOf(query.q ?? ""),
  created: { from: query.created_at_gte ?? null, until: query.created_at_lte ?? null },
  starts: { from: query.scheduled_at_gte ?? null, until: query.scheduled_at_lte ?? null },
  sort: query.sort ?? (isOfStarts(query) ? "start" : "newest"),
});
