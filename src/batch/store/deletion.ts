/**
 * A batch that is deleted leaves an empty table in its object, for a day. A create that was sent before the deletion may
 * arrive after it, and would dial everybody again.
 */

import type { Sql } from "../../storage/sql.ts";

/** Longer than an order can be on its way. After that the object keeps nothing. */
export const REMEMBERED_MS = 24 * 60 * 60 * 1_000;

const MARK = /*sql*/ `CREATE TABLE IF NOT EXISTS deleted_batch (mark INTEGER)`;
/** The object stores nothing else. Its alarm must ring when the object forgets the batch, and not before. */
export const markDeleted = (sql: Sql): void => {
  sql.run(MARK);
};

/** There was a batch in this object, and it was deleted. */
export const isDeleted = (sql: Sql): boolean => sql.has("deleted_batch");
