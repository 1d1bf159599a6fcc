/** The queries about batches, their recipients, calls, and what an organization keeps. Contract: the pages of the same names. */

import { z } from "zod";
import { MAX_SEARCH_CHARACTERS } from "../../calling/limits.ts";
import { RECIPIENT_STATUSES, type RecipientStatus } from "../../calling/recipient.ts";
import { csvFormat, instant, oneCursor, pageQuery } from "./common.ts";

export const listBatchesQuery = pageQuery
  .extend({ agent_id: z.string().describe("Of this agent.").optional() })
  .refine(oneCursor.check, oneCursor.params);

export const getBatchQuery = z.object({
  expand: z
    .literal("attempts", { error: "must be attempts" })
    .describe("`attempts`: each recipient with all of its attempts.")
    .optional(),
});

const statuses = z
  .string()
  .transform((value, context): RecipientStatus[] => {
    const named = value.split(",").map((one) => one.trim());
    const known = RECIPIENT_STATUSES.filter((status) => named.includes(status));
    if (named.every((one) => RECIPIENT_STATUSES.some((status) => status === one))) return known;
    context.addIssue({ code: "custom", message: `must be some of ${RECIPIENT_STATUSES.join(", ")}` });
    return z.NEVER;
  })
  .describe(`Only these: some of ${RECIPIENT_STATUSES.join(", ")}, with commas between them or given more than once.`);

const searchText = z
  .string()
  .max(MAX_SEARCH_CHARACTERS, { error: `must have at most ${MAX_SEARCH_CHARACTERS} characters` });

export const listRecipientsQuery = pageQuery
  .extend({
    starting_after: z.string().describe("The id of a recipient: the page begins with the next one.").optional(),
    ending_before: z
      .string()
      .describe("The id of a recipient: the page holds those right before it. Not together with `starting_after`.")
      .optional(),
    status: statuses.optional(),
    q: searchText
      .describe(
        "Only those whose number, or a value in whose metadata, contains this; upper and lower case are the same.",
      )
      .optional(),
  })
  .refine(oneCursor.check, oneCursor.params);

export const exportRecipientsQuery = z.object({
  status: statuses.optional(),
  ...csvFormat,
});

export const listCallsQuery = pageQuery
  .extend({
    agent_id: z.string().describe("Of this agent; needed where `batch_id` is not given.").optional(),
    batch_id: z.string().describe("Of this batch: one entry for each attempt.").optional(),
    start_time_gte: instant.describe("Attempts made at this time or later.").optional(),
    start_time_lte: instant.describe("Attempts made at this time or earlier.").optional(),
  })
  .refine(oneCursor.check, oneCursor.params)
  .refine((query) => query.agent_id !== undefined || query.batch_id !== undefined, {
    path: ["batch_id"],
    error: "send batch_id or agent_id",
  });

export const listQuery = pageQuery.refine(oneCursor.check, oneCursor.params);

/** Of things that are known by a label; a phone number by itself as well. */
export const searchQuery = pageQuery
  .extend({ q: searchText.describe("Only those whose label, or number, contains this.").optional() })
  .refine(oneCursor.check, oneCursor.params);
