/** The preview of a batch in a few sentences. Pure. */

import type { BatchPreview } from "../../../client/client.ts";

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
