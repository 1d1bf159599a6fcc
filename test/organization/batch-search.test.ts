/** Batches as they are found: by words, agent, status, creation and start, in three orders, page by page and back. */

import { describe, expect, it } from "vitest";
import type { BatchSummary } from "../../src/calling/messages/batch-view.ts";
import { folded } from "../../src/calling/numbers/person-search.ts";
import { BATCH_STATUSES } from "../../src/calling/words/batch-status.ts";
import { putSummary } from "../../src/organization/batches/batch-index.ts";
import { listBatches, wordsOf } from "../../src/organization/batches/batch-search.ts";
import type { BatchFilter } from "../../src/organization/messages/calling.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { migrate } from "../../src/storage/migrations.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { emptySql, nodeSql } from "../support/node-sql.ts";

const NAMES = ["Günther's März-Rückruf", "Appointment reminders", "Renewals march", "renewals, April", "ZÜRICH 2026"];
const AGENTS = ["agent_a", "agent_b"];

const batch = (index: number): BatchSummary => ({
  id: `acb_${index}`,
  name: NAMES[index % NAMES.length] ?? "",
  agent_id: AGENTS[index % 2] ?? "",
  from_number_id: "ap_1",
  region: "US",
  target_concurrency_limit: 1,
  status: BATCH_STATUSES[index % 3] ?? "pending",
  total_calls_scheduled: 10,
  total_calls_dispatched: 0,
  total_calls_finished: 0,
  retry_count: 0,
  createdAt: 1_000 + index,
  lastUpdatedAt: 1_000 + index,
  // Every fourth; some at the same instant.
  scheduledAt: index % 4 === 0 ? 5_000 - Math.floor(index / 8) * 10 : null,
  admittedAt: null,
  pausedAt: null,
});

/** As the batches tell them, and after some have told more. */
function filled(): { readonly sql: Sql; readonly all: BatchSummary[] } {
  const sql = nodeSql(ORGANIZATION_STEPS);
  const all = Array.from({ length: 60 }, (_, index) => batch(index));
  for (const one of all) putSummary(sql, one, false);
  for (const index of [0, 4, 7, 21]) {
    const changed = { ...batch(index), status: "cancelled" as const, name: "Renamed März", lastUpdatedAt: 9_000 };
    all[index] = index === 4 ? { ...changed, scheduledAt: 7_000 } : changed;
    putSummary(sql, all[index], true);
    // A word that comes twice, and one from before, change nothing.
    putSummary(sql, all[index], true);
    putSummary(sql, batch(index), false);
  }
  return { sql, all };
}

type Asked = Partial<BatchFilter>;
const ANY = { from: null, until: null };
const filterOf = (asked: Asked): BatchFilter => ({
  ...{ agentId: null, statuses: [], words: [], created: ANY, starts: ANY, sort: "newest" },
  ...asked,
});

function walk(sql: Sql, asked: Asked, limit: number): string[] {
  const read = (startingAfter: string | null, endingBefore: string | null) => {
    const page = listBatches(sql, { limit, startingAfter, endingBefore }, filterOf(asked));
    if (!page.ok) throw new Error(page.failure.kind);
    return page.value;
  };
  const pages = [read(null, null)];
  for (let page = pages[0]; page !== undefined && page.nextPage !== null; ) {
    page = read(page.nextPage, null);
    pages.push(page);
  }
  const onward = pages.flatMap(({ data }) => data.map(({ id }) => id));
  const back = onward.slice(-1);
  for (let from = onward.at(-1) ?? null; from !== null; ) {
    const page = read(null, from);
    back.unshift(...page.data.map(({ id }) => id));
    from = page.nextPage;
  }
  expect(back).toEqual(onward);
  return onward;
}

/** Worked out by looking at everything. */
function expected(all: readonly BatchSummary[], asked: Asked): string[] {
  const { agentId, statuses, words, created, starts, sort } = filterOf(asked);
  const isWithin = (at: number, { from, until }: typeof created) =>
    at >= (from ?? 0) && at <= (until ?? Number.POSITIVE_INFINITY);
  const found = all.filter(
    (one) =>
      (agentId === null || one.agent_id === agentId) &&
      (statuses.length === 0 || statuses.includes(one.status)) &&
      words.every((word) =>
        folded(one.name)
          .split(/[^\p{L}\p{N}]+/u)
          .some((known) => known.startsWith(word)),
      ) &&
      isWithin(one.createdAt, created) &&
      (sort !== "start" || (one.scheduledAt !== null && isWithin(one.scheduledAt, starts))),
  );
  const byCreation = (a: BatchSummary, b: BatchSummary) => a.createdAt - b.createdAt;
  const order = {
    newest: (a: BatchSummary, b: BatchSummary) => byCreation(b, a),
    oldest: byCreation,
    start: (a: BatchSummary, b: BatchSummary) => (a.scheduledAt ?? 0) - (b.scheduledAt ?? 0) || byCreation(a, b),
  };
  return found.sort(order[sort]).map(({ id }) => id);
}

