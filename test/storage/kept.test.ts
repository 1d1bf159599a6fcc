/** Rows that are kept in memory: read once, and again after each write of their table, whichever way it comes. */

import { beforeEach, expect, it } from "vitest";
import type { Sql } from "../../src/storage/sql.ts";
import { nodeSql } from "../support/node-sql.ts";

let sql: Sql;
beforeEach(() => {
  sql = nodeSql([
    "CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
    "CREATE TABLE others (id INTEGER PRIMARY KEY)",
  ]);
  sql.run("INSERT INTO people (id, name) VALUES (1, 'Ada')");
});

const name = () => sql.kept<{ name: string }>(["people"], "SELECT name FROM people WHERE id = ?", 1)?.name;
const reads = (read: () => unknown): number => {
  const before = sql.rowsRead;
  read();
  return sql.rowsRead - before;
};

it("are read once, by statement and values", () => {
  expect([reads(name), reads(name)]).toEqual([1, 0]);
  expect(sql.kept(["people"], "SELECT name FROM people WHERE id = ?", 2)).toBeNull();
  expect(name()).toBe("Ada");
});

it.each([
  ["an update", "UPDATE people SET name = 'Eve'", "Eve"],
  [
    "an insert that replaces",
    "INSERT INTO people (id, name) VALUES (1, 'Eve') ON CONFLICT (id) DO UPDATE SET name = 'Eve'",
    "Eve",
  ],
  ["another", "INSERT OR REPLACE INTO people (id, name) VALUES (1, 'Eve')", "Eve"],
  ["a replace", "REPLACE INTO people (id, name) VALUES (1, 'Eve')", "Eve"],
  ["an update that may fail", "\n  UPDATE OR IGNORE people SET name = 'Eve'", "Eve"],
  ["a delete", "DELETE FROM people", undefined],
  [
    "a statement that begins otherwise",
    "WITH it AS (SELECT 1 AS id) DELETE FROM people WHERE id IN (SELECT id FROM it)",
    undefined,
  ],
  ["a table that is made anew", "DROP TABLE people", "gone"],
])("are read again after %s", (_, statement, after) => {
  name();
  sql.run(statement);
  if (after === "gone") expect(name).toThrow();
  else expect(name()).toBe(after);
});

it("are read again after a write that returns rows, and not after one of another table", () => {
  name();
  expect(reads(() => sql.run("INSERT INTO others (id) VALUES (1)"))).toBe(0);
  expect(reads(name)).toBe(0);
  sql.all("UPDATE people SET name = 'Eve' RETURNING id");
  expect(name()).toBe("Eve");
});

it("are read again after a transaction that is undone", () => {
  const undone = () =>
    sql.transaction(() => {
      sql.run("UPDATE people SET name = 'Eve'");
      expect(name()).toBe("Eve");
      throw new Error("undone");
    });
  expect(undone).toThrow("undone");
  expect(name()).toBe("Ada");
});
