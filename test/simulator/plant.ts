/**
 * Plants mistakes and runs the simulator on each, in two processes. Prints a line of JSON for each, with the number of
 * histories it took. Arguments: the most histories, then parts of mistakes' names; none: all.
 */

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runHistory } from "./history.ts";
import { MISTAKES, type PlantedMistake } from "./mistakes.ts";
import { loadProduct } from "./platform/load.ts";

export type Found = {
  readonly name: string;
  /** Null: not found within that many histories. */
  readonly seed: number | null;
  readonly histories: number;
  readonly problem: string;
};

const PROCESSES = 2;
/** A problem can name every row of a history. */
const TEXT_AT_MOST = 1_000;
/** "0/2": this process takes every second one. */
const SHARE = /^(\d)\/(\d)$/;

async function find({ name, seed, ...mistake }: PlantedMistake, most: number): Promise<Found> {
  let found: Found = { name, seed: null, histories: 0, problem: "" };
  try {
    const product = await loadProduct(mistake);
    for (let tried = 0; tried < most && found.seed === null; tried += 1) {
      const { problems } = await runHistory(product, { seed: seed + tried });
      const [problem] = problems;
      found = { ...found, histories: tried + 1 };
      if (problem !== undefined) found = { ...found, seed: seed + tried, problem };
    }
  } catch (error) {
    found = { ...found, problem: String(error) };
  }
  return found;
}

async function findShare(share: number, shares: number, most: number, parts: readonly string[]): Promise<void> {
  const wanted = MISTAKES.filter(({ name }) => parts.length === 0 || parts.some((part) => name.includes(part)));
  for (const mistake of wanted.filter((_, index) => index % shares === share)) {
    const found = await find(mistake, most);
    process.stdout.write(`${JSON.stringify({ ...found, problem: found.problem.slice(0, TEXT_AT_MOST) })}\n`);
  }
}

const [most = "20", ...rest] = process.argv.slice(2);
const share = SHARE.exec(rest[0] ?? "");
if (share !== null) await findShare(Number(share[1]), Number(share[2]), Number(most), rest.slice(1));
else {
  const program = fileURLToPath(import.meta.url);
  for (let index = 0; index < PROCESSES; index += 1) {
    const given = [most, `${index}/${PROCESSES}`, ...rest];
    spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, ...given], { stdio: "inherit" });
  }
}
