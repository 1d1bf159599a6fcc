/**
 * Bodies that create, change and extend batches, and that place direct calls. As in the published API.
 */

import { z } from "zod";
import type { NewRecipient } from "../../calling/messages/batch-order.ts";
import {
  MAX_ATTEMPTS,
  RETRY_INTERVAL_MINUTES,
  RETRYABLE,
  USUAL_RETRY_MINUTES,
} from "../../calling/messages/retry-policy.ts";
import { ON_DUPLICATE } from "../../calling/numbers/duplicates.ts";
import {
  MAX_CALL_DURATION_MINUTES,
  MAX_CONCURRENCY_LIMIT,
  MAX_DIRECT_CALLS,
  MAX_EXTERNAL_ID_CHARACTERS,
  MAX_METADATA_BYTES,
  MAX_NAME_CHARACTERS,
  MAX_RECIPIENTS,
  RINGING_TIMEOUT_SECONDS,
  SCHEDULE_AHEAD_MS,
} from "../../calling/requests/limits.ts";
import { BREAKER_CALLS, BREAKER_MINUTES, USUAL_BREAKER } from "../../calling/words/circuit-breaker.ts";
import { PRIORITY } from "../../calling/words/priority.ts";
import { REGIONS } from "../../calling/words/region.ts";
import { ON_VOICEMAIL } from "../../calling/words/voicemail.ts";
import { MAX_CELLS, MAX_COLUMNS } from "../list/limits.ts";
import { callingWindow, timezone } from "./calling-window.ts";
import {
  callsPerSecond,
  contactRules,
  instant,
  integer,
  named,
  optional,
  phoneNumber,
  reference,
  text,
  unrecognized,
} from "./common.ts";
import { countryFields } from "./country.ts";
import { fileFields } from "./file.ts";

const METADATA_OBJECT = "must be a JSON object";
const METADATA_SIZE = `must be at most ${MAX_METADATA_BYTES / 1_024} KiB as JSON`;

/** More UTF-16 units than the limit are always too many bytes in UTF-8; fewer than a third of it never are. */
function isTooLarge(json: string): boolean {
  if (json.length > MAX_METADATA_BYTES) return true;
  if (json.length * 3 <= MAX_METADATA_BYTES) return false;
  return new TextEncoder().encode(json).byteLength > MAX_METADATA_BYTES;
}

/** Any JSON object. It is neither walked nor copied: it is turned into text once, and stays text until the answer. */
const metadata = z
  .unknown()
  .meta({
    type: ["object", "null"],
    // Without it, some client generators allow no fields.
    additionalProperties: {},
    description: `Any JSON object of at most ${MAX_METADATA_BYTES / 1_024} KiB. The agent gets it, and answers include it.`,
    examples: [{ first_name: "Ada" }],
  })
  .transform((value, context): string | null => {
    if (value === undefined || value === null) return null;
    if (typeof value !== "object" || Array.isArray(value)) {
      context.addIssue({ code: "custom", message: METADATA_OBJECT });
      return z.NEVER;
    }
    const json = JSON.stringify(value);
    if (!isTooLarge(json)) return json;
    context.addIssue({ code: "custom", message: METADATA_SIZE });
    return z.NEVER;
  });

export const newRecipient = z.object(
  {
    to_number: phoneNumber,
    metadata: metadata.optional(),
    timezone: optional(timezone).describe("Where the recipient is; replaces the number's time zones."),
    external_id: optional(text(MAX_EXTERNAL_ID_CHARACTERS)).describe(
      "Your own id for the recipient, unique in a batch; its calls and events include it. Appending it again skips the recipient.",
    ),
  },
  { error: "must be an object with to_number" },
);

/** A recipient as the objects store it. */
export const recipientOf = ({ external_id, ...recipient }: z.output<typeof newRecipient>): NewRecipient => ({
  ...recipient,
  metadata: recipient.metadata ?? null,
  ...(external_id === null ? {} : { external_id }),
});

const integerList = (least: number, most: number, atMost: number) => {
  const error = `must be an array of 1 to ${atMost} numbers of minutes from ${least} to ${most}`;
  return z
    .array(z.int({ error, abort: true }).min(least, { error }).max(most, { error }), { error })
    .min(1, { error })
    .max(atMost, { error });
};

const RETRY_POLICY =
  "must be an object {max_attempts, retry_on, intervals_minutes?, min_gap_minutes?, max_attempts_per_number_per_day?}";
