/**
 * A Durable Object's SQLite with typed statements. One instance an object; it counts the rows that the object reads and
 * writes, because those are what the platform bills (Durable Objects, Pricing), and tests assert them.
 *
 * Row types are `type`s (an interface has no index signature and `sql.exec` refuses it) and statements are constants:
 * values are always bound, never pasted in.
 */

import { present } from "../calling/requests/assert.ts";

export type Value = string | number | null | ArrayBuffer;
export type RowShape = Record<string, SqlStorageValue>;

/** `values` are those of a row of `Row`, in the order of `names`. */
function rowOf<Row extends RowShape>(names: readonly string[], values: readonly SqlStorageValue[]): Row {
  const row: RowShape = {};
  names.forEach((name, index) => {
    row[name] = values[index] ?? null;
  });
  return row as Row;
}

/** Of the last statement. (`RETURNING` would be billed as rows that are read.) */
const CHANGED = /*sql*/ `SELECT changes() AS changed`;

export class Sql {
  readonly #storage: DurableObjectStorage;
  rowsRead = 0;
  rowsWritten = 0;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  all<Row extends RowShape>(statement: string, ...bindings: Value[]): Row[] {
    const cursor = this.#storage.sql.exec<Row>(statement, ...bindings);
    const rows = cursor.toArray();
    this.#count(cursor);
    return rows;
  }

  /**
   * The same, for thousands of rows with many columns: as arrays they come at half the cost of objects, which the runtime
   * makes key by key.
   */
  many<Row extends RowShape>(statement: string, ...bindings: Value[]): Row[] {
    const cursor = this.#storage.sql.exec(statement, ...bindings);
    const names = cursor.columnNames;
    const rows = Array.from(cursor.raw(), (values) => rowOf<Row>(names, values));
    this.#count(cursor);
    return rows;
  }

  first<Row extends RowShape>(statement: string, ...bindings: Value[]): Row | null {
    return this.all<Row>(statement, ...bindings)[0] ?? null;
  }

  one<Row extends RowShape>(statement: string, ...bindings: Value[]): Row {
    return present(this.first<Row>(statement, ...bindings), "the statement yields a row");
  }

  /** Returns the number of rows written, index entries included. */
  run(statement: string, ...bindings: Value[]): number {
    const cursor = this.#storage.sql.exec(statement, ...bindings);
    cursor.toArray();
    this.#count(cursor);
    return cursor.rowsWritten;
  }

  /** Returns the number of rows that have changed. For compare-and-set: what is billed may be more. */
  change(statement: string, ...bindings: Value[]): number {
    this.run(statement, ...bindings);
    return this.one<{ changed: number }>(CHANGED).changed;
  }

  /** All or nothing. Synchronous: nothing else of the object runs in between. */
  transaction<T>(body: () => T): T {
    return this.#storage.transactionSync(body);
  }

  #count(cursor: SqlStorageCursor<RowShape>): void {
    this.rowsRead += cursor.rowsRead;
    this.rowsWritten += cursor.rowsWritten;
  }
}
