/**
 * What was said about the batch's calls (`calling/words/remarks.ts`), by the attempt's number. A call without remarks
 * has no row. Outcomes and tags have an index, because calls are found by them.
 */

import { isNothing, type Label, labelsOf, NO_REMARKS, type Remarks } from "../../calling/words/remarks.ts";
import type { Sql } from "../../storage/sql.ts";

/** Persisted. `tags`: as JSON. */
type RemarksRow = Omit<Remarks, "tags"> & { readonly number: number; readonly tags: string };

const NUMBERED = /*sql*/ `
  SELECT number, outcome, notes, tags, recording_url, transcript_url FROM call_remarks
  WHERE number IN (SELECT value FROM json_each(?))`;
const PUT = /*sql*/ `
  INSERT OR REPLACE INTO call_remarks (number, outcome, notes, tags, recording_url, transcript_url)
  VALUES (?, ?, ?, ?, ?, ?)`;
const DELETE = /*sql*/ `DELETE FROM call_remarks WHERE number = ?`;
const PUT_LABEL = /*sql*/ `INSERT OR IGNORE INTO call_labels (label, number) VALUES (?, ?)`;
const DELETE_LABEL = /*sql*/ `DELETE FROM call_labels WHERE label = ? AND number = ?`;
const WITH_LABEL = /*sql*/ `SELECT number FROM call_labels WHERE label = ? ORDER BY number`;
const IS_USED = /*sql*/ `SELECT number FROM call_labels WHERE label = ? LIMIT 1`;

const remarksIn = ({ outcome, notes, tags, recording_url, transcript_url }: RemarksRow): Remarks => ({
  outcome,
  notes,
  tags: JSON.parse(tags) as string[],
  recording_url,
  transcript_url,
});

/** By the number of the attempt; calls without remarks are absent. */
export const remarksOf = (sql: Sql, numbers: readonly number[]): ReadonlyMap<number, Remarks> =>
  numbers.length === 0
    ? new Map()
    : new Map(
        sql.all<RemarksRow>(NUMBERED, JSON.stringify(numbers)).map((row) => [row.number, remarksIn(row)] as const),
      );

export const remarksOfCall = (sql: Sql, number: number): Remarks => remarksOf(sql, [number]).get(number) ?? NO_REMARKS;

/** Call it in a write. */
export function putRemarks(sql: Sql, number: number, after: Remarks): void {
  const before = labelsOf(remarksOfCall(sql, number));
  const labels = labelsOf(after);
  for (const label of before) if (!labels.includes(label)) sql.run(DELETE_LABEL, label, number);
  for (const label of labels) if (!before.includes(label)) sql.run(PUT_LABEL, label, number);
  if (isNothing(after)) sql.run(DELETE, number);
  else {
    const { outcome, notes, tags, recording_url, transcript_url } = after;
    sql.run(PUT, number, outcome, notes, JSON.stringify(tags), recording_url, transcript_url);
  }
}

/** Those that no call of this object has yet. */
export const unusedLabels = (sql: Sql, labels: readonly Label[]): Label[] =>
  labels.filter((label) => sql.first(IS_USED, label) === null);

/** The attempts that have all of these labels, in order. */
export function numbersLabelled(sql: Sql, labels: readonly Label[]): number[] {
  const [first = [], ...others] = labels.map((label) =>
    sql.all<{ number: number }>(WITH_LABEL, label).map(({ number }) => number),
  );
  const sets = others.map((numbers) => new Set(numbers));
  return first.filter((number) => sets.every((set) => set.has(number)));
}
