/**
 * Parts of schemas. Each says in its message what to change, and in `meta` what JSON Schema cannot derive from code.
 */

import { z } from "zod";
import { canonicalNumber } from "../../calling/numbers/phone-number.ts";
import { asShown } from "../../calling/numbers/written-number.ts";
import { optional } from "../../calling/requests/fields.ts";
import {
  CALLS_PER_NUMBER_AND_DAY,
  CALLS_PER_SECOND,
  MIN_GAP_MINUTES,
  PAGE_LIMIT,
} from "../../calling/requests/limits.ts";
import type { PageRequest } from "../../calling/requests/page.ts";
import { CHOSEN_IDS, isChosenId } from "../../calling/secrets/ids.ts";

export { named, optional, text } from "../../calling/requests/fields.ts";

/** The message of a strict object: unknown fields, or what it must be. */
export const unrecognized =
  (otherwise: string, word: "known" | "served") =>
  (issue: { readonly code?: string; readonly keys?: readonly string[] }): string =>
    issue.code === "unrecognized_keys" ? `has fields that are not ${word}: ${issue.keys?.join(", ")}` : otherwise;

export const integer = (least: number, most: number) => {
  const error = `must be an integer from ${least} to ${most}`;
  return z.int({ error, abort: true }).min(least, { error }).max(most, { error });
};

/** Text without more rules. Zod's own messages name types and not what to change. */
export const anyText = z.string({
  error: (issue) => (issue.input === undefined ? "is required" : "must be a string"),
});

/** Ids of existing things. Whatever its form, an unknown id is 404 and not 400. */
export const reference = anyText;

export const chosenId = (prefix: Parameters<typeof isChosenId>[0]) =>
  optional(
    z
      .string({ error: "must be a string" })
      .refine((id) => isChosenId(prefix, id), { error: `must be ${prefix} and 1 to 64 letters, digits, - or _` })
      .meta({ pattern: CHOSEN_IDS[prefix].source }),
  ).describe("Default: a generated one.");

export const phoneNumber = anyText
  .meta({
    description:
      "E.164, with a possible length for its country. A country's own trunk prefix after the country code is removed.",
    pattern: "^\\+[1-9]\\d{1,14}$",
    examples: ["+14155550123"],
  })
  .transform((value, context): string => {
    const number = canonicalNumber(asShown(value));
    if (number.ok) return number.value;
    context.addIssue({ code: "custom", message: number.failure.message });
    return z.NEVER;
  });

const RFC3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;
const WHEN = "must be an RFC 3339 date and time with a zone offset, like 2026-12-01T09:00:00+01:00";

/** Epoch ms of an existing date, or null (2026-02-30 does not exist). */
export function parseInstant(value: string): number | null {
  if (!RFC3339.test(value)) return null;
  const at = Date.parse(value.replace(" ", "T").toUpperCase());
  if (Number.isNaN(at)) return null;
  const day = value.slice(0, 10);
  const isRealDay = new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
  const offset = /([+-])(\d{2}):(\d{2})$/.exec(value);
  const isRealOffset = offset === null || (Number(offset[2]) < 24 && Number(offset[3]) < 60);
  return isRealDay && isRealOffset ? at : null;
}

export const instant = z
  .string({ error: WHEN })
  .meta({ format: "date-time", examples: ["2026-12-01T09:00:00+01:00"] })
  .transform((value, context): number => {
    const at = parseInstant(value);
    if (at !== null) return at;
    context.addIssue({ code: "custom", message: WHEN });
    return z.NEVER;
  });

const PACE = `must be a number from ${CALLS_PER_SECOND.least} to ${CALLS_PER_SECOND.most}`;
/** Fractions are allowed: 0.5 is a call every two seconds. */
export const callsPerSecond = z
  .number({ error: PACE })
  .min(CALLS_PER_SECOND.least, { error: PACE })
  .max(CALLS_PER_SECOND.most, { error: PACE });

export const contactRules = {
  min_gap_minutes: integer(MIN_GAP_MINUTES.least, MIN_GAP_MINUTES.most),
  max_attempts_per_number_per_day: integer(CALLS_PER_NUMBER_AND_DAY.least, CALLS_PER_NUMBER_AND_DAY.most),
};

const ONE_CURSOR = "send starting_after or ending_before, not both";

/** As in the published API. Query parameters are text. */
export const pageQuery = z.object({
  limit: z
    .string()
    .meta({ type: "integer", minimum: PAGE_LIMIT.least, maximum: PAGE_LIMIT.most, default: PAGE_LIMIT.usual })
    .optional()
    .transform((value, context): number => {
      if (value === undefined) return PAGE_LIMIT.usual;
      const limit = /^\d{1,4}$/.test(value) ? Number(value) : Number.NaN;
      if (limit >= PAGE_LIMIT.least && limit <= PAGE_LIMIT.most) return limit;
      context.addIssue({
        code: "custom",
        message: `must be an integer from ${PAGE_LIMIT.least} to ${PAGE_LIMIT.most}`,
      });
      return z.NEVER;
    }),
  starting_after: z.string().describe("The id of an item: the page begins with the next older one.").optional(),
  ending_before: z
    .string()
    .describe("The id of an item: the page has the nearest newer ones. Not together with `starting_after`.")
    .optional(),
});

type PageQuery = { limit: number; starting_after?: string | undefined; ending_before?: string | undefined };

export const pageRequestOf = (query: PageQuery): PageRequest => ({
  limit: query.limit,
  startingAfter: query.starting_after ?? null,
  endingBefore: query.ending_before ?? null,
});

export const oneCursor = {
  check: (query: Omit<PageQuery, "limit">): boolean =>
    query.starting_after === undefined || query.ending_before === undefined,
  params: { path: ["ending_before"], error: ONE_CURSOR },
};

/** The format of a CSV download. */
export const csvFormat = {
  separator: z
    .enum(["comma", "semicolon", "tab", "pipe"], { error: "must be comma, semicolon, tab or pipe" })
    .describe("Between two values. Spreadsheets in many European countries expect `semicolon`.")
    .default("comma"),
  bom: z
    .enum(["true", "false"], { error: "must be true or false" })
    .describe("`false`: without the byte order mark that tells spreadsheets that the file is UTF-8.")
    .default("true"),
};
