/** Why the batch, or one of its recipients, is not being dialed at the moment. Pure. */

import type { Waiting } from "../../calling/words/waiting.ts";
import { isOnTrial, isOpen, trialDueAt } from "../attempts/circuit.ts";
import type { Hold } from "../people/holds.ts";
import type { Roster } from "../people/roster.ts";
import { freeSlots, isReady, slotsOf } from "../slots/request.ts";
import type { BatchRow } from "../store/batch-row.ts";

/** Each is in the past where it holds up nobody. */
export type Pauses = {
  /** The carrier asked for that pause. */
  readonly pausedUntil: number;
  /** The pace lets the next call begin then. */
  readonly pacedUntil: number;
};

/** Null: nobody waits, or somebody is dialed now. */
export function waitingOf(
  row: BatchRow,
  roster: Roster,
  { pausedUntil, pacedUntil }: Pauses,
  now: number,
): Waiting | null {
  if (roster.dueAt === null) return null;
  const held = heldBack(row, now);
  if (held !== null) return held;
  // Deferred by the carrier and called again later look the same in a row; while the carrier's pause lasts, it is the pause.
  const earliestAt = roster.earliestAt(now);
  if (pausedUntil > now) return { reason: "carrier", until: Math.max(pausedUntil, earliestAt ?? 0) };
  if (roster.dueAt > now) return { reason: roster.firstDue?.hold?.reason ?? "retry_delay", until: earliestAt };
  if (earliestAt === null || earliestAt > now) return { reason: "window", until: earliestAt };
  return withoutSlot(row, roster.flying) ?? (pacedUntil > now ? { reason: "pace", until: pacedUntil } : null);
}

/** What is said of one recipient that waits. */
export type WaitingRecipient = {
  /** When its next attempt is due, whatever its window; in the past for a first attempt. */
  readonly dueAt: number;
  /** It was to be dialed, and the carrier said "not now". */
  readonly isDeferred: boolean;
  /** It was called too recently, or too often today. */
  readonly hold: Hold | null;
  /** When its calling window lets it be called, once it is due; null: never. */
  readonly opensAt: number | null;
};

/** Everything that holds the batch back holds back each who waits in it; then comes what is the recipient's own. */
export function waitingOfRecipient(
  batch: { readonly row: BatchRow; readonly flying: number; readonly pauses: Pauses },
  { dueAt, isDeferred, hold, opensAt }: WaitingRecipient,
  now: number,
): Waiting {
  const { row, flying, pauses } = batch;
  const held = heldBack(row, now);
  if (held !== null) return held;
  if (dueAt > now) return { reason: isDeferred ? "carrier" : "retry_delay", until: opensAt };
  if (hold !== null && hold.until > now) return { reason: hold.reason, until: opensAt };
  if (opensAt === null || opensAt > now) return { reason: "window", until: opensAt };
  if (pauses.pausedUntil > now) return { reason: "carrier", until: pauses.pausedUntil };
  // It has a slot in prospect: those before it in the line are being dialed, as fast as requests may leave.
  return withoutSlot(row, flying) ?? { reason: "pace", until: pauses.pacedUntil > now ? pauses.pacedUntil : null };
}

/** What a human, the order or the circuit breaker has said about the whole batch. */
function heldBack(row: BatchRow, now: number): Waiting | null {
  if (row.paused_at !== null) return { reason: "paused", until: null };
  if (!isReady(row, now)) return { reason: "scheduled", until: row.scheduled_at };
  return isOpen(row) ? { reason: "carrier", until: trialDueAt(row) } : null;
}

function withoutSlot(row: BatchRow, flying: number): Waiting | null {
  // Where it has not asked for any, it is about to.
  if (slotsOf(row) === null || (row.granted_slots === null && freeSlots(row, flying) === 0))
    return { reason: "organization_concurrency", until: null };
  // Everybody waits for what the one call shows.
  if (isOnTrial(row)) return { reason: "carrier", until: null };
  return freeSlots(row, flying) === 0 ? { reason: "batch_concurrency", until: null } : null;
}
