-- The database of a batch's object, as the steps in migrations.ts leave it. `npm run schema` writes it. What the columns
-- mean stands beside the row types: batch-row.ts, attempts.ts, recipients.ts, live-tickets.ts, remarks.ts, progress.ts,
-- ridden-events.ts, telling/outbox-pages.ts.

-- One row: the order, and where the batch stands.
CREATE TABLE batch (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  id TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  name TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  from_number_id TEXT NOT NULL,
  region TEXT NOT NULL,
  target_concurrency_limit INTEGER NOT NULL,
  ringing_timeout_seconds INTEGER NOT NULL,
  max_call_duration_minutes INTEGER NOT NULL,
  callback_base_url TEXT NOT NULL,
  total_recipients INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  scheduled_at INTEGER,
  admitted_at INTEGER,
  cancelled_at INTEGER,
  retry_count INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  request_number INTEGER NOT NULL,
  request_open INTEGER NOT NULL,
  granted_slots INTEGER,
  rest_known INTEGER NOT NULL,
  paused_at INTEGER,
  retry_policy TEXT,
  calling_window TEXT,
  webhooks TEXT,
  kind TEXT NOT NULL DEFAULT 'batch',
  appended_recipients INTEGER NOT NULL DEFAULT 0,
  circuit_breaker TEXT,
  breaker TEXT,
  calls_per_second REAL,
  on_voicemail TEXT,
  floor TEXT,
  holds TEXT,
  paced_until INTEGER,
  answered_requests TEXT,
  asked_slots INTEGER,
  kept_slots INTEGER,
  most_slots INTEGER,
  sums_told INTEGER NOT NULL DEFAULT 0,
  settled_to INTEGER NOT NULL DEFAULT 0,
  priority INTEGER NOT NULL DEFAULT 3,
  untold_acts TEXT,
  cancelled_by TEXT,
  deferred_until INTEGER
);

-- Up to 100 recipients a row, written once. `request_id`, `requested_at`: with the first of a request for direct calls.
CREATE TABLE recipient_pages (
  first_position INTEGER PRIMARY KEY,
  recipients TEXT NOT NULL,
  added_at INTEGER,
  request_id TEXT,
  requested_at INTEGER
);

-- A row for each time a recipient is, or is to be, reached. No index but the key: an entry would be a row more for each call.
CREATE TABLE attempts (
  number INTEGER PRIMARY KEY,
  position INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  status TEXT NOT NULL,
  token TEXT,
  carrier_call_id TEXT,
  created_at INTEGER NOT NULL,
  dispatched_at INTEGER,
  answered_at INTEGER,
  ended_at INTEGER,
  end_reason TEXT,
  error_message TEXT,
  due_at INTEGER,
  updated_at INTEGER NOT NULL,
  deferred_since INTEGER,
  ended_because TEXT,
  carrier_code TEXT,
  sip_code INTEGER,
  failure_reason TEXT,
  answered_by TEXT,
  redacted_at INTEGER,
  counted_in TEXT,
  event_number INTEGER,
  events_sent INTEGER,
  event TEXT
);

-- Tickets for WebSockets, each good for a minute.
CREATE TABLE live_tickets (
  ticket TEXT PRIMARY KEY,
  expires_at INTEGER NOT NULL,
  key_id TEXT,
  key_expires_at INTEGER
) WITHOUT ROWID;

-- Webhook events on their way, up to 50 a row.
CREATE TABLE outbox_pages (
  number INTEGER PRIMARY KEY,
  events TEXT NOT NULL
);

-- What was said about calls, by the number of the attempt. `tags`: a JSON list.
CREATE TABLE call_remarks (
  number INTEGER PRIMARY KEY,
  outcome TEXT,
  notes TEXT,
  tags TEXT NOT NULL,
  recording_url TEXT,
  transcript_url TEXT
);

-- By which outcomes and tags calls are found.
CREATE TABLE call_labels (
  label TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (label, number)
) WITHOUT ROWID;

-- What calls in flight are ahead of their attempts, up to 500 a row. `calls`: a JSON list.
CREATE TABLE progress (
  page INTEGER PRIMARY KEY,
  calls TEXT NOT NULL
);
