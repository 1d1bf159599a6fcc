/**
 * Plants mistakes and has the simulator look for them: a line of JSON for each, with how many histories it took. Arguments:
 * how many histories at most, then parts of the mistakes' names; none: all.
 */

import { runHistory } from "./history.ts";
import { MISTAKES } from "./mistakes.ts";
import { loadProduct } from "./platform/load.ts";

export type Found = {
  readonly name: string;
  /** Null: not within so many histories. */
  readonly seed: number | null;
  readonly histories: number;
  readonly problem: string;
};

const [most = "20", ...parts] = process.argv.slice(2);
for (const { name, seed, ...mistake } of MISTAKES) {
  if (parts.length > 0 && !parts.some((part) => name.includes(part))) continue;
  let found: Found = { name, seed: null, histories: 0, problem: "" };
  try {
    const product = await loadProduct(mistake);
    for (let tried = 0; tried < Number(most) && found.seed === null; tried += 1) {
      const { problems } = await runHistory(product, { seed: seed + tried });
      const [problem] = problems;
      found = { ...found, histories: tried + 1 };
      if (problem !== undefined) found = { ...found, seed: seed + tried, problem };
    }
  } catch (error) {
    found = { ...found, problem: String(error) };
  }
  process.stdout.write(`${JSON.stringify(found)}\n`);
}
