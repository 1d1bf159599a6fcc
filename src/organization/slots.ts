/**
 * The ledger at work: hears statements, grants in order, stores each changed row, and tells batches of their grants until
 * they confirm. The decisions are in `ledger.ts`; here are the rows and the messages.
 */

import { present } from "../calling/assert.ts";
import { routeOfBatch } from "../calling/ids.ts";
import type { Grant, SlotAnswer, SlotStatement } from "../calling/slots.ts";
import type { Sql } from "../storage/sql.ts";
import { rememberRest, restedRequest } from "./batch-index.ts";
import { loadHoldings, storeHolding } from "./holdings.ts";
import { answerTo, audit, grantInOrder, type Holding, hear, isUnconfirmed } from "./ledger.ts";

/** Tells the batch's object; answers with its statement, or null where there is no such batch. */
export type TellBatch = (route: string, grant: Grant) => Promise<SlotStatement | null>;

/** A batch that has not confirmed its grant is told again after this, doubled each time. */
const REPEAT_MS = 2_000;
const REPEAT_AT_MOST_MS = 60_000;

export class Slots {
  readonly #sql: Sql;
  readonly #tell: TellBatch;
  /** What is stored, in memory too: rows exist only for batches at work. Losing it is safe, it is read again. */
  readonly #holdings: Map<string, Holding>;
  /** When each unconfirmed grant is told again. Losing it is safe: it is told again at once. */
  readonly #repeats = new Map<string, { dueAt: number; waitMs: number }>();
  readonly #beingTold = new Set<string>();

  constructor(sql: Sql, tell: TellBatch) {
    this.#sql = sql;
    this.#tell = tell;
    this.#holdings = loadHoldings(sql);
  }

  get holdings(): ReadonlyMap<string, Holding> {
    return this.#holdings;
  }

  /** Inside a transaction: applies the statement and grants what fits. The batch learns its own grant from the answer. */
  hear(statement: SlotStatement, limit: number, now: number): SlotAnswer {
    const known = this.#holdings.get(statement.batchId) ?? null;
    const after = hear(statement, known, restedRequest(this.#sql, statement.createdAt));
    this.#put(statement.batchId, after);
    if (after === null) rememberRest(this.#sql, statement.createdAt, statement.requestNumber);
    this.grant(limit);
    const holding = this.#holdings.get(statement.batchId) ?? null;
    // The answer carries the grant; only if no word comes back is it told again.
    if (holding !== null && isUnconfirmed(holding)) this.#waitBeforeTelling(statement.batchId, now);
    return answerTo(holding);
  }

  /**
   * Inside a transaction: what a batch said when the audit asked it about `known`; `null`: there is no such batch. Where
   * the ledger has heard of the batch in the meantime, the answer may be older than that and is not used. Returns
   * whether the ledger was repaired.
   */
  audited(known: Holding, statement: SlotStatement | null, limit: number): boolean {
    const { batchId } = known;
    if (this.#holdings.get(batchId) !== known) return false;
    const after = audit(statement ?? vanished(known), known);
    const isRepaired = after === null || after.grantedSlots !== known.grantedSlots || after.open !== known.open;
    this.#put(batchId, after);
    if (after === null && statement !== null) rememberRest(this.#sql, statement.createdAt, statement.requestNumber);
    this.grant(limit);
    return isRepaired;
  }

  /** Inside a transaction: grants what fits under the limit. */
  grant(limit: number): void {
    for (const holding of grantInOrder(limit, this.#holdings.values(), 0)) this.#put(holding.batchId, holding);
  }

  /** Grants to be told now, each at most once at a time. */
  due(now: number): Holding[] {
    return [...this.#holdings.values()].filter(
      (holding) =>
        isUnconfirmed(holding) &&
        !this.#beingTold.has(holding.batchId) &&
        (this.#repeats.get(holding.batchId)?.dueAt ?? 0) <= now,
    );
  }

  /** When the next unconfirmed grant has to be told (again); null where every batch knows. */
  nextDue(): number | null {
    let next: number | null = null;
    for (const holding of this.#holdings.values()) {
      if (!isUnconfirmed(holding)) continue;
      const dueAt = this.#repeats.get(holding.batchId)?.dueAt ?? 0;
      if (next === null || dueAt < next) next = dueAt;
    }
    return next;
  }

  /** Tells a batch of its grant. Returns its statement, to be heard like any other; null where it did not answer. */
  async tell(holding: Holding, now: number): Promise<SlotStatement | null> {
    this.#waitBeforeTelling(holding.batchId, now);
    this.#beingTold.add(holding.batchId);
    try {
      const route = present(routeOfBatch(holding.batchId), "a batch in the ledger has a batch's id");
      const grant: Grant = { requestNumber: holding.grantedRequest, slots: holding.grantedSlots };
      const statement = await this.#tell(route, grant);
      // A batch that does not exist holds nothing: its announcement was never followed by the batch.
      return statement ?? vanished(holding);
    } catch (error) {
      console.warn(JSON.stringify({ event: "grant_not_delivered", batch: holding.batchId, error: String(error) }));
      return null;
    } finally {
      this.#beingTold.delete(holding.batchId);
    }
  }

  #waitBeforeTelling(batchId: string, now: number): void {
    const waitMs = Math.min(REPEAT_AT_MOST_MS, (this.#repeats.get(batchId)?.waitMs ?? REPEAT_MS / 2) * 2);
    this.#repeats.set(batchId, { dueAt: now + waitMs, waitMs });
  }

  #put(batchId: string, after: Holding | null): void {
    const before = this.#holdings.get(batchId) ?? null;
    storeHolding(this.#sql, batchId, before, after);
    if (after === null) this.#holdings.delete(batchId);
    else this.#holdings.set(batchId, after);
    // A new grant is told at once, whatever the waiting for an earlier one was.
    if (after === null || after.grantKnown || after.grantedRequest !== before?.grantedRequest)
      this.#repeats.delete(batchId);
  }
}

const vanished = (holding: Holding): SlotStatement => ({
  batchId: holding.batchId,
  createdAt: holding.createdAt,
  requestNumber: holding.requestNumber,
  open: false,
  granted: false,
  slots: 0,
  holds: 0,
});
