/**
 * Who the organization's rules let the batch dial, since when, and one question at a time
 * (`calling/messages/clearance.ts`). All of it is in memory: after a restart the organization is asked again, and counts a
 * recipient that it cleared already once.
 *
 * An answer that is too old, or that a new rule has overtaken, dials nobody.
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
import type { NextUp } from "../people/roster.ts";

/** What of a question is not the same for every question of the batch. */
export type Question = Pick<ClearanceRequest, "candidates" | "atMost" | "unused" | "isThrottled">;

/** The question under way. `rules`: how many new ones there had been. */
type Asked = Question & { readonly at: number; readonly rules: number };

/** The first so many of them. */
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
  /** The organization has no rule: until then nobody has to be asked for. */
  #freeUntil = 0;
  /** Counts the new rules; an answer to a question from before one is not relied on. */
  #rules = 0;
  #asked: Asked | null = null;
  /** By position. */
  readonly #cleared = new Map<number, Cleared>();
  /** The pace lets nobody more begin before then. */
  #paceUntil: number;
  /** Some of those who were asked for last are kept waiting, so there may be more of them. */
  #looksAhead = false;
  #remembers = false;
  #unused: readonly Contact[] = [];
  #isThrottled = false;

  /** `pacedUntil`: as it was known before the object slept. */
  constructor(pacedUntil = 0) {
    this.#paceUntil = pacedUntil;
  }

  isFree(now: number): boolean {
    return this.#freeUntil > now;
  }

  /** A question is under way, whose answer lets more be dialed. */
  get isAsking(): boolean {
    return this.#asked !== null;
  }

  /** Who to dial of those whose turn it is: where the organization has rules, those that it has cleared for this attempt. */
  toDial(inTurn: Iterable<NextUp>, atMost: number, now: number): NextUp[] {
    if (this.isFree(now)) return firstOf(inTurn, atMost);
    this.#dropStale(now);
    const ready = new Map<number, number>();
    for (const { contact, at } of this.#cleared.values()) if (at <= now) ready.set(contact.position, contact.attempt);
    const isReady = ({ position, attempt }: NextUp) => ready.get(position) === attempt;
    return firstOf(inTurn, Math.min(atMost, ready.size), isReady);
  }

  /** Who to ask for of those whose turn it is. `atMost`: how many of them can be dialed, where `free` more can be. */
  toAskFor(inTurn: Iterable<NextUp>, free: number, now: number): { readonly picks: NextUp[]; readonly atMost: number } {
    const isWaiting = this.isAsking || this.#paceUntil > now;
    const atMost = isWaiting ? 0 : Math.max(0, free - this.#cleared.size);
    const reach = atMost > 0 && this.#looksAhead ? Math.max(atMost, LOOK_AHEAD) : atMost;
    return { picks: firstOf(inTurn, reach, ({ position }) => !this.#cleared.has(position)), atMost };
  }

  /** When the pace lets the next one begin; in the past where it holds up nobody. */
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

  /** A rule is new, or this batch would not hear of one: from now on it has to ask before it dials. */
  forget(): void {
    this.#rules += 1;
    this.#freeUntil = 0;
    this.#paceUntil = 0;
    for (const position of [...this.#cleared.keys()]) this.#drop(position);
  }

  /** Something is to be told, or the time in which nobody has to be asked for is half over. */
  hasToSpeak(isDialing: boolean, now: number): boolean {
    if (this.isAsking) return false;
    if (this.#unused.length > 0 || this.#isThrottled) return true;
    return isDialing && this.isFree(now) && this.#freeUntil - now < FREE_MS / 2;
  }

  /** The question, which is answered by `answered` or `unanswered`. */
  ask(candidates: readonly Candidate[], atMost: number, now: number): Question {
    const question = { candidates, atMost, unused: this.#unused, isThrottled: this.#isThrottled };
    this.#asked = { ...question, at: now, rules: this.#rules };
    return question;
  }

  /** The verdict on each candidate. Those who are cleared may be dialed; the caller decides on the others. */
  answered(
    said: ClearanceAnswer,
    now: number,
  ): { readonly candidates: readonly Candidate[]; readonly answer: ClearanceAnswer } {
    const { candidates, unused, isThrottled, at, rules } = present(this.#asked, "an answer has its question");
    const answer = byClockOf(at, now, said);
    this.#asked = null;
    this.#unused = this.#unused.filter((contact) => !unused.includes(contact));
    if (isThrottled) this.#isThrottled = false;
    this.#hear(candidates, answer, at, rules === this.#rules);
    return { candidates, answer };
  }

  unanswered(): void {
    this.#asked = null;
  }

  #hear(candidates: readonly Candidate[], answer: ClearanceAnswer, askedAt: number, isCurrent: boolean): void {
    this.#remembers = answer.isRemembered;
    this.#looksAhead = answer.verdicts.some(({ kind }) => kind === "wait");
    if (isCurrent && answer.isFree) this.#freeUntil = askedAt + FREE_MS;
    candidates.forEach((contact, index) => {
      const verdict = answer.verdicts[index];
      if (verdict?.kind === "paced") this.#paceUntil = Math.max(this.#paceUntil, verdict.until);
      if (verdict?.kind !== "clear") return;
      if (isCurrent) this.#cleared.set(contact.position, { contact, at: verdict.at, goodUntil: askedAt + CLEARED_MS });
      else this.unused(contact);
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
