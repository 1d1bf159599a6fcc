/** One process of the simulator: runs histories of new seeds one after the other, and prints each as a line of JSON. */

import { parseArgs } from "node:util";
import { runHistory } from "./history.ts";
import { loadProduct } from "./platform/load.ts";
import { shrink } from "./shrink.ts";

export type Line =
  | {
      readonly kind: "history";
      readonly seed: number;
      readonly calls: number;
      readonly events: number;
      readonly trace: number;
    }
  | {
      readonly kind: "failed";
      readonly seed: number;
      readonly problems: readonly string[];
      readonly commands: readonly string[];
      readonly faults: readonly string[];
    };

const { values } = parseArgs({
  options: {
    first: { type: "string", default: "1" },
    step: { type: "string", default: "1" },
    histories: { type: "string", default: "1" },
    calls: { type: "string", default: "1000000000" },
    seconds: { type: "string", default: "60" },
    commands: { type: "string" },
    faults: { type: "string" },
  },
});

const listOf = (text: string | undefined): ReadonlySet<string> | null =>
  text === undefined ? null : new Set(text.split(",").filter((one) => one !== ""));
const tell = (line: Line): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
const SHRINKS_FOR_MS = 60_000;

const product = await loadProduct();
const began = performance.now();
const [first, step, histories] = [Number(values.first), Number(values.step), Number(values.histories)];
const enoughCalls = Number(values.calls);
let calls = 0;
const isEnough = (done: number): boolean =>
  done >= histories || calls >= enoughCalls || performance.now() - began >= Number(values.seconds) * 1_000;
const kept = { commands: listOf(values.commands), faults: listOf(values.faults) };
for (let done = 0; !isEnough(done); done += 1) {
  const told = await runHistory(product, { seed: first + done * step, ...kept });
  calls += told.calls;
  tell({ kind: "history", seed: told.seed, calls: told.calls, events: told.events, trace: told.trace });
  if (told.problems.length === 0) continue;
  const isWhole = kept.commands === null && kept.faults === null;
  const {
    told: shortest,
    commands,
    faults,
  } = isWhole ? await shrink(product, told, SHRINKS_FOR_MS) : { told, commands: told.commands, faults: told.faults };
  tell({ kind: "failed", seed: told.seed, problems: shortest.problems, commands, faults });
  break;
}
