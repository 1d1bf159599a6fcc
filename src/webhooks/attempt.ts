/**
 * What the outcome of an attempt makes of a delivery, and when a webhook is disabled. Pure. Source: Standard Webhooks,
 * "Deliverability and reliability".
 */

import type { Delivery } from "./packs.ts";
import type { AttemptOutcome } from "./rpc.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The waits after the first try, the second, and so on. The last try is final. `docs/guides/webhooks.md` says the same. */
export const RETRY_AFTER_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  8 * HOUR,
  8 * HOUR,
];
/** Up to this share is added to each wait, so that deliveries that failed together are not retried together. */
const JITTER = 0.1;
/** An upper bound for one attempt, including its time in the queue. */
const ATTEMPT_MS = MINUTE;
/** The longest time that all tries take. If `Retry-After` asks for a later try, the delivery fails without it. */
export const GIVE_UP_AFTER_MS = RETRY_AFTER_MS.reduce((sum, wait) => sum + wait * (1 + JITTER) + ATTEMPT_MS, 0);

/** A webhook is disabled after every attempt has failed for this long. */
export const DISABLE_AFTER_MS = 3 * 24 * HOUR;

/** The receiver asks for no more events (Standard Webhooks, and HTTP). */
const GONE = 410;
export const isGone = (outcome: AttemptOutcome): boolean => outcome.kind === "answered" && outcome.status === GONE;
export const isAccepted = (outcome: AttemptOutcome): boolean =>
  outcome.kind === "answered" && outcome.status >= 200 && outcome.status < 300;

/** The delivery after the attempt. `chance`: random, from 0 to 1. */
export function afterAttempt(row: Delivery, outcome: AttemptOutcome, now: number, chance: number): Delivery {
  const tried: Delivery = {
    ...row,
    attempts: row.attempts + 1,
    tries: row.tries + 1,
    attempted_at: now,
    response_status: outcome.kind === "answered" ? outcome.status : null,
    error_message: problemOf(outcome),
  };
  if (isAccepted(outcome)) return { ...tried, status: "delivered", due_at: null };
  const wait = RETRY_AFTER_MS[row.tries];
  if (wait === undefined || isGone(outcome)) return { ...tried, status: "failed", due_at: null };
  const asked = outcome.kind === "answered" ? (outcome.retryAfterMs ?? 0) : 0;
  const dueAt = now + Math.max(wait * (1 + JITTER * chance), asked);
  if (dueAt > row.ordered_at + GIVE_UP_AFTER_MS) return { ...tried, status: "failed", due_at: null };
  return { ...tried, due_at: Math.round(dueAt) };
}

function problemOf(outcome: AttemptOutcome): string | null {
  if (isAccepted(outcome)) return null;
  if (outcome.kind === "unanswered") return outcome.message;
  const isRedirect = outcome.status >= 300 && outcome.status < 400;
  return isRedirect
    ? `answered ${outcome.status}: redirects are not followed; change the webhook's url`
    : `answered ${outcome.status}: only 2xx counts as received`;
}

/** The time since which every attempt has failed; null after a success. */
export const failingSince = (before: number | null, outcome: AttemptOutcome, now: number): number | null =>
  isAccepted(outcome) ? null : (before ?? now);

/** Why the webhook is disabled after this attempt; null if it stays enabled. */
export function whyDisabled(outcome: AttemptOutcome, since: number | null, now: number): string | null {
  if (isGone(outcome)) return "it answered 410 Gone";
  if (since !== null && now - since >= DISABLE_AFTER_MS) return "every delivery failed for three days";
  return null;
}
