/**
 * The machine's own cost for the parts of a workload, in workerd without our code and in Node with only our schema.
 * Also the cost of workloads made only of those parts. Measures processor time, because the clock tells little on a
 * busy machine.
 */

import { copyFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createBatchBody } from "../../src/api/requests/batch.ts";
import { CARRIER_CONNECTIONS } from "../../src/calling/requests/limits.ts";
import { BenchCarrier } from "./carrier.ts";
import { batchBody } from "./contender.ts";
import { costOfEach, createMany, SMALL } from "./creates.ts";
import { startOurs } from "./ours.ts";
import type { Programs } from "./programs.ts";
import { type Asked, statementsOfCreate } from "./statements-of-create.ts";
import { median } from "./stats.ts";
import { printTable } from "./table.ts";

const REQUESTS = 4_000;
/** Each leaves a database behind, and its files stay open for some seconds: a system may allow a process 20,000. */
const NEW_OBJECTS = 500;
const PARSINGS = 20;
const RECIPIENTS = 5_000;
const table = (name: string): readonly Asked[] => [
  { text: `CREATE TABLE ${name} (number INTEGER PRIMARY KEY, text TEXT)`, bindings: [] },
  { text: `INSERT INTO ${name} (text) VALUES ('a row of a batch')`, bindings: [] },
];
const LEAST = table("rows");
const DAY_MS = 24 * 60 * 60 * 1_000;
/** What a batch has beside the least, each alone: by turns, with a message to another object in between. */
const BESIDE = {
  tables: [[...LEAST, ...table("others"), ...table("more")]],
  alarm: [[...LEAST, { alarm: DAY_MS }]],
  alarmMoved: [[...LEAST, { alarm: 5_000 }], [{ alarm: DAY_MS }]],
  message: [LEAST, []],
} as const satisfies Readonly<Record<string, readonly (readonly Asked[])[]>>;
type Beside = Record<keyof typeof BESIDE, number>;

/** The cost of one of each, in ms of processor time. */
export type RawCosts = {
  readonly parse: number;
  readonly validate: number;
  readonly request: number;
  readonly object: number;
  readonly store: number;
  readonly ask: number;
  /** A call to an object that was never there before, with what it stores. */
  readonly newObject: number;
  /** The same, with one thing more. */
  readonly beside: Beside;
  /** The same, with what a new batch of ten asks of its storage, a message to another object included. */
  readonly newBatch: number;
  /** What the service takes for such a request. */
  readonly create: number;
};

