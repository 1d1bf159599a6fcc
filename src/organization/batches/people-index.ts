/**
 * Which batches and direct calls may contain a person. Stores hashes of numbers and external ids
 * (`calling/numbers/person-hash.ts`), many to a row, because a written row is what costs.
 *
 * Rows are stored in the transaction of the announcement, before the batch has recipients, so no person is missing. The
 * index may name a batch without the person; the batch itself knows.
 */

import type { PersonHash } from "../../calling/numbers/person-hash.ts";
import type { Sql } from "../../storage/sql.ts";

/** Persisted. `source`: when its batch, or its object of direct calls, was created, which is unique. `hashes`: the lower 32 bits of each. */
type PartRow = { part: number; hashes: ArrayBuffer };

/**
 * The number of buckets for a batch. A few people fit in one bucket, thousands take 64. So a question reads one row of
 * each batch, and few rows are large.
 */
const SPREADS = [1, 8, 64] as const;
/** With more hashes in a bucket on average, the next larger number of buckets is used. */
const USUAL_HASHES = 100;
/** Added hashes go into the newest row of their bucket until it has this many. */
const MOST_HASHES = 128;
const BEYOND_32_BITS = 2 ** 32;
/** Numbered so that no two spreads share a bucket: 1, 8 to 15, 64 to 127. */
const BUCKETS = JSON.stringify(
  SPREADS.flatMap((spread) => Array.from({ length: spread }, (_, index) => spread + index)),
);

const NEWEST_PART = /*sql*/ `
  SELECT part, hashes FROM people WHERE bucket = ? AND source = ? ORDER BY part DESC LIMIT 1`;
const PARTS = /*sql*/ `SELECT part, hashes FROM people WHERE bucket = ? AND source = ?`;
const PUT = /*sql*/ `INSERT OR REPLACE INTO people (bucket, source, part, hashes) VALUES (?, ?, ?, ?)`;
const DROP = /*sql*/ `DELETE FROM people WHERE bucket = ? AND source = ? AND part = ?`;
const FORGET = /*sql*/ `
  DELETE FROM people WHERE bucket IN (SELECT value FROM json_each(?)) AND source = ?`;
/** A match across two neighbouring hashes costs one unneeded question, once in millions of rows. */
const SOURCES = /*sql*/ `
  SELECT source FROM people
  WHERE bucket IN (SELECT value FROM json_each(?)) AND source BETWEEN ? AND ? AND instr(hashes, ?) > 0`;

/** Batches, direct calls and archives from before the index, in an organization that is that old. */
const UNKNOWN = /*sql*/ `
  SELECT created_at AS source FROM batch_index
  WHERE created_at BETWEEN ? AND (SELECT MIN(people_unknown_until, ?) FROM organization WHERE only_row = 1)
  UNION ALL SELECT created_at AS source FROM direct_pools
  WHERE created_at BETWEEN ? AND (SELECT MIN(people_unknown_until, ?) FROM organization WHERE only_row = 1)
  UNION ALL SELECT created_at AS source FROM archives
  WHERE created_at BETWEEN ? AND (SELECT MIN(people_unknown_until, ?) FROM organization WHERE only_row = 1)`;

const bucketOf = (spread: number, hash: PersonHash): number => spread + (Math.floor(hash / BEYOND_32_BITS) % spread);

/**
 * Idempotent, except that a repeated addition may be written twice. Call it in a transaction. `isNew`: nothing is
 * remembered of the source.
 */
export function rememberPeople(sql: Sql, source: number, hashes: readonly PersonHash[], isNew = false): void {
  const spread = SPREADS.find((one) => hashes.length <= one * USUAL_HASHES) ?? SPREADS[SPREADS.length - 1] ?? 1;
  for (const [bucket, ofBucket] of Map.groupBy(hashes, (hash) => bucketOf(spread, hash))) {
    const newest = isNew ? null : sql.first<PartRow>(NEWEST_PART, bucket, source);
    const known = new Set(newest === null ? [] : new Uint32Array(newest.hashes));
    const fresh = ofBucket.map((hash) => hash % BEYOND_32_BITS).filter((one) => !known.has(one));
    if (fresh.length === 0) continue;
    const hasRoom = newest !== null && known.size + fresh.length <= MOST_HASHES;
    const all = Uint32Array.from(hasRoom ? [...known, ...fresh] : fresh);
    sql.run(PUT, bucket, source, newest === null ? 0 : newest.part + (hasRoom ? 0 : 1), all.buffer);
  }
}

/** The batch or the request was never created, or is deleted. */
export const forgetPeople = (sql: Sql, source: number): void => {
  sql.run(FORGET, BUCKETS, source);
};

/** A person is gone from the batch. `hashes`: those that stand for nobody else in it. */
export function forgetHashes(sql: Sql, source: number, hashes: readonly PersonHash[]): void {
  for (const spread of SPREADS) {
    for (const [bucket, ofBucket] of Map.groupBy(hashes, (hash) => bucketOf(spread, hash))) {
      const isGone = new Set(ofBucket.map((hash) => hash % BEYOND_32_BITS));
      for (const { part, hashes: known } of sql.all<PartRow>(PARTS, bucket, source)) {
        const left = new Uint32Array(known).filter((hash) => !isGone.has(hash));
        if (left.length === 0) sql.run(DROP, bucket, source, part);
        else if (left.byteLength < known.byteLength) sql.run(PUT, bucket, source, part, left.buffer);
      }
    }
  }
}

/**
 * `from` and `until` are included. Sources that may contain all of these hashes, by their time of creation, in no
 * order.
 */
export function sourcesWith(
  sql: Sql,
  hashes: readonly PersonHash[],
  from = 0,
  until = Number.MAX_SAFE_INTEGER,
): number[] {
  const found = hashes.map((hash) => {
    const buckets = JSON.stringify(SPREADS.map((spread) => bucketOf(spread, hash)));
    const bytes = Uint32Array.of(hash % BEYOND_32_BITS).buffer;
    return new Set(sql.all<{ source: number }>(SOURCES, buckets, from, until, bytes).map(({ source }) => source));
  });
  const unknown = sql
    .all<{ source: number }>(UNKNOWN, from, until, from, until, from, until)
    .map(({ source }) => source);
  const named = [...(found[0] ?? [])].filter((source) => found.every((one) => one.has(source)));
  return [...new Set([...unknown, ...named])];
}
