/** A batch's state as one word and a tone. Pure. */

import type { Batch } from "../../../client/client.ts";

export type BatchState = { readonly word: string; readonly tone: "running" | "good" | "bad" | "held" | "quiet" };

type Told = Pick<
  Batch,
  "status" | "total_calls_dispatched" | "total_calls_finished" | "paused_at" | "scheduled_at" | "circuit_breaker"
>;

/** Somebody waits. */
export const isWaiting = ({ status }: Told): boolean => status === "pending" || status === "in_progress";
/** Somebody is on the phone. */
export const isTalking = (batch: Told): boolean => batch.total_calls_finished < batch.total_calls_dispatched;

/** Its carrier fails: it dials nobody until a trial call, or somebody, says otherwise. */
export const isStopped = (batch: Pick<Told, "status" | "circuit_breaker">): boolean =>
  (batch.status === "pending" || batch.status === "in_progress") && batch.circuit_breaker?.state === "open";

/** Why it stopped, and what happens next. */
export function stoppedWords({ calls, failed_calls }: NonNullable<Batch["circuit_breaker"]>): string {
  const how = calls === undefined || failed_calls === undefined ? "calls" : `${failed_calls} of ${calls} calls`;
  return `It stopped by itself: the carrier failed ${how}.`;
}

export function batchState(batch: Told, now: number): BatchState {
  if (isWaiting(batch) && batch.paused_at !== undefined) return { word: "Paused", tone: "held" };
  if (isStopped(batch)) return { word: "Stopped", tone: "bad" };
  switch (batch.status) {
    case "cancelled":
      return isTalking(batch) ? { word: "Last calls", tone: "running" } : { word: "Cancelled", tone: "quiet" };
    case "failed":
      return { word: "Failed", tone: "bad" };
    case "pending":
      return batch.scheduled_at !== undefined && Date.parse(batch.scheduled_at) > now
        ? { word: "Scheduled", tone: "quiet" }
        : { word: "Waiting", tone: "quiet" };
    case "in_progress":
      return { word: "Calling", tone: "running" };
    case "completed":
      return isTalking(batch) ? { word: "Last calls", tone: "running" } : { word: "Completed", tone: "good" };
  }
}

const WAITING = new Map<string, string>([
  ["paused", "Paused. Nobody is dialed until you resume it."],
  ["scheduled", "Nobody is called before its time comes."],
  [
    "organization_concurrency",
    "It waits for its turn: older batches hold the calls that your organization may make at once.",
  ],
  ["batch_concurrency", "All of its calls at once are taken by people who are on the phone."],
  ["pace", "Calls are handed to the carrier as fast as they may be."],
  ["carrier", "The carrier asked to wait, or cannot be reached."],
  ["window", "Nobody who waits may be called at this time of their day."],
  ["retry_delay", "Whoever waits was called before, and is called again later."],
  ["contact_gap", "Whoever waits was called by another batch a short time ago."],
  ["daily_cap", "Whoever waits was called as often today as may be."],
]);

/** Of one of the people, where it is about them. */
const THEY_WAIT = new Map<string, string>([
  ["window", "It is outside of their hours."],
  ["retry_delay", "They were called before, and are called again later."],
  ["contact_gap", "They were called by another batch a short time ago."],
  ["daily_cap", "They were called as often today as may be."],
]);

export const theyWaitWords = (reason: string): string => THEY_WAIT.get(reason) ?? waitingWords(reason);

/** Why nobody is being dialed; a reason that this page does not know yet is shown as it is. */
export const waitingWords = (reason: string): string =>
  WAITING.get(reason) ?? `It waits: ${reason.replaceAll("_", " ")}.`;
