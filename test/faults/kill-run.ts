/**
 * Kills the whole service, again and again, at moments that a seed chooses, while it dials. After each kill it is only
 * started again: no request reaches it until the last kill is over. The carrier and a receiver of webhooks run in this
 * process, live on, and are the witnesses.
 */

import { type Random, seededRandom } from "../carrier/random.ts";
import { startCarrier } from "../carrier/server.ts";
import { Client } from "../local/client.ts";
import { DEMO, provision } from "../local/provision.ts";
import { LocalService } from "../local/service.ts";
import { settingsFrom } from "../local/settings.ts";
import { BATCHES, type Batch, type BatchSummary, type NewBatch } from "../local/wire.ts";
import { type Findings, judge, type LedgerSeen, type WitnessedCall } from "./judge.ts";
import { Listener } from "./listener.ts";

export type KillOptions = {
  readonly seed: number;
  readonly kills: number;
  readonly batches: number;
  readonly recipientsPerBatch: number;
  readonly limit: number;
  /**
   * The batches retry once after a minute. They have a calling window that is always open, a minimum gap, a daily limit
   * and a pace; and the do-not-call list is not empty.
   */
  readonly isCampaign: boolean;
  /** Until the carrier answers a request for a call; from 50 ms on calls are placed through lanes, too. */
  readonly answerMs: number;
  /** How long the service lives between two kills, at least and at most. */
  readonly livesMs: readonly [number, number];
  readonly env: Readonly<Record<string, string>>;
  readonly say: (line: string) => void;
};
export type KillReport = {
  readonly findings: Findings;
  readonly kills: number;
  readonly recipients: number;
  readonly calls: number;
  /** By status, and among the failed those whose outcome cannot be known. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Events that the webhook was told more than once. */
  readonly toldAgain: number;
  /** A batch that needs every slot was admitted at once when all was over. */
  readonly wholeLimitIsFree: boolean;
};

/** Everybody has a number of their own, so that the carrier's records tell who was called. By area code, what becomes of it. */
const OUTCOMES = {
  "+1415*": {},
  "+1416*": {},
  "+1417*": {},
  "+1418*": {},
  "+1419*": { ends: "busy" },
  "+1434*": { ends: "no-answer" },
  "+1423*": { ends: "failed" },
  "+1424*": { callbacks: "without_completed" },
  "+1425*": { callbacks: "reversed_twice" },
  "+1430*": { first_request: 429 },
} as const;
const RINGING_TIMEOUT_SECONDS = 5;
const CAMPAIGN = {
  retry_policy: {
    max_attempts: 2,
    retry_on: ["dial_busy", "dial_no_answer"],
    intervals_minutes: [1],
    min_gap_minutes: 1,
    max_attempts_per_number_per_day: 5,
  },
  calls_per_second: 50,
  calling_window: {
    timezone_mode: "fixed",
    timezone: "UTC",
    windows: [{ days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], start: "00:00", end: "24:00" }],
  },
} as const;
const NEVER_CALLED = "+12125550199";
const END_TIMEOUT_MS = 300_000;
const POLL_MS = 250;

const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms));
const between = (random: Random, [least, most]: readonly [number, number]): number => least + random() * (most - least);

export async function runKills(options: KillOptions): Promise<KillReport> {
  const { seed, limit, kills, say } = options;
  const random = seededRandom(seed);
  const carrier = await startCarrier({ port: 0, ringMs: 150, talkMs: 600, jitter: 0.5, seed });
  const listener = await Listener.start();
  const settings = settingsFrom({
    ...options.env,
    TWILIO_API_BASE_URL: carrier.url,
    CALL_CHECK_SECONDS: "2",
    // As on Cloudflare: then late answers lead to lanes.
    CARRIER_CONNECTIONS: "6",
  });
  let service = new LocalService(settings);
  try {
    await service.start();
    const control = new Client(carrier.url);
    await control.send("PUT", "/__carrier/outcomes", OUTCOMES);
    if (options.answerMs > 0) {
      await control.send("PUT", "/__carrier/faults", { place: { mode: "late-answer", delay_ms: options.answerMs } });
    }
    await setUp(service, limit);
    const client = Client.ofOrganization(service.baseUrl, DEMO.apiKey);
    await listener.listenTo(client);
    if (options.isCampaign) await client.post("/agents/do-not-call", { number: NEVER_CALLED });
    const batches = await createBatches(client, options, random);
    for (let kill = 1; kill <= kills; kill += 1) {
      const lifeMs = between(random, options.livesMs);
      await pause(lifeMs);
      await service.kill();
      service = new LocalService(settings);
      await service.start();
      const { placed } = await witnessOf(carrier.url);
      say(`kill ${kill} of ${kills} after ${Math.round(lifeMs)} ms; ${placed} calls placed so far`);
    }
    return await judged(options, client, service, carrier.url, batches, listener);
  } finally {
    await service.stop();
    await Promise.all([carrier.close(), listener.close()]);
  }
}

