/**
 * The calls of the organization's batches, kept for as long as a rule can ask about them. One row for each attempt,
 * keyed by batch, position and attempt, so a repeated question counts once.
 *
 * Rows are written only from the moment the organization or one of its batches has such a rule. One month after the
 * last rule, all are gone.
 */

import type { Contact, ContactRules } from "../../calling/messages/clearance.ts";
import { allSpellings, bySpelling, spellingsOf } from "../../calling/numbers/spellings.ts";
import { CALLS_PER_NUMBER_AND_DAY } from "../../calling/requests/limits.ts";
import type { Sql } from "../../storage/sql.ts";

const DAY = 24 * 60 * 60 * 1_000;
/** Longer than the longest gap (`calling/requests/limits.ts`), and longer than a day. */
const KEPT_MS = 31 * DAY;

type MemoryRow = { kept_until: number; cleaned_at: number; cleaned_to: string };

const MEMORY = /*sql*/ `SELECT kept_until, cleaned_at, cleaned_to FROM contact_memory`;
const REMEMBER_UNTIL = /*sql*/ `
  INSERT INTO contact_memory (only_row, kept_until, cleaned_at) VALUES (1, ?, ?)
  ON CONFLICT (only_row) DO UPDATE SET kept_until = excluded.kept_until`;
const CLEANED = /*sql*/ `UPDATE contact_memory SET cleaned_at = ?, cleaned_to = ?`;
const FORGET_ALL = /*sql*/ `DELETE FROM contact_memory`;
const ANY = /*sql*/ `SELECT at FROM contacts LIMIT 1`;
/**
 * The newest contacts of a number are enough. They say when it was last called, and whether it reached its limit today.
 */
const NEWEST = CALLS_PER_NUMBER_AND_DAY.most + 1;
/** A search by the key, which is number and time: reads only the newest rows of each number. */
const OF_NUMBER = /*sql*/ `
  SELECT (
    SELECT json_object('times', json_group_array(at), 'ruledAt', max(iif(has_rule = 1 AND batch_id <> ?1, at, NULL))) FROM (
      SELECT at, batch_id, position, attempt, has_rule FROM contacts
      WHERE number = spelling.value ORDER BY at DESC LIMIT ${NEWEST}
    ) WHERE NOT (batch_id = ?1 AND position = ?2 AND attempt = ?3)
  ) AS found FROM json_each(?4) AS spelling`;
/** The same query for many numbers. */
const OF_NUMBERS = /*sql*/ `
  SELECT spelling.value AS number, (
    SELECT json_group_array(at) FROM (
      SELECT at FROM contacts WHERE number = spelling.value ORDER BY at DESC LIMIT ?
    )
  ) AS times FROM json_each(?) AS spelling
  WHERE (SELECT at FROM contacts WHERE number = spelling.value LIMIT 1) IS NOT NULL`;
const RECORD = /*sql*/ `INSERT INTO contacts (number, at, batch_id, position, attempt, has_rule) VALUES (?, ?, ?, ?, ?, ?)`;
/** No rule counts a contact that is older than the newest ones, so it is left to the cleaning. */
const FORGET = /*sql*/ `
  DELETE FROM contacts
  WHERE number = ? AND batch_id = ? AND position = ? AND attempt = ?
    AND at >= coalesce((SELECT at FROM contacts WHERE number = ? ORDER BY at DESC LIMIT 1 OFFSET ${NEWEST}), 0)`;
const ERASE = /*sql*/ `DELETE FROM contacts WHERE number IN (SELECT value FROM json_each(?))`;
/**
 * The cleaning goes through all contacts once a day, number by number; an index by time would cost one more row for
 * each contact. This many rows in one turn, because an invocation has 30 s of processor time.
 */
const LOOKED_AT_ONCE = 20_000;
const LAST_OF_SLICE = /*sql*/ `SELECT number FROM contacts WHERE number > ? ORDER BY number LIMIT 1 OFFSET ?`;
const CLEAN = /*sql*/ `DELETE FROM contacts WHERE number > ? AND number <= ? AND at < ?`;
/** Sorts behind every number. */
const ABOVE_ALL = "~";

