/** A list of batches as JSON: what is remembered of it is never older than the batches' summaries. */

import { expect, it } from "vitest";
import { presentBatch, presentTurn } from "../../src/calling/answers/batch.ts";
import type { BatchSummary } from "../../src/calling/messages/batch-view.ts";
import type { Turn } from "../../src/calling/messages/turn.ts";
import { putSummary } from "../../src/organization/batches/batch-index.ts";
import { BatchList } from "../../src/organization/batches/batch-list.ts";
import { listBatches } from "../../src/organization/batches/batch-search.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { nodeSql } from "../support/node-sql.ts";

const ANY = { from: null, until: null };
const ALL = { agentId: null, statuses: [], words: [], created: ANY, starts: ANY, sort: "newest" } as const;
const batch = (createdAt: number, finished = 0): BatchSummary => ({
  ...{
    id: `acb_${createdAt}`,
    name: `"Märch" ${createdAt}`,
    agent_id: "agent_1",
    from_number_id: "ap_1",
    region: "US",
  },
  ...{
    target_concurrency_limit: 1,
    status: "in_progress",
    retry_count: 0,
    createdAt,
    lastUpdatedAt: createdAt + finished,
  },
  ...{ total_calls_scheduled: 10, total_calls_dispatched: 5, total_calls_finished: finished },
  ...{ scheduledAt: null, admittedAt: createdAt, pausedAt: null },
});
const TURN: Turn = { position: 1, slots: 2, free: 0, at: 5, basis: "assumed", callMs: 60_000 };

it("is as the API shows it, before and after batches have changed", () => {
  const sql = nodeSql(ORGANIZATION_STEPS);
  const list = new BatchList();
  // More than are remembered.
  const all = new Map(Array.from({ length: 1_050 }, (_, index) => [index + 1, batch(index + 1)]));
  for (const one of all.values()) putSummary(sql, one, false);
  const pages = (turns: ReadonlyMap<string, Turn> = new Map()): unknown[] => {
    const shown: unknown[] = [];
    let startingAfter: string | null = null;
    do {
      const page = listBatches(sql, { limit: 100, startingAfter, endingBefore: null }, ALL);
      if (!page.ok) throw new Error(page.failure.kind);
      const answer = JSON.parse(list.pageJson(page.value, turns)) as Record<string, unknown>;
      const { nextPage, hasMore, counts } = page.value;
      expect(answer).toMatchObject({ next_page: nextPage, has_more: hasMore, counts });
      shown.push(...(answer.data as unknown[]));
      startingAfter = nextPage;
    } while (startingAfter !== null);
    return shown;
  };
  const expected = () => [...all.values()].reverse().map((one) => presentBatch(one));
  expect(pages()).toEqual(expected());
  for (const createdAt of [1, 7, 1_050]) {
    all.set(createdAt, batch(createdAt, 3));
    putSummary(sql, batch(createdAt, 3), false);
  }
  expect(pages()).toEqual(expected());
  const [first, ...others] = pages(new Map([["acb_1050", TURN]]));
  expect(first).toEqual({ ...expected()[0], turn: presentTurn(TURN) });
  expect(others).toEqual(expected().slice(1));
});
