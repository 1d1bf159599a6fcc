/**
 * Which batches and direct calls may hold a person: hashes of numbers and external ids (`calling/numbers/person-hash.ts`),
 * packed many to a row, because a row written is what costs. It is stored in the transaction of the announcement, before
 * anybody is in a batch, so nobody is missing in it. It may name a batch in which the person is not; the batch knows.
 */

import type { PersonHash } from "../../calling/numbers/person-hash.ts";
import type { Sql } from "../../storage/sql.ts";

/** Persisted. `source`: when its batch or request was created, which is unique. `hashes`: the lower 32 bits of each. */
type PartRow = { part: number; hashes: ArrayBuffer };

/** Few people are in one bucket, thousands in 64, so that a question reads one row of each batch and few of them are large. */
const SPREADS = [1, 8, 64] as const;
/** Where more would be in a bucket on average, a wider spread is taken. */
const USUAL_HASHES = 100;
/** What is added goes into the newest row of its bucket while it has no more. */
const MOST_HASHES = 128;
const BEYOND_32_BITS = 2 ** 32;
/** Numbered so that no two spreads share one: 1, 8 to 15, 64 to 127. */
const BUCKETS = JSON.stringify(
  SPREADS.flatMap((spread) => Array.from({ length: spread }, (_, index) => spread + index)),
);

const NEWEST_PART = /*sql*/ `
  SELECT part, hashes FROM people WHERE bucket = ? AND source = ? ORDER BY part DESC LIMIT 1`;
const PUT = /*sql*/ `INSERT OR REPLACE INTO people (bucket, source, part, hashes) VALUES (?, ?, ?, ?)`;
const FORGET = /*sql*/ `
  DELETE FROM people WHERE bucket IN (SELECT value FROM json_each(?)) AND source = ?`;
/** A hash that is found across two others is one question too many, once in millions of rows. */
const SOURCES = /*sql*/ `
  SELECT source FROM people
  WHERE bucket IN (SELECT value FROM json_each(?)) AND source BETWEEN ? AND ? AND instr(hashes, ?) > 0`;

/** Those from before there was the index: in an organization that is as old. */
const UNKNOWN = /*sql*/ `
  SELECT created_at AS source FROM batch_index
  WHERE created_at BETWEEN ? AND (SELECT MIN(people_unknown_until, ?) FROM organization WHERE only_row = 1)
  UNION ALL SELECT created_at AS source FROM direct_orders
  WHERE created_at BETWEEN ? AND (SELECT MIN(people_unknown_until, ?) FROM organization WHERE only_row = 1)`;

const bucketOf = (spread: number, hash: PersonHash): number => spread + (Math.floor(hash / BEYOND_32_BITS) % spread);

/** Idempotent, but for what a repeat of an addition may write twice. Call it in a transaction. */
export function rememberPeople(sql: Sql, source: number, hashes: readonly PersonHash[]): void {
  const spread = SPREADS.find((one) => hashes.length <= one * USUAL_HASHES) ?? SPREADS[SPREADS.length - 1] ?? 1;
  for (const [bucket, ofBucket] of Map.groupBy(hashes, (hash) => bucketOf(spread, hash))) {
    const newest = sql.first<PartRow>(NEWEST_PART, bucket, source);
    const known = new Set(newest === null ? [] : new Uint32Array(newest.hashes));
    const fresh = ofBucket.map((hash) => hash % BEYOND_32_BITS).filter((one) => !known.has(one));
    if (fresh.length === 0) continue;
    const hasRoom = newest !== null && known.size + fresh.length <= MOST_HASHES;
    const all = Uint32Array.from(hasRoom ? [...known, ...fresh] : fresh);
    sql.run(PUT, bucket, source, newest === null ? 0 : newest.part + (hasRoom ? 0 : 1), all.buffer);
  }
}

/** The batch or the request never came to be, or is gone. */
export const forgetPeople = (sql: Sql, source: number): void => {
  sql.run(FORGET, BUCKETS, source);
};

/** Both ends included. What may hold all of these hashes, by when it was created, in no order. */
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
  const unknown = sql.all<{ source: number }>(UNKNOWN, from, until, from, until).map(({ source }) => source);
  const named = [...(found[0] ?? [])].filter((source) => found.every((one) => one.has(source)));
  return [...new Set([...unknown, ...named])];
}
