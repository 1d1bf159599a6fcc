/** What the progress of a call makes of its attempt and of the batch. And recipients who fail without a call. */

import type { NotDialed } from "../../calling/words/not-dialed.ts";
import { isOnTrial } from "../attempts/circuit.ts";
import { canSettle, type Happening, settle } from "../attempts/settle.ts";
import { isToldAgain, UNSAVED_MS } from "../attempts/told-again.ts";
import { notDialed } from "../attempts/transitions.ts";
import { failWaiting, storeNextAttempt } from "../people/moves.ts";
import type { WhoWaits } from "../people/queue.ts";
import type { AttemptRow } from "../store/attempt-states.ts";
import { type BatchRow, withAct } from "../store/batch-row.ts";
import { callEventOf } from "../telling/events.ts";
import { circuitRecordOf } from "./asked/acts.ts";
import type { Batch } from "./batch.ts";
import type { Effect } from "./effects.ts";
import type { Write } from "./state.ts";

/** A call made progress. */
export function happened(batch: Batch, number: number, happening: Happening, now: number, effects: Effect[]): Write {
  const row = batch.attempts.find(number);
  if (row === null) return null;
  const isLatest = batch.roster.latestOf(row.position)?.number === number;
  const { cancelled_at, on_voicemail } = batch.row;
  const intention = { isCancelled: cancelled_at !== null, hangsUpOnMachines: on_voicemail === "hang_up", isLatest };
  const settled = settle(row, happening, batch.timing, intention, now);
  if (settled === null) return null;
  // A person who is to be erased does not wait again.
  const isErased = row.redacted_at !== null && settled.status === "queued";
  const updated_at = batch.sumsDue.changeAt(batch.row, batch.roster, now);
  const after = { ...(isErased ? notDialed(settled, "erased", now) : settled), updated_at };
  const isKeptBack = mayWait(batch, row, after);
  const follow = (): void => {
    const ride = isKeptBack ? null : batch.outbox.rideOf(row, after, now);
    if (isKeptBack) batch.attempts.advance(row, after, now + UNSAVED_MS);
    else if (!batch.attempts.change(row, after, ride?.riding)) return;
    if (happening.kind === "refused" || happening.kind === "deferred") batch.permission.notPlaced(row);
    // A report about an earlier attempt does not change the recipient's status.
    if (isLatest) batch.roster.follow(row, after);
    else batch.roster.changedAt(after.updated_at);
    if (ride === null) batch.outbox.attemptChanged(row, after, now);
    else batch.outbox.rode(ride);
    if (!canSettle(after.status)) {
      batch.contexts.forget(number);
      batch.watch.forget(number);
    }
    const mayCallAgain =
      batch.row.cancelled_at === null && row.redacted_at === null && isLatest && row.status !== after.status;
    const next = mayCallAgain ? storeNextAttempt(batch.sql, batch.roster, batch.retryPolicy, after, now) : null;
    if (isLatest) effects.push({ kind: "broadcast", row: next ?? after });
    if (canSettle(row.status)) {
      storeCircuit(batch, batch.circuit.heard(batch.row, after, batch.roster.counts.queued > 0, now), now, effects);
    } else if (batch.row.rest_known === 1 && !batch.isDirect) {
      // The organization thinks that it has been told everything.
      batch.replaceRow({ ...batch.row, rest_known: 0 });
    }
  };
  if (!isKeptBack) return follow;
  follow();
  return null;
}

/** Only the attempt's own row would be written, and what it says is told again after a crash. */
function mayWait({ row, isDirect, line, outbox }: Batch, before: AttemptRow, after: AttemptRow): boolean {
  if (line.last === null || isDirect || isOnTrial(row)) return false;
  const teller = { ...line.last.capabilities, isAsked: line.asking.whileRingingMs !== null };
  return isToldAgain(before, after, teller) && !outbox.isWanted(callEventOf(before, after));
}

/** Stores what the circuit breaker makes of the row, and has watchers read the batch again. Call it in a write. */
export function storeCircuit(batch: Batch, row: BatchRow, now: number, effects: Effect[]): void {
  if (row === batch.row) return;
  batch.replaceRow(withAct(row, circuitRecordOf(batch, row, now)));
  effects.push({ kind: "broadcast", row: null });
}

/** Waiting recipients fail without a call. */
export function failed(batch: Batch, who: WhoWaits, why: NotDialed, now: number, effects: Effect[]): Write {
  if (who.positions.length + who.numbers.length === 0) return null;
  return () => {
    failWaiting(
      batch.sql,
      batch.roster,
      who,
      why,
      batch.sumsDue.changeAt(batch.row, batch.roster, now),
      (before, after) => batch.outbox.attemptChanged(before, after, now),
    );
    effects.push({ kind: "broadcast", row: null });
  };
}
