/**
 * Builds what browsers load into `dist/page/`, which the Worker serves as static assets. wrangler runs it before it serves
 * or deploys, the tests before they start the Worker.
 *
 * - `src/page/**\/main.ts(x)` is an entry point: bundled as `main.js` in the same place, with the styles that it imports as
 *   `main.css` and what it loads later, or from a package, in `dashboard/parts/`.
 * - `docs/theme.ts` is bundled as a script that is no module: a page is drawn only after it has run.
 * - `*.html`, `*.svg` and `_headers` are copied to the same place.
 * - `/docs` is made of the repository's Markdown (`site/`); the viewer of `/docs/api` is Swagger UI's own distribution, with
 *   its licence.
 *
 * Only what differs is written, and nothing is deleted first: a service that is running keeps its page.
 */

import { globSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type OutputFile } from "esbuild";
import { siteFiles } from "./site/site-files.ts";

const SOURCE = fileURLToPath(new URL(".", import.meta.url));
const TARGET = fileURLToPath(new URL("../../dist/page/", import.meta.url));

const COPIED = ["**/*.html", "**/*.svg", "_headers"];
const VIEWER = ["swagger-ui-bundle.js", "swagger-ui-bundle.js.LICENSE.txt", "swagger-ui.css", "LICENSE", "NOTICE"];

/** By path in the target. */
type Files = ReadonlyMap<string, Uint8Array>;

const BUNDLED = {
  outbase: SOURCE,
  outdir: TARGET,
  bundle: true,
  minify: true,
  target: "es2022",
  write: false,
  logLevel: "warning",
} as const;
const byTarget = (files: readonly OutputFile[]): Files =>
  new Map(files.map(({ path, contents }) => [relative(TARGET, path), contents]));

async function blockingScript(): Promise<Files> {
  const { outputFiles } = await build({ ...BUNDLED, entryPoints: [join(SOURCE, "docs/theme.ts")], format: "iife" });
  return byTarget(outputFiles);
}

async function bundles(): Promise<Files> {
  const { outputFiles } = await build({
    ...BUNDLED,
    entryPoints: globSync("**/main.{ts,tsx}", { cwd: SOURCE }).map((path) => join(SOURCE, path)),
    splitting: true,
    chunkNames: "dashboard/parts/[hash]",
    assetNames: "dashboard/parts/[name]-[hash]",
    loader: { ".woff2": "file" },
    format: "esm",
    // The page has its own renderer, whatever the project's JSX settings are.
    tsconfigRaw: { compilerOptions: { jsx: "react-jsx", jsxImportSource: "preact" } },
  });
  return byTarget(outputFiles);
}

async function copies(): Promise<Files> {
  const paths = globSync(COPIED, { cwd: SOURCE });
  const files = paths.map(async (path) => [path, await readFile(join(SOURCE, path))] as const);
  return new Map(await Promise.all(files));
}

async function viewer(): Promise<Files> {
  const home = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
  const files = VIEWER.map(async (name) => [join("docs/api", name), await readFile(join(home, name))] as const);
  return new Map(await Promise.all(files));
}

/** The dashboard font's licence goes with the font. */
async function fontLicence(): Promise<Files> {
  const home = dirname(createRequire(import.meta.url).resolve("@fontsource-variable/geist/package.json"));
  return new Map([["dashboard/parts/geist-LICENSE.txt", await readFile(join(home, "LICENSE"))]]);
}

async function writeChanged(path: string, contents: Uint8Array): Promise<void> {
  const before = await readFile(path).catch(() => null);
  if (before?.equals(contents)) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents);
}

export async function pageFiles(): Promise<Files> {
  const all = await Promise.all([copies(), viewer(), fontLicence(), siteFiles(), blockingScript(), bundles()]);
  return new Map(all.flatMap((some) => [...some]));
}

/** Returns the paths of all files, relative to the target. */
export async function buildPage(): Promise<string[]> {
  const files = await pageFiles();
  await Promise.all([...files].map(([path, contents]) => writeChanged(join(TARGET, path), contents)));
  const stale = globSync("**/*", { cwd: TARGET, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const entry of stale) {
    const path = relative(TARGET, join(entry.parentPath, entry.name));
    if (!files.has(path)) await rm(join(TARGET, path), { force: true });
  }
  return [...files.keys()].sort();
}