export const retryPolicy = z.strictObject(
  {
    max_attempts: integer(MAX_ATTEMPTS.least, MAX_ATTEMPTS.most).describe(
      "The most calls to one recipient, including the first.",
    ),
    retry_on: z
      .array(z.enum(RETRYABLE, { error: `must be one of ${RETRYABLE.join(", ")}` }), {
        error: `must be an array of some of ${RETRYABLE.join(", ")}`,
      })
      .min(1, { error: "must name at least one end reason" }),
    intervals_minutes: integerList(RETRY_INTERVAL_MINUTES.least, RETRY_INTERVAL_MINUTES.most, MAX_ATTEMPTS.most - 1)
      .default([USUAL_RETRY_MINUTES])
      .describe(
        "From an end to the next attempt: before the second, the third, and so on; the last interval applies to the rest.",
      ),
    min_gap_minutes: optional(contactRules.min_gap_minutes).describe(
      "Minutes between two calls to one number, by any batch of the organization. The stricter of this and the organization's rule applies.",
    ),
    max_attempts_per_number_per_day: optional(contactRules.max_attempts_per_number_per_day).describe(
      "The most calls to one number in a day, by any batch. Days are those of the number's time zone, or UTC if that is unknown.",
    ),
  },
  { error: unrecognized(RETRY_POLICY, "served") },
);

const ringingTimeout = optional(integer(RINGING_TIMEOUT_SECONDS.least, RINGING_TIMEOUT_SECONDS.most)).describe(
  `Without it: ${RINGING_TIMEOUT_SECONDS.usual}.`,
);
const maxCallDuration = optional(integer(MAX_CALL_DURATION_MINUTES.least, MAX_CALL_DURATION_MINUTES.most)).describe(
  `Without it: ${MAX_CALL_DURATION_MINUTES.usual}.`,
);

const priority = integer(PRIORITY.first, PRIORITY.last);
const PRIORITY_WORDS =
  "Which waiting batch gets slots first: 1 before 5, the oldest first within a priority. A level is worth a week of age.";

const FRACTION = "must be a number above 0, at most 1";
const CIRCUIT_BREAKER = "must be an object {min_calls?, failure_share?, window_minutes?, cool_down_minutes?}";
const minutes = () => integer(BREAKER_MINUTES.least, BREAKER_MINUTES.most);
export const circuitBreaker = z.strictObject(
  {
    min_calls: integer(BREAKER_CALLS.least, BREAKER_CALLS.most)
      .default(USUAL_BREAKER.min_calls)
      .describe("With fewer calls in the window, the batch does not stop."),
    failure_share: z
      .number({ error: FRACTION })
      .gt(0, { error: FRACTION })
      .max(1, { error: FRACTION })
      .default(USUAL_BREAKER.failure_share)
      .describe("The share of failed calls in the window at which the batch stops."),
    window_minutes: minutes()
      .default(USUAL_BREAKER.window_minutes)
      .describe("Calls count that ended, or were answered, within this time."),
    cool_down_minutes: minutes()
      .nullable()
      .default(USUAL_BREAKER.cool_down_minutes)
      .describe("From the stop to the trial call. `null`: only a human resumes the batch."),
  },
  { error: unrecognized(CIRCUIT_BREAKER, "served") },
);

const onVoicemail = optional(z.enum(ON_VOICEMAIL, { error: `must be ${ON_VOICEMAIL.join(" or ")}` })).describe(
  "Asks the carrier who answers, if it can tell. hang_up: a call that a machine answers ends like an unanswered one. continue: the agent talks. Without it the carrier is not asked.",
);

export const RECIPIENTS = `must be an array of 1 to ${MAX_RECIPIENTS} recipients`;

const newRecipients = z
  .array(newRecipient, { error: (issue) => (issue.input === undefined ? "is required" : RECIPIENTS) })
  .min(1, { error: RECIPIENTS })
  .max(MAX_RECIPIENTS, { error: RECIPIENTS });
const onDuplicate = optional(z.enum(ON_DUPLICATE, { error: `must be one of ${ON_DUPLICATE.join(", ")}` }));

export const createBatchBody = z.object({
  name: named(MAX_NAME_CHARACTERS),
  agent_id: reference,
  from_number_id: reference,
  recipients: newRecipients,
  ...countryFields.shape,
  target_concurrency_limit: optional(integer(1, MAX_CONCURRENCY_LIMIT)).describe(
    "The most calls at once, within the organization's limit. Default: half of that limit. With `calls_per_second`, at most what that pace needs for calls of three minutes.",
  ),
  priority: optional(priority).describe(`${PRIORITY_WORDS} Default: ${PRIORITY.usual}.`),
  ringing_timeout_seconds: ringingTimeout,
  max_call_duration_minutes: maxCallDuration,
  scheduled_at: optional(
    // The organization checks that it is in the future: a repeat of an earlier request may come later.
    instant.refine((at) => at <= Date.now() + SCHEDULE_AHEAD_MS, { error: "must be within 30 days" }),
  ).describe("When dialing may begin: in the future, within 30 days. Default: at once."),
  on_duplicate: onDuplicate.describe("What to do with the same number several times in the list. Default: allow."),
  retry_policy: optional(retryPolicy).describe("Which failed recipients are called again automatically."),
  calling_window: optional(callingWindow).describe("When people may be called, by their local time."),
  circuit_breaker: optional(circuitBreaker).describe("When the batch stops automatically because its carrier fails."),
  calls_per_second: optional(callsPerSecond).describe(
    "The most calls that the batch begins in a second. The limits of the organization, the provider and the number apply too.",
  ),
  on_voicemail: onVoicemail,
  region: optional(z.enum(REGIONS, { error: `must be one of ${REGIONS.join(", ")}` })).describe(
    "Only for a number of a SIP trunk. With a telephony account, the account's region applies.",
  ),
});

