/**
 * The cost of a request to an organization's object as its history grows. Runs the product's own class over SQLite in
 * memory, with this many rows in each table. Measures only its processor time, without the Worker and the disk.
 */

import type { ClearanceRequest } from "../../src/calling/messages/clearance.ts";
import type { BatchReport } from "../../src/calling/messages/slots.ts";
import { hashOfNumber } from "../../src/calling/numbers/person-hash.ts";
import type { BatchFilter, BatchRequest } from "../../src/organization/messages/calling.ts";
import type { DoNotCallFilter } from "../../src/organization/messages/people.ts";
import type { OrganizationRpc } from "../../src/organization/rpc.ts";
import { loadProduct } from "../simulator/platform/load.ts";
import { Storage } from "../simulator/platform/storage.ts";
import { printTable } from "./table.ts";

const ROWS = [1_000, 100_000, 1_000_000] as const;
const REPEATS = 60;
const AGENTS = 20;
const DAY = 24 * 60 * 60 * 1_000;
const BY = { id: "key_1", label: "bench" };
const KEY = "sk_bench_11111111111111111111111111111111";

export type Organization = OrganizationRpc & { alarm(): Promise<void> };

/** The n-th number of a country. */
export const number = (index: number): string => `+1${2_120_000_000 + index * 37}`;
export const ids = (prefix: string, index: number): string => `${prefix}_${String(index).padStart(8, "0")}`;

/** One row for each n from 1 on. `at`: the n-th time of the last month, or of the last day. */
const fillOf = (rows: number, now: number): string[] => {
  const each = `WITH RECURSIVE one(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM one WHERE n < ${rows})`;
  const at = `${now} - ${30 * DAY} + n * ${Math.floor((30 * DAY) / rows)}`;
  const today = `${now} - ${DAY} + n * ${Math.floor((DAY - 60_000) / rows)}`;
  const by = `'${JSON.stringify(BY)}'`;
  return [
    `${each} INSERT INTO batch_index (created_at, id, agent_id, from_number_id, at_rest, last_updated_at, summary)
      SELECT ${at}, printf('acb_old_%08d', n), printf('agent_%08d', n % ${AGENTS}), 'ap_00000000', 1, ${at} + 60000,
        json_object('id', printf('acb_old_%08d', n), 'createdAt', ${at}, 'retry_count', 0, 'lastUpdatedAt', ${at} + 60000) FROM one`,
    `${each} INSERT INTO announcements (batch_id, idempotency_key, body_hash, recipients, announced_at, arrived, batch_order)
      SELECT printf('acb_key_%08d', n), printf('key_%08d', n), 'hash', 1, ${today}, 1, '{}' FROM one`,
    `${each} INSERT INTO direct_pools (created_at, id, agent_id, from_number_id, newest_at)
      SELECT ${at} + 1, printf('acb_pool_%08d', n), printf('agent_%08d', n % ${AGENTS}), 'ap_00000000', ${at} + 60000 FROM one`,
    `${each} INSERT INTO answered_requests (key, fingerprint, begun_at, status, answer)
      SELECT printf('answered_%08d', n), 'f', ${today}, 200, '{}' FROM one`,
    `${each} INSERT INTO do_not_call (number, reason, added_at, added_by)
      SELECT '+1' || (2120000000 + n * 37), 'asked', ${at}, ${by} FROM one`,
    `${each} INSERT INTO contacts (number, at, batch_id, position, attempt)
      SELECT '+1' || (2120000018 + n * 37), ${at}, 'acb_old', n, 1 FROM one`,
  ];
};

type Case = readonly [name: string, ask: (object: Organization, turn: number) => Promise<unknown>];

const page = (startingAfter: string | null = null) => ({ limit: 100, startingAfter, endingBefore: null });
const batches = (filter: Partial<BatchFilter>): BatchFilter => ({
  agentId: null,
  statuses: [],
  words: [],
  created: { from: null, until: null },
  starts: { from: null, until: null },
  sort: "newest",
  ...filter,
});
const listed = (filter: Partial<DoNotCallFilter>): DoNotCallFilter => ({
  status: "listed",
  text: null,
  number: null,
  ...filter,
});
const numbersOf = (turn: number, from: number) =>
  Array.from({ length: 100 }, (_, index) => number(from + turn * 100 + index).replace(/.$/, "9"));
