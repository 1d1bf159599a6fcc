/**
 * The numbers that the organization must not call. An entry is ended but never changed otherwise, so it stays known who
 * listed a number when, and who took it off. A number has at most one open entry.
 *
 * Old entries have other spellings of a number, so each query for a number tries all of its spellings.
 */

import { LAST_DIGITS, type NumberSearch, numberSearchOf } from "../../calling/numbers/number-search.ts";
import { phoneOf } from "../../calling/numbers/same-phone.ts";
import { allSpellings, bySpelling, spellingsOf } from "../../calling/numbers/spellings.ts";
import { type Failure, notFound } from "../../calling/requests/failure.ts";
import { type Page, type PageRequest, pageOf } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { type Listing, listPage, unknownCursor } from "../../storage/listing.ts";
import type { Sql } from "../../storage/sql.ts";
import type { KeyName } from "../messages/access.ts";
import type { DoNotCallEntry, DoNotCallFilter, NewDoNotCall } from "../messages/people.ts";
import { erasedNumberOf, erasedNumbersOf, hasErasedKey, isErasedNumber } from "./erased-numbers.ts";

/** `added_by`, `removed_by`: JSON of a `KeyName`, because a key may be revoked and deleted. */
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
/** Uses the index of open entries. */
const LISTED_AMONG = /*sql*/ `
  SELECT number FROM do_not_call WHERE removed_at IS NULL AND number IN (SELECT value FROM json_each(?))`;
const ADD = /*sql*/ `
  INSERT INTO do_not_call (number, reason, call_id, added_at, added_by)
  SELECT value ->> 'number', value ->> 'reason', ?, ?, ? FROM json_each(?)`;
const END = /*sql*/ `
  UPDATE do_not_call SET removed_at = ?, removed_by = ?, removal_reason = ?
  WHERE number IN (SELECT value FROM json_each(?)) AND removed_at IS NULL`;
/** Uses the indexes of open and of ended entries. */
const OF_NUMBER = /*sql*/ `
  SELECT ${COLUMNS} FROM do_not_call WHERE removed_at IS NULL AND number IN (SELECT value FROM json_each(?))
  UNION ALL
  SELECT ${COLUMNS} FROM do_not_call WHERE removed_at IS NOT NULL AND number IN (SELECT value FROM json_each(?))
  ORDER BY ordinal DESC`;
const ERASE_LISTED = /*sql*/ `
  UPDATE OR REPLACE do_not_call SET number = ? WHERE removed_at IS NULL AND number IN (SELECT value FROM json_each(?))`;
const ERASE_ENDED = /*sql*/ `
  UPDATE do_not_call SET number = ? WHERE removed_at IS NOT NULL AND number IN (SELECT value FROM json_each(?))`;
const NEWEST = /*sql*/ `SELECT MAX(ordinal) AS newest FROM do_not_call`;
const ADDED_SINCE = /*sql*/ `
  SELECT ordinal, number FROM do_not_call
  WHERE ordinal > ? AND removed_at IS NULL ORDER BY ordinal LIMIT ?`;

type Status = DoNotCallFilter["status"];
/**
 * An entry's id carries its ordinal. Any entry is a valid cursor in any list, so an entry that ends breaks no paging.
 */
const ORDINAL = /*sql*/ `SELECT ordinal, number FROM do_not_call WHERE ordinal = CAST(substr(?, 5) AS INTEGER)`;
const byAge = (passes: string): Listing => ({
  ordinalOfId: ORDINAL,
  older: /*sql*/ `SELECT ${COLUMNS} FROM do_not_call WHERE ${passes} ordinal < ? ORDER BY ordinal DESC LIMIT ?`,
  newer: /*sql*/ `SELECT ${COLUMNS} FROM do_not_call WHERE ${passes} ordinal > ? ORDER BY ordinal ASC LIMIT ?`,
});
const LISTINGS: Readonly<Record<Status, Listing>> = {
  all: byAge(""),
  listed: byAge("(removed_at IS NULL) = 1 AND"),
  removed: byAge("(removed_at IS NULL) = 0 AND"),
};

