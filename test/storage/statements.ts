/**
 * Collects every SQL statement of the product. In the product's bundle, each text marked as SQL becomes a template that
 * records its place and its text. Loading the bundle evaluates them.
 */

import { readFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export type Statement = { readonly file: string; readonly text: string };
export type Collected = {
  readonly statements: readonly Statement[];
  /** Where a text is marked as SQL that no loading evaluates: it is made in a function. */
  readonly unseen: readonly string[];
};
type Global = typeof globalThis & { sqlSeen?: (file: string, index: number, text: string) => void };

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const WORKERS = fileURLToPath(new URL("../simulator/platform/workers-module.ts", import.meta.url));
const MARK = /\/\*sql\*\/\s*`/g;

export async function collectStatements(): Promise<Collected> {
  const marked = new Map<string, string>();
  const { outputFiles } = await build({
    entryPoints: [`${ROOT}src/index.ts`],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node22",
    logLevel: "error",
    plugins: [
      {
        name: "statements",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^cloudflare:workers$/ }, () => ({ path: WORKERS }));
          onLoad({ filter: /\/src\/.*\.ts$/ }, async ({ path }) => {
            const file = path.slice(ROOT.length);
            let index = 0;
            const contents = (await readFile(path, "utf8")).replaceAll(MARK, () => {
              const place = `"${file}", ${index}`;
              marked.set(`${file} ${index}`, file);
              index += 1;
              return `((parts, ...values) => { const text = String.raw({ raw: parts }, ...values); globalThis.sqlSeen(${place}, text); return text; })\``;
            });
            return { contents, loader: "ts" };
          });
        },
      },
    ],
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error("esbuild made no bundle");
  const statements: Statement[] = [];
  (globalThis as Global).sqlSeen = (file, index, text) => {
    marked.delete(`${file} ${index}`);
    statements.push({ file, text: text.trim() });
  };
  await import(`data:text/javascript;base64,${Buffer.from(bundle.contents).toString("base64")}`);
  return { statements, unseen: [...marked.values()] };
}

/** Parts of statements are marked, too. */
export const isWhole = ({ text }: Statement): boolean => /^(SELECT|INSERT|UPDATE|DELETE|WITH)\b/.test(text);

/** What SQLite would do, a line for each table. */
export function planOf(database: DatabaseSync, text: string): string[] {
  const rows = database.prepare(`EXPLAIN QUERY PLAN ${text}`).all();
  return rows.map(({ detail }) => String(detail));
}

export function databaseOf(steps: readonly string[]): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  for (const step of steps) database.exec(step);
  return database;
}
