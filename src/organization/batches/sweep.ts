/**
 * Once an hour every batch that is not at rest is woken, whatever its alarm does: the platform drops one whose handler has
 * failed six times in a row (Durable Objects, "Alarms"), and nothing else would wake the batch again. So a dropped alarm
 * costs an hour and nobody's call.
 */

import { routeOfBatch } from "../../calling/secrets/ids.ts";
import type { Sql } from "../../storage/sql.ts";
import { runningBatches } from "./batch-index.ts";

export const SWEEP_EVERY_MS = 60 * 60 * 1_000;
/** Messages under way at once. */
const AT_ONCE = 20;

const SWEPT_AT = /*sql*/ `SELECT swept_at FROM organization WHERE only_row = 1`;
const SWEPT = /*sql*/ `UPDATE organization SET swept_at = ? WHERE only_row = 1`;

export class Sweep {
  readonly #sql: Sql;
  readonly #wake: (route: string) => Promise<void>;
  /** False where the last sweep found nobody, and nobody has reported since. After a restart that is not known. */
  #mayFind = true;
  /** As stored; null: not read since the object woke. */
  #sweptAt: number | null = null;

  constructor(sql: Sql, wake: (route: string) => Promise<void>) {
    this.#sql = sql;
    this.#wake = wake;
  }

  /** A batch is at work. */
  begins(): void {
    this.#mayFind = true;
  }

  /** Infinity where all are at rest. Stored, because an object seldom stays in memory for an hour. */
  get dueAt(): number {
    if (!this.#mayFind) return Number.POSITIVE_INFINITY;
    this.#sweptAt ??= this.#sql.one<{ swept_at: number }>(SWEPT_AT).swept_at;
    return this.#sweptAt + SWEEP_EVERY_MS;
  }

  async run(now: number): Promise<void> {
    this.#sql.run(SWEPT, now);
    this.#sweptAt = now;
    const batches = runningBatches(this.#sql);
    this.#mayFind = batches.length > 0;
    for (let first = 0; first < batches.length; first += AT_ONCE) {
      await Promise.all(batches.slice(first, first + AT_ONCE).map((batchId) => this.#wakeOne(batchId)));
    }
  }

  /** One that does not answer is left to the next time. */
  async #wakeOne(batchId: string): Promise<void> {
    const route = routeOfBatch(batchId);
    if (route === null) return;
    try {
      await this.#wake(route);
    } catch (error) {
      console.warn(JSON.stringify({ event: "sweep_unanswered", batch: batchId, error: String(error) }));
    }
  }
}
