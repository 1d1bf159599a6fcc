-- The database of an organization's object, as the steps in migrations.ts leave it. `npm run schema` writes it. What the
-- columns mean stands beside the row types of each room.

-- One row: the profile, its limits, and what they count.
CREATE TABLE organization (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  agent_call_concurrency_limit INTEGER NOT NULL,
  agents_usage_limit INTEGER,
  agents_usage INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  newest_batch_at INTEGER NOT NULL,
  calling_window TEXT,
  reserved_concurrency INTEGER NOT NULL DEFAULT 0,
  swept_at INTEGER NOT NULL DEFAULT 0,
  people_unknown_until INTEGER NOT NULL DEFAULT 0,
  erased_numbers_key TEXT,
  open_pools TEXT NOT NULL DEFAULT '[]',
  retention_days INTEGER NOT NULL DEFAULT 0,
  removal_requested_at INTEGER,
  archive INTEGER NOT NULL DEFAULT 0,
  archive_mark TEXT,
  archive_unmarked INTEGER NOT NULL DEFAULT 0,
  archives_seen_at INTEGER NOT NULL DEFAULT 0,
  deliveries_kept_from INTEGER NOT NULL DEFAULT 0,
  archive_mark_put INTEGER NOT NULL DEFAULT 0
);

-- Keys by their hashes. `hint`: the end of the key, to tell keys apart.
CREATE TABLE api_keys (
  ordinal INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  hint TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  role TEXT NOT NULL DEFAULT 'admin',
  expires_at INTEGER,
  last_used_at INTEGER
);
CREATE INDEX api_keys_of_admins ON api_keys (role) WHERE role = 'admin';

-- `connection`: JSON of an `AgentConnection`.
CREATE TABLE agents (
  ordinal INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  connection TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  webhook_id TEXT
);
CREATE INDEX agents_by_webhook ON agents (webhook_id) WHERE webhook_id IS NOT NULL;

-- Numbers that the organization calls from, each with its provider.
CREATE TABLE phone_numbers (
  ordinal INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  number TEXT NOT NULL UNIQUE,
  provider_id TEXT NOT NULL,
  agent_id TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  carrier_number_id TEXT
);
CREATE INDEX phone_numbers_by_provider ON phone_numbers (provider_id);
CREATE INDEX phone_numbers_by_agent ON phone_numbers (agent_id);

-- A row for each batch, with the summary that it last reported.
CREATE TABLE batch_index (
  created_at INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  agent_id TEXT NOT NULL,
  from_number_id TEXT NOT NULL,
  at_rest INTEGER NOT NULL,
  last_updated_at INTEGER NOT NULL,
  rested_request INTEGER NOT NULL DEFAULT 0,
  summary TEXT NOT NULL,
  do_not_call_heard INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL DEFAULT 'pending',
  scheduled_at INTEGER
);
CREATE INDEX batches_by_agent ON batch_index (agent_id, created_at);
CREATE INDEX batches_running ON batch_index (agent_id, from_number_id) WHERE at_rest = 0;
CREATE INDEX batches_by_status ON batch_index (status);
CREATE INDEX batches_by_agent_and_status ON batch_index (agent_id, status);
CREATE INDEX batches_by_start ON batch_index (scheduled_at) WHERE scheduled_at IS NOT NULL;
CREATE INDEX batches_rested ON batch_index (agent_id, last_updated_at, created_at, id) WHERE at_rest = 1;
CREATE INDEX batches_long_lived ON batch_index (agent_id, last_updated_at, created_at, id) WHERE at_rest = 1 AND last_updated_at - created_at > 604800000;

-- How many batches there are, by agent and status. Equals a recount of `batch_index`.
CREATE TABLE batch_counts (
  agent_id TEXT NOT NULL,
  status TEXT NOT NULL,
  batches INTEGER NOT NULL,
  PRIMARY KEY (agent_id, status)
) WITHOUT ROWID;

-- The words of each batch's name, folded.
CREATE TABLE batch_words (
  word TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (word, created_at)
) WITHOUT ROWID;

-- Batches and direct calls that were settled, until they report; with an Idempotency-Key for as long as the key counts.
CREATE TABLE announcements (
  batch_id TEXT PRIMARY KEY,
  idempotency_key TEXT UNIQUE,
  body_hash TEXT,
  recipients INTEGER NOT NULL,
  announced_at INTEGER NOT NULL,
  arrived INTEGER NOT NULL,
  batch_order TEXT NOT NULL,
  do_not_call_heard INTEGER NOT NULL DEFAULT 0
);

