import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StateLock } from "./state-lock.ts";

const HOLDER = fileURLToPath(new URL("lock-holder.ts", import.meta.url));
/** The Node that runs the commands. */
const NODE = fileURLToPath(new URL("../../node_modules/node/bin/node", import.meta.url));
const AT_ONCE = 10;

let directory = "";
const holders: ChildProcess[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "callbatch-lock-"));
});
afterEach(() => {
  for (const holder of holders.splice(0)) holder.kill("SIGKILL");
  rmSync(directory, { recursive: true, force: true });
});

type Holder = { readonly child: ChildProcess; readonly says: () => Promise<string>; readonly go: () => void };

function holder(env: Record<string, string> = {}): Holder {
  const node = existsSync(NODE) ? NODE : process.execPath;
  const child = spawn(node, [HOLDER, directory], {
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "ignore"],
  });
  holders.push(child);
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    for (const line of text.split("\n").filter(Boolean)) {
      const next = waiting.shift();
      if (next === undefined) lines.push(line);
      else next(line);
    }
  });
  const says = (): Promise<string> => {
    const line = lines.shift();
    return line === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(line);
  };
  return { child, says, go: () => void child.stdin?.write("go\n") };
}

const ended = (child: ChildProcess): Promise<unknown> => new Promise((resolve) => child.once("exit", resolve));

describe("the lock of a state directory", () => {
  it("is one start's of many at once, whatever their TMPDIR, and free when that one is killed; three times", async () => {
    for (let round = 0; round < 3; round += 1) {
      const elsewhere = { TMPDIR: directory };
      const all = Array.from({ length: AT_ONCE }, (_, index) => holder(index % 2 === 0 ? {} : elsewhere));
      await Promise.all(all.map(({ says }) => says()));
      for (const { go } of all) go();
      const said = await Promise.all(all.map(({ says }) => says()));
      expect(said.filter((line) => line === "taken")).toHaveLength(1);
      expect(said.filter((line) => line.startsWith("StartFailure: Another service is running"))).toHaveLength(
        AT_ONCE - 1,
      );
      // Like after a crash: nothing is cleaned up.
      const gone = all.map(({ child }) => ended(child));
      for (const { child } of all) child.kill("SIGKILL");
      await Promise.all(gone);
    }
  });

  it("waits for what a killed command left behind, which may still be dialing", async () => {
    const first = await StateLock.take(directory);
    const left = spawn("sh", ["-c", "sleep 1; # guard.ts"], { detached: true, stdio: "ignore" });
    first.add(left.pid ?? 0);
    first.release();
    let isEnded = false;
    const end = ended(left).then(() => {
      isEnded = true;
    });
    const second = await StateLock.take(directory);
    await end;
    expect(isEnded).toBe(true);
    second.release();
  });

  it("is refused twice in one process, too, and free once it was released", async () => {
    const first = await StateLock.take(directory);
    await expect(StateLock.take(directory)).rejects.toThrow("Another service is running on the state");
    first.release();
    (await StateLock.take(directory)).release();
  });
});
