/** What an organization keeps no longer, and when its object has to act for it: over weeks of a clock that the test drives. */

import { beforeEach, describe, expect, it } from "vitest";
import { SERVICE } from "../../src/calling/messages/act.ts";
import { record } from "../../src/organization/acts/act-rows.ts";
import {
  beginDeletion,
  forgetOldDeletions,
  isBeingDeleted,
  storeDeleted,
} from "../../src/organization/batches/deletions.ts";
import { LIVES_AT_MOST_MS } from "../../src/organization/batches/direct-pools.ts";
import { noteSeen, openArchive } from "../../src/organization/erasing/archive-rows.ts";
import {
  areArchivesDue,
  areDeliveriesDue,
  deliveriesForgotten,
  isKept,
  keptUntil,
  overdue,
  Retention,
} from "../../src/organization/erasing/retention.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { nodeSql } from "../support/node-sql.ts";

const DAY = 24 * 60 * 60 * 1_000;
const START = Date.parse("2026-03-02T12:00:00Z");

let sql: Sql;
beforeEach(() => {
  sql = nodeSql(ORGANIZATION_STEPS);
  sql.run(
    `INSERT INTO organization (only_row, id, name, agent_call_concurrency_limit, agents_usage, created_at, newest_batch_at)
     VALUES (1, 'org_1', 'Acme', 10, 0, 7, 0)`,
  );
});

const keepFor = (days: number) => sql.run("UPDATE organization SET retention_days = ?", days);
function addBatch(createdAt: number, fields: { overAt?: number; agent?: string; isAtRest?: boolean } = {}): string {
  const { overAt = createdAt, agent = "agent_1", isAtRest = true } = fields;
  const id = `acb_${createdAt}`;
  sql.run(
    `INSERT INTO batch_index (created_at, id, agent_id, from_number_id, at_rest, last_updated_at, summary)
     VALUES (?, ?, ?, 'ap_1', ?, ?, '{}')`,
    createdAt,
    id,
    agent,
    Number(isAtRest),
    overAt,
  );
  sql.run("INSERT OR IGNORE INTO batch_counts (agent_id, status, batches) VALUES (?, 'completed', 1)", agent);
  return id;
}
const addPool = (createdAt: number) =>
  sql.run(
    "INSERT INTO direct_pools (created_at, id, agent_id, from_number_id, newest_at) VALUES (?, ?, 'agent_1', 'ap_1', ?)",
    createdAt,
    `acb_${createdAt}`,
    createdAt + DAY,
  );
const due = (now: number, atMost = 20) => overdue(sql, now, atMost).map(({ batchId }) => batchId);

describe("what has to go", () => {
  it("is nothing without a retention", () => {
    addBatch(START);
    addPool(START + 1);
    expect(due(START + 10_000 * DAY)).toEqual([]);
    expect(keptUntil(sql, START + 10_000 * DAY)).toBeNull();
    expect(new Retention(sql).dueAt).toBe(Number.POSITIVE_INFINITY);
  });

  it("is a batch that has been over for so long, to the millisecond, whatever its age", () => {
    keepFor(30);
    const old = addBatch(START);
    const lived = addBatch(START + 1, { overAt: START + 20 * DAY });
    addBatch(START + 2, { isAtRest: false });
    expect(due(START + 30 * DAY - 1)).toEqual([]);
    expect(due(START + 30 * DAY)).toEqual([old]);
    expect(due(START + 50 * DAY)).toEqual([old, lived]);
    expect(due(START + 5_000 * DAY)).toEqual([old, lived]);
  });

  it("is asked of every agent, also of one that was deleted, and no more at once than there is room for", () => {
    keepFor(1);
    const ids = [addBatch(START), addBatch(START + 1, { agent: "agent_2" }), addBatch(START + 2, { agent: "agent_3" })];
    expect(due(START + 2 * DAY).sort()).toEqual(ids);
    expect(due(START + 2 * DAY, 2)).toHaveLength(2);
    expect(due(START + 2 * DAY, 0)).toEqual([]);
  });

  it("is an object of direct calls once its last possible call is so old", () => {
    keepFor(7);
    addPool(START);
    const lastCall = START + LIVES_AT_MOST_MS;
    expect(due(lastCall + 7 * DAY - 1)).toEqual([]);
    expect(due(lastCall + 7 * DAY)).toEqual([`acb_${START}`]);
  });

  it("is not begun twice", () => {
    keepFor(1);
    const batchId = addBatch(START);
    addPool(START + 1);
    beginDeletion(sql, { createdAt: START, batchId, act: null, isArchived: false });
    beginDeletion(sql, { createdAt: START + 1, batchId: "acb_pool", act: null, isArchived: false });
    expect(due(START + 100 * DAY)).toEqual([]);
    expect(new Retention(sql).dueAt).toBe(Number.POSITIVE_INFINITY);
  });

  it("is all that is over while the organization is deleted", () => {
    const id = addBatch(START);
    addBatch(START + 1, { isAtRest: false });
    addPool(START + 2);
    sql.run("UPDATE organization SET removal_requested_at = ?", START + 3);
    expect(due(START + 4)).toEqual([id, `acb_${START + 2}`]);
    expect(new Retention(sql).dueAt).toBe(0);
  });
});