/**
 * A part of a search, ordered by number, then by age. `on` goes from a place (?1, ?3) to an end that is excluded (?2).
 * `back` goes from a place (?2, ?3) back to the first entry of the search (?1).
 */
const inOrder = (passes: string): Readonly<Record<"on" | "back", string>> => ({
  on: /*sql*/ `
    SELECT ${COLUMNS} FROM do_not_call WHERE ${passes} AND number >= ?1 AND number < ?2 AND (number > ?1 OR ordinal > ?3)
    ORDER BY number, ordinal LIMIT ?4`,
  back: /*sql*/ `
    SELECT ${COLUMNS} FROM do_not_call WHERE ${passes} AND number >= ?1 AND number <= ?2 AND (number < ?2 OR ordinal < ?3)
    ORDER BY number DESC, ordinal DESC LIMIT ?4`,
});
const BEGINS = { listed: inOrder("removed_at IS NULL"), removed: inOrder("removed_at IS NOT NULL") };
/** Finds by the last digits (?5), then filters by all digits that are asked for (?6). */
const ends = (passes: string) => inOrder(`substr(number, -${LAST_DIGITS}) = ?5 AND ${passes} AND number LIKE ?6`);
const ENDS = { listed: ends("removed_at IS NULL"), removed: ends("removed_at IS NOT NULL") };
/** They sort before and after every number. */
const FIRST = "+";
const BEHIND = ":";

export const entryId = (ordinal: number): string => `dnc_${ordinal}`;

const toEntry = (row: EntryRow): DoNotCallEntry => ({
  id: entryId(row.ordinal),
  number: isErasedNumber(row.number) ? "" : row.number,
  reason: row.reason,
  callId: row.call_id,
  addedAt: row.added_at,
  addedBy: JSON.parse(row.added_by) as KeyName,
  removedAt: row.removed_at,
  removedBy: row.removed_by === null ? null : (JSON.parse(row.removed_by) as KeyName),
  removalReason: row.removal_reason,
});

export const hasListed = (sql: Sql): boolean => sql.kept(["do_not_call"], ANY_LISTED) !== null;

/** Those of the numbers that are listed, in any spelling. */
export function listedAmong(sql: Sql, numbers: readonly string[]): Set<string> {
  if (!hasListed(sql)) return new Set();
  const erased = erasedNumbersOf(sql, numbers);
  const asked = JSON.stringify([...allSpellings(numbers), ...erased.keys()]);
  const listed = sql.all<{ number: string }>(LISTED_AMONG, asked);
  if (listed.length === 0) return new Set();
  const meant = bySpelling(numbers);
  return new Set(listed.flatMap(({ number }) => meant.get(number) ?? erased.get(number) ?? []));
}

/** All that the list may know the number by. */
const namesOf = (sql: Sql, number: string): string =>
  JSON.stringify([...spellingsOf(number), ...(hasErasedKey(sql) ? [erasedNumberOf(sql, number)] : [])]);

/** Its entries stay, without the number: only who knows the number finds them. Needs `makeErasedKey` before. */
export function eraseNumber(sql: Sql, number: string): void {
  const erased = erasedNumberOf(sql, number);
  for (const statement of [ERASE_LISTED, ERASE_ENDED]) sql.run(statement, erased, JSON.stringify(spellingsOf(number)));
}
/** Whether the list has an entry of the number, open or ended. */
export const isInList = (sql: Sql, number: string): boolean => historyOf(sql, number).length > 0;

/** Returns the numbers that are new on the list. */
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

/** Returns the ended entry. */
export function unlistNumber(
  sql: Sql,
  number: string,
  reason: string,
  by: KeyName,
  now: number,
): Result<DoNotCallEntry, Failure> {
  if (sql.run(END, now, JSON.stringify(by), reason, namesOf(sql, number)) === 0) return err(notFound("do_not_call"));
  const [newest] = historyOf(sql, number);
  return newest === undefined ? err(notFound("do_not_call")) : ok(newest);
}

