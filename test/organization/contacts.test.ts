/** What is remembered of a number that is called all the time: as much is read as a rule can ask for, and no more. */

import { expect, it } from "vitest";
import { CALLS_PER_NUMBER_AND_DAY } from "../../src/calling/requests/limits.ts";
import {
  cleanContacts,
  cleaningDueAt,
  contactsAmong,
  contactsWith,
  forgetContact,
  recordContact,
  remembersContacts,
} from "../../src/organization/people/contacts.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { migrate } from "../../src/storage/migrations.ts";
import { emptySql, nodeSql } from "../support/node-sql.ts";

const NUMBER = "+12125550101";
const MOST = CALLS_PER_NUMBER_AND_DAY.most;
const ADD = /*sql*/ `INSERT INTO contacts (number, at, batch_id, position, attempt) VALUES (?, ?, 'acb_old', 0, ?)`;
const RULES = { min_gap_minutes: 1, max_attempts_per_number_per_day: null };
const contact = (attempt: number) => ({ number: NUMBER, position: 7, attempt });

/** At the times 1, 2, 3 … */
function called(times: number) {
  const sql = nodeSql(ORGANIZATION_STEPS);
  for (let at = 1; at <= times; at += 1) sql.run(ADD, NUMBER, at, at);
  return sql;
}

it("is the newest calls, as many as the largest daily number, and one that may be the attempt's own", () => {
  const sql = called(3 * MOST);
  expect(contactsWith(sql, "acb_new", contact(1)).times).toHaveLength(MOST + 1);
  recordContact(sql, "acb_new", contact(1), 3 * MOST + 1, false);
  const others = contactsWith(sql, "acb_new", contact(1)).times;
  expect(others).toHaveLength(MOST);
  expect([Math.min(...others), Math.max(...others)]).toEqual([2 * MOST + 1, 3 * MOST]);
});

it("for a preview is as many as its rules ask for", () => {
  const sql = called(3 * MOST);
  expect(contactsAmong(sql, [NUMBER], RULES)).toEqual(new Map([[NUMBER, [3 * MOST]]]));
  const capped = contactsAmong(sql, [NUMBER], { ...RULES, max_attempts_per_number_per_day: 3 });
  expect(capped.get(NUMBER)).toEqual([3 * MOST, 3 * MOST - 1, 3 * MOST - 2]);
});

it("counts a question that is repeated once, at its latest time, until it is forgotten", () => {
  const sql = called(2);
  recordContact(sql, "acb_new", contact(1), 5, false);
  recordContact(sql, "acb_new", contact(1), 9, false);
  expect(contactsWith(sql, "acb_other", contact(1)).times).toEqual([9, 2, 1]);
  forgetContact(sql, "acb_new", contact(1));
  expect(contactsWith(sql, "acb_other", contact(1)).times).toEqual([2, 1]);
});

it("tells the latest call of another batch with a rule of its own", () => {
  const sql = called(2);
  expect(contactsWith(sql, "acb_new", contact(1)).ruledAt).toBeNull();
  recordContact(sql, "acb_ruled", contact(1), 5, true);
  recordContact(sql, "acb_ruled", contact(2), 7, true);
  recordContact(sql, "acb_other", contact(1), 9, false);
  expect(contactsWith(sql, "acb_new", contact(1)).ruledAt).toBe(7);
  expect(contactsWith(sql, "acb_ruled", contact(3)).ruledAt).toBeNull();
});

it("is there after the tables were changed", () => {
  const sql = emptySql();
  const changed = ORGANIZATION_STEPS.findIndex((step) => step.includes("contacts_by_time"));
  migrate(sql, ORGANIZATION_STEPS.slice(0, changed));
  sql.run(ADD, NUMBER, 4, 1);
  migrate(sql, ORGANIZATION_STEPS);
  expect(contactsWith(sql, "acb_new", contact(1)).times).toEqual([4]);
});

it("is cleaned once a day, in slices, wherever the old ones lie", () => {
  const DAY = 24 * 60 * 60 * 1_000;
  const sql = nodeSql(ORGANIZATION_STEPS);
  remembersContacts(sql, true, 0);
  const fill = /*sql*/ `
    WITH RECURSIVE one(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM one WHERE n < 49999)
    INSERT INTO contacts (number, at, batch_id, position, attempt)
    SELECT '+1212' || printf('%07d', n), iif(n % 2 = 0, 1, ?), 'acb_old', 0, 1 FROM one`;
  const now = 40 * DAY;
  sql.run(fill, now);
  const left = () => sql.one<{ count: number }>(/*sql*/ `SELECT COUNT(*) AS count FROM contacts`).count;
  const seen: number[] = [];
  while ((cleaningDueAt(sql) ?? now) < now) {
    cleanContacts(sql, now);
    seen.push(left());
  }
  expect(seen).toEqual([40_000, 30_000, 25_000]);
  cleanContacts(sql, now + DAY);
  expect(left()).toBe(25_000);
});
