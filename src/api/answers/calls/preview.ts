/** The preview of a batch: what would happen. */

import { z } from "zod";
import type { Course, CourseSettings } from "../../../batch/steering/course.ts";
import {
  DELAYED_REASONS,
  FAILED_REASONS,
  type Fate,
  type Preview,
  SKIPPED_REASONS,
} from "../../../batch/steering/preview.ts";
import { known, time, timeOrNull } from "../../../calling/answers/json.ts";
import type { Callee } from "../../../calling/messages/batch-order.ts";
import type { Outlook } from "../../../calling/messages/outlook.ts";
import { zonesOfCallee } from "../../../window/zones-of-number.ts";
import type { FileAsRead } from "../../csv/file-as-read.ts";
import type { CountryReading } from "../../csv/national-numbers.ts";
import { timestamp } from "../parts/common.ts";
import { countryReadings, fileAnswer, presentReadings } from "../parts/file.ts";

/** Enough to see what is wrong with a list, few enough to read; the counts include all recipients. */
export const PREVIEW_PEOPLE = 100;

const REASONS = [...SKIPPED_REASONS, ...DELAYED_REASONS, ...FAILED_REASONS] as const;

const reason = z.enum(REASONS);

const person = z.object({
  index: z.int().describe("The recipient's index in the request, from 0."),
  line: z.int().optional().describe("Its line in the file."),
  to_number: z.string(),
  outcome: z.enum(["delayed", "skipped", "failed"]),
  reason: reason.describe(
    "duplicate: left out by on_duplicate skip. do_not_call: its number is on the list. window: its calling window is closed. contact_gap: its number was called too recently, or is in this list before. daily_cap: it has reached its calls for that day. unknown_timezone: its place is not known, and the window blocks such recipients. window_never_open: its windows are never open together. window_expired: its turn comes after the window's end.",
  ),
  timezone: z.string().optional().describe("The time zones it may be in, if they matter."),
  next_eligible_at: timestamp
    .optional()
    .describe("When a delayed recipient may be called; absent if that is more than a year ahead."),
});

export type PreviewPerson = z.output<typeof person>;

export const previewAnswer = z.object({
  total_recipients: z.int(),
  called: z.int().describe("They may be called when dialing begins, within slots and pace."),
  delayed: z.int().describe("They are called later, each for one of the reasons."),
  skipped: z.int().describe("They would not be in the batch."),
  failed: z.int().describe("They would be in the batch and fail without a call."),
  reasons: z
    .partialRecord(reason, z.int())
    .describe("How many are delayed, skipped or failed for each reason; each recipient counts once."),
  people: z.array(person).describe(`The first ${PREVIEW_PEOPLE} delayed, skipped or failed recipients.`),
  people_left_out: z.int().describe("How many more of them there are."),
  country_readings: countryReadings.optional().describe("If the request has a default_country."),
  slots: z.object({
    needed: z.int().describe("The batch's target_concurrency_limit, as given or by default."),
    free: z.int().describe("Slots that are free for batches now."),
    waiting_batches: z.int().describe("Batches that wait for slots and come first."),
    granted_at_once: z.boolean().describe("Whether the batch would get its slots at once."),
  }),
  file: fileAnswer.optional(),
  estimate: z.object({
    expected_call_seconds: z.int().describe("The assumption for these figures: how long each call takes."),
    calls_per_second: z.number().optional().describe("The pace that applies; absent if unlimited."),
    starts_at: timestamp.describe("When dialing may begin: now, or the batch's scheduled_at."),
    ends_at: timestamp
      .optional()
      .describe(
        "When the last call would end, if the slots were free at starts_at and no one were called twice. Absent if no one is called.",
      ),
    duration_seconds: z.int().describe("From starts_at to ends_at."),
    calls: z.int().describe("First calls to all called or delayed recipients, until the windows expire."),
    not_reached: z.int().describe("Recipients who would still wait when the windows expire, or after a year."),
    expected_minutes: z.number().describe("The total time of the calls, by the assumption."),
    most_minutes: z
      .int()
      .describe(
        "The longest total time of the calls: every attempt of the retry policy, each with the longest allowed duration.",
      ),
  }),
});

