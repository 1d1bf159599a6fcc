/** An agent's calls lie in many batches; page by page, in both directions, they are one list. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeCalls } from "../../src/api/operations/calls/merge.ts";
import { boundsOf } from "../../src/batch/reading/call-bounds.ts";
import type { CallPosition } from "../../src/batch/rpc.ts";
import type { CallView } from "../../src/calling/messages/batch-view.ts";
import { present } from "../../src/calling/requests/assert.ts";
import type { Page, PageRequest } from "../../src/calling/requests/page.ts";
import { callId, newBatchId, parseCallId, routeOfBatch } from "../../src/calling/secrets/ids.ts";
import type { CallSource } from "../../src/organization/messages/calling.ts";

type Direction = "older" | "newer";
/** A batch with its calls, oldest first. */
type Lying = { readonly source: CallSource; readonly route: string; readonly calls: readonly CallView[] };

const call = (id: string, createdAt: number): CallView => ({
  id,
  agent_id: "agent_one",
  agent_name: null,
  status: "completed",
  createdAt,
  startedAt: null,
  endedAt: null,
  to_number: "+14155550100",
  from_number: null,
  call_sid: null,
  telephony_account_type: null,
  end_reason: null,
  answeredBy: null,
  error_message: null,
  external_id: null,
  metadata: null,
});

/** `slack`: how much wider than its calls the index takes the batch to be. Null: the batch is not at rest. */
function lying(instants: readonly number[], slack: number | null): Lying {
  const batchId = newBatchId();
  const route = present(routeOfBatch(batchId, "org_test"), "a batch's id");
  const sorted = [...instants].sort((a, b) => a - b);
  const calls = sorted.map((at, index) => call(callId(route, index + 1), at));
  const oldestPossibleAt = (sorted[0] ?? 0) - (slack ?? 0);
  const newestPossibleAt = slack === null ? Number.MAX_SAFE_INTEGER : (sorted.at(-1) ?? 0) + slack;
  return { source: { batchId, newestPossibleAt, oldestPossibleAt }, route, calls };
}

const isNewer = (a: CallPosition, b: CallPosition): boolean =>
  a.createdAt > b.createdAt || (a.createdAt === b.createdAt && a.id > b.id);
const newestFirst = (batches: readonly Lying[]): CallView[] =>
  batches.flatMap(({ calls }) => calls).sort((a, b) => (isNewer(a, b) ? -1 : 1));

type Read = (batch: Lying, beyond: CallPosition | null, direction: Direction) => readonly CallView[];

const READS: Record<string, Read> = {
  "compared call by call": ({ calls }, beyond, direction) =>
    calls.filter((one) => beyond === null || (direction === "older" ? isNewer(beyond, one) : isNewer(one, beyond))),
  "read between the bounds that batches use": ({ route, calls }, beyond, direction) => {
    const bounds = boundsOf(route, {
      window: { from: null, until: null },
      beyond,
      direction,
      person: { toNumber: null, externalId: null },
      count: 1,
    });
    const { from, until } = bounds.window;
    return calls.filter(({ id, createdAt }) => {
      const number = present(parseCallId(id), "a call's id").number;
      const isBeyond = direction === "older" ? number < bounds.number : number > bounds.number;
      return isBeyond && createdAt >= (from ?? 0) && createdAt <= (until ?? Number.MAX_SAFE_INTEGER);
    });
  },
};

type Asked = { page: Page<CallView>; batches: string[]; most: number };

async function pageFrom(
  batches: readonly Lying[],
  read: Read,
  limit: number,
  direction: Direction,
  cursor: CallView | null,
): Promise<Asked> {
  const request: PageRequest = {
    limit,
    startingAfter: direction === "older" ? (cursor?.id ?? null) : null,
    endingBefore: direction === "newer" ? present(cursor, "going newer begins at a call").id : null,
  };
  const position = cursor === null ? null : { createdAt: cursor.createdAt, id: cursor.id };
  const asked: string[] = [];
  let most = 0;
  const sources = batches.map(({ source }) => source);
  const page = await mergeCalls(sources, request, position, async (source, count) => {
    asked.push(source.batchId);
    most = Math.max(most, count);
    const batch = present(
      batches.find((one) => one.source === source),
      "a source",
    );
    const found = read(batch, position, direction);
    return (direction === "older" ? found.toReversed() : found).slice(0, count);
  });
  return { page, batches: asked, most };
}

