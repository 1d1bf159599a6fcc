/** Calling again by itself: whom, how often, and after how long. Ours; the published API has only the human's retry. */

import type { EndReason } from "./call.ts";
import type { ContactRules } from "./clearance.ts";

/** Ends after which the same person may be called again. What is unknown never is (promise 2): that is for a human. */
export const RETRYABLE = ["dial_no_answer", "dial_busy", "dial_failed"] as const satisfies readonly EndReason[];
export type Retryable = (typeof RETRYABLE)[number];

export type RetryPolicy = {
  /** Calls to one recipient, the first included. */
  readonly max_attempts: number;
  readonly retry_on: readonly Retryable[];
  /** From an end to the next attempt: before the second, the third, and so on; the last one counts for all that follow. */
  readonly intervals_minutes: readonly number[];
  /** What holds for a number across the organization's batches, whoever else calls it. Stored policies may have neither. */
  readonly min_gap_minutes?: number | null;
  readonly max_attempts_per_number_per_day?: number | null;
};

export const contactRulesOf = (policy: RetryPolicy | null): ContactRules => ({
  min_gap_minutes: policy?.min_gap_minutes ?? null,
  max_attempts_per_number_per_day: policy?.max_attempts_per_number_per_day ?? null,
});

export const MAX_ATTEMPTS = { least: 1, most: 10 } as const;
/** A week. */
export const RETRY_INTERVAL_MINUTES = { least: 1, most: 7 * 24 * 60 } as const;

export const USUAL_RETRY_MINUTES = 30;

const MINUTE = 60_000;

/** When the recipient may be called again, epoch ms; null where it stays as it ended. `attempt` counts from 1. */
export function nextAttemptAt(
  policy: RetryPolicy | null,
  attempt: number,
  endReason: EndReason | null,
  endedAt: number,
): number | null {
  if (policy === null || attempt >= policy.max_attempts || endReason === null) return null;
  if (!policy.retry_on.some((reason) => reason === endReason)) return null;
  const minutes = policy.intervals_minutes[attempt - 1] ?? policy.intervals_minutes.at(-1);
  return minutes === undefined ? null : endedAt + minutes * MINUTE;
}