/** A form has this in place of `recipients`. */
const recipientsFile = fileFields(
  `At most ${MAX_RECIPIENTS} rows of at most ${MAX_COLUMNS} columns, and ${MAX_CELLS} values in all. Columns are the numbers, optionally \`timezone\` and \`external_id\`; all others are metadata. Lines above the column names are ignored.`,
);

/**
 * The body as a form. It only describes, and the client's types follow from it; `api/orders/new-batch.ts` converts what is
 * sent.
 */
export const createBatchForm = createBatchBody.omit({ recipients: true }).extend(recipientsFile);

const DESTINATIONS = `must be an array of 1 to ${MAX_DIRECT_CALLS} destinations`;

/** `POST /agents/calls`: the fields of a batch, dialed at once. */
export const createCallsBody = z.object({
  agent_id: reference,
  from_number_id: reference,
  outbound_calls: z
    .array(newRecipient, { error: (issue) => (issue.input === undefined ? "is required" : DESTINATIONS) })
    .min(1, { error: DESTINATIONS })
    .max(MAX_DIRECT_CALLS, { error: DESTINATIONS }),
  ringing_timeout_seconds: ringingTimeout,
  max_call_duration_minutes: maxCallDuration,
  on_voicemail: onVoicemail,
});

export const appendRecipientsBody = z.object({
  recipients: newRecipients,
  ...countryFields.shape,
  on_duplicate: onDuplicate.describe(
    "What to do with a number that is already in the batch, or several times in the list. Default: skip, so that the request can be repeated.",
  ),
});

/** Like `createBatchForm`. */
export const appendRecipientsForm = appendRecipientsBody.omit({ recipients: true }).extend(recipientsFile);

/** A client that sends this field expects it to change, so it is refused, not ignored. The document leaves it out. */
const decided = (otherwise: string) =>
  z.never({ error: `cannot be changed: it was decided when the batch was created; ${otherwise}` }).optional();
const anew = decided("cancel it and create another");

const NEVER_CHANGED = {
  agent_id: anew,
  from_number_id: anew,
  region: anew,
  ringing_timeout_seconds: anew,
  max_call_duration_minutes: anew,
  on_voicemail: anew,
  recipients: decided("POST …/recipients adds people to it"),
};

/** Absent fields are left unchanged. `scheduled_at: null`: at once. */
export const batchChange = z.object({
  name: named(MAX_NAME_CHARACTERS).optional(),
  target_concurrency_limit: integer(1, MAX_CONCURRENCY_LIMIT).optional(),
  priority: priority.optional().describe(`${PRIORITY_WORDS} Slots that it has stay.`),
  scheduled_at: instant
    .refine((at) => at > Date.now(), { error: "must be in the future", abort: true })
    .refine((at) => at <= Date.now() + SCHEDULE_AHEAD_MS, { error: "must be within 30 days" })
    .nullable()
    .optional()
    .describe("Until the first call. `null`: at once."),
  retry_policy: retryPolicy
    .nullable()
    .optional()
    .describe(
      "For calls that end from now on; its gap and daily limit apply at once. `null`: only a human calls again.",
    ),
  calling_window: callingWindow
    .nullable()
    .optional()
    .describe("For all waiting recipients. `null`: only the organization's window applies."),
  circuit_breaker: circuitBreaker
    .nullable()
    .optional()
    .describe("Absent fields have the defaults of Create. `null`: no circuit breaker; a stopped batch continues."),
  calls_per_second: callsPerSecond.nullable().optional().describe("`null`: unlimited."),
  ...NEVER_CHANGED,
});

/** The change, and what it may do to waiting recipients. */
export const changeBatchBody = batchChange.extend({
  allow_failures: z
    .boolean({ error: "must be true or false" })
    .default(false)
    .describe(
      "`true`: waiting recipients who could never be called then fail. Otherwise such a change is refused, and nothing changes.",
    ),
});
