/**
 * Runs the ledger: takes statements, grants in order and stores each changed row. Has batches told of their grants until
 * they confirm. `ledger.ts` has the decisions; this file has the rows and what is remembered beside them.
 */

import type { Capacity, SlotAnswer, SlotStatement } from "../../calling/messages/slots.ts";
import { DIRECT_CALLS_BEGIN_WITHIN_MS } from "../../calling/requests/limits.ts";
import { jittered } from "../../peer.ts";
import { type Due, messageDue, sooner } from "../../storage/alarm-clock.ts";
import type { Sql } from "../../storage/sql.ts";
import { isKept } from "../batches/announcements.ts";
import { rememberRest, restedRequest } from "../batches/batch-index.ts";
import { uncountRecipients } from "../store/profile.ts";
import { loadHoldings, storeHolding } from "./holdings.ts";
import {
  answerTo,
  audit,
  freeForDirectCalls,
  grantedDirectly,
  grantInOrder,
  type Holding,
  hear,
  isUnconfirmed,
} from "./ledger.ts";

/** Tells a batch of its grant. Answered by its statement, or null: there is no such batch. */
export type GrantMessage = { readonly kind: "grant"; readonly batchId: string; readonly holding: Holding };

/** How long to wait before an unconfirmed grant is told again; doubled each time. */
const REPEAT_MS = 2_000;
const REPEAT_AT_MOST_MS = 60_000;

export class Slots {
  readonly #sql: Sql;
  /**
   * The stored rows, kept in memory: there is one for each batch that is not at rest. Losing it is safe, it is read
   * again.
   */
  readonly #holdings: Map<string, Holding>;
  /** When each unconfirmed grant is told again. Losing it is safe: the grants are told at once. */
  readonly #repeats = new Map<string, { dueAt: number; waitMs: number }>();
  readonly #beingTold = new Set<string>();

  constructor(sql: Sql) {
    this.#sql = sql;
    this.#holdings = loadHoldings(sql);
  }

  get holdings(): ReadonlyMap<string, Holding> {
    return this.#holdings;
  }

