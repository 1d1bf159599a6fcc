/**
 * Answers to requests with an `Idempotency-Key` whose repeat would do something else: retry and append. An answer is
 * stored in the turn of its change. So a repeat finds both or neither, whenever the object stops.
 */

import { IDEMPOTENCY_MS } from "../../calling/requests/limits.ts";
import type { Sql } from "../../storage/sql.ts";

/** Persisted as JSON in the batch's row, oldest first. */
type Answered = { readonly key: string; readonly at: number; readonly answer: unknown };

/**
 * Far more than clients repeat. The organization keeps the answers to other requests
 * (`organization/store/answered-requests.ts`).
 */
const KEPT_AT_MOST = 50;

const READ = /*sql*/ `SELECT answered_requests AS json FROM batch`;
const WRITE = /*sql*/ `UPDATE batch SET answered_requests = ?`;

const all = (sql: Sql, now: number): Answered[] => {
  const { json } = sql.one<{ json: string | null }>(READ);
  return ((json === null ? [] : JSON.parse(json)) as Answered[]).filter(({ at }) => at > now - IDEMPOTENCY_MS);
};

/** Null if no request with this key has changed anything. The answer has the type that was stored for such requests. */
export const answeredBefore = <Answer>(sql: Sql, key: string | null, now: number): Answer | null =>
  key === null ? null : ((all(sql, now).find((one) => one.key === key)?.answer ?? null) as Answer | null);

/** Call it in the turn of the change. */
export function rememberAnswer(sql: Sql, key: string | null, answer: unknown, now: number): void {
  if (key === null) return;
  const kept = [...all(sql, now), { key, at: now, answer }].slice(-KEPT_AT_MOST);
  sql.run(WRITE, JSON.stringify(kept));
}
