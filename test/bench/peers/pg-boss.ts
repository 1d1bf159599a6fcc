/**
 * Fastify, pg-boss and PostgreSQL. Events of an organization's calls are applied in transactions under its lock. All
 * events that arrive meanwhile are applied in the next one, so many callbacks share a commit.
 *
 * The transaction that frees a slot also takes the next recipient and creates its job. Jobs are fetched at once,
 * without polling.
 */

import { randomUUID } from "node:crypto";
import pg from "pg";
import { PgBoss } from "pg-boss";
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
const SETS_AT_ONCE = 4;
const SWEEP_EVERY_MS = 5_000;

const SCHEMA = `
CREATE TABLE organizations (id text PRIMARY KEY, call_limit int NOT NULL);
CREATE TABLE api_keys (hash text PRIMARY KEY, organization_id text NOT NULL REFERENCES organizations);
CREATE TABLE batches (
  id text PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  organization_id text NOT NULL REFERENCES organizations,
  name text NOT NULL, agent_id text NOT NULL, from_number_id text NOT NULL,
  target int NOT NULL, total int NOT NULL,
  next_position int NOT NULL DEFAULT 0, in_flight int NOT NULL DEFAULT 0, finished int NOT NULL DEFAULT 0,
  -- Slots held; null before the batch was admitted.
  granted int,
  start_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);
CREATE INDEX ON batches (organization_id, seq);
CREATE INDEX ON batches (organization_id, seq) WHERE granted IS NULL OR granted > 0;
CREATE TABLE recipients (
  batch_id text NOT NULL, position int NOT NULL, to_number text NOT NULL, metadata jsonb,
  status text NOT NULL DEFAULT 'queued', call_id text, end_reason text, error_message text,
  PRIMARY KEY (batch_id, position)
) WITH (fillfactor = 70);
CREATE TABLE calls (
  id text PRIMARY KEY, organization_id text NOT NULL, batch_id text NOT NULL, position int NOT NULL,
  to_number text NOT NULL, token text NOT NULL, sid text, status text NOT NULL, end_reason text,
  dispatched_at timestamptz NOT NULL DEFAULT now(), answered_at timestamptz, ended_at timestamptz
) WITH (fillfactor = 70);
CREATE INDEX ON calls (dispatched_at) WHERE status IN ('dispatched', 'started');
`;

const PLACED = `
UPDATE calls SET sid = e.sid FROM unnest($1::text[], $2::text[]) AS e(id, sid)
WHERE calls.id = e.id AND calls.status IN ('dispatched', 'started')`;

const ANSWERED = `
WITH c AS (
  UPDATE calls SET status = 'started', sid = e.sid, answered_at = now() FROM unnest($1::text[], $2::text[]) AS e(id, sid)
  WHERE calls.id = e.id AND calls.status = 'dispatched' AND coalesce(calls.sid, e.sid) = e.sid
  RETURNING calls.batch_id, calls.position)
UPDATE recipients SET status = 'started' FROM c
WHERE recipients.batch_id = c.batch_id AND recipients.position = c.position`;

const ENDED = `
WITH e AS (
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS e(id, sid, status, reason, error)),
c AS (
  UPDATE calls SET status = e.status, sid = coalesce(e.sid, calls.sid), end_reason = e.reason, ended_at = now() FROM e
  WHERE calls.id = e.id AND calls.status IN ('dispatched', 'started') AND coalesce(calls.sid, e.sid, '') = coalesce(e.sid, '')
  RETURNING calls.batch_id, calls.position, e.status, e.reason, e.error),
r AS (
  UPDATE recipients SET status = c.status, end_reason = c.reason, error_message = c.error FROM c
  WHERE recipients.batch_id = c.batch_id AND recipients.position = c.position),
n AS (SELECT batch_id, count(*)::int AS n FROM c GROUP BY batch_id)
UPDATE batches SET finished = finished + n.n, in_flight = in_flight - n.n, updated_at = now(),
  granted = CASE WHEN next_position = total THEN in_flight - n.n ELSE granted END
FROM n WHERE batches.id = n.batch_id`;