describe("the object", () => {
  it("sleeps until the first one is due, and has no alarm where nothing will be", () => {
    keepFor(30);
    expect(new Retention(sql).dueAt).toBe(Number.POSITIVE_INFINITY);
    addBatch(START, { overAt: START + DAY });
    addBatch(START + 1, { agent: "agent_2" });
    addPool(START - LIVES_AT_MOST_MS - 5);
    expect(new Retention(sql).dueAt).toBe(START - 5 + 30 * DAY);
  });

  it("learns of the first batch that is over, and of a changed setting", () => {
    keepFor(30);
    const retention = new Retention(sql);
    expect(retention.dueAt).toBe(Number.POSITIVE_INFINITY);
    addBatch(START);
    retention.isOver();
    expect(retention.dueAt).toBe(START + 30 * DAY);
    keepFor(10);
    expect(retention.dueAt).toBe(START + 30 * DAY);
    retention.changed();
    expect(retention.dueAt).toBe(START + 10 * DAY);
  });

  it("never rings again and again while a slice is under way, and goes on as soon as it is done", () => {
    keepFor(1);
    addBatch(START);
    const retention = new Retention(sql);
    const now = START + 5 * DAY;
    expect(retention.dueAt).toBeLessThan(now);
    retention.begun(now);
    expect(retention.dueAt).toBeGreaterThan(now + 10_000);
    retention.done(now + 1);
    expect(retention.dueAt).toBeLessThan(now + 1_000);
  });
});

it("is due for the oldest record of the audit too", () => {
  keepFor(30);
  const act = { id: crypto.randomUUID(), operation: "createAgent", by: SERVICE };
  record(sql, act, { kind: "agent", resourceId: "agent_1", before: null, after: {} }, START);
  expect(new Retention(sql).dueAt).toBe(START + 30 * DAY);
  expect(due(START + 31 * DAY)).toEqual([]);
});

it("tells webhooks once a day what to delete, and at once after a shorter retention", () => {
  keepFor(30);
  expect(new Retention(sql).dueAt).toBe(Number.POSITIVE_INFINITY);
  sql.run(
    `INSERT INTO webhooks (id, display_name, url, events, sealed_secrets, created_at, updated_at)
     VALUES ('webhook_1', 'w', 'https://example.com', '[]', '', 1, 1)`,
  );
  const until = () => keptUntil(sql, START) ?? 0;
  expect(areDeliveriesDue(sql, until())).toBe(true);
  deliveriesForgotten(sql, until());
  expect(areDeliveriesDue(sql, until() + DAY - 1)).toBe(false);
  expect(areDeliveriesDue(sql, until() + DAY)).toBe(true);
  expect(new Retention(sql).dueAt).toBe(START + DAY);
  keepFor(29);
  expect(areDeliveriesDue(sql, until())).toBe(true);
  keepFor(0);
  expect(new Retention(sql).dueAt).toBe(Number.POSITIVE_INFINITY);
});

it("looks once a day for archives that are gone, also without a retention, and not while it is deleted", () => {
  openArchive(sql, START, "acb_1");
  noteSeen(sql, START);
  expect(new Retention(sql).dueAt).toBe(START + DAY);
  expect([START + DAY - 1, START + DAY].map((now) => areArchivesDue(sql, now))).toEqual([false, true]);
  sql.run("UPDATE organization SET removal_requested_at = 1");
  expect(areArchivesDue(sql, START + DAY)).toBe(false);
});

it("holds up what needs the bucket, and nothing else", () => {
  keepFor(1);
  addBatch(START);
  const act = { id: crypto.randomUUID(), operation: "createAgent", by: SERVICE };
  record(sql, act, { kind: "agent", resourceId: "agent_1", before: null, after: {} }, START + 5 * DAY);
  const retention = new Retention(sql);
  const now = START + 3 * DAY;
  retention.heldUp("sources", now);
  expect(retention.dueAt).toBe(now + 60 * 60 * 1_000);
  expect([retention.isHeldUp("sources", now + 1), retention.isHeldUp("archives", now + 1)]).toEqual([true, false]);
  record(sql, { ...act, id: crypto.randomUUID() }, { kind: "agent", resourceId: "a", before: null, after: {} }, START);
  retention.begun(now);
  expect(retention.dueAt).toBeLessThan(now + 60 * 1_000);
});

describe("what a deleted batch leaves, so that nothing of it comes to be again", () => {
  it("stays a week, longer than any key counts, and then goes", () => {
    for (const createdAt of [START, START + 1, START + 2])
      beginDeletion(sql, { createdAt, batchId: `acb_${createdAt}`, act: null, isArchived: false });
    storeDeleted(sql, START, START + 30 * DAY);
    storeDeleted(sql, START + 1, START + 31 * DAY);
    const left = () => [START, START + 1, START + 2].map((at) => isBeingDeleted(sql, at));
    forgetOldDeletions(sql, START + 37 * DAY - 1);
    expect(left()).toEqual([true, true, true]);
    forgetOldDeletions(sql, START + 37 * DAY);
    expect(left()).toEqual([false, true, true]);
    // One that is not done stays, however long it takes.
    forgetOldDeletions(sql, START + 900 * DAY);
    expect(left()).toEqual([false, false, true]);
  });
});

it("direct calls that retention has begun to delete stay until the last call of their pool is as old", () => {
  keepFor(30);
  addPool(START);
  const over = START + LIVES_AT_MOST_MS + 30 * DAY;
  expect([over - 1, over].map((now) => isKept(sql, START, now))).toEqual([true, false]);
  keepFor(0);
  expect(isKept(sql, START, over)).toBe(true);
});

it("a batch that retention has begun to delete stays if it was changed since", () => {
  keepFor(30);
  addBatch(START, { overAt: START + DAY });
  const over = START + 31 * DAY;
  expect([over - 1, over].map((now) => isKept(sql, START, now))).toEqual([true, false]);
});
