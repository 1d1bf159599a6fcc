/** The service as real processes, on free ports, with state of its own. */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "../local/client.ts";
import { freePort } from "../local/ports.ts";
import { type ProcessRow, runningProcesses } from "../local/processes.ts";
import { DEMO, provision } from "../local/provision.ts";
import { LocalService } from "../local/service.ts";
import { type Environment, settingsFrom } from "../local/settings.ts";
import { BATCHES, type Batch, type NewBatch } from "../local/wire.ts";

/** Fast enough for a test, slow enough that a batch has a middle. */
const QUICK_CARRIER = { CARRIER_RING_MS: "50", CARRIER_TALK_MS: "200" };

/** What a test creates is undone after it, the last thing first. */
export class Cleanup {
  readonly #steps: (() => Promise<unknown>)[] = [];

  add(step: () => Promise<unknown>): void {
    this.#steps.push(step);
  }

  async run(): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) await step();
  }
}

/** The variables of a service that collides with nobody. */
export async function isolated(cleanup: Cleanup): Promise<Record<string, string>> {
  const stateDir = await mkdtemp(join(tmpdir(), "callbatch-service-"));
  cleanup.add(() => rm(stateDir, { recursive: true, force: true }));
  return {
    PORT: String(await freePort()),
    CARRIER_PORT: String(await freePort()),
    STATE_DIR: stateDir,
    ADMIN_TOKEN: "admin_service_test",
    ...QUICK_CARRIER,
  };
}

export type Running = { readonly service: LocalService; readonly client: Client };

export async function startService(env: Environment, cleanup: Cleanup): Promise<Running> {
  const service = new LocalService(settingsFrom(env));
  cleanup.add(() => service.stop());
  await service.start();
  return { service, client: Client.ofOrganization(service.baseUrl, DEMO.apiKey) };
}

export async function startProvisioned(env: Environment, cleanup: Cleanup): Promise<Running> {
  const running = await startService(env, cleanup);
  await provision(running.service);
  return running;
}

export const newBatch = (numbers: readonly string[], fields: Partial<NewBatch> = {}): NewBatch => ({
  name: "A batch",
  agent_id: DEMO.agentId,
  from_number_id: DEMO.numberId,
  recipients: numbers.map((to_number) => ({ to_number })),
  ...fields,
});

/** Different numbers that are answered, in the ranges reserved for fiction. */
export const ordinaryNumbers = (count: number): string[] =>
  Array.from(
    { length: count },
    (_, index) => `+1${212 + Math.floor(index / 100)}55501${String(index % 100).padStart(2, "0")}`,
  );

export const readBatch = (client: Client, id: string): Promise<Batch> => client.get(`${BATCHES}/${id}`);

export const finishedBatch = (client: Client, id: string, timeoutMs = 60_000): Promise<Batch> =>
  until(`batch ${id} is finished`, timeoutMs, async () => {
    const batch = await readBatch(client, id);
    return batch.total_calls_finished === batch.total_calls_scheduled ? batch : null;
  });

/** Polls, less often the longer it has waited; the limit only makes a failing test end. */
export async function until<T>(what: string, timeoutMs: number, look: () => Promise<T | null> | T | null): Promise<T> {
  const began = performance.now();
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    const waited = performance.now() - began;
    if (waited > timeoutMs) throw new Error(`not so within ${timeoutMs} ms: ${what}`);
    await new Promise((wake) => setTimeout(wake, Math.min(500, Math.max(50, waited / 10))));
  }
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** One of the two commands, as npm runs it. */
export class Command {
  readonly #child: ChildProcess;
  readonly exitCode: Promise<number | null>;
  #output = "";

  constructor(script: "start" | "demo", args: readonly string[], env: Environment, cleanup: Cleanup) {
    this.#child = spawn(process.execPath, [join(ROOT, "test/local", `${script}.ts`), ...args], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#output += text;
      });
    }
    this.exitCode = new Promise((resolve) => this.#child.once("close", resolve));
    cleanup.add(async () => {
      this.signal("SIGTERM");
      await this.exitCode;
    });
  }

  get output(): string {
    return this.#output;
  }

  get pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error("the command did not start");
    return pid;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async prints(text: string, timeoutMs = 60_000): Promise<void> {
    await until(`"${text}" is printed; so far: ${this.#output}`, timeoutMs, () => {
      if (this.#output.includes(text)) return true;
      if (this.#child.exitCode !== null) throw new Error(`ended with ${this.#child.exitCode}:\n${this.#output}`);
      return null;
    });
  }
}

export function descendantsOf(pid: number): ProcessRow[] {
  const all = runningProcesses();
  const found: ProcessRow[] = [];
  const parents = [pid];
  for (let parent = parents.pop(); parent !== undefined; parent = parents.pop()) {
    const children = all.filter((one) => one.parent === parent);
    found.push(...children);
    parents.push(...children.map((child) => child.pid));
  }
  return found;
}

export function stillRunning(processes: readonly ProcessRow[]): ProcessRow[] {
  const now = new Map(runningProcesses().map((row) => [row.pid, row.command]));
  return processes.filter(({ pid, command }) => now.get(pid) === command);
}
