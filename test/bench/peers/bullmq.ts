/**
 * Fastify, BullMQ and Redis. The state is in Redis and changes in atomic scripts. A call that ends frees its slot and
 * takes the next recipient in the same script. Dials are BullMQ jobs, never tried twice.
 */

import { randomBytes, randomUUID } from "node:crypto";
import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import { serve } from "./api.ts";
import {
  type Backend,
  type BatchView,
  type CallEvent,
  type Intent,
  type NewBatch,
  type RecipientView,
  statusOf,
} from "./backend.ts";
import { ask, place } from "./twilio.ts";

const DIALS_AT_ONCE = 64;
/** The most intents in a script: Redis does nothing else meanwhile. */
const INTENTS_AT_ONCE = 200;
const SWEEP_EVERY_MS = 5_000;
const ASK_AFTER_MS = 120_000;

/**
 * Admits waiting batches, oldest first, whole or not at all, and takes recipients of admitted ones into their free slots.
 * KEYS: none, a single Redis. ARGV: organization, now, seed of the new ids, most intents, deadline.
 */
const ADVANCE = `
local function advance(org, now, seed, most, deadline)
  local intents, count = {}, 0
  local limit = tonumber(redis.call('HGET', 'org:' .. org, 'limit'))
  while true do
    local first = redis.call('ZRANGE', 'waiting:' .. org, 0, 0)[1]
    if not first then break end
    local target = tonumber(redis.call('HGET', 'batch:' .. first, 'target'))
    local used = tonumber(redis.call('HGET', 'org:' .. org, 'used'))
    if used + target > limit then break end
    redis.call('HSET', 'org:' .. org, 'used', used + target)
    redis.call('HSET', 'batch:' .. first, 'granted', target)
    redis.call('ZADD', 'running:' .. org, redis.call('ZSCORE', 'waiting:' .. org, first), first)
    redis.call('ZREM', 'waiting:' .. org, first)
  end
  for _, id in ipairs(redis.call('ZRANGE', 'running:' .. org, 0, -1)) do
    local key = 'batch:' .. id
    local b = redis.call('HMGET', key, 'granted', 'inflight', 'next', 'total')
    local granted, inflight, next, total = tonumber(b[1]), tonumber(b[2]), tonumber(b[3]), tonumber(b[4])
    local begun = math.min(granted - inflight, total - next, most - count)
    if begun > 0 then
      local numbers = redis.call('LRANGE', 'numbers:' .. id, next, next + begun - 1)
      for i, to in ipairs(numbers) do
        count = count + 1
        local call = 'ac_' .. string.sub(redis.sha1hex(seed .. 'c' .. count), 1, 22)
        local token = redis.sha1hex(seed .. 't' .. count)
        redis.call('HSET', 'call:' .. call, 'batch', id, 'position', next + i - 1, 'org', org, 'token', token, 'status', 'dispatched')
        redis.call('HSET', 'state:' .. id, next + i - 1, cjson.encode({ status = 'dispatched', call = call }))
        redis.call('ZADD', 'inflight', deadline, call)
        intents[#intents + 1] = call
        intents[#intents + 1] = token
        intents[#intents + 1] = to
      end
      next, inflight = next + begun, inflight + begun
      redis.call('HSET', key, 'next', next, 'inflight', inflight, 'updated', now)
    end
    if next == total then
      redis.call('ZREM', 'running:' .. org, id)
      redis.call('HINCRBY', 'org:' .. org, 'used', inflight - granted)
      redis.call('HSET', key, 'granted', inflight)
    end
    if count == most then break end
  end
  return intents
end`;

const BEGIN = `${ADVANCE}
return advance(ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5])`;

