-- The database of a webhook's object, as the steps in migrations.ts leave it. A test compares the two. What the columns
-- mean stands in deliveries.ts.

-- One row: whose it is, and since when every delivery has failed.
CREATE TABLE webhook (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  id TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  failing_since INTEGER
);

-- Those that are pending, and the last ones that are over. `event`: JSON of a `WebhookEvent`.
CREATE TABLE deliveries (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  ordered_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  due_at INTEGER,
  attempted_at INTEGER,
  response_status INTEGER,
  error_message TEXT,
  batch_id TEXT,
  call_id TEXT,
  event TEXT NOT NULL
) WITHOUT ROWID;
