/**
 * The sums behind an organization's reports. A batch has a row for each hour of callees' clocks and each country. Direct
 * calls share rows by agent and number. A batch tells cumulative sums, so a row is what was heard last, and a repeated or
 * overtaken message changes nothing. What each object of direct calls told is kept, and the difference is added.
 */

import { attemptsIn, FIGURES, type Figures, type HourSums, noFigures } from "../../calling/messages/report-sums.ts";
import type { Sql } from "../../storage/sql.ts";

/** Which calls the sums are of. `batchAt`: when the batch was created; 0 for direct calls. */
export type SumsOf = {
  readonly batchAt: number;
  readonly agentId: string;
  readonly numberId: string;
};
type Key = SumsOf & Pick<HourSums, "hour" | "isLocal" | "country">;
type Row = Figures & { version: number };

const COLUMNS = FIGURES.join(", ");
const MARKS = FIGURES.map(() => "?").join(", ");
const KEY = "hour, batch_at, country, is_local, agent_id, number_id";
const OF_KEY = "hour = ? AND batch_at = ? AND country = ? AND is_local = ? AND agent_id = ? AND number_id = ?";
const FIND = /*sql*/ `SELECT version, ${COLUMNS} FROM report_sums WHERE ${OF_KEY}`;
const INSERT = /*sql*/ `
  INSERT INTO report_sums (${KEY}, provider_id, version, ${COLUMNS})
  VALUES (?, ?, ?, ?, ?, ?, COALESCE((SELECT provider_id FROM phone_numbers WHERE id = ?), ''), ?, ${MARKS})`;
const UPDATE = /*sql*/ `
  UPDATE report_sums SET version = ?, ${FIGURES.map((name) => `${name} = ?`).join(", ")} WHERE ${OF_KEY}`;
const TOLD = /*sql*/ `SELECT sums FROM direct_pools WHERE created_at = ?`;
const TELL = /*sql*/ `UPDATE direct_pools SET sums = ? WHERE created_at = ?`;

const keyOf = ({ hour, batchAt, country, isLocal, agentId, numberId }: Key) =>
  [hour, batchAt, country, Number(isLocal), agentId, numberId] as const;

/** What was heard by name; a figure that an earlier release does not send is 0. */
const namedOf = (figures: readonly number[]): Figures =>
  Object.fromEntries(FIGURES.map((name, at) => [name, figures[at] ?? 0])) as Figures;

const orderOf = (figures: Figures): number[] => FIGURES.map((name) => figures[name]);

const plus = (a: Figures, b: Figures, sign: 1 | -1 = 1): Figures =>
  Object.fromEntries(FIGURES.map((name) => [name, a[name] + sign * b[name]])) as Figures;

function store(sql: Sql, key: Key, known: Row | null, version: number, figures: Figures): void {
  if (known === null) sql.run(INSERT, ...keyOf(key), key.numberId, version, ...orderOf(figures));
  else sql.run(UPDATE, version, ...orderOf(figures), ...keyOf(key));
}

/** How an hour has changed. */
export type HourChange = { readonly hour: Key; readonly added: Figures };

/** What has been added since `before`, the sum that was told last; null if nothing has, or if a later one was told. */
function addedSince(before: Row | null, { version, figures }: HourSums): Figures | null {
  const added = plus(namedOf(figures), before ?? noFigures(), -1);
  // Attempts that are over stay so: fewer of them come of an older message.
  const isOvertaken = before !== null && (before.version > version || attemptsIn(added) < 0);
  return isOvertaken || Object.values(added).every((change) => change === 0) ? null : added;
}

const hourOf = (of: SumsOf, { hour, isLocal, country }: HourSums): Key => ({ ...of, hour, isLocal, country });

/** Call it in the report's transaction. Returns what has changed. */
export function takeSums(sql: Sql, of: SumsOf, hours: readonly HourSums[]): HourChange[] {
  return hours.flatMap((heard) => {
    const hour = hourOf(of, heard);
    const known = sql.first<Row>(FIND, ...keyOf(hour));
    const added = addedSince(known, heard);
    if (added === null) return [];
    store(sql, hour, known, heard.version, namedOf(heard.figures));
    return [{ hour, added }];
  });
}

/** `createdAt`: of the object of direct calls. */
export function takeDirectSums(sql: Sql, createdAt: number, of: SumsOf, hours: readonly HourSums[]): HourChange[] {
  const row = sql.first<{ sums: string | null }>(TOLD, createdAt);
  if (row === null) return [];
  const nameOf = ({ hour, isLocal, country }: HourSums) => `${hour} ${isLocal} ${country}`;
  const told = new Map((JSON.parse(row.sums ?? "[]") as HourSums[]).map((one) => [nameOf(one), one] as const));
  const changes = hours.flatMap((heard) => {
    const before = told.get(nameOf(heard));
    const added = addedSince(
      before === undefined ? null : { ...namedOf(before.figures), version: before.version },
      heard,
    );
    if (added === null) return [];
    told.set(nameOf(heard), heard);
    const hour = hourOf(of, heard);
    const known = sql.first<Row>(FIND, ...keyOf(hour));
    store(sql, hour, known, heard.version, plus(known ?? noFigures(), added));
    return [{ hour, added }];
  });
  if (changes.length > 0) sql.run(TELL, JSON.stringify([...told.values()]), createdAt);
  return changes;
}