/** ARGV: call, kind, sid, status, reason, error, now, seed, most, deadline. Returns nil without a change. */
const HAPPENED = `${ADVANCE}
local key = 'call:' .. ARGV[1]
local c = redis.call('HMGET', key, 'batch', 'position', 'org', 'status', 'sid')
local id, position, org, status, sid = c[1], c[2], c[3], c[4], c[5]
if status ~= 'dispatched' and status ~= 'started' then return nil end
if sid and ARGV[3] ~= '' and sid ~= ARGV[3] then return nil end
if ARGV[2] == 'placed' then
  redis.call('HSET', key, 'sid', ARGV[3])
  return {}
end
if ARGV[2] == 'answered' then
  if status == 'started' then return nil end
  redis.call('HSET', key, 'status', 'started', 'sid', ARGV[3], 'answered', ARGV[7])
  redis.call('HSET', 'state:' .. id, position, cjson.encode({ status = 'started', call = ARGV[1] }))
  return {}
end
redis.call('HSET', key, 'status', ARGV[4], 'sid', ARGV[3], 'reason', ARGV[5], 'ended', ARGV[7])
local state = { status = ARGV[4], call = ARGV[1], reason = ARGV[5] }
if ARGV[6] ~= '' then state.error = ARGV[6] end
redis.call('HSET', 'state:' .. id, position, cjson.encode(state))
redis.call('ZREM', 'inflight', ARGV[1])
local batch = 'batch:' .. id
redis.call('HINCRBY', batch, 'finished', 1)
redis.call('HSET', batch, 'updated', ARGV[7])
redis.call('HINCRBY', batch, 'inflight', -1)
local b = redis.call('HMGET', batch, 'next', 'total')
if b[1] == b[2] then
  redis.call('HINCRBY', batch, 'granted', -1)
  redis.call('HINCRBY', 'org:' .. org, 'used', -1)
end
return advance(org, ARGV[7], ARGV[8], tonumber(ARGV[9]), ARGV[10])`;

/** The commands that \`defineCommand\` adds. */
type Scripts = {
  begin(...args: (string | number)[]): Promise<string[]>;
  happened(...args: (string | number)[]): Promise<string[] | null>;
};
type Stored = Record<string, string>;
type State = { status: string; call: string; reason?: string; error?: string };

const { REDIS_PORT = "6379" } = process.env;
const connection = { host: "127.0.0.1", port: Number(REDIS_PORT), maxRetriesPerRequest: null };
const redis = new Redis({ ...connection, enableAutoPipelining: true });
redis.defineCommand("begin", { numberOfKeys: 0, lua: BEGIN });
redis.defineCommand("happened", { numberOfKeys: 0, lua: HAPPENED });
const scripts = redis as unknown as Scripts;

const dials = new Queue<Intent>("dials", { connection });
const chores = new Queue<{ batchId?: string; organizationId?: string }>("chores", { connection });

const seed = (): string => randomBytes(16).toString("hex");

async function dial(intents: readonly string[] | null): Promise<void> {
  if (intents === null || intents.length === 0) return;
  const jobs = [];
  for (let at = 0; at < intents.length; at += 3) {
    const [callId = "", token = "", to = ""] = intents.slice(at, at + 3);
    jobs.push({ name: "dial", data: { callId, token, to }, opts: { removeOnComplete: true, removeOnFail: true } });
  }
  await dials.addBulk(jobs);
}

/** Runs until every free slot is taken. */
async function begin(organizationId: string): Promise<void> {
  for (;;) {
    const now = Date.now();
    const intents = await scripts.begin(organizationId, now, seed(), INTENTS_AT_ONCE, now + ASK_AFTER_MS);
    await dial(intents);
    if (intents.length < INTENTS_AT_ONCE * 3) return;
  }
}

async function happened(callId: string, event: CallEvent): Promise<void> {
  const now = Date.now();
  const { status, reason, error } = event.kind === "ended" ? event : { status: "", reason: "", error: null };
  const args = [callId, event.kind, event.sid ?? "", status, reason, error ?? "", now, seed(), INTENTS_AT_ONCE];
  await dial(await scripts.happened(...args, now + ASK_AFTER_MS));
}

const dialer = new Worker<Intent>(
  "dials",
  async ({ data }) => {
    const outcome = await place(data);
    if (outcome !== null) await happened(data.callId, outcome);
  },
  { connection, concurrency: DIALS_AT_ONCE },
);

/** Asks about calls without news for a long time, and starts scheduled batches. */
const chorer = new Worker<{ batchId?: string; organizationId?: string }>(
  "chores",
  async ({ data: { batchId, organizationId } }) => {
    if (batchId !== undefined && organizationId !== undefined) return ready(organizationId, batchId);
    for (const callId of await redis.zrangebyscore("inflight", 0, Date.now(), "LIMIT", 0, 100)) {
      const sid = await redis.hget(`call:${callId}`, "sid");
      const lost: CallEvent = { kind: "ended", sid: null, status: "failed", reason: "error", error: "outcome unknown" };
      const event = sid === null ? lost : await ask(sid);
      if (event?.kind === "ended") await happened(callId, event);
      else await redis.zadd("inflight", Date.now() + ASK_AFTER_MS, callId);
    }
  },
  { connection },
);
await chores.upsertJobScheduler("sweep", { every: SWEEP_EVERY_MS }, { opts: { removeOnComplete: true } });

