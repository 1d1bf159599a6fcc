/**
 * The numbers that the organization must not call. An entry is never changed but to be ended, so that it stays known who
 * listed a number when, and who took it off. A number has at most one entry that is not ended. Entries that were stored before
 * numbers had one spelling keep theirs, so whatever asks for a number asks for each of its spellings.
 */

import { phoneOf } from "../../calling/numbers/same-phone.ts";
import { allSpellings, bySpelling, spellingsOf } from "../../calling/numbers/spellings.ts";
import { type Failure, notFound } from "../../calling/requests/failure.ts";
import type { Page, PageRequest } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { type Listing, listPage } from "../../storage/listing.ts";
import type { Sql } from "../../storage/sql.ts";
import type { DoNotCallEntry, DoNotCallFilter, KeyName, NewDoNotCall } from "../rpc.ts";

/** `added_by`, `removed_by`: JSON of a `KeyName`, because keys are revoked and forgotten. */
type EntryRow = {
  ordinal: number;
  number: string;
  reason: string | null;
  call_id: string | null;
  added_at: number;
  added_by: string;
  removed_at: number | null;
  removed_by: string | null;
  removal_reason: string | null;
};

const COLUMNS = "ordinal, number, reason, call_id, added_at, added_by, removed_at, removed_by, removal_reason";
const ANY_LISTED = /*sql*/ `SELECT number FROM do_not_call WHERE removed_at IS NULL LIMIT 1`;
/** Searches by the index of what is listed. */
const LISTED_AMONG = /*sql*/ `
  SELECT number FROM do_not_call WHERE removed_at IS NULL AND number IN (SELECT value FROM json_each(?))`;
const ADD = /*sql*/ `
  INSERT INTO do_not_call (number, reason, call_id, added_at, added_by)
  SELECT value ->> 'number', value ->> 'reason', ?, ?, ? FROM json_each(?)`;
const END = /*sql*/ `
  UPDATE do_not_call SET removed_at = ?, removed_by = ?, removal_reason = ?
  WHERE number IN (SELECT value FROM json_each(?)) AND removed_at IS NULL`;
/** Searches by the index of what is listed, and by the one of what was. */
const OF_NUMBER = /*sql*/ `
  SELECT ${COLUMNS} FROM do_not_call WHERE removed_at IS NULL AND number IN (SELECT value FROM json_each(?))
  UNION ALL
  SELECT ${COLUMNS} FROM do_not_call WHERE removed_at IS NOT NULL AND number IN (SELECT value FROM json_each(?))
  ORDER BY ordinal DESC`;
const NEWEST = /*sql*/ `SELECT MAX(ordinal) AS newest FROM do_not_call`;
const ADDED_SINCE = /*sql*/ `
  SELECT ordinal, number FROM do_not_call
  WHERE ordinal > ? AND removed_at IS NULL ORDER BY ordinal LIMIT ?`;

/** The filter: status, what the number contains, and the spellings of a whole number, twice; null lets everything pass. */
const PASSES = /*sql*/ `
  (? = 'all' OR (removed_at IS NULL) = (? = 'listed')) AND instr(number, COALESCE(?, '')) > 0
  AND (? IS NULL OR number IN (SELECT value FROM json_each(?)))`;
/** An entry's id carries its ordinal. */
const LISTING: Listing = {
  ordinalOfId: /*sql*/ `SELECT ordinal FROM do_not_call WHERE ${PASSES} AND ordinal = CAST(substr(?, 5) AS INTEGER)`,
  older: /*sql*/ `
    SELECT ${COLUMNS} FROM do_not_call WHERE ${PASSES} AND ordinal < ? ORDER BY ordinal DESC LIMIT ?`,
  newer: /*sql*/ `
    SELECT ${COLUMNS} FROM do_not_call WHERE ${PASSES} AND ordinal > ? ORDER BY ordinal ASC LIMIT ?`,
};

const toEntry = (row: EntryRow): DoNotCallEntry => ({
  id: `dnc_${row.ordinal}`,
  number: row.number,
  reason: row.reason,
  callId: row.call_id,
  addedAt: row.added_at,
  addedBy: JSON.parse(row.added_by) as KeyName,
  removedAt: row.removed_at,
  removedBy: row.removed_by === null ? null : (JSON.parse(row.removed_by) as KeyName),
  removalReason: row.removal_reason,
});

export const hasListed = (sql: Sql): boolean => sql.first(ANY_LISTED) !== null;

/** Those of the numbers that are listed, in whichever spelling. */
export function listedAmong(sql: Sql, numbers: readonly string[]): Set<string> {
  const listed = sql.all<{ number: string }>(LISTED_AMONG, JSON.stringify(allSpellings(numbers)));
  if (listed.length === 0) return new Set();
  const meant = bySpelling(numbers);
  return new Set(listed.flatMap(({ number }) => meant.get(number) ?? []));
}

/** Returns those that are new on the list. */
export function listNumbers(sql: Sql, { entries, callId, by }: NewDoNotCall, now: number): string[] {
  const listed = listedAmong(
    sql,
    entries.map(({ number }) => number),
  );
  const seen = new Set<string>();
  const isNew = ({ number }: NewDoNotCall["entries"][number]): boolean => {
    const phone = phoneOf(number);
    const isKnown = listed.has(number) || seen.has(phone);
    seen.add(phone);
    return !isKnown;
  };
  const fresh = entries.filter(isNew);
  if (fresh.length > 0) sql.run(ADD, callId, now, JSON.stringify(by), JSON.stringify(fresh));
  return fresh.map(({ number }) => number);
}

/** The entry as it ended; nothing is forgotten. */
export function unlistNumber(
  sql: Sql,
  number: string,
  reason: string,
  by: KeyName,
  now: number,
): Result<DoNotCallEntry, Failure> {
  if (sql.run(END, now, JSON.stringify(by), reason, JSON.stringify(spellingsOf(number))) === 0)
    return err(notFound("do_not_call"));
  const [newest] = historyOf(sql, number);
  return newest === undefined ? err(notFound("do_not_call")) : ok(newest);
}

/** Newest first. */
export function historyOf(sql: Sql, number: string): DoNotCallEntry[] {
  const spellings = JSON.stringify(spellingsOf(number));
  return sql.all<EntryRow>(OF_NUMBER, spellings, spellings).map(toEntry);
}

export function listEntries(
  sql: Sql,
  { status, text, number }: DoNotCallFilter,
  request: PageRequest,
): Result<Page<DoNotCallEntry>, Failure> {
  const spellings = number === null ? null : JSON.stringify(spellingsOf(number));
  const filter = [status, status, text, spellings, spellings];
  return listPage<EntryRow, DoNotCallEntry>(sql, LISTING, filter, request, toEntry);
}

/** The ordinal of the newest entry; 0 without one. A batch that has heard of it has heard of all. */
export const newestEntry = (sql: Sql): number => sql.one<{ newest: number | null }>(NEWEST).newest ?? 0;

/** What a batch that has heard of the entries up to `ordinal` has to hear next, and of which entries it has heard then. */
export function listedSince(
  sql: Sql,
  ordinal: number,
  atMost: number,
): { readonly numbers: string[]; readonly upTo: number } {
  const rows = sql.all<{ ordinal: number; number: string }>(ADDED_SINCE, ordinal, atMost);
  const isAll = rows.length < atMost;
  return {
    numbers: rows.map(({ number }) => number),
    upTo: isAll ? newestEntry(sql) : (rows.at(-1)?.ordinal ?? ordinal),
  };
}
