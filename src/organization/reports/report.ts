/** Reports over any days, from the sums. A report reads the rows of its days, and no others. */

import { type Figure, SHOWN_FIGURES, type ShownFigures } from "../../calling/messages/report-sums.ts";
import type { PriceList } from "../../calling/words/price-list.ts";
import type { RowShape, Sql } from "../../storage/sql.ts";
import { summaryOfBatch } from "../batches/batch-index.ts";
import { findAgent } from "../configuration/agents.ts";
import { findPhoneNumber } from "../configuration/phone-numbers.ts";
import { priceListsUntil } from "../configuration/price-lists.ts";
import { findProvider } from "../configuration/providers.ts";
import type { Report, ReportDimension, ReportGroup, ReportRequest } from "../messages/reports.ts";
import { BILLED, type BilledCalls, GroupCosts } from "./costs.ts";

type Key = string | number | null;
type GroupRow = ShownFigures & { key: Key };
type Earlier = Pick<ShownFigures, "dialed" | "answered"> & { key: Key };
type BilledRow = BilledCalls & { key: Key; provider_id: string };

const sumsOf = (names: readonly Figure[]): string => names.map((name) => `SUM(${name}) AS ${name}`).join(", ");
const WHERE = `hour >= ? AND hour < ? AND (? IS NULL OR agent_id = ?) AND (? IS NULL OR number_id = ?)
  AND (? IS NULL OR provider_id = ?) AND (? IS NULL OR country = ?) AND (? IS NULL OR batch_at = ?)`;
/** Rows of an earlier release do not have what carriers bill, which is never less than what calls lasted. */
const HAS_BILLED = "answered > 0 AND billed_6_6 >= talk_seconds";
/** More are no report that somebody reads: the largest are named. An export reads all, so many at once. */
export const GROUPS_AT_MOST = 1_000;

/** A dimension with a few hundred groups at most. `key`: the group of a row; null: it counts in the total alone. */
const fewBy = (key: string) => ({
  figures: /*sql*/ `SELECT ${key} AS key, ${sumsOf(SHOWN_FIGURES)} FROM report_sums WHERE ${WHERE} GROUP BY ${key}`,
  billed: /*sql*/ `
    SELECT ${key} AS key, provider_id, country, ${sumsOf(BILLED)} FROM report_sums WHERE ${WHERE} AND ${HAS_BILLED}
    GROUP BY ${key}, provider_id, country`,
  many: null,
});
/** A dimension that may have more groups than are read. Costs, and how they were before, are read of the shown ones alone. */
const manyBy = (key: string) => ({
  figures: /*sql*/ `
    SELECT ${key} AS key, ${sumsOf(SHOWN_FIGURES)} FROM report_sums WHERE ${WHERE}
    GROUP BY ${key} ORDER BY SUM(dialed) DESC LIMIT ${GROUPS_AT_MOST}`,
  billed: /*sql*/ `
    SELECT ${key} AS key, provider_id, country, ${sumsOf(BILLED)} FROM report_sums WHERE ${WHERE} AND ${HAS_BILLED}
    AND ${key} IN (SELECT value FROM json_each(?)) GROUP BY ${key}, provider_id, country`,
  many: {
    next: /*sql*/ `
      SELECT ${key} AS key, ${sumsOf(SHOWN_FIGURES)} FROM report_sums WHERE ${WHERE} AND (? IS NULL OR ${key} > ?)
      GROUP BY ${key} ORDER BY ${key} LIMIT ${GROUPS_AT_MOST}`,
    before: /*sql*/ `
      SELECT ${key} AS key, SUM(dialed) AS dialed, SUM(answered) AS answered FROM report_sums WHERE ${WHERE}
      AND ${key} IN (SELECT value FROM json_each(?)) GROUP BY ${key}`,
  },
});
/** Of callees whose clock is known. */
const ofClock = (key: string): string => `CASE is_local WHEN 1 THEN ${key} END`;

/** Monday is 0: the first hour of all was a Thursday's. */
const STATEMENTS: Readonly<Record<ReportDimension, ReturnType<typeof fewBy> | ReturnType<typeof manyBy>>> = {
  day: fewBy("hour / 24"),
  hour: fewBy(ofClock("hour % 24")),
  weekday: fewBy(ofClock("(hour / 24 + 3) % 7")),
  hour_of_week: fewBy(ofClock("(hour + 72) % 168")),
  agent: manyBy("agent_id"),
  number: manyBy("number_id"),
  provider: manyBy("provider_id"),
  country: manyBy("country"),
  batch: manyBy("batch_at"),
};
const TOTAL = /*sql*/ `SELECT ${sumsOf(SHOWN_FIGURES)} FROM report_sums WHERE ${WHERE}`;
const TOTAL_BILLED = /*sql*/ `
  SELECT NULL AS key, provider_id, country, ${sumsOf(BILLED)} FROM report_sums WHERE ${WHERE} AND ${HAS_BILLED}
  GROUP BY provider_id, country`;