async function ready(organizationId: string, id: string): Promise<void> {
  const created = await redis.zscore(`batches:${organizationId}`, id);
  await redis.zadd(`waiting:${organizationId}`, created ?? 0, id);
  await begin(organizationId);
}

const time = (at: string | undefined): string => new Date(Number(at)).toISOString();

function viewOf(id: string, stored: Stored): BatchView {
  const [total, dispatched] = [Number(stored.total), Number(stored.next)];
  return {
    id,
    name: stored.name ?? "",
    agent_id: stored.agent ?? "",
    from_number_id: stored.number ?? "",
    target_concurrency_limit: Number(stored.target),
    status: statusOf(total, dispatched),
    total_calls_scheduled: total,
    total_calls_dispatched: dispatched,
    total_calls_finished: Number(stored.finished),
    created_at: time(stored.created),
    last_updated_at: time(stored.updated),
  };
}

const backend: Backend = {
  async createOrganization(id, limit) {
    await redis.hset(`org:${id}`, { limit, used: 0 });
  },
  async createKey(organizationId, keyHash) {
    await redis.set(`key:${keyHash}`, organizationId);
  },
  async organizationOf(keyHash) {
    const id = await redis.get(`key:${keyHash}`);
    return id === null ? null : { id, limit: Number(await redis.hget(`org:${id}`, "limit")) };
  },

  async createBatch(organizationId: string, batch: NewBatch, target: number) {
    const id = `acb_${randomUUID().replaceAll("-", "").slice(0, 22)}`;
    const now = Date.now();
    const stored = {
      org: organizationId,
      name: batch.name,
      agent: batch.agent_id,
      number: batch.from_number_id,
      target,
      total: batch.recipients.length,
      next: 0,
      inflight: 0,
      granted: 0,
      finished: 0,
      created: now,
      updated: now,
    };
    const numbers = batch.recipients.map(({ to_number }) => to_number);
    const metadata = batch.recipients.map((one) => (one.metadata ? JSON.stringify(one.metadata) : ""));
    await redis
      .multi()
      .hset(`batch:${id}`, stored)
      .rpush(`numbers:${id}`, ...numbers)
      .rpush(`metadata:${id}`, ...metadata)
      .zadd(`batches:${organizationId}`, now, id)
      .exec();
    const at = batch.scheduled_at === undefined ? now : Date.parse(batch.scheduled_at);
    if (at > now) await chores.add("start", { batchId: id, organizationId }, { delay: at - now });
    else await ready(organizationId, id);
    return viewOf(id, Object.fromEntries(Object.entries(stored).map(([name, value]) => [name, String(value)])));
  },

  async getBatch(organizationId, id) {
    const [stored, numbers, metadata, states] = await Promise.all([
      redis.hgetall(`batch:${id}`),
      redis.lrange(`numbers:${id}`, 0, -1),
      redis.lrange(`metadata:${id}`, 0, -1),
      redis.hgetall(`state:${id}`),
    ]);
    if (stored.org !== organizationId) return null;
    const created_at = time(stored.created);
    const recipients = numbers.map((to_number, position): RecipientView => {
      const text = states[position];
      const state: State | null = text === undefined ? null : JSON.parse(text);
      return {
        id: `abcr_${id.slice(4)}${position}`,
        to_number,
        status: state?.status ?? "queued",
        created_at,
        ...(metadata[position] ? { metadata: JSON.parse(metadata[position]) } : {}),
        ...(state === null ? {} : { agent_call_id: state.call }),
        ...(state?.reason === undefined ? {} : { end_reason: state.reason }),
        ...(state?.error === undefined ? {} : { error_message: state.error }),
      };
    });
    return { ...viewOf(id, stored), recipients };
  },

  async listBatches(organizationId, limit) {
    const ids = await redis.zrevrange(`batches:${organizationId}`, 0, limit - 1);
    const stored = await Promise.all(ids.map((id) => redis.hgetall(`batch:${id}`)));
    return ids.map((id, at) => viewOf(id, stored[at] ?? {}));
  },

  tokenOf: (callId) => redis.hget(`call:${callId}`, "token"),
  happened,

  async close() {
    await Promise.all([dialer.close(), chorer.close()]);
    await Promise.all([dials.close(), chores.close()]);
    await redis.quit();
  },
};

await serve(backend);
