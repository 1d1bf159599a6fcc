/** Writes the tables that an object's migrations make, for people to read: comments stay before what they are about. */

import { readFile } from "node:fs/promises";
import { BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { WEBHOOK_STEPS } from "../../src/webhooks/migrations.ts";
import { nodeSql } from "../support/node-sql.ts";

export const SCHEMAS: readonly (readonly [file: string, steps: readonly string[]])[] = [
  ["src/batch/store/schema.sql", BATCH_STEPS],
  ["src/organization/store/schema.sql", ORGANIZATION_STEPS],
  ["src/webhooks/schema.sql", WEBHOOK_STEPS],
];
export const urlOf = (file: string): URL => new URL(`../../${file}`, import.meta.url);

type Made = { readonly name: string; readonly sql: string };

const MADE = `SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'schema_steps' ORDER BY rowid`;
/** The comment and the empty line before a statement, with the name of what it makes. */
const STATEMENT = /((?:\s*--.*\n|\s*\n)*)CREATE (?:UNIQUE )?(?:TABLE|INDEX) (\w+)[^;]*;/g;

/** SQLite keeps added columns behind the text of the first statement. */
function tidied(sql: string): string {
  const open = sql.indexOf("(");
  if (!sql.startsWith("CREATE TABLE")) return `${sql.replace(/\s+/g, " ")};`;
  const close = sql.lastIndexOf(")");
  const columns: string[] = [""];
  let depth = 0;
  for (const character of sql.slice(open + 1, close)) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (character === "," && depth === 0) columns.push("");
    else columns[columns.length - 1] += character;
  }
  const lines = columns.map((column) => `  ${column.trim().replace(/\s+/g, " ")}`);
  return `${sql.slice(0, open)}(\n${lines.join(",\n")}\n)${sql.slice(close + 1)};`.replace('"', "").replace('"', "");
}

/** The file as it should be: what is new comes last. */
export async function schemaText(file: string, steps: readonly string[]): Promise<string> {
  const before = await readFile(urlOf(file), "utf8");
  const made = new Map(
    nodeSql(steps)
      .all<Made>(MADE)
      .map(({ name, sql }) => [name, tidied(sql)]),
  );
  const kept = [...before.matchAll(STATEMENT)].filter(([, , name = ""]) => made.has(name));
  const known = kept.map(([, lead = "", name = ""]) => `${lead}${made.get(name)}`);
  const names = new Set(kept.map(([, , name]) => name));
  const fresh = [...made].filter(([name]) => !names.has(name)).map(([, sql]) => `\n\n${sql}`);
  return `${[...known, ...fresh].join("").trimStart()}\n`;
}
