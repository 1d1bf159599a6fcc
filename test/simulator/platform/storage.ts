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

type Control = Readonly<Record<"begin" | "commit" | "rollback", StatementSync>>;

export class Storage {
  #database: DatabaseSync | null = null;
  #control: Control | null = null;
  readonly #prepared = new Map<string, Prepared>();
  #isOpen = false;
  #depth = 0;
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

  #run(what: keyof Control): void {
    const db = this.#db;
    this.#control ??= { begin: db.prepare("BEGIN"), commit: db.prepare("COMMIT"), rollback: db.prepare("ROLLBACK") };
    this.#control[what].run();
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
    this.#control = null;
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
    if (writes) this.#begin();
    let rows: ReturnType<typeof withBuffers>[] = [];
    let rowsWritten = 0;
    if (returnsRows) {
      rows = statement.all(...bindings).map(withBuffers);
      if (writes) rowsWritten = rows.length;
    } else rowsWritten = Number(statement.run(...bindings).changes);
    if (writes) this.isDirty = true;
    return {
      toArray: () => rows,
      get columnNames() {
        return Object.keys(rows[0] ?? {});
      },
      raw: () => rows.map((row) => Object.values(row)),
      rowsRead: rows.length,
      rowsWritten,
    };
  }

  #transaction<T>(body: () => T): T {
    const alarmAt = this.alarmAt;
    // The first write begins the turn's transaction; a later one that fails must not undo earlier writes.
    if (!this.#isOpen) return this.#first(body, alarmAt);
    const name = `nested_${this.#depth}`;
    this.#db.exec(`SAVEPOINT ${name}`);
    this.#depth += 1;
    try {
      const value = body();
      this.#db.exec(`RELEASE ${name}`);
      return value;
    } catch (error) {
      this.#db.exec(`ROLLBACK TO ${name}; RELEASE ${name}`);
      this.alarmAt = alarmAt;
      throw error;
    } finally {
      this.#depth -= 1;
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
