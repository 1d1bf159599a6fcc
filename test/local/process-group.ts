/** A program in its own process group, so that it can be ended with all of its children. */

import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { isGroupRunning } from "./processes.ts";

export type ProgramSpec = {
  /** Its name in messages. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly isVerbose: boolean;
};

export type Death = { readonly name: string; readonly exitCode: number | null; readonly lastOutput: string };

/** Enough for an error with its stack. */
const OUTPUT_KEPT = 16_384;
/** From the request to end until it is killed. */
const STOP_GRACE_MS = 5_000;
const POLL_MS = 10;
const GUARD = fileURLToPath(new URL("guard.ts", import.meta.url));

export class ProcessGroup {
  readonly name: string;
  /** Also the group's id. */
  readonly pid: number;
  /** Settles when no process of the group runs, however they ended. */
  readonly death: Promise<Death>;
  #output = "";
  #isOver = false;

  private constructor(name: string, pid: number, exit: Promise<number | null>) {
    this.name = name;
    this.pid = pid;
    this.death = exit.then(async (exitCode) => {
      this.#isOver = true;
      await this.#killRest();
      return { name, exitCode, lastOutput: this.lastOutput };
    });
  }

  static start(spec: ProgramSpec): ProcessGroup {
    const child = spawn(process.execPath, [GUARD, spec.command, ...spec.args], {
      cwd: spec.cwd,
      env: { ...process.env, ...spec.env },
      detached: true,
      // The guard ends its group when this end of its standard input closes.
      stdio: ["pipe", "pipe", "pipe"],
    });
    if (child.pid === undefined) throw new Error(`${spec.name} could not be started with ${process.execPath}`);
    const group = new ProcessGroup(spec.name, child.pid, exitOf(child));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text: string) => group.#hear(text, spec.isVerbose));
    }
    return group;
  }

  get lastOutput(): string {
    return this.#output.trim();
  }

  /** Asks the whole group to end, and kills the rest after a while. */
  async stop(): Promise<void> {
    this.#signal("SIGTERM");
    const timer = setTimeout(() => this.#signal("SIGKILL"), STOP_GRACE_MS);
    await this.death;
    clearTimeout(timer);
  }

  /** Ends it like a crash of the machine. */
  async kill(): Promise<void> {
    this.#signal("SIGKILL");
    await this.death;
  }

  /**
   * What the program left behind: it would hold its port and its database. While one of them lives, the group's id
   * cannot belong to others.
   */
  async #killRest(): Promise<void> {
    this.#signal("SIGKILL");
    const giveUpAt = performance.now() + STOP_GRACE_MS;
    while (isGroupRunning(this.pid) && performance.now() < giveUpAt) {
      await new Promise((wake) => setTimeout(wake, POLL_MS));
    }
  }

  #hear(text: string, isVerbose: boolean): void {
    this.#output = (this.#output + text).slice(-OUTPUT_KEPT);
    if (isVerbose) process.stderr.write(text.replace(/^(?=.)/gm, `[${this.name}] `));
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#isOver && signal !== "SIGKILL") return;
    try {
      process.kill(-this.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

const exitOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    child.once("error", () => resolve(null));
    child.once("exit", (code) => resolve(code));
  });
