/** Parts of answers: their schemas, and how the objects' words become them. The client's types and the document follow. */

import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import { DAYS } from "../../../calling/messages/calling-window.ts";
import { MAX_ISSUES_SHOWN } from "../../../calling/requests/limits.ts";
import type { Page } from "../../../calling/requests/page.ts";
import type { PaceView } from "../../../organization/messages/organization.ts";
import { shareAt } from "../../../organization/rules/token-bucket.ts";

/** RFC 3339, UTC. */
export const timestamp = z.string().meta({ format: "date-time", examples: ["2026-11-24T02:42:13.185Z"] });

const clockTime = z.string().meta({ examples: ["09:00"] });

export const windowAnswer = z.object({
  timezone_mode: z.enum(["recipient", "fixed"]),
  timezone: z.string().optional(),
  windows: z.array(z.object({ days: z.array(z.enum(DAYS)), start: clockTime, end: clockTime })),
  excluded_dates: z.array(z.string().meta({ format: "date" })),
  unknown_timezone: z.enum(["block", "use_timezone"]),
  expires_at: timestamp.optional(),
});

export type WindowAnswer = z.output<typeof windowAnswer>;

/** How fast calls may begin. */
export const paceFields = {
  calls_per_second: z.number().nullable().describe("The most calls that may begin in a second; null: unlimited."),
  effective_calls_per_second: z
    .number()
    .optional()
    .describe("The share of it that is left for up to a minute after the carrier said it is too fast."),
};

export type PaceAnswer = z.output<z.ZodObject<typeof paceFields>>;

/** The share that is left is shown only while it is below 1. */
export function presentPace(pace: PaceView | null): PaceAnswer {
  if (pace === null) return { calls_per_second: null };
  const { callsPerSecond, bucket } = pace;
  const share = shareAt(bucket, Date.now());
  return {
    calls_per_second: callsPerSecond,
    ...(share < 1 ? { effective_calls_per_second: Math.round(callsPerSecond * share * 1_000) / 1_000 } : {}),
  };
}

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

export const presentPage =
  <Item, Shown>(show: (item: Item) => Shown) =>
  (page: Page<Item>): PageAnswer<Shown> => ({
    data: page.data.map(show),
    has_more: page.hasMore,
    next_page: page.nextPage,
  });

/** Each code with its HTTP status, which clients should act on first, and its title. */
export const ERRORS = {
  validation_failed: [400, "Invalid request"],
  invalid_json: [400, "Invalid body"],
  invalid_form: [400, "Invalid form"],
  missing_version: [400, "Invalid version"],
  unsupported_version: [400, "Invalid version"],
  unauthorized: [401, "Unauthorized"],
  usage_limit_reached: [402, "Usage limit reached"],
  forbidden: [403, "Forbidden"],
  not_found: [404, "Not found"],
  method_not_allowed: [405, "Method not allowed"],
  already_exists: [409, "Conflict"],
  batch_deleted: [409, "Conflict"],
  batch_not_over: [409, "Conflict"],
  organization_deleted: [409, "Conflict"],
  in_use: [409, "Conflict"],
  key_in_use: [409, "Conflict"],
  last_admin_key: [409, "Conflict"],
  call_not_over: [409, "Conflict"],
  idempotency_key_reused: [409, "Conflict"],
  idempotency_key_under_way: [409, "Conflict"],
  idempotency_outcome_unknown: [409, "Conflict"],
  too_many_members: [409, "Conflict"],
  too_many_providers: [409, "Conflict"],
  too_many_webhooks: [409, "Conflict"],
  payload_too_large: [413, "Payload too large"],
  unsupported_media_type: [415, "Unsupported media type"],
  batch_cancelled: [400, "Not possible now"],
  batch_over: [400, "Not possible now"],
  batch_started: [400, "Not possible now"],
  change_fails_recipients: [400, "Not possible now"],
  call_not_active: [400, "Not possible now"],
  call_redacted: [400, "Not possible now"],
  carrier_unavailable: [503, "Carrier unavailable"],
  webhook_disabled: [400, "Not possible now"],
  not_configured: [503, "Not configured"],
  too_many_watchers: [429, "Too many watchers"],
  rate_limited: [429, "Too many requests"],
  request_timeout: [408, "Request timeout"],
  upgrade_required: [426, "Upgrade required"],
  try_again: [503, "Try again"],
  internal_error: [500, "Internal error"],
} as const satisfies Readonly<Record<string, readonly [status: ContentfulStatusCode, title: string]>>;
export type ErrorCode = keyof typeof ERRORS;
export const ERROR_CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

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
