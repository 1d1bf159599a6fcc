/**
 * Asks every batch in the ledger what it holds, and repairs what the ledger thought (`slots.ts`). Senders repeat their lost
 * messages. The audit finds losses that no sender noticed.
 */

import type { Holding } from "./ledger.ts";
import { Round } from "./round.ts";

export const AUDIT_EVERY_MS = 10 * 60 * 1_000;

/** Answered by the batch's statement, or null: there is no such batch. */
export type AuditMessage = { readonly kind: "audit"; readonly batchId: string; readonly holding: Holding };

export class Audit {
  readonly #round = new Round<Holding>();
  #auditedAt: number;

  /** After a restart the last audit is not known, so the interval begins again. */
  constructor(now: number) {
    this.#auditedAt = now;
  }

  /** Never if no batch holds or wants anything. */
  dueAt(holdings: ReadonlyMap<string, Holding>): number {
    return holdings.size === 0 ? Number.POSITIVE_INFINITY : this.#auditedAt + AUDIT_EVERY_MS;
  }

  ask(holdings: ReadonlyMap<string, Holding>, now: number): AuditMessage[] {
    if (this.dueAt(holdings) <= now) {
      this.#auditedAt = now;
      this.#round.begin([...holdings.values()]);
    }
    return this.#round.take().map((holding) => ({ kind: "audit", batchId: holding.batchId, holding }));
  }

  /** It is answered, or will not be. */
  over(): void {
    this.#round.over();
  }
}
