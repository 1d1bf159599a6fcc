/** Reports over any days, from the sums. A report reads the rows of its days, and no others. */

import { type Figure, SHOWN_FIGURES, type ShownFigures } from "../../calling/messages/report-sums.ts";
import type { PriceList } from "../../calling/words/price-list.ts";
import type { RowShape, Sql } from "../../storage/sql.ts";
import { summaryOfBatch } from "../batches/batch-index.ts";
import { findAgent } from "../configuration/agents.ts";
import { findPhoneNumber } from "../configuration/phone-numbers.ts";
import { priceListsUntil } from "../configuration/price-lists.ts";
import { findProvider } from "../configuration/providers.ts";
import type { Report, ReportDimension, ReportGroup, ReportRequest } from "../rpc.ts";
import { BILLED, type BilledCalls, GroupCosts } from "./costs.ts";

type Key = string | number | null;
type GroupRow = ShownFigures & { key: Key };
type BilledRow = BilledCalls & { key: Key; provider_id: string };

const sumsOf = (names: readonly Figure[]): string => names.map((name) => `SUM(${name}) AS ${name}`).join(", ");
const WHERE = `hour >= ? AND hour < ? AND (? IS NULL OR agent_id = ?) AND (? IS NULL OR number_id = ?)
  AND (? IS NULL OR provider_id = ?) AND (? IS NULL OR country = ?) AND (? IS NULL OR batch_at = ?)`;
/** Rows of an earlier release do not have what carriers bill, which is never less than what calls lasted. */
const HAS_BILLED = "answered > 0 AND billed_6_6 >= talk_seconds";
/** More are no report that somebody reads: the largest are named. */
export const GROUPS_AT_MOST = 1_000;
const LARGEST = `ORDER BY SUM(dialed) DESC LIMIT ${GROUPS_AT_MOST}`;

/** `key`: the group of a row; null: it counts in the total alone. `limit`: there may be more groups than are read. */
const groupedBy = (key: string, limit = "") => ({
  figures: /*sql*/ `SELECT ${key} AS key, ${sumsOf(SHOWN_FIGURES)} FROM report_sums WHERE ${WHERE} GROUP BY ${key} ${limit}`,
  billed: /*sql*/ `
    SELECT ${key} AS key, provider_id, country, ${sumsOf(BILLED)} FROM report_sums WHERE ${WHERE} AND ${HAS_BILLED}
    GROUP BY ${key}, provider_id, country`,
  isLimited: limit !== "",
});
/** Of callees whose clock is known. */
const ofClock = (key: string): string => `CASE is_local WHEN 1 THEN ${key} END`;

/** Monday is 0: the first hour of all was a Thursday's. */
const STATEMENTS: Readonly<Record<ReportDimension, ReturnType<typeof groupedBy>>> = {
  day: groupedBy("hour / 24"),
  hour: groupedBy(ofClock("hour % 24")),
  weekday: groupedBy(ofClock("(hour / 24 + 3) % 7")),
  hour_of_week: groupedBy(ofClock("(hour + 72) % 168")),
  agent: groupedBy("agent_id", LARGEST),
  number: groupedBy("number_id", LARGEST),
  provider: groupedBy("provider_id", LARGEST),
  country: groupedBy("country", LARGEST),
  batch: groupedBy("batch_at", LARGEST),
};
const TOTAL = /*sql*/ `SELECT ${sumsOf(SHOWN_FIGURES)} FROM report_sums WHERE ${WHERE}`;
const BATCH = /*sql*/ `SELECT created_at FROM batch_index WHERE id = ?`;

/** What no batch has: nothing is found. */
const NO_BATCH = -1;

function bindingsOf(sql: Sql, { agentId, numberId, providerId, country, batchId }: ReportRequest) {
  const batchAt = batchId === null ? null : (sql.first<{ created_at: number }>(BATCH, batchId)?.created_at ?? NO_BATCH);
  return [agentId, numberId, providerId, country, batchAt].flatMap((one) => [one, one]);
}

export function reportOf(sql: Sql, request: ReportRequest): Report {
  const { by, from, until } = request;
  const { figures, billed, isLimited } = STATEMENTS[by];
  const filter = bindingsOf(sql, request);
  const readFor = <Row extends RowShape>(statement: string, begins: number, ends: number) =>
    sql.many<Row>(statement, begins * 24, ends * 24, ...filter);
  const rows = readFor<GroupRow>(figures, from, until);
  const total = isLimited ? figuresOf(readFor(TOTAL, from, until)[0] ?? {}) : totalOf(rows);
  const earlierRows = by === "number" ? readFor<GroupRow>(figures, from - (until - from), from) : [];
  const before = new Map(earlierRows.map((row) => [row.key, row]));
  const costs = costsBy(priceListsUntil(sql, until), request, (...days) => readFor<BilledRow>(billed, ...days));
  const groups = rows.flatMap(({ key, ...figures }): ReportGroup[] => {
    if (key === null) return [];
    const earlier = before.get(key);
    const group = {
      ...named(sql, by, key),
      figures,
      bill: costs.of(key).bill(figures.started_minutes),
      before: earlier === undefined ? null : { dialed: earlier.dialed, answered: earlier.answered },
    };
    return [group];
  });
  return { total, bill: costs.inAll.bill(total.started_minutes), groups };
}

/** Of all groups. What is billed is read for each span of days in which the prices of all providers stay. */
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
      const batch = Number(key) === 0 ? null : summaryOfBatch(sql, Number(key));
      return { key: batch?.id ?? "direct_calls", name: batch?.name ?? null };
    }
    default:
      return { key: text, name: null };
  }
}
