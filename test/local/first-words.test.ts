/** Problems before the start are reported in one sentence, at once, with a status other than 0. */

import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkBuildable } from "./built.ts";
import { freePort } from "./ports.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "callbatch-words-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const run = (cwd: string, args: readonly string[], env: Record<string, string> = {}) => {
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    encoding: "utf8",
    timeout: 60_000,
  });
  return { status, says: stderr.trim() };
};
const START = ["--disable-warning=ExperimentalWarning", "test/local/start.ts"];

it("a checkout without dependencies", () => {
  const before = join(process.cwd(), "test/local/before.mjs");
  expect(run(directory, [before])).toEqual({
    status: 1,
    says: "The dependencies are not installed. Run: npm ci",
  });
  expect(run(process.cwd(), [before])).toEqual({ status: 0, says: "" });
});

it("an option that there is not", () => {
  expect(run(process.cwd(), [...START, "--quick"])).toEqual({
    status: 2,
    says: "Unknown option '--quick'. --help lists the options.",
  });
});

it.each([
  ["is a file", "file"],
  ["lies below a file", "file/state"],
])("a STATE_DIR that %s", async (_, path) => {
  writeFileSync(join(directory, "file"), "");
  const ports = { PORT: String(await freePort()), CARRIER_PORT: String(await freePort()) };
  const { status, says } = run(process.cwd(), START, { STATE_DIR: join(directory, path), ...ports });
  expect(status).toBe(1);
  expect(says).toMatch(/^The state cannot be stored in .*\. Name a directory of your own in STATE_DIR\.$/);
});

it.runIf(existsSync("/proc/self"))("a STATE_DIR where no directory can be made, whoever asks", async () => {
  const env = { STATE_DIR: "/proc/state", PORT: String(await freePort()), CARRIER_PORT: String(await freePort()) };
  const { status, says } = run(process.cwd(), START, env);
  expect(status).toBe(1);
  expect(says).toMatch(
    /^The state cannot be stored in \/proc\/state .*\. Name a directory of your own in STATE_DIR\.$/,
  );
});

it("a checkout that cannot be written", async () => {
  writeFileSync(join(directory, "file"), "");
  await expect(checkBuildable(join(directory, "file/dist"))).rejects.toThrow(
    /^The service cannot be built in .*\. Start it in a copy that you may write\.$/,
  );
  await expect(checkBuildable(join(directory, "dist"))).resolves.toBeUndefined();
});

it.skipIf(process.getuid?.() === 0)("a STATE_DIR in a directory that may only be read", async () => {
  chmodSync(directory, 0o500);
  const env = { STATE_DIR: join(directory, "state"), PORT: String(await freePort()) };
  expect(run(process.cwd(), START, { ...env, CARRIER_PORT: String(await freePort()) }).says).toMatch(
    /^The state cannot be stored in /,
  );
});
