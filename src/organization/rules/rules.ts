/**
 * The organization's rules for all of its batches: limits for each number, and the pace of all calls together.
 * Operators set them.
 */

import { type ContactRules, NO_CONTACT_RULES } from "../../calling/messages/clearance.ts";
import type { Sql } from "../../storage/sql.ts";
import type { OrganizationRules, RulesChange } from "../messages/organization.ts";
import { limitPace, paceView } from "./pace.ts";

const SELECT = /*sql*/ `SELECT min_gap_minutes, max_attempts_per_number_per_day FROM contact_rules`;
const STORE = /*sql*/ `
  INSERT INTO contact_rules (only_row, min_gap_minutes, max_attempts_per_number_per_day) VALUES (1, ?, ?)
  ON CONFLICT (only_row) DO UPDATE SET min_gap_minutes = excluded.min_gap_minutes,
    max_attempts_per_number_per_day = excluded.max_attempts_per_number_per_day`;

export const readContactRules = (sql: Sql): ContactRules =>
  sql.kept<ContactRules>(["contact_rules"], SELECT) ?? NO_CONTACT_RULES;

export const readRules = (sql: Sql): OrganizationRules => ({ ...readContactRules(sql), pace: paceView(sql) });

/** Returns whether the change names any of these rules. */
export function changeRules(sql: Sql, change: RulesChange, now: number): boolean {
  const { min_gap_minutes, max_attempts_per_number_per_day, calls_per_second } = change;
  const namesContacts = min_gap_minutes !== undefined || max_attempts_per_number_per_day !== undefined;
  if (namesContacts) {
    const before = readContactRules(sql);
    const gap = min_gap_minutes === undefined ? before.min_gap_minutes : min_gap_minutes;
    const cap =
      max_attempts_per_number_per_day === undefined
        ? before.max_attempts_per_number_per_day
        : max_attempts_per_number_per_day;
    sql.run(STORE, gap, cap);
  }
  if (calls_per_second !== undefined) limitPace(sql, calls_per_second, now);
  return namesContacts || calls_per_second !== undefined;
}
