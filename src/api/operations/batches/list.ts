import { z } from "zod";
import { BATCH_STATUSES } from "../../../calling/words/batch-status.ts";
import { wordsOf } from "../../../organization/batches/batch-search.ts";
import { BATCH_SORTS, type BatchFilter } from "../../../organization/messages/calling.ts";
import { batchPageAnswer } from "../../answers/calls/batch.ts";
import { organizationOf } from "../../context.ts";
import * as samples from "../../openapi/samples/calls.ts";
import { content, ok, operation } from "../../operation.ts";
import { instant, oneCursor, pageQuery, pageRequestOf } from "../../requests/common.ts";
import { searchText, someOf } from "../../requests/queries.ts";
import { taggedJson } from "../../tagged-json.ts";
import { BATCHES } from "./batch.ts";

/** Whether a list is of batches with a start. */
const isOfStarts = (query: {
  readonly scheduled_at_gte?: number | undefined;
  readonly scheduled_at_lte?: number | undefined;
}): boolean => query.scheduled_at_gte !== undefined || query.scheduled_at_lte !== undefined;

const query = pageQuery
  .extend({
    agent_id: z.string().describe("Only those of this agent.").optional(),
    q: searchText
      .describe(
        "Only batches whose names have, for each of these words, a word that begins with it. Accents and case do not matter.",
      )
      .optional(),
    status: someOf(BATCH_STATUSES)
      .describe(
        `Only batches with one of these statuses: ${BATCH_STATUSES.join(", ")}. Separate several by commas, or repeat the parameter.`,
      )
      .optional(),
    created_at_gte: instant.describe("Created at this time or later.").optional(),
    created_at_lte: instant.describe("Created at this time or earlier.").optional(),
    scheduled_at_gte: instant.describe("Only batches with a start, at this time or later.").optional(),
    scheduled_at_lte: instant.describe("Only batches with a start, at this time or earlier.").optional(),
    sort: z
      .enum(BATCH_SORTS, { error: `must be one of ${BATCH_SORTS.join(", ")}` })
      .describe(
        "newest and oldest: by creation. start: by `scheduled_at`, soonest first, without batches that have none. Default: start with `scheduled_at_gte` or `scheduled_at_lte`, otherwise newest.",
      )
      .optional(),
  })
  .refine(oneCursor.check, oneCursor.params)
  .refine(({ created_at_gte: from = 0, created_at_lte: until = Number.POSITIVE_INFINITY }) => from <= until, {
    path: ["created_at_lte"],
    error: "must not be before created_at_gte",
  })
  .refine(({ scheduled_at_gte: from = 0, scheduled_at_lte: until = Number.POSITIVE_INFINITY }) => from <= until, {
    path: ["scheduled_at_lte"],
    error: "must not be before scheduled_at_gte",
  })
  .refine(({ sort = "start", ...query }) => sort === "start" || !isOfStarts(query), {
    path: ["sort"],
    error: "must be start, or absent, if scheduled_at_gte or scheduled_at_lte is given",
  });

export const listBatches = operation({
  ...BATCHES,
  method: "GET",
  id: "listBatches",
  summary: "List batches, newest first",
  query,
  lists: ["status"],
  answer: ok("A page of batches without their recipients.", content("BatchPage", batchPageAnswer, samples.batchPage)),
  tool: { title: "List batches", description: "Batches of calls, newest first, with status and counts." },
  handle: async (c, { query: asked }) => {
    const page = await organizationOf(c).batchPage(pageRequestOf(asked), filterOf(asked));
    return page.ok ? taggedJson(c, page.value) : page;
  },
});

const filterOf = (given: z.output<typeof query>): BatchFilter => ({
  agentId: given.agent_id ?? null,
  statuses: given.status ?? [],
  words: wordsOf(given.q ?? ""),
  created: { from: given.created_at_gte ?? null, until: given.created_at_lte ?? null },
  starts: { from: given.scheduled_at_gte ?? null, until: given.scheduled_at_lte ?? null },
  sort: given.sort ?? (isOfStarts(given) ? "start" : "newest"),
});
