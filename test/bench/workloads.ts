/**
 * The workloads W1 to W7. Each runs once for a contender and returns named figures. The runner repeats them in turn and
 * takes medians. Times of calls are from the carrier's own records.
 */

import type { Moments } from "../carrier/call.ts";
import { BATCHES, type Batch, type BatchPage } from "../local/wire.ts";
import type { BenchCarrier } from "./carrier.ts";
import { type BatchFields, batchBody, type Contender, hostOf, LATER, Tenant } from "./contender.ts";
import { cpuMs } from "./cpu.ts";
import { median, quantile } from "./stats.ts";

export type Unit = "ms" | "calls/s" | "share" | "bytes" | "batches/s";
export type Figure = { readonly name: string; readonly unit: Unit; readonly value: number };
export type Workload = {
  readonly id: string;
  readonly title: string;
  /** The most runs, for workloads that take long and vary little. */
  readonly runsAtMost?: number;
  readonly run: (contender: Contender, carrier: BenchCarrier) => Promise<Figure[]>;
};

/** The largest batch that the API accepts. */
export const MOST = 5_000;
const LONG_MS = 240_000;

const spread = (samples: readonly number[], what: string): Figure[] => [
  { name: `${what} p50`, unit: "ms", value: quantile(samples, 0.5) },
  { name: `${what} p99`, unit: "ms", value: quantile(samples, 0.99) },
];

/** Calls a second, from the first dial until the last end was answered. */
function rateOf(moments: readonly Moments[]): number {
  const first = Math.min(...moments.map(({ arrived }) => arrived));
  const last = Math.max(...moments.map(({ acknowledged }) => acknowledged ?? 0));
  return (moments.length / (last - first)) * 1_000;
}

type Dialed = {
  readonly tenants: readonly Tenant[];
  readonly recipients: number;
  readonly fields: BatchFields;
  /** The carrier's delay before it answers a request for a call; 0: none. */
  readonly answerMs?: number;
};

export const PROCESSOR_TIME = "processor time a call";

/** Several batches, created at once and dialed to the end. `processor`: empty where no process can be measured. */
async function dialed(
  { tenants, recipients, fields, answerMs = 0 }: Dialed,
  contender: Contender,
  carrier: BenchCarrier,
): Promise<{ readonly moments: readonly Moments[]; readonly processor: readonly Figure[] }> {
  const host = hostOf(contender);
  await carrier.forget(host);
  if (answerMs > 0) await carrier.answersAfter(host, answerMs);
  const body = batchBody(recipients, fields);
  const calls = recipients * tenants.length;
  const before = cpuMs(contender.pids);
  await Promise.all(tenants.map((tenant) => tenant.create(body)));
  const moments = await carrier.untilOver(host, calls, LONG_MS);
  const after = cpuMs(contender.pids);
  if (before === null || after === null) return { moments, processor: [] };
  return { moments, processor: [{ name: PROCESSOR_TIME, unit: "ms", value: (after - before) / calls }] };
}

/** Recipients, and how often: a small create takes about as long as this machine's noise. */
const CREATES = [
  [10, 50],
  [100, 50],
  [1_000, 5],
  [MOST, 1],
] as const;

async function create(contender: Contender): Promise<Figure[]> {
  const figures: Figure[] = [];
  const tenant = await Tenant.of(contender, 100);
  for (const [size, times] of CREATES) {
    const body = batchBody(size, LATER);
    const samples: number[] = [];
    for (let count = 0; count < times; count += 1) samples.push((await tenant.timed("POST", BATCHES, body)).ms);
    figures.push({ name: `create ${size}`, unit: "ms", value: median(samples) });
  }
  return figures;
}

const drain =
  (concurrency: number, recipients = MOST, answerMs = 0) =>
  async (contender: Contender, carrier: BenchCarrier): Promise<Figure[]> => {
    const tenant = await Tenant.of(contender, concurrency);
    const fields = { target_concurrency_limit: concurrency };
    const { moments, processor } = await dialed(
      { tenants: [tenant], recipients, fields, answerMs },
      contender,
      carrier,
    );
    await requireCompleted(tenant, recipients);
    return [{ name: `drain ${recipients} at ${concurrency}`, unit: "calls/s", value: rateOf(moments) }, ...processor];
  };

/** Fails unless service and carrier agree that all recipients were reached. */
async function requireCompleted({ client }: Tenant, recipients: number): Promise<void> {
  const { data } = await client.get<BatchPage>(`${BATCHES}?limit=1`);
  const batch = await client.get<Batch>(`${BATCHES}/${data[0]?.id ?? ""}`);
  const completed = batch.recipients.filter(({ status }) => status === "completed").length;
  if (completed !== recipients) throw new Error(`${completed} of ${recipients} recipients are completed`);
}

const REFILL_CONCURRENCY = 10;

/**
 * With ten slots, the 11th call is dialed because the first of the first ten ended, and so on. The n-th end causes call
 * n + 10. Order statistics need no help from the contender.
 */
