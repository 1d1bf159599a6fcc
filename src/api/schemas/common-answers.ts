/**
 * Parts of answers. The client's types and the published description follow from these schemas, as from the requests'.
 */

import { z } from "zod";
import { MAX_ISSUES_SHOWN } from "../../calling/requests/limits.ts";

/** RFC 3339, UTC. */
export const time = z.string().meta({ format: "date-time", examples: ["2026-11-24T02:42:13.185Z"] });

/** How fast calls may begin. */
export const paceFields = {
  calls_per_second: z.number().nullable().describe("The most calls that may begin in a second; null: unlimited."),
  effective_calls_per_second: z
    .number()
    .optional()
    .describe("The share of it that is left for up to a minute after the carrier said it is too fast."),
};

export const pageOf = <Item extends z.ZodType>(item: Item, order = "Newest first.") =>
  z.object({
    data: z.array(item).describe(order),
    has_more: z.boolean().describe("There is more in the requested direction."),
    next_page: z
      .string()
      .nullable()
      .describe("The id to pass in the same direction for the next page; null at the end."),
  });
export type PageAnswer<Item> = Omit<z.output<ReturnType<typeof pageOf>>, "data"> & { data: Item[] };

/** Each belongs to one HTTP status, which clients should act on first. */
export const ERROR_CODES = [
  "validation_failed",
  "invalid_json",
  "invalid_form",
  "missing_version",
  "unsupported_version",
  "unauthorized",
  "usage_limit_reached",
  "forbidden",
  "not_found",
  "method_not_allowed",
  "already_exists",
  "batch_deleted",
  "batch_not_over",
  "in_use",
  "call_not_over",
  "idempotency_key_reused",
  "idempotency_key_under_way",
  "idempotency_outcome_unknown",
  "too_many_providers",
  "too_many_webhooks",
  "payload_too_large",
  "unsupported_media_type",
  "batch_cancelled",
  "batch_over",
  "batch_started",
  "change_fails_recipients",
  "call_not_active",
  "call_redacted",
  "carrier_unavailable",
  "webhook_disabled",
  "not_configured",
  "too_many_watchers",
  "rate_limited",
  "request_timeout",
  "upgrade_required",
  "try_again",
  "internal_error",
] as const;

/** The body of every error. */
export const errorAnswer = z.object({
  error_code: z.enum(ERROR_CODES),
  title: z.string(),
  message: z.string().describe("What to change, as text for people."),
  request_id: z.string().meta({ format: "uuid", description: "The same as the header `X-Request-Id`." }),
  issues: z
    .array(z.object({ path: z.string().meta({ examples: ["recipients[17].to_number"] }), message: z.string() }))
    .max(MAX_ISSUES_SHOWN)
    .optional()
    .describe("If fields of the request are wrong: each field, and its problem."),
});
export type ErrorAnswer = z.output<typeof errorAnswer>;

export const healthAnswer = z.object({
  status: z.literal("ok"),
  tz_database: z.string().describe("The release of the tz database that clocks follow."),
  number_zones: z
    .object({
      made: z.iso.date().describe("When the table was made."),
      libphonenumber: z.string().describe("The release of its data."),
    })
    .describe("The table of numbers' time zones."),
});
export type HealthAnswer = z.output<typeof healthAnswer>;
