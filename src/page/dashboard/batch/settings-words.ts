/** A batch's settings as text: one summary line, and each setting by name. Pure. */

import { PRIORITY } from "../../../calling/words/priority.ts";
import type { BatchDetail } from "../../../client/client.ts";
import { count, dateTime, plural } from "../text/format.ts";
import { hoursOfWindow, zoneName } from "../text/hours.ts";
import { PRIORITY_WORDS } from "../text/priority.ts";

type Retried = NonNullable<BatchDetail["retry_policy"]>["retry_on"][number];
const ON_RETRY: Readonly<Record<Retried, string>> = {
  dial_no_answer: "no answer",
  dial_busy: "busy",
  dial_failed: "could not connect",
  voicemail: "voicemail",
};

export type Facts = readonly (readonly [string, string])[];

function unknownZoneWords({ unknown_timezone, timezone }: NonNullable<BatchDetail["calling_window"]>): string {
  return unknown_timezone === "block" ? "Not called" : `Uses ${zoneName(timezone ?? "")}`;
}

function retryWords(policy: BatchDetail["retry_policy"]): string {
  if (policy === undefined) return "None";
  const when = policy.retry_on.map((reason) => ON_RETRY[reason]).join(", ");
  return `Up to ${plural(policy.max_attempts, "call")} each (${when}), after ${policy.intervals_minutes.join(", ")} min`;
}

function stopWords(breaker: BatchDetail["circuit_breaker"]): string {
  if (breaker?.min_calls === undefined || breaker.failure_share === undefined) return "Off";
  const share = Number((breaker.failure_share * 100).toFixed(2));
  const then =
    breaker.cool_down_minutes === undefined || breaker.cool_down_minutes === null
      ? "until resumed"
      : `then tries one call every ${breaker.cool_down_minutes} min`;
  return `When ${share}% of at least ${plural(breaker.min_calls, "call")} in ${breaker.window_minutes} min fail, ${then}`;
}

const VOICEMAIL = { hang_up: "Hang up", continue: "Let the agent talk" } as const;
const paceWords = (perSecond: number | undefined): string =>
  perSecond === undefined ? "As fast as number and provider allow" : `${count(perSecond)} calls per second`;

/** "Mon–Fri 09:00–20:00, where each person is · 20 at once · up to 3 calls each". */
export const settingsLine = (batch: BatchDetail): string =>
  [
    hoursOfWindow(batch.calling_window),
    `${count(batch.target_concurrency_limit)} at once`,
    ...(batch.priority === PRIORITY.usual ? [] : [`priority ${batch.priority}`]),
    batch.retry_policy === undefined ? "no retries" : `up to ${batch.retry_policy.max_attempts} calls each`,
    ...(batch.on_voicemail === "hang_up" ? ["hangs up on voicemail"] : []),
    ...(batch.calls_per_second === undefined ? [] : [`${batch.calls_per_second} a second`]),
  ].join(" · ");

export function settingsOf(batch: BatchDetail): Facts {
  const { calling_window: window, retry_policy: policy } = batch;
  const facts: (readonly [string, string | undefined])[] = [
    ["Hours", hoursOfWindow(window)],
    ["Unknown time zone", window?.timezone_mode === "recipient" ? unknownZoneWords(window) : undefined],
    ["Days off", window?.excluded_dates.join(", ")],
    ["Nobody called after", window?.expires_at === undefined ? undefined : dateTime(window.expires_at)],
    ["Start", batch.scheduled_at === undefined ? "Immediately" : dateTime(batch.scheduled_at)],
    ["Calls at once", count(batch.target_concurrency_limit)],
    ["Priority", PRIORITY_WORDS.options[batch.priority as keyof typeof PRIORITY_WORDS.options]],
    ["Pace", paceWords(batch.calls_per_second)],
    ["Retries", retryWords(policy)],
    [
      "Gap between calls to a number",
      policy?.min_gap_minutes === undefined ? undefined : `${policy.min_gap_minutes} min`,
    ],
    ["Calls to a number per day", policy?.max_attempts_per_number_per_day?.toString()],
    ["Voicemail", batch.on_voicemail === undefined ? "Not detected" : VOICEMAIL[batch.on_voicemail]],
    ["Rings for", `${batch.ringing_timeout_seconds} s`],
    ["Longest call", `${batch.max_call_duration_minutes} min`],
    ["Stops automatically", stopWords(batch.circuit_breaker)],
    ["Region", batch.region],
    ["Batch ID", batch.id],
  ];
  return facts.flatMap(([name, value]) => (value === undefined || value === "" ? [] : [[name, value] as const]));
}
