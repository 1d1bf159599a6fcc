/** The tables of a batch's object. Append-only: add a step, never edit one (see `storage/migrations.ts`). */

import { lateTables } from "../../storage/migrations.ts";

export const BATCH_STEPS: readonly string[] = [
  /*sql*/ `CREATE TABLE batch (
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
    rest_known INTEGER NOT NULL
  )`,
  // Recipients are written once, many to a row: a written row is what costs.
  /*sql*/ `CREATE TABLE recipient_pages (
    first_position INTEGER PRIMARY KEY,
    recipients TEXT NOT NULL
  )`,
  // One row for each attempt to reach a recipient. It has no index besides the key, which would cost one more written
  // row for each call. The roster in memory, or a rare scan, answers all other questions.
  /*sql*/ `CREATE TABLE attempts (
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
    updated_at INTEGER NOT NULL
  )`,
  /*sql*/ `ALTER TABLE attempts ADD COLUMN deferred_since INTEGER`,
  /*sql*/ `ALTER TABLE batch ADD COLUMN paused_at INTEGER`,
  // JSON; null: only a human calls again.
  /*sql*/ `ALTER TABLE batch ADD COLUMN retry_policy TEXT`,
  // JSON of a `CallingWindow`; null: calls are allowed at any time.
  /*sql*/ `ALTER TABLE batch ADD COLUMN calling_window TEXT`,
  /*sql*/ `CREATE TABLE live_tickets (
    ticket TEXT PRIMARY KEY,
    expires_at INTEGER NOT NULL
  ) WITHOUT ROWID`,
  /*sql*/ `ALTER TABLE attempts ADD COLUMN ended_because TEXT`,
  /*sql*/ `ALTER TABLE attempts ADD COLUMN carrier_code TEXT`,
  /*sql*/ `ALTER TABLE attempts ADD COLUMN sip_code INTEGER`,
  // JSON of the webhooks that the batch knows; null: none.
  /*sql*/ `ALTER TABLE batch ADD COLUMN webhooks TEXT`,
  /*sql*/ `CREATE TABLE outbox (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    at INTEGER NOT NULL,
    type TEXT NOT NULL,
    is_call INTEGER NOT NULL,
    subject TEXT NOT NULL
  )`,
  /*sql*/ `ALTER TABLE attempts ADD COLUMN failure_reason TEXT`,
  // An `OrderKind`.
  /*sql*/ `ALTER TABLE batch ADD COLUMN kind TEXT NOT NULL DEFAULT 'batch'`,
  // When the page's recipients were appended; null: they came with the batch.
  /*sql*/ `ALTER TABLE recipient_pages ADD COLUMN added_at INTEGER`,
  /*sql*/ `ALTER TABLE batch ADD COLUMN appended_recipients INTEGER NOT NULL DEFAULT 0`,
  // Its settings and its state, as JSON.
  /*sql*/ `ALTER TABLE batch ADD COLUMN circuit_breaker TEXT`,
  /*sql*/ `ALTER TABLE batch ADD COLUMN breaker TEXT`,
  /*sql*/ `ALTER TABLE batch ADD COLUMN calls_per_second REAL`,
  // An `OnVoicemail`; null: the carrier is not asked who answers.
  /*sql*/ `ALTER TABLE batch ADD COLUMN on_voicemail TEXT`,
  // An `AnsweredBy`.
  /*sql*/ `ALTER TABLE attempts ADD COLUMN answered_by TEXT`,
  // JSON of the organization's `CallingWindow`; null: none, or not known.
  /*sql*/ `ALTER TABLE batch ADD COLUMN floor TEXT`,
  // As `holds.ts` writes them; null without holds, or while the batch asks for slots.
  /*sql*/ `ALTER TABLE batch ADD COLUMN holds TEXT`,
  // Until when the organization's pace delays all calls; null if that is soon, or not known.
  /*sql*/ `ALTER TABLE batch ADD COLUMN paced_until INTEGER`,
  // The key that created the ticket; null in rows from before this column, whose tickets are no longer valid.
  /*sql*/ `ALTER TABLE live_tickets ADD COLUMN key_id TEXT`,
  // As `answered.ts` writes them; null if no request had a key.
  /*sql*/ `ALTER TABLE batch ADD COLUMN answered_requests TEXT`,
  // What the open request asks for; null in a request of an earlier version, which asked for the target.
  /*sql*/ `ALTER TABLE batch ADD COLUMN asked_slots INTEGER`,
  // Slots that it keeps while a request for more waits.
  /*sql*/ `ALTER TABLE batch ADD COLUMN kept_slots INTEGER`,
  // The most that the organization grants; null if it granted what was asked for.
  /*sql*/ `ALTER TABLE batch ADD COLUMN most_slots INTEGER`,
  // When the call's personal data was erased (`people/erasing.ts`).
  /*sql*/ `ALTER TABLE attempts ADD COLUMN redacted_at INTEGER`,
  // Until when the organization's reports have been told of attempts.
  /*sql*/ `ALTER TABLE batch ADD COLUMN sums_told INTEGER NOT NULL DEFAULT 0`,
  // Where reports count an attempt, once its recipient is erased.
  /*sql*/ `ALTER TABLE attempts ADD COLUMN counted_in TEXT`,
  // With the first recipients of a request for direct calls: its id, and when it was made.
  /*sql*/ `ALTER TABLE recipient_pages ADD COLUMN request_id TEXT`,
  /*sql*/ `ALTER TABLE recipient_pages ADD COLUMN requested_at INTEGER`,
  // Of direct calls: the organization knows that everybody before this position is through.
  /*sql*/ `ALTER TABLE batch ADD COLUMN settled_to INTEGER NOT NULL DEFAULT 0`,
  // Each request had an object of its own.
  /*sql*/ `UPDATE recipient_pages SET request_id = (SELECT id FROM batch), requested_at = (SELECT created_at FROM batch)
    WHERE first_position = 0 AND EXISTS (SELECT 1 FROM batch WHERE kind = 'direct')`,
  /*sql*/ `UPDATE batch SET settled_to = total_recipients WHERE kind = 'direct' AND rest_known = 1`,
  // Events share a row, which is billed once.
  /*sql*/ `CREATE TABLE outbox_pages (
    number INTEGER PRIMARY KEY,
    events TEXT NOT NULL
  )`,
  /*sql*/ `INSERT INTO outbox_pages (events)
    SELECT json_array(json_object('id', id, 'at', at, 'type', type, iif(is_call, 'attempt', 'batch'), json(subject)))
    FROM outbox ORDER BY number`,
  /*sql*/ `DROP TABLE outbox`,
  /*sql*/ `CREATE TABLE call_remarks (
    number INTEGER PRIMARY KEY,
    outcome TEXT,
    notes TEXT,
    tags TEXT NOT NULL,
    recording_url TEXT,
    transcript_url TEXT
  )`,
  /*sql*/ `CREATE TABLE call_labels (
    label TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (label, number)
  ) WITHOUT ROWID`,
  // 1 comes first.
  /*sql*/ `ALTER TABLE batch ADD COLUMN priority INTEGER NOT NULL DEFAULT 3`,
  // What a human has changed, until the organization has recorded it.
  /*sql*/ `ALTER TABLE batch ADD COLUMN untold_acts TEXT`,
  // Until when the key is accepted that created the ticket; null: it stays.
  /*sql*/ `ALTER TABLE live_tickets ADD COLUMN key_expires_at INTEGER`,
  // JSON of the `Actor`.
  /*sql*/ `ALTER TABLE batch ADD COLUMN cancelled_by TEXT`,
  // Until when the carrier has asked the batch to wait; null if it never has.
  /*sql*/ `ALTER TABLE batch ADD COLUMN deferred_until INTEGER`,
  /*sql*/ `UPDATE batch SET deferred_until =
    (SELECT max(due_at) FROM attempts WHERE status = 'queued' AND deferred_since IS NOT NULL)`,
  /*sql*/ `CREATE TABLE progress (
    page INTEGER PRIMARY KEY,
    calls TEXT NOT NULL
  )`,
  // As `ridden-events.ts` writes them.
  /*sql*/ `ALTER TABLE attempts ADD COLUMN event_number INTEGER`,
  /*sql*/ `ALTER TABLE attempts ADD COLUMN events_sent INTEGER`,
  /*sql*/ `ALTER TABLE attempts ADD COLUMN event TEXT`,
];

/** Only dialing, webhooks, watchers, remarks and many calls at once need them. */
const LATE = ["attempts", "outbox_pages", "live_tickets", "call_remarks", "call_labels", "progress"];
export const BATCH_LATE = lateTables(BATCH_STEPS, LATE);