async function refill(contender: Contender, carrier: BenchCarrier): Promise<Figure[]> {
  const tenant = await Tenant.of(contender, REFILL_CONCURRENCY);
  const fields = { target_concurrency_limit: REFILL_CONCURRENCY };
  const { moments } = await dialed({ tenants: [tenant], recipients: 500, fields }, contender, carrier);
  const arrivals = moments.map(({ arrived }) => arrived).sort((a, b) => a - b);
  const ends = moments.map(({ ended }) => ended ?? 0).sort((a, b) => a - b);
  const waits = arrivals.slice(REFILL_CONCURRENCY).map((arrived, index) => arrived - (ends[index] ?? arrived));
  return spread(waits, "end of a call to next dial");
}

const GETS = 20;

async function getFinished(contender: Contender, carrier: BenchCarrier): Promise<Figure[]> {
  const tenant = await Tenant.of(contender, 500);
  const host = hostOf(contender);
  await carrier.forget(host);
  const { id } = await tenant.create(batchBody(MOST, { target_concurrency_limit: 500 }));
  await carrier.untilOver(host, MOST, LONG_MS);
  const samples: number[] = [];
  let size = 0;
  const before = cpuMs(contender.pids);
  for (let count = 0; count < GETS; count += 1) {
    const { ms, bytes } = await tenant.timed("GET", `${BATCHES}/${id}`);
    samples.push(ms);
    size = bytes;
  }
  const after = cpuMs(contender.pids);
  const figures: Figure[] = [...spread(samples, `get ${MOST}`), { name: "answer", unit: "bytes", value: size }];
  if (before === null || after === null) return figures;
  return [...figures, { name: "processor time a get", unit: "ms", value: (after - before) / GETS }];
}

const SHARED_LIMIT = 100;
const SHARING_BATCHES = 20;

/** `slots used`: mean calls in flight divided by the limit, from the first dial until no recipient waits. */
async function share(contender: Contender, carrier: BenchCarrier): Promise<Figure[]> {
  const tenant = await Tenant.of(contender, SHARED_LIMIT);
  const tenants = Array<Tenant>(SHARING_BATCHES).fill(tenant);
  const fields = { target_concurrency_limit: 20 };
  const { moments, processor } = await dialed({ tenants, recipients: 250, fields }, contender, carrier);
  const first = Math.min(...moments.map(({ arrived }) => arrived));
  const lastDial = Math.max(...moments.map(({ arrived }) => arrived));
  const inFlight = moments.reduce((sum, one) => sum + Math.min(one.ended ?? lastDial, lastDial) - one.arrived, 0);
  return [
    { name: `${SHARING_BATCHES} batches under ${SHARED_LIMIT}`, unit: "calls/s", value: rateOf(moments) },
    { name: "slots used", unit: "share", value: inFlight / ((lastDial - first) * SHARED_LIMIT) },
    ...processor,
  ];
}

const LISTED_BATCHES = 2_000;
const CLIENTS = 20;
const LISTS = 200;

async function list(contender: Contender): Promise<Figure[]> {
  const tenant = await Tenant.of(contender, 100);
  const body = batchBody(1, LATER);
  const started = performance.now();
  let left = LISTED_BATCHES;
  const client = async (): Promise<void> => {
    for (; left > 0; ) {
      left -= 1;
      await tenant.create(body);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const created = (LISTED_BATCHES / (performance.now() - started)) * 1_000;
  const samples: number[] = [];
  for (let count = 0; count < LISTS; count += 1) samples.push((await tenant.timed("GET", `${BATCHES}?limit=100`)).ms);
  return [...spread(samples, "list 100"), { name: `create by ${CLIENTS} clients`, unit: "batches/s", value: created }];
}

const ORGANIZATIONS = 200;

async function manyOrganizations(contender: Contender, carrier: BenchCarrier): Promise<Figure[]> {
  const tenants: Tenant[] = [];
  for (let count = 0; count < ORGANIZATIONS; count += 1) tenants.push(await Tenant.of(contender, 10));
  const fields = { target_concurrency_limit: 5 };
  const { moments, processor } = await dialed({ tenants, recipients: 20, fields }, contender, carrier);
  return [{ name: `${ORGANIZATIONS} organizations at once`, unit: "calls/s", value: rateOf(moments) }, ...processor];
}

export const W2: Workload = { id: "W2", title: "drain 5,000 recipients, 100 calls at once", run: drain(100) };

export const WORKLOADS: readonly Workload[] = [
  { id: "W1", title: "create a batch, until the 201", run: create },
  W2,
  { id: "W2-500", title: "the same, 500 at once", run: drain(500), runsAtMost: 3 },
  { id: "W2-2000", title: "the same, 2,000 at once", run: drain(2_000), runsAtMost: 3 },
  {
    id: "W2-late",
    title: "1,000 at 100, a carrier that answers after 200 ms",
    run: drain(100, 1_000, 200),
    runsAtMost: 3,
  },
  { id: "W3", title: "refill of a slot, 10 calls at once", run: refill },
  { id: "W4", title: "get a finished batch of 5,000", run: getFinished, runsAtMost: 1 },
  { id: "W5", title: "20 batches of 250 under one limit of 100", run: share },
  { id: "W6", title: "list 100 of 2,000 batches", run: list, runsAtMost: 3 },
  { id: "W7", title: "200 organizations with a batch of 20 each", run: manyOrganizations, runsAtMost: 3 },
];