/** Few instants for many calls, so that most calls share theirs with calls of other batches. */
const anyBatches = fc.array(
  fc
    .tuple(
      fc.array(fc.integer({ min: 1_000, max: 1_012 }), { maxLength: 9 }),
      fc.option(fc.nat({ max: 4 }), { nil: null }),
    )
    .map(([instants, slack]) => lying(instants, slack)),
  { maxLength: 14 },
);
const anyLimit = fc.integer({ min: 1, max: 12 });

describe.each(Object.entries(READS))("batches %s", (_, read) => {
  it("going older gives every call once, newest first, and says truly whether there is more", async () => {
    await fc.assert(
      fc.asyncProperty(anyBatches, anyLimit, async (batches, limit) => {
        const all = newestFirst(batches);
        const seen: CallView[] = [];
        let cursor: CallView | null = null;
        do {
          const { page } = await pageFrom(batches, read, limit, "older", cursor);
          expect(page.data).toEqual(all.slice(seen.length, seen.length + limit));
          seen.push(...page.data);
          expect(page.hasMore).toBe(seen.length < all.length);
          expect(page.nextPage).toBe(page.hasMore ? (seen.at(-1)?.id ?? "") : null);
          cursor = page.hasMore ? (seen.at(-1) ?? null) : null;
        } while (cursor !== null);
        expect(seen).toEqual(all);
      }),
      { numRuns: 200 },
    );
  });

  it("going newer from any call gives every newer one once, newest first within each page", async () => {
    await fc.assert(
      fc.asyncProperty(anyBatches, anyLimit, fc.nat(), async (batches, limit, from) => {
        const all = newestFirst(batches);
        const start = all.length === 0 ? 0 : from % all.length;
        let left = start;
        let cursor = all[start] ?? null;
        while (cursor !== null) {
          const { page } = await pageFrom(batches, read, limit, "newer", cursor);
          expect(page.data).toEqual(all.slice(Math.max(0, left - limit), left));
          left -= page.data.length;
          expect(page.hasMore).toBe(left > 0);
          expect(page.nextPage).toBe(left > 0 ? (page.data[0]?.id ?? "") : null);
          cursor = page.hasMore ? (page.data[0] ?? null) : null;
        }
        expect(left).toBe(0);
      }),
      { numRuns: 200 },
    );
  });
});

describe("how many batches are asked", () => {
  const read = present(READS["compared call by call"], "in the table");
  /** A hundred batches at rest, a thousand apart, each with three calls; the oldest first. */
  const hundred = Array.from({ length: 100 }, (_, index) => {
    const at = 1_000_000 + index * 1_000;
    return lying([at, at + 1, at + 2], 0);
  });
  const batchIds = (from: number, to: number) => new Set(hundred.slice(from, to).map(({ source }) => source.batchId));

  it("those with the newest calls suffice for the first page", async () => {
    const { page, batches, most } = await pageFrom(hundred, read, 10, "older", null);
    expect(page.data).toEqual(newestFirst(hundred).slice(0, 10));
    expect(new Set(batches)).toEqual(batchIds(94, 100));
    expect(batches).toHaveLength(6);
    expect(most).toBe(11);
  });

  it("going newer, the search stops where no batch can hold a nearer call", async () => {
    const { page, batches } = await pageFrom(hundred, read, 5, "newer", hundred[0]?.calls[0] ?? null);
    expect(page.data).toEqual(newestFirst(hundred).slice(-6, -1));
    expect(new Set(batches)).toEqual(batchIds(0, 6));
    expect(batches).toHaveLength(6);
  });

  it("one that may still hold the newest call is asked whatever its last report was", async () => {
    const running = lying([1_000_500], null);
    const { page, batches } = await pageFrom([...hundred, running], read, 10, "older", null);
    expect(batches).toContain(running.source.batchId);
    expect(page.data.map(({ id }) => id)).not.toContain(running.calls[0]?.id);
  });

  it("nobody is asked where there is no batch", async () => {
    const { page, batches } = await pageFrom([], read, 10, "older", null);
    expect(page).toEqual({ data: [], hasMore: false, nextPage: null });
    expect(batches).toEqual([]);
  });
});
