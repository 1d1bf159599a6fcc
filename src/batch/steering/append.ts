/**
 * Requests to append, one after the other. Before the batch takes recipients in, its organization says who is on the
 * do-not-call list and counts the others in its budget. If the object stops in between, the count stays too high. The
 * next request corrects it, because it sends the total.
 */

import type { AppendAnswer, AppendRequest } from "../../calling/messages/appending.ts";
import type { NewRecipient } from "../../calling/messages/batch-order.ts";
import type { BatchSummary } from "../../calling/messages/batch-view.ts";
import type { OnDuplicate } from "../../calling/numbers/duplicates.ts";
import { personHashes } from "../../calling/numbers/person-hash.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import type { RecipientCounts } from "../../calling/words/batch-status.ts";
import type { Order } from "../core/effects.ts";
import { CANCELLED, closedToMore, newIn } from "../people/appending.ts";
import type { BatchRow } from "../store/batch-row.ts";

export type AppendOutcome = {
  readonly summary: BatchSummary;
  readonly appended: number;
  readonly skippedDuplicates: number;
  readonly skippedExternalIds: number;
  readonly skippedDoNotCall: number;
};

/** The organization refuses if its budget has no room for them. */
export type AdmitAppended = (request: AppendRequest) => Promise<Result<AppendAnswer, Failure>>;

/**
 * The earlier result of this request, if it is a repeat. `remember`: call it in the turn in which recipients are taken
 * in.
 */
export type AppendMemory = {
  readonly before: () => AppendOutcome | null;
  readonly remember: (outcome: AppendOutcome) => void;
};

/** What of a batch decides who is taken in. */
export type GrowingBatch = {
  readonly row: BatchRow;
  readonly roster: { readonly counts: RecipientCounts };
  readonly recipients: { readonly all: () => readonly NewRecipient[] };
  readonly callingHours: { readonly expiresAt: number | null };
  /** Changes whenever the batch hears of new do-not-call numbers. */
  readonly rulesHeard: number;
  summary(): BatchSummary;
};

export type Growing = {
  readonly batch: GrowingBatch;
  obey(order: Order): unknown;
  /** Resolves when the organization has been told, or could not be. */
  told(): Promise<void>;
};

export class Appender {
  readonly #growing: Growing;
  readonly #admit: AdmitAppended;
  /** Losing it is safe: requests that wait for it are lost with it. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(growing: Growing, admit: AdmitAppended) {
    this.#growing = growing;
    this.#admit = admit;
  }

  append(
    recipients: readonly NewRecipient[],
    onDuplicate: OnDuplicate,
    memory: AppendMemory,
  ): Promise<Result<AppendOutcome, Failure>> {
    const turn = this.#last.then(() => this.#append(recipients, onDuplicate, memory));
    this.#last = turn.catch(() => {});
    return turn;
  }

  async #append(
    given: readonly NewRecipient[],
    onDuplicate: OnDuplicate,
    memory: AppendMemory,
  ): Promise<Result<AppendOutcome, Failure>> {
    const { batch } = this.#growing;
    const before = memory.before();
    if (before !== null) return ok(before);
    const { cancelled_at: cancelledAt } = batch.row;
    const closed = this.#closed();
    if (closed !== null) return err(closed);
    const found = newIn(batch.recipients.all(), given, onDuplicate);
    if (!found.ok) return found;
    const { recipients, skippedDuplicates, skippedExternalIds } = found.value;
    const admitted = await this.#admitted(recipients);
    if (!admitted.ok) return admitted;
    const callable = admitted.value;
    if (callable.length > 0) {
      // The batch may have been cancelled meanwhile, even if no recipient waited.
      const closedNow = batch.row.cancelled_at === cancelledAt ? this.#closed() : CANCELLED;
      if (closedNow !== null) {
        await this.#ask([]);
        return err(closedNow);
      }
      this.#growing.obey({ kind: "append", recipients: callable });
    }
    const outcome: AppendOutcome = {
      summary: batch.summary(),
      appended: callable.length,
      skippedDuplicates,
      skippedExternalIds,
      skippedDoNotCall: recipients.length - callable.length,
    };
    memory.remember(outcome);
    await this.#growing.told();
    return ok(outcome);
  }

  /**
   * Those who are not on the do-not-call list. New numbers are told to the batch only for recipients it already has. If
   * it hears of some while it asks, the answer may be older than they are, so it asks again.
   */
  async #admitted(recipients: readonly NewRecipient[]): Promise<Result<readonly NewRecipient[], Failure>> {
    if (recipients.length === 0) return ok(recipients);
    for (;;) {
      const heard = this.#growing.batch.rulesHeard;
      const answer = await this.#ask(recipients);
      if (!answer.ok) return answer;
      if (this.#growing.batch.rulesHeard !== heard) continue;
      const listed = new Set(answer.value.doNotCall);
      return ok(recipients.filter(({ to_number }) => !listed.has(to_number)));
    }
  }

  #ask(people: readonly NewRecipient[]): Promise<Result<AppendAnswer, Failure>> {
    const { id, created_at, agent_id, from_number_id, appended_recipients } = this.#growing.batch.row;
    return this.#admit({
      batchId: id,
      createdAt: created_at,
      agentId: agent_id,
      fromNumberId: from_number_id,
      appendedBefore: appended_recipients,
      numbers: people.map(({ to_number }) => to_number),
      people: personHashes(people),
    });
  }

  #closed(): Failure | null {
    return closedToMore(this.#growing.batch.roster.counts, this.#growing.batch.callingHours.expiresAt, Date.now());
  }
}
