import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { casesOfRun, drawn, seedOfRun } from "../support/drawn.ts";
import { MISTAKES } from "./mistakes.ts";
import type { Found } from "./plant.ts";
import { planted } from "./platform/load.ts";

/** Of a short run of the tests: each takes some seconds of the processor. */
const MISTAKES_DRAWN = 4;
const HISTORIES = 8;

/** A process of its own: the simulator replaces the clock, timers and randomness of its process. */
const run = (program: string, args: readonly string[]): Promise<{ status: number; text: string }> =>
  new Promise((resolve) => {
    const path = fileURLToPath(new URL(program, import.meta.url));
    const options = ["--disable-warning=ExperimentalWarning", path, ...args];
    execFile(process.execPath, options, { maxBuffer: 16 * 1_024 * 1_024 }, (error, stdout, stderr) =>
      resolve({ status: error === null ? 0 : 1, text: stdout + stderr }),
    );
  });

describe("the simulator", () => {
  it("runs the same history for the same seed", { timeout: 300_000 }, async () => {
    const { text } = await run("explore.ts", ["--first", "10", "--step", "0", "--histories", "2", "--seconds", "300"]);
    const [first, second, ...more] = text.trim().split("\n");
    expect(JSON.parse(first ?? "")).toMatchObject({ kind: "history", seed: 10 });
    expect(second).toBe(first);
    expect(more).toEqual([]);
  });

  it("knows mistakes that the product's text can still have", async () => {
    for (const mistake of MISTAKES) await expect(planted(mistake), mistake.name).resolves.toBeDefined();
  });

  it("finds each mistake that is planted in the product", { timeout: 1_800_000 }, async () => {
    const names = drawn("planted mistakes", MISTAKES, MISTAKES_DRAWN).map(({ name }) => name);
    const { text } = await run("plant.ts", ["6", ...names]);
    const found = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Found);
    expect(found.map(({ name }) => name).sort()).toEqual([...names].sort());
    expect(found.filter(({ seed }) => seed === null)).toEqual([]);
  });

  // Limited by work, so that a busy machine does the same.
  it("finds no promise and no rule broken in histories of new seeds", { timeout: 900_000 }, async () => {
    const histories = String(casesOfRun(HISTORIES));
    const { status, text } = await run("main.ts", ["--histories", histories, "--seed", String(seedOfRun())]);
    console.log(text);
    expect(status, text).toBe(0);
  });
});