-- The ledger: what each batch at work holds and wants.
CREATE TABLE holdings (
  batch_id TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL,
  request_number INTEGER NOT NULL,
  open INTEGER NOT NULL,
  requested_slots INTEGER NOT NULL,
  holds INTEGER NOT NULL,
  granted_request INTEGER NOT NULL,
  granted_slots INTEGER NOT NULL,
  grant_known INTEGER NOT NULL,
  direct INTEGER NOT NULL DEFAULT 0,
  priority INTEGER NOT NULL DEFAULT 3
) WITHOUT ROWID;

-- Accounts at carriers. `shown`: JSON of what reads show; the rest is sealed.
CREATE TABLE providers (
  ordinal INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  carrier TEXT NOT NULL,
  label TEXT NOT NULL,
  shown TEXT NOT NULL,
  sealed_credentials TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);

-- `events`: JSON of their types. `sealed_secrets`: the present secret and the one before.
CREATE TABLE webhooks (
  ordinal INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  display_name TEXT NOT NULL,
  url TEXT NOT NULL,
  events TEXT NOT NULL,
  sealed_secrets TEXT NOT NULL,
  disabled_reason TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);

-- Entries are ended and never deleted. `added_by`, `removed_by`: JSON of a key's id and label.
CREATE TABLE do_not_call (
  ordinal INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  reason TEXT,
  call_id TEXT,
  added_at INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  removed_at INTEGER,
  removed_by TEXT,
  removal_reason TEXT
);
CREATE UNIQUE INDEX do_not_call_listed ON do_not_call (number) WHERE removed_at IS NULL;
CREATE INDEX do_not_call_ended ON do_not_call (number) WHERE removed_at IS NOT NULL;
CREATE INDEX do_not_call_by_age ON do_not_call ((removed_at IS NULL));
CREATE INDEX do_not_call_by_end ON do_not_call (substr(number, -4), number);

-- One row while calls are remembered: until when, and how far the daily cleaning is.
CREATE TABLE contact_memory (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  kept_until INTEGER NOT NULL,
  cleaned_at INTEGER NOT NULL,
  cleaned_to TEXT NOT NULL DEFAULT ''
);

