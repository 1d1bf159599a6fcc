import { organizationOf } from "../../context.ts";
import { ok, operation, pageView } from "../../operation.ts";
import { pageRequestOf } from "../../query.ts";
import { listBatchesQuery } from "../../schemas/queries.ts";
import { BATCH, BATCHES } from "./batch.ts";

export const listBatches = operation({
  ...BATCHES,
  method: "GET",
  id: "listBatches",
  summary: "List batches, newest first",
  query: listBatchesQuery,
  answer: ok("A page of batches without their recipients.", pageView(BATCH)),
  tool: { title: "List batches", description: "Batches of calls, the newest first, with status and counts." },
  handle: (c, { query }) => organizationOf(c).listBatches(pageRequestOf(query), query.agent_id ?? null),
});
