/** The do-not-call list: requests and answers. Ours; the published API has none. */

import { z } from "zod";
import { LAST_DIGITS } from "../../calling/numbers/number-search.ts";
import { MAX_DO_NOT_CALL_NUMBERS, MAX_REASON_CHARACTERS } from "../../calling/requests/limits.ts";
import { csvFormat, oneCursor, optional, pageQuery, phoneNumber, text } from "./common.ts";
import { fileFields } from "./file.ts";

const reason = text(MAX_REASON_CHARACTERS);

const DO_NOT_CALL_STATUSES = ["listed", "removed", "all"] as const;

const doNotCallStatus = z
  .enum(DO_NOT_CALL_STATUSES, { error: `must be one of ${DO_NOT_CALL_STATUSES.join(", ")}` })
  .default("listed")
  .describe("Which entries; ended ones are kept.");

const MANY = `must be an array of 1 to ${MAX_DO_NOT_CALL_NUMBERS} phone numbers`;

const many = z
  .array(phoneNumber, { error: MANY })
  .min(1, { error: MANY })
  .max(MAX_DO_NOT_CALL_NUMBERS, { error: MANY });

/** One number, or many. */
export const addDoNotCallBody = z
  .object({
    number: optional(phoneNumber),
    numbers: optional(many),
    reason: optional(reason).describe("Why; stored with each of them."),
  })
  .refine(({ number, numbers }) => number !== null || numbers !== null, {
    path: ["number"],
    error: "send number or numbers",
  })
  .refine(({ number, numbers }) => number === null || numbers === null, {
    path: ["number"],
    error: "send number or numbers, not both",
  });

/** A form with a file, as the client sends it; `doNotCallFile` checks the file's content. */
export const addDoNotCallForm = z.object({
  ...fileFields(
    `At most ${MAX_DO_NOT_CALL_NUMBERS} rows: a column of numbers, and an optional \`reason\`. Other columns are ignored.`,
  ),
  reason: optional(reason).describe("For every row without a reason of its own."),
});

const emptyCell = z.literal("", { error: "must be empty: the number was taken off the list; remove the row" });

/** The form's values, with the file read. */
export const doNotCallFile = z.object({
  recipients: z.array(
    z.object({
      to_number: phoneNumber,
      reason: optional(reason),
      removed_at: emptyCell,
    }),
  ),
  reason: optional(reason),
});

/** No search for a part in the middle: that would read each of millions of entries. */
const partOfNumber = z
  .string()
  .describe(
    `The beginning of the number, in E.164 with or without \`+\`; or its end, with at least ${LAST_DIGITS} digits. Results are ordered by number.`,
  )
  .optional();

export const exportDoNotCallQuery = z.object({
  q: partOfNumber,
  status: doNotCallStatus,
  ...csvFormat,
});

/** The callee asked not to be called again. */
export const optOutBody = z.object({ reason: optional(reason) });

export const listDoNotCallQuery = pageQuery
  .extend({
    q: partOfNumber,
    number: z.string().describe("This number alone.").optional(),
    status: doNotCallStatus,
  })
  .refine(oneCursor.check, oneCursor.params);

export const removeDoNotCallQuery = z.object({
  reason: z
    .string({ error: "is required: say why this number may be called again" })
    .pipe(reason)
    .describe("Why it may be called again; stored with the entry."),
});
