/** Repeats the workloads in turn: ours, A, B, ours, A, B, …, so that the machine's changes affect all alike. */

import type { BenchCarrier } from "./carrier.ts";
import type { Contender } from "./contender.ts";
import type { Figure, Unit, Workload } from "./workloads.ts";

export type Result = {
  readonly workload: string;
  readonly title: string;
  readonly figures: {
    readonly name: string;
    readonly unit: Unit;
    /** By contender, one for each repetition. */
    readonly samples: Record<string, number[]>;
  }[];
  readonly failures: { readonly contender: string; readonly message: string }[];
};

type Order = {
  readonly workloads: readonly Workload[];
  readonly contenders: readonly Contender[];
  readonly carrier: BenchCarrier;
  readonly runs: number;
  /** No further repetition begins after this time, by `performance.now()`; every workload runs once. */
  readonly until: number;
};

export async function measure(order: Order): Promise<Result[]> {
  const results = order.workloads.map(({ id, title }): Result => ({ workload: id, title, figures: [], failures: [] }));
  // In rounds: if the time runs out, all workloads have run about equally often.
  for (let run = 0; run < order.runs; run += 1) {
    for (const [index, workload] of order.workloads.entries()) {
      const result = results[index];
      if (result === undefined || run >= (workload.runsAtMost ?? order.runs)) continue;
      if (run > 0 && performance.now() > order.until) continue;
      for (const contender of order.contenders) await once(workload, contender, order.carrier, result);
      process.stderr.write(`\r${workload.id}, repetition ${run + 1}        `);
    }
  }
  process.stderr.write(`\r${" ".repeat(40)}\r`);
  return results;
}

async function once(workload: Workload, contender: Contender, carrier: BenchCarrier, result: Result): Promise<void> {
  try {
    for (const figure of await workload.run(contender, carrier)) add(result, contender.name, figure);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(`\n${workload.id}, ${contender.name}: ${message}`);
    result.failures.push({ contender: contender.name, message });
  }
}

function add(result: Result, contender: string, { name, unit, value }: Figure): void {
  let figure = result.figures.find((one) => one.name === name);
  if (figure === undefined) {
    figure = { name, unit, samples: {} };
    result.figures.push(figure);
  }
  const samples = figure.samples[contender] ?? [];
  samples.push(value);
  figure.samples[contender] = samples;
}
