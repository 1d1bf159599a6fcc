/** `POST /agents/calls/batches` and the queries about batches and calls. Contract: the pages of the same names. */

import { z } from "zod";
import {
  MAX_CALL_DURATION_MINUTES,
  MAX_CONCURRENCY_LIMIT,
  MAX_METADATA_BYTES,
  MAX_NAME_CHARACTERS,
  MAX_RECIPIENTS,
  RINGING_TIMEOUT_SECONDS,
  SCHEDULE_AHEAD_MS,
} from "../../calling/limits.ts";
import { REGIONS } from "../../calling/region.ts";
import { MAX_ATTEMPTS, RETRY_INTERVAL_MINUTES, RETRYABLE, USUAL_RETRY_MINUTES } from "../../calling/retry-policy.ts";
import { callingWindow, timezone } from "./calling-window.ts";
import { instant, integer, oneCursor, optional, pageQuery, phoneNumber, reference, text } from "./common.ts";

const METADATA_OBJECT = "must be a JSON object";
const METADATA_SIZE = `must be at most ${MAX_METADATA_BYTES / 1_024} KiB as JSON`;

/** Above this many UTF-16 units the text is too long however it is encoded; below a third, never. */
function isTooLarge(json: string): boolean {
  if (json.length > MAX_METADATA_BYTES) return true;
  if (json.length * 3 <= MAX_METADATA_BYTES) return false;
  return new TextEncoder().encode(json).byteLength > MAX_METADATA_BYTES;
}

/** Any JSON object. It is neither walked nor copied: its text is made once and kept as text from here to the answer. */
const metadata = z.unknown().transform((value, context): string | null => {
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

const recipient = z.object(
  { to_number: phoneNumber, metadata: metadata.optional(), timezone: optional(timezone) },
  { error: "must be an object with to_number" },
);

const integerList = (least: number, most: number, atMost: number) => {
  const error = `must be an array of 1 to ${atMost} numbers of minutes from ${least} to ${most}`;
  return z
    .array(z.int({ error }).min(least, { error }).max(most, { error }), { error })
    .min(1, { error })
    .max(atMost, { error });
};

const RETRY_POLICY = "must be an object {max_attempts, retry_on, intervals_minutes?}";
const retryPolicy = z.strictObject(
  {
    max_attempts: integer(MAX_ATTEMPTS.least, MAX_ATTEMPTS.most),
    retry_on: z
      .array(z.enum(RETRYABLE, { error: `must be one of ${RETRYABLE.join(", ")}` }), { error: "must be an array" })
      .min(1, { error: "must name at least one end reason" }),
    intervals_minutes: integerList(
      RETRY_INTERVAL_MINUTES.least,
      RETRY_INTERVAL_MINUTES.most,
      MAX_ATTEMPTS.most - 1,
    ).default([USUAL_RETRY_MINUTES]),
  },
  {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? `has fields that are not served: ${issue.keys.join(", ")}` : RETRY_POLICY,
  },
);

const RECIPIENTS = `must be an array of 1 to ${MAX_RECIPIENTS} recipients`;

export const createBatchBody = z.object({
  name: text(MAX_NAME_CHARACTERS),
  agent_id: reference,
  from_number_id: reference,
  recipients: z
    .array(recipient, { error: (issue) => (issue.input === undefined ? "is required" : RECIPIENTS) })
    .min(1, { error: RECIPIENTS })
    .max(MAX_RECIPIENTS, { error: RECIPIENTS }),
  target_concurrency_limit: optional(integer(1, MAX_CONCURRENCY_LIMIT)),
  ringing_timeout_seconds: optional(integer(RINGING_TIMEOUT_SECONDS.least, RINGING_TIMEOUT_SECONDS.most)),
  max_call_duration_minutes: optional(integer(MAX_CALL_DURATION_MINUTES.least, MAX_CALL_DURATION_MINUTES.most)),
  scheduled_at: optional(
    // That it lies in the future is for the organization to say: a repeat of an earlier request may come later.
    instant.refine((at) => at <= Date.now() + SCHEDULE_AHEAD_MS, { error: "must be within 30 days" }),
  ),
  retry_policy: optional(retryPolicy),
  calling_window: optional(callingWindow),
  region: optional(z.enum(REGIONS, { error: `must be one of ${REGIONS.join(", ")}` })),
});

/** Absent fields stay as they are. `scheduled_at: null`: at once. */
export const changeBatchBody = z.object({
  name: text(MAX_NAME_CHARACTERS).optional(),
  target_concurrency_limit: integer(1, MAX_CONCURRENCY_LIMIT).optional(),
  scheduled_at: instant
    .refine((at) => at > Date.now(), { error: "must be in the future", abort: true })
    .refine((at) => at <= Date.now() + SCHEDULE_AHEAD_MS, { error: "must be within 30 days" })
    .nullable()
    .optional(),
});

export const listBatchesQuery = pageQuery
  .extend({ agent_id: z.string().optional() })
  .refine(oneCursor.check, oneCursor.params);

export const listCallsQuery = pageQuery
  .extend({
    agent_id: z.string().optional(),
    batch_id: z.string().optional(),
    start_time_gte: instant.optional(),
    start_time_lte: instant.optional(),
  })
  .refine(oneCursor.check, oneCursor.params)
  .refine((query) => query.agent_id !== undefined || query.batch_id !== undefined, {
    path: ["batch_id"],
    error: "send batch_id or agent_id",
  });

export const listQuery = pageQuery.refine(oneCursor.check, oneCursor.params);