-- A row for whatever has a pace: the organization, a provider, a number.
CREATE TABLE paces (
  id TEXT PRIMARY KEY,
  calls_per_second REAL NOT NULL,
  next_at REAL NOT NULL,
  share REAL NOT NULL,
  throttled_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Like `batch_index`, for the objects of direct calls, which many requests share. `newest_at`: no call is newer.
CREATE TABLE direct_pools (
  created_at INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  from_number_id TEXT NOT NULL,
  newest_at INTEGER NOT NULL,
  sums TEXT,
  asks_who_answers INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX direct_pools_by_agent ON direct_pools (agent_id, created_at, newest_at, id);
CREATE INDEX direct_pools_by_end ON direct_pools (agent_id, newest_at, created_at, id);

-- How many were appended to a batch in all.
CREATE TABLE appended_recipients (
  batch_id TEXT PRIMARY KEY,
  recipients INTEGER NOT NULL
) WITHOUT ROWID;

-- One row: the least gap and the daily number of the organization.
CREATE TABLE contact_rules (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  min_gap_minutes INTEGER,
  max_attempts_per_number_per_day INTEGER
);

-- Which key has drawn a ticket for which batch. `revoked`: the batch has to be told.
CREATE TABLE watches (
  key_id TEXT NOT NULL,
  batch_id TEXT NOT NULL,
  revoked INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (key_id, batch_id)
) WITHOUT ROWID;
CREATE INDEX watches_revoked ON watches (revoked) WHERE revoked = 1;

-- What requests with an Idempotency-Key were answered, for a day; sealed.
CREATE TABLE answered_requests (
  key TEXT PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  begun_at INTEGER NOT NULL,
  status INTEGER,
  answer TEXT
) WITHOUT ROWID;
CREATE INDEX answered_requests_by_age ON answered_requests (begun_at);

-- A row for each attempt that a rule may ask about, for a month. `has_rule`: the batch has one of its own.
CREATE TABLE contacts (
  number TEXT NOT NULL,
  at INTEGER NOT NULL,
  batch_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  has_rule INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (number, at, batch_id, position, attempt)
) WITHOUT ROWID;

-- Which batches and direct calls may hold a person: hashes of numbers and external ids, many to a row.
CREATE TABLE people (
  bucket INTEGER NOT NULL,
  source INTEGER NOT NULL,
  part INTEGER NOT NULL,
  hashes BLOB NOT NULL,
  PRIMARY KEY (bucket, source, part)
) WITHOUT ROWID;

-- Requests to erase people. `work`: JSON of who is meant and what is left to do; null once all is done.
CREATE TABLE erasures (
  ordinal INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  requested_at INTEGER NOT NULL,
  requested_by TEXT NOT NULL,
  completed_at INTEGER,
  work TEXT,
  batches INTEGER NOT NULL,
  recipients INTEGER NOT NULL,
  calls INTEGER NOT NULL
);
CREATE INDEX erasures_open ON erasures (ordinal) WHERE completed_at IS NULL;
-- What reports are made of: a row for each hour, country, agent and number of a batch; direct calls share rows.
CREATE TABLE report_sums (
  hour INTEGER NOT NULL,
  batch_at INTEGER NOT NULL,
  country TEXT NOT NULL,
  is_local INTEGER NOT NULL,
  agent_id TEXT NOT NULL,
  number_id TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  dialed INTEGER NOT NULL,
  answered INTEGER NOT NULL,
  human INTEGER NOT NULL,
  machine INTEGER NOT NULL,
  completed INTEGER NOT NULL,
  busy INTEGER NOT NULL,
  no_answer INTEGER NOT NULL,
  dial_failed INTEGER NOT NULL,
  other INTEGER NOT NULL,
  not_placed INTEGER NOT NULL,
  do_not_call INTEGER NOT NULL,
  not_in_hours INTEGER NOT NULL,
  talk_seconds INTEGER NOT NULL,
  started_minutes INTEGER NOT NULL,
  reached_1 INTEGER NOT NULL,
  reached_2 INTEGER NOT NULL,
  reached_3 INTEGER NOT NULL,
  reached_4 INTEGER NOT NULL,
  reached_5 INTEGER NOT NULL,
  lasted_0 INTEGER NOT NULL,
  lasted_1 INTEGER NOT NULL,
  lasted_2 INTEGER NOT NULL,
  lasted_3 INTEGER NOT NULL,
  lasted_4 INTEGER NOT NULL,
  lasted_5 INTEGER NOT NULL,
  lasted_6 INTEGER NOT NULL,
  lasted_7 INTEGER NOT NULL,
  lasted_8 INTEGER NOT NULL,
  lasted_9 INTEGER NOT NULL,
  lasted_10 INTEGER NOT NULL,
  lasted_11 INTEGER NOT NULL,
  billed_6_6 INTEGER NOT NULL DEFAULT 0,
  billed_30_6 INTEGER NOT NULL DEFAULT 0,
  billed_60_1 INTEGER NOT NULL DEFAULT 0,
  mobile_answered INTEGER NOT NULL DEFAULT 0,
  mobile_talk_seconds INTEGER NOT NULL DEFAULT 0,
  mobile_started_minutes INTEGER NOT NULL DEFAULT 0,
  mobile_billed_6_6 INTEGER NOT NULL DEFAULT 0,
  mobile_billed_30_6 INTEGER NOT NULL DEFAULT 0,
  mobile_billed_60_1 INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (hour, batch_at, country, is_local, agent_id, number_id)
) WITHOUT ROWID;

-- Batches that are to be deleted, and those that were: their keys create nothing again.
CREATE TABLE deletions (
  created_at INTEGER PRIMARY KEY,
  batch_id TEXT NOT NULL,
  deleted_at INTEGER,
  act TEXT,
  archived INTEGER NOT NULL DEFAULT 0,
  object_gone INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX deletions_open ON deletions (created_at) WHERE deleted_at IS NULL;

-- Who changed what, when. `before`, `after`: JSON of the fields that differ.
CREATE TABLE acts (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  operation TEXT NOT NULL,
  by_kind TEXT NOT NULL,
  by_id TEXT NOT NULL,
  by_label TEXT NOT NULL,
  kind TEXT NOT NULL,
  resource_id TEXT,
  before TEXT,
  after TEXT
) WITHOUT ROWID;
CREATE INDEX acts_by_resource ON acts (resource_id) WHERE resource_id IS NOT NULL;
CREATE INDEX acts_by_actor ON acts (by_id);
CREATE INDEX acts_by_kind ON acts (kind);
-- Webhooks that were deleted, until their objects are empty.
CREATE TABLE gone_webhooks (
  id TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE members (
  ordinal INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  who TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER
);

CREATE TABLE archives (
  created_at INTEGER PRIMARY KEY,
  batch_id TEXT NOT NULL,
  stored_at INTEGER
);

-- What calls by a provider cost from a day on, in days since 1970. `rates`: JSON.
CREATE TABLE price_lists (
  provider_id TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  currency TEXT NOT NULL,
  rates TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (provider_id, valid_from)
) WITHOUT ROWID;
