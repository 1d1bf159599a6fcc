/** The command `npm run lint:openapi`: writes the document to a temporary file and has redocly judge it. */

import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildDocument } from "../../src/api/openapi/document.ts";
import { OPERATIONS } from "../../src/api/operations/index.ts";

const CONFIG = fileURLToPath(new URL("redocly.yaml", import.meta.url));
const REDOCLY = join(dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")), "bin/cli.js");
/** It asks nobody. */
const QUIET = { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };

const directory = await mkdtemp(join(tmpdir(), "callbatch-openapi-"));
try {
  const file = join(directory, "openapi.json");
  await writeFile(file, JSON.stringify(buildDocument(OPERATIONS), null, 2));
  const { status } = spawnSync(process.execPath, [REDOCLY, "lint", "--config", CONFIG, file], {
    env: { ...process.env, ...QUIET },
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
} finally {
  await rm(directory, { recursive: true, force: true });
}
