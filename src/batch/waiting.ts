/** Why nobody in the batch is being dialed at the moment, for whoever asks. Pure. */

import type { Waiting } from "../calling/waiting.ts";
import type { BatchRow } from "./batch-row.ts";
import { freeSlots, isReady } from "./request.ts";
import type { Roster } from "./roster.ts";

/** `pausedUntil`: the carrier asked for that pause; in the past without one. Null: nobody waits, or somebody is dialed now. */
export function waitingOf(row: BatchRow, roster: Roster, pausedUntil: number, now: number): Waiting | null {
  if (roster.dueAt === null) return null;
  if (row.paused_at !== null) return { reason: "paused", until: null };
  if (!isReady(row, now)) return { reason: "scheduled", until: row.scheduled_at };
  // Deferred by the carrier and called again later look the same in a row; while the carrier's pause lasts, it is the pause.
  const earliestAt = roster.earliestAt(now);
  if (pausedUntil > now) return { reason: "carrier", until: Math.max(pausedUntil, earliestAt ?? 0) };
  if (roster.dueAt > now) return { reason: "retry_delay", until: earliestAt };
  if (earliestAt === null || earliestAt > now) return { reason: "window", until: earliestAt };
  if (row.granted_slots === null) return { reason: "organization_concurrency", until: null };
  if (freeSlots(row, roster.flying) === 0) return { reason: "batch_concurrency", until: null };
  return null;
}
