/**
 * Automatic retries: after which failures, how often, and after how long. Ours; the published API has only the human's
 * retry.
 */

import { type Failure, invalid } from "../requests/failure.ts";
import type { EndReason } from "../words/call.ts";
import { type AnsweredBy, type OnVoicemail, REACHED_A_MACHINE } from "../words/voicemail.ts";
import type { ContactRules } from "./clearance.ts";

/**
 * End reasons after which the same person may be called again. An unknown outcome is never retried (promise 2): a human
 * decides. `voicemail`: a machine answered and was hung up on; it is not `dial_no_answer` here.
 */
export const RETRYABLE = ["dial_no_answer", "dial_busy", "dial_failed", "voicemail"] as const satisfies readonly (
  | EndReason
  | "voicemail"
)[];
export type Retryable = (typeof RETRYABLE)[number];

export type RetryPolicy = {
  /** Calls to one recipient, including the first. */
  readonly max_attempts: number;
  readonly retry_on: readonly Retryable[];
  /**
   * From an end to the next attempt: before the second, the third, and so on; the last interval applies to all that
   * follow.
   */
  readonly intervals_minutes: readonly number[];
  /** Rules for a number across the organization's batches. Stored policies may have neither. */
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

/** A policy can retry after a machine only if machines are hung up on. */
export function policyProblem(policy: RetryPolicy | null, onVoicemail: OnVoicemail | null): Failure | null {
  if (onVoicemail === "hang_up" || !policy?.retry_on.includes("voicemail")) return null;
  return invalid("retry_policy.retry_on", 'can name voicemail only where on_voicemail is "hang_up"');
}

/** A failed attempt, as a policy sees it. */
export type Ended = {
  readonly attempt: number;
  readonly end_reason: EndReason | null;
  readonly answered_by: AnsweredBy | null;
};

const reasonOf = ({ end_reason, answered_by }: Ended): EndReason | "voicemail" | null =>
  end_reason === REACHED_A_MACHINE && answered_by === "machine" ? "voicemail" : end_reason;

/** When the recipient may be called again, epoch ms; null if it is not. Attempts count from 1. */
export function nextAttemptAt(policy: RetryPolicy | null, ended: Ended, endedAt: number): number | null {
  const [{ attempt }, endReason] = [ended, reasonOf(ended)];
  if (policy === null || attempt >= policy.max_attempts || endReason === null) return null;
  if (!policy.retry_on.some((reason) => reason === endReason)) return null;
  const minutes = policy.intervals_minutes[attempt - 1] ?? policy.intervals_minutes.at(-1);
  return minutes === undefined ? null : endedAt + minutes * MINUTE;
}
