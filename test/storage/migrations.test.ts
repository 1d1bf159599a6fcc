/** A new object's schema is the one that an old object has come to, step by step. */

import { describe, expect, it } from "vitest";
import { BATCH_LATE, BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import { DIRECTORY_STEPS } from "../../src/organization/store/directory-migrations.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { forNewObject, isCreated, lateTables, migrate } from "../../src/storage/migrations.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { WEBHOOK_STEPS } from "../../src/webhooks/migrations.ts";
import { emptySql } from "../support/node-sql.ts";

type Named = { readonly type: string; readonly name: string };

/** What is the same from each version to the next is the same over many; every so many-th is tried all the same. */
const EVERY = 8;

/** Tables with their columns, indexes with theirs; as text, because there are hundreds to compare. */
function schemaOf(sql: Sql): string {
  const objects = sql.all<Named>("SELECT type, name FROM sqlite_master WHERE name <> 'schema_steps' ORDER BY name");
  const schema = objects.map(({ type, name }) => [
    type,
    name,
    type === "table" ? sql.all(`PRAGMA table_xinfo(${name})`) : sql.all(`PRAGMA index_xinfo(${name})`),
    type === "table" ? sql.all(`PRAGMA index_list(${name})`) : null,
  ]);
  return JSON.stringify(schema, null, 1);
}

/** A new object of a version that knew so many steps, given one version after the other from then on. */
function grownFrom(steps: readonly string[], known: number, to: number): Sql {
  const sql = emptySql();
  for (let count = known; count <= to; count += 1) migrate(sql, steps.slice(0, count));
  return sql;
}

/** Before new objects had a schema of their own, each step was a statement and a row. */
function ofLongAgo(steps: readonly string[]): Sql {
  const sql = emptySql();
  sql.run("CREATE TABLE schema_steps (step INTEGER PRIMARY KEY, statement TEXT NOT NULL)");
  steps.forEach((statement, step) => {
    sql.run(statement);
    sql.run("INSERT INTO schema_steps VALUES (?, ?)", step, statement);
  });
  return sql;
}

/** Before it was a hash, a new object's record had the texts of all steps. */
function ofTexts(steps: readonly string[]): Sql {
  const sql = emptySql();
  sql.run("CREATE TABLE schema_steps (step INTEGER PRIMARY KEY, statement TEXT NOT NULL)");
  for (const statement of forNewObject(steps)) sql.run(statement);
  sql.run("INSERT INTO schema_steps VALUES (0, ?)", JSON.stringify(steps));
  return sql;
}

describe.each([
  ["a batch", BATCH_STEPS],
  ["an organization", ORGANIZATION_STEPS],
  ["a webhook", WEBHOOK_STEPS],
  ["the directory", DIRECTORY_STEPS],
])("the tables of %s", (_, steps) => {
  const fresh = emptySql();
  migrate(fresh, steps);

  // From each version to the next: so all ways through the versions lead to the same tables.
  it("are the same whatever version made the object", () => {
    let made = grownFrom(steps, 1, 1);
    for (let known = 2; known <= steps.length; known += 1) {
      const next = grownFrom(steps, known, known);
      migrate(made, steps.slice(0, known));
      expect(schemaOf(made)).toBe(schemaOf(next));
      made = next;
    }
    expect(schemaOf(grownFrom(steps, 1, steps.length))).toBe(schemaOf(fresh));
  });

  it("are the same in an object that slept through all versions since", () => {
    for (let known = 1; known < steps.length; known += EVERY) {
      const sql = grownFrom(steps, known, known);
      migrate(sql, steps);
      expect(schemaOf(sql)).toBe(schemaOf(fresh));
    }
  });

  it("are the same in an object of long ago, which goes on as it is", () => {
    for (let known = steps.length; known >= 1; known -= EVERY) {
      const sql = ofLongAgo(steps.slice(0, known));
      expect(schemaOf(sql)).toBe(schemaOf(grownFrom(steps, known, known)));
      migrate(sql, steps);
      expect(schemaOf(sql)).toBe(schemaOf(fresh));
    }
  });

  it("are the same in an object whose record has the texts of all steps, which goes on as it is", () => {
    for (let known = steps.length; known >= 1; known -= EVERY) {
      const sql = ofTexts(steps.slice(0, known));
      for (const count of [known, steps.length]) migrate(sql, steps.slice(0, count));
      expect(schemaOf(sql)).toBe(schemaOf(fresh));
      migrate(sql, steps);
    }
  });

  it("are made once: a second time nothing is written", () => {
    const before = fresh.rowsWritten;
    migrate(fresh, steps);
    expect(fresh.rowsWritten).toBe(before);
  });
});

it("a new batch has no column added to a table of its own", () => {
  expect(forNewObject(BATCH_STEPS).filter((statement) => !statement.startsWith("CREATE"))).toEqual([]);
});

it("columns stand before what is said of the whole table, and what was remade is left as it is", () => {
  expect(
    forNewObject([
      "CREATE TABLE a (x INTEGER, y TEXT CHECK (y <> ''), PRIMARY KEY (x, y)) WITHOUT ROWID",
      "CREATE TABLE b (x INTEGER) WITHOUT ROWID",
      "ALTER TABLE a ADD COLUMN z TEXT NOT NULL DEFAULT ')'",
      "CREATE INDEX of_b ON b (x)",
      "ALTER TABLE b ADD COLUMN y INTEGER",
      "ALTER TABLE b RENAME COLUMN y TO z",
      "ALTER TABLE b ADD COLUMN y TEXT",
    ]),
  ).toEqual([
    "CREATE TABLE a (x INTEGER, y TEXT CHECK (y <> ''), z TEXT NOT NULL DEFAULT ')', PRIMARY KEY (x, y)) WITHOUT ROWID",
    "CREATE TABLE b (x INTEGER, y INTEGER) WITHOUT ROWID",
    "CREATE INDEX of_b ON b (x)",
    "ALTER TABLE b RENAME COLUMN y TO z",
    "ALTER TABLE b ADD COLUMN y TEXT",
  ]);
});

describe("a step that was edited after it was applied is refused", () => {
  const edited = BATCH_STEPS.with(2, "CREATE TABLE other (x INTEGER)");

  it.each([
    ["of an object of long ago", ofLongAgo],
    ["of an object whose record has the texts", ofTexts],
  ])("%s", (_, made) => {
    expect(() => migrate(made(BATCH_STEPS), edited)).toThrow("schema step 2 differs from what was applied");
  });

  it("of a new object, also after later steps", () => {
    const differs = `one of schema steps 0 to ${BATCH_STEPS.length - 2} differs from what was applied`;
    const sql = emptySql();
    migrate(sql, BATCH_STEPS.slice(0, -1));
    expect(() => migrate(sql, edited)).toThrow(differs);
    migrate(sql, BATCH_STEPS);
    expect(() => migrate(sql, edited)).toThrow(differs);
    expect(() => migrate(sql, BATCH_STEPS.with(-1, "SELECT 1"))).toThrow(
      `schema step ${BATCH_STEPS.length - 1} differs from what was applied`,
    );
    migrate(sql, BATCH_STEPS);
  });

  it("and so is a release that knows fewer steps than were applied", () => {
    for (const made of [ofLongAgo, ofTexts, (steps: readonly string[]) => grownFrom(steps, steps.length, steps.length)])
      expect(() => migrate(made(BATCH_STEPS), BATCH_STEPS.slice(0, -1))).toThrow(/differs from what was applied/);
  });
});

describe("tables that are made with their first row", () => {
  const STEPS = [
    "CREATE TABLE a (x INTEGER)",
    "CREATE TABLE b (x INTEGER PRIMARY KEY)",
    "ALTER TABLE b ADD COLUMN y INTEGER NOT NULL DEFAULT 7",
    "UPDATE b SET y = x",
  ];
  /** As an object that is read again, of a version that knows so many steps. */
  const late = (count: number) => lateTables(STEPS.slice(0, count), ["b"]);
  const rows = (sql: Sql) => sql.all("SELECT * FROM b");

  it("are read as empty until then", () => {
    const sql = emptySql(late(2));
    migrate(sql, STEPS.slice(0, 2));
    expect([sql.has("a"), sql.has("b")]).toEqual([true, false]);
    const written = sql.rowsWritten;
    expect([rows(sql), sql.first("SELECT x FROM b WHERE x = ?", 1), sql.many("SELECT x FROM b")]).toEqual([
      [],
      null,
      [],
    ]);
    expect([sql.run("DELETE FROM b WHERE x = ?", 1), sql.change("UPDATE b SET x = ?", 1)]).toEqual([0, 0]);
    expect([sql.has("b"), sql.rowsWritten - written]).toEqual([false, 0]);
    sql.run("INSERT INTO b (x) VALUES (?)", 1);
    expect([sql.has("b"), rows(sql)]).toEqual([true, [{ x: 1 }]]);
  });

  it("are not there after a transaction that made them was undone", () => {
    const sql = emptySql(late(2));
    migrate(sql, STEPS.slice(0, 2));
    const breaks = () =>
      sql.transaction(() => {
        sql.run("INSERT INTO b (x) VALUES (1)");
        throw new Error("in mid-write");
      });
    expect(breaks).toThrow("in mid-write");
    expect([sql.has("b"), rows(sql)]).toEqual([false, []]);
    sql.run("INSERT INTO b (x) VALUES (2)");
    expect(rows(sql)).toEqual([{ x: 2 }]);
  });

  it("are made as the latest version has them, and changed where they are", () => {
    for (const isUsed of [true, false]) {
      const late = new Map(lateTables(STEPS.slice(0, 2), ["b"]));
      const sql = emptySql(late);
      migrate(sql, STEPS.slice(0, 2));
      if (isUsed) sql.run("INSERT INTO b (x) VALUES (1)");
      // The next version knows two steps more.
      for (const [table, create] of lateTables(STEPS, ["b"])) late.set(table, create);
      migrate(sql, STEPS);
      expect(sql.has("b")).toBe(isUsed);
      sql.run("INSERT INTO b (x) VALUES (2)");
      expect(rows(sql)).toEqual([...(isUsed ? [{ x: 1, y: 1 }] : []), { x: 2, y: 7 }]);
      migrate(sql, STEPS);
    }
  });

  it("are read by no step of a batch that does not change them: an object may not have them", () => {
    // Every object that lacks this step has attempts: they are made late since then.
    const reads = BATCH_STEPS.filter((step) => /max\(due_at\) FROM attempts/.test(step));
    expect(reads).toHaveLength(1);
    const named = [...BATCH_LATE.keys()].filter((table) =>
      BATCH_STEPS.slice(BATCH_STEPS.indexOf(reads[0] ?? "") + 1).some((step) =>
        new RegExp(`\\b(FROM|JOIN|INTO|UPDATE) ${table}\\b`).test(
          step.replace(/^(UPDATE|INSERT INTO|DELETE FROM) \w+/, ""),
        ),
      ),
    );
    expect(named).toEqual([]);
  });

  it("are six of a batch, which lead to the tables of one that was made with them", () => {
    const [whole, sql] = [emptySql(), emptySql(BATCH_LATE)];
    migrate(whole, BATCH_STEPS);
    migrate(sql, BATCH_STEPS);
    expect([...BATCH_LATE.keys()].filter((table) => sql.has(table))).toEqual([]);
    expect(whole.all("SELECT name FROM sqlite_master")).toHaveLength(
      sql.all("SELECT name FROM sqlite_master").length + BATCH_LATE.size,
    );
    for (const create of BATCH_LATE.values()) sql.run(create);
    expect(schemaOf(sql)).toBe(schemaOf(whole));
  });
});

it("an object that was never created has nothing stored", () => {
  const sql = emptySql();
  expect([isCreated(sql), sql.rowsWritten]).toEqual([false, 0]);
  migrate(sql, BATCH_STEPS);
  expect(isCreated(sql)).toBe(true);
});

describe("tokens without a signature are good", () => {
  const until = (sql: Sql) => sql.first<{ until: number }>("SELECT until FROM unsigned_tokens")?.until ?? 0;
  const before = DIRECTORY_STEPS.findIndex((step) => step.includes("unsigned_tokens"));

  it("for a day where an organization was there before tokens were signed", () => {
    const sql = emptySql();
    migrate(sql, DIRECTORY_STEPS.slice(0, before));
    sql.run("INSERT INTO organizations (id) VALUES ('org_a')");
    const now = Date.now();
    migrate(sql, DIRECTORY_STEPS);
    expect(until(sql) - now).toBeGreaterThan(86_000_000);
    expect(until(sql) - now).toBeLessThan(90_000_000);
  });

  it("never where there was none", () => {
    const sql = emptySql();
    migrate(sql, DIRECTORY_STEPS);
    sql.run("INSERT INTO organizations (id) VALUES ('org_a')");
    expect(until(sql)).toBe(0);
  });
});