/** Newest first. */
export function historyOf(sql: Sql, number: string): DoNotCallEntry[] {
  const names = namesOf(sql, number);
  return sql.all<EntryRow>(OF_NUMBER, names, names).map(toEntry);
}

/** Newest first. A search for a part of the number is ordered by number. */
export function listEntries(
  sql: Sql,
  { status, text, number }: DoNotCallFilter,
  request: PageRequest,
): Result<Page<DoNotCallEntry>, Failure> {
  if (text !== null && text !== "") return searchEntries(sql, status, numberSearchOf(text), request);
  return number === null
    ? listPage<EntryRow, DoNotCallEntry>(sql, LISTINGS[status], [], request, toEntry)
    : ok(pageWithin(historyOf(sql, number).filter(passes(status)), request));
}

const passes =
  (status: Status) =>
  ({ removedAt }: DoNotCallEntry) =>
    status === "all" || (removedAt === null) === (status === "listed");

/** One number has few entries. Newest first. */
function pageWithin(entries: readonly DoNotCallEntry[], request: PageRequest): Page<DoNotCallEntry> {
  const at = entries.findIndex(({ id }) => id === (request.endingBefore ?? request.startingAfter));
  const read = request.endingBefore === null ? entries.slice(at + 1) : entries.slice(0, Math.max(0, at)).reverse();
  return pageOf(read, request);
}

function searchEntries(
  sql: Sql,
  status: Status,
  search: NumberSearch | null,
  request: PageRequest,
): Result<Page<DoNotCallEntry>, Failure> {
  if (search === null) return ok(pageOf<DoNotCallEntry>([], request));
  const direction = request.endingBefore === null ? "on" : "back";
  const cursor = request.endingBefore ?? request.startingAfter;
  const place = cursor === null ? null : sql.first<{ ordinal: number; number: string }>(ORDINAL, cursor);
  if (cursor !== null && place === null) return err(unknownCursor(request));
  const wanted = (["listed", "removed"] as const).filter((one) => status === "all" || one === status);
  /** Bounds of the part from `first` to `behind`: from the page's cursor on, or back from it. */
  const part = (first: string, behind: string): [string, string, number, number] => {
    const { number, ordinal } = place ?? { number: direction === "on" ? first : behind, ordinal: -1 };
    if (direction === "back") return [first, number < behind ? number : behind, ordinal, request.limit + 1];
    return number < first ? [first, behind, -1, request.limit + 1] : [number, behind, ordinal, request.limit + 1];
  };
  const { digits, alsoAtEnd } = search;
  const beginning = `+${digits}`;
  const rows = wanted.flatMap((one) => [
    ...sql.all<EntryRow>(BEGINS[one][direction], ...part(beginning, beginning + BEHIND)),
    ...(alsoAtEnd
      ? sql
          .all<EntryRow>(ENDS[one][direction], ...part(FIRST, BEHIND), digits.slice(-LAST_DIGITS), `%${digits}`)
          .filter((row) => !row.number.startsWith(beginning))
      : []),
  ]);
  const sign = direction === "on" ? 1 : -1;
  rows.sort((a, b) => sign * (a.number === b.number ? a.ordinal - b.ordinal : a.number < b.number ? -1 : 1));
  return ok(pageOf(rows.slice(0, request.limit + 1).map(toEntry), request));
}

/** The ordinal of the newest entry; 0 without one. A batch that has heard of it has heard of all earlier ones. */
export const newestEntry = (sql: Sql): number =>
  sql.kept<{ newest: number | null }>(["do_not_call"], NEWEST)?.newest ?? 0;

/** The next numbers for a batch that knows the entries up to `ordinal`, and the ordinal that it knows afterwards. */
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
