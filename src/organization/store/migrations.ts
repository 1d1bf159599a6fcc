/** The tables of an organization's object. Append-only: add a step, never edit one (see `storage/migrations.ts`). */

import { ANSWERED_REQUESTS } from "./answered-rows.ts";

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
  // `ordinal` is the order of creation and of lists. As a rowid it needs no index entry.
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
  // The time of creation is unique in the organization, so it is both the key and the order of lists.
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
  // Announced batches that have not reported. A row with an Idempotency-Key stays for as long as the key counts.
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
  // JSON of a `CallingWindow`; null: calls are allowed at any time.
  /*sql*/ `ALTER TABLE organization ADD COLUMN calling_window TEXT`,
  // Providers of any carrier: the fields that reads show become JSON. All existing ones are Twilio's.
  /*sql*/ `ALTER TABLE providers RENAME TO twilio_providers`,
  /*sql*/ `CREATE TABLE providers (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    carrier TEXT NOT NULL,
    label TEXT NOT NULL,
    shown TEXT NOT NULL,
    sealed_credentials TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  )`,
  /*sql*/ `INSERT INTO providers
    SELECT ordinal, id, type, label,
      json_object('account_sid', account_sid, 'api_key_sid', api_key_sid_hint, 'region', region,
        'has_auth_token', json(iif(has_auth_token, 'true', 'false'))),
      sealed_credentials, created_at, updated_at
    FROM twilio_providers`,
  /*sql*/ `DROP TABLE twilio_providers`,
  // An agent can be connected in several ways: JSON of an `AgentConnection`. All existing ones are WebSockets.
  /*sql*/ `ALTER TABLE agents RENAME COLUMN connection_url TO connection`,
  /*sql*/ `UPDATE agents SET connection = json_object('type', 'websocket', 'url', connection)`,
  /*sql*/ `CREATE TABLE webhooks (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    sealed_secrets TEXT NOT NULL,
    disabled_reason TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  )`,
  // Entries are ended and never deleted, so it stays known who listed a number and who took it off.
  /*sql*/ `CREATE TABLE do_not_call (
    ordinal INTEGER PRIMARY KEY,
    number TEXT NOT NULL,
    reason TEXT,
    call_id TEXT,
    added_at INTEGER NOT NULL,
    added_by TEXT NOT NULL,
    removed_at INTEGER,
    removed_by TEXT,
    removal_reason TEXT
  )`,
  /*sql*/ `CREATE UNIQUE INDEX do_not_call_listed ON do_not_call (number) WHERE removed_at IS NULL`,
  // The newest do-not-call entry that the batch was told.
  /*sql*/ `ALTER TABLE batch_index ADD COLUMN do_not_call_heard INTEGER NOT NULL DEFAULT 0`,
  /*sql*/ `ALTER TABLE announcements ADD COLUMN do_not_call_heard INTEGER NOT NULL DEFAULT 0`,
  // The key begins with the number, because queries ask for a number. A contact is one row without an index entry.
  /*sql*/ `CREATE TABLE contacts (
    number TEXT NOT NULL,
    batch_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (number, batch_id, position, attempt)
  ) WITHOUT ROWID`,
  /*sql*/ `CREATE TABLE contact_memory (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    kept_until INTEGER NOT NULL,
    cleaned_at INTEGER NOT NULL
  )`,
  // One row for each limit: the organization's, a provider's or a number's.
  /*sql*/ `CREATE TABLE paces (
    id TEXT PRIMARY KEY,
    calls_per_second REAL NOT NULL,
    next_at REAL NOT NULL,
    share REAL NOT NULL,
    throttled_at INTEGER NOT NULL
  ) WITHOUT ROWID`,
  /*sql*/ `ALTER TABLE phone_numbers ADD COLUMN carrier_number_id TEXT`,
  /*sql*/ `ALTER TABLE organization ADD COLUMN reserved_concurrency INTEGER NOT NULL DEFAULT 0`,
  /*sql*/ `ALTER TABLE holdings ADD COLUMN direct INTEGER NOT NULL DEFAULT 0`,
  // Like `batch_index`, for requests that appear in no list. The index holds the id too, so a page reads only the
  // index.
  /*sql*/ `CREATE TABLE direct_orders (
    created_at INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    from_number_id TEXT NOT NULL,
    rested_request INTEGER NOT NULL
  )`,
  /*sql*/ `CREATE INDEX direct_orders_by_agent ON direct_orders (agent_id, created_at, id)`,
  // Written only when recipients are appended to a batch.
  /*sql*/ `CREATE TABLE appended_recipients (
    batch_id TEXT PRIMARY KEY,
    recipients INTEGER NOT NULL
  ) WITHOUT ROWID`,
  /*sql*/ `CREATE TABLE contact_rules (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    min_gap_minutes INTEGER,
    max_attempts_per_number_per_day INTEGER
  )`,
  // Earlier, no organization's own dialer could detect machines.
  /*sql*/ `UPDATE providers SET shown = json_set(shown, '$.detects_machines', json('false')) WHERE carrier = 'http'`,
  // The same for jambonz.
  /*sql*/ `UPDATE providers SET shown = json_set(shown, '$.recognizer', NULL) WHERE carrier = 'jambonz'`,
  // Which key has a ticket for which batch. `revoked`: the batch must be told that the key is revoked (`watches.ts`).
  /*sql*/ `CREATE TABLE watches (
    key_id TEXT NOT NULL,
    batch_id TEXT NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (key_id, batch_id)
  ) WITHOUT ROWID`,
  /*sql*/ `CREATE INDEX watches_revoked ON watches (revoked) WHERE revoked = 1`,
  ...ANSWERED_REQUESTS,
  // When batches that are not at rest were last woken (`sweep.ts`).
  /*sql*/ `ALTER TABLE organization ADD COLUMN swept_at INTEGER NOT NULL DEFAULT 0`,
  // Programs ask for a number's history too, for lists of any length.
  /*sql*/ `CREATE INDEX do_not_call_ended ON do_not_call (number) WHERE removed_at IS NOT NULL`,
  // Ordered by time: a number may have 1,000 calls a day for a month, and a question reads only the newest.
  /*sql*/ `CREATE TABLE contacts_by_time (
    number TEXT NOT NULL,
    at INTEGER NOT NULL,
    batch_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    PRIMARY KEY (number, at, batch_id, position, attempt)
  ) WITHOUT ROWID`,
  /*sql*/ `INSERT INTO contacts_by_time SELECT number, at, batch_id, position, attempt FROM contacts`,
  /*sql*/ `DROP TABLE contacts`,
  /*sql*/ `ALTER TABLE contacts_by_time RENAME TO contacts`,
  // Holds only batches that are not at rest, so a query reads few rows.
  /*sql*/ `CREATE INDEX batches_running ON batch_index (agent_id, from_number_id) WHERE at_rest = 0`,
  /*sql*/ `CREATE INDEX phone_numbers_by_provider ON phone_numbers (provider_id)`,
  /*sql*/ `CREATE INDEX phone_numbers_by_agent ON phone_numbers (agent_id)`,
  // A list may have millions of entries. These indexes read open and ended ones newest first, and find a number by its
  // last digits.
  /*sql*/ `CREATE INDEX do_not_call_by_age ON do_not_call ((removed_at IS NULL))`,
  /*sql*/ `CREATE INDEX do_not_call_by_end ON do_not_call (substr(number, -4), number)`,
  // The last number that the cleaning has looked at; empty: the next cleaning begins.
  /*sql*/ `ALTER TABLE contact_memory ADD COLUMN cleaned_to TEXT NOT NULL DEFAULT ''`,
  // The published names of a trunk's fields, and each gateway's default for what was not given (`trunk.ts`).
  /*sql*/ `UPDATE providers
    SET shown = json_set(
      shown,
      '$.outbound.address', shown ->> '$.outbound.hostname',
      '$.outbound.auth_username', coalesce(shown ->> '$.outbound.auth_username', ''),
      '$.outbound.media_encryption',
      coalesce(shown ->> '$.outbound.media_encryption', CASE carrier WHEN 'jambonz' THEN 'allowed' ELSE 'disabled' END)
    )
    WHERE carrier IN ('jambonz', 'livekit')`,
  /*sql*/ `UPDATE providers SET shown = json_remove(shown, '$.outbound.destination_country')
    WHERE carrier IN ('jambonz', 'livekit') AND shown ->> '$.outbound.destination_country' IS NULL`,
  // The webhook that receives only the events of this agent's calls, and of other agents that name it.
  /*sql*/ `ALTER TABLE agents ADD COLUMN webhook_id TEXT`,
  /*sql*/ `CREATE INDEX agents_by_webhook ON agents (webhook_id) WHERE webhook_id IS NOT NULL`,
  // The batch that called had its own rule for numbers.
  /*sql*/ `ALTER TABLE contacts ADD COLUMN has_rule INTEGER NOT NULL DEFAULT 0`,
  // The columns that batches are found by (`batch-search.ts`).
  /*sql*/ `ALTER TABLE batch_index ADD COLUMN status TEXT NOT NULL DEFAULT 'pending'`,
  /*sql*/ `ALTER TABLE batch_index ADD COLUMN scheduled_at INTEGER`,
  /*sql*/ `UPDATE batch_index SET status = json_extract(summary, '$.status'),
    scheduled_at = json_extract(summary, '$.scheduledAt')`,
  // Both in the order of creation, which is the table's key.
  /*sql*/ `CREATE INDEX batches_by_status ON batch_index (status)`,
  /*sql*/ `CREATE INDEX batches_by_agent_and_status ON batch_index (agent_id, status)`,
  /*sql*/ `CREATE INDEX batches_by_start ON batch_index (scheduled_at) WHERE scheduled_at IS NOT NULL`,
  /*sql*/ `CREATE TABLE batch_counts (
    agent_id TEXT NOT NULL,
    status TEXT NOT NULL,
    batches INTEGER NOT NULL,
    PRIMARY KEY (agent_id, status)
  ) WITHOUT ROWID`,
  /*sql*/ `INSERT INTO batch_counts SELECT agent_id, status, COUNT(*) FROM batch_index GROUP BY agent_id, status`,
  // The words of each batch's name, folded.
  /*sql*/ `CREATE TABLE batch_words (
    word TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (word, created_at)
  ) WITHOUT ROWID`,
  // For existing batches: split at spaces, with accents.
  /*sql*/ `WITH RECURSIVE
    names (created_at, rest) AS (SELECT created_at, lower(json_extract(summary, '$.name')) || ' ' FROM batch_index),
    parts (created_at, word, rest) AS (
      SELECT created_at, '', rest FROM names
      UNION ALL
      SELECT created_at, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1)
      FROM parts WHERE rest <> ''
    )
    INSERT OR IGNORE INTO batch_words SELECT word, created_at FROM parts WHERE word <> ''`,
  // Which batches and direct calls may contain a person (`people-index.ts`).
  /*sql*/ `CREATE TABLE people (
    bucket INTEGER NOT NULL,
    source INTEGER NOT NULL,
    part INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    PRIMARY KEY (bucket, source, part)
  ) WITHOUT ROWID`,
  // Those created before the index are always asked.
  /*sql*/ `ALTER TABLE organization ADD COLUMN people_unknown_until INTEGER NOT NULL DEFAULT 0`,
  /*sql*/ `UPDATE organization SET people_unknown_until = newest_batch_at`,
  // The key of erased numbers on the do-not-call list (`erased-numbers.ts`).
  /*sql*/ `ALTER TABLE organization ADD COLUMN erased_numbers_key TEXT`,
  // Requests to erase people (`erasures.ts`).
  /*sql*/ `CREATE TABLE erasures (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    requested_at INTEGER NOT NULL,
    requested_by TEXT NOT NULL,
    completed_at INTEGER,
    work TEXT,
    batches INTEGER NOT NULL,
    recipients INTEGER NOT NULL,
    calls INTEGER NOT NULL
  )`,
  /*sql*/ `CREATE INDEX erasures_open ON erasures (ordinal) WHERE completed_at IS NULL`,
  // What reports are made of (`reports/sums.ts`). The hour comes first: a report reads a span of hours.
  /*sql*/ `CREATE TABLE report_sums (
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
    PRIMARY KEY (hour, batch_at, country, is_local, agent_id, number_id)
  ) WITHOUT ROWID`,
  // JSON of what a request for direct calls has told the reports.
  /*sql*/ `ALTER TABLE direct_orders ADD COLUMN sums TEXT`,
  // An object for many requests for direct calls. None of its calls was made later than `newest_at`.
  /*sql*/ `CREATE TABLE direct_pools (
    created_at INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    from_number_id TEXT NOT NULL,
    newest_at INTEGER NOT NULL,
    sums TEXT
  )`,
  // Each request had an object of its own.
  /*sql*/ `INSERT INTO direct_pools
    SELECT created_at, id, agent_id, from_number_id, created_at, sums FROM direct_orders`,
  /*sql*/ `DROP TABLE direct_orders`,
  // Both hold all that a list asks for.
  /*sql*/ `CREATE INDEX direct_pools_by_agent ON direct_pools (agent_id, created_at, newest_at, id)`,
  /*sql*/ `CREATE INDEX direct_pools_by_end ON direct_pools (agent_id, newest_at, created_at, id)`,
  // JSON of those that take more requests (`direct-pools.ts`).
  /*sql*/ `ALTER TABLE organization ADD COLUMN open_pools TEXT NOT NULL DEFAULT '[]'`,
  // An agent's batches that are over, by their last call; and those of them that lived for more than a week.
  /*sql*/ `CREATE INDEX batches_rested ON batch_index (agent_id, last_updated_at, created_at, id) WHERE at_rest = 1`,
  /*sql*/ `CREATE INDEX batches_long_lived ON batch_index (agent_id, last_updated_at, created_at, id)
    WHERE at_rest = 1 AND last_updated_at - created_at > 604800000`,
  // Keys from before could do everything, for good.
  /*sql*/ `ALTER TABLE api_keys ADD COLUMN role TEXT NOT NULL DEFAULT 'admin'`,
  /*sql*/ `ALTER TABLE api_keys ADD COLUMN expires_at INTEGER`,
  /*sql*/ `ALTER TABLE api_keys ADD COLUMN last_used_at INTEGER`,
  // Batches that are to be deleted, and those that were (`deletions.ts`).
  /*sql*/ `CREATE TABLE deletions (
    created_at INTEGER PRIMARY KEY,
    batch_id TEXT NOT NULL,
    deleted_at INTEGER
  )`,
  /*sql*/ `CREATE INDEX deletions_open ON deletions (created_at) WHERE deleted_at IS NULL`,
  // Who changed what (`acts/act-rows.ts`). The id is the time, so the table and its indexes are in the order of time.
  /*sql*/ `CREATE TABLE acts (
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
  ) WITHOUT ROWID`,
  /*sql*/ `CREATE INDEX acts_by_resource ON acts (resource_id) WHERE resource_id IS NOT NULL`,
  /*sql*/ `CREATE INDEX acts_by_actor ON acts (by_id)`,
  /*sql*/ `CREATE INDEX acts_by_kind ON acts (kind)`,
  // Who has a batch deleted: JSON of an `Act`.
  /*sql*/ `ALTER TABLE deletions ADD COLUMN act TEXT`,
  /*sql*/ `ALTER TABLE holdings ADD COLUMN priority INTEGER NOT NULL DEFAULT 3`,
  // How long what is over is kept; 0: for ever (`retention.ts`).
  /*sql*/ `ALTER TABLE organization ADD COLUMN retention_days INTEGER NOT NULL DEFAULT 0`,
  // Since when the organization is being deleted (`removing.ts`).
  /*sql*/ `ALTER TABLE organization ADD COLUMN removal_requested_at INTEGER`,
  // Webhooks that were deleted, until their objects are empty.
  /*sql*/ `CREATE TABLE gone_webhooks (id TEXT PRIMARY KEY) WITHOUT ROWID`,
  // Few: whether another admin is left is asked before a key is revoked.
  /*sql*/ `CREATE INDEX api_keys_of_admins ON api_keys (role) WHERE role = 'admin'`,
  // People who sign in through Cloudflare Access. `who`: an e-mail address, or a domain as "@example.com".
  /*sql*/ `CREATE TABLE members (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    who TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER
  )`,
  // Whether retention archives what it deletes, and which archives there are (`archives.ts`).
  /*sql*/ `ALTER TABLE organization ADD COLUMN archive INTEGER NOT NULL DEFAULT 0`,
  /*sql*/ `ALTER TABLE deletions ADD COLUMN archived INTEGER NOT NULL DEFAULT 0`,
  /*sql*/ `CREATE TABLE archives (
    created_at INTEGER PRIMARY KEY,
    batch_id TEXT NOT NULL,
    stored_at INTEGER
  )`,
  // What carriers bill of calls. 0 in rows from before: such calls have no price (`reports/costs.ts`).
  /*sql*/ `ALTER TABLE report_sums ADD COLUMN billed_6_6 INTEGER NOT NULL DEFAULT 0`,
  /*sql*/ `ALTER TABLE report_sums ADD COLUMN billed_30_6 INTEGER NOT NULL DEFAULT 0`,
  /*sql*/ `ALTER TABLE report_sums ADD COLUMN billed_60_1 INTEGER NOT NULL DEFAULT 0`,
  /*sql*/ `ALTER TABLE report_sums ADD COLUMN mobile_answered INTEGER NOT NULL DEFAULT 0`,
  /*sql*/ `ALTER TABLE report_sums ADD COLUMN mobile_talk_seconds INTEGER NOT NULL DEFAULT 0`,
  /*sql*/ `ALTER TABLE report_sums ADD COLUMN mobile_started_minutes INTEGER NOT NULL DEFAULT 0`,
  /*sql*/ `ALTER TABLE report_sums ADD COLUMN mobile_billed_6_6 INTEGER NOT NULL DEFAULT 0`,
  /*sql*/ `ALTER TABLE report_sums ADD COLUMN mobile_billed_30_6 INTEGER NOT NULL DEFAULT 0`,
  /*sql*/ `ALTER TABLE report_sums ADD COLUMN mobile_billed_60_1 INTEGER NOT NULL DEFAULT 0`,
  // What calls by a provider cost from a day on, in days since 1970 (`configuration/price-lists.ts`).
  /*sql*/ `CREATE TABLE price_lists (
    provider_id TEXT NOT NULL,
    valid_from INTEGER NOT NULL,
    currency TEXT NOT NULL,
    rates TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (provider_id, valid_from)
  ) WITHOUT ROWID`,
  // Which bucket has the archives (`archive-rows.ts`), and what retention has done up to when (`retention.ts`).
  /*sql*/ `ALTER TABLE organization ADD COLUMN archive_mark TEXT`,
  /*sql*/ `ALTER TABLE organization ADD COLUMN archive_unmarked INTEGER NOT NULL DEFAULT 0`,
  /*sql*/ `ALTER TABLE organization ADD COLUMN archives_seen_at INTEGER NOT NULL DEFAULT 0`,
  /*sql*/ `ALTER TABLE organization ADD COLUMN deliveries_kept_from INTEGER NOT NULL DEFAULT 0`,
  // Until a bucket has had the mark, one without it may be the right one.
  /*sql*/ `ALTER TABLE organization ADD COLUMN archive_mark_put INTEGER NOT NULL DEFAULT 0`,
  // Such a deletion waits for its bucket alone, and holds up no other (`deleting.ts`).
  /*sql*/ `ALTER TABLE deletions ADD COLUMN object_gone INTEGER NOT NULL DEFAULT 0`,
  // Whether a provider's detection of machines can be turned off (`configuration/in-use.ts`). 0: of an earlier version.
  /*sql*/ `ALTER TABLE direct_pools ADD COLUMN asks_who_answers INTEGER NOT NULL DEFAULT 0`,
];
