/** One history: a seed decides what clients do, what fails and how telephones behave. Then the judge checks it all. */

import { Dialer } from "./carriers/dialer.ts";
import { Telephone } from "./carriers/telephone.ts";
import { TWILIO_HOST, Twilio } from "./carriers/twilio.ts";
import { Client } from "./clients/client.ts";
import type { OrganizationOfPlan, Plan } from "./clients/commands.ts";
import {
  type Known,
  type KnownBatch,
  type KnownOrganization,
  knownOrganization,
  NUMBERS,
  numberId,
  providerId,
} from "./clients/known.ts";
import { Performer } from "./clients/perform.ts";
import { planOf } from "./clients/plan.ts";
import { Receiver, receiverHost, receiverSecret } from "./clients/receiver.ts";
import { Auditor } from "./judge/answers.ts";
import { watchBreakers } from "./judge/breaker.ts";
import { watchCapacity } from "./judge/capacity.ts";
import { RulesOfCalling } from "./judge/rules.ts";
import { Chance } from "./platform/chance.ts";
import { type Faults, faultsOf, NO_FAULTS, OFFERED } from "./platform/faults.ts";
import { installGlobals, runOn } from "./platform/globals.ts";
import { Platform, type Product } from "./platform/platform.ts";
import { type Actor, type Event, Scheduler } from "./platform/scheduler.ts";
import { consumeLater } from "./platform/web.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** By what plans order, nothing waits longer. */
const OVER_WITHIN_MS = 60 * DAY;

/** No plan leads to more, unless something runs in circles. */
const EVENTS_AT_MOST = 60_000;

export type Asked = {
  readonly seed: number;
  /** Only these faults happen; null: all that are drawn. */
  readonly faults?: ReadonlySet<string> | null;
  /** Only these commands are run; null: all of the plan. */
  readonly commands?: ReadonlySet<string> | null;
  readonly offered?: ReadonlySet<keyof Faults>;
  readonly onEvent?: (event: Event, actor: Actor) => void;
};

export type Told = {
  readonly seed: number;
  readonly problems: readonly string[];
  readonly calls: number;
  readonly events: number;
  /** Equal for equal histories. */
  readonly trace: number;
  readonly faults: readonly string[];
  readonly commands: readonly string[];
  readonly logged: ReadonlyMap<string, number>;
};

export async function runHistory(product: Product, asked: Asked): Promise<Told> {
  installGlobals();
  const chance = new Chance(asked.seed, asked.faults ?? null);
  const whole = planOf(chance);
  const kept = asked.commands ?? null;
  const plan: Plan = { ...whole, commands: whole.commands.filter(({ id }) => kept === null || kept.has(id)) };
  const scheduler = new Scheduler(plan.startsAt - HOUR);
  scheduler.onEvent = asked.onEvent ?? null;
  const platform = new Platform(product, scheduler, chance, faultsOf(chance, asked.offered ?? OFFERED));
  platform.consume = (body) => consumeLater(platform, body);
  runOn(platform);
  try {
    const telephone = new Telephone(scheduler, chance);
    telephone.outage = plan.outage && {
      from: plan.startsAt + plan.outage.from,
      until: plan.startsAt + plan.outage.until,
    };
    const client = new Client(platform);
    const known = worldOf(platform, telephone, plan);
    client.at(scheduler.now, "setup", async () => {
      for (const organization of known.organizations) await setUp(platform, client, organization);
    });
    await scheduler.run(plan.startsAt);
    // An unusable history would look like a found problem.
    if (platform.setupFailed !== null)
      throw new Error(`the simulated organization is refused: ${platform.setupFailed}`);
    const mayBeUnknown = platform.faults.questionFails > 0;
    const rules = new RulesOfCalling({ platform, telephone, known, zonesOf: product.zonesOf, mayBeUnknown });
    watchCapacity(platform, telephone, known);
    watchBreakers(platform, telephone, known, plan.commands);
    telephone.watchers.push(rules);
    const learned = (batch: KnownBatch, id: string): void => {
      batch.batchId = id;
      known.byId.set(id, batch);
      rules.learned(batch);
    };
    const auditor = new Auditor(platform, client, known, telephone, learned);
    const look = auditor.look.bind(auditor);
    const performer = new Performer({ platform, client, known, telephone, learned, look });
    chance.areFaultsOn = true;
    for (const command of plan.commands) {
      client.at(plan.startsAt + command.at, command.id, () => performer.perform(command));
    }
    const hasFailed = (): boolean => {
      if (scheduler.events > EVENTS_AT_MOST) platform.problem(`it does not come to rest: ${scheduler.events} events`);
      return platform.problems.length > 0;
    };
    await scheduler.run(plan.startsAt + HOUR, hasFailed);
    chance.areFaultsOn = false;
    platform.faults = NO_FAULTS;
    await drain(platform, client, known, hasFailed);
    if (!hasFailed()) {
      client.at(scheduler.now, "judge", () => auditor.judgeEnd());
      await scheduler.run(scheduler.now + 10 * MINUTE);
    }
    return {
      seed: asked.seed,
      problems: platform.problems,
      calls: telephone.calls.length,
      events: scheduler.events,
      trace: scheduler.trace,
      faults: chance.faults,
      commands: plan.commands.map(({ id }) => id),
      logged: platform.logged,
    };
  } finally {
    runOn(null);
    platform.end();
  }
}