const request = (turn: number, from: number): BatchRequest => ({
  name: "bench",
  people: numbersOf(turn, from).map(hashOfNumber),
  agent_id: ids("agent", 0),
  from_number_id: ids("ap", 0),
  numbers: numbersOf(turn, from),
  target_concurrency_limit: 1,
  ringing_timeout_seconds: 60,
  max_call_duration_minutes: 10,
  scheduledAt: null,
  retryPolicy: null,
  circuitBreaker: null,
  callingWindow: null,
  callsPerSecond: null,
  onVoicemail: null,
  region: null,
  callbackBaseUrl: "https://calls.example.com",
  idempotency: { key: `new_${turn}`, bodyHash: "hash" },
});
export const RULES = { min_gap_minutes: 60, max_attempts_per_number_per_day: 3 };

const CASES: readonly Case[] = [
  ["check a key", (object) => object.authenticate(KEY)],
  ["an Idempotency-Key that is new", (object, turn) => object.beginRequest(`fresh_${turn}`, "f")],
  ["announce a batch of 100, with a key", (object, turn) => object.announceBatch(request(turn, 5_000_000))],
  ["a batch reports", (object, turn) => object.report(reportOf(turn))],
  ["clear five people under a gap and a daily number", (object, turn) => object.clear(clearanceOf(turn))],
  ["list 100 batches", (object) => object.batchPage(page(), batches({}))],
  [
    "list 100 of an agent's",
    (object, turn) => object.batchPage(page(), batches({ agentId: ids("agent", turn % AGENTS) })),
  ],
  [
    "where an agent's newest calls are",
    (object, turn) =>
      object.callSources(
        { agentId: ids("agent", turn % AGENTS), person: [] },
        { direction: "older", from: null, until: null, atMost: 100 },
      ),
  ],
  ["may an agent be deleted", (object) => object.deleteAgent(ids("agent", 1))],
  ["read a number not to call", (object, turn) => object.getDoNotCall(number(turn * 13 + 1))],
  ["search by its beginning, 100 found", (object) => object.listDoNotCall(listed({ text: "+1212" }), page())],
  [
    "search by its last four digits",
    (object, turn) => object.listDoNotCall(listed({ text: String(1_000 + turn * 7) }), page()),
  ],
  ["list 100 numbers not to call", (object) => object.listDoNotCall(listed({}), page())],
  ["list those taken off", (object) => object.listDoNotCall(listed({ status: "removed" }), page())],
  [
    "add one",
    (object, turn) =>
      object.addDoNotCall({ entries: [{ number: `+4930${10_000_000 + turn}`, reason: null }], callId: null, by: BY }),
  ],
  ["take one off", (object, turn) => object.removeDoNotCall(number(turn * 11 + 2), "again", BY)],
  ["the alarm", (object) => object.alarm()],
];

let running: { id: string; createdAt: number } = { id: "", createdAt: 0 };

const reportOf = (turn: number): BatchReport => ({
  atRest: false,
  summary: {
    ...{ id: running.id, name: "bench", agent_id: ids("agent", 0), from_number_id: ids("ap", 0), region: "US" },
    ...{
      status: "in_progress",
      retry_count: 0,
      createdAt: running.createdAt,
      lastUpdatedAt: running.createdAt + turn + 1,
    },
    ...{ total_calls_scheduled: 100, total_calls_dispatched: 0, total_calls_finished: 0 },
    ...{ target_concurrency_limit: 1, scheduledAt: null, admittedAt: null, pausedAt: null },
  },
  slots: {
    ...{ batchId: running.id, direct: false, createdAt: running.createdAt, requestNumber: 1 },
    ...{ open: true, granted: true, slots: 1, holds: 1 },
  },
});
const clearanceOf = (turn: number): ClearanceRequest => ({
  ...{ batchId: running.id, fromNumberId: ids("ap", 0), rules: RULES, atMost: 5, unused: [], isThrottled: false },
  candidates: Array.from({ length: 5 }, (_, index) => ({
    number: number(turn * 5 + index + 3).replace(/.$/, "8"),
    position: index,
    attempt: 1,
    timezone: null,
  })),
});

