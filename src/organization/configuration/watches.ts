/**
 * Which key watches which batch, so that a revoked key's watches end.
 * A deleted member is like a revoked key. A batch is told of a revocation until it acknowledges it. The rows say which
 * batches must be told. Only the times of the next tries are in memory.
 */

import { type Due, messageDue } from "../../storage/alarm-clock.ts";
import type { Sql } from "../../storage/sql.ts";
import { keyExists } from "./api-keys.ts";
import { memberExists } from "./members.ts";

/** Tells the batch that the key is revoked. */
export type RevokedMessage = { readonly kind: "revoked"; readonly batchId: string; readonly keyId: string };

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
  #repeatMs = REPEAT_MS;
  /** Null until it is read after the object woke. */
  #dueAt: number | null = null;
  /** Of the last ones that were told, none has failed. */
  #isHeard = true;
  /** Messages in flight. */
  readonly #telling = new Set<RevokedMessage>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /**
   * The key was used to create a ticket for the batch. False if the key was revoked meanwhile: the ticket must not be
   * given out.
   */
  note(keyId: string, batchId: string): boolean {
    if (!keyExists(this.#sql, keyId) && !memberExists(this.#sql, keyId)) return false;
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
  nextDue(now: number): Due | null {
    this.#dueAt ??= this.#sql.first<WatchRow>(REVOKED, 1) === null ? Number.POSITIVE_INFINITY : 0;
    if (this.#dueAt === Number.POSITIVE_INFINITY) return null;
    return messageDue(this.#dueAt, !this.isQuiet, now);
  }

  /** Every batch has acknowledged, or one does not answer and will be told again. */
  get isQuiet(): boolean {
    return this.#telling.size === 0;
  }

  /** Some of those to tell, if they are due; the others follow when these have answered. */
  tell(now: number): RevokedMessage[] {
    if (!this.isQuiet || (this.nextDue(now)?.at ?? Number.POSITIVE_INFINITY) > now) return [];
    const rows = this.#sql.all<WatchRow>(REVOKED, SLICE);
    this.#dueAt = rows.length === 0 ? Number.POSITIVE_INFINITY : now + this.#repeatMs;
    this.#repeatMs = Math.min(REPEAT_AT_MOST_MS, this.#repeatMs * 2);
    this.#isHeard = true;
    const messages = rows.map(
      ({ key_id, batch_id }): RevokedMessage => ({ kind: "revoked", batchId: batch_id, keyId: key_id }),
    );
    for (const message of messages) this.#telling.add(message);
    return messages;
  }

  told(message: RevokedMessage): void {
    this.#sql.run(TOLD, message.keyId, message.batchId);
    this.#over(message);
  }

  untold(message: RevokedMessage): void {
    this.#isHeard = false;
    this.#over(message);
  }

  #over(message: RevokedMessage): void {
    this.#telling.delete(message);
    if (!this.isQuiet || !this.#isHeard) return;
    // Perhaps there are more.
    this.#dueAt = 0;
    this.#repeatMs = REPEAT_MS;
  }
}
