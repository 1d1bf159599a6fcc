/**
 * Which recipients the organization's rules let the batch dial, and since when; one question at a time
 * (`calling/messages/clearance.ts`). In memory only. After a restart the organization is asked again, and counts an
 * already cleared recipient once.
 *
 * An answer that is too old, or older than a new rule, lets no recipient be dialed.
 */

import {
  byClockOf,
  type Candidate,
  CLEARED_MS,
  type ClearanceAnswer,
  type ClearanceRequest,
  type Contact,
  FREE_MS,
  LOOK_AHEAD,
} from "../../calling/messages/clearance.ts";
import { present } from "../../calling/requests/assert.ts";
import type { NextUp } from "../people/queue.ts";

/** The parts of a question that vary. */
export type Question = Pick<ClearanceRequest, "candidates" | "atMost" | "unused" | "isThrottled">;

/** When the organization was asked, and how many new rules there had been. */
export type AskedWhen = { readonly at: number; readonly rules: number };
/** The question in flight. */
type Asked = Question & AskedWhen;

/** The first `most` of them. */
function firstOf(picks: Iterable<NextUp>, most: number, isMeant: (pick: NextUp) => boolean = () => true): NextUp[] {
  const found: NextUp[] = [];
  if (most === 0) return found;
  for (const pick of picks) {
    if (isMeant(pick)) found.push(pick);
    if (found.length === most) break;
  }
  return found;
}

type Cleared = { readonly contact: Candidate; readonly at: number; readonly goodUntil: number };

export class Clearance {
  /** The organization has no rules: until then no question is needed. */
  #freeUntil = 0;
  /** Counts new rules. An answer to a question from before a new rule is not used. */
  #rules = 0;
  #asked: Asked | null = null;
  /** By position. */
  readonly #cleared = new Map<number, Cleared>();
  /** The pace lets no other call begin before then. */
  #paceUntil: number;
  /** Some of the last candidates are held back, so there may be more of them. */
  #looksAhead = false;
  #remembers = false;
  #unused: readonly Contact[] = [];
  #isThrottled = false;

  /** `pacedUntil`: as known before the object slept. */
  constructor(pacedUntil = 0) {
    this.#paceUntil = pacedUntil;
  }

  isFree(now: number): boolean {
    return this.#freeUntil > now;
  }

  when(now: number): AskedWhen {
    return { at: now, rules: this.#rules };
  }

  /** The organization had no rules when it answered what was asked then. */
  free({ at, rules }: AskedWhen): void {
    if (rules === this.#rules) this.#freeUntil = Math.max(this.#freeUntil, at + FREE_MS);
  }

  /** A question is in flight; its answer lets more recipients be dialed. */
  get isAsking(): boolean {
    return this.#asked !== null;
  }

  /** Recipients to dial, of those whose turn it is. If the organization has rules: those cleared for this attempt. */
  toDial(inTurn: Iterable<NextUp>, atMost: number, now: number): NextUp[] {
    if (this.isFree(now)) return firstOf(inTurn, atMost);
    this.#dropStale(now);
    const ready = new Map<number, number>();
    for (const { contact, at } of this.#cleared.values()) if (at <= now) ready.set(contact.position, contact.attempt);
    const isReady = ({ position, attempt }: NextUp) => ready.get(position) === attempt;
    return firstOf(inTurn, Math.min(atMost, ready.size), isReady);
  }

  /** Candidates to ask for, of those whose turn it is. `atMost`: how many can be dialed, if `free` more can be. */
  toAskFor(inTurn: Iterable<NextUp>, free: number, now: number): { readonly picks: NextUp[]; readonly atMost: number } {
    const isWaiting = this.isAsking || this.#paceUntil > now;
    const atMost = isWaiting ? 0 : Math.max(0, free - this.#cleared.size);
    const reach = atMost > 0 && this.#looksAhead ? Math.max(atMost, LOOK_AHEAD) : atMost;
    return { picks: firstOf(inTurn, reach, ({ position }) => !this.#cleared.has(position)), atMost };
  }

  /** When the pace lets the next call begin; in the past if it delays none. */
  get pacedUntil(): number {
    let until = this.#cleared.size === 0 ? this.#paceUntil : Number.POSITIVE_INFINITY;
    for (const { at } of this.#cleared.values()) until = Math.min(until, at);
    return until;
  }

  /** The intent is stored. */
  used(position: number): void {
    this.#cleared.delete(position);
  }

  /** Nothing was placed for this attempt: no phone can have rung. */
  unused(contact: Contact): void {
    if (this.#remembers) this.#unused = [...this.#unused, contact];
  }

  /** The carrier said "not now". */
  throttled(now: number): void {
    if (!this.isFree(now)) this.#isThrottled = true;
  }

  /** A rule is new, or this batch would not hear of one: it must ask before it dials. */
  forget(): void {
    this.#rules += 1;
    this.#freeUntil = 0;
    this.#paceUntil = 0;
    for (const position of [...this.#cleared.keys()]) this.#drop(position);
  }

  /** A contact must be reported, or half of the time without questions is over. */
  hasToSpeak(isDialing: boolean, now: number): boolean {
    if (this.isAsking) return false;
    if (this.#unused.length > 0 || this.#isThrottled) return true;
    return isDialing && this.isFree(now) && this.#freeUntil - now < FREE_MS / 2;
  }

  /** The question; `answered` or `unanswered` takes its answer. */
  ask(candidates: readonly Candidate[], atMost: number, now: number): Question {
    const question = { candidates, atMost, unused: this.#unused, isThrottled: this.#isThrottled };
    this.#asked = { ...question, ...this.when(now) };
    return question;
  }

  /**
   * The verdict on each candidate. Cleared ones may be dialed; the caller decides about the others. `isOvertaken`: rules
   * are new since the question, and may be easier.
   */
  answered(
    said: ClearanceAnswer,
    now: number,
  ): {
    readonly candidates: readonly Candidate[];
    readonly answer: ClearanceAnswer;
    readonly isOvertaken: boolean;
  } {
    const asked = present(this.#asked, "an answer has its question");
    const { candidates, unused, isThrottled } = asked;
    const answer = byClockOf(asked.at, now, said);
    this.#asked = null;
    this.#unused = this.#unused.filter((contact) => !unused.includes(contact));
    if (isThrottled) this.#isThrottled = false;
    const isOvertaken = asked.rules !== this.#rules;
    this.#hear(asked, answer, isOvertaken);
    return { candidates, answer, isOvertaken };
  }

  unanswered(): void {
    this.#asked = null;
  }

  #hear(asked: Asked, answer: ClearanceAnswer, isOvertaken: boolean): void {
    this.#remembers = answer.isRemembered;
    this.#looksAhead = answer.verdicts.some(({ kind }) => kind === "wait");
    if (answer.isFree) this.free(asked);
    asked.candidates.forEach((contact, index) => {
      const verdict = answer.verdicts[index];
      if (verdict?.kind === "paced" && !isOvertaken) this.#paceUntil = Math.max(this.#paceUntil, verdict.until);
      if (verdict?.kind !== "clear") return;
      const goodUntil = asked.at + CLEARED_MS;
      if (isOvertaken) this.unused(contact);
      else this.#cleared.set(contact.position, { contact, at: verdict.at, goodUntil });
    });
  }

  #dropStale(now: number): void {
    for (const [position, { goodUntil }] of this.#cleared) if (goodUntil <= now) this.#drop(position);
  }

  #drop(position: number): void {
    const cleared = this.#cleared.get(position);
    this.#cleared.delete(position);
    if (cleared !== undefined) this.unused(cleared.contact);
  }
}
