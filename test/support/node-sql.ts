/** An object's SQLite in Node, so that what is decided with rows can be tried through weeks of a clock that tests drive. */

import { DatabaseSync, type StatementSync } from "node:sqlite";
import { migrate } from "../../src/storage/migrations.ts";
import { Sql } from "../../src/storage/sql.ts";
import { type Bound, bound, withBuffers } from "./buffers.ts";

/** Others change tables, and with them what statements mean. */
const ABOUT_ROWS = /^\s*(?:SELECT|WITH|INSERT|UPDATE|DELETE)\b/i;

/** What of the platform's storage `Sql` uses. */
function storageOf(database: DatabaseSync): DurableObjectStorage {
  // To prepare a statement takes longer than to run it.
  const known = new Map<string, StatementSync>();
  const prepared = (statement: string): StatementSync => {
    const one = known.get(statement) ?? database.prepare(statement);
    if (ABOUT_ROWS.test(statement)) known.set(statement, one);
    else known.clear();
    return one;
  };
  const changes = database.prepare("SELECT total_changes() AS changes");
  const exec = (statement: string, ...bindings: Bound[]) => {
    const before = changes.get()?.changes;
    const rows = prepared(statement)
      .all(...bindings.map(bound))
      .map(withBuffers);
    const after = changes.get()?.changes;
    return {
      toArray: () => rows,
      columnNames: Object.keys(rows[0] ?? {}),
      raw: () => rows.map((row) => Object.values(row)),
      rowsRead: rows.length,
      rowsWritten: Number(after) - Number(before),
    };
  };
  const transactionSync = <T>(body: () => T): T => {
    database.exec("BEGIN");
    try {
      const value = body();
      database.exec("COMMIT");
      return value;
    } catch (error) {
      database.exec("ROLLBACK");
      throw error;
    }
  };
  return { sql: { exec }, transactionSync } as unknown as DurableObjectStorage;
}

/** In memory, as an object that was never created. */
export const emptySql = (late?: ReadonlyMap<string, string>): Sql =>
  new Sql(storageOf(new DatabaseSync(":memory:")), late);

/** In memory, with these tables. */
export function nodeSql(steps: readonly string[]): Sql {
  const sql = emptySql();
  migrate(sql, steps);
  return sql;
}
