/**
 * What a batch that sleeps with thousands of attempts takes until it has dialed the next recipient. Runs the product's own
 * class over SQLite in memory, from its constructor to the request to the carrier. Measures only its processor time.
 */

import type { BatchRpc } from "../../src/batch/rpc.ts";
import { BATCH_LATE } from "../../src/batch/store/migrations.ts";
import { packRecipients } from "../../src/batch/store/recipients.ts";
import type { BatchOrder } from "../../src/calling/messages/batch-order.ts";
import { DAYS } from "../../src/calling/messages/calling-window.ts";
import type { BatchReport } from "../../src/calling/messages/slots.ts";
import { USUAL_BREAKER } from "../../src/calling/words/circuit-breaker.ts";
import { sampleDialing, sampleOrder } from "../batch/samples.ts";
import { sampleAccount } from "../dialer/samples.ts";
import { sign } from "../dialer/signing.ts";
import { loadProduct } from "../simulator/platform/load.ts";
import { Storage } from "../simulator/platform/storage.ts";
import { median } from "./stats.ts";
import { printTable } from "./table.ts";

const ATTEMPTS = 5_000;
const IN_FLIGHT = 10;
/** More people wait than are dialed here. */
const WAITING = 200;
const REPEATS = 31;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TOKEN = "1111111111111111111111";
const ORDER: BatchOrder = {
  ...sampleOrder,
  id: "acb_TX9N9ULdcZQd5CEgrpdpAE",
  organizationId: "org_bench",
  target_concurrency_limit: IN_FLIGHT,
};
/** All day but for a minute, by each callee's clock. */
const WINDOW: BatchOrder["callingWindow"] = {
  timezone_mode: "recipient",
  timezone: null,
  windows: [{ days: [...DAYS], start: 0, end: 1_439 }],
  excluded_dates: [],
  unknown_timezone: "block",
  expiresAt: null,
};

type Batch = BatchRpc & { alarm(): Promise<void> };
type BatchClass = new (ctx: object, env: object) => Batch;

type Case = {
  readonly name: string;
  readonly order?: Partial<BatchOrder>;
  /** A number of the n-th recipient. */
  readonly number?: (index: number) => string;
  /** The reports of the organization were told an hour ago, and of the attempts since then not yet. */
  readonly isUntold?: boolean;
  readonly wakes: "callback" | "alarm";
};

const american = (index: number): string => `+1${2_120_000_000 + index * 37}`;
const german = (index: number): string => `+4930${10_000_000 + index}`;

const CASES: readonly Case[] = [
  { name: "a call ends", wakes: "callback" },
  { name: "the same with a circuit breaker", wakes: "callback", order: { circuitBreaker: USUAL_BREAKER } },
  { name: "the same with a calling window", wakes: "callback", order: { callingWindow: WINDOW } },
  { name: "the same, and reports are due", wakes: "callback", isUntold: true },
  { name: "the same of German numbers", wakes: "callback", isUntold: true, number: german },
  { name: "retries are due", wakes: "alarm" },
];

/** Of people whose calls are over, and of those in flight or, if the alarm wakes it, of those who are called again. */
const fillOf = (now: number, { wakes }: Case): string[] => {
  const each = `WITH RECURSIVE one(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM one WHERE n < ${ATTEMPTS})`;
  const over = ATTEMPTS - IN_FLIGHT;
  const at = `${now} - ${HOUR} + n * ${Math.floor((HOUR - 2 * MINUTE) / ATTEMPTS)}`;
  const isRetry = wakes === "alarm";
  return [
    `${each} INSERT INTO attempts (number, position, attempt, status, token, carrier_call_id, created_at, dispatched_at,
        answered_at, ended_at, end_reason, due_at, updated_at)
      SELECT n, n - 1, 1, iif(n <= ${over}, 'completed', '${isRetry ? "failed" : "started"}'), '${TOKEN}',
        printf('CA%032d', n), ${at}, ${at}, iif(n <= ${over} OR ${!isRetry}, ${at} + 5000, NULL),
        iif(n <= ${over} OR ${isRetry}, ${at} + 60000, NULL),
        iif(n <= ${over}, 'client_hangup', ${isRetry ? "'dial_busy'" : "NULL"}),
        iif(n <= ${over} OR ${isRetry}, NULL, ${now} + ${HOUR}), ${at} + 60000 FROM one`,
    ...(isRetry
      ? [
          `INSERT INTO attempts (position, attempt, status, created_at, due_at, updated_at)
            SELECT position, 2, 'queued', updated_at, ${now} - 1000, updated_at FROM attempts WHERE status = 'failed'`,
        ]
      : []),
  ];
};

const PEOPLE = ATTEMPTS + WAITING;

/** Answers like an organization with slots and without rules. */
function organization(counted: () => void) {
  const report = async ({ slots }: BatchReport) => ({
    ...{ grantedRequest: slots.requestNumber, grantedSlots: IN_FLIGHT, webhooks: [], isFree: true },
  });
  const methods: Readonly<Record<string, (asked: never) => Promise<unknown>>> = {
    report,
    clear: async () => ({ isFree: true, isRemembered: false, verdicts: [] }),
    dialing: async () => ({ ok: true, value: sampleDialing }),
  };
  return new Proxy(
    {},
    {
      get: (_, name) => {
        counted();
        return methods[String(name)] ?? (async () => null);
      },
    },
  );
}

