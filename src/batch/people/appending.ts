/**
 * Which recipients of an append are new to the batch. A repeated request whose answer was lost adds none of them again.
 * This needs an `external_id` for its recipients, or a batch that takes each number once. Pure.
 */

import type { NewRecipient } from "../../calling/messages/batch-order.ts";
import { deduplicated, type OnDuplicate } from "../../calling/numbers/duplicates.ts";
import { type Failure, invalid, wrongState } from "../../calling/requests/failure.ts";
import { MAX_RECIPIENTS } from "../../calling/requests/limits.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import type { RecipientCounts } from "../../calling/words/batch-status.ts";
import type { BatchRow } from "../store/batch-row.ts";
import { withoutCancel } from "../store/cancellation.ts";
import { storedSizeProblem } from "../store/stored-size.ts";

export type Appended = {
  readonly recipients: readonly NewRecipient[];
  readonly skippedDuplicates: number;
  readonly skippedExternalIds: number;
};

/** `present`: all recipients of the batch. A refusal changes nothing. */
export function newIn(
  present: readonly NewRecipient[],
  given: readonly NewRecipient[],
  onDuplicate: OnDuplicate,
): Result<Appended, Failure> {
  const known = new Set(present.flatMap(({ external_id }) => external_id ?? []));
  const isNew = ({ external_id }: NewRecipient) => external_id === undefined || !known.has(external_id);
  const fresh = given.filter(isNew);
  const positions = given.flatMap((recipient, position) => (isNew(recipient) ? [position] : []));
  const numbers = present.map(({ to_number }) => to_number);
  const once = deduplicated(fresh, onDuplicate, numbers, positions);
  if (!once.ok) return once;
  const { recipients, skipped } = once.value;
  const total = present.length + recipients.length;
  if (total > MAX_RECIPIENTS) {
    const room = MAX_RECIPIENTS - present.length;
    return err(invalid("recipients", `must have at most ${room} more: a batch has at most ${MAX_RECIPIENTS}`));
  }
  const tooMuch = recipients.length === 0 ? null : storedSizeProblem(recipients, present);
  if (tooMuch !== null) return err(tooMuch);
  return ok({ recipients, skippedDuplicates: skipped, skippedExternalIds: given.length - fresh.length });
}

export const CANCELLED = wrongState(
  "batch_cancelled",
  "recipients cannot be added to a cancelled batch; create a new batch",
);

const EXPIRED = wrongState(
  "batch_over",
  "the batch's calling window has expired, so no recipient would be called; change the window first",
);

/** Null if recipients can be added, otherwise the reason. */
export const closedToMore = (
  { cancelled }: Pick<RecipientCounts, "cancelled">,
  expiresAt: number | null,
  now: number,
): Failure | null => (cancelled > 0 ? CANCELLED : expiryProblem(expiresAt, now));

/** Who waits after the window's end fails at once. Null if there is time. */
export const expiryProblem = (expiresAt: number | null, now: number): Failure | null =>
  expiresAt !== null && expiresAt <= now ? EXPIRED : null;

/** The row with this many more recipients to dial. The organization must be told again. */
export const grown = (row: BatchRow, by: number, now: number): BatchRow => ({
  ...withoutCancel(row),
  total_recipients: row.total_recipients + by,
  appended_recipients: row.appended_recipients + by,
  changed_at: now,
  rest_known: 0,
});