/** Humans resume what they stopped; then everything must end by itself. */
async function drain(platform: Platform, client: Client, known: Known, hasFailed: () => boolean): Promise<void> {
  const { scheduler } = platform;
  client.at(scheduler.now + MINUTE, "drain", async () => {
    for (const { organization, batchId, paused } of known.batches.values()) {
      paused.begin(false, scheduler.now);
      if (batchId !== null) await client.ask(organization.key, "POST", `/agents/calls/batches/${batchId}/resume`);
    }
  });
  await scheduler.run(scheduler.now + OVER_WITHIN_MS, hasFailed);
}

function worldOf(platform: Platform, telephone: Telephone, plan: Plan): Known {
  const { startsAt, organizations, areCarriersSlow } = plan;
  const accounts = organizations.map((organization) => ({
    sid: accountSid(organization),
    organizationId: organization.id,
    authToken: organization.signsCallbacks ? AUTH_TOKEN : null,
  }));
  platform.servers.set(TWILIO_HOST, new Twilio(platform, telephone, accounts, areCarriersSlow));
  for (const { id } of organizations) {
    const account = { host: dialerHost(id), organizationId: id, token: TOKEN, webhookSecret: WEBHOOK_SECRET };
    platform.servers.set(account.host, new Dialer(platform, telephone, account, areCarriersSlow));
  }
  return {
    organizations: organizations.map((one) => knownOrganization(one, receiverOf(platform, one), startsAt)),
    batches: new Map(),
    byId: new Map(),
    zones: new Map(),
  };
}

function receiverOf(platform: Platform, { id, hasWebhook }: OrganizationOfPlan): Receiver | null {
  if (!hasWebhook) return null;
  const receiver = new Receiver(platform, id);
  platform.servers.set(receiverHost(id), receiver);
  return receiver;
}

const AUTH_TOKEN = "auth token of the simulation";
const TOKEN = "token-of-the-simulated-dialer";
const WEBHOOK_SECRET = "whsec_c2VjcmV0LW9mLXRoZS1zaW11bGF0ZWQtZGlhbGVy";
const dialerHost = (organizationId: string): string => `${organizationId.replace("_", "-")}.dialer.example.com`;
const accountSid = ({ id }: OrganizationOfPlan): string => `AC${Buffer.from(id).toString("hex").padEnd(32, "0")}`;

async function setUp(platform: Platform, client: Client, { plan, key, receiver }: KnownOrganization): Promise<void> {
  const { id, limit, reserved, rules, signsCallbacks } = plan;
  const done = async (asked: Promise<{ status: number | null; body: unknown }>): Promise<unknown> => {
    const { status, body } = await asked;
    if (status === null || status >= 300) platform.setupFailed ??= `${status} ${JSON.stringify(body)}`;
    return body;
  };
  await done(
    client.operator("POST", "", {
      id,
      name: id,
      agent_call_concurrency_limit: limit,
      reserved_concurrency: reserved,
      ...rules,
    }),
  );
  await done(client.operator("POST", `/${id}/api-keys`, { label: "simulation", key }));
  const connection = { type: "websocket", url: "wss://agent.example.com/audio" };
  await done(client.ask(key, "POST", "/agents", { id: "agent_a", name: "agent", connection }));
  const accounts = {
    twilio: {
      type: "twilio",
      account_sid: accountSid(plan),
      api_key_sid: `SK${"0".repeat(32)}`,
      api_key_secret: "secret",
      ...(signsCallbacks ? { auth_token: AUTH_TOKEN } : {}),
      region: "us1",
      calls_per_second: null,
    },
    http: {
      type: "http",
      url: `https://${dialerHost(id)}`,
      token: TOKEN,
      webhook_secret: WEBHOOK_SECRET,
      detects_machines: true,
    },
  };
  if (receiver !== null) {
    const webhook = { display_name: "receiver", url: `https://${receiverHost(id)}/`, secret: receiverSecret(0) };
    const made = (await done(client.ask(key, "POST", "/agents/webhooks", webhook))) as { id: string };
    receiver.webhookId = made.id;
  }
  for (const via of ["twilio", "http"] as const) {
    const provider = { id: providerId(via), label: via, ...accounts[via] };
    await done(client.ask(key, "POST", "/agents/phone-numbers/providers", provider));
    const number = { id: numberId(via), label: via, number: NUMBERS[via], provider: { id: providerId(via) } };
    await done(client.ask(key, "POST", "/agents/phone-numbers", number));
  }
}
