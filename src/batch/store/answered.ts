/**
 * What requests with an `Idempotency-Key` have come to that would do something else the second time: retry and append. It is
 * written with what they do, so that a repeat meets either both or neither, whenever the object dies.
 */

import { IDEMPOTENCY_MS } from "../../calling/requests/limits.ts";
import type { Sql } from "../../storage/sql.ts";

/** Persisted as JSON in the batch's row, the oldest first. */
type Answered = { readonly key: string; readonly at: number; readonly answer: unknown };

/** Far more than anybody repeats; the organization keeps the others' answers too (`organization/store/answered-requests.ts`). */
const KEPT_AT_MOST = 50;

const READ = /*sql*/ `SELECT answered_requests AS json FROM batch`;
const WRITE = /*sql*/ `UPDATE batch SET answered_requests = ?`;

const all = (sql: Sql, now: number): Answered[] => {
  const { json } = sql.one<{ json: string | null }>(READ);
  return ((json === null ? [] : JSON.parse(json)) as Answered[]).filter(({ at }) => at > now - IDEMPOTENCY_MS);
};

/** Null where no request with this key has done anything. The answer is of the type that was remembered for such requests. */
export const answeredBefore = <Answer>(sql: Sql, key: string | null, now: number): Answer | null =>
  key === null ? null : ((all(sql, now).find((one) => one.key === key)?.answer ?? null) as Answer | null);

/** In the turn of what it is the answer to. */
export function rememberAnswer(sql: Sql, key: string | null, answer: unknown, now: number): void {
  if (key === null) return;
  const kept = [...all(sql, now), { key, at: now, answer }].slice(-KEPT_AT_MOST);
  sql.run(WRITE, JSON.stringify(kept));
}