const BATCH = /*sql*/ `SELECT created_at FROM batch_index WHERE id = ?`;

/** What no batch has: nothing is found. */
const NO_BATCH = -1;

function bindingsOf(sql: Sql, { agentId, numberId, providerId, country, batchId }: ReportRequest) {
  const batchAt = batchId === null ? null : (sql.first<{ created_at: number }>(BATCH, batchId)?.created_at ?? NO_BATCH);
  return [agentId, numberId, providerId, country, batchAt].flatMap((one) => [one, one]);
}

export function reportOf(sql: Sql, request: ReportRequest): Report {
  const { by, from, until, after } = request;
  const { figures, billed, many } = STATEMENTS[by];
  const filter = bindingsOf(sql, request);
  const readFor = <Row extends RowShape>(statement: string, begins: number, ends: number, ...more: Key[]) =>
    sql.many<Row>(statement, begins * 24, ends * 24, ...filter, ...more);
  const isPaged = after !== undefined && many !== null;
  const rows = isPaged
    ? readFor<GroupRow>(many.next, from, until, after, after)
    : readFor<GroupRow>(figures, from, until);
  const isFull = many !== null && rows.length === GROUPS_AT_MOST;
  // There may be groups that are not among them.
  const isPart = isFull || (isPaged && after !== null);
  const ofShown = many === null ? [] : [JSON.stringify(rows.map(({ key }) => key))];
  const lists = priceListsUntil(sql, until);
  const costsOf = (statement: string, ...more: string[]) =>
    costsBy(lists, request, (...days) => readFor<BilledRow>(statement, ...days, ...more));
  const costs = costsOf(billed, ...ofShown);
  const total = isPart ? figuresOf(readFor(TOTAL, from, until)[0] ?? {}) : totalOf(rows);
  const { inAll } = isPart ? costsOf(TOTAL_BILLED) : costs;
  const earlierRows =
    by === "number" && many !== null ? readFor<Earlier>(many.before, from - (until - from), from, ...ofShown) : [];
  const before = new Map(earlierRows.map(({ key, dialed, answered }) => [key, { dialed, answered }]));
  const groups = rows.flatMap(({ key, ...figures }): ReportGroup[] => {
    if (key === null) return [];
    const bill = costs.of(key).bill(figures.started_minutes);
    return [{ ...named(sql, by, key), figures, bill, before: before.get(key) ?? null }];
  });
  const next = isPaged && isFull ? (rows.at(-1)?.key ?? null) : null;
  return { total, bill: inAll.bill(total.started_minutes), groups, next };
}

/** What is billed is read for each span of days in which the prices of all providers stay. */
function costsBy(
  lists: ReadonlyMap<string, readonly PriceList[]>,
  { from, until }: Pick<ReportRequest, "from" | "until">,
  read: (begins: number, ends: number) => readonly BilledRow[],
): GroupCosts {
  const costs = new GroupCosts();
  const begins = [...lists.values()].flat().map(({ validFrom }) => Math.max(from, validFrom));
  const days = [...new Set(begins)].sort((a, b) => a - b);
  for (const [at, day] of days.entries()) {
    const held = new Map([...lists].map(([id, one]) => [id, one.findLast(({ validFrom }) => validFrom <= day)]));
    for (const row of read(day, days[at + 1] ?? until)) {
      const list = held.get(row.provider_id);
      if (list !== undefined) costs.add(row.key, list, row);
    }
  }
  return costs;
}

const totalOf = (rows: readonly ShownFigures[]): ShownFigures => {
  const total = figuresOf({});
  for (const row of rows) for (const name of SHOWN_FIGURES) total[name] += row[name];
  return total;
};

/** Without the key; of no row at all each sum is null. */
const figuresOf = (row: Readonly<Record<string, unknown>>): ShownFigures =>
  Object.fromEntries(SHOWN_FIGURES.map((name) => [name, Number(row[name] ?? 0)])) as ShownFigures;

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
      if (key === 0) return { key: "direct_calls", name: null };
      const batch = summaryOfBatch(sql, Number(key));
      // When a batch was created is no other batch's, and all that stays of one that was deleted.
      return { key: batch?.id ?? `deleted_${new Date(Number(key)).toISOString()}`, name: batch?.name ?? null };
    }
    default:
      return { key: text, name: null };
  }
}
