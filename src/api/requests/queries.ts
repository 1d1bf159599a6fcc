/**
 * Queries for batches, their recipients, calls, and what an organization keeps. As in the published API.
 */

import { z } from "zod";
import { AUDITED_KINDS } from "../../calling/messages/act.ts";
import { LABELS, MAX_EXTERNAL_ID_CHARACTERS, MAX_SEARCH_CHARACTERS } from "../../calling/requests/limits.ts";
import { OUTCOMES } from "../../calling/words/outcome.ts";
import { RECIPIENT_STATUSES } from "../../calling/words/recipient.ts";
import { PROVIDER_TYPES, type ProviderType } from "../../dialer/carriers.ts";
import { anyText, csvFormat, instant, oneCursor, pageQuery, phoneNumber } from "./common.ts";

export const getBatchQuery = z.object({
  expand: z
    .literal("attempts", { error: "must be attempts" })
    .describe("`attempts`: each recipient with all of its attempts.")
    .optional(),
});

export const someOf = <const Word extends string>(words: readonly Word[]) =>
  z.string().transform((value, context): Word[] => {
    const named = value.split(",").map((one) => one.trim());
    const known = words.filter((word) => named.includes(word));
    if (named.every((one) => words.some((word) => word === one))) return known;
    context.addIssue({ code: "custom", message: `must be a list of ${words.join(", ")}` });
    return z.NEVER;
  });

const statuses = someOf(RECIPIENT_STATUSES).describe(
  `Only recipients with one of these statuses: ${RECIPIENT_STATUSES.join(", ")}. Separate several by commas, or repeat the parameter.`,
);

const outcomes = someOf(OUTCOMES).describe(
  `Only recipients with one of these outcomes: ${OUTCOMES.join(", ")}. unanswered and busy are how their calls ended; failed is every other failure.`,
);

const label = z.string().max(LABELS.characters, { error: `must have at most ${LABELS.characters} characters` });
const callLabels = (whose: string) => ({
  outcome: label.describe(`Only ${whose} with this outcome, exactly as it was set.`),
  tags: z
    .string()
    .transform((value) =>
      value
        .split(",")
        .map((tag) => tag.trim())
        .filter((tag) => tag !== ""),
    )
    .describe(`Only ${whose} with this tag. With several, separated by commas or repeated: with all of them.`),
});
const ofLatestCall = callLabels("recipients whose latest call was marked");
const ofCall = callLabels("calls");

export const searchText = z
  .string()
  .max(MAX_SEARCH_CHARACTERS, { error: `must have at most ${MAX_SEARCH_CHARACTERS} characters` });

const peopleText = searchText.describe(
  "Only recipients whose number contains this, or whose external_id and metadata contain each of its words. Accents and case do not matter.",
);
export const externalId = anyText.max(MAX_EXTERNAL_ID_CHARACTERS, {
  error: `must have at most ${MAX_EXTERNAL_ID_CHARACTERS} characters`,
});

export const listRecipientsQuery = pageQuery
  .extend({
    starting_after: z.string().describe("The id of a recipient: the page begins with the next one.").optional(),
    ending_before: z
      .string()
      .describe("The id of a recipient: the page has those right before it. Not together with `starting_after`.")
      .optional(),
    status: statuses.optional(),
    outcome: outcomes.optional(),
    q: peopleText.optional(),
    external_id: externalId.describe("Only the recipient with this `external_id`.").optional(),
    call_outcome: ofLatestCall.outcome.optional(),
    call_tag: ofLatestCall.tags.optional(),
  })
  .refine(oneCursor.check, oneCursor.params);

export const exportRecipientsQuery = z.object({
  status: statuses.optional(),
  outcome: outcomes.optional(),
  q: peopleText.optional(),
  call_outcome: ofLatestCall.outcome.optional(),
  call_tag: ofLatestCall.tags.optional(),
  ...csvFormat,
});

const numberInQuery = z
  .string()
  // A + in a query means a space unless it is sent as %2B.
  .transform((value) => value.replace(/^ (?=\d)/, "+"))
  .pipe(phoneNumber);