/** A namespace whose objects accept all messages and answer nothing. */
const deaf = { getByName: () => new Proxy({}, { get: () => async () => null }) };
const ENV = {
  BATCHES: deaf,
  ORGANIZATIONS: deaf,
  DIRECTORY: deaf,
  WEBHOOKS: deaf,
  LANES: deaf,
  ENCRYPTION_KEY: "bench",
};

/** A batch that is announced. */
export async function batchOf(object: Organization, turn: number): Promise<{ id: string; createdAt: number }> {
  const announced = await object.announceBatch(request(turn, 6_000_000));
  if (!announced.ok) throw new Error(`no batch: ${JSON.stringify(announced)}`);
  return announced.value;
}

/** `limit`: the most calls at once. */
export async function organizationWith(
  rows: number,
  classes: Record<string, unknown>,
  limit = 100,
): Promise<{ object: Organization; end: () => void }> {
  const storage = new Storage();
  const waiting: Promise<unknown>[] = [];
  const ctx = { storage: storage.interface, waitUntil: (work: Promise<unknown>) => void waiting.push(work) };
  const OrganizationObject = classes.OrganizationObject as new (ctx: object, env: object) => Organization;
  const first = new OrganizationObject(ctx, ENV);
  const made = await first.create({
    ...{ id: "org_bench", name: "bench", agent_call_concurrency_limit: limit, agents_usage_limit: null },
    ...{ calling_window: null, reserved_concurrency: 0, calls_per_second: null, ...RULES },
  });
  if (!made.ok) throw new Error(`no organization: ${JSON.stringify(made)}`);
  await first.createApiKey(KEY, { label: "bench", role: "admin", expiresAt: null });
  for (let agent = 0; agent < AGENTS; agent += 1) {
    const connection = { type: "websocket", url: "wss://agents.example.com" } as const;
    await first.createAgent({ id: ids("agent", agent), name: "bench", connection });
  }
  const { exec } = storage.interface.sql;
  exec(`INSERT INTO providers (id, carrier, label, shown, sealed_credentials, created_at, updated_at)
    VALUES ('app_bench', 'http', 'bench', '{"url": "https://dialer.example.com", "detects_machines": false}', 'sealed', 1, 1)`);
  exec(`INSERT INTO phone_numbers (id, label, number, provider_id, created_at, updated_at)
    VALUES ('${ids("ap", 0)}', 'bench', '+12125550000', 'app_bench', 1, 1)`);
  for (const statement of fillOf(rows, Date.now())) exec(statement);
  exec(`UPDATE organization SET newest_batch_at = ${Date.now()}`);
  storage.commit();
  // As after a restart, which reads what it needs again.
  const object = new OrganizationObject(ctx, ENV);
  return { object, end: () => storage.end() };
}

/** Milliseconds of processor time, the mean of many runs. */
async function timed(object: Organization, ask: Case[1]): Promise<number> {
  for (let turn = 0; turn < 5; turn += 1) await ask(object, turn);
  const before = process.cpuUsage();
  for (let turn = 5; turn < REPEATS + 5; turn += 1) await ask(object, turn);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / REPEATS;
}

export async function printGrowth(): Promise<void> {
  const { classes } = await loadProduct();
  const columns: number[][] = [];
  for (const rows of ROWS) {
    process.stderr.write(`${rows} rows in each table ...\n`);
    const { object, end } = await organizationWith(rows, classes as Record<string, unknown>);
    running = await batchOf(object, -1);
    await object.report(reportOf(-1));
    // Clears what filling the tables left in memory.
    for (const [, ask] of CASES) await ask(object, 2 * REPEATS);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const times: number[] = [];
    for (const [, ask] of CASES) times.push(await timed(object, ask));
    columns.push(times);
    end();
  }
  const header = ["ms of the processor", ...ROWS.map((rows) => `${rows.toLocaleString("en")} rows`)];
  printTable([header, ...CASES.map(([name], at) => [name, ...columns.map((times) => (times[at] ?? 0).toFixed(2))])]);
}
