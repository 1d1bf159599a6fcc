/** The settings of a batch that can change, their present values, and the request for the edited ones. Pure. */

import { EXPECTED_CALL_SECONDS } from "../../../../calling/requests/limits.ts";
import type { Batch, BatchChangePreviewed, BatchDetail } from "../../../../client/client.ts";
import {
  callsPerSecondOf,
  circuitBreakerOf,
  type Draft,
  newDraft,
  percentOf,
  retryPolicyOf,
  startOf,
  windowOf,
} from "../../draft/draft.ts";
import { type DraftFaults, type DraftField, faultsOf } from "../../draft/faults.ts";
import type { Callees } from "../../draft/latest-ring.ts";
import { wallOf } from "../../draft/zoned-time.ts";
import { isWaiting } from "../../text/batch-state.ts";

type Part = {
  /** Where its error is shown. */
  readonly field: DraftField;
  /** In the list of changes. */
  readonly word: string;
  /** The value in the request. */
  readonly of: (draft: Draft) => BatchChangePreviewed[keyof BatchChangePreviewed];
};

/** By the request's names, in the order of the page. */
const PARTS: Readonly<Record<keyof BatchChangePreviewed, Part>> = {
  name: { field: "name", word: "name", of: ({ name }) => name.trim() },
  target_concurrency_limit: {
    field: "concurrency",
    word: "calls at once",
    of: ({ concurrency }) => Number(concurrency),
  },
  // Always one of those offered, so it has no error of its own.
  priority: { field: "concurrency", word: "priority", of: ({ priority }) => Number(priority) },
  scheduled_at: { field: "startAt", word: "start", of: startOf },
  calling_window: { field: "hours", word: "hours", of: windowOf },
  retry_policy: { field: "again", word: "calling again", of: retryPolicyOf },
  calls_per_second: { field: "pace", word: "pace", of: callsPerSecondOf },
  circuit_breaker: { field: "stops", word: "stopping by itself", of: circuitBreakerOf },
};
const NAMES = Object.keys(PARTS) as readonly (keyof BatchChangePreviewed)[];

/**
 * `start`: until the first call. `calls`: how people are called; not in a cancelled batch, which makes no more calls.
 */
export type Changeable = { readonly start: boolean; readonly calls: boolean };

type Standing = Pick<
  Batch,
  | "status"
  | "total_calls_dispatched"
  | "total_calls_finished"
  | "retry_count"
  | "paused_at"
  | "scheduled_at"
  | "circuit_breaker"
>;

export const changeable = (batch: Standing): Changeable => ({
  start: isWaiting(batch) && batch.total_calls_dispatched === 0 && batch.retry_count === 0,
  calls: batch.status !== "cancelled",
});

const text = (value: number | null | undefined): string => (value === null || value === undefined ? "" : String(value));

const hoursOf = (window: NonNullable<BatchDetail["calling_window"]>, { zone, hoursZone }: Draft): Partial<Draft> => ({
  hasHours: true,
  hours: window.windows.map(({ days, start, end }) => ({ days, from: start, until: end === "24:00" ? "00:00" : end })),
  clock: window.timezone_mode,
  unknownZone: window.unknown_timezone,
  hoursZone: window.timezone ?? hoursZone,
  freeDays: window.excluded_dates.join(", "),
  lastsUntil: window.expires_at === undefined ? "" : wallOf(Date.parse(window.expires_at), zone),
});

const againOf = (policy: NonNullable<BatchDetail["retry_policy"]>): Partial<Draft> => ({
  callsAgain: true,
  attempts: String(policy.max_attempts),
  againAfterMinutes: policy.intervals_minutes.join(", "),
  againOn: policy.retry_on,
  gapMinutes: text(policy.min_gap_minutes),
  callsPerDay: text(policy.max_attempts_per_number_per_day),
});

