/**
 * Lists, newest first, by the integer key of a table. Every listed table has an `id` and an integer primary key in the
 * order of creation. So a page is one search by key, and reads one row more than it shows.
 */

import { type Failure, invalid } from "../calling/requests/failure.ts";
import { type Page, type PageRequest, pageOf } from "../calling/requests/page.ts";
import { err, ok, type Result } from "../calling/requests/result.ts";
import type { RowShape, Sql, Value } from "./sql.ts";

/** The statements for a listed table. Bindings of `filter` come before the others in both page statements. */
export type Listing = {
  /** `SELECT <key> AS ordinal FROM … WHERE <filter> AND id = ?` */
  readonly ordinalOfId: string;
  /** `SELECT … WHERE <filter> AND <key> < ? ORDER BY <key> DESC LIMIT ?` */
  readonly older: string;
  /** `SELECT … WHERE <filter> AND <key> > ? ORDER BY <key> ASC LIMIT ?` */
  readonly newer: string;
};

const ABOVE_ALL = Number.MAX_SAFE_INTEGER;

export const unknownCursor = ({ endingBefore }: PageRequest): Failure =>
  invalid(endingBefore === null ? "starting_after" : "ending_before", "must be the id of an item in this list");

/** Refuses an unknown cursor, and names its query parameter. */
export function listPage<Row extends RowShape, Item extends { readonly id: string }>(
  sql: Sql,
  listing: Listing,
  filter: readonly Value[],
  request: PageRequest,
  toItem: (row: Row) => Item,
): Result<Page<Item>, Failure> {
  const cursor = request.endingBefore ?? request.startingAfter;
  let ordinal = ABOVE_ALL;
  if (cursor !== null) {
    const row = sql.first<{ ordinal: number }>(listing.ordinalOfId, ...filter, cursor);
    if (row === null) return err(unknownCursor(request));
    ordinal = row.ordinal;
  }
  const statement = request.endingBefore === null ? listing.older : listing.newer;
  const rows = sql.all<Row>(statement, ...filter, ordinal, request.limit + 1);
  return ok(pageOf(rows.map(toItem), request));
}
