/** Builds what a start needs (`built.ts`). */

import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build as bundle } from "esbuild";
import type * as wrangler from "wrangler";
import { buildPage } from "../../src/page/page-files.ts";
import type { Built, WorkerOptions } from "./built.ts";

/** Required: to import it, Node would read all of it twice more for the names in it. */
const { unstable_getMiniflareWorkerOptions }: typeof wrangler = createRequire(import.meta.url)("wrangler");
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export async function build(): Promise<Built> {
  const { main = "", workerOptions } = unstable_getMiniflareWorkerOptions(join(ROOT, "wrangler.toml"));
  const [module] = await Promise.all([moduleOf(main), buildPage()]);
  return { options: workerOptions as WorkerOptions, module };
}

/** Like wrangler's own build with esbuild. */
async function moduleOf(main: string): Promise<string> {
  const { outputFiles } = await bundle({
    entryPoints: [main],
    bundle: true,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    define: { "process.env.NODE_ENV": '"production"' },
    write: false,
    logLevel: "warning",
  });
  return outputFiles[0]?.text ?? "";
}
