/** The programs that a benchmark starts: each in its own process group, all ended by their ids. */

import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../local/ports.ts";
import { ProcessGroup } from "../local/process-group.ts";
import { answers } from "../local/within.ts";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Linux' file system in memory: commits wait for no device, so the software is measured. */
const IN_MEMORY = "/dev/shm";
export const stateBaseOf = (isOnDisk: boolean): string => (!isOnDisk && existsSync(IN_MEMORY) ? IN_MEMORY : tmpdir());
const START_TIMEOUT_MS = 60_000;
const POLL_MS = 50;

export type Program = {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** A URL that answers once the program is up, or a check of one's own. */
  readonly probe: string | (() => Promise<boolean>);
};

export class Programs {
  readonly #groups: ProcessGroup[] = [];
  readonly #directories: string[] = [];
  readonly #endings: (() => Promise<void>)[] = [];
  readonly #isVerbose: boolean;
  readonly #stateBase: string;
  #isStopping = false;
  readonly #ports: { next: number; last: number } | null;

  /** `ports`: the range to take ports from, as "9160-9169"; default: any free ones. */
  constructor({ isVerbose, ports, stateBase }: { isVerbose: boolean; ports: string | null; stateBase: string }) {
    this.#isVerbose = isVerbose;
    this.#stateBase = stateBase;
    const [first, last] = (ports ?? "").split("-").map(Number);
    this.#ports = first !== undefined && last !== undefined ? { next: first, last } : null;
  }

  async freePort(): Promise<number> {
    if (this.#ports === null) return freePort();
    const port = this.#ports.next;
    if (port > this.#ports.last) throw new Error("the range of --ports is used up");
    this.#ports.next += 1;
    return port;
  }

  /** For programs that are ended in another way. */
  atEnd(ending: () => Promise<void>): void {
    this.#endings.push(ending);
  }

  /** A directory that is removed at the end. */
  async directory(): Promise<string> {
    const path = await mkdtemp(join(this.#stateBase, "callbatch-bench-"));
    this.#directories.push(path);
    return path;
  }

  /** Resolves when it answers; rejects if it ends first, or does not answer in time. */
  async start({ name, command, args, env = {}, cwd = ROOT, probe }: Program): Promise<ProcessGroup> {
    const group = ProcessGroup.start({ name, command, args, env, cwd, isVerbose: this.#isVerbose });
    this.#groups.push(group);
    let isDead = false;
    void group.death.then(({ exitCode, lastOutput }) => {
      isDead = true;
      if (!this.#isStopping) console.error(`\n${name} ended unexpectedly (${exitCode}):\n${lastOutput.slice(-2_000)}`);
    });
    const ask = typeof probe === "string" ? () => answers(probe) : probe;
    const giveUpAt = performance.now() + START_TIMEOUT_MS;
    while (!(await ask())) {
      if (isDead) throw new Error(`${name} did not start`);
      if (performance.now() > giveUpAt) throw new Error(`${name} does not answer:\n${group.lastOutput.slice(-2_000)}`);
      await new Promise((wake) => setTimeout(wake, POLL_MS));
    }
    return group;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all([...this.#groups.map((group) => group.stop()), ...this.#endings.map((end) => end())]);
    for (const path of this.#directories) await rm(path, { recursive: true, force: true });
  }
}
