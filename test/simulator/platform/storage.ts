/**
 * An object's storage over SQLite in memory. The writes of a turn become durable together, or are lost together with
 * the object's life (Durable Objects, "SQLite storage", "output gates"). The alarm is part of it.
 */

import { DatabaseSync, type StatementSync } from "node:sqlite";
import { type Bound, bound, withBuffers } from "../../support/buffers.ts";

type Prepared = { readonly statement: StatementSync; readonly returnsRows: boolean; readonly writes: boolean };

const WRITES = /^\s*(?:INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP)/i;
const RETURNS = /\bRETURNING\b/i;

const tablesOf = /*sql*/ `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`;

/** A savepoint's name means the innermost one. */
const CONTROL = {
  begin: "BEGIN",
  commit: "COMMIT",
  rollback: "ROLLBACK",
  nest: "SAVEPOINT nested",
  undo: "ROLLBACK TO nested",
  release: "RELEASE nested",
} as const;

type StoredRow = Parameters<typeof withBuffers>[0];
type Row = ReturnType<typeof withBuffers>;
const NO_ROWS: StoredRow[] = [];

class Cursor {
  readonly #rows: Row[];
  readonly rowsWritten: number;

  constructor(rows: readonly StoredRow[], rowsWritten: number) {
    this.#rows = rows.map(withBuffers);
    this.rowsWritten = rowsWritten;
  }

  get rowsRead(): number {
    return this.#rows.length;
  }

  get columnNames(): string[] {
    return Object.keys(this.#rows[0] ?? {});
  }

  toArray(): Row[] {
    return this.#rows;
  }

  raw(): Row[string][][] {
    return this.#rows.map((row) => Object.values(row));
  }
}

export class Storage {
  #database: DatabaseSync | null = null;
  readonly #control = new Map<keyof typeof CONTROL, StatementSync>();
  readonly #prepared = new Map<string, Prepared>();
  #isOpen = false;
  /** There are writes that are not durable yet. */
  isDirty = false;
  /** As written, and as durable; epoch ms. */
  alarmAt: number | null = null;
  durableAlarmAt: number | null = null;

  /** The part of the platform's interface that the product uses. */
  readonly interface = {
    sql: { exec: (statement: string, ...bindings: Bound[]) => this.#exec(statement, bindings) },
    transactionSync: <T>(body: () => T): T => this.#transaction(body),
    setAlarm: async (at: number | Date): Promise<void> => this.#setAlarm(Number(at)),
    deleteAlarm: async (): Promise<void> => this.#setAlarm(null),
    getAlarm: async (): Promise<number | null> => this.alarmAt,
    deleteAll: async (): Promise<void> => this.#deleteAll(),
    sync: async (): Promise<void> => {},
  };

  get #db(): DatabaseSync {
    this.#database ??= new DatabaseSync(":memory:");
    return this.#database;
  }

  #run(what: keyof typeof CONTROL): void {
    let statement = this.#control.get(what);
    if (statement === undefined) {
      statement = this.#db.prepare(CONTROL[what]);
      this.#control.set(what, statement);
    }
    statement.run();
  }

  commit(): void {
    if (this.#isOpen) this.#run("commit");
    this.#isOpen = false;
    this.isDirty = false;
    this.durableAlarmAt = this.alarmAt;
  }

  rollback(): void {
    if (this.#isOpen) this.#run("rollback");
    this.#isOpen = false;
    this.isDirty = false;
    this.alarmAt = this.durableAlarmAt;
  }

  /** The alarm rings and is used up, as soon as that is durable. */
  takeAlarm(): void {
    this.#setAlarm(null);
  }

  /** The platform's own retry after a failure. */
  retryAlarmAt(at: number): void {
    this.alarmAt = at;
    this.durableAlarmAt = at;
  }

  /** A transaction that wrote nothing. */
  close(): void {
    if (this.#isOpen && !this.isDirty) this.commit();
  }

  /** The history is over. */
  end(): void {
    this.#prepared.clear();
    this.#control.clear();
    this.#database?.close();
    this.#database = null;
  }

  #prepare(text: string): Prepared {
    let prepared = this.#prepared.get(text);
    if (prepared === undefined) {
      const writes = WRITES.test(text);
      prepared = { statement: this.#db.prepare(text), writes, returnsRows: !writes || RETURNS.test(text) };
      this.#prepared.set(text, prepared);
    }
    return prepared;
  }

  #begin(): void {
    if (this.#isOpen) return;
    this.#run("begin");
    this.#isOpen = true;
  }

  #exec(text: string, given: readonly Bound[]) {
    const bindings = given.map(bound);
    const { statement, writes, returnsRows } = this.#prepare(text);
    if (!writes) return new Cursor(statement.all(...bindings), 0);
    this.#begin();
    const rows = returnsRows ? statement.all(...bindings) : NO_ROWS;
    const rowsWritten = returnsRows ? rows.length : Number(statement.run(...bindings).changes);
    this.isDirty = true;
    return new Cursor(rows, rowsWritten);
  }

  #transaction<T>(body: () => T): T {
    const alarmAt = this.alarmAt;
    // The first write begins the turn's transaction; a later one that fails must not undo earlier writes.
    if (!this.#isOpen) return this.#first(body, alarmAt);
    this.#run("nest");
    try {
      const value = body();
      this.#run("release");
      return value;
    } catch (error) {
      this.#run("undo");
      this.#run("release");
      this.alarmAt = alarmAt;
      throw error;
    }
  }

  #first<T>(body: () => T, alarmAt: number | null): T {
    const wasDirty = this.isDirty;
    this.#begin();
    try {
      return body();
    } catch (error) {
      this.#run("rollback");
      this.#isOpen = false;
      this.isDirty = wasDirty;
      this.alarmAt = alarmAt;
      throw error;
    }
  }

  #setAlarm(at: number | null): void {
    this.alarmAt = at;
    this.isDirty = true;
  }

  #deleteAll(): void {
    this.#begin();
    this.isDirty = true;
    for (const { name } of this.#db.prepare(tablesOf).all()) this.#db.exec(`DROP TABLE "${String(name)}"`);
    this.#prepared.clear();
  }
}
