/**
 * What a start needs and only a change of the project changes: wrangler's settings, the Worker as one module, and the page.
 * It is kept in `dist` until a file of the project changes, because to load wrangler takes longer than all else in a start.
 */

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { access, constants, mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { StartFailure } from "./start-failure.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const DIST = join(ROOT, "dist");
const KEPT = join(DIST, "local/built.json");
const PAGE = join(DIST, "page/index.html");
/** Packages change with npm's own list of them. */
const PACKAGES = join(ROOT, "node_modules/.package-lock.json");
const NOT_OF_THE_PROJECT = new Set(["node_modules", "dist", ".git", ".wrangler"]);
/** wrangler adds their values to its settings, and a secret is kept nowhere else. */
const SECRETS = /^\.(?:dev\.vars|env)(?!.*\.example$)/;

/** The used part of wrangler's own types; the compiler does not know some of them. */
export type WorkerOptions = {
  readonly compatibilityDate?: string;
  readonly compatibilityFlags?: string[];
  readonly bindings?: Readonly<Record<string, string>>;
  readonly durableObjects?: Readonly<Record<string, { readonly className: string; readonly useSQLite?: boolean }>>;
  /** Of Cloudflare's network. A single runtime counts by itself (`src/api/limits/rate-limits.ts`). */
  readonly ratelimits?: unknown;
};
export type Built = { readonly options: WorkerOptions; readonly module: string };
type Kept = { readonly stamp: string; readonly built: Built };

/** Builds only what is not there. */
export async function built(): Promise<Built> {
  const stamp = await stampOf();
  const there = await builtAs(stamp);
  if (there !== null) return there;
  const { build } = await import("./build.ts");
  const made = await build();
  const names = await readdir(ROOT);
  if (!names.some((name) => SECRETS.test(name))) await keep({ stamp, built: made });
  return made;
}

/** Null if it has to be built. */
async function builtAs(stamp: string): Promise<Built | null> {
  const kept = await readKept();
  return kept?.stamp === stamp && existsSync(PAGE) ? kept.built : null;
}

/** Throws if the project has to be built and `dist` cannot be written. */
export async function checkBuildable(dist = DIST): Promise<void> {
  if (dist === DIST && (await builtAs(await stampOf())) !== null) return;
  try {
    await mkdir(dist, { recursive: true });
    await access(dist, constants.W_OK);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartFailure(`The service cannot be built in ${dist} (${why}). Start it in a copy that you may write.`);
  }
}

/** Several starts at once may each write it: a file is there as a whole, or not at all. */
async function keep(kept: Kept): Promise<void> {
  await mkdir(dirname(KEPT), { recursive: true });
  const written = `${KEPT}.${process.pid}`;
  await writeFile(written, JSON.stringify(kept));
  await rename(written, KEPT);
}

const readKept = async (): Promise<Kept | null> =>
  readFile(KEPT, "utf8")
    .then((text) => JSON.parse(text) as Kept)
    .catch(() => null);

/** Differs when any file was written, made or removed. */
async function stampOf(): Promise<string> {
  const hash = createHash("sha256");
  const add = async (path: string): Promise<void> => {
    const { size, mtimeMs } = await stat(path);
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  };
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (NOT_OF_THE_PROJECT.has(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile()) await add(path);
    }
  };
  await walk(ROOT);
  await add(PACKAGES);
  // They choose among wrangler's settings.
  for (const [name, value] of Object.entries(process.env).toSorted()) {
    if (name.startsWith("CLOUDFLARE_")) hash.update(`${name}=${value}\n`);
  }
  return hash.digest("hex");
}
