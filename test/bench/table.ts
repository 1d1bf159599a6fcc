/** The results as a table for a terminal and for Markdown. */

import { cpus, totalmem } from "node:os";
import type { Pace } from "./carrier.ts";
import type { Contender } from "./contender.ts";
import type { Result } from "./runner.ts";
import { median } from "./stats.ts";
import type { Unit } from "./workloads.ts";

export function printHeader(contenders: readonly Contender[], pace: Pace, carrierLimit: number): void {
  const memory = Math.round(totalmem() / 2 ** 30);
  console.log(`${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${memory} GiB, Node ${process.version}`);
  console.log(`stand-in carrier: rings ${pace.ringMs} ms, talks ${pace.talkMs} ms; by itself it takes at most`);
  console.log(`${carrierLimit} calls/s here, their callbacks included\n`);
  for (const { name, description } of contenders) console.log(`- ${name}: ${description}`);
  console.log("");
}

export function printResults(results: readonly Result[], contenders: readonly Contender[]): void {
  const [ours, ...peers] = contenders.map(({ name }) => name);
  const header = ["", "", ours ?? "", ...peers.flatMap((name) => [name, "ours to it"]), "runs"];
  const rows = results.flatMap(({ workload, figures }) =>
    figures.map(({ name, unit, samples }) => {
      const mine = ours === undefined ? undefined : samples[ours];
      return [
        workload,
        name,
        shown(mine, unit),
        ...peers.flatMap((peer) => [shown(samples[peer], unit), ratio(mine, samples[peer], unit)]),
        String(mine?.length ?? 0),
      ];
    }),
  );
  printTable([header, ...rows]);
  for (const { workload, failures } of results) {
    for (const { contender, message } of failures) console.log(`\n${workload} failed for ${contender}: ${message}`);
  }
}

/** Markdown that is readable as text. The first row is the header. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  const [header = [], ...body] = rows;
  console.log(
    [line(header), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...body.map(line)].join("\n"),
  );
}

function shown(samples: readonly number[] | undefined, unit: Unit): string {
  if (samples === undefined || samples.length === 0) return "–";
  const value = median(samples);
  switch (unit) {
    case "ms":
      return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ms`;
    case "share":
      return `${(value * 100).toFixed(0)} %`;
    case "bytes":
      return `${(value / 1_024).toFixed(0)} KiB`;
    case "calls/s":
    case "batches/s":
      return `${value.toFixed(0)} ${unit}`;
  }
}

/** The factor by which ours is better: above 1 is better than the peer, whether less or more is good. */
function ratio(mine: readonly number[] | undefined, theirs: readonly number[] | undefined, unit: Unit): string {
  if (mine === undefined || theirs === undefined) return "–";
  const isLessBetter = unit === "ms" || unit === "bytes";
  const value = isLessBetter ? median(theirs) / median(mine) : median(mine) / median(theirs);
  return `${value.toFixed(2)} ×`;
}
