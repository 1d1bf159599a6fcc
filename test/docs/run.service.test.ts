/**
 * Runs every page with commands, unchanged: each page in one shell, its blocks in order, against a service as `npm start`
 * runs it. The JSON after a block is compared with what the block printed.
 *
 * A word after the opening backticks says how a block is used. `sh` is run. `sh no-run` needs something that a test
 * does not have: an account, an installation, a jurisdiction (`examples.test.ts`). `sh when-over` is run when the batch in `$BATCH` is
 * finished, as the page tells the reader to wait. `sh background` runs beside the others.
 *
 * `json` has all fields of the printed answer, `json part` some of them. `json example` shows something else, and
 * `examples.test.ts` holds it against its schema.
 *
 * Pages about a deployment name `https://calls.example.com`, `$KEY`, `$ADMIN_TOKEN` and the organization `org_acme`. Each page
 * gets an `org_acme` of its own. `npx wrangler` does nothing.
 */

import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Client } from "../local/client.ts";
import { freePort } from "../local/ports.ts";
import { DEMO } from "../local/provision.ts";
import { Cleanup, finishedBatch, isolated, type Running, startProvisioned, until } from "../service/support.ts";
import { type Block, blocksOf, pages, ROOT, textOf } from "./pages.ts";
import { differences, jsonIn } from "./printed.ts";
import { Shell } from "./shell.ts";

const cleanup = new Cleanup();
let running: Running;
beforeAll(async () => {
  running = await startProvisioned(await isolated(cleanup), cleanup);
});
afterAll(() => cleanup.run());

const isRun = ({ info }: Block): boolean => /^sh\b/.test(info) && info !== "sh no-run";

/** Where the pages say where the service and its neighbours are. `organization`: instead of `org_acme`. */
async function placed(organization: string): Promise<(script: string) => string> {
  const dialerPort = await freePort();
  const { port } = running.service.settings;
  return (script) =>
    script
      .replaceAll("localhost:8787", `127.0.0.1:${port}`)
      .replaceAll("https://calls.example.com", `http://127.0.0.1:${port}`)
      .replaceAll("org_acme", organization)
      .replaceAll("127.0.0.1:9000", `127.0.0.1:${dialerPort}`)
      .replaceAll("DIALER_PORT=9000", `DIALER_PORT=${dialerPort}`)
      .replaceAll("admin_localhost", running.service.secrets.adminToken);
}

/** What a reader of a page about a deployment has done before. */
async function prepare(page: string, shell: Shell, organization: string): Promise<void> {
  const { baseUrl, secrets } = running.service;
  await shell.run(`KEY=${DEMO.apiKey} ADMIN_TOKEN=${secrets.adminToken} ENCRYPTION_KEY=any-key-of-before
npx() { if [ "$1" != wrangler ]; then command npx "$@"; elif [ "$3" = put ]; then cat > /dev/null; fi; }`);
  const text = textOf(page);
  if (!text.includes("org_acme") || text.includes('"id": "org_acme"')) return;
  const body = { id: organization, name: "Acme", agent_call_concurrency_limit: 20 };
  const answer = await Client.ofOperator(baseUrl, secrets.adminToken).send("POST", "/admin/organizations", body);
  expect(answer.status).toBe(201);
}

async function runBackground(shell: Shell, script: string): Promise<void> {
  await shell.run(`{ ${script.trim()}\n} > background.log 2>&1 &`);
  await until("the program in the background is ready", 60_000, async () => {
    const log = await shell.run("cat background.log");
    return log.includes("http://") ? log : null;
  });
}

async function runPage(page: string, shell: Shell): Promise<string[]> {
  const organization = `org_acme-${basename(page, ".md")}`;
  await prepare(page, shell, organization);
  const place = await placed(organization);
  const found: string[] = [];
  let printed: string | null = null;
  for (const { info, text, line } of blocksOf(textOf(page))) {
    const kind = info.split(" ")[0];
    if (info === "sh background") await runBackground(shell, place(text));
    else if (isRun({ info, text, line })) {
      if (info === "sh when-over") await finishedBatch(running.client, (await shell.run('echo "$BATCH"')).trim());
      printed = await shell.run(place(text));
      if (/^curl: \(\d+\)/m.test(printed)) found.push(`${page}:${line} has a curl that fails: ${printed}`);
      if (/"error_code": ?"(?!call_not_placed)/.test(printed)) found.push(`${page}:${line} is refused: ${printed}`);
    } else if (kind === "json" && info !== "json example" && printed !== null) {
      const wrong = differences(JSON.parse(text), jsonIn(printed), info === "json part");
      found.push(...wrong.map((difference) => `${page}:${line} ${difference}`));
      printed = null;
    } else printed = null;
  }
  return found;
}

describe("what a reader pastes", () => {
  it.each(pages().filter((page) => blocksOf(textOf(page)).some(isRun)))("%s prints what it says", async (page) => {
    const directory = await mkdtemp(join(tmpdir(), "callbatch-docs-"));
    for (const name of ["docs", "node_modules"]) await symlink(join(ROOT, name), join(directory, name));
    const shell = new Shell(directory);
    try {
      expect(await runPage(page, shell)).toEqual([]);
    } finally {
      await shell.end();
      await rm(directory, { recursive: true, force: true });
    }
  });

  it("the quickstart names the demo's key, agent and number", () => {
    const text = textOf("docs/quickstart.md");
    for (const id of [DEMO.apiKey, DEMO.agentId, DEMO.numberId]) expect(text).toContain(`| \`${id}\` |`);
  });
});