export async function rawCosts(programs: Programs): Promise<RawCosts> {
  const { url, pid } = await startRaw(programs);
  const server = createServer((incoming, response) => {
    incoming.resume();
    incoming.on("end", () => response.writeHead(201).end("{}"));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const carrier = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    const cost = (path: string) => costOfRequests(`${url}${path}`, pid);
    await cost("/store");
    const request = await cost("/");
    const object = await cost("/object");
    const store = await cost("/store");
    const ask = await cost(`/ask?url=${encodeURIComponent(carrier)}`);
    const fresh = (turns: string) => costOfRequests(`${url}/new?turns=${turns}`, pid, NEW_OBJECTS);
    await fresh("least");
    const newObject = (await fresh("least")) - request;
    const beside = {} as Beside;
    for (const one of Object.keys(BESIDE) as (keyof Beside)[]) beside[one] = (await fresh(one)) - request;
    const newBatch = (await fresh("ours")) - request;
    const parts = { request, object: object - request, store: store - object, ask: ask - object };
    return { ...validation(), ...parts, newObject, beside, newBatch, create: await costOfCreates(programs) };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Of workerd, for each request. */
async function costOfRequests(url: string, pid: number, requests = REQUESTS): Promise<number> {
  const cost = await costOfEach([pid], requests, async () => {
    const response = await fetch(url, { method: "POST", body: "CallStatus=completed" });
    if (response.status !== 204) throw new Error(`${url}: ${response.status}`);
  });
  return cost ?? 0;
}

/** Of the service, for each request to create a batch of ten. */
async function costOfCreates(programs: Programs): Promise<number> {
  const carrier = await BenchCarrier.start(programs, { ringMs: 5, talkMs: 20 });
  const ours = await startOurs(programs, carrier, {
    isNpmStart: false,
    connections: String(CARRIER_CONNECTIONS.usual),
    inspectorPort: null,
  });
  await createMany(ours, NEW_OBJECTS / 2);
  return (await createMany(ours, NEW_OBJECTS)) ?? 0;
}

function validation(): Pick<RawCosts, "parse" | "validate"> {
  const body = batchBody(RECIPIENTS);
  const times = Array.from({ length: PARSINGS }, () => {
    const began = process.cpuUsage();
    const value: unknown = JSON.parse(body);
    const parsed = process.cpuUsage(began);
    const after = process.cpuUsage();
    if (!createBatchBody.safeParse(value).success) throw new Error("the benchmark's own body is refused");
    return { parse: parsed.user + parsed.system, validate: sumOf(process.cpuUsage(after)) };
  });
  return {
    parse: median(times.map(({ parse }) => parse)) / 1_000,
    validate: median(times.map(({ validate }) => validate)) / 1_000,
  };
}

const sumOf = ({ user, system }: NodeJS.CpuUsage): number => user + system;

async function startRaw(programs: Programs): Promise<{ url: string; pid: number }> {
  const directory = await programs.directory();
  const port = await programs.freePort();
  const file = join(directory, "raw.capnp");
  await copyFile(fileURLToPath(new URL("raw-worker.js", import.meta.url)), join(directory, "raw-worker.js"));
  const turns = { least: [LEAST], ...BESIDE, ours: await statementsOfCreate(SMALL) };
  await writeFile(file, configOf(directory, port, JSON.stringify(turns)));
  const fromWrangler = createRequire(createRequire(import.meta.url).resolve("wrangler/package.json"));
  const url = `http://127.0.0.1:${port}`;
  const { pid } = await programs.start({
    name: "workerd without our code",
    command: fromWrangler("workerd").default,
    args: ["serve", file],
    probe: `${url}/`,
  });
  return { url, pid };
}

const configOf = (
  directory: string,
  port: number,
  turns: string,
): string => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "internet", network = (allow = ["private"])),
    (name = "disk", disk = (path = ${JSON.stringify(directory)}, writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [(name = "raw.js", esModule = embed "raw-worker.js")],
  compatibilityDate = "2026-08-01",
  durableObjectNamespaces = [
    (className = "RawObject", uniqueKey = "RawObject", enableSql = true),
    (className = "RawNewObject", uniqueKey = "RawNewObject", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "disk"),
  bindings = [
    (name = "OBJECTS", durableObjectNamespace = "RawObject"),
    (name = "NEW_OBJECTS", durableObjectNamespace = "RawNewObject"),
    (name = "TURNS", json = ${JSON.stringify(turns)}),
  ],
);
`;

/**
 * A call: its request to the carrier, two callbacks, and two transactions. One has the end of the call before it and its
 * intent, the other the carrier's id.
 */
export const leastOfACall = ({ request, object, store, ask }: RawCosts): number =>
  2 * (request + object) + ask + 2 * store;

/** A batch of 5,000: one request, read and validated, one call to an object and one transaction. */
export const leastOfACreate = ({ parse, validate, request, object, store }: RawCosts): number =>
  parse + validate + request + object + store;

/**
 * A batch of ten: one request and a new object that stores one row. The organization stores what is announced and what is
 * reported.
 */
export const leastOfASmallCreate = ({ request, object, store, newObject }: RawCosts): number =>
  request + 2 * (object + store) + newObject;

export function printRaw(costs: RawCosts): void {
  const ms = (value: number) => `${value.toFixed(2)} ms`;
  printTable([
    ["processor time of", ""],
    [`JSON.parse of a body of ${RECIPIENTS.toLocaleString("en-US")} recipients`, ms(costs.parse)],
    ["its validation by our schema", ms(costs.validate)],
    ["a request through workerd that does nothing", ms(costs.request)],
    ["a call to an object in it", ms(costs.object)],
    ["a transaction of one row there, until it is durable", ms(costs.store)],
    ["a request from the object to a server", ms(costs.ask)],
    ["a call to a new object that stores one row of one table", ms(costs.newObject)],
    ["the same with two tables more", ms(costs.beside.tables)],
    ["the same with an alarm", ms(costs.beside.alarm)],
    ["the same with a message to an object that stores a row", ms(costs.beside.message)],
    ["the same with the message, and an alarm that is moved after it", ms(costs.beside.alarmMoved)],
    [`the same with all that a batch of ${SMALL} asks of its storage`, ms(costs.newBatch)],
    ["a call, as the sum of what it must do (W2)", ms(leastOfACall(costs))],
    ["creating 5,000, as the sum of what it must do (W1)", ms(leastOfACreate(costs))],
    [`creating ${SMALL}, as the sum of what it must do`, ms(leastOfASmallCreate(costs))],
    [`creating ${SMALL}, as the service does it`, ms(costs.create)],
  ]);
}
