/** Builds what a start needs (`built.ts`). */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build as bundle } from "esbuild";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { buildPage } from "../../src/page/page-files.ts";
import type { Built, WorkerOptions } from "./built.ts";

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