const memoryOf = (sql: Sql): MemoryRow | null => sql.kept<MemoryRow>(["contact_memory"], MEMORY);

/**
 * Whether contacts are recorded. `hasRule`: a rule exists now. `begins`: recording starts now; batches that were told
 * they need not ask may still dial without asking.
 */
export function remembersContacts(sql: Sql, hasRule: boolean, now: number): "yes" | "begins" | "no" {
  const keptUntil = memoryOf(sql)?.kept_until ?? 0;
  if (hasRule && keptUntil < now + KEPT_MS - DAY) sql.run(REMEMBER_UNTIL, now + KEPT_MS, now);
  if (keptUntil > now) return "yes";
  return hasRule ? "begins" : "no";
}

const timesIn = (rows: readonly { readonly times: string }[]): number[] =>
  rows.flatMap(({ times }) => JSON.parse(times) as number[]);

/** `ruledAt`: the latest of them by another batch with its own rule; null if none is known. */
export type Contacts = { readonly times: readonly number[]; readonly ruledAt: number | null };

/** The latest times the number was called, without this attempt. */
export function contactsWith(sql: Sql, batchId: string, { number, position, attempt }: Contact): Contacts {
  const spellings = JSON.stringify(spellingsOf(number));
  const found = sql
    .all<{ found: string }>(OF_NUMBER, batchId, position, attempt, spellings)
    .map((row) => JSON.parse(row.found) as Contacts);
  const ruled = found.flatMap(({ ruledAt }) => ruledAt ?? []);
  return { times: found.flatMap(({ times }) => times), ruledAt: ruled.length === 0 ? null : Math.max(...ruled) };
}

/**
 * The times when these numbers were called, as far as these rules need them. Numbers that were not called are absent.
 */
export function contactsAmong(sql: Sql, numbers: readonly string[], rules: ContactRules): Map<string, number[]> {
  const found = new Map<string, number[]>();
  const newest = rules.max_attempts_per_number_per_day ?? 1;
  const rows = sql.all<{ number: string; times: string }>(OF_NUMBERS, newest, JSON.stringify(allSpellings(numbers)));
  if (rows.length === 0) return found;
  const meant = bySpelling(numbers);
  for (const { number: spelling, ...row } of rows) {
    const times = timesIn([row]);
    for (const number of meant.get(spelling) ?? []) found.set(number, [...(found.get(number) ?? []), ...times]);
  }
  return found;
}

/** `hasRule`: the batch has its own rule. */
export function recordContact(sql: Sql, batchId: string, contact: Contact, at: number, hasRule: boolean): void {
  forgetContact(sql, batchId, contact);
  sql.run(RECORD, contact.number, at, batchId, contact.position, contact.attempt, hasRule ? 1 : 0);
}

/** For an attempt in which no phone can have rung. */
export function forgetContact(sql: Sql, batchId: string, { number, position, attempt }: Contact): void {
  sql.run(FORGET, number, batchId, position, attempt, number);
}

/** For a person who is erased: rules forget when it was called. */
export function eraseContacts(sql: Sql, number: string): void {
  sql.run(ERASE, JSON.stringify(spellingsOf(number)));
}

/** When old contacts must be deleted; null if there are none. */
export function cleaningDueAt(sql: Sql): number | null {
  const memory = memoryOf(sql);
  return memory === null ? null : memory.cleaned_at + DAY;
}

export function cleanContacts(sql: Sql, now: number): void {
  const memory = memoryOf(sql);
  if (memory === null || memory.cleaned_at + DAY > now) return;
  const last = sql.first<{ number: string }>(LAST_OF_SLICE, memory.cleaned_to, LOOKED_AT_ONCE - 1)?.number;
  sql.run(CLEAN, memory.cleaned_to, last ?? ABOVE_ALL, now - KEPT_MS);
  // If rows are left to look at, the cleaning stays due.
  if (last !== undefined) sql.run(CLEANED, memory.cleaned_at, last);
  else if (memory.kept_until <= now && sql.first(ANY) === null) sql.run(FORGET_ALL);
  else sql.run(CLEANED, now, "");
}
