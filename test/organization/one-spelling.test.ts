/** Rows of numbers that were stored before each number had one spelling are found. */

import { describe, expect, it } from "vitest";
import { contactsAmong, contactsWith, recordContact } from "../../src/organization/people/contacts.ts";
import {
  historyOf,
  listEntries,
  listedAmong,
  listNumbers,
  unlistNumber,
} from "../../src/organization/people/do-not-call.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { nodeSql } from "../support/node-sql.ts";

const BY = { id: "key_test", label: "test" };
const OLD = /*sql*/ `INSERT INTO do_not_call (number, added_at, added_by) VALUES (?, 1, '{"id":"key_1","label":"old"}')`;
const NUMBER = "+447700900123";
const STORED = "+4407700900123";

function withStored(...numbers: string[]) {
  const sql = nodeSql(ORGANIZATION_STEPS);
  for (const number of numbers) sql.run(OLD, number);
  return sql;
}
const add = (sql: ReturnType<typeof withStored>, ...numbers: string[]) =>
  listNumbers(sql, { entries: numbers.map((number) => ({ number, reason: null })), callId: null, by: BY }, 2);

describe("a do-not-call entry of another spelling", () => {
  it("bars the number", () => {
    expect(listedAmong(withStored(STORED), [NUMBER, "+447700900124"])).toEqual(new Set([NUMBER]));
  });

  it("is that of the number for whoever lists it again", () => {
    const sql = withStored(STORED);
    expect(add(sql, NUMBER, "+447700900124", "+447700900124")).toEqual(["+447700900124"]);
  });

  it("is found, listed and taken off by the number", () => {
    const sql = withStored(STORED);
    const page = { limit: 10, startingAfter: null, endingBefore: null };
    expect(historyOf(sql, NUMBER)).toMatchObject([{ number: STORED }]);
    const listed = listEntries(sql, { status: "listed", text: null, number: NUMBER }, page);
    expect(listed).toMatchObject({ ok: true, value: { data: [{ number: STORED }] } });
    expect(unlistNumber(sql, NUMBER, "consent", BY, 3)).toMatchObject({ ok: true });
    expect(listedAmong(sql, [NUMBER])).toEqual(new Set());
  });

  it("is taken off with the one in the number's spelling, if both were listed", () => {
    const sql = withStored(STORED, NUMBER);
    unlistNumber(sql, NUMBER, "consent", BY, 3);
    expect(listedAmong(sql, [NUMBER])).toEqual(new Set());
  });
});

it("bars an Argentine phone under its number with 9 and without", () => {
  const sql = withStored("+541123456789");
  expect(listedAmong(sql, ["+5491123456789", "+541123456789"]).size).toBe(2);
  expect(add(sql, "+5491123456789")).toEqual([]);
  const other = withStored();
  expect(add(other, "+5491123456789", "+541123456789")).toEqual(["+5491123456789"]);
});

it("remembers a contact under each spelling", () => {
  const sql = withStored();
  const contact = { number: STORED, position: 0, attempt: 1 };
  recordContact(sql, "acb_1", contact, 5, false);
  expect(contactsWith(sql, "acb_2", { ...contact, number: NUMBER }).times).toEqual([5]);
  expect(contactsWith(sql, "acb_1", { ...contact, number: NUMBER }).times).toEqual([]);
  expect(contactsAmong(sql, [NUMBER], { min_gap_minutes: 1, max_attempts_per_number_per_day: null })).toEqual(
    new Map([[NUMBER, [5]]]),
  );
});
