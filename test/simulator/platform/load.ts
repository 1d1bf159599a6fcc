/**
 * Loads the product for the simulator, as one bundle: `cloudflare:workers` is ours, and a planted mistake replaces a
 * piece of a file's text. So several products with different mistakes run in one process.
 */

import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import type { Product } from "./platform.ts";

/** `text` occurs once in the whole product. */
export type Mistake = { readonly text: string; readonly becomes: string };

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const WORKERS = fileURLToPath(new URL("workers-module.ts", import.meta.url));

/** The tested code, and the zones by which a number is judged: they are data. */
const ENTRY = `
  export * from "./src/index.ts";
  export { default } from "./src/index.ts";
  export { zonesOfCallee } from "./src/window/zones-of-number.ts";`;

type Planted = { readonly file: string; readonly source: string };

/** Every file of the product except the page, by path. Read once, because no file changes meanwhile. */
let sources: Promise<ReadonlyMap<string, string>> | null = null;

async function readSources(): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(`${ROOT}src`, { recursive: true });
  const files = names
    .filter((name) => name.endsWith(".ts") && !name.startsWith("page/"))
    .map((name) => `${ROOT}src/${name}`);
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file, "utf8")] as const)));
}

/** Throws if the text does not occur exactly once. */
export async function planted({ text, becomes }: Mistake): Promise<Planted> {
  sources ??= readSources();
  const found: Planted[] = [];
  for (const [file, source] of await sources) {
    const parts = source.split(text);
    for (let times = 1; times < parts.length; times += 1) found.push({ file, source: parts.join(becomes) });
  }
  const [one, ...more] = found;
  if (one === undefined || more.length > 0) {
    throw new Error(`the planted mistake's text occurs ${found.length} times in the product, and must once: ${text}`);
  }
  return one;
}

const plugin = (mistake: Planted | null): Plugin => ({
  name: "simulator",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^cloudflare:workers$/ }, () => ({ path: WORKERS }));
    if (mistake === null) return;
    onLoad({ filter: /\.ts$/ }, ({ path }) =>
      path === mistake.file ? { contents: mistake.source, loader: "ts" } : undefined,
    );
  },
});

export async function loadProduct(mistake: Mistake | null = null): Promise<Product> {
  const withMistake = mistake === null ? null : await planted(mistake);
  const { outputFiles } = await build({
    stdin: { contents: ENTRY, resolveDir: ROOT, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node22",
    logLevel: "error",
    plugins: [plugin(withMistake)],
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error("esbuild made no bundle");
  const {
    default: worker,
    zonesOfCallee,
    ...classes
  } = await import(`data:text/javascript;base64,${Buffer.from(bundle.contents).toString("base64")}`);
  return { worker, zonesOf: zonesOfCallee, classes } as Product;
}
