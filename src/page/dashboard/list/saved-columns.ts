/**
 * The user's choice for a list's columns, offered again for a list with the same names. Stored in this browser: only
 * names of columns, and a country. Pure but for the given storage.
 */

import type { Mapping } from "./mapping.ts";

export type SavedColumns = {
  readonly number: string;
  readonly timezone: string | null;
  readonly externalId: string | null;
  readonly withheld: readonly string[];
  readonly country: string;
};
type Store = Pick<Storage, "getItem" | "setItem">;

const KEY = "callbatch.columns";
const KEPT_AT_MOST = 20;

const signatureOf = (columns: readonly string[]): string => JSON.stringify(columns);

/** By the names of a list's columns, the latest last. Unreadable content counts as nothing. */
function allIn(store: Store): ReadonlyMap<string, SavedColumns> {
  try {
    return new Map(JSON.parse(store.getItem(KEY) ?? "[]") as [string, SavedColumns][]);
  } catch {
    return new Map();
  }
}

export function save(store: Store, columns: readonly string[], mapping: Mapping, country: string): void {
  const { numberColumn, timezoneColumn, externalIdColumn, withheld } = mapping;
  const nameAt = (column: number | null) => (column === null ? null : (columns[column] ?? null));
  const number = nameAt(numberColumn);
  if (number === null || mapping.header === null) return;
  const saved: SavedColumns = {
    number,
    timezone: nameAt(timezoneColumn),
    externalId: nameAt(externalIdColumn),
    withheld: withheld.flatMap((column) => nameAt(column) ?? []),
    country,
  };
  const signature = signatureOf(columns);
  const others = [...allIn(store)].filter(([one]) => one !== signature);
  try {
    store.setItem(KEY, JSON.stringify([...others, [signature, saved]].slice(-KEPT_AT_MOST)));
  } catch {
    // A browser without storage offers nothing again.
  }
}

export type Offer = { readonly mapping: Mapping; readonly country: string };

/** Null if nothing is saved for such a list, or if it equals the present choice. */
export function offerFor(store: Store, columns: readonly string[], mapping: Mapping, country: string): Offer | null {
  const saved = allIn(store).get(signatureOf(columns));
  if (saved === undefined || typeof saved.number !== "string" || !Array.isArray(saved.withheld)) return null;
  const columnOf = (name: string | null) => (name === null || !columns.includes(name) ? null : columns.indexOf(name));
  const offered: Mapping = {
    ...mapping,
    numberColumn: columnOf(saved.number),
    timezoneColumn: columnOf(saved.timezone),
    externalIdColumn: columnOf(saved.externalId),
    withheld: saved.withheld.flatMap((name) => columnOf(name) ?? []),
  };
  const isSame = JSON.stringify(offered) === JSON.stringify(mapping) && saved.country === country;
  return isSame || offered.numberColumn === null ? null : { mapping: offered, country: saved.country };
}
