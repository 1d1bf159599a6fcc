/** A batch's state as one word and a colour tone. Pure. */

import type { Batch } from "../../../client/client.ts";

export type BatchState = {
  readonly word: string;
  readonly tone: "running" | "good" | "bad" | "held" | "quiet";
  /** When it continues, if known; of a turn, about when. */
  readonly until?: string;
  /** When it starts, if it has not started. */
  readonly starts?: string;
};

type Told = Pick<
  Batch,
  | "status"
  | "total_calls_dispatched"
  | "total_calls_finished"
  | "paused_at"
  | "scheduled_at"
  | "circuit_breaker"
  | "waiting_reason"
  | "waiting_until"
  | "turn"
>;
type Reason = NonNullable<Batch["waiting_reason"]>;

/** A recipient waits. */
export const isWaiting = ({ status }: Told): boolean => status === "pending" || status === "in_progress";
/** A recipient is on the phone. */
export const isTalking = (batch: Told): boolean => batch.total_calls_finished < batch.total_calls_dispatched;

/** Its carrier fails: it does not dial until a trial call or a human closes the circuit breaker. */
export const isStopped = (batch: Pick<Told, "status" | "circuit_breaker">): boolean =>
  (batch.status === "pending" || batch.status === "in_progress") && batch.circuit_breaker?.state === "open";

/** Why it stopped, and what happens next. */
export function stoppedWords({ calls, failed_calls }: NonNullable<Batch["circuit_breaker"]>): string {
  const how = calls === undefined || failed_calls === undefined ? "calls" : `${failed_calls} of ${calls} calls`;
  return `Stopped automatically: the carrier failed ${how}.`;
}

/** Replaces "Calling" while no recipient is on the phone or about to be. */
const WAITING_FOR: Readonly<Record<Reason, string>> = {
  paused: "Paused",
  scheduled: "Scheduled",
  organization_concurrency: "Waiting for slots",
  batch_concurrency: "Waiting for slots",
  pace: "Waiting for pace",
  carrier: "Waiting for carrier",
  window: "Waiting for hours",
  retry_delay: "Waiting to retry",
  contact_gap: "Waiting for call limits",
  daily_cap: "Waiting for call limits",
};

export function batchState(batch: Told, now: number): BatchState {
  if (isWaiting(batch) && batch.paused_at !== undefined) return { word: "Paused", tone: "held" };
  if (isStopped(batch)) return { word: "Stopped", tone: "bad", ...untilOf(batch.circuit_breaker?.until) };
  switch (batch.status) {
    case "cancelled":
      return isTalking(batch) ? { word: "Last calls", tone: "running" } : { word: "Cancelled", tone: "quiet" };
    case "failed":
      return { word: "Failed", tone: "bad" };
    case "completed":
      return isTalking(batch) ? { word: "Last calls", tone: "running" } : { word: "Completed", tone: "good" };
    case "pending":
    case "in_progress":
      return waitingState(batch, now);
  }
}

const untilOf = (until: string | undefined) => (until === undefined ? {} : { until });

function waitingState(batch: Told, now: number): BatchState {
  const { scheduled_at, waiting_reason, waiting_until, turn } = batch;
  if (isTalking(batch)) return { word: "Calling", tone: "running" };
  if (batch.status === "pending" && scheduled_at !== undefined && Date.parse(scheduled_at) > now) {
    return { word: "Scheduled", tone: "quiet", starts: scheduled_at };
  }
  // The start time has passed since the last report.
  if (waiting_reason === undefined || waiting_reason === "scheduled" || waiting_reason === "paused") {
    return { word: batch.status === "pending" ? "Starting" : "Calling", tone: "running" };
  }
  return { word: WAITING_FOR[waiting_reason], tone: "held", ...untilOf(waiting_until ?? turn?.estimated_at) };
}

const WAITING = new Map<string, string>([
  ["paused", "Paused. Nobody is called until you resume."],
  ["scheduled", "Nobody is called before the start."],
  ["organization_concurrency", "Waiting for slots: other batches use all calls at once, or come first."],
  ["batch_concurrency", "All of its calls at once are in use."],
  ["pace", "Waiting for pace: calls start no faster than the calls per second set for the batch, number or provider."],
  ["carrier", "The carrier asked to wait, or cannot be reached."],
  ["window", "Outside calling hours for everybody who is waiting."],
  ["retry_delay", "Everybody waiting was called before and will be retried later."],
  ["contact_gap", "Everybody waiting was called by another batch recently."],
  ["daily_cap", "Everybody waiting reached the daily limit of calls."],
]);

/** The words for one person. */
const THEY_WAIT = new Map<string, string>([
  ["window", "Outside their calling hours."],
  ["retry_delay", "Called before, and retried later."],
  ["contact_gap", "Called by another batch recently."],
  ["daily_cap", "Reached the daily limit of calls."],
]);

export const theyWaitWords = (reason: string): string => THEY_WAIT.get(reason) ?? waitingWords(reason);

type Times = { readonly next_eligible_at?: string | undefined; readonly waiting_until?: string | undefined };

/** When a person may be called at the earliest: by the person's hours, and once the batch goes on. */
export const notBefore = ({ next_eligible_at, waiting_until }: Times): string | undefined =>
  [next_eligible_at, waiting_until]
    .filter((at) => at !== undefined)
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1);

/** Why no recipient is being dialed; an unknown reason is shown as it is. */
export const waitingWords = (reason: string): string =>
  WAITING.get(reason) ?? `Waiting: ${reason.replaceAll("_", " ")}.`;
