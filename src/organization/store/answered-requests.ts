/**
 * The answers to requests with an `Idempotency-Key`, for one day. A repeat gets the same answer and does nothing.
 * Creating a batch and direct calls keep theirs in `announcements.ts`; a key stands for one request in both.
 *
 * An answer may contain a secret that is shown once, so answers are sealed if there is a key.
 */

import { IDEMPOTENCY_MS } from "../../calling/requests/limits.ts";
import type { Sql } from "../../storage/sql.ts";
import type { BegunRequest } from "../messages/calling.ts";
import { type AnsweredRow, findAnswered } from "./answered-rows.ts";
import { type KeyRing, seal, unseal } from "./seal.ts";

const BEGIN = /*sql*/ `INSERT INTO answered_requests (key, fingerprint, begun_at) VALUES (?, ?, ?)`;
const ANSWER = /*sql*/ `UPDATE answered_requests SET status = ?, answer = ? WHERE key = ? AND fingerprint = ?`;
const FORGET = /*sql*/ `DELETE FROM answered_requests WHERE key = ? AND fingerprint = ?`;
/** Each request deletes a few old rows. So they are gone within a day or so, and no alarm is needed. */
const FORGET_OLD = /*sql*/ `DELETE FROM answered_requests WHERE key IN
  (SELECT key FROM answered_requests WHERE begun_at <= ? ORDER BY begun_at LIMIT 20)`;

/** A request has ended by then: the platform keeps none for longer while a client waits. */
const UNDER_WAY_MS = 60_000;

const isJson = (answer: string): boolean => answer.startsWith("{");

export class AnsweredRequests {
  readonly #sql: Sql;
  readonly #ring: KeyRing;

  constructor(sql: Sql, ring: KeyRing) {
    this.#sql = sql;
    this.#ring = ring;
  }

  async begin(key: string, fingerprint: string, now: number): Promise<BegunRequest> {
    this.#sql.run(FORGET_OLD, now - IDEMPOTENCY_MS);
    const row = findAnswered(this.#sql, key);
    if (row !== null && row.begun_at > now - IDEMPOTENCY_MS) return this.#before(key, fingerprint, row, now);
    if (row !== null) this.#sql.run(FORGET, key, row.fingerprint);
    this.#sql.run(BEGIN, key, fingerprint, now);
    return { kind: "fresh" };
  }

  async #before(key: string, fingerprint: string, row: AnsweredRow, now: number): Promise<BegunRequest> {
    if (row.fingerprint !== fingerprint) return { kind: "reused" };
    if (row.status === null || row.answer === null) {
      return { kind: row.begun_at > now - UNDER_WAY_MS ? "under_way" : "unknown" };
    }
    const body = isJson(row.answer) ? row.answer : await unseal(this.#ring, key, row.answer);
    return body === null ? { kind: "unknown" } : { kind: "answered", status: row.status, body };
  }

  async answered(key: string, fingerprint: string, status: number, body: string): Promise<void> {
    this.#sql.run(ANSWER, status, (await seal(this.#ring, key, body)) ?? body, key, fingerprint);
  }

  /** The request did nothing, so the key is free again. */
  forget(key: string, fingerprint: string): void {
    this.#sql.run(FORGET, key, fingerprint);
  }
}
