/** All texts of the page of a new batch, but for its settings and its list. Pure. */

import { MAX_RECIPIENTS } from "../../../calling/requests/limits.ts";
import type { BatchPreview } from "../../../client/client.ts";
import { count, people, plural } from "../text/format.ts";

export const WORDS = {
  title: "New batch",
  back: "Batches",
  people: "People",
  calls: "Calls",
  when: "When",
  repeats: (repeats: number) => `${plural(repeats, "number is", "numbers are")} on the list more than once`,
  again: "Call it each time",
  created: (called: number) => `${people(called)} will be called.`,
  copied: "(copy)",
  peopleOf: (batch: string) => `People of ${batch}`,
} as const;

export const PROBLEMS = {
  none: "Add a list of people.",
  noColumn: "Choose the column with the phone numbers.",
  faulty: "Some rows have errors: fix them or leave them out.",
  nobody: "No one on the list can be called.",
  tooMany: `A batch calls at most ${count(MAX_RECIPIENTS)} people.`,
} as const;

export const SUMMARY = {
  label: "What will happen",
  called: (called: number) => (called === 1 ? "person will be called" : "people will be called"),
  leftOut: "Left out",
  agent: "Agent",
  from: "Calls from",
  atOnce: "Calls at once",
  start: "Start",
  hours: "Hours",
  retries: "Retries",
  noRetries: "None",
  upTo: (attempts: string) => `Up to ${attempts} calls each`,
  review: "Review",
  reading: "The list is still being read.",
  safe: "Nobody is called until you confirm.",
  startOver: "Start over",
} as const;

/** "2 rows with errors, 1 duplicate"; null if all are called. */
export function leftOutWords(faulty: number, repeats: number): string | null {
  const parts = [
    faulty === 0 ? null : plural(faulty, "row with errors", "rows with errors"),
    repeats === 0 ? null : plural(repeats, "duplicate"),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(", ");
}

export const LAST_LOOK = {
  title: (concerned: string) => `Call ${concerned}?`,
  action: (concerned: string, isNow: boolean) => `${isNow ? "Call" : "Schedule"} ${concerned}`,
} as const;

export const OUTLOOK = {
  now: "Called right away",
  later: "Called later",
  leftOut: "Left out",
  failed: "Cannot be called",
  others: "Who is called later or not at all",
  earliest: (at: string) => `earliest ${at}`,
  more: (more: number) => `and ${people(more)} more`,
} as const;

type Reason = BatchPreview["people"][number]["reason"];

const REASONS: Readonly<Record<Reason, string>> = {
  duplicate: "On the list more than once",
  do_not_call: "On the do-not-call list",
  window: "Outside calling hours",
  contact_gap: "Called recently",
  daily_cap: "Reached the daily limit",
  unknown_timezone: "Unknown time zone",
  window_never_open: "No allowed hours",
  window_expired: "The hours end before their turn",
};

export const reasonWords = (reason: Reason): string => REASONS[reason];

/** How many are called, now or later. */
export const reached = ({ called, delayed }: Pick<BatchPreview, "called" | "delayed">): number => called + delayed;

/** When it begins and ends, and what may delay it. */
export function outlookWords(
  { slots, estimate }: Pick<BatchPreview, "slots" | "estimate">,
  time: (at: string) => string,
  span: (ms: number) => string,
): string {
  const waits = slots.granted_at_once
    ? ""
    : slots.waiting_batches > 0
      ? ` It starts after ${slots.waiting_batches} older ${slots.waiting_batches === 1 ? "batch" : "batches"} waiting for slots.`
      : ` It needs ${slots.needed} calls at once and ${slots.free} are free: it starts when other batches finish.`;
  if (estimate.ends_at === undefined) return `Nobody would be called.${waits}`;
  const missed =
    estimate.not_reached === 0 ? "" : ` ${estimate.not_reached} would not be reached before the hours end.`;
  return `If calls take ${span(estimate.expected_call_seconds * 1_000)} each, the batch ends around ${time(estimate.ends_at)}, after ${span(estimate.duration_seconds * 1_000)}.${missed}${waits}`;
}
