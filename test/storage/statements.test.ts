/** Every statement of the product searches by an index. What does not is listed here, with the reason. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { beforeAll, describe, expect, it } from "vitest";
import { BATCH_LATE, BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import { DIRECTORY_STEPS } from "../../src/organization/store/directory-migrations.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { forNewObject } from "../../src/storage/migrations.ts";
import { WEBHOOK_STEPS } from "../../src/webhooks/migrations.ts";
import { type Collected, collectStatements, databaseOf, isWhole, planOf, type Statement } from "./statements.ts";

/** Which database a file's or a room's statements are for. */
const DATABASES: Record<string, DatabaseSync> = {
  "src/organization/directory.ts": databaseOf(DIRECTORY_STEPS),
  "src/organization/": databaseOf(ORGANIZATION_STEPS),
  "src/batch/": databaseOf(BATCH_STEPS),
  "src/webhooks/": databaseOf(WEBHOOK_STEPS),
};
/** Every object's: the steps that it has, a row or some dozens, and what asks for no table. */
const OF_EVERY_OBJECT = "src/storage/";

/** Tables that hold as many rows as somebody has set up, or as are at work, and no more with the years. */
const SMALL_TABLES: Readonly<Record<string, string>> = {
  providers: "at most MAX_PROVIDERS",
  price_lists: "at most PRICE_LISTS_AT_MOST of a provider; admins alone write them",
  webhooks: "at most WEBHOOKS_AT_MOST",
  holdings: "batches and direct calls at work; all of them are in memory, too",
  recipient_pages: "a row for each 100 recipients of one batch, which has at most MAX_RECIPIENTS",
  live_tickets: "those that were drawn in the last minute",
  progress: "a row for each 500 calls in flight; read when the object wakes",
  outbox_pages: "events that no webhook's object has stored yet; read from the oldest, so many at once",
};

/** Other statements that look through a table, by how they begin. */
const LOOKS_THROUGH: readonly (readonly [table: string, statement: RegExp, reason: string])[] = [
  ["attempts", /FROM attempts|UPDATE attempts|INTO attempts/, "of one batch; an index would be a row with each change"],
  ["do_not_call", /removed_at IS NULL LIMIT 1$/, "the first row of the index of those listed"],
  ["contacts", /^SELECT at FROM contacts LIMIT 1$/, "the first row"],
  ["deletions", /INDEXED BY deletions_open/, "the index has those alone that are not done"],
  ["erasures", /INDEXED BY erasures_open/, "the index has those alone that are not done"],
  ["batch_index", /INDEXED BY batches_running/, "the index has those at work alone"],
];
/** Sorts what it has found, which is little. */
const SORTS: readonly RegExp[] = [
  // Of the hours of a report, which are searched, the groups.
  /FROM report_sums WHERE hour >= \? AND hour < \? .* GROUP BY/,
  // The batches whose names have the words.
  /FROM batch_index .*JOIN batch_words ON/,
  // Of one number.
  /FROM do_not_call WHERE removed_at IS NULL AND number IN .* UNION ALL .* ORDER BY ordinal DESC$/,
];

const oneLine = (text: string): string => text.replace(/\s+/g, " ");
const databaseFor = ({ file }: Statement) =>
  DATABASES[file] ?? Object.entries(DATABASES).find(([room]) => file.startsWith(room))?.[1];

/** Tables in which the schema allows one row. */
const onlyRow = new Set(
  [...ORGANIZATION_STEPS, ...DIRECTORY_STEPS, ...BATCH_STEPS, ...WEBHOOK_STEPS].flatMap((step) =>
    step.includes("CHECK (only_row = 1)") ? [/CREATE TABLE (\w+)/.exec(step)?.[1] ?? ""] : [],
  ),
);

let collected: Collected = { statements: [], unseen: [] };
const used = new Set<RegExp | string>();

// It reads and evaluates all of `src`, which takes a busy machine a while.
beforeAll(async () => {
  collected = await collectStatements();
}, 60_000);

