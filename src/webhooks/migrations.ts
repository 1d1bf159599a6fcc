/** The tables of a webhook's object. Append-only: add a step, never edit one (see `storage/migrations.ts`). */

export const WEBHOOK_STEPS: readonly string[] = [
  /*sql*/ `CREATE TABLE webhook (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    failing_since INTEGER
  )`,
  // A delivery has its event's id, which sorts by time. So one key finds a repeated event, one delivery, and the newest
  // ones. The event is the last column, so reading the others does not read it.
  /*sql*/ `CREATE TABLE deliveries (
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
  ) WITHOUT ROWID`,
  // Events that come together share a row. The events are the last column, so reading the others does not read them.
  /*sql*/ `CREATE TABLE packs (
    number INTEGER PRIMARY KEY,
    deliveries TEXT NOT NULL,
    events TEXT NOT NULL
  )`,
  /*sql*/ `INSERT INTO packs (deliveries, events)
    SELECT
      json_array(json_object('id', id, 'type', type, 'status', status, 'attempts', attempts, 'tries', tries,
        'ordered_at', ordered_at, 'created_at', created_at, 'due_at', due_at, 'attempted_at', attempted_at,
        'response_status', response_status, 'error_message', error_message, 'batch_id', batch_id, 'call_id', call_id)),
      json_array(json(event))
    FROM deliveries ORDER BY id`,
  /*sql*/ `DROP TABLE deliveries`,
];
