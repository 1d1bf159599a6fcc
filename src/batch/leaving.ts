/**
 * How a batch that is over leaves: webhooks forget its calls, its archive is written, then its object deletes itself. The
 * organization asks for each step, and may repeat it.
 */

import type { ArchiveBucket } from "../archive/bucket.ts";
import { readMark } from "../archive/mark.ts";
import { writeArchive } from "../archive/writing.ts";
import { BATCH_NOT_OVER, type Failure, TRY_AGAIN } from "../calling/requests/failure.ts";
import { err, ok, type Result } from "../calling/requests/result.ts";
import { callId } from "../calling/secrets/ids.ts";
import { isAtRest } from "../calling/words/batch-status.ts";
import type { Sql } from "../storage/sql.ts";
import type { Batch } from "./core/batch.ts";
import type { Executor } from "./executor.ts";
import { archivedBatch, archivedCalls } from "./reading/archived-calls.ts";
import { attemptNumbers } from "./store/attempts.ts";

export class Leaving {
  readonly #sql: Sql;
  readonly #bucketOf: (organizationId: string) => Result<ArchiveBucket, Failure>;
  /** How many rows were written when its archive was. Losing it is safe: the archive is written again. */
  #archivedAt: number | null = null;
  /** Also when the organization has stopped waiting for it. What comes late would outlive a deletion. */
  #isArchiving = false;

  constructor(sql: Sql, bucketOf: (organizationId: string) => Result<ArchiveBucket, Failure>) {
    this.#sql = sql;
    this.#bucketOf = bucketOf;
  }

  /** Why the batch cannot be archived or deleted now; null if it can. */
  problem({ roster }: Batch, isArchived = false): Failure | null {
    if (this.#isArchiving) return TRY_AGAIN;
    if (!isAtRest(roster.counts)) return BATCH_NOT_OVER;
    return isArchived && this.#archivedAt !== this.#sql.rowsWritten ? TRY_AGAIN : null;
  }

  /** The ids of its calls. 503 while webhooks or the organization are still to be told of it. */
  async calls(executor: Executor): Promise<Result<readonly string[], Failure>> {
    const { batch } = executor;
    const problem = this.problem(batch);
    if (problem !== null) return err(problem);
    // What webhooks are still to be told of would arrive after they have forgotten it.
    await executor.told();
    const areEventsSent = (await executor.eventsSent()) && batch.outbox.dueAt(false, Date.now()) === null;
    const { acts, sumsDueAt } = batch.report();
    if (!areEventsSent || acts !== undefined || sumsDueAt !== null) return err(TRY_AGAIN);
    return ok(attemptNumbers(this.#sql).map(({ number }) => callId(batch.route, number)));
  }

  /** `mark`: what the bucket must have. 503 if it has another one. */
  async archive(batch: Batch, folder: string, mark: string | undefined): Promise<Result<null, Failure>> {
    const { organization_id: organizationId } = batch.row;
    const problem = this.problem(batch);
    if (problem !== null) return err(problem);
    const bucket = this.#bucketOf(organizationId);
    if (!bucket.ok) return bucket;
    this.#isArchiving = true;
    const before = this.#sql.rowsWritten;
    const calls = archivedCalls(this.#sql, batch);
    try {
      // While a release is deployed, this object may have another bucket than the organization.
      if (mark !== undefined && (await readMark(bucket.value, organizationId)) !== mark) return err(TRY_AGAIN);
      await writeArchive(bucket.value, folder, archivedBatch(batch), calls, new Date().toISOString());
    } finally {
      this.#isArchiving = false;
    }
    this.#archivedAt = before;
    return ok(null);
  }
}
