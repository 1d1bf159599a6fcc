/** When a batch will be over, from how fast its recipients were lately finished. Pure. */

import type { Waiting, WaitingReason } from "../calling/waiting.ts";

/** Long enough that a pause between two calls does not count, short enough to follow a change of the concurrency. */
const MEASURED_MS = 10 * 60_000;
/** Fewer say nothing about a pace. */
const LEAST_FINISHED = 5;
/** Somebody is being dialed, or will be as soon as a call of this batch is over: the pace goes on. */
const GOES_ON: ReadonlySet<WaitingReason> = new Set(["batch_concurrency", "pace"]);

export type Progress = {
  /** When the recipients that were dialed and are over ended, in any order. */
  readonly finishedAt: Iterable<number>;
  /** Recipients that wait or are in flight. */
  readonly remaining: number;
  /** When dialing began; null where it has not. */
  readonly admittedAt: number | null;
  readonly waiting: Waiting | null;
};

/** Epoch ms; null where nothing is known to go by: too few calls, nobody remains, or nobody knows when it goes on. */
export function estimatedEndAt({ finishedAt, remaining, admittedAt, waiting }: Progress, now: number): number | null {
  if (remaining === 0 || admittedAt === null) return null;
  const goesOnAt = waiting === null || GOES_ON.has(waiting.reason) ? now : waiting.until;
  if (goesOnAt === null) return null;
  const since = Math.max(admittedAt, now - MEASURED_MS);
  let finished = 0;
  for (const at of finishedAt) if (at >= since) finished += 1;
  if (finished < LEAST_FINISHED) return null;
  return Math.round(Math.max(goesOnAt, now) + (remaining * Math.max(1, now - since)) / finished);
}
