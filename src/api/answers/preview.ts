/** The preview of a batch as JSON. */

import type { Course, CourseSettings } from "../../batch/steering/course.ts";
import type { Fate, Preview } from "../../batch/steering/preview.ts";
import { known, time, timeOrNull } from "../../calling/answers/json.ts";
import type { Callee } from "../../calling/messages/batch-order.ts";
import type { Outlook } from "../../calling/messages/outlook.ts";
import { zonesOfCallee } from "../../window/zones-of-number.ts";
import type { FileAsRead } from "../csv/file-as-read.ts";
import { type CountryReading, presentReadings } from "../csv/national-numbers.ts";
import { PREVIEW_PEOPLE, type PreviewAnswer, type PreviewPerson } from "../schemas/preview.ts";

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