async function setUp(service: LocalService, limit: number): Promise<void> {
  await provision(service);
  const operator = Client.ofOperator(service.baseUrl, service.secrets.adminToken);
  await operator.send("PATCH", `/admin/organizations/${DEMO.organizationId}`, { agent_call_concurrency_limit: limit });
}

async function createBatches(client: Client, options: KillOptions, random: Random): Promise<string[]> {
  const ids: string[] = [];
  for (let count = 0; count < options.batches; count += 1) {
    const order: NewBatch = {
      name: `Killed ${count}`,
      agent_id: DEMO.agentId,
      from_number_id: DEMO.numberId,
      // Some run side by side, some wait for each other.
      target_concurrency_limit: Math.max(1, Math.round(between(random, [options.limit / 4, options.limit]))),
      ringing_timeout_seconds: RINGING_TIMEOUT_SECONDS,
      ...(options.isCampaign ? CAMPAIGN : {}),
      recipients: Array.from({ length: options.recipientsPerBatch }, (_, index) => ({
        to_number: destination(random, count * options.recipientsPerBatch + index),
      })),
    };
    ids.push((await client.post<BatchSummary>(BATCHES, order)).id);
  }
  return ids;
}

function destination(random: Random, index: number): string {
  const prefixes = Object.keys(OUTCOMES).map((prefix) => prefix.replace("*", ""));
  return `${prefixes[Math.floor(random() * prefixes.length)]}556${String(index).padStart(4, "0")}`;
}

async function judged(
  { limit, kills, isCampaign, say }: KillOptions,
  client: Client,
  service: LocalService,
  carrierUrl: string,
  ids: readonly string[],
  listener: Listener,
): Promise<KillReport> {
  say("the last kill is over; from here on the API is asked how it ends");
  const batches: Batch[] = [];
  for (const id of ids) batches.push(await ended(client, id));
  const witness = await witnessOf(carrierUrl);
  const operator = Client.ofOperator(service.baseUrl, service.secrets.adminToken);
  const ledgerPath = `/admin/organizations/${DEMO.organizationId}/ledger`;
  const ledger = await until("the ledger is empty", async () => {
    const seen = await operator.get<LedgerSeen>(ledgerPath);
    return seen.holding.length + seen.waiting.length === 0 ? seen : null;
  });
  const untold = await untoldAtLast(listener, client, ids);
  const findings = judge(batches, { ...witness, in_flight: 0 }, ledger, limit, isCampaign ? 2 : 1, untold);
  const recipients = batches.flatMap((batch) => batch.recipients);
  const outcomes: Record<string, number> = {};
  for (const { status, error_message } of recipients) {
    const name = error_message?.startsWith("it is not certain") ? "failed, not certain" : status;
    outcomes[name] = (outcomes[name] ?? 0) + 1;
  }
  return {
    findings,
    kills,
    recipients: recipients.length,
    calls: witness.calls.length,
    outcomes,
    toldAgain: listener.repeated.length,
    wholeLimitIsFree: await isWholeLimitFree(client, limit),
  };
}

/** What a kill left undelivered is tried again within a minute. */
const TOLD_WITHIN_MS = 120_000;
async function untoldAtLast(listener: Listener, client: Client, ids: readonly string[]): Promise<readonly string[]> {
  const giveUpAt = performance.now() + TOLD_WITHIN_MS;
  for (;;) {
    const untold = await listener.untold(client, ids);
    if (untold.length === 0 || performance.now() > giveUpAt) return [...untold, ...listener.forged];
    await pause(1_000);
  }
}

async function isWholeLimitFree(client: Client, limit: number): Promise<boolean> {
  const created = await client.post<BatchSummary & { admitted_at?: string }>(BATCHES, {
    name: "Needs every slot",
    agent_id: DEMO.agentId,
    from_number_id: DEMO.numberId,
    target_concurrency_limit: limit,
    recipients: Array.from({ length: limit }, (_, index) => ({
      to_number: `+1646555${String(index).padStart(4, "0")}`,
    })),
  });
  const batch = await ended(client, created.id);
  return batch.target_concurrency_limit === limit && batch.recipients.every(({ status }) => status === "completed");
}

const ended = (client: Client, id: string): Promise<Batch> =>
  until(`batch ${id} is over`, async () => {
    const batch = await client.get<Batch>(`${BATCHES}/${id}`);
    return batch.total_calls_finished === batch.total_calls_scheduled ? batch : null;
  });

async function witnessOf(carrierUrl: string) {
  const control = new Client(carrierUrl);
  const { placed, peak_in_flight } = await control.get<{ placed: number; peak_in_flight: number }>(
    "/__carrier/summary",
  );
  return { placed, peak_in_flight, calls: await control.get<WitnessedCall[]>("/__carrier/calls") };
}

async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const giveUpAt = performance.now() + END_TIMEOUT_MS;
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    if (performance.now() > giveUpAt) throw new Error(`not so within ${END_TIMEOUT_MS / 1_000} s: ${what}`);
    await pause(POLL_MS);
  }
}
