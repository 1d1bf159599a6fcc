/** What is asked of do-not-call entries and contacts by number finds its rows by an index: lists have 100,000 entries. */

import { describe, expect, it, vi } from "vitest";
import { NO_CONTACT_RULES } from "../../src/calling/messages/clearance.ts";
import { contactsAmong, contactsWith, forgetContact, recordContact } from "../../src/organization/people/contacts.ts";
import {
  hasListed,
  historyOf,
  listedAmong,
  listNumbers,
  unlistNumber,
} from "../../src/organization/people/do-not-call.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import type { Sql, Value } from "../../src/storage/sql.ts";
import { nodeSql } from "../support/node-sql.ts";

const NUMBER = "+447700900123";
const BY = { id: "key_test", label: "test" };
const CONTACT = { number: NUMBER, position: 1, attempt: 1 };

/** How SQLite goes through the two tables in each statement that is asked; the numbers of a request are scanned, as they must be. */
function plansOf(ask: (sql: Sql) => unknown): string[] {
  const sql = nodeSql(ORGANIZATION_STEPS);
  const entries = [{ number: NUMBER, reason: null }];
  listNumbers(sql, { entries, callId: null, by: BY }, 1);
  recordContact(sql, "acb_1", CONTACT, 1, true);
  // Whether anybody is listed: the first row, which is kept.
  hasListed(sql);
  const all = vi.spyOn(sql, "all");
  const run = vi.spyOn(sql, "run");
  ask(sql);
  const asked: [string, ...Value[]][] = [...all.mock.calls, ...run.mock.calls];
  vi.restoreAllMocks();
  return asked.flatMap(([statement, ...values]) =>
    sql
      .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${statement}`, ...values)
      .map(({ detail }) => detail)
      .filter((detail) => /(?:SCAN|SEARCH) (?:do_not_call|contacts)\b/.test(detail)),
  );
}

describe("by an index", () => {
  it.each<[string, (sql: Sql) => unknown]>([
    ["numbers that are listed", (sql) => listedAmong(sql, [NUMBER])],
    ["a number's history", (sql) => historyOf(sql, NUMBER)],
    ["a number that is taken off", (sql) => unlistNumber(sql, NUMBER, "consent", BY, 2)],
    ["a number's contacts", (sql) => contactsWith(sql, "acb_2", CONTACT)],
    ["contacts of many", (sql) => contactsAmong(sql, [NUMBER, "+5491123456789"], NO_CONTACT_RULES)],
    ["a contact that was none", (sql) => forgetContact(sql, "acb_1", CONTACT)],
  ])("%s", (_, ask) => {
    const plans = plansOf(ask);
    expect(plans.length).toBeGreaterThan(0);
    for (const plan of plans) expect(plan).toMatch(/^SEARCH (?:do_not_call|contacts) USING/);
  });
});