  /**
   * Applies the statement and grants what fits. Must run in a transaction. The answer tells the batch its own grant.
   */
  hear(statement: SlotStatement, capacity: Capacity, now: number): SlotAnswer {
    const known = this.#holdings.get(statement.batchId) ?? null;
    const after = hear(statement, known, this.#restedRequest(statement));
    this.#put(statement.batchId, after);
    if (after === null) this.#rememberRest(statement);
    this.grant(capacity);
    const holding = this.#holdings.get(statement.batchId) ?? null;
    // The answer carries the grant. It is told again only if the batch does not confirm it.
    if (holding !== null && isUnconfirmed(holding)) this.#waitBeforeTelling(statement.batchId, now);
    return answerTo(holding);
  }

  /**
   * Applies a batch's answer to an audit of `known`; `null`: there is no such batch. Must run in a transaction. Ignores
   * the answer if the ledger has heard from the batch meanwhile: it may be older. Returns whether the ledger was
   * repaired.
   */
  audited(known: Holding, statement: SlotStatement | null, capacity: Capacity): boolean {
    const { batchId } = known;
    if (this.#holdings.get(batchId) !== known) return false;
    const after = statement === null ? null : audit(statement, known);
    const isRepaired = after === null || after.grantedSlots !== known.grantedSlots || after.open !== known.open;
    this.#put(batchId, after);
    if (statement === null) this.#uncount(known);
    else if (after === null) this.#rememberRest(statement);
    this.grant(capacity);
    return isRepaired;
  }

  /** Grants what fits. Must run in a transaction. */
  grant(capacity: Capacity): void {
    for (const holding of grantInOrder(capacity, this.#holdings.values())) this.#put(holding.batchId, holding);
  }

  /** How many direct calls may begin now. */
  freeForDirectCalls(capacity: Capacity): number {
    return freeForDirectCalls(capacity, this.#holdings.values());
  }

  /** Begins direct calls, with at most `freeForDirectCalls` slots. Must run in a transaction. */
  grantDirectly(batchId: string, createdAt: number, slots: number, now: number): void {
    this.#put(batchId, grantedDirectly(batchId, createdAt, slots));
    // Its object is being created. A message now would not find it, and the slots would be taken back.
    this.#repeats.set(batchId, { dueAt: now + DIRECT_CALLS_BEGIN_WITHIN_MS, waitMs: REPEAT_MS });
  }

  /**
   * Releases the slots of a batch that does not exist: it was announced and never created. Keeps them if the batch was
   * heard from since `holding` was told, because it was created meanwhile.
   */
  #notThere(holding: Holding, capacity: Capacity): void {
    if (this.#holdings.get(holding.batchId) !== holding) return;
    this.#put(holding.batchId, null);
    this.#uncount(holding);
    this.grant(capacity);
  }

  /** Takes direct calls that were never stored off the budget. With a key, its announcement does that later. */
  #uncount({ batchId, direct, requestedSlots }: Holding): void {
    if (direct && !isKept(this.#sql, batchId)) uncountRecipients(this.#sql, requestedSlots);
  }

  /** Grants to tell now, each once at a time: it is `told` or `untold` before it is told again. */
  tell(now: number): GrantMessage[] {
    const due = [...this.#holdings.values()].filter(
      (holding) =>
        isUnconfirmed(holding) &&
        !this.#beingTold.has(holding.batchId) &&
        (this.#repeats.get(holding.batchId)?.dueAt ?? 0) <= now,
    );
    return due.map((holding) => {
      const { batchId } = holding;
      this.#waitBeforeTelling(batchId, now);
      this.#beingTold.add(batchId);
      return { kind: "grant", batchId, holding };
    });
  }

  /** The batch's answer. Must run in a transaction. */
  told({ batchId, holding }: GrantMessage, statement: SlotStatement | null, capacity: Capacity, now: number): void {
    this.#beingTold.delete(batchId);
    if (statement === null) this.#notThere(holding, capacity);
    else this.hear(statement, capacity, now);
  }

  untold({ batchId }: GrantMessage): void {
    this.#beingTold.delete(batchId);
  }

  /**
   * When the next unconfirmed grant must be told again; null if every batch knows. While a message is in flight, the
   * alarm waits behind it. An alarm set to now would ring again and again until the batch answers.
   */
  nextDue(now: number): Due | null {
    let next: Due | null = null;
    for (const holding of this.#holdings.values()) {
      if (!isUnconfirmed(holding)) continue;
      const repeatAt = this.#repeats.get(holding.batchId)?.dueAt ?? 0;
      next = sooner(next, messageDue(repeatAt, this.#beingTold.has(holding.batchId), now));
    }
    return next;
  }

  /** Before a batch's first request there is nothing to remember, and nothing that could be outdated. */
  #restedRequest({ direct, createdAt, requestNumber }: SlotStatement): number {
    return direct || requestNumber === 0 ? 0 : restedRequest(this.#sql, createdAt);
  }

  #rememberRest({ direct, createdAt, requestNumber }: SlotStatement): void {
    if (!direct && requestNumber > 0) rememberRest(this.#sql, createdAt, requestNumber);
  }

  #waitBeforeTelling(batchId: string, now: number): void {
    const waitMs = Math.min(REPEAT_AT_MOST_MS, (this.#repeats.get(batchId)?.waitMs ?? REPEAT_MS / 2) * 2);
    this.#repeats.set(batchId, { dueAt: now + jittered(waitMs, now), waitMs });
  }

  #put(batchId: string, after: Holding | null): void {
    const before = this.#holdings.get(batchId) ?? null;
    storeHolding(this.#sql, batchId, before, after);
    if (after === null) this.#holdings.delete(batchId);
    else this.#holdings.set(batchId, after);
    // A new grant is told at once; the wait for an earlier one does not apply.
    if (after === null || after.grantKnown || after.grantedRequest !== before?.grantedRequest)
      this.#repeats.delete(batchId);
  }
}
