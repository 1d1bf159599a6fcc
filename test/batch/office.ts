/**
 * The organization of a simulated batch, with its real rows and decisions about clearance. A question counts when it is
 * asked; the test decides when its answer comes, or that it never does.
 */

import type { Question } from "../../src/batch/slots/clearance.ts";
import type { Candidate, ClearanceAnswer, ContactRules } from "../../src/calling/messages/clearance.ts";
import { clear } from "../../src/organization/admission/clearance.ts";
import { listNumbers } from "../../src/organization/people/do-not-call.ts";
import { limitPace } from "../../src/organization/rules/pace.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { nodeSql } from "../support/node-sql.ts";

const CALLER = "ap_caller";

export type OfficeSetting = {
  readonly start: number;
  readonly rules: ContactRules;
  /** Of the number that is called from. */
  readonly perSecond: number | null;
  /** The numbers that the batch calls, by position; further positions begin again. */
  readonly numbers: readonly string[];
};
type Pending = { readonly answer: () => void; readonly lose: () => void };

export class Office {
  readonly start: number;
  readonly #sql = nodeSql(ORGANIZATION_STEPS);
  readonly #rules: ContactRules;
  readonly #numbers: readonly string[];
  /** The question that is not answered. A batch has one at a time. */
  pending: Pending | null = null;
  /** Calls that another batch has made. */
  readonly others: { readonly number: string; readonly at: number }[] = [];

  constructor({ start, rules, perSecond, numbers }: OfficeSetting) {
    this.start = start;
    this.#rules = rules;
    this.#numbers = numbers;
    limitPace(this.#sql, perSecond, start, CALLER);
  }

  numberOf(position: number): string {
    return this.#numbers[position % this.#numbers.length] ?? "";
  }

  ask(question: Question, now: number): ClearanceAnswer {
    return this.#clear("acb_sample", question, now);
  }

  /** Another batch calls somebody, if it may. */
  callByAnother(position: number, now: number): void {
    const number = this.numberOf(position);
    const candidate: Candidate = { position: this.others.length, attempt: 1, number, timezone: null };
    const question = { candidates: [candidate], atMost: 1, unused: [], isThrottled: false };
    const [verdict] = this.#clear("acb_other", question, now).verdicts;
    if (verdict?.kind === "clear") this.others.push({ number, at: verdict.at });
  }

  /** From now on nobody may call it. */
  list(number: string, now: number): void {
    const entries = [{ number, reason: null }];
    listNumbers(this.#sql, { entries, callId: null, by: { id: "ak_test", label: "test" } }, now);
  }

  #clear(batchId: string, question: Question, now: number): ClearanceAnswer {
    const request = { ...question, batchId, fromNumberId: CALLER, rules: this.#rules };
    return this.#sql.transaction(() => clear(this.#sql, this.#rules, request, now)).answer;
  }
}
