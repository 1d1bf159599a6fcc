/** An object's SQLite in Node, so that what is decided with rows can be tried through weeks of a clock that tests drive. */

import { DatabaseSync } from "node:sqlite";
import { migrate } from "../../src/storage/migrations.ts";
import { Sql } from "../../src/storage/sql.ts";
import { type Bound, bound, withBuffers } from "./buffers.ts";

/** What of the platform's storage `Sql` uses. */
function storageOf(database: DatabaseSync): DurableObjectStorage {
  const exec = (statement: string, ...bindings: Bound[]) => {
    const before = database.prepare("SELECT total_changes() AS changes").get()?.changes;
    const rows = database
      .prepare(statement)
      .all(...bindings.map(bound))
      .map(withBuffers);
    const after = database.prepare("SELECT total_changes() AS changes").get()?.changes;
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
export const emptySql = (): Sql => new Sql(storageOf(new DatabaseSync(":memory:")));

/** In memory, with these tables. */
export function nodeSql(steps: readonly string[]): Sql {
  const sql = emptySql();
  migrate(sql, steps);
  return sql;
}
