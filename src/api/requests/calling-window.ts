/**
 * `calling_window` of a batch and of an organization.
 * Not in the published API. Times are local clock times: "09:00", "24:00" at the end.
 */

import { z } from "zod";
import { DAYS } from "../../calling/messages/calling-window.ts";
import { RINGING_TIMEOUT_SECONDS } from "../../calling/requests/limits.ts";
import { readTimeZone, TIME_ZONE_FORM } from "../../window/time-zones.ts";
import { instant, optional, unrecognized } from "./common.ts";

const WINDOW = "must be an object {timezone_mode, timezone?, windows, excluded_dates?, unknown_timezone?, expires_at?}";
const MAX_WINDOWS = 50;
/** At least one window must be long enough for a phone to ring in it. */
const LEAST_MINUTES = Math.ceil(RINGING_TIMEOUT_SECONDS.most / 60);
/** A window that ends before it starts is reported elsewhere. */
const isTooShort = ({ start, end }: { readonly start: number; readonly end: number }): boolean =>
  start < end && end - start < LEAST_MINUTES;
const MAX_EXCLUDED_DATES = 400;

/** By the zone's canonical name, so that a zone is one however it is written. */
export const timezone = z
  .string({ error: TIME_ZONE_FORM })
  .meta({
    description:
      "UTC, or an IANA time zone as Area/City; older Area/City names are accepted too. Abbreviations and offsets are refused.",
    examples: ["America/New_York"],
  })
  .transform((value, context): string => {
    const read = readTimeZone(value);
    if (read.ok) return read.value;
    context.addIssue({ code: "custom", message: read.failure });
    return z.NEVER;
  });

const MINUTES = "must be a local time, like 09:00";
const minutes = (most: number) =>
  z
    .string({ error: MINUTES })
    .meta({ pattern: "^([01]\\d|2[0-4]):[0-5]\\d$", examples: ["09:00"] })
    .transform((value, context): number => {
      const [, hours, rest] = /^(\d{2}):([0-5]\d)$/.exec(value) ?? [];
      const since = Number(hours) * 60 + Number(rest);
      if (since <= most) return since;
      context.addIssue({ code: "custom", message: MINUTES });
      return z.NEVER;
    });

const daily = z
  .strictObject(
    {
      days: z
        .array(z.enum(DAYS, { error: `must be one of ${DAYS.join(", ")}` }), { error: "must be an array of days" })
        .min(1, { error: "must name at least one day" }),
      start: minutes(23 * 60 + 59),
      end: minutes(24 * 60),
    },
    { error: unrecognized("must be an object {days, start, end}", "known") },
  )
  .refine(({ start, end }) => start < end, {
    path: ["end"],
    error: "must be after start; use two windows for one across midnight",
  });

const DATE = "must be a date, like 2026-12-25";
const date = z.iso.date({ error: DATE }).meta({ format: "date", examples: ["2026-12-25"] });

const fields = {
  timezone_mode: z.enum(["recipient", "fixed"], { error: 'must be "recipient" or "fixed"' }),
  timezone: optional(timezone),
  windows: z
    .array(daily, { error: "must be an array of windows" })
    .min(1, { error: "must have at least one window" })
    .max(MAX_WINDOWS, { error: `must have at most ${MAX_WINDOWS} windows` })
    // Otherwise all recipients would fail at once as never callable.
    .refine((windows) => windows.length === 0 || !windows.every(isTooShort), {
      error: `must have a window of at least ${LEAST_MINUTES} minutes: a phone may ring for ${RINGING_TIMEOUT_SECONDS.most} seconds, and must stop before the window closes`,
    }),
  excluded_dates: z
    .array(date, { error: "must be an array of dates" })
    .max(MAX_EXCLUDED_DATES, { error: `must have at most ${MAX_EXCLUDED_DATES} dates` })
    .default([]),
  unknown_timezone: z.enum(["block", "use_timezone"], { error: 'must be "block" or "use_timezone"' }).default("block"),
};
/** Whether a zone is named where one is needed. */
const hasZone = (window: { timezone_mode: string; unknown_timezone: string; timezone: string | null }): boolean =>
  window.timezone !== null || (window.timezone_mode === "recipient" && window.unknown_timezone === "block");
const NEEDS_ZONE = {
  path: ["timezone"],
  error: "is required if timezone_mode is fixed or unknown_timezone is use_timezone",
};

/** An organization's window: it has no end. */
export const windowFloor = z
  .strictObject(fields, { error: unrecognized(WINDOW, "known") })
  .refine(hasZone, NEEDS_ZONE)
  .transform((window) => ({ ...window, expiresAt: null }));

export const callingWindow = z
  .strictObject(
    {
      ...fields,
      expires_at: optional(instant.refine((at) => at > Date.now(), { error: "must be in the future" })),
    },
    { error: unrecognized(WINDOW, "known") },
  )
  .refine(hasZone, NEEDS_ZONE)
  .transform(({ expires_at, ...window }) => ({ ...window, expiresAt: expires_at }));
