/**
 * Which key watches which batch, so that a revoked key's watches end. A batch is told of a revocation until it
 * acknowledges it. The rows say which batches must be told. Only the times of the next tries are in memory.
 */

import { routeOfBatch } from "../../calling/secrets/ids.ts";
import { type AlarmClock, RECOVERY_MS } from "../../storage/alarm-clock.ts";
import type { Sql } from "../../storage/sql.ts";
import { keyExists } from "./api-keys.ts";

/** Tells the batch's object that the key is revoked. */
export type TellRevoked = (route: string, keyId: string) => Promise<void>;

type WatchRow = { key_id: string; batch_id: string };

const NOTE = /*sql*/ `INSERT INTO watches (key_id, batch_id) VALUES (?, ?) ON CONFLICT (key_id, batch_id) DO NOTHING`;
const REVOKE = /*sql*/ `UPDATE watches SET revoked = 1 WHERE key_id = ?`;
/** Uses the index of revoked rows. */
const REVOKED = /*sql*/ `SELECT key_id, batch_id FROM watches WHERE revoked = 1 LIMIT ?`;
const TOLD = /*sql*/ `DELETE FROM watches WHERE key_id = ? AND batch_id = ?`;

/** Batches told at once. */
const SLICE = 50;
const REPEAT_MS = 2_000;
const REPEAT_AT_MOST_MS = 60_000;

export class Watches {
  readonly #sql: Sql;
  readonly #alarm: AlarmClock;
  readonly #tell: TellRevoked;
  #repeatMs = REPEAT_MS;
  /** Null until it is read after the object woke. */
  #dueAt: number | null = null;
  #telling: Promise<void> | null = null;

  constructor(sql: Sql, alarm: AlarmClock, tell: TellRevoked) {
    this.#sql = sql;
    this.#alarm = alarm;
    this.#tell = tell;
  }

  /**
   * The key was used to create a ticket for the batch. False if the key was revoked meanwhile: the ticket must not be
   * given out.
   */
  note(keyId: string, batchId: string): boolean {
    if (!keyExists(this.#sql, keyId)) return false;
    this.#sql.run(NOTE, keyId, batchId);
    return true;
  }

  /** Call it in the transaction that revokes the key. */
  revoked(keyId: string): void {
    this.#sql.run(REVOKE, keyId);
    this.#dueAt = 0;
    this.#repeatMs = REPEAT_MS;
  }

  /**
   * When a batch must be told next; null if none must. While a message is in flight, the alarm is only the safety net.
   */
  nextDue(now: number): number | null {
    this.#dueAt ??= this.#sql.first<WatchRow>(REVOKED, 1) === null ? Number.POSITIVE_INFINITY : 0;
    if (this.#dueAt === Number.POSITIVE_INFINITY) return null;
    return this.#telling === null ? this.#dueAt : Math.max(this.#dueAt, now + RECOVERY_MS);
  }

  /** Resolves when every batch has acknowledged, or does not answer and will be told again. */
  run(now: number): Promise<void> {
    this.#alarm.ringBy(now + REPEAT_MS, now);
    this.#telling ??= this.#tellAll(now).finally(() => {
      this.#telling = null;
    });
    return this.#telling;
  }

  async #tellAll(now: number): Promise<void> {
    this.#dueAt = now + this.#repeatMs;
    this.#repeatMs = Math.min(REPEAT_AT_MOST_MS, this.#repeatMs * 2);
    for (;;) {
      const rows = this.#sql.all<WatchRow>(REVOKED, SLICE);
      if (rows.length === 0) {
        this.#dueAt = Number.POSITIVE_INFINITY;
        return;
      }
      const heard = await Promise.all(rows.map((row) => this.#send(row)));
      if (heard.includes(false)) return;
    }
  }

  /** False if the batch has not acknowledged it. */
  async #send({ key_id, batch_id }: WatchRow): Promise<boolean> {
    try {
      const route = routeOfBatch(batch_id);
      if (route !== null) await this.#tell(route, key_id);
      this.#sql.run(TOLD, key_id, batch_id);
      return true;
    } catch (error) {
      console.warn(JSON.stringify({ event: "revocation_not_delivered", batch: batch_id, error: String(error) }));
      return false;
    }
  }
}
