/** The client as others have it: packed, installed into an empty project, type-checked there and used. */

import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packClient } from "../../src/client/build/package.ts";
import { chromiumPath, launch, sayWithout } from "../browser/chromium.ts";
import { DEMO } from "../local/provision.ts";
import { type Shared, sharedOrganization } from "../service/shared.ts";
import { Cleanup } from "../service/support.ts";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CHROMIUM = chromiumPath();
if (CHROMIUM === null) sayWithout();
const FROM = { agent_id: DEMO.agentId, from_number_id: DEMO.numberId };
const EXPECTED = {
  status: "completed",
  ends: ["client_hangup", "dial_busy"],
  numbers: 1,
  refused: "404 not_found",
};
const STRICT = {
  target: "es2022",
  module: "nodenext",
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  lib: ["es2022", "dom", "dom.iterable"],
  types: [],
};

const cleanup = new Cleanup();
let running: Shared;
let project: string;
/** The program as JavaScript that imports the installed package. */
let program: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "callbatch-installed-"));
  cleanup.add(() => rm(project, { recursive: true, force: true }));
  const file = await packClient(join(project, "packed"));
  await writeFile(join(project, "package.json"), JSON.stringify({ name: "theirs", private: true, type: "module" }));
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", file], { cwd: project });
  await copyFile(join(ROOT, "test/client/installed-program.ts"), join(project, "program.ts"));
  await writeFile(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions: STRICT, files: ["program.ts"] }));
  await run(join(ROOT, "node_modules/.bin/tsc"), [], { cwd: project });
  program = join(project, "program.js");
  running = await sharedOrganization();
});
afterAll(() => cleanup.run());

const bundled = async (source: string): Promise<string> => {
  await mkdir(join(project, "bundled"), { recursive: true });
  const outfile = join(project, "bundled", "program.js");
  await build({ stdin: { contents: source, resolveDir: project }, outfile, bundle: true, format: "esm" });
  return readFile(outfile, "utf8");
};
const given = () => [running.service.baseUrl, running.apiKey, FROM] as const;

describe("the installed client", () => {
  it("has nothing that it depends on", async () => {
    const installed = await readdir(join(project, "node_modules"));
    expect(installed.filter((name) => !name.startsWith("."))).toEqual(["callbatch"]);
    const files = await readdir(join(project, "node_modules/callbatch"));
    expect(files).toEqual(expect.arrayContaining(["client.js", "client.d.ts", "LICENSE", "package.json"]));
  });

  it("works on Node, the host's and the project's own", async () => {
    await writeFile(
      join(project, "main.js"),
      `import { journey } from "./program.js"; console.log(JSON.stringify(await journey(...${JSON.stringify(given())})));`,
    );
    for (const node of ["node", process.execPath]) {
      const { stdout } = await run(node, ["main.js"], { cwd: project });
      expect(JSON.parse(stdout)).toMatchObject(EXPECTED);
    }
  });

  it("works in a Worker", async () => {
    const script = await bundled(
      `import { journey } from ${JSON.stringify(program)};
       export default { fetch: async () => Response.json(await journey(...${JSON.stringify(given())})) };`,
    );
    const worker = new Miniflare(
      convertV4MiniflareOptions({ workers: [{ modules: true, script, compatibilityDate: "2026-08-01" }] }),
    );
    cleanup.add(() => worker.dispose());
    expect(await (await worker.dispatchFetch("http://worker.test/")).json()).toMatchObject(EXPECTED);
  });

  it.runIf(CHROMIUM !== null)("works in a browser, in a page of the service's origin", async () => {
    const browser = await launch(CHROMIUM ?? "");
    cleanup.add(() => browser.close());
    const page = await browser.newPage();
    const script = await bundled(`export { journey } from ${JSON.stringify(program)};`);
    await page.route("**/program.js", (route) => route.fulfill({ contentType: "text/javascript", body: script }));
    await page.goto(`${running.service.baseUrl}/docs/`);
    // As text: the test's own imports are not the browser's.
    const told = await page.evaluate(
      `import("/program.js").then(({ journey }) => journey(...${JSON.stringify(given())}))`,
    );
    expect(told).toMatchObject(EXPECTED);
  });
});
