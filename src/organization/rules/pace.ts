/**
 * How many calls a second the organization, a provider and a number may begin. Each limit is optional. A row is both
 * the limit and its token bucket. So a question that takes tokens writes one row for each limit, and none without
 * limits.
 */

import { PACE_AHEAD_MS } from "../../calling/messages/clearance.ts";
import type { PaceProspect } from "../../calling/messages/outlook.ts";
import type { Sql } from "../../storage/sql.ts";
import type { Bucket, PaceView } from "../messages/organization.ts";
import { FULL, shareAt, taken, throttled, tokenAt } from "./token-bucket.ts";

/** The organization's own limit has this key; those of providers and numbers have their ids. */
const ORGANIZATION = "organization";

type PaceRow = { id: string; calls_per_second: number; next_at: number; share: number; throttled_at: number };

const COLUMNS = "id, calls_per_second, next_at, share, throttled_at";
const BY_ID = /*sql*/ `SELECT ${COLUMNS} FROM paces WHERE id = ?`;
const LIMIT = /*sql*/ `
  INSERT INTO paces (${COLUMNS}) VALUES (?, ?, ${FULL.nextAt}, ${FULL.share}, ${FULL.throttledAt})
  ON CONFLICT (id) DO UPDATE SET calls_per_second = excluded.calls_per_second, next_at = MIN(next_at, ?)`;
const STORE = /*sql*/ `UPDATE paces SET next_at = ?, share = ?, throttled_at = ? WHERE id = ?`;
const DROP = /*sql*/ `DELETE FROM paces WHERE id = ?`;

export const dropPace = (sql: Sql, id: string): number => sql.run(DROP, id);

/**
 * Null: unlimited. `id`: a provider's or a number's; without it the organization's. After a limit is raised, calls wait
 * at most until a token taken ahead has passed at the new rate.
 */
export function limitPace(sql: Sql, perSecond: number | null, now: number, id: string = ORGANIZATION): void {
  if (perSecond === null) dropPace(sql, id);
  else sql.run(LIMIT, id, perSecond, now + PACE_AHEAD_MS + 1_000 / perSecond);
}

const storedPace = (sql: Sql, id: string): PaceRow | null => sql.kept<PaceRow>(["paces"], BY_ID, id);

const bucketOf = (row: PaceRow): Bucket => ({ nextAt: row.next_at, share: row.share, throttledAt: row.throttled_at });

/** Null: unlimited. `id`: a provider's or a number's; without it the organization's. */
export function paceView(sql: Sql, id: string = ORGANIZATION): PaceView | null {
  const row = storedPace(sql, id);
  return row === null ? null : { callsPerSecond: row.calls_per_second, bucket: bucketOf(row) };
}

type Limited = { readonly id: string; readonly perSecond: number; readonly stored: Bucket; bucket: Bucket };

/** The limits that apply to one caller's number; the lowest of them decides. */
export class Pace {
  readonly #sql: Sql;
  readonly #limits: Limited[];

  constructor(sql: Sql, providerId: string | null, numberId: string) {
    this.#sql = sql;
    const rows = [ORGANIZATION, providerId, numberId].map((id) => (id === null ? null : storedPace(sql, id)));
    this.#limits = rows
      .filter((row) => row !== null)
      .map((row) => {
        const stored = bucketOf(row);
        return { id: row.id, perSecond: row.calls_per_second, stored, bucket: stored };
      });
  }

  get isLimited(): boolean {
    return this.#limits.length > 0;
  }

  /** The carrier said "not now". That concerns its account and the number; the organization's own limit stays. */
  throttle(now: number): void {
    for (const limit of this.#limits) if (limit.id !== ORGANIZATION) limit.bucket = throttled(limit.bucket, now);
  }

  /** The present pace; null without a limit. */
  prospect(now: number): PaceProspect | null {
    if (this.#limits.length === 0) return null;
    const perSecond = Math.min(...this.#limits.map(({ perSecond, bucket }) => perSecond * shareAt(bucket, now)));
    return { perSecond, nextAt: this.nextAt(now) };
  }

  /** When the next call may begin. */
  nextAt(now: number): number {
    return this.#limits.reduce((latest, { bucket }) => Math.max(latest, tokenAt(bucket, now)), now);
  }

  /** Takes a token for a call that begins at this time, not before `nextAt`. */
  take(at: number): void {
    for (const limit of this.#limits) limit.bucket = taken(limit.bucket, limit.perSecond, at);
  }

  /** Writes the changed buckets. Buckets are immutable, so a changed one is another object. */
  store(): void {
    for (const { id, bucket, stored } of this.#limits) {
      if (bucket !== stored) this.#sql.run(STORE, bucket.nextAt, bucket.share, bucket.throttledAt, id);
    }
  }
}
