/** The rows of requests with an `Idempotency-Key` that `answered-requests.ts` answers. */

import { IDEMPOTENCY_MS } from "../../calling/requests/limits.ts";
import type { Sql } from "../../storage/sql.ts";

/** `answer`: JSON, or sealed JSON; null while the request is in flight, or if its end is unknown. */
export type AnsweredRow = { fingerprint: string; begun_at: number; status: number | null; answer: string | null };

export const ANSWERED_REQUESTS = [
  /*sql*/ `CREATE TABLE answered_requests (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    status INTEGER,
    answer TEXT
  ) WITHOUT ROWID`,
  /*sql*/ `CREATE INDEX answered_requests_by_age ON answered_requests (begun_at)`,
] as const;

const BY_KEY = /*sql*/ `SELECT fingerprint, begun_at, status, answer FROM answered_requests WHERE key = ?`;
export const findAnswered = (sql: Sql, key: string): AnsweredRow | null => sql.first<AnsweredRow>(BY_KEY, key);

/** Whether the key's answer is kept here. */
export const isAnsweredHere = (sql: Sql, key: string, now: number): boolean => {
  const row = findAnswered(sql, key);
  return row !== null && row.begun_at > now - IDEMPOTENCY_MS;
};
