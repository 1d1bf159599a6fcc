/** When a batch will be over, from how fast its recipients were lately finished. Pure. */

import type { Waiting, WaitingReason } from "../../calling/words/waiting.ts";

/** Long enough that a pause between two calls does not count, short enough to follow a change of the concurrency. */
const MEASURED_MS = 10 * 60_000;
/** Fewer say nothing about a pace. */
const LEAST_FINISHED = 5;
/** Somebody is being dialed, or will be as soon as a call of this batch is over: the pace goes on. */
const GOES_ON: ReadonlySet<WaitingReason> = new Set(["batch_concurrency", "pace"]);

export type Finished = { readonly dialedAt: number; readonly endedAt: number };

export type Progress = {
  /** The recipients that were dialed and are over, in any order. */
  readonly finished: Iterable<Finished>;
  /** Recipients that wait or are in flight. */
  readonly remaining: number;
  /** When dialing began; null where it has not. */
  readonly admittedAt: number | null;
  readonly waiting: Waiting | null;
};

/** Epoch ms; null where nothing is known to go by: too few calls, nobody remains, or nobody knows when it goes on. */
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
  // A batch that was over before somebody was appended, or retried, is measured from when it dials again.
  const since = Math.max(from, firstDialedAt);
  return Math.round(Math.max(goesOnAt, now) + (remaining * Math.max(1, now - since)) / count);
}
