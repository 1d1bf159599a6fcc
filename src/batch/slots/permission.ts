/**
 * Which recipients the organization lets the batch dial. It asks for the next ones, keeps those who must wait, and
 * fails those who may not be called at all. `clearance.ts` decides how long an answer is valid. This file decides who
 * is asked for, and what answers make of recipients.
 *
 * Losing its memory is safe: the organization is asked again before recipients are dialed.
 */

import type { Candidate, ClearanceAnswer, ClearanceRequest, ContactRules } from "../../calling/messages/clearance.ts";
import { contactRulesOf } from "../../calling/messages/retry-policy.ts";
import { phoneOf } from "../../calling/numbers/same-phone.ts";
import type { NotDialed } from "../../calling/words/not-dialed.ts";
import { isRule } from "../../window/contact-rules.ts";
import type { HeldBack } from "../people/held-back.ts";
import type { NextUp } from "../people/queue.ts";
import { type BatchRow, retryPolicyOf } from "../store/batch-row.ts";
import type { Recipients } from "../store/recipients.ts";
import { type AskedWhen, Clearance, type Question } from "./clearance.ts";

/** A recipient's attempt, or its next one. */
type Attempt = { readonly position: number; readonly attempt: number };

/** What a question depends on. */
export type Asker = {
  readonly row: BatchRow;
  readonly hasSlots: boolean;
  inTurn(now: number): Iterable<NextUp>;
  hasNext(now: number): boolean;
};

/** Recipients who wait at these positions fail. */
export type Refused = { readonly positions: ReadonlySet<number>; readonly why: NotDialed };

export class Permission extends Clearance {
  /** Recipients that the organization does not clear yet. */
  readonly #heldBack: HeldBack;
  readonly #recipients: Recipients;
  #rulesHeard = 0;
  /** Positions by phone number, for this many recipients. Losing it is safe: they are read again. */
  #byNumber: { readonly total: number; readonly positions: ReadonlyMap<string, readonly number[]> } | null = null;

  /** `pacedUntil`: as known before the object slept. */
  constructor(heldBack: HeldBack, recipients: Recipients, pacedUntil: number) {
    super(pacedUntil);
    this.#heldBack = heldBack;
    this.#recipients = recipients;
  }

  /** Counts messages about new do-not-call numbers. Losing it is safe: what compares it is lost with it. */
  get rulesHeard(): number {
    return this.#rulesHeard;
  }

  /** The question for the next recipients, if `free` more could be dialed and need clearance; or null. */
  askForMore(asker: Asker, free: number, now: number): ClearanceRequest | null {
    if (this.isFree(now)) return null;
    const { picks, atMost } = this.toAskFor(asker.inTurn(now), free, now);
    if (picks.length === 0) return null;
    const candidates = picks.map((pick) => this.#candidateOf(pick));
    return requestOf(asker.row, this.ask(candidates, atMost, now));
  }

  /** The answer to a report that left then says, with a grant, that there are no rules. The batch may have its own. */
  freeByGrant(row: BatchRow, asked: AskedWhen): void {
    if (!isRule(rulesOf(row))) this.free(asked);
  }

  /** Reports contacts that were not used, without a question; null if there are none. */
  speak(asker: Asker, isPaused: boolean, now: number): ClearanceRequest | null {
    const { row } = asker;
    // Direct calls end before a pause does, and nothing wakes their object for this alone.
    if (isPaused && row.kind !== "direct") return null;
    const isDialing = asker.hasSlots && asker.hasNext(now);
    return this.hasToSpeak(isDialing, now) ? requestOf(row, this.ask([], 0, now)) : null;
  }

  /** Nothing was placed for this attempt: no phone can have rung. */
  notPlaced(attempt: Attempt): void {
    this.unused(this.#candidateOf(attempt));
  }

  /** Rules have changed. `listed`: numbers that are new on the do-not-call list; waiting recipients with them fail. */
  rulesChanged(listed: readonly string[], total: number): Refused {
    this.#rulesHeard += 1;
    this.forget();
    return { positions: listed.length > 0 ? this.#positionsOf(listed, total) : NOBODY, why: "do_not_call" };
  }

  /** A dialing batch is told of each number on its own, and must not read all recipients for each. */
  #positionsOf(numbers: readonly string[], total: number): ReadonlySet<number> {
    let known = this.#byNumber;
    if (known?.total !== total) {
      const positions = new Map<string, number[]>();
      this.#recipients.all().forEach(({ to_number }, position) => {
        const phone = phoneOf(to_number);
        positions.set(phone, [...(positions.get(phone) ?? []), position]);
      });
      known = { total, positions };
      this.#byNumber = known;
    }
    const { positions } = known;
    return new Set(numbers.flatMap((number) => positions.get(phoneOf(number)) ?? []));
  }

  /** The candidates who may not be called at all, or not now if the calls cannot wait. */
  refusedBy(said: ClearanceAnswer, isNowOrNever: boolean, now: number): readonly Refused[] {
    const { candidates, answer, isOvertaken } = this.answered(said, now);
    const barred = new Set<number>();
    const held = new Set<number>();
    candidates.forEach(({ position }, index) => {
      const verdict = answer.verdicts[index];
      if (verdict?.kind === "barred") barred.add(position);
      // By other rules this recipient may be dialed now: it is asked about again.
      if (verdict?.kind !== "wait" || isOvertaken) return;
      held.add(position);
      this.#heldBack.put(position, verdict);
    });
    return [
      { positions: barred, why: "do_not_call" },
      { positions: isNowOrNever ? held : NOBODY, why: "not_now" },
    ];
  }

  #candidateOf({ position, attempt }: Attempt): Candidate {
    const { to_number, timezone } = this.#recipients.at(position);
    return { position, attempt, number: to_number, timezone };
  }
}

const NOBODY: ReadonlySet<number> = new Set();

const requestOf = (row: BatchRow, question: Question): ClearanceRequest => ({
  ...question,
  batchId: row.id,
  fromNumberId: row.from_number_id,
  rules: rulesOf(row),
});

const rulesOf = (row: BatchRow): ContactRules => contactRulesOf(retryPolicyOf(row));
