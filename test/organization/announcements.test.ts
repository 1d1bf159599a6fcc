/** How announcements are forgotten: the oldest is found without a look at the others, and many go in slices. */

import { expect, it } from "vitest";
import { IDEMPOTENCY_MS } from "../../src/calling/requests/limits.ts";
import {
  announce,
  arrive,
  expire,
  meaningOfKey,
  nextExpiry,
  withdraw,
} from "../../src/organization/batches/announcements.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { sampleOrder } from "../batch/samples.ts";
import { nodeSql } from "../support/node-sql.ts";

const made = (count: number, at: (index: number) => number) => {
  const sql = nodeSql(ORGANIZATION_STEPS);
  for (let index = 0; index < count; index += 1) {
    announce(sql, { ...sampleOrder, id: `acb_${index}` }, 2, { key: `key ${index}`, bodyHash: "" }, 0, at(index));
  }
  return sql;
};

it("a key means the order that it announced, for a day and for no other body", () => {
  const sql = nodeSql(ORGANIZATION_STEPS);
  announce(sql, sampleOrder, 2, { key: "key", bodyHash: "a" }, 0, 0);
  const meaning = (key: string, bodyHash: string, now: number) => meaningOfKey(sql, { key, bodyHash }, now).kind;
  expect(meaningOfKey(sql, { key: "key", bodyHash: "a" }, 1)).toEqual({
    kind: "repeat",
    order: sampleOrder,
    arrived: false,
  });
  expect(meaning("key", "b", 1)).toBe("reused");
  expect(meaning("another", "a", 1)).toBe("fresh");
  arrive(sql, sampleOrder.id);
  expect(meaningOfKey(sql, { key: "key", bodyHash: "a" }, 1)).toMatchObject({ kind: "repeat", arrived: true });
  expect(meaning("key", "b", IDEMPOTENCY_MS)).toBe("fresh");
});

it("the next to expire is the oldest that is left", () => {
  const sql = made(3, (index) => 100 * index);
  expect(nextExpiry(sql)).toBe(IDEMPOTENCY_MS);
  withdraw(sql, "acb_0");
  expect(nextExpiry(sql)).toBe(100 + IDEMPOTENCY_MS);
  expect(expire(sql, 100 + IDEMPOTENCY_MS)).toBe(2);
  expect(nextExpiry(sql)).toBe(200 + IDEMPOTENCY_MS);
  expect(expire(sql, 200 + IDEMPOTENCY_MS)).toBe(2);
  expect(nextExpiry(sql)).toBeNull();
});

it("a busy day is forgotten in slices, and expiry stays due until all of it is", () => {
  const sql = made(2_500, () => 0);
  const lost: number[] = [];
  while ((nextExpiry(sql) ?? Number.POSITIVE_INFINITY) <= IDEMPOTENCY_MS) lost.push(expire(sql, IDEMPOTENCY_MS));
  expect(lost).toEqual([2_000, 2_000, 1_000]);
});

it("reads as much with ten thousand announcements as with ten", () => {
  const readOf = (count: number): number => {
    const sql = made(count, (index) => index);
    const before = sql.rowsRead;
    nextExpiry(sql);
    return sql.rowsRead - before;
  };
  expect(readOf(10_000)).toBe(readOf(10));
  const [plan] = made(1, () => 0).all<{ detail: string }>(
    "EXPLAIN QUERY PLAN SELECT announced_at FROM announcements WHERE rowid > 0 ORDER BY rowid LIMIT 1",
  );
  expect(plan?.detail).toMatch(/^SEARCH/);
});
