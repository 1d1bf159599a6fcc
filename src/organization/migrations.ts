/** The tables of an organization's object. Append-only: add a step, never edit one (see `storage/migrations.ts`). */

export const ORGANIZATION_STEPS: readonly string[] = [
  /*sql*/ `CREATE TABLE organization (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    agent_call_concurrency_limit INTEGER NOT NULL,
    agents_usage_limit INTEGER,
    agents_usage INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    newest_batch_at INTEGER NOT NULL
  )`,
  // `ordinal` is the order of creation; lists go by it, and a rowid costs no index entry.
  /*sql*/ `CREATE TABLE api_keys (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    hint TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
  )`,
  /*sql*/ `CREATE TABLE agents (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    connection_url TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  )`,
  /*sql*/ `CREATE TABLE providers (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    label TEXT NOT NULL,
    account_sid TEXT NOT NULL,
    region TEXT NOT NULL,
    has_auth_token INTEGER NOT NULL,
    api_key_sid_hint TEXT NOT NULL,
    sealed_credentials TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  )`,
  /*sql*/ `CREATE TABLE phone_numbers (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    number TEXT NOT NULL UNIQUE,
    provider_id TEXT NOT NULL,
    agent_id TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  )`,
  // The instant of creation is unique in the organization, so it is the key and the order of lists at once.
  /*sql*/ `CREATE TABLE batch_index (
    created_at INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    agent_id TEXT NOT NULL,
    from_number_id TEXT NOT NULL,
    at_rest INTEGER NOT NULL,
    last_updated_at INTEGER NOT NULL,
    rested_request INTEGER NOT NULL DEFAULT 0,
    summary TEXT NOT NULL
  )`,
  /*sql*/ `CREATE INDEX batches_by_agent ON batch_index (agent_id, created_at)`,
  // Announced and not yet reported by the batch itself; with an Idempotency-Key it stays for as long as the key counts.
  /*sql*/ `CREATE TABLE announcements (
    batch_id TEXT PRIMARY KEY,
    idempotency_key TEXT UNIQUE,
    body_hash TEXT,
    recipients INTEGER NOT NULL,
    announced_at INTEGER NOT NULL,
    arrived INTEGER NOT NULL,
    batch_order TEXT NOT NULL
  )`,
  /*sql*/ `CREATE TABLE holdings (
    batch_id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    request_number INTEGER NOT NULL,
    open INTEGER NOT NULL,
    requested_slots INTEGER NOT NULL,
    holds INTEGER NOT NULL,
    granted_request INTEGER NOT NULL,
    granted_slots INTEGER NOT NULL,
    grant_known INTEGER NOT NULL
  ) WITHOUT ROWID`,
  // JSON of a `CallingWindow`; null where people may be called at any time.
  /*sql*/ `ALTER TABLE organization ADD COLUMN calling_window TEXT`,
];
