/** The client as a package of its own: one JavaScript file, declarations, and no dependencies. */

import { spawnSync } from "node:child_process";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const HERE = fileURLToPath(new URL("./", import.meta.url));

function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stdout}${stderr}`);
  return stdout;
}

async function buildClient(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await build({
    entryPoints: [join(ROOT, "src/client/client.ts")],
    outfile: join(directory, "client.js"),
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
  });
  run(join(ROOT, "node_modules/.bin/tsc"), ["-p", HERE, "--outDir", directory], ROOT);
  for (const name of await readdir(directory)) {
    if (!name.endsWith(".d.ts")) continue;
    const text = await readFile(join(directory, name), "utf8");
    await writeFile(join(directory, name), text.replace(/(from "\.\/\w+)\.ts"/g, '$1.js"'));
  }
  await copyFile(join(ROOT, "LICENSE"), join(directory, "LICENSE"));
  const { name, version, description, license, engines } = JSON.parse(
    await readFile(join(ROOT, "package.json"), "utf8"),
  ) as Record<string, unknown>;
  const exports = { "./client": { types: "./client.d.ts", default: "./client.js" } };
  const described = { name, version, description, license, engines, type: "module", sideEffects: false, exports };
  await writeFile(join(directory, "package.json"), `${JSON.stringify(described, null, 2)}\n`);
}

/** Returns the path of the package's file in `directory`; its contents are in `directory/client`. */
export async function packClient(directory: string): Promise<string> {
  const source = join(directory, "client");
  await buildClient(source);
  const file = run("npm", ["pack", "--silent", "--pack-destination", directory, source], directory).trim();
  return join(directory, file);
}
