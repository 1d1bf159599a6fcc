/**
 * The schema of an object, as an append-only list of steps. What was applied is kept with its text and compared: an
 * edited step is refused instead of leaving objects with schemas that differ by their age.
 *
 * An object that was never created has no tables at all, so that asking for an id that does not exist stores nothing.
 */

import type { Sql } from "./sql.ts";

type AppliedRow = { step: number; statement: string };

const HAS_SCHEMA = /*sql*/ `SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'schema_steps'`;
const CREATE_STEPS = /*sql*/ `
  CREATE TABLE IF NOT EXISTS schema_steps (step INTEGER PRIMARY KEY, statement TEXT NOT NULL)`;
const APPLIED = /*sql*/ `SELECT step, statement FROM schema_steps ORDER BY step`;
const RECORD = /*sql*/ `INSERT INTO schema_steps (step, statement) SELECT ? + key, value FROM json_each(?)`;

/** Whether this object was ever created. */
export const isCreated = (sql: Sql): boolean => sql.first(HAS_SCHEMA) !== null;

/** Applies what is missing, in one transaction. Throws where an applied step's text is not the one in the code. */
export function migrate(sql: Sql, steps: readonly string[]): void {
  sql.transaction(() => {
    sql.run(CREATE_STEPS);
    const applied = sql.all<AppliedRow>(APPLIED);
    for (const row of applied) {
      if (steps[row.step] !== row.statement) throw new Error(`schema step ${row.step} differs from what was applied`);
    }
    const missing = steps.slice(applied.length);
    for (const statement of missing) sql.run(statement);
    // In one statement: a new object has all of them before it.
    if (missing.length > 0) sql.run(RECORD, applied.length, JSON.stringify(missing));
  });
}