/** From a read of the batch alone: lists and live messages leave its settings out. */
function stopsOf(breaker: NonNullable<BatchDetail["circuit_breaker"]>, usual: Draft): Partial<Draft> {
  const { min_calls, failure_share, window_minutes, cool_down_minutes } = breaker;
  return {
    stopsItself: true,
    stopAfterCalls: text(min_calls) || usual.stopAfterCalls,
    stopAtPercent: failure_share === undefined ? usual.stopAtPercent : percentOf(failure_share),
    stopWithinMinutes: text(window_minutes) || usual.stopWithinMinutes,
    coolDownMinutes: text(cool_down_minutes),
  };
}

/** The present settings. A start time in the past counts as none. */
export function draftOf(batch: BatchDetail, now: number): Draft {
  const usual = newDraft(now);
  const startsAt = batch.scheduled_at === undefined ? 0 : Date.parse(batch.scheduled_at);
  return {
    ...usual,
    name: batch.name,
    agentId: batch.agent_id,
    numberId: batch.from_number_id,
    concurrency: String(batch.target_concurrency_limit),
    priority: String(batch.priority),
    hangsUp: batch.on_voicemail === "hang_up",
    callsPerSecond: text(batch.calls_per_second),
    ...(startsAt > now ? { start: "later", startAt: wallOf(startsAt, usual.zone) } : {}),
    ...(batch.calling_window === undefined ? { hasHours: false } : hoursOf(batch.calling_window, usual)),
    ...(batch.retry_policy === undefined ? {} : againOf(batch.retry_policy)),
    ...(batch.circuit_breaker === undefined ? {} : stopsOf(batch.circuit_breaker, usual)),
  };
}

const isChanged = (name: keyof BatchChangePreviewed, before: Draft, after: Draft): boolean =>
  JSON.stringify(PARTS[name].of(before)) !== JSON.stringify(PARTS[name].of(after));

const changedNames = (before: Draft, after: Draft): (keyof BatchChangePreviewed)[] =>
  NAMES.filter((name) => isChanged(name, before, after));

/** Only edited settings, so that changes by others in the meantime stay. */
export const changeOf = (before: Draft, after: Draft): BatchChangePreviewed =>
  Object.fromEntries(changedNames(before, after).map((name) => [name, PARTS[name].of(after)]));

/** "name, hours"; null without changes. */
export function changedWords(before: Draft, after: Draft): string | null {
  const words = changedNames(before, after).map((name) => PARTS[name].word);
  return words.length === 0 ? null : words.join(", ");
}

/** Errors in edited settings; the service has accepted the others before. `limit`: as for a new batch. */
export function changeFaults(before: Draft, after: Draft, limit: number | null, now: number): DraftFaults {
  const faults = faultsOf(after, limit, now);
  const edited = changedNames(before, after).map((name) => PARTS[name].field);
  const shown = edited.flatMap((field) => (faults[field] === undefined ? [] : [[field, faults[field]]]));
  const isEmpty = after.concurrency === "" && edited.includes("concurrency");
  return { ...Object.fromEntries(shown), ...(isEmpty ? { concurrency: "Say how many." } : {}) };
}

type Issue = { readonly path: string; readonly message: string };

/** The service's issues, by field: "calling_window.windows[0].end must be after start". */
export function refusedFields(issues: readonly Issue[]): DraftFaults {
  const faults: DraftFaults = {};
  for (const { path, message } of issues) {
    const name = NAMES.find((one) => one === path.split(/[.[]/, 1)[0]);
    if (name !== undefined) faults[PARTS[name].field] ??= `The service says: ${message}.`;
  }
  return faults;
}

/** The waiting people, and until about when they will be called. */
export function calleesOf(batch: BatchDetail, now: number): Callees {
  const waiting = batch.recipients.filter(({ status }) => status === "queued");
  return {
    numbers: waiting.map(({ to_number }) => ({ to_number, timezone: null })),
    startsAt: now,
    endsAt: now + (waiting.length / Math.max(1, batch.target_concurrency_limit)) * EXPECTED_CALL_SECONDS.usual * 1_000,
  };
}
