/** The schema that is committed for people to read is the one that the migrations make. */

import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { WEBHOOK_STEPS } from "../../src/webhooks/migrations.ts";
import { emptySql, nodeSql } from "../support/node-sql.ts";

type Named = { readonly type: string; readonly name: string };

/** Tables with their kind and columns, indexes with theirs. SQLite's words for the same schema differ by its history. */
const schemaOf = (sql: Sql) =>
  sql
    .all<Named>("SELECT type, name FROM sqlite_master WHERE name <> 'schema_steps' ORDER BY name")
    .map(({ type, name }) => [
      type,
      name,
      sql.all(`PRAGMA table_list(${name})`),
      sql.all(type === "table" ? `PRAGMA table_xinfo(${name})` : `PRAGMA index_xinfo(${name})`),
      sql.all(`PRAGMA index_list(${name})`),
    ]);

it.each([
  ["src/batch/store/schema.sql", BATCH_STEPS],
  ["src/organization/store/schema.sql", ORGANIZATION_STEPS],
  ["src/webhooks/schema.sql", WEBHOOK_STEPS],
])("%s says what its migrations make", async (file, steps) => {
  const written = emptySql();
  const text = await readFile(new URL(`../../${file}`, import.meta.url), "utf8");
  for (const statement of text.replace(/^--.*$/gm, "").split(";")) {
    if (statement.trim() !== "") written.run(statement);
  }
  const made = schemaOf(nodeSql(steps));
  expect(made.length).toBeGreaterThan(0);
  expect(schemaOf(written)).toEqual(made);
});
