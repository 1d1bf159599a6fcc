/** A recipient of a running batch as the API shows it: its row, and when it may be called. */

import type { RecipientResult, RecipientView } from "../../calling/messages/batch-view.ts";
import { zonesOfCallee } from "../../window/zones-of-number.ts";
import type { Batch as WholeBatch } from "../core/batch.ts";
import { waitingOfRecipient } from "../core/waiting.ts";
import type { AttemptRow } from "../store/attempt-states.ts";
import type { ShownAttempt } from "../store/attempt-texts.ts";
import type { StoredRecipient } from "../store/recipients.ts";
import { recipientView } from "../telling/views.ts";

type Batch = Pick<WholeBatch, "route" | "row" | "callingHours" | "pauses" | "heldBack"> & {
  readonly roster: { readonly flying: number };
};

/** `latest`: the recipient's latest attempt; null without one. */
export function viewOf(
  batch: Batch,
  position: number,
  recipient: StoredRecipient,
  latest: ShownAttempt | null,
  now: number,
): RecipientView {
  const view = recipientView(batch.route, batch.row, position, recipient, latest);
  if (view.status !== "queued") return view;
  const dueAt = latest?.due_at ?? 0;
  const hold = batch.heldBack.of(position, now);
  const opensAt = batch.callingHours.opensAt(position, Math.max(dueAt, hold?.until ?? 0, now));
  const circumstances = { row: batch.row, flying: batch.roster.flying, pauses: batch.pauses };
  const isDeferred = latest !== null && latest.deferred_since !== null;
  const waiting = waitingOfRecipient(circumstances, { dueAt, isDeferred, hold, opensAt }, now);
  if (!batch.callingHours.isRestricted) return { ...view, waiting, nextEligibleAt: hold === null ? null : opensAt };
  const zones = zonesOfCallee(recipient.to_number, recipient.timezone);
  return { ...view, waiting, timezone: zones.length === 0 ? null : zones.join(", "), nextEligibleAt: opensAt };
}

/** The same, with the outcome of its attempts. */
export const resultOf = (
  batch: Batch,
  position: number,
  recipient: StoredRecipient,
  latest: AttemptRow | null,
  now: number,
): RecipientResult => ({
  ...viewOf(batch, position, recipient, latest, now),
  submittedTimezone: recipient.timezone,
  attemptCount: latest?.attempt ?? 0,
  dispatchedAt: latest?.dispatched_at ?? null,
  answeredAt: latest?.answered_at ?? null,
  endedAt: latest?.ended_at ?? null,
});