export const findPersonQuery = pageQuery
  .pick({ limit: true })
  .extend({
    to_number: numberInQuery.optional().describe("The person's number in E.164."),
    external_id: externalId.describe("Your own id for the person.").optional(),
    starting_after: z.string().describe("The id of a recipient: the page begins with the next one.").optional(),
  })
  .refine(({ to_number, external_id }) => Boolean(to_number ?? external_id), {
    path: ["to_number"],
    error: "send to_number or external_id",
  });

export const listCallsQuery = pageQuery
  .extend({
    agent_id: z
      .string()
      .describe(
        "Only calls of this agent. Required without `batch_id`, `external_id`, `to_number`, `outcome` and `tag`.",
      )
      .optional(),
    batch_id: z.string().describe("Only calls of this batch: one entry for each attempt.").optional(),
    external_id: externalId
      .describe("Only calls to recipients with this `external_id`; without other filters, of all agents.")
      .optional(),
    to_number: numberInQuery
      .optional()
      .describe("Only calls to this number in E.164, over all batches; without other filters, of all agents."),
    outcome: ofCall.outcome.optional(),
    tag: ofCall.tags.optional(),
    start_time_gte: instant.describe("Attempts made at this time or later.").optional(),
    start_time_lte: instant.describe("Attempts made at this time or earlier.").optional(),
    expand: z
      .literal("transcript", { error: "must be transcript" })
      .describe("Accepted as published. callbatch keeps no transcripts, so it adds nothing.")
      .optional(),
  })
  .refine(oneCursor.check, oneCursor.params)
  .refine(({ start_time_gte: from = 0, start_time_lte: until = Number.POSITIVE_INFINITY }) => from <= until, {
    path: ["start_time_lte"],
    error: "must not be before start_time_gte",
  })
  .refine(
    ({ agent_id, batch_id, external_id, to_number, outcome, tag }) =>
      Boolean((agent_id ?? batch_id ?? to_number ?? external_id ?? outcome) || tag?.length),
    { path: ["batch_id"], error: "send batch_id, agent_id, to_number, external_id, outcome or tag" },
  );

export const erasePersonQuery = z.object({
  external_id: externalId.min(1, { error: "must not be empty" }).describe("Everybody with this `external_id`."),
});

export const listQuery = pageQuery.refine(oneCursor.check, oneCursor.params);

const providerType = z
  .enum(PROVIDER_TYPES as [ProviderType, ...ProviderType[]], { error: `must be one of ${PROVIDER_TYPES.join(", ")}` })
  .optional();

export const listPhoneNumbersQuery = pageQuery
  .extend({
    q: searchText.describe("Only numbers whose label, number or agent's name contains this.").optional(),
    agent_id: z.string().describe("Only those of this agent.").optional(),
    provider_id: z.string().describe("Only those of this provider.").optional(),
    type: providerType.describe("Only numbers of providers of this type."),
  })
  .refine(oneCursor.check, oneCursor.params);

export const listProvidersQuery = z.object({
  q: searchText.describe("Only providers whose label contains this.").optional(),
  type: providerType.describe("Only those of this type."),
  account_sid: z.string().describe("Only providers with this Twilio account.").optional(),
});

const auditFields = {
  resource_id: z
    .string()
    .describe("Only changes of what has this id: a batch, a provider, an entry of a list.")
    .optional(),
  by: z
    .string()
    .describe("Only changes by this key, or the person with this e-mail address. Also `operator` and `service`.")
    .optional(),
  kind: z
    .enum(AUDITED_KINDS, { error: `must be one of ${AUDITED_KINDS.join(", ")}` })
    .describe("Only changes of this kind of thing.")
    .optional(),
  at_gte: instant.describe("At this time or later.").optional(),
  at_lte: instant.describe("At this time or earlier.").optional(),
};
const inOrderOfTime = [
  ({
    at_gte: from = 0,
    at_lte: until = Number.POSITIVE_INFINITY,
  }: {
    at_gte?: number | undefined;
    at_lte?: number | undefined;
  }) => from <= until,
  { path: ["at_lte"] as PropertyKey[], error: "must not be before at_gte" },
] as const;

export const listAuditQuery = pageQuery
  .extend(auditFields)
  .refine(oneCursor.check, oneCursor.params)
  .refine(...inOrderOfTime);
export const exportAuditQuery = z.object({ ...auditFields, ...csvFormat }).refine(...inOrderOfTime);