const ENV = { ENCRYPTION_KEY: "bench", PUBLIC_BASE_URL: ORDER.callbackBaseUrl };

function callback(batch: Batch, number: number): Promise<unknown> {
  const form = [
    ["CallSid", `CA${String(number).padStart(32, "0")}`],
    ["CallStatus", "completed"],
    ["CallDuration", "5"],
  ] as const;
  const pathAndQuery = "/callbacks/twilio/a_call";
  return batch.callback(number, TOKEN, {
    method: "POST",
    pathAndQuery,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-twilio-signature": sign(sampleAccount().auth_token ?? "", ORDER.callbackBaseUrl + pathAndQuery, form),
    },
    body: new URLSearchParams(form as unknown as string[][]).toString(),
  });
}

type Costs = { readonly ms: number; readonly rowsRead: number; readonly messages: number };
const msSince = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

/** Sleeping objects of a case; each time one of them wakes, and afterwards sleeps as before. */
class Sleeping {
  readonly #class: BatchClass;
  readonly #case: Case;
  readonly #storage = new Storage();
  #messages = 0;

  constructor(batchClass: BatchClass, one: Case) {
    this.#class = batchClass;
    this.#case = one;
  }

  async prepare(): Promise<void> {
    const now = Date.now();
    const { order = {}, number = american, isUntold = false } = this.#case;
    const people = Array.from({ length: PEOPLE }, (_, index) => ({
      to_number: number(index),
      metadata: JSON.stringify({ first_name: "Ada", account: `A-${100_000 + index}` }),
      timezone: null,
    }));
    const scheduledAt = now + 24 * HOUR;
    const given = { ...ORDER, ...order, createdAt: now - 2 * HOUR, scheduledAt };
    await this.#woken().create(given, PEOPLE, packRecipients(people));
    const { exec } = this.#storage.interface.sql;
    exec(`UPDATE batch SET scheduled_at = NULL, admitted_at = ${now - HOUR}, request_open = 1, request_number = 1,
      granted_slots = ${IN_FLIGHT}, asked_slots = ${IN_FLIGHT}, sums_told = ${isUntold ? now - HOUR : now - MINUTE / 2}`);
    // The first dial would make it.
    exec(BATCH_LATE.get("attempts") ?? "");
    for (const statement of fillOf(now, this.#case)) exec(statement);
    this.#storage.commit();
  }

  #woken(): Batch {
    const one = organization(() => {
      this.#messages += 1;
    });
    const silent = { getByName: () => new Proxy({}, { get: () => () => new Promise(() => {}) }) };
    const ctx = {
      storage: this.#storage.interface,
      waitUntil: () => {},
      getWebSockets: () => [],
      setWebSocketAutoResponse: () => {},
    };
    const env = { ...ENV, ORGANIZATIONS: { getByName: () => one }, WEBHOOKS: silent, LANES: silent };
    return new this.#class(ctx, env);
  }

  async wake(): Promise<Costs> {
    this.#messages = 0;
    let dialed: (ms: number) => void = () => {};
    const dialing = new Promise<number>((resolve) => {
      dialed = resolve;
    });
    const before = process.cpuUsage();
    globalThis.fetch = () => {
      dialed(msSince(before));
      return new Promise(() => {});
    };
    const batch = this.#woken();
    const isByCallback = this.#case.wakes === "callback";
    void (isByCallback ? callback(batch, ATTEMPTS) : batch.alarm());
    const ms = await dialing;
    const { rowsRead } = (batch as unknown as { cost(): { rowsRead: number } }).cost();
    const messages = this.#messages;
    await new Promise(setImmediate);
    this.#storage.rollback();
    return { ms, rowsRead, messages };
  }

  end(): void {
    this.#storage.end();
  }
}

export async function printCold(): Promise<void> {
  const { classes } = await loadProduct();
  const { BatchObject } = classes as unknown as { readonly BatchObject: BatchClass };
  // Nothing is waited for here but the first dial, and what comes later belongs to a life that is over.
  const real = { fetch: globalThis.fetch, setTimeout: globalThis.setTimeout };
  const stand = { setTimeout: () => 0, WebSocketRequestResponsePair: class {} };
  for (const [name, value] of Object.entries(stand)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  const rows: string[][] = [];
  for (const one of CASES) {
    const sleeping = new Sleeping(BatchObject, one);
    await sleeping.prepare();
    const costs: Costs[] = [];
    for (let turn = 0; turn < REPEATS; turn += 1) costs.push(await sleeping.wake());
    sleeping.end();
    const [first] = costs;
    rows.push([
      one.name,
      median(costs.map(({ ms }) => ms)).toFixed(1),
      String(first?.rowsRead),
      String(first?.messages),
    ]);
  }
  Object.assign(globalThis, real);
  const header = [
    `a batch with ${ATTEMPTS.toLocaleString("en")} attempts wakes because`,
    "ms of the processor",
    "rows read",
    "messages",
  ];
  printTable([header, ...rows]);
}
