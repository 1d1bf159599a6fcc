/**
 * Loads the product under the simulator, as one bundle of its own: `cloudflare:workers` is ours, and a planted mistake is a
 * replaced piece of a file's text. So many products, each with another mistake, run in one process.
 */

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import type { Product } from "./platform.ts";

/** `file`: from the project's root. `text` occurs once in it. */
export type Mistake = { readonly file: string; readonly text: string; readonly becomes: string };

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const WORKERS = fileURLToPath(new URL("workers-module.ts", import.meta.url));

/** What is tested, and the zones by which a number is judged: they are data. */
const ENTRY = `
  export * from "./src/index.ts";
  export { default } from "./src/index.ts";
  export { zonesOfCallee } from "./src/window/zones-of-number.ts";`;

/** Throws where the text is not there any more, or not once. */
async function planted({ file, text, becomes }: Mistake): Promise<string> {
  const parts = (await readFile(ROOT + file, "utf8")).split(text);
  if (parts.length !== 2) {
    throw new Error(`the planted mistake's text occurs ${parts.length - 1} times in ${file}, and must once: ${text}`);
  }
  return parts.join(becomes);
}

const plugin = (mistake: Mistake | null, source: string): Plugin => ({
  name: "simulator",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^cloudflare:workers$/ }, () => ({ path: WORKERS }));
    if (mistake === null) return;
    onLoad({ filter: /\.ts$/ }, ({ path }) =>
      path === ROOT + mistake.file ? { contents: source, loader: "ts" } : undefined,
    );
  },
});

export async function loadProduct(mistake: Mistake | null = null): Promise<Product> {
  const source = mistake === null ? "" : await planted(mistake);
  const { outputFiles } = await build({
    stdin: { contents: ENTRY, resolveDir: ROOT, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node22",
    logLevel: "error",
    plugins: [plugin(mistake, source)],
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
