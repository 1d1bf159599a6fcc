/**
 * `npm run bench`: compares the speed with what a team would otherwise build, on this machine. See docs/benchmarks.md.
 */

import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { CARRIER_CONNECTIONS } from "../../src/calling/requests/limits.ts";
import { printBusy } from "./busy.ts";
import { BenchCarrier } from "./carrier.ts";
import { carrierLimit } from "./carrier-limit.ts";
import { printCold } from "./cold.ts";
import type { Contender } from "./contender.ts";
import { printCost } from "./cost.ts";
import { printGrowth } from "./growth.ts";
import { startOurs } from "./ours.ts";
import { startPeers } from "./peers.ts";
import { printProfile } from "./profile.ts";
import { Programs, stateBaseOf } from "./programs.ts";
import { printRaw, rawCosts } from "./raw.ts";
import { printReports } from "./reports.ts";
import { measure } from "./runner.ts";
import { printHeader, printResults } from "./table.ts";
import { WORKLOADS } from "./workloads.ts";

const HELP = `npm run bench -- [options]

Starts callbatch, its peers and a stand-in carrier on this machine, runs the workloads one after the other, contender by
contender, and prints medians and ratios. Everything that it starts is ended by it.

  --only W1,W2       only these workloads (${WORKLOADS.map(({ id }) => id).join(", ")}); W2 means all that begin so
  --runs 5           repetitions of each
  --json FILE        the samples, too
  --no-peers         callbatch alone
  --npm-start        callbatch as npm start runs it instead of workerd alone
  --connections 101  requests to the carrier that a batch may have in flight: Cloudflare allows 6
  --minutes 12       begins no further repetition after this, once each was run once
  --ring 5 --talk 20 the stand-in carrier's pace in milliseconds
  --disk             state on the disk instead of in memory: then each commit waits for the device
  --ports 9160-9169  takes its ports from there
  --cost             prints what a million calls cost on Cloudflare, from counts and prices, and measures nothing
  --raw              only what the machine takes for the parts of which the workloads consist
  --profile          where the processor time of a call goes, by room and by function (W2); --json FILE keeps the profile
  --creates          with --profile: of creating a batch of 10
  --growth           what a request takes of an organization's object with 1,000, 100,000 and 1,000,000 rows
  --busy             what 50 running batches take of an organization's object each second
  --cold             what a batch that sleeps with 5,000 attempts takes until it has dialed the next recipient
  --reports          what a report takes of a year of 10,000,000 calls
  --verbose          shows what the started programs print
`;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    runs: { type: "string", default: "5" },
    json: { type: "string" },
    "no-peers": { type: "boolean", default: false },
    "npm-start": { type: "boolean", default: false },
    connections: { type: "string", default: String(CARRIER_CONNECTIONS.most) },
    minutes: { type: "string", default: "12" },
    ring: { type: "string", default: "5" },
    talk: { type: "string", default: "20" },
    ports: { type: "string" },
    profile: { type: "boolean", default: false },
    creates: { type: "boolean", default: false },
    raw: { type: "boolean", default: false },
    cost: { type: "boolean", default: false },
    growth: { type: "boolean", default: false },
    cold: { type: "boolean", default: false },
    busy: { type: "boolean", default: false },
    reports: { type: "boolean", default: false },
    disk: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

if (values.help) {
  console.log(HELP);
  process.exit(0);
}

if (values.cost) {
  printCost();
  process.exit(0);
}

if (values.growth) {
  await printGrowth();
  process.exit(0);
}

if (values.cold) {
  await printCold();
  process.exit(0);
}

if (values.busy) {
  await printBusy();
  process.exit(0);
}

if (values.reports) {
  printReports();
  process.exit(0);
}

const { connections } = values;
const only = values.only?.split(",");
const workloads = WORKLOADS.filter(({ id }) => only?.some((one) => id === one || id.startsWith(`${one}-`)) ?? true);
if (workloads.length === 0) {
  console.error(`no such workload: ${values.only}\n\n${HELP}`);
  process.exit(1);
}

const programs = new Programs({
  isVerbose: values.verbose,
  ports: values.ports ?? null,
  stateBase: stateBaseOf(values.disk),
});
const stop = async (code: number): Promise<never> => {
  await programs.stop();
  process.exit(code);
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(130));

try {
  if (values.raw) {
    printRaw(await rawCosts(programs));
    await stop(0);
  }
  const pace = { ringMs: Number(values.ring), talkMs: Number(values.talk) };
  const carrier = await BenchCarrier.start(programs, pace);
  if (values.profile) {
    await printProfile(programs, carrier, { ofCreates: values.creates, connections, json: values.json ?? null });
    await stop(0);
  }
  const contenders: Contender[] = [
    await startOurs(programs, carrier, { isNpmStart: values["npm-start"], connections, inspectorPort: null }),
  ];
  if (!values["no-peers"]) contenders.push(...(await startPeers(programs, carrier)));
  const limit = await carrierLimit(carrier);
  printHeader(contenders, pace, limit);
  const until = performance.now() + Number(values.minutes) * 60_000;
  const results = await measure({ workloads, contenders, carrier, runs: Number(values.runs), until });
  printResults(results, contenders);
  if (values.json !== undefined) {
    const machine = { node: process.version, at: new Date().toISOString() };
    await writeFile(values.json, `${JSON.stringify({ machine, pace, carrierLimit: limit, results }, null, 2)}\n`);
    console.log(`\nwritten: ${values.json}`);
  }
  await stop(results.some(({ failures }) => failures.length > 0) ? 1 : 0);
} catch (error) {
  console.error(error);
  await stop(1);
}
