/** The batch in its object: opened from its rows, or from the order of a new one. It answers its organization alone. */

import { archiveBucket } from "../archive/bucket.ts";
import type { BatchOrder } from "../calling/messages/batch-order.ts";
import { present } from "../calling/requests/assert.ts";
import { type Failure, notFound } from "../calling/requests/failure.ts";
import { type Err, err, type Result } from "../calling/requests/result.ts";
import { randomBytes, routeOfBatch } from "../calling/secrets/ids.ts";
import { type Bindings, settingsOf } from "../env.ts";
import { textOf, writeLog } from "../log.ts";
import { Peer, Peers } from "../peer.ts";
import { AlarmClock } from "../storage/alarm-clock.ts";
import { isCreated, migrate } from "../storage/migrations.ts";
import { Sql } from "../storage/sql.ts";
import { Batch } from "./core/batch.ts";
import { Executor, type Surroundings } from "./executor.ts";
import { Leaving } from "./leaving.ts";
import { type BatchRow, firstRow, readBatch } from "./store/batch-row.ts";
import { BATCH_LATE, BATCH_STEPS } from "./store/migrations.ts";
import { type RecipientPage, Recipients } from "./store/recipients.ts";
import { Live } from "./telling/live.ts";
import type { LiveState } from "./telling/live-message.ts";

type Answered<Given> = Given | Promise<Given>;

export class Opening {
  readonly sql: Sql;
  readonly alarm: AlarmClock;
  readonly live: Live;
  readonly leaving: Leaving;
  readonly #around: Surroundings;
  #running: Executor | null = null;
  /** Memory may differ from what is stored. */
  #isToBeReadAnew = false;

  /** `env`: asked for at each use. */
  constructor(ctx: DurableObjectState, env: () => Bindings) {
    this.sql = new Sql(ctx.storage, BATCH_LATE);
    this.alarm = new AlarmClock(ctx.storage);
    this.live = new Live({ sockets: () => ctx.getWebSockets(), state: () => this.#liveState() });
    this.leaving = new Leaving(this.sql, (organizationId) => archiveBucket(env(), organizationId));
    this.#around = {
      settings: settingsOf(env()),
      alarm: this.alarm,
      live: this.live,
      organization: new Peer(() => env().ORGANIZATIONS.getByName(this.#present.row.organization_id)),
      webhooks: new Peers((id) => env().WEBHOOKS.getByName(id)),
      lanes: new Peers((name) => env().LANES.getByName(name)),
      waitUntil: (work) => ctx.waitUntil(work),
      unexpected: (error) => writeLog({ level: "error", event: "unexpected", error: textOf(error) }),
      failed: () => {
        this.#isToBeReadAnew = true;
      },
    };
    if (isCreated(this.sql)) {
      migrate(this.sql, BATCH_STEPS);
      this.#running = this.#start();
    }
  }

  /** Null until the batch is created: an object that was never created stores nothing. */
  get executor(): Executor | null {
    if (this.#isToBeReadAnew) {
      this.#running = this.#start();
      this.#isToBeReadAnew = false;
    }
    return this.#running;
  }

  get organization(): Surroundings["organization"] {
    return this.#around.organization;
  }

  /** Its tables, its recipients, its row and what `first` makes of it: all or nothing. */
  create(
    order: BatchOrder,
    total: number,
    pages: readonly RecipientPage[],
    now: number,
    first: (executor: Executor) => unknown,
  ): Executor {
    try {
      return this.sql.transaction(() => {
        migrate(this.sql, BATCH_STEPS);
        new Recipients(this.sql).insert(pages);
        const executor = this.#start(firstRow(order, total, now));
        this.#running = executor;
        first(executor);
        return executor;
      });
    } catch (error) {
      // There is nothing to read.
      this.#running?.stop(error);
      this.#running = null;
      this.#isToBeReadAnew = false;
      throw error;
    }
  }

  /** The batch is deleted: whatever comes is not heard. */
  close(): void {
    this.#running?.stop(new Error("the batch was deleted"));
    this.#running = null;
  }

  /**
   * Runs for a batch of this id and organization. Another id can have the same route. `kind` "any": for direct calls too,
   * whose object has the ids of several requests. `batchId` null: only a call's id is known.
   */
  async of<Given extends Result<unknown, Failure>>(
    batchId: string | null,
    organizationId: string,
    answer: (executor: Executor) => Answered<Given>,
    kind: "batch" | "any" = "batch",
  ): Promise<Given | Err<Failure>> {
    const unknown = err(notFound(batchId === null ? "call" : "batch"));
    const { executor } = this;
    if (executor?.batch.row.organization_id !== organizationId) return unknown;
    executor.catchUp();
    const { id, kind: ownKind } = executor.batch.row;
    const isIt = kind === "any" ? id === batchId || ownKind === "direct" : id === batchId && ownKind === "batch";
    return batchId === null || isIt ? answer(executor) : unknown;
  }

  /** `first`: of a new batch. */
  #start(first: BatchRow | null = null): Executor {
    const { id, organization_id: owner } = first ?? readBatch(this.sql);
    const route = present(routeOfBatch(id, owner), "a stored batch has a batch's id");
    const given = { ...this.#around.settings, random: randomBytes };
    return new Executor(new Batch(this.sql, route, given, first), this.#around);
  }

  get #present(): Batch {
    return present(this.executor, "only a batch that exists is changed or watched").batch;
  }

  #liveState(): LiveState {
    const { route, row, roster } = this.#present;
    return { route, row, summary: this.#present.summary(), counts: roster.counts, inFlight: roster.flying };
  }
}
