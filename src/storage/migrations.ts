/**
 * The schema of an object, as an append-only list of steps. Applied steps are stored with their texts, or with a hash of
 * them, and compared. An edited step is refused, because otherwise schemas would differ by an object's age.
 *
 * An object that was never created has no tables, so a request for an unknown id stores nothing. A new object skips the
 * history of its tables (`forNewObject`), and makes some of them later (`lateTables`): there are as many objects as
 * batches.
 */

import { hashOfText } from "../calling/numbers/text-hash.ts";
import type { Sql } from "./sql.ts";

/**
 * `statement`: a step's text. Of a new object JSON: a `FirstSteps`; in objects of earlier releases, the texts of all
 * steps as an array.
 */
type AppliedRow = { readonly statement: string };
/** The first steps, so many, and a hash of their texts. */
type FirstSteps = { readonly steps: number; readonly hash: number };

const STEPS = "schema_steps";
const CREATE_STEPS = /*sql*/ `CREATE TABLE schema_steps (step INTEGER PRIMARY KEY, statement TEXT NOT NULL)`;
const APPLIED = /*sql*/ `SELECT statement FROM schema_steps ORDER BY step`;
const RECORD = /*sql*/ `INSERT INTO schema_steps (step, statement) SELECT ? + key, value FROM json_each(?)`;
const RECORD_ALL = /*sql*/ `INSERT INTO schema_steps (step, statement) VALUES (0, ?)`;

/** Whether this object was ever created. */
export const isCreated = (sql: Sql): boolean => sql.has(STEPS);

/** Applies the missing steps in one transaction. Throws if the text of an applied step is not the one in the code. */
export function migrate(sql: Sql, steps: readonly string[]): void {
  if (!isCreated(sql)) {
    sql.transaction(() => make(sql, steps));
    return;
  }
  const applied = appliedOf(sql, steps);
  const missing = steps.slice(applied);
  if (missing.length === 0) return;
  sql.transaction(() => {
    for (const statement of missing) if (!isOfAbsent(sql, statement)) sql.run(statement);
    sql.run(RECORD, applied, JSON.stringify(missing));
  });
}

function make(sql: Sql, steps: readonly string[]): void {
  const { statements, record } = newObject(steps);
  sql.run(CREATE_STEPS);
  for (const statement of statements) if (!sql.late.has(tableIn(statement))) sql.run(statement);
  sql.run(RECORD_ALL, record);
}

/** How many of the steps are applied. */
function appliedOf(sql: Sql, steps: readonly string[]): number {
  let count = 0;
  for (const { statement } of sql.all<AppliedRow>(APPLIED)) {
    if (statement.startsWith("{")) {
      const first = JSON.parse(statement) as FirstSteps;
      if (hashOfFirst(steps, first.steps) !== first.hash)
        throw new Error(`one of schema steps 0 to ${first.steps - 1} differs from what was applied`);
      count = first.steps;
      continue;
    }
    // No SQL statement begins like an array.
    const texts = statement.startsWith("[") ? (JSON.parse(statement) as string[]) : [statement];
    for (const text of texts) {
      if (steps[count] !== text) throw new Error(`schema step ${count} differs from what was applied`);
      count += 1;
    }
  }
  return count;
}

type NewObject = { readonly statements: readonly string[]; readonly record: string };
/** Worked out once in an isolate, not for each object. */
const known = new WeakMap<readonly string[], NewObject>();

function newObject(steps: readonly string[]): NewObject {
  const before = known.get(steps);
  if (before !== undefined) return before;
  const first: FirstSteps = { steps: steps.length, hash: hashOfFirst(steps, steps.length) };
  const made = { statements: forNewObject(steps).map(onOneLine), record: JSON.stringify(first) };
  known.set(steps, made);
  return made;
}

/** SQLite stores the texts, and reads them whenever the object wakes. */
const onOneLine = (statement: string): string => statement.replaceAll(/\n\s*/g, " ");

/** By the number of first steps. Worked out once, too. */
const hashes = new WeakMap<readonly string[], Map<number, number>>();

function hashOfFirst(steps: readonly string[], count: number): number {
  const known = hashes.get(steps) ?? new Map<number, number>();
  hashes.set(steps, known);
  const hash = known.get(count) ?? hashOfText(JSON.stringify(steps.slice(0, count)));
  known.set(count, hash);
  return hash;
}

/**
 * For `Sql`: tables that an object makes with their first row, as all steps leave them. A table costs two billed rows and
 * a page of 4 KiB, and most batches need few.
 */
export const lateTables = (steps: readonly string[], names: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    newObject(steps)
      .statements.map((statement) => [tableIn(statement), statement] as const)
      .filter(([name]) => names.includes(name)),
  );

/** The table is made by its first row, as all steps leave it. */
const isOfAbsent = (sql: Sql, statement: string): boolean => {
  const table = tableIn(statement);
  return sql.late.has(table) && !CREATE_TABLE.test(statement) && !sql.has(table);
};

const CREATE_TABLE = /^CREATE TABLE (\w+) \(/;
const DROP_TABLE = /^DROP TABLE (\w+)$/;
const ADD_COLUMN = /^ALTER TABLE (\w+) ADD COLUMN (.+)$/s;
const ABOUT = /^(?:CREATE TABLE|ALTER TABLE|CREATE (?:UNIQUE )?INDEX \w+ ON|INSERT INTO|UPDATE|DELETE FROM) (\w+)/;
const tableIn = (step: string): string => ABOUT.exec(step)?.[1] ?? "";
/** After these, a table differs from its first statement. */
const REMAKES = /\b(RENAME|DROP)\b/;
const TABLE_CONSTRAINT = /,\s*(PRIMARY KEY|UNIQUE|FOREIGN KEY|CHECK|CONSTRAINT)\b/;

/**
 * The same schema in fewer statements. A column that was added later is in its table from the start; a table that was
 * dropped is not made. There are no rows to change. SQLite reads the whole schema again for each added column, and each
 * is a billed row.
 */
export function forNewObject(steps: readonly string[]): string[] {
  const statements: string[] = [];
  const createdAt = new Map<string, number>();
  for (const step of steps) {
    if (step.startsWith("UPDATE")) continue;
    const [, dropped] = DROP_TABLE.exec(step) ?? [];
    if (dropped !== undefined && createdAt.delete(dropped)) {
      const names = new RegExp(`\\b(TABLE|INTO|FROM|ON) ${dropped}\\b`);
      statements.forEach((statement, at) => {
        if (names.test(statement)) statements[at] = "";
      });
      continue;
    }
    const [, altered = "", column = ""] = ADD_COLUMN.exec(step) ?? [];
    const at = createdAt.get(altered);
    const create = at === undefined ? undefined : statements[at];
    if (at !== undefined && create !== undefined) {
      statements[at] = withColumn(create, column);
      continue;
    }
    if (REMAKES.test(step)) for (const table of createdAt.keys()) if (step.includes(table)) createdAt.delete(table);
    const [, created] = CREATE_TABLE.exec(step) ?? [];
    if (created !== undefined) createdAt.set(created, statements.length);
    statements.push(step);
  }
  return statements.filter((statement) => statement !== "");
}

/** After the other columns, where SQLite adds it. */
function withColumn(create: string, column: string): string {
  const constraintAt = create.search(TABLE_CONSTRAINT);
  const at = constraintAt < 0 ? create.lastIndexOf(")") : constraintAt;
  return `${create.slice(0, at).trimEnd()}, ${column}${create.slice(at)}`;
}
