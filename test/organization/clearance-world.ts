/**
 * Batches of one organization that call the same few people for weeks. Rows and decisions about clearance are real. The
 * batch's part is as simple as possible. It dials the cleared people, at once or as late as it may, loses the answer,
 * or dies; or the carrier places nothing.
 */

import {
  type Candidate,
  CLEARED_MS,
  type ClearanceAnswer,
  type Contact,
  type ContactRules,
  LEAVES_WITHIN_MS,
  NO_CONTACT_RULES,
} from "../../src/calling/messages/clearance.ts";
import { clear } from "../../src/organization/admission/clearance.ts";
import { remembersContacts } from "../../src/organization/people/contacts.ts";
import { limitPace } from "../../src/organization/rules/pace.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { isRule } from "../../src/window/contact-rules.ts";
import { nodeSql } from "../support/node-sql.ts";

export type Fate = "dialed" | "dialed_late" | "answer_lost" | "died_before_dialing" | "refused" | "not_now";
/** A person that a batch calls this many times. */
type Recipient = { readonly contact: Candidate; callsLeft: number; attempt: number; notBefore: number };
type Batch = {
  readonly id: string;
  readonly rules: ContactRules;
  readonly recipients: Recipient[];
  unused: Contact[];
  isThrottled: boolean;
};
/** `hasRules`: its batch has them. */
export type Call = { readonly number: string; readonly at: number; readonly hasRules: boolean };

const NUMBER_ID = "ap_caller";

export class ClearanceWorld {
  now: number;
  readonly #sql = nodeSql(ORGANIZATION_STEPS);
  readonly #batches: Batch[];
  /** Calls that were placed. */
  readonly calls: Call[] = [];
  /** Instants that were given out, whatever became of them. */
  readonly tokens: number[] = [];

  /** `perSecond`: of the number that is called from. `rules`: of batches; of every second one, where `areMixed`. */
  constructor(
    start: number,
    rules: ContactRules,
    perSecond: number | null,
    numbers: readonly string[],
    batches: number,
    areMixed: boolean,
  ) {
    this.now = start;
    // Calls from before the first rule count for none.
    if (areMixed) remembersContacts(this.#sql, isRule(rules), start);
    limitPace(this.#sql, perSecond, start, NUMBER_ID);
    this.#batches = Array.from({ length: batches }, (_, index) => ({
      id: `acb_${index}`,
      rules: areMixed && index % 2 === 1 ? NO_CONTACT_RULES : rules,
      recipients: numbers.map((number, position) => ({
        contact: { position, attempt: 1, number, timezone: null },
        callsLeft: 1 + ((index + position) % 3),
        attempt: 1,
        notBefore: 0,
      })),
      unused: [],
      isThrottled: false,
    }));
  }

  get isOver(): boolean {
    return this.#batches.every(({ recipients }) => recipients.every(({ callsLeft }) => callsLeft === 0));
  }

  /**
   * One batch asks for clearance of some of its people, and can dial `atMost` of them. `fate` decides what becomes of
   * it. Returns whether it asked.
   */
  ask(index: number, most: number, atMost: number, fate: Fate): boolean {
    const batch = this.#batches[index % this.#batches.length];
    const meant =
      batch?.recipients.filter((one) => one.callsLeft > 0 && one.notBefore <= this.now).slice(0, most) ?? [];
    if (batch === undefined || meant.length === 0) return false;
    const candidates = meant.map(({ contact, attempt }) => ({ ...contact, attempt }));
    const askedAt = this.now;
    const { unused, isThrottled } = batch;
    const { answer } = this.#sql.transaction(() =>
      clear(
        this.#sql,
        NO_CONTACT_RULES,
        { batchId: batch.id, fromNumberId: NUMBER_ID, rules: batch.rules, candidates, atMost, unused, isThrottled },
        askedAt,
      ),
    );
    const cleared = answer.verdicts.flatMap((verdict) => (verdict.kind === "clear" ? verdict.at : []));
    if (cleared.length > atMost) throw new Error("more were cleared than can be dialed");
    this.tokens.push(...cleared);
    if (fate === "answer_lost") return true;
    if (fate === "died_before_dialing") {
      batch.unused = [];
      return true;
    }
    batch.unused = [];
    batch.isThrottled = false;
    this.#obey(batch, meant, answer, askedAt, fate);
    return true;
  }

  #obey(batch: Batch, meant: readonly Recipient[], answer: ClearanceAnswer, askedAt: number, fate: Fate): void {
    meant.forEach((recipient, index) => {
      const verdict = answer.verdicts[index];
      if (verdict?.kind === "wait" || verdict?.kind === "paced") recipient.notBefore = verdict.until;
      if (verdict?.kind !== "clear") return;
      const { number, position } = recipient.contact;
      if (fate === "dialed" || fate === "dialed_late") {
        const leavesAt = fate === "dialed" ? askedAt : askedAt + LEAVES_WITHIN_MS - 1;
        this.calls.push({ number, at: Math.max(verdict.at, leavesAt), hasRules: isRule(batch.rules) });
        recipient.callsLeft -= 1;
      } else {
        batch.unused = [...batch.unused, { number, position, attempt: recipient.attempt }];
        batch.isThrottled = fate === "not_now";
      }
      // A call that the carrier put off is the same attempt once more.
      if (fate !== "not_now") recipient.attempt += 1;
      recipient.notBefore = askedAt + CLEARED_MS;
    });
  }

  /** To the next instant at which somebody may be asked for. */
  skip(): void {
    const waiting = this.#batches.flatMap(({ recipients }) => recipients.filter(({ callsLeft }) => callsLeft > 0));
    const next = Math.min(...waiting.map(({ notBefore }) => notBefore));
    if (Number.isFinite(next)) this.now = Math.max(this.now + 1, next);
  }

  get batches(): number {
    return this.#batches.length;
  }
}
