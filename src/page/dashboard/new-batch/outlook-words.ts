/** What would come of a batch, in a few sentences. Pure. */

import type { BatchPreview } from "../../../client/client.ts";

type Reason = BatchPreview["people"][number]["reason"];

const REASONS: Readonly<Record<Reason, string>> = {
  duplicate: "stands on the list more than once",
  do_not_call: "is on the do-not-call list",
  window: "outside of the hours where they are",
  contact_gap: "was called a short time ago",
  daily_cap: "was called as often today as may be",
  unknown_timezone: "nobody knows what time it is there",
  window_never_open: "no hour is ever allowed",
  window_expired: "the hours end before their turn",
};

export const reasonWords = (reason: Reason): string => REASONS[reason];

/** How many get a call, at once or later. */
export const reached = ({ called, delayed }: Pick<BatchPreview, "called" | "delayed">): number => called + delayed;

/** When it begins and ends, and what may hold it up. */
export function outlookWords(
  { slots, estimate }: Pick<BatchPreview, "slots" | "estimate">,
  time: (at: string) => string,
  span: (ms: number) => string,
): string {
  const waits = slots.granted_at_once
    ? ""
    : slots.waiting_batches > 0
      ? ` Older batches wait for calls before it (${slots.waiting_batches}); it begins after them.`
      : ` It needs ${slots.needed} calls at once and ${slots.free} are free; it begins when the others are over.`;
  if (estimate.ends_at === undefined) return `Nobody would be called.${waits}`;
  const missed =
    estimate.not_reached === 0 ? "" : ` ${estimate.not_reached} of them would still wait when the hours end.`;
  return `If each call takes ${span(estimate.expected_call_seconds * 1_000)}, the last ends at about ${time(estimate.ends_at)}, after ${span(estimate.duration_seconds * 1_000)}.${missed}${waits}`;
}