/** What is wrong with the plan; empty where every table is searched. */
function problemsOf(statement: Statement): string[] {
  const database = databaseFor(statement);
  if (database === undefined) return ["it belongs to no database"];
  const text = oneLine(statement.text);
  return planOf(database, statement.text).filter((line) => {
    const table = /^SCAN (\w+)/.exec(line)?.[1];
    if (/^SCAN \(|^SCAN CONSTANT ROW|VIRTUAL TABLE/.test(line) || (table !== undefined && onlyRow.has(table)))
      return false;
    if (line.includes("TEMP B-TREE")) {
      const sort = [...SORTS, ...LOOKS_THROUGH.map(([, pattern]) => pattern)].find((pattern) => pattern.test(text));
      if (sort !== undefined) used.add(sort);
      return sort === undefined;
    }
    if (table === undefined) return false;
    if (SMALL_TABLES[table] !== undefined) {
      used.add(table);
      return false;
    }
    const allowed = LOOKS_THROUGH.find(([name, pattern]) => name === table && pattern.test(text));
    if (allowed !== undefined) used.add(allowed[1]);
    return allowed === undefined;
  });
}

describe("the statements of the product", () => {
  it("are all known: each text in the source that is SQL is marked, and was read as the product reads it", () => {
    const sources = execFileSync("git", ["ls-files", "src/*.ts"], { encoding: "utf8" }).trim().split("\n");
    const unmarked = sources
      .filter((file) => !/^src\/(client|page|api)\//.test(file))
      .flatMap((file) =>
        [
          ...readFileSync(file, "utf8").matchAll(
            /(?<!\/\*sql\*\/\s*)[`"']\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\s[^`"']*/g,
          ),
        ]
          .map(([text]) => `${file}: ${oneLine(text)}`)
          .filter((text) => !text.includes("…")),
      );
    expect(unmarked).toEqual([]);
    // Made in functions, of columns that the caller names: `UPDATE attempts SET … WHERE number = ?`.
    expect(collected.unseen).toEqual(Array(2).fill("src/batch/store/attempts.ts"));
    expect(collected.statements.filter(isWhole).length).toBeGreaterThan(150);
  });

  it("search by an index", () => {
    const scans = collected.statements
      .filter((statement) => isWhole(statement) && !statement.file.startsWith(OF_EVERY_OBJECT))
      .filter(({ file }) => !file.endsWith("migrations.ts"))
      .flatMap((statement) =>
        problemsOf(statement).map((problem) => `${statement.file}: ${problem}: ${oneLine(statement.text)}`),
      );
    expect(scans).toEqual([]);
  });

  it("read a table that may not be made yet by itself", () => {
    const tables = [...forNewObject(BATCH_STEPS)].flatMap((step) => /^CREATE TABLE (\w+)/.exec(step)?.[1] ?? []);
    const named = (text: string) =>
      tables.filter((table) => new RegExp(`\\b(FROM|JOIN|INTO|UPDATE) ${table}\\b`).test(text));
    const both = collected.statements
      .filter(({ file }) => file.startsWith("src/batch/") && !file.endsWith("migrations.ts"))
      .map(({ text }) => named(oneLine(text)))
      .filter((names) => names.some((name) => BATCH_LATE.has(name)));
    expect(both.length).toBeGreaterThan(10);
    expect(both.filter((names) => names.length > 1)).toEqual([]);
  });

  it("that are allowed to do otherwise are still there", () => {
    const stale = [...SORTS, ...LOOKS_THROUGH.map(([, pattern]) => pattern), ...Object.keys(SMALL_TABLES)];
    expect(stale.filter((pattern) => !used.has(pattern))).toEqual([]);
  });

  it("would be found: one that looks through a table that grows", () => {
    const text = /*sql*/ `SELECT id FROM batch_index WHERE from_number_id = ?`;
    expect(problemsOf({ file: "src/organization/batches/any.ts", text })).toEqual(["SCAN batch_index"]);
  });
});
