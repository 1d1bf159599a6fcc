/** A shell that runs the blocks of a page in order, as a reader pastes them, and tells what each of them prints. */

import { type ChildProcess, spawn } from "node:child_process";

export class Shell {
  readonly #child: ChildProcess;
  #printed = "";
  #runs = 0;

  constructor(cwd: string) {
    // A group of its own, so that what a block leaves in the background ends with it. Through `cat`, because `/dev/stderr`
    // cannot be opened where it is a socket, as Node's pipes are.
    this.#child = spawn("sh", ["-c", "bash --noprofile --norc 2>&1 | cat"], {
      cwd,
      stdio: ["pipe", "pipe", "inherit"],
      detached: true,
    });
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.#printed += text;
    });
  }

  /** What it prints on both streams. Throws where its last command fails. */
  async run(script: string): Promise<string> {
    this.#runs += 1;
    const mark = `block-${this.#runs}-ended:`;
    this.#printed = "";
    this.#child.stdin?.write(`${script}\nprintf '\\n%s%s\\n' '${mark}' "$?"\n`);
    for (;;) {
      const end = new RegExp(`\\n${mark}(\\d+)\\n`).exec(this.#printed);
      if (end !== null) {
        const printed = this.#printed.replace(end[0], "\n").trim();
        if (end[1] !== "0") throw new Error(`status ${end[1]} of:\n${script}\nIt printed:\n${printed}`);
        return printed;
      }
      if (this.#child.exitCode !== null) throw new Error(`the shell ended in:\n${script}\n${this.#printed}`);
      await new Promise((wake) => setTimeout(wake, 20));
    }
  }

  async end(): Promise<void> {
    const { pid, exitCode } = this.#child;
    if (pid === undefined || exitCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once("close", resolve));
    process.kill(-pid, "SIGTERM");
    this.#child.stdin?.destroy();
    await ended;
  }
}
