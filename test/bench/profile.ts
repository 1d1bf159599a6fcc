/**
 * `--profile`: where the processor time of a call goes, or with `--creates` of a small batch's create. V8's profiler looks
 * on while W2 is drained once, or batches are created. It sees JavaScript, and what JavaScript calls at once. The rest is
 * the platform's own: HTTP, messages between objects, commits. On a busy machine the profiler itself comes too late, and
 * sees less of everything alike.
 */

import { readFile, writeFile } from "node:fs/promises";
import { SourceMap } from "node:module";
import { join } from "node:path";
import type { BenchCarrier } from "./carrier.ts";
import { createMany } from "./creates.ts";
import { Inspector, type ProfileNode } from "./inspector.ts";
import { type Ours, startOurs } from "./ours.ts";
import type { Programs } from "./programs.ts";
import { printTable } from "./table.ts";
import { MOST, PROCESSOR_TIME, W2 } from "./workloads.ts";

const INTERVAL_US = 200;
const FUNCTIONS_SHOWN = 40;
const INTERVALS_A_MS = 1_000 / INTERVAL_US;

const CALLED = "the platform, called by JavaScript";
/** V8's names for what is no function. */
const NO_FUNCTION: ReadonlyMap<string, string> = new Map([
  ["(program)", "the platform, around JavaScript"],
  ["(garbage collector)", "garbage collection"],
]);

type Profiled = {
  readonly what: string;
  readonly count: number;
  /** Of the processor's time in ms, for each. Null: the system does not tell. */
  readonly run: (ours: Ours, carrier: BenchCarrier) => Promise<number | null>;
};

const CALLS: Profiled = {
  what: "call",
  count: MOST,
  run: async (ours, carrier) =>
    (await W2.run(ours, carrier)).find(({ name }) => name === PROCESSOR_TIME)?.value ?? null,
};
const CREATED = 2_000;
const CREATES: Profiled = { what: "create", count: CREATED, run: (ours) => createMany(ours, CREATED) };

export type ProfileOptions = {
  readonly ofCreates: boolean;
  readonly connections: string;
  /** The file for the profile, which Chrome's developer tools open; null: none. */
  readonly json: string | null;
};

export async function printProfile(
  programs: Programs,
  carrier: BenchCarrier,
  { ofCreates, connections, json }: ProfileOptions,
): Promise<void> {
  const { what, count, run } = ofCreates ? CREATES : CALLS;
  const inspectorPort = await programs.freePort();
  const ours = await startOurs(programs, carrier, { isNpmStart: false, connections, inspectorPort });
  const map = new SourceMap(JSON.parse(await readFile(join(ours.directory, "index.js.map"), "utf8")));
  // V8 compiles what runs often.
  await run(ours, carrier);
  const inspector = await Inspector.connect(inspectorPort);
  await inspector.startProfile(INTERVAL_US);
  const whole = await run(ours, carrier);
  const profile = await inspector.stopProfile();
  inspector.close();
  if (json !== null) await writeFile(json, JSON.stringify(profile));

  const samples = profile.nodes.filter(({ callFrame }) => !["(root)", "(idle)"].includes(callFrame.functionName));
  const hitsSeen = samples.reduce((sum, { hitCount }) => sum + hitCount, 0);
  const msOfEach = (hits: number): number => hits / INTERVALS_A_MS / count;
  const placed = samples.map((node) => ({ node, file: fileOf(node, map) }));
  const rooms = sums(placed.map(({ node, file }) => [roomOf(file), node.hitCount]));
  const functions = sums(placed.map(({ node, file }) => [nameOf(node, file), node.hitCount]));
  const row = ([name, hits]: readonly [string, number]) => [
    name,
    msOfEach(hits).toFixed(3),
    `${((hits / hitsSeen) * 100).toFixed(1)} %`,
  ];
  if (whole !== null)
    console.log(
      `A ${what} takes ${whole.toFixed(3)} ms of the processor, ${msOfEach(hitsSeen).toFixed(3)} seen here.\n`,
    );
  printTable([["room or package", `ms a ${what}`, "of what is seen"], ...rooms.map(row)]);
  console.log("");
  printTable([["function", `ms a ${what}`, "of what is seen"], ...functions.slice(0, FUNCTIONS_SHOWN).map(row)]);
}

/** By name, the largest first. */
function sums(parts: readonly (readonly [name: string, hits: number])[]): (readonly [string, number])[] {
  const byName = new Map<string, number>();
  for (const [name, hits] of parts) byName.set(name, (byName.get(name) ?? 0) + hits);
  return [...byName].sort(([, a], [, b]) => b - a);
}

/** From the project's directory on. Of what is no JavaScript, what it is. */
function fileOf({ callFrame: { functionName, url, lineNumber, columnNumber } }: ProfileNode, map: SourceMap): string {
  const entry = url === "" ? {} : map.findEntry(lineNumber, columnNumber);
  if (!("originalSource" in entry)) return NO_FUNCTION.get(functionName) ?? CALLED;
  return String(entry.originalSource).replace(/^.*?(?=(src|node_modules)\/)/, "");
}

/** A room of the project, a package, or what is no JavaScript. */
function roomOf(file: string): string {
  const parts = file.split("/");
  if (parts[0] === "node_modules") return parts.slice(1, parts[1]?.startsWith("@") ? 3 : 2).join("/");
  return parts.slice(0, Math.min(2, parts.length - 1)).join("/") || file;
}

const nameOf = ({ callFrame: { functionName } }: ProfileNode, file: string): string =>
  `${functionName || "(anonymous)"}, ${file}`;
