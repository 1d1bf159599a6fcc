/**
 * `npm run simulate`: runs histories of new seeds on all processors, until the time is over or one shows a problem. A
 * problem ends it with status 1. `--calls`: ends after this many simulated calls instead.
 */

import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Line } from "./explore.ts";

const USUAL_SECONDS = 60;
const NO_LIMIT = 1_000_000_000;

const { values } = parseArgs({
  options: {
    minutes: { type: "string" },
    seed: { type: "string" },
    histories: { type: "string" },
    calls: { type: "string" },
    processes: { type: "string" },
    commands: { type: "string" },
    faults: { type: "string" },
  },
});

const seed = values.seed === undefined ? randomInt(1, 2 ** 31 - 1) : Number(values.seed);
const isBounded = values.histories !== undefined || values.calls !== undefined;
// A named seed is one history; with a number of histories, calls or minutes it is the first.
const isOne = values.seed !== undefined && !isBounded && values.minutes === undefined;
const histories = isOne ? 1 : Number(values.histories ?? NO_LIMIT);
const processes = isOne ? 1 : Number(values.processes ?? availableParallelism());
const seconds =
  values.minutes !== undefined ? Number(values.minutes) * 60 : isOne || isBounded ? NO_LIMIT : USUAL_SECONDS;

const began = performance.now();
const sum = { histories: 0, calls: 0, events: 0 };
let hasFailed = false;

function explore(index: number): Promise<void> {
  const share = Math.ceil((histories - index) / processes);
  const args = {
    first: seed + index,
    step: processes,
    histories: share,
    calls: Math.ceil(Number(values.calls ?? NO_LIMIT) / processes),
    seconds,
    commands: values.commands,
    faults: values.faults,
  };
  const given = Object.entries(args).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, String(value)],
  );
  const program = fileURLToPath(new URL("explore.ts", import.meta.url));
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, ...given], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  createInterface({ input: child.stdout }).on("line", (text) => hear(JSON.parse(text) as Line));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (status) => {
      if (status !== 0) hasFailed = true;
      resolve();
    });
  });
}

function hear(line: Line): void {
  if (line.kind === "history") {
    sum.histories += 1;
    sum.calls += line.calls;
    sum.events += line.events;
    return;
  }
  hasFailed = true;
  const again = `npm run simulate -- --seed ${line.seed}`;
  console.log(`\nSeed ${line.seed} shows:\n  ${line.problems.join("\n  ")}`);
  console.log(`Its commands: ${line.commands.join(", ")}`);
  console.log(
    `What went wrong around them: ${line.faults.length === 0 ? "nothing" : ""}\n  ${line.faults.join("\n  ")}`,
  );
  console.log(`The whole history again: ${again}`);
  console.log(`The shortest: ${again} --commands '${line.commands.join(",")}' --faults '${line.faults.join(",")}'`);
}

console.log(`Seeds from ${seed}, ${processes} ${processes === 1 ? "process" : "processes"}.`);
await Promise.all(Array.from({ length: processes }, (_, index) => explore(index)));
const passed = (performance.now() - began) / 1_000;
const rate = Math.round(sum.calls / passed);
console.log(
  `${sum.histories} histories, ${sum.calls} simulated calls, ${sum.events} events in ${passed.toFixed(0)} s: ${rate} calls a second.`,
);
process.exitCode = hasFailed ? 1 : 0;