export type PreviewAnswer = z.output<typeof previewAnswer>;

export type Previewed = {
  readonly submitted: readonly Callee[];
  /** The recipient's line in the file; null without a file. */
  readonly lineOf: (index: number) => number | null;
  /** Null without a file. */
  readonly asRead: FileAsRead | null;
  /** Null without a country. */
  readonly countryReadings: readonly CountryReading[] | null;
  readonly preview: Preview;
  readonly settings: CourseSettings;
  readonly course: Course;
  readonly outlook: Outlook;
};

export function presentPreview({
  submitted,
  lineOf,
  asRead,
  countryReadings,
  preview,
  settings,
  course,
  outlook,
}: Previewed): PreviewAnswer {
  const { fates } = preview;
  const count = (kind: Fate["kind"]) => fates.filter((fate) => fate.kind === kind).length;
  const concerned = submitted.flatMap((recipient, index): PreviewPerson | [] => {
    const fate = fates[index];
    return fate === undefined || fate.kind === "called" ? [] : presentPerson(recipient, fate, index, lineOf(index));
  });
  return {
    total_recipients: fates.length,
    called: count("called"),
    delayed: count("delayed"),
    skipped: count("skipped"),
    failed: count("failed"),
    reasons: countsOf(fates),
    people: concerned.slice(0, PREVIEW_PEOPLE),
    people_left_out: Math.max(0, concerned.length - PREVIEW_PEOPLE),
    ...(countryReadings === null ? {} : { country_readings: presentReadings(countryReadings, lineOf) }),
    slots: {
      needed: outlook.order.target_concurrency_limit,
      free: outlook.slots.free,
      waiting_batches: outlook.slots.waitingBatches,
      granted_at_once: outlook.slots.isGrantedAtOnce,
    },
    estimate: presentEstimate(preview, settings, course, outlook),
    ...known({ file: asRead }),
  };
}

function presentPerson(
  { to_number, timezone }: Callee,
  fate: Exclude<Fate, { kind: "called" }>,
  index: number,
  line: number | null,
): PreviewPerson {
  const zones = fate.kind === "skipped" ? [] : zonesOfCallee(to_number, timezone);
  return {
    index,
    ...known({ line }),
    to_number,
    outcome: fate.kind,
    reason: fate.reason,
    ...known({
      timezone: zones.length === 0 ? null : zones.join(", "),
      next_eligible_at: timeOrNull(fate.kind === "delayed" ? fate.until : null),
    }),
  };
}

function countsOf(fates: readonly Fate[]): PreviewAnswer["reasons"] {
  const counts: PreviewAnswer["reasons"] = {};
  for (const fate of fates) if (fate.kind !== "called") counts[fate.reason] = (counts[fate.reason] ?? 0) + 1;
  return counts;
}

function presentEstimate(
  { startsAt, chances, beyond }: Preview,
  { callMs, paceMs }: CourseSettings,
  { calls, endsAt }: Course,
  { order }: Outlook,
): PreviewAnswer["estimate"] {
  const attempts = order.retryPolicy?.max_attempts ?? 1;
  return {
    expected_call_seconds: callMs / 1_000,
    ...known({ calls_per_second: paceMs === 0 ? null : rounded(1_000 / paceMs, 1_000) }),
    starts_at: time(startsAt),
    ...known({ ends_at: timeOrNull(endsAt) }),
    duration_seconds: endsAt === null ? 0 : Math.ceil((endsAt - startsAt) / 1_000),
    calls,
    not_reached: chances.length + beyond - calls,
    expected_minutes: rounded((calls * callMs) / 60_000, 10),
    most_minutes: (chances.length + beyond) * attempts * order.max_call_duration_minutes,
  };
}

const rounded = (value: number, parts: number): number => Math.round(value * parts) / parts;