/** Oldest first, whole or not at all: the running sum stops at the first batch that does not fit. */
const ADMIT = `
WITH used AS (SELECT coalesce(sum(granted), 0) AS slots FROM batches WHERE organization_id = $1 AND granted > 0),
w AS (
  SELECT id, sum(target) OVER (ORDER BY seq) AS upto FROM batches
  WHERE organization_id = $1 AND granted IS NULL AND start_at <= now())
UPDATE batches SET granted = target FROM w, used WHERE batches.id = w.id AND w.upto <= $2 - used.slots`;

const REFILL = `
WITH room AS (
  SELECT id, next_position AS first, least(granted - in_flight, total - next_position) AS n FROM batches
  WHERE organization_id = $1 AND granted > 0 AND granted > in_flight AND next_position < total),
b AS (
  UPDATE batches SET next_position = next_position + room.n, in_flight = in_flight + room.n, updated_at = now(),
    granted = CASE WHEN next_position + room.n = total THEN in_flight + room.n ELSE granted END
  FROM room WHERE batches.id = room.id),
r AS (
  UPDATE recipients SET status = 'dispatched', call_id = 'ac_' || left(replace(gen_random_uuid()::text, '-', ''), 22)
  FROM room
  WHERE recipients.batch_id = room.id AND position >= room.first AND position < room.first + room.n
  RETURNING batch_id, position, to_number, call_id)
INSERT INTO calls (id, organization_id, batch_id, position, to_number, token, status)
SELECT call_id, $1, batch_id, position, to_number, replace(gen_random_uuid()::text, '-', ''), 'dispatched'
FROM r ORDER BY position
RETURNING id AS "callId", token, to_number AS "to"`;

const BATCH = `
SELECT id, name, agent_id, from_number_id, target AS target_concurrency_limit, total AS total_calls_scheduled,
  next_position AS total_calls_dispatched, finished AS total_calls_finished, created_at, updated_at AS last_updated_at
FROM batches`;
type BatchRow = Omit<BatchView, "status" | "created_at" | "last_updated_at"> & {
  created_at: Date;
  last_updated_at: Date;
};
type RecipientRow = {
  position: number;
  to_number: string;
  status: string;
  metadata: unknown;
  call_id: string | null;
  end_reason: string | null;
  error_message: string | null;
};

const { DATABASE_URL = "" } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 20 });
await pool.query(SCHEMA);
const boss = new PgBoss({ connectionString: DATABASE_URL, max: 10 });
boss.on("error", console.error);
await boss.start();
await boss.createQueue("dials", { retryLimit: 0 });

