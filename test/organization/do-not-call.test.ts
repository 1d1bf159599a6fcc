/** The do-not-call list as it is read: from the newest on, by a number, and by how numbers begin or end. */

import { describe, expect, it } from "vitest";
import type { DoNotCallFilter } from "../../src/organization/messages/people.ts";
import { listEntries, listNumbers, unlistNumber } from "../../src/organization/people/do-not-call.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { nodeSql } from "../support/node-sql.ts";

const BY = { id: "key_1", label: "test" };
const US = Array.from({ length: 30 }, (_, index) => `+1212555${String(1_000 + index * 7)}`);
const GB = Array.from({ length: 12 }, (_, index) => `+44207946${String(1_000 + index * 7)}`);
const REMOVED = new Set([US[3], US[4], US[9], GB[0], GB[5]]);

/** Listed in this order; some were taken off, and one of them is listed again. */
function list(): Sql {
  const sql = nodeSql(ORGANIZATION_STEPS);
  const entries = [...US, ...GB].map((number) => ({ number, reason: null }));
  listNumbers(sql, { entries, callId: null, by: BY }, 1);
  for (const number of REMOVED) unlistNumber(sql, number ?? "", "mistake", BY, 2);
  listNumbers(sql, { entries: [{ number: US[3] ?? "", reason: "again" }], callId: null, by: BY }, 3);
  return sql;
}

type Asked = Partial<DoNotCallFilter>;
const filterOf = (asked: Asked): DoNotCallFilter => ({ status: "listed", text: null, number: null, ...asked });
const shown = ({ number, removedAt }: { number: string; removedAt: number | null }) =>
  `${number}${removedAt === null ? "" : " removed"}`;

/** All of it, page by page; the way back must say the same. */
function walk(sql: Sql, asked: Asked, limit: number): string[] {
  const read = (startingAfter: string | null, endingBefore: string | null) => {
    const page = listEntries(sql, filterOf(asked), { limit, startingAfter, endingBefore });
    if (!page.ok) throw new Error(page.failure.kind);
    return page.value;
  };
  const pages = [read(null, null)];
  for (let page = pages[0]; page !== undefined && page.nextPage !== null; ) {
    page = read(page.nextPage, null);
    pages.push(page);
  }
  const onward = pages.flatMap(({ data }) => data);
  const back: typeof onward = [];
  let from = onward.at(-1)?.id ?? null;
  if (from !== null) back.unshift(...onward.slice(-1));
  while (from !== null) {
    const page = read(null, from);
    back.unshift(...page.data);
    from = page.nextPage;
  }
  expect(back).toEqual(onward);
  return onward.map(shown);
}

/** What each list has to say, worked out by looking at everything. */
function expected({ status = "listed", text = null }: Asked): string[] {
  const all = [...US, ...GB].map((number) => ({ number, removed: REMOVED.has(number) }));
  const entries = [...all, { number: US[3] ?? "", removed: false }].reverse();
  const ofStatus = entries.filter(({ removed }) => status === "all" || removed === (status === "removed"));
  const digits = text?.replace("+", "") ?? "";
  const found = ofStatus.filter(
    ({ number }) =>
      number.startsWith(`+${digits}`) ||
      (digits.length >= 4 && text?.startsWith("+") === false && number.endsWith(digits)),
  );
  if (text !== null) found.reverse().sort((a, b) => (a.number < b.number ? -1 : Number(a.number > b.number)));
  return found.map(({ number, removed }) => `${number}${removed ? " removed" : ""}`);
}

describe("the do-not-call list, in pages of any size and in both directions", () => {
  const statuses = ["listed", "removed", "all"] as const;
  const texts = [
    null,
    "1",
    "+1",
    "+1212",
    "1212",
    "44",
    "1007",
    "+1007",
    "5551007",
    "9",
    "12125551063",
    "5".repeat(256),
  ];
  const cases = statuses.flatMap((status) => texts.map((text) => ({ status, text })));
  it.each(cases)("of status $status for $text", (asked) => {
    const sql = list();
    for (const limit of [1, 3, 100]) expect(walk(sql, asked, limit)).toEqual(expected(asked));
  });

  it("of one number has its entries, newest first", () => {
    const number = US[3] ?? "";
    expect(walk(list(), { status: "all", number }, 1)).toEqual([number, `${number} removed`]);
    expect(walk(list(), { status: "listed", number }, 1)).toEqual([number]);
    expect(walk(list(), { status: "all", number: "+12125550000" }, 10)).toEqual([]);
  });

  it.each(["12 12", "(212)", "ten", "+", "%", "1_1"])(
    "finds what %j means, and nothing for what is no part of a number",
    (text) => {
      const digits = text.replace(/\D/g, "");
      const found = walk(list(), { text }, 10);
      expect(found.length > 0).toBe(/^[\d ]+$/.test(text) && US.some((number) => number.startsWith(`+${digits}`)));
    },
  );

  it("refuses a place that is no entry", () => {
    const request = { limit: 1, startingAfter: "dnc_999", endingBefore: null };
    for (const text of [null, "1212"]) expect(listEntries(list(), filterOf({ text }), request).ok).toBe(false);
  });

  it("goes on behind an entry that was ended meanwhile", () => {
    const sql = list();
    const [first] = walk(sql, {}, 1);
    const page = listEntries(sql, filterOf({}), { limit: 1, startingAfter: null, endingBefore: null });
    unlistNumber(sql, first ?? "", "mistake", BY, 4);
    const startingAfter = page.ok ? page.value.nextPage : null;
    const next = listEntries(sql, filterOf({}), { limit: 1, startingAfter, endingBefore: null });
    expect(next.ok && next.value.data.map(shown)).toEqual([GB.at(-1)]);
  });
});

it("takes a phone once, however often and in whatever spelling a request brings it", () => {
  const sql = nodeSql(ORGANIZATION_STEPS);
  const listed = (...numbers: string[]) =>
    listNumbers(sql, { entries: numbers.map((number) => ({ number, reason: null })), callId: null, by: BY }, 1);
  expect(listed("+12125550100", "+12125550100", "+5491123456789", "+541123456789")).toEqual([
    "+12125550100",
    "+5491123456789",
  ]);
  expect(listed("+541123456789", "+12125550101")).toEqual(["+12125550101"]);
  expect(walk(sql, { status: "all" }, 10)).toHaveLength(3);
});
