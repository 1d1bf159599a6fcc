/**
 * Whom the organization's batches have called, for as long as a rule can ask: a row for each attempt, under its batch,
 * position and attempt, so that a question which is repeated counts once. Nothing is remembered before the organization
 * or one of its batches has such a rule, and a month after the last one nothing is any more.
 */

import type { Contact } from "../calling/clearance.ts";
import { allSpellings, bySpelling, spellingsOf } from "../calling/spellings.ts";
import type { Sql } from "../storage/sql.ts";

const DAY = 24 * 60 * 60 * 1_000;
/** Longer than the longest gap (`calling/limits.ts`), and than any day. */
const KEPT_MS = 31 * DAY;

type MemoryRow = { kept_until: number; cleaned_at: number };

const MEMORY = /*sql*/ `SELECT kept_until, cleaned_at FROM contact_memory`;
const REMEMBER_UNTIL = /*sql*/ `
  INSERT INTO contact_memory (only_row, kept_until, cleaned_at) VALUES (1, ?, ?)
  ON CONFLICT (only_row) DO UPDATE SET kept_until = excluded.kept_until`;
const CLEANED = /*sql*/ `UPDATE contact_memory SET cleaned_at = ?`;
const FORGET_ALL = /*sql*/ `DELETE FROM contact_memory`;
const ANY = /*sql*/ `SELECT at FROM contacts LIMIT 1`;
/** A search by the key, which begins with the number. */
const OF_NUMBER = /*sql*/ `
  SELECT at FROM contacts
  WHERE number IN (SELECT value FROM json_each(?)) AND NOT (batch_id = ? AND position = ? AND attempt = ?)`;
/** The same for many. */
const OF_NUMBERS = /*sql*/ `SELECT number, at FROM contacts WHERE number IN (SELECT value FROM json_each(?))`;
const RECORD = /*sql*/ `
  INSERT INTO contacts (number, batch_id, position, attempt, at) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (number, batch_id, position, attempt) DO UPDATE SET at = excluded.at`;
const FORGET = /*sql*/ `DELETE FROM contacts WHERE number = ? AND batch_id = ? AND position = ? AND attempt = ?`;
/**
 * Once a day, so that the scan needs no index, which would be another row with each contact. So many in one turn: an
 * invocation has 30 s of processor time.
 */
const CLEAN = /*sql*/ `
  DELETE FROM contacts WHERE (number, batch_id, position, attempt) IN
    (SELECT number, batch_id, position, attempt FROM contacts WHERE at < ? LIMIT ?)`;
const CLEANED_AT_ONCE = 10_000;

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

/** When the number was called, other than in this attempt. */
export const contactsWith = (sql: Sql, batchId: string, { number, position, attempt }: Contact): number[] =>
  sql
    .all<{ at: number }>(OF_NUMBER, JSON.stringify(spellingsOf(number)), batchId, position, attempt)
    .map(({ at }) => at);

/** When these numbers were called; those that were not are absent. */
export function contactsAmong(sql: Sql, numbers: readonly string[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  const rows = sql.all<{ number: string; at: number }>(OF_NUMBERS, JSON.stringify(allSpellings(numbers)));
  if (rows.length === 0) return found;
  const meant = bySpelling(numbers);
  for (const { number: spelling, at } of rows) {
    for (const number of meant.get(spelling) ?? []) found.set(number, [...(found.get(number) ?? []), at]);
  }
  return found;
}

export function recordContact(sql: Sql, batchId: string, { number, position, attempt }: Contact, at: number): void {
  sql.run(RECORD, number, batchId, position, attempt, at);
}

/** No phone can have rung. */
export function forgetContact(sql: Sql, batchId: string, { number, position, attempt }: Contact): void {
  sql.run(FORGET, number, batchId, position, attempt);
}

/** When old contacts are to be forgotten; null where none are kept. */
export function cleaningDueAt(sql: Sql): number | null {
  const memory = sql.first<MemoryRow>(MEMORY);
  return memory === null ? null : memory.cleaned_at + DAY;
}

export function cleanContacts(sql: Sql, now: number): void {
  const memory = sql.first<MemoryRow>(MEMORY);
  if (memory === null || memory.cleaned_at + DAY > now) return;
  // Where more are left, cleaning stays due.
  if (sql.run(CLEAN, now - KEPT_MS, CLEANED_AT_ONCE) >= CLEANED_AT_ONCE) return;
  if (memory.kept_until <= now && sql.first(ANY) === null) sql.run(FORGET_ALL);
  else sql.run(CLEANED, now);
}