async function transaction<T>(body: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await body(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

type Pending = { callId: string; event: CallEvent; done: () => void; failed: (error: unknown) => void };

/** Applies one organization's events, in as few transactions as their rate allows. */
class Lane {
  readonly #organizationId: string;
  #pending: Pending[] = [];
  #isRunning = false;
  #isWanted = false;

  constructor(organizationId: string) {
    this.#organizationId = organizationId;
  }

  push(callId: string, event: CallEvent): Promise<void> {
    return new Promise((done, failed) => {
      this.#pending.push({ callId, event, done, failed });
      void this.run();
    });
  }

  async run(): Promise<void> {
    this.#isWanted = true;
    if (this.#isRunning) return;
    this.#isRunning = true;
    while (this.#isWanted) {
      this.#isWanted = false;
      const taken = this.#pending;
      this.#pending = [];
      try {
        await apply(this.#organizationId, taken);
        for (const { done } of taken) done();
      } catch (error) {
        console.error(error);
        for (const { failed } of taken) failed(error);
      }
    }
    this.#isRunning = false;
  }
}

const lanes = new Map<string, Lane>();
function laneOf(organizationId: string): Lane {
  let lane = lanes.get(organizationId);
  if (lane === undefined) {
    lane = new Lane(organizationId);
    lanes.set(organizationId, lane);
  }
  return lane;
}

const eventsOf = <Kind extends CallEvent["kind"]>(pending: readonly Pending[], kind: Kind) =>
  pending.flatMap(({ callId, event }) =>
    event.kind === kind ? [{ ...(event as Extract<CallEvent, { kind: Kind }>), callId }] : [],
  );

async function apply(organizationId: string, pending: readonly Pending[]): Promise<void> {
  const placed = eventsOf(pending, "placed");
  const answered = eventsOf(pending, "answered");
  const ended = eventsOf(pending, "ended");
  const begun = await transaction(async (client) => {
    const lock = `SELECT call_limit FROM organizations WHERE id = $1 FOR UPDATE`;
    const { rows } = await client.query<{ call_limit: number }>(lock, [organizationId]);
    const ids = (list: readonly { callId: string }[]) => list.map(({ callId }) => callId);
    const sids = (list: readonly { sid: string | null }[]) => list.map(({ sid }) => sid);
    const query = <Row extends pg.QueryResultRow>(name: string, text: string, values: unknown[]) =>
      client.query<Row>({ name, text, values });
    if (placed.length > 0) await query("placed", PLACED, [ids(placed), sids(placed)]);
    if (answered.length > 0) await query("answered", ANSWERED, [ids(answered), sids(answered)]);
    if (ended.length > 0) {
      const of = (name: "status" | "reason" | "error") => ended.map((one) => one[name]);
      await query("ended", ENDED, [ids(ended), sids(ended), of("status"), of("reason"), of("error")]);
    } else if (pending.length > 0) {
      // No slot was freed.
      return 0;
    }
    await query("admit", ADMIT, [organizationId, rows[0]?.call_limit ?? 0]);
    const intents = await query<Intent>("refill", REFILL, [organizationId]);
    if (intents.rows.length === 0) return 0;
    const jobs = intents.rows.map((data) => ({ data, retryLimit: 0 }));
    await boss.insert("dials", jobs, { db: { executeSql: (text, values) => client.query(text, values) } });
    return intents.rows.length;
  });
  if (begun > 0) wake();
}

let sets = 0;
/** Fetches jobs until none are left; several sets at once, so that a slow answer delays few. */
function wake(): void {
  if (sets >= SETS_AT_ONCE) return;
  sets += 1;
  void dialSet()
    .catch(console.error)
    .then((isMore) => {
      sets -= 1;
      if (isMore === true) wake();
    });
}

async function dialSet(): Promise<boolean> {
  const jobs = await boss.fetch<Intent>("dials", { batchSize: DIALS_AT_ONCE / SETS_AT_ONCE });
  if (jobs.length === 0) return false;
  wake();
  await Promise.all(
    jobs.map(async ({ data }) => {
      const outcome = await place(data);
      if (outcome !== null) await happened(data.callId, outcome);
    }),
  );
  await boss.complete(
    "dials",
    jobs.map(({ id }) => id),
  );
  return true;
}

async function happened(callId: string, event: CallEvent): Promise<void> {
  const organizationId = await ownerOf(callId);
  if (organizationId !== null) await laneOf(organizationId).push(callId, event);
}

const ownerOf = async (callId: string): Promise<string | null> =>
  (
    await pool.query<{ organization_id: string }>({
      name: "owner",
      text: `SELECT organization_id FROM calls WHERE id = $1`,
      values: [callId],
    })
  ).rows[0]?.organization_id ?? null;

/** Asks about calls without news for a long time, starts scheduled batches, and picks up jobs after a crash. */
async function sweep(): Promise<void> {
  const silent = `
    SELECT id, sid FROM calls WHERE status IN ('dispatched', 'started') AND dispatched_at < now() - interval '2 minutes' LIMIT 100`;
  for (const { id, sid } of (await pool.query<{ id: string; sid: string | null }>(silent)).rows) {
    const lost: CallEvent = { kind: "ended", sid: null, status: "failed", reason: "error", error: "outcome unknown" };
    const event = sid === null ? lost : await ask(sid);
    if (event?.kind === "ended") await happened(id, event);
  }
  const due = `SELECT DISTINCT organization_id FROM batches WHERE granted IS NULL AND start_at <= now()`;
  for (const row of (await pool.query<{ organization_id: string }>(due)).rows) await laneOf(row.organization_id).run();
  wake();
}
const sweeper = setInterval(() => void sweep().catch(console.error), SWEEP_EVERY_MS);

const viewOf = ({ created_at, last_updated_at, ...row }: BatchRow): BatchView => ({
  ...row,
  status: statusOf(row.total_calls_scheduled, row.total_calls_dispatched),
  created_at: created_at.toISOString(),
  last_updated_at: last_updated_at.toISOString(),
});

const backend: Backend = {
  async createOrganization(id, limit) {
    await pool.query(`INSERT INTO organizations (id, call_limit) VALUES ($1, $2)`, [id, limit]);
  },
  async createKey(organizationId, keyHash) {
    await pool.query(`INSERT INTO api_keys (hash, organization_id) VALUES ($1, $2)`, [keyHash, organizationId]);
  },
  async organizationOf(keyHash) {
    const text = `
      SELECT o.id, o.call_limit AS limit FROM api_keys k JOIN organizations o ON o.id = k.organization_id WHERE k.hash = $1`;
    return (await pool.query<{ id: string; limit: number }>(text, [keyHash])).rows[0] ?? null;
  },

  async createBatch(organizationId: string, batch: NewBatch, target: number) {
    const id = `acb_${randomUUID().replaceAll("-", "").slice(0, 22)}`;
    await transaction(async (client) => {
      await client.query(
        `INSERT INTO batches (id, organization_id, name, agent_id, from_number_id, target, total, start_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, coalesce($8::timestamptz, now()))`,
        [
          ...[id, organizationId, batch.name, batch.agent_id, batch.from_number_id, target, batch.recipients.length],
          batch.scheduled_at ?? null,
        ],
      );
      await client.query(
        `INSERT INTO recipients (batch_id, position, to_number, metadata)
         SELECT $1, position - 1, to_number, metadata
         FROM unnest($2::text[], $3::jsonb[]) WITH ORDINALITY AS r(to_number, metadata, position)`,
        [
          id,
          batch.recipients.map(({ to_number }) => to_number),
          batch.recipients.map(({ metadata }) => (metadata ? JSON.stringify(metadata) : null)),
        ],
      );
    });
    if (batch.scheduled_at === undefined) void laneOf(organizationId).run();
    const { rows } = await pool.query<BatchRow>(`${BATCH} WHERE id = $1`, [id]);
    const [row] = rows;
    if (row === undefined) throw new Error("the batch was stored");
    return viewOf(row);
  },

  async getBatch(organizationId, id) {
    const [batch, recipients] = await Promise.all([
      pool.query<BatchRow>(`${BATCH} WHERE id = $1 AND organization_id = $2`, [id, organizationId]),
      pool.query<RecipientRow>(
        `SELECT position, to_number, status, metadata, call_id, end_reason, error_message FROM recipients
         WHERE batch_id = $1 ORDER BY position`,
        [id],
      ),
    ]);
    const [row] = batch.rows;
    if (row === undefined) return null;
    const view = viewOf(row);
    const shown = recipients.rows.map(
      (one): RecipientView => ({
        id: `abcr_${id.slice(4)}${one.position}`,
        to_number: one.to_number,
        status: one.status,
        created_at: view.created_at,
        ...(one.metadata === null ? {} : { metadata: one.metadata }),
        ...(one.call_id === null ? {} : { agent_call_id: one.call_id }),
        ...(one.end_reason === null ? {} : { end_reason: one.end_reason }),
        ...(one.error_message === null ? {} : { error_message: one.error_message }),
      }),
    );
    return { ...view, recipients: shown };
  },

  async listBatches(organizationId, limit) {
    const text = `${BATCH} WHERE organization_id = $1 ORDER BY seq DESC LIMIT $2`;
    return (await pool.query<BatchRow>(text, [organizationId, limit])).rows.map(viewOf);
  },

  async tokenOf(callId) {
    const query = { name: "token", text: `SELECT token FROM calls WHERE id = $1`, values: [callId] };
    return (await pool.query<{ token: string }>(query)).rows[0]?.token ?? null;
  },
  happened,

  async close() {
    clearInterval(sweeper);
    await boss.stop({ graceful: false });
    await pool.end();
  },
};

await serve(backend);
