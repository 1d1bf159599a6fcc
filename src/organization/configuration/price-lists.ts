/** What calls by each provider cost, from a day on. A deleted provider's lists stay: reports of its calls need them. */

import type { PriceList, Rate } from "../../calling/words/price-list.ts";
import type { Sql } from "../../storage/sql.ts";
import type { PriceListView } from "../messages/telephony.ts";

type PriceListRow = { provider_id: string; valid_from: number; currency: string; rates: string; updated_at: number };

const COLUMNS = "provider_id, valid_from, currency, rates, updated_at";
const PUT = /*sql*/ `INSERT OR REPLACE INTO price_lists (${COLUMNS}) VALUES (?, ?, ?, ?, ?)`;
const OF_PROVIDER = /*sql*/ `SELECT ${COLUMNS} FROM price_lists WHERE provider_id = ? ORDER BY valid_from DESC`;
const ONE = /*sql*/ `SELECT ${COLUMNS} FROM price_lists WHERE provider_id = ? AND valid_from = ?`;
const ALL = /*sql*/ `SELECT ${COLUMNS} FROM price_lists WHERE valid_from < ? ORDER BY provider_id, valid_from`;
const COUNT = /*sql*/ `SELECT COUNT(*) AS count FROM price_lists WHERE provider_id = ?`;
const DELETE = /*sql*/ `DELETE FROM price_lists WHERE provider_id = ? AND valid_from = ?`;

const toView = (row: PriceListRow): PriceListView => ({
  validFrom: row.valid_from,
  currency: row.currency,
  rates: JSON.parse(row.rates) as Rate[],
  updatedAt: row.updated_at,
});

export function putPriceList(
  sql: Sql,
  providerId: string,
  { validFrom, currency, rates }: PriceList,
  now: number,
): void {
  sql.run(PUT, providerId, validFrom, currency, JSON.stringify(rates), now);
}

/** Newest first. */
export const priceListsOf = (sql: Sql, providerId: string): PriceListView[] =>
  sql.all<PriceListRow>(OF_PROVIDER, providerId).map(toView);

export function findPriceList(sql: Sql, providerId: string, validFrom: number): PriceListView | null {
  const row = sql.first<PriceListRow>(ONE, providerId, validFrom);
  return row === null ? null : toView(row);
}

export const countPriceLists = (sql: Sql, providerId: string): number =>
  sql.one<{ count: number }>(COUNT, providerId).count;

export function deletePriceList(sql: Sql, providerId: string, validFrom: number): void {
  sql.run(DELETE, providerId, validFrom);
}

/** Of all providers, those that began before the day; oldest first. */
export function priceListsUntil(sql: Sql, day: number): ReadonlyMap<string, readonly PriceList[]> {
  const lists = new Map<string, PriceList[]>();
  for (const row of sql.all<PriceListRow>(ALL, day)) {
    lists.set(row.provider_id, [...(lists.get(row.provider_id) ?? []), toView(row)]);
  }
  return lists;
}
