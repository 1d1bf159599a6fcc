/**
 * Whom the organization lets the batch dial: asks for those who are next, keeps whoever has to wait, and fails whoever may
 * not be called at all. What an answer is worth, and for how long, is `clearance.ts`; here is who is asked for, and what
 * the answers make of the recipients.
 *
 * Losing its memory is safe: the organization is asked again before anybody is dialed.
 */

import {
  byClockOf,
  type Candidate,
  type ClearanceAnswer,
  type ClearanceRequest,
} from "../../calling/messages/clearance.ts";
import { contactRulesOf } from "../../calling/messages/retry-policy.ts";
import { phoneOf } from "../../calling/numbers/same-phone.ts";
import type { NotDialed } from "../../calling/words/not-dialed.ts";
import type { Holds } from "../people/holds.ts";
import type { Pick, Roster } from "../people/roster.ts";
import { type BatchRow, retryPolicyOf } from "../store/batch-row.ts";
import type { Recipients } from "../store/recipients.ts";
import { Clearance } from "./clearance.ts";
import { slotsOf } from "./request.ts";

/** An attempt of a recipient's, or one that is to be. */
type Attempt = { readonly position: number; readonly attempt: number };

export type PermissionPort = {
  /** Whoever the organization does not clear yet. */
  readonly holds: Holds;
  readonly recipients: Recipients;
  readonly row: () => BatchRow;
  readonly roster: () => Roster;
  /** The carrier, or an organization that does not answer, has the batch pause until then. */
  readonly pausedUntil: () => number;
  readonly clear: (request: ClearanceRequest) => Promise<ClearanceAnswer>;
  readonly background: (work: Promise<void>) => void;
  /** Whoever waits among them fails. */
  readonly fail: (positions: ReadonlySet<number>, why: NotDialed, now: number) => void;
  /** Somebody may be dialed, or nobody waits any more. */
  readonly act: (now: number) => void;
  readonly unanswered: (error: unknown) => void;
};

export class Permission {
  readonly #port: PermissionPort;
  readonly #clearance: Clearance;
  #rulesHeard = 0;
  /** Where each phone is, while there were so many people in the batch. Losing it reads them again. */
  #byNumber: { readonly total: number; readonly positions: ReadonlyMap<string, readonly number[]> } | null = null;

  constructor(port: PermissionPort) {
    this.#port = port;
    this.#clearance = new Clearance(
      {
        ask: async (question) => {
          const row = port.row();
          const rules = contactRulesOf(retryPolicyOf(row));
          const request = { ...question, batchId: row.id, fromNumberId: row.from_number_id, rules };
          const askedAt = Date.now();
          const answer = await port.clear(request);
          return byClockOf(askedAt, Date.now(), answer);
        },
        background: port.background,
        answered: (candidates, answer) => this.#answered(candidates, answer),
        failed: port.unanswered,
      },
      port.row().paced_until ?? 0,
    );
  }

  /** When the organization's pace lets the next one begin; in the past where it holds up nobody. */
  get pacedUntil(): number {
    return this.#clearance.pacedUntil;
  }

  /** The organization is being asked. */
  get isAsking(): boolean {
    return this.#clearance.isAsking;
  }

  /** Counts the messages about new numbers on the do-not-call list. Losing it is safe: whoever compares it dies too. */
  get rulesHeard(): number {
    return this.#rulesHeard;
  }

  /** Whom to dial now. */
  toDial(atMost: number, now: number): Pick[] {
    return this.#clearance.toDial(this.#port.roster().inTurn(now), atMost, now);
  }

  /** Asks for those who come next, where so many more could be dialed and have to be asked for. */
  askForMore(free: number, now: number): void {
    if (this.#clearance.isFree(now)) return;
    const { picks, atMost } = this.#clearance.toAskFor(this.#port.roster().inTurn(now), free, now);
    if (picks.length === 0) return;
    const candidates = picks.map((pick) => this.#candidateOf(pick));
    this.#clearance.ask(candidates, atMost, now);
  }

  /** Contacts that came to nothing, and that nobody has to be asked for: told without a question. */
  speak(now: number): void {
    const row = this.#port.row();
    // Direct calls are over before a pause is, and nothing wakes their object for this alone.
    if (this.#port.pausedUntil() > now && row.kind !== "direct") return;
    const isDialing = slotsOf(row) !== null && this.#port.roster().next(now) !== null;
    if (this.#clearance.hasToSpeak(isDialing, now)) this.#clearance.ask([], 0, now);
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

  /** There are new rules. `listed`: numbers that are new on the do-not-call list; whoever waits under one of them fails. */
  rulesChanged(listed: readonly string[], now: number): void {
    this.#rulesHeard += 1;
    this.#clearance.forget();
    if (listed.length > 0) this.#port.fail(this.#positionsOf(listed), "do_not_call", now);
    this.#port.act(now);
  }

  /** A batch that dials is told of each number by itself, and must not read all of its people for each. */
  #positionsOf(numbers: readonly string[]): ReadonlySet<number> {
    const { total_recipients: total } = this.#port.row();
    let known = this.#byNumber;
    if (known?.total !== total) {
      const positions = new Map<string, number[]>();
      this.#port.recipients.all().forEach(({ to_number }, position) => {
        const phone = phoneOf(to_number);
        positions.set(phone, [...(positions.get(phone) ?? []), position]);
      });
      known = { total, positions };
      this.#byNumber = known;
    }
    const { positions } = known;
    return new Set(numbers.flatMap((number) => positions.get(phoneOf(number)) ?? []));
  }

  #answered(candidates: readonly Candidate[], answer: ClearanceAnswer): void {
    const now = Date.now();
    const barred = new Set<number>();
    const held = new Set<number>();
    candidates.forEach(({ position }, index) => {
      const verdict = answer.verdicts[index];
      if (verdict?.kind === "barred") barred.add(position);
      if (verdict?.kind !== "wait") return;
      held.add(position);
      this.#port.holds.put(position, verdict);
    });
    this.#port.fail(barred, "do_not_call", now);
    if (this.#port.row().kind === "direct") this.#port.fail(held, "not_now", now);
    this.#port.act(now);
  }

  #candidateOf({ position, attempt }: Attempt): Candidate {
    const { to_number, timezone } = this.#port.recipients.at(position);
    return { position, attempt, number: to_number, timezone };
  }
}
