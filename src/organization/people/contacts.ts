/**
 * The calls of the organization's batches, for as long as a rule can ask: a row for each attempt, under its batch,
 * position and attempt, so that a question which is repeated counts once. Nothing is remembered before the organization
 * or one of its batches has such a rule, and a month after the last one nothing is any more.
 */

import type { Contact, ContactRules } from "../../calling/messages/clearance.ts";
import { allSpellings, bySpelling, spellingsOf } from "../../calling/numbers/spellings.ts";
import { CALLS_PER_NUMBER_AND_DAY } from "../../calling/requests/limits.ts";
import type { Sql } from "../../storage/sql.ts";

const DAY = 24 * 60 * 60 * 1_000;
/** Longer than the longest gap (`calling/requests/limits.ts`), and than any day. */
const KEPT_MS = 31 * DAY;

type MemoryRow = { kept_until: number; cleaned_at: number; cleaned_to: string };

const MEMORY = /*sql*/ `SELECT kept_until, cleaned_at, cleaned_to FROM contact_memory`;
const REMEMBER_UNTIL = /*sql*/ `
  INSERT INTO contact_memory (only_row, kept_until, cleaned_at) VALUES (1, ?, ?)
  ON CONFLICT (only_row) DO UPDATE SET kept_until = excluded.kept_until`;
const CLEANED = /*sql*/ `UPDATE contact_memory SET cleaned_at = ?, cleaned_to = ?`;
const FORGET_ALL = /*sql*/ `DELETE FROM contact_memory`;
const ANY = /*sql*/ `SELECT at FROM contacts LIMIT 1`;
/** No rule asks for more: the newest ones of a number say when it was called last, and whether it was called so often today. */
const NEWEST = CALLS_PER_NUMBER_AND_DAY.most + 1;
/** A search by the key, which begins with the number and goes by time: the newest of each number, and no others. */
const OF_NUMBER = /*sql*/ `
  SELECT (
    SELECT json_group_array(at) FROM (
      SELECT at, batch_id, position, attempt FROM contacts WHERE number = spelling.value ORDER BY at DESC LIMIT ${NEWEST}
    ) WHERE NOT (batch_id = ? AND position = ? AND attempt = ?)
  ) AS times FROM json_each(?) AS spelling`;
/** The same for many. */
const OF_NUMBERS = /*sql*/ `
  SELECT spelling.value AS number, (
    SELECT json_group_array(at) FROM (
      SELECT at FROM contacts WHERE number = spelling.value ORDER BY at DESC LIMIT ?
    )
  ) AS times FROM json_each(?) AS spelling
  WHERE (SELECT at FROM contacts WHERE number = spelling.value LIMIT 1) IS NOT NULL`;
const RECORD = /*sql*/ `INSERT INTO contacts (number, at, batch_id, position, attempt) VALUES (?, ?, ?, ?, ?)`;
/** One that is older than the newest counts for no rule, and is left to the cleaning. */
const FORGET = /*sql*/ `
  DELETE FROM contacts
  WHERE number = ? AND batch_id = ? AND position = ? AND attempt = ?
    AND at >= coalesce((SELECT at FROM contacts WHERE number = ? ORDER BY at DESC LIMIT 1 OFFSET ${NEWEST}), 0)`;
/**
 * Once a day all contacts are looked at, number by number: an index by time would be another row with each contact. So many
 * in one turn, wherever the old ones lie, because an invocation has 30 s of processor time.
 */
const LOOKED_AT_ONCE = 20_000;
const LAST_OF_SLICE = /*sql*/ `SELECT number FROM contacts WHERE number > ? ORDER BY number LIMIT 1 OFFSET ?`;
const CLEAN = /*sql*/ `DELETE FROM contacts WHERE number > ? AND number <= ? AND at < ?`;
/** Sorts behind every number. */
const ABOVE_ALL = "~";

/**
 * Whether contacts are to be remembered. `hasRule`: somebody has a rule now. `begins`: from now on; batches that were told
 * that they need not ask may still dial without a word.
 */
export function remembersContacts(sql: Sql, hasRule: boolean, now: number): "yes" | "begins" | "no" {
  const keptUntil = sql.first<MemoryRow>(MEMORY)?.kept_until ?? 0;
  if (hasRule && keptUntil < now + KEPT_MS - DAY) sql.run(REMEMBER_UNTIL, now + KEPT_MS, now);
  if (keptUntil > now) return "yes";
  return hasRule ? "begins" : "no";
}

const timesIn = (rows: readonly { readonly times: string }[]): number[] =>
  rows.flatMap(({ times }) => JSON.parse(times) as number[]);

/** When the number was called, other than in this attempt: the latest times that a rule can ask for. */
export const contactsWith = (sql: Sql, batchId: string, { number, position, attempt }: Contact): number[] =>
  timesIn(sql.all<{ times: string }>(OF_NUMBER, batchId, position, attempt, JSON.stringify(spellingsOf(number))));

/** When these numbers were called, as far as these rules ask; those that were not are absent. */
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

export function recordContact(sql: Sql, batchId: string, contact: Contact, at: number): void {
  forgetContact(sql, batchId, contact);
  sql.run(RECORD, contact.number, at, batchId, contact.position, contact.attempt);
}

/** No phone can have rung. */
export function forgetContact(sql: Sql, batchId: string, { number, position, attempt }: Contact): void {
  sql.run(FORGET, number, batchId, position, attempt, number);
}

/** When old contacts are to be forgotten; null where none are kept. */
export function cleaningDueAt(sql: Sql): number | null {
  const memory = sql.first<MemoryRow>(MEMORY);
  return memory === null ? null : memory.cleaned_at + DAY;
}

export function cleanContacts(sql: Sql, now: number): void {
  const memory = sql.first<MemoryRow>(MEMORY);
  if (memory === null || memory.cleaned_at + DAY > now) return;
  const last = sql.first<{ number: string }>(LAST_OF_SLICE, memory.cleaned_to, LOOKED_AT_ONCE - 1)?.number;
  sql.run(CLEAN, memory.cleaned_to, last ?? ABOVE_ALL, now - KEPT_MS);
  // Where more are left, cleaning stays due.
  if (last !== undefined) sql.run(CLEANED, memory.cleaned_at, last);
  else if (memory.kept_until <= now && sql.first(ANY) === null) sql.run(FORGET_ALL);
  else sql.run(CLEANED, now, "");
}
