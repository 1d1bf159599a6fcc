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

/** The table that a statement writes; null if it writes none. Each statement names its table first. */
const WRITES = /^\s*(?:INSERT\b.*?\bINTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)\s+(\w+)/is;
const READS = /^\s*SELECT\b/i;
/** Changes the tables themselves, or something that is not looked into: whatever is kept may be wrong then. */
const ALL_TABLES = "*";
const READ_FROM = /\bFROM\s+(\w+)/i;
const INSERTS = /^\s*(?:INSERT|REPLACE)\b/i;

/** `writes`: the table that it writes. `names`: the first one, written or read. Null: none. */
type Kind = { readonly writes: string | null; readonly names: string | null; readonly isInsert: boolean };
/** Looking up a long text takes time, so there is one look-up for each execution. */
const kinds = new Map<string, Kind>();

function kindOf(statement: string): Kind {
  const known = kinds.get(statement);
  if (known !== undefined) return known;
  const writes = READS.test(statement) ? null : (WRITES.exec(statement)?.[1] ?? ALL_TABLES);
  const names = writes ?? READ_FROM.exec(statement)?.[1] ?? null;
  const kind = { writes, names, isInsert: INSERTS.test(statement) };
  kinds.set(statement, kind);
  return kind;
}

const CREATES = /^\s*CREATE TABLE (?:IF NOT EXISTS )?(\w+)/i;
const TABLES = /*sql*/ `SELECT name FROM sqlite_master WHERE type = 'table'`;

/** Answers kept at once; more are bound to many different values. */
const KEPT_AT_MOST = 500;

export class Sql {
  readonly #storage: DurableObjectStorage;
  /** Rows by statement and values. Losing them is safe: they are read again. */
  readonly #kept = new Map<string, readonly RowShape[]>();
  /** What is kept of each table. */
  readonly #keptOf = new Map<string, Set<string>>();
  /** The names of all tables; null: not known. Losing it is safe: they are looked up again. */
  #tables: Set<string> | null = null;
  #isInTransaction = false;
  readonly late: ReadonlyMap<string, string>;
  rowsRead = 0;
  rowsWritten = 0;

  /**
   * `late`: tables that are made with their first row, by name, and how each is made. Until then reads find nothing in
   * them, and updates and deletions change nothing. No other table is read with one of them in one statement.
   */
  constructor(storage: DurableObjectStorage, late: ReadonlyMap<string, string> = new Map()) {
    this.#storage = storage;
    this.late = late;
  }

  has(table: string): boolean {
    this.#tables ??= new Set(this.all<{ name: string }>(TABLES).map(({ name }) => name));
    return this.#tables.has(table);
  }

  /**
   * False: the statement is about a table that is not made yet. Makes it for an insertion. What is kept of the tables that
   * the statement writes is read again.
   */
  #canRun(statement: string): boolean {
    const { writes, names, isInsert } = kindOf(statement);
    const create = this.late.get(names ?? "");
    if (create !== undefined && !this.has(names ?? "")) {
      if (!isInsert) return false;
      this.run(create);
    }
    if (writes !== null) this.#writes(writes);
    return true;
  }

  /**
   * The first row, kept in memory until one of its tables is written. For what is asked in every turn and seldom changes.
   * `tables`: all that the statement reads.
   */
  kept<Row extends RowShape>(tables: readonly string[], statement: string, ...bindings: Value[]): Row | null {
    return this.keptAll<Row>(tables, statement, ...bindings)[0] ?? null;
  }

  /** The same with all rows. */
  keptAll<Row extends RowShape>(tables: readonly string[], statement: string, ...bindings: Value[]): readonly Row[] {
    const key = bindings.length === 0 ? statement : `${statement} ${JSON.stringify(bindings)}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known as readonly Row[];
    const rows = this.all<Row>(statement, ...bindings);
    if (this.#kept.size >= KEPT_AT_MOST) this.#forget();
    this.#kept.set(key, rows);
    for (const table of tables) {
      const keys = this.#keptOf.get(table) ?? new Set();
      this.#keptOf.set(table, keys.add(key));
    }
    return rows;
  }

  #writes(table: string): void {
    if (table === ALL_TABLES) this.#forget();
    if (this.#kept.size === 0) return;
    for (const key of this.#keptOf.get(table) ?? []) this.#kept.delete(key);
    this.#keptOf.delete(table);
  }

  #forget(): void {
    this.#kept.clear();
    this.#keptOf.clear();
    this.#tables = null;
  }

  all<Row extends RowShape>(statement: string, ...bindings: Value[]): Row[] {
    if (!this.#canRun(statement)) return [];
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
    if (!this.#canRun(statement)) return [];
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
    const tables = this.#tables;
    if (!this.#canRun(statement)) return 0;
    const cursor = this.#storage.sql.exec(statement, ...bindings);
    cursor.toArray();
    this.#count(cursor);
    // One table more: no other has changed.
    const made = this.#tables === tables ? undefined : CREATES.exec(statement)?.[1];
    if (made !== undefined) this.#tables = tables?.add(made) ?? null;
    return cursor.rowsWritten;
  }

  /** Returns the number of changed rows, for compare-and-set. The number of billed rows may be higher. */
  change(statement: string, ...bindings: Value[]): number {
    if (!this.#canRun(statement)) return 0;
    this.run(statement, ...bindings);
    return this.one<{ changed: number }>(CHANGED).changed;
  }

  /**
   * All or nothing. Synchronous: no other code of the object runs in between. One within another is part of it, so the
   * outer one must fail with it.
   */
  transaction<T>(body: () => T): T {
    if (this.#isInTransaction) return body();
    this.#isInTransaction = true;
    try {
      return this.#storage.transactionSync(body);
    } catch (error) {
      // What was read in it may be of writes that are undone.
      this.#forget();
      throw error;
    } finally {
      this.#isInTransaction = false;
    }
  }

  /** Everything is gone, with the next turn for good. */
  deleteAll(): Promise<void> {
    this.#forget();
    return this.#storage.deleteAll();
  }

  #count(cursor: SqlStorageCursor<RowShape>): void {
    this.rowsRead += cursor.rowsRead;
    this.rowsWritten += cursor.rowsWritten;
  }
}
