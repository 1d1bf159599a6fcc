/** Reports over any days, from the sums. A report reads the rows of its days, and no others. */

import { FIGURES, type Figures } from "../../calling/messages/report-sums.ts";
import type { Sql } from "../../storage/sql.ts";
import { summaryOfBatch } from "../batches/batch-index.ts";
import { findAgent } from "../configuration/agents.ts";
import { findPhoneNumber } from "../configuration/phone-numbers.ts";
import { findProvider } from "../configuration/providers.ts";
import type { Report, ReportDimension, ReportGroup, ReportRequest } from "../rpc.ts";

type GroupRow = Figures & { key: string | number };

const SUMS = FIGURES.map((name) => `SUM(${name}) AS ${name}`).join(", ");
/** Monday is 0: the first hour of all was a Thursday's. */
const WEEKDAY = "(hour / 24 + 3) % 7";
const WHERE = `hour >= ? AND hour < ? AND (? IS NULL OR agent_id = ?) AND (? IS NULL OR number_id = ?)
  AND (? IS NULL OR provider_id = ?) AND (? IS NULL OR country = ?) AND (? IS NULL OR batch_at = ?)`;
/** Of callees whose clock is known. */
const LOCAL = "AND is_local = 1";
/** More are no report that somebody reads: the largest are named. */
export const GROUPS_AT_MOST = 1_000;
const LARGEST = `ORDER BY SUM(dialed) DESC LIMIT ${GROUPS_AT_MOST}`;

const STATEMENTS: Readonly<Record<ReportDimension, string>> = {
  day: /*sql*/ `SELECT hour / 24 AS key, ${SUMS} FROM report_sums WHERE ${WHERE} GROUP BY hour / 24`,
  hour: /*sql*/ `SELECT hour % 24 AS key, ${SUMS} FROM report_sums WHERE ${WHERE} ${LOCAL} GROUP BY hour % 24`,
  weekday: /*sql*/ `SELECT ${WEEKDAY} AS key, ${SUMS} FROM report_sums WHERE ${WHERE} ${LOCAL} GROUP BY ${WEEKDAY}`,
  hour_of_week: /*sql*/ `
    SELECT (hour + 72) % 168 AS key, ${SUMS} FROM report_sums WHERE ${WHERE} ${LOCAL} GROUP BY (hour + 72) % 168`,
  agent: /*sql*/ `SELECT agent_id AS key, ${SUMS} FROM report_sums WHERE ${WHERE} GROUP BY agent_id ${LARGEST}`,
  number: /*sql*/ `SELECT number_id AS key, ${SUMS} FROM report_sums WHERE ${WHERE} GROUP BY number_id ${LARGEST}`,
  provider: /*sql*/ `SELECT provider_id AS key, ${SUMS} FROM report_sums WHERE ${WHERE} GROUP BY provider_id ${LARGEST}`,
  country: /*sql*/ `SELECT country AS key, ${SUMS} FROM report_sums WHERE ${WHERE} GROUP BY country ${LARGEST}`,
  batch: /*sql*/ `SELECT batch_at AS key, ${SUMS} FROM report_sums WHERE ${WHERE} GROUP BY batch_at ${LARGEST}`,
};
const TOTAL = /*sql*/ `SELECT ${SUMS} FROM report_sums WHERE ${WHERE}`;
const BATCH = /*sql*/ `SELECT created_at FROM batch_index WHERE id = ?`;

/** What no batch has: nothing is found. */
const NO_BATCH = -1;

function bindingsOf(sql: Sql, { agentId, numberId, providerId, country, batchId }: ReportRequest) {
  const batchAt = batchId === null ? null : (sql.first<{ created_at: number }>(BATCH, batchId)?.created_at ?? NO_BATCH);
  return [agentId, numberId, providerId, country, batchAt].flatMap((one) => [one, one]);
}

export function reportOf(sql: Sql, request: ReportRequest): Report {
  const { by, from, until } = request;
  const filter = bindingsOf(sql, request);
  const read = (begins: number, ends: number) => sql.many<GroupRow>(STATEMENTS[by], begins * 24, ends * 24, ...filter);
  const total = figuresOf(sql.one<Record<string, number | null>>(TOTAL, from * 24, until * 24, ...filter));
  const earlierRows = by === "number" ? read(from - (until - from), from) : [];
  const before = new Map(earlierRows.map((row) => [row.key, row]));
  const groups = read(from, until).map((row): ReportGroup => {
    const figures = figuresOf(row);
    const earlier = before.get(row.key);
    return {
      ...named(sql, by, row.key),
      figures,
      before: earlier === undefined ? null : { dialed: earlier.dialed, answered: earlier.answered },
    };
  });
  return { total, groups };
}

/** Without the key; of no row at all each sum is null. */
const figuresOf = (row: Readonly<Record<string, unknown>>): Figures =>
  Object.fromEntries(FIGURES.map((name) => [name, Number(row[name] ?? 0)])) as Figures;

/** What a group is called. `name` null: it is gone, or needs none. */
function named(sql: Sql, by: ReportDimension, key: string | number): Pick<ReportGroup, "key" | "name"> {
  const text = String(key);
  switch (by) {
    case "agent":
      return { key: text, name: findAgent(sql, text)?.name ?? null };
    case "number":
      return { key: text, name: findPhoneNumber(sql, text)?.number ?? null };
    case "provider":
      return { key: text, name: findProvider(sql, text)?.view.label ?? null };
    case "batch": {
      const batch = Number(key) === 0 ? null : summaryOfBatch(sql, Number(key));
      return { key: batch?.id ?? "direct_calls", name: batch?.name ?? null };
    }
    default:
      return { key: text, name: null };
  }
}
