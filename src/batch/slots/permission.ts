/**
 * Which people the organization lets the batch dial. It asks for those who are next, keeps those who wait, and fails
 * those who may not be called at all. What an answer is worth, and for how long, is `clearance.ts`. Here is who is asked
 * for, and what the answers make of the recipients.
 *
 * Losing its memory is safe: the organization is asked again before anybody is dialed.
 */

import type { Candidate, ClearanceAnswer, ClearanceRequest } from "../../calling/messages/clearance.ts";
import { contactRulesOf } from "../../calling/messages/retry-policy.ts";
import { phoneOf } from "../../calling/numbers/same-phone.ts";
import type { NotDialed } from "../../calling/words/not-dialed.ts";
import type { Holds } from "../people/holds.ts";
import type { NextUp, Roster } from "../people/roster.ts";
import { type BatchRow, retryPolicyOf } from "../store/batch-row.ts";
import type { Recipients } from "../store/recipients.ts";
import { Clearance, type Question } from "./clearance.ts";
import { slotsOf } from "./request.ts";

/** An attempt of a recipient's, or one that is to be. */
type Attempt = { readonly position: number; readonly attempt: number };

/** What of the batch it asks by. */
export type Asker = { readonly row: BatchRow; readonly roster: Roster };

/** Recipients who wait at these positions fail. */
export type Refused = { readonly positions: ReadonlySet<number>; readonly why: NotDialed };

export class Permission {
  /** The people that the organization does not clear yet. */
  readonly #holds: Holds;
  readonly #recipients: Recipients;
  readonly #clearance: Clearance;
  #rulesHeard = 0;
  /** Where each phone is, while there were so many people in the batch. Losing it reads them again. */
  #byNumber: { readonly total: number; readonly positions: ReadonlyMap<string, readonly number[]> } | null = null;

  /** `pacedUntil`: as it was known before the object slept. */
  constructor(holds: Holds, recipients: Recipients, pacedUntil: number) {
    this.#holds = holds;
    this.#recipients = recipients;
    this.#clearance = new Clearance(pacedUntil);
  }

  /** When the organization's pace lets the next one begin; in the past where it holds up nobody. */
  get pacedUntil(): number {
    return this.#clearance.pacedUntil;
  }

  /** The organization is being asked. */
  get isAsking(): boolean {
    return this.#clearance.isAsking;
  }

  /** Counts the messages about new numbers on the do-not-call list. Losing it is safe: what compares it is lost with it. */
  get rulesHeard(): number {
    return this.#rulesHeard;
  }

  /** The recipients to dial now. */
  toDial(roster: Roster, atMost: number, now: number): NextUp[] {
    return this.#clearance.toDial(roster.inTurn(now), atMost, now);
  }

  /** The question for those who come next, where `free` more could be dialed and have to be asked for; or null. */
  askForMore({ row, roster }: Asker, free: number, now: number): ClearanceRequest | null {
    if (this.#clearance.isFree(now)) return null;
    const { picks, atMost } = this.#clearance.toAskFor(roster.inTurn(now), free, now);
    if (picks.length === 0) return null;
    return requestOf(
      row,
      this.#clearance.ask(
        picks.map((pick) => this.#candidateOf(pick)),
        atMost,
        now,
      ),
    );
  }

  /** Contacts that came to nothing, and that nobody has to be asked for: told without a question; null where nothing is. */
  speak({ row, roster }: Asker, isPaused: boolean, now: number): ClearanceRequest | null {
    // Direct calls are over before a pause is, and nothing wakes their object for this alone.
    if (isPaused && row.kind !== "direct") return null;
    const isDialing = slotsOf(row) !== null && roster.next(now) !== null;
    return this.#clearance.hasToSpeak(isDialing, now) ? requestOf(row, this.#clearance.ask([], 0, now)) : null;
  }

  /** The intent is stored. */
  used({ position }: Attempt): void {
    this.#clearance.used(position);
  }

  /** Nothing was placed for this attempt: no phone can have rung. */
  unused(attempt: Attempt): void {
    this.#clearance.unused(this.#candidateOf(attempt));
  }

  /** The carrier said "not now". */
  throttled(now: number): void {
    this.#clearance.throttled(now);
  }

  /** Nothing that was answered is relied on any more: there are other rules, or the batch would not hear of them. */
  forget(): void {
    this.#clearance.forget();
  }

  /** There are new rules. `listed`: numbers that are new on the do-not-call list; who waits under one of them fails. */
  rulesChanged(listed: readonly string[], total: number): Refused {
    this.#rulesHeard += 1;
    this.#clearance.forget();
    return { positions: listed.length > 0 ? this.#positionsOf(listed, total) : NOBODY, why: "do_not_call" };
  }

  /** A batch that dials is told of each number by itself, and must not read all of its people for each. */
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

  /** The candidates who may not be called at all, or, where a call is now or never, not now. */
  answered(said: ClearanceAnswer, isNowOrNever: boolean, now: number): readonly Refused[] {
    const { candidates, answer } = this.#clearance.answered(said, now);
    const barred = new Set<number>();
    const held = new Set<number>();
    candidates.forEach(({ position }, index) => {
      const verdict = answer.verdicts[index];
      if (verdict?.kind === "barred") barred.add(position);
      if (verdict?.kind !== "wait") return;
      held.add(position);
      this.#holds.put(position, verdict);
    });
    return [
      { positions: barred, why: "do_not_call" },
      { positions: isNowOrNever ? held : NOBODY, why: "not_now" },
    ];
  }

  unanswered(): void {
    this.#clearance.unanswered();
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
  rules: contactRulesOf(retryPolicyOf(row)),
});
