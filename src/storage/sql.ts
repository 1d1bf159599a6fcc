/**
 * A Durable Object's SQLite with typed statements, one instance for each object. It counts the rows that the object
 * reads and writes: the platform bills them (Durable Objects, Pricing), and tests assert them.
 *
 * Row types are `type`s, because `sql.exec` refuses an interface, which has no index signature. Statements are
 * constants: values are always bound, never pasted in.
 */

import { present } from "../calling/requests/assert.ts";

export type Value = string | number | null | ArrayBuffer;
export type RowShape = Record<string, SqlStorageValue>;

/** `values`: of a row of `Row`, in the order of `names`. */
function rowOf<Row extends RowShape>(names: readonly string[], values: readonly SqlStorageValue[]): Row {
  const row: RowShape = {};
  names.forEach((name, index) => {
    row[name] = values[index] ?? null;
  });
  return row as Row;
}

/** For the last statement. (`RETURNING` would be billed as rows that are read.) */
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
   * The same for thousands of rows with many columns. Arrays cost half as much as objects, which the runtime builds key
   * by key.
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

  /** Returns the number of written rows, index entries included. */
  run(statement: string, ...bindings: Value[]): number {
    const cursor = this.#storage.sql.exec(statement, ...bindings);
    cursor.toArray();
    this.#count(cursor);
    return cursor.rowsWritten;
  }

  /** Returns the number of changed rows, for compare-and-set. The number of billed rows may be higher. */
  change(statement: string, ...bindings: Value[]): number {
    this.run(statement, ...bindings);
    return this.one<{ changed: number }>(CHANGED).changed;
  }

  /** All or nothing. Synchronous: no other code of the object runs in between. */
  transaction<T>(body: () => T): T {
    return this.#storage.transactionSync(body);
  }

  #count(cursor: SqlStorageCursor<RowShape>): void {
    this.rowsRead += cursor.rowsRead;
    this.rowsWritten += cursor.rowsWritten;
  }
}
