/** Why the batch, or one of its recipients, is not being dialed now. Pure. */

import type { Waiting } from "../../calling/words/waiting.ts";
import { isOnTrial, isOpen, trialDueAt } from "../attempts/circuit.ts";
import type { Hold } from "../people/held-back.ts";
import type { Roster } from "../people/roster.ts";
import { freeSlots, isReady, slotsOf } from "../slots/request.ts";
import type { BatchRow } from "../store/batch-row.ts";

/** Each time is in the past if it pauses nothing. */
export type Pauses = {
  /** The carrier asked for a pause until then. */
  readonly pausedUntil: number;
  /** The pace lets the next call begin then. */
  readonly pacedUntil: number;
};

/** Null if no recipient waits, or one is being dialed now. */
export function waitingOf(
  row: BatchRow,
  roster: Roster,
  { pausedUntil, pacedUntil }: Pauses,
  now: number,
): Waiting | null {
  const due = roster.queue.firstDue;
  if (due === null) return null;
  const held = heldBack(row, now);
  if (held !== null) return held;
  // A row does not tell "deferred by the carrier" from "called again later". While the carrier's pause lasts, it is the
  // pause.
  const earliestAt = roster.queue.earliestAt(now);
  if (pausedUntil > now) return { reason: "carrier", until: Math.max(pausedUntil, earliestAt ?? 0) };
  if (due.at > now) return { reason: due.hold?.reason ?? "retry_delay", until: earliestAt };
  if (earliestAt === null || earliestAt > now) return { reason: "window", until: earliestAt };
  return withoutSlot(row, roster.flying) ?? (pacedUntil > now ? { reason: "pace", until: pacedUntil } : null);
}

/** What is known of one waiting recipient. */
export type WaitingRecipient = {
  /** When its next attempt is due, whatever its window; in the past for a first attempt. */
  readonly dueAt: number;
  /** It was about to be dialed, and the carrier said "not now". */
  readonly isDeferred: boolean;
  /** It was called too recently, or too often today. */
  readonly hold: Hold | null;
  /** When its calling window opens, once the attempt is due; null: never. */
  readonly opensAt: number | null;
};

/** What delays the whole batch delays each of its recipients. The recipient's own reason comes after that. */
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
  // A slot will be free for it. Recipients before it are being dialed, as fast as requests may leave.
  return withoutSlot(row, flying) ?? { reason: "pace", until: pauses.pacedUntil > now ? pauses.pacedUntil : null };
}

/** What a human, the order or the circuit breaker says about the whole batch. */
function heldBack(row: BatchRow, now: number): Waiting | null {
  if (row.paused_at !== null) return { reason: "paused", until: null };
  if (!isReady(row, now)) return { reason: "scheduled", until: row.scheduled_at };
  return isOpen(row) ? { reason: "carrier", until: trialDueAt(row) } : null;
}

function withoutSlot(row: BatchRow, flying: number): Waiting | null {
  // If it has not asked for slots, it is about to.
  if (slotsOf(row) === null || (row.granted_slots === null && freeSlots(row, flying) === 0))
    return { reason: "organization_concurrency", until: null };
  // All recipients wait for the result of the trial call.
  if (isOnTrial(row)) return { reason: "carrier", until: null };
  return freeSlots(row, flying) === 0 ? { reason: "batch_concurrency", until: null } : null;
}
