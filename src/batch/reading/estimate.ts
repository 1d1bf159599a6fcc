/** When a batch will end, by how fast recipients were finished lately. Pure. */

import type { Waiting, WaitingReason } from "../../calling/words/waiting.ts";

/** Long enough that a pause between two calls does not count, short enough to follow a change of the concurrency. */
export const MEASURED_MS = 10 * 60_000;
/** Fewer finished recipients tell nothing about the pace. */
const LEAST_FINISHED = 5;
/** A recipient is being dialed, or will be when a call of this batch ends: the pace continues. */
const GOES_ON: ReadonlySet<WaitingReason> = new Set(["batch_concurrency", "pace"]);

export type Finished = { readonly dialedAt: number; readonly endedAt: number };

export type Progress = {
  /** Recipients that were dialed and are finished, in any order. */
  readonly finished: Iterable<Finished>;
  /** Recipients that wait or are in flight. */
  readonly remaining: number;
  /** When dialing began; null before that. */
  readonly admittedAt: number | null;
  readonly waiting: Waiting | null;
};

/** Epoch ms. Null if there is no basis: too few calls, no recipients left, or an unknown end of a wait. */
export function estimatedEndAt({ finished, remaining, admittedAt, waiting }: Progress, now: number): number | null {
  if (remaining === 0 || admittedAt === null) return null;
  const goesOnAt = waiting === null || GOES_ON.has(waiting.reason) ? now : waiting.until;
  if (goesOnAt === null) return null;
  const from = Math.max(admittedAt, now - MEASURED_MS);
  let count = 0;
  let firstDialedAt = now;
  for (const { dialedAt, endedAt } of finished) {
    if (endedAt < from) continue;
    count += 1;
    firstDialedAt = Math.min(firstDialedAt, dialedAt);
  }
  if (count < LEAST_FINISHED) return null;
  // A finished batch that was retried or appended to is measured from when it dials again.
  const since = Math.max(from, firstDialedAt);
  return Math.round(Math.max(goesOnAt, now) + (remaining * Math.max(1, now - since)) / count);
}
