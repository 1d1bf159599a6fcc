/**
 * Wakes every object that is not at rest once an hour, of batches and of direct calls, whatever its alarm does. The platform
 * drops an alarm whose handler failed 6 times in a row (Durable Objects, "Alarms"). Nothing else would wake that object.
 * With the sweep, a dropped alarm costs at most an hour and no call.
 */

import { onePerRoute } from "../../calling/secrets/ids.ts";
import type { Sql } from "../../storage/sql.ts";
import { runningBatches } from "../batches/batch-index.ts";
import { directHolders } from "./holdings.ts";
import { Round } from "./round.ts";

export const SWEEP_EVERY_MS = 60 * 60 * 1_000;
/** One that has just reported works. Six failures of an alarm take longer. */
const AWAKE_MS = 60_000;

/** A batch that does not answer is tried again with the next sweep. */
export type WakeMessage = { readonly kind: "wake"; readonly batchId: string };

const SWEPT_AT = /*sql*/ `SELECT swept_at FROM organization WHERE only_row = 1`;
const SWEPT = /*sql*/ `UPDATE organization SET swept_at = ? WHERE only_row = 1`;

export class Sweep {
  readonly #sql: Sql;
  readonly #round = new Round<string>();
  /** False if the last sweep found no batch and none has reported since. True after a restart, when it is not known. */
  #mayFind = true;
  /** Since the last sweep. Losing it wakes them once more. */
  readonly #reportedAt = new Map<string, number>();
  /** As stored; null until it is read after the object woke. */
  #sweptAt: number | null = null;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** A batch that is not at rest has reported. */
  reported(batchId: string, now: number): void {
    this.#mayFind = true;
    this.#reportedAt.set(batchId, now);
  }

  /** Infinity if all batches are at rest. Stored, because an object seldom stays in memory for an hour. */
  get dueAt(): number {
    if (!this.#mayFind) return Number.POSITIVE_INFINITY;
    this.#sweptAt ??= this.#sql.one<{ swept_at: number }>(SWEPT_AT).swept_at;
    return this.#sweptAt + SWEEP_EVERY_MS;
  }

  /** In a write: begins a sweep if it is due. */
  wake(now: number): WakeMessage[] {
    if (this.dueAt <= now) {
      this.#sql.run(SWEPT, now);
      this.#sweptAt = now;
      const batches = onePerRoute([...runningBatches(this.#sql), ...directHolders(this.#sql)]);
      this.#mayFind = batches.length > 0;
      this.#round.begin(batches.filter((id) => (this.#reportedAt.get(id) ?? 0) + AWAKE_MS <= now));
      this.#reportedAt.clear();
    }
    return this.#round.take().map((batchId) => ({ kind: "wake", batchId }));
  }

  /** It is answered, or will not be. */
  over(): void {
    this.#round.over();
  }
}