describe("batches", () => {
  const { sql, all } = filled();
  const SPAN = { from: 1_007, until: 1_044 };
  const ASKED: readonly Asked[] = [
    {},
    { agentId: "agent_a" },
    { statuses: ["completed"] },
    { statuses: ["pending", "in_progress"] },
    { agentId: "agent_b", statuses: ["cancelled", "pending"] },
    { created: SPAN },
    { created: SPAN, statuses: ["in_progress"], agentId: "agent_a" },
    { words: wordsOf("gunther") },
    { words: wordsOf("RENEW mar") },
    { words: wordsOf("mar") },
    { words: wordsOf("guenther nobody") },
    { words: wordsOf("zuri 2026"), agentId: "agent_a", statuses: ["completed", "pending"], created: SPAN },
    { starts: { from: 4_950, until: 5_000 } },
    { words: wordsOf("app"), agentId: "agent_a", statuses: ["pending"] },
  ];

  it.each(ASKED.flatMap((asked) => (["newest", "oldest", "start"] as const).map((sort) => ({ ...asked, sort }))))(
    "are found by $agentId $statuses $words $created $starts, $sort first, page by page and back",
    (asked) => {
      for (const limit of [1, 7, 100]) expect(walk(sql, asked, limit)).toEqual(expected(all, asked));
    },
  );

  it("are found at all by what is asked here", () => {
    const counts = ASKED.map((asked) => expected(all, asked).length);
    expect(counts.filter((count) => count === 0)).toHaveLength(1);
  });

  it.each([null, "agent_a"])("are counted by status as a recount does: %s", (agentId) => {
    const page = listBatches(sql, { limit: 1, startingAfter: null, endingBefore: null }, filterOf({ agentId }));
    const counts = page.ok ? page.value.counts : null;
    const ofAgent = all.filter((one) => agentId === null || one.agent_id === agentId);
    for (const status of BATCH_STATUSES)
      expect([status, counts?.[status]]).toEqual([status, ofAgent.filter((one) => one.status === status).length]);
  });

  it("have no place where a cursor is another agent's, unknown, or without a start in the order of starts", () => {
    const at = (id: string, asked: Asked) =>
      listBatches(sql, { limit: 1, startingAfter: id, endingBefore: null }, filterOf(asked)).ok;
    expect(at("acb_1", { agentId: "agent_a" })).toBe(false);
    expect(at("acb_unknown", {})).toBe(false);
    expect(at("acb_1", { sort: "start" })).toBe(false);
    // Its status has changed since the page before.
    expect(at("acb_4", { statuses: ["pending"] })).toBe(true);
  });
});

it("batches of an earlier version are found and counted like others", () => {
  const sql = emptySql();
  const before = ORGANIZATION_STEPS.findIndex((step) => step.includes("ADD COLUMN status"));
  migrate(sql, ORGANIZATION_STEPS.slice(0, before));
  for (const index of [0, 1, 2]) {
    const one = batch(index);
    sql.run(
      `INSERT INTO batch_index (created_at, id, agent_id, from_number_id, at_rest, last_updated_at, summary)
      VALUES (?, ?, ?, 'ap_1', 1, 1, ?)`,
      ...[one.createdAt, one.id, one.agent_id, JSON.stringify(one)],
    );
  }
  migrate(sql, ORGANIZATION_STEPS);
  expect(walk(sql, { words: wordsOf("app rem") }, 1)).toEqual(["acb_1"]);
  expect(walk(sql, { statuses: ["completed"] }, 1)).toEqual(["acb_2"]);
  expect(walk(sql, { sort: "start" }, 1)).toEqual(["acb_0"]);
  const page = listBatches(sql, { limit: 1, startingAfter: null, endingBefore: null }, filterOf({}));
  expect(page.ok && page.value.counts).toMatchObject({ pending: 1, in_progress: 1, completed: 1 });
});
