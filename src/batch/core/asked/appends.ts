/**
 * Requests to append, one after the other. Before the batch takes recipients in, its organization says who is on the
 * do-not-call list and counts the others in its budget. If the object stops in between, the count stays too high. The
 * next request corrects it, because it sends the total.
 */

import type { AppendAnswer } from "../../../calling/messages/appending.ts";
import type { NewRecipient } from "../../../calling/messages/batch-order.ts";
import { personHashes } from "../../../calling/numbers/person-hash.ts";
import type { Failure } from "../../../calling/requests/failure.ts";
import { err, ok, type Result } from "../../../calling/requests/result.ts";
import { type Appended, CANCELLED, closedToMore, grown, newIn } from "../../people/appending.ts";
import { answeredBefore, rememberAnswer } from "../../store/answered-requests.ts";
import { packRecipients } from "../../store/recipients.ts";
import type { Batch } from "../batch.ts";
import type { Effect } from "../effects.ts";
import { all, type Write } from "../state.ts";
import { recorded } from "./acts.ts";
import type { AppendOutcome, RequestOf } from "./requests.ts";

type Append = RequestOf<"append">;

/** The one that the organization is asked about. */
type Asking =
  /** Who of `found` may be called? As the batch was then: `rulesHeard` and `cancelledAt`. */
  | {
      readonly kind: "admitting";
      readonly append: Append;
      readonly found: Appended;
      readonly rulesHeard: number;
      readonly cancelledAt: number | null;
    }
  /** The batch takes nobody in after all: the organization counts them no longer. Then the failure is answered. */
  | { readonly kind: "withdrawing"; readonly append: Append; readonly failure: Failure };

/** Taken in, in this turn. */
type Grown = { readonly append: Append; readonly outcome: Omit<AppendOutcome, "summary"> };

export class Appends {
  /** Losing them is safe: requests that wait are lost with their connections. */
  readonly #waiting: Append[] = [];
  #asking: Asking | null = null;
  #grown: Grown | null = null;

  requested(append: Append): void {
    this.#waiting.push(append);
  }

  /** The organization's answer. It refuses if its budget has no room for them. */
  admitted(batch: Batch, answer: Result<AppendAnswer, Failure>, now: number, effects: Effect[]): Write {
    const asking = this.#asking;
    this.#asking = null;
    if (asking === null) return null;
    const { append } = asking;
    if (asking.kind === "withdrawing") return refuse(append, asking.failure, effects);
    if (!answer.ok) return refuse(append, answer.failure, effects);
    const { found, rulesHeard, cancelledAt } = asking;
    // New numbers are told to the batch only for recipients that it already has. If it heard of some while it asked, the
    // answer may be older than they are.
    if (batch.rulesHeard !== rulesHeard) return this.#ask(batch, append, found, effects);
    const listed = new Set(answer.value.doNotCall);
    const recipients = found.recipients.filter(({ to_number }) => !listed.has(to_number));
    if (recipients.length === 0) return answered(batch, grownBy(append, found, 0), now, effects);
    // The batch may have been cancelled meanwhile, even if no recipient waited.
    const closed = batch.row.cancelled_at === cancelledAt ? closedNow(batch, now) : CANCELLED;
    if (closed !== null) {
      this.#asking = { kind: "withdrawing", append, failure: closed };
      effects.push(admit(batch, append, []));
      return null;
    }
    effects.push({ kind: "broadcast", row: null });
    this.#grown = grownBy(append, found, recipients.length);
    return recorded(batch, append.act, () => takeIn(batch, recipients, now), now);
  }

  /** The question about this one has failed. */
  broke(to: number): void {
    if (this.#asking?.append.to === to) this.#asking = null;
  }

  /** Answers what was taken in, after all that followed from it. */
  conclude(batch: Batch, now: number, effects: Effect[]): Write {
    const grown = this.#grown;
    this.#grown = null;
    return grown === null ? null : answered(batch, grown, now, effects);
  }

  /** Asks the organization about the next one. Those that need no question are answered. */
  proceed(batch: Batch, now: number, effects: Effect[]): Write {
    const writes: Write[] = [];
    while (this.#asking === null) {
      const append = this.#waiting.shift();
      if (append === undefined) break;
      writes.push(this.#begin(batch, append, now, effects));
    }
    return all(writes);
  }

  #begin(batch: Batch, append: Append, now: number, effects: Effect[]): Write {
    const before = answeredBefore<AppendOutcome>(batch.sql, append.key, now);
    if (before !== null) {
      effects.push({ kind: "reply", to: append.to, answer: ok(before) });
      return null;
    }
    const closed = closedNow(batch, now);
    const found = closed === null ? newIn(batch.recipients.all(), append.recipients, append.onDuplicate) : err(closed);
    if (!found.ok) return refuse(append, found.failure, effects);
    return found.value.recipients.length === 0
      ? answered(batch, grownBy(append, found.value, 0), now, effects)
      : this.#ask(batch, append, found.value, effects);
  }

  #ask(batch: Batch, append: Append, found: Appended, effects: Effect[]): null {
    const { rulesHeard, row } = batch;
    this.#asking = { kind: "admitting", append, found, rulesHeard, cancelledAt: row.cancelled_at };
    effects.push(admit(batch, append, found.recipients));
    return null;
  }
}

function grownBy(
  append: Append,
  { recipients, skippedDuplicates, skippedExternalIds }: Appended,
  appended: number,
): Grown {
  const skippedDoNotCall = recipients.length - appended;
  return { append, outcome: { appended, skippedDuplicates, skippedExternalIds, skippedDoNotCall } };
}

function answered(batch: Batch, { append: { to, key }, outcome }: Grown, now: number, effects: Effect[]): Write {
  const appended: AppendOutcome = { summary: batch.summary(), ...outcome };
  effects.push({ kind: "reply", to, answer: ok(appended) });
  return key === null ? null : () => rememberAnswer(batch.sql, key, appended, now);
}

function refuse({ to }: Append, failure: Failure, effects: Effect[]): null {
  effects.push({ kind: "reply", to, answer: err(failure) });
  return null;
}

const closedNow = ({ roster, callingHours }: Batch, now: number): Failure | null =>
  closedToMore(roster.counts, callingHours.expiresAt, now);

function admit(batch: Batch, { to }: Append, people: readonly NewRecipient[]): Effect {
  const { id, created_at, agent_id, from_number_id, region, on_voicemail, appended_recipients } = batch.row;
  const request = {
    batchId: id,
    createdAt: created_at,
    agentId: agent_id,
    fromNumberId: from_number_id,
    region,
    onVoicemail: on_voicemail,
    appendedBefore: appended_recipients,
    numbers: people.map(({ to_number }) => to_number),
    people: personHashes(people),
  };
  return { kind: "admit", to, request };
}

function takeIn(batch: Batch, recipients: readonly NewRecipient[], now: number): void {
  const { row } = batch;
  batch.recipients.insert(packRecipients(recipients, row.total_recipients), now);
  batch.replaceRow(grown(row, recipients.length, now));
  batch.regroup();
}
