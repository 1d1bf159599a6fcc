/**
 * The structure of a list: its line of names, and the meaning of each column. The number's column is guessed by its
 * values first, then by its name. The API and the page use this. Pure.
 */

import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { MAX_ROWS_ABOVE } from "./limits.ts";
import { isExternalIdName, isNumberName, isTimezoneName, type NameRank, RANKS, rankOf } from "./names.ts";
import { isLikeNumber, likenessOf, unwrapped } from "./number-like.ts";
import type { Row } from "./rows.ts";
import { usualWidth } from "./separator.ts";

export type Guess = {
  /** The index of the row that names the columns; null without one. Rows above it are titles. */
  readonly header: number | null;
  /** Null if it is ambiguous. */
  readonly number: number | null;
  /** If it is ambiguous: the columns that are equally likely. */
  readonly candidates: readonly number[];
  readonly timezone: number | null;
  readonly externalId: number | null;
};

const ROWS_LOOKED_AT = 50;
/** Reading one as a number takes microseconds, and a row may have 200 cells. */
const CELLS_LOOKED_AT = 2_000;

const isBlank = (cell: string | undefined): boolean => (cell ?? "").trim() === "";
/** Without the empty cells at its end. */
const widthOf = ({ cells }: Row): number => cells.findLastIndex((cell) => !isBlank(cell)) + 1;
const filledIn = ({ cells }: Row): number => cells.filter((cell) => !isBlank(cell)).length;

/** The first row that can name the columns and has only titles above it. */
export function headerOf(rows: readonly Row[]): number | null {
  const usual = usualWidth(rows.slice(0, ROWS_LOOKED_AT).map(widthOf));
  for (const [index, row] of rows.slice(0, MAX_ROWS_ABOVE).entries()) {
    if (row.cells.some(isLikeNumber)) return null;
    const isWhole = widthOf(row) >= usual && filledIn(row) > usual / 2;
    if ((isWhole || row.cells.some(isNumberName)) && row.cells.some((cell) => /\p{L}/u.test(cell))) return index;
  }
  return null;
}

/** How many of a column's cells are numbers, by three measures; `valid` is the strictest. */
type Values = { readonly valid: number; readonly written: number; readonly digits: number; readonly filled: number };
type Column = { readonly index: number; readonly rank: NameRank; readonly values: Values };

function isValid(cell: string, country: CountryCode | null): boolean {
  const text = unwrapped(cell).replace(/^00(?=[1-9])/, country === null ? "+" : "00");
  if (country === null && !/^[+＋]/.test(text)) return false;
  const options = { extract: false, ...(country === null ? {} : { defaultCountry: country }) };
  return parsePhoneNumberFromString(text, options)?.isValid() ?? false;
}

function valuesOf(cells: readonly string[], country: CountryCode | null): Values {
  const values = { valid: 0, written: 0, digits: 0, filled: 0 };
  for (const cell of cells) {
    if (isBlank(cell)) continue;
    values.filled += 1;
    const likeness = likenessOf(cell);
    if (likeness === "no") continue;
    values.digits += 1;
    if (likeness === "number") values.written += 1;
    if (isValid(cell, country)) values.valid += 1;
  }
  return values;
}

const LEVELS = [
  ({ valid }: Values) => valid,
  ({ valid, written }: Values) => Math.max(valid, written),
  ({ digits }: Values) => digits,
] as const;

/** The best by name among columns that are mostly numbers, by the strictest measure that any column meets. */
function candidatesOf(columns: readonly Column[]): readonly number[] {
  const known = columns.filter(({ rank }) => rank !== "fax");
  // "Customer number" is not dialed if another column is called a phone and has any numbers.
  const hasPhone = known.some(({ rank, values }) => isPhone(rank) && values.digits > 0);
  const eligible = hasPhone ? known.filter(({ rank }) => rank !== "other") : known;
  for (const level of LEVELS) {
    const good = eligible.filter(({ values }) => values.filled > 0 && level(values) * 2 >= values.filled);
    if (good.length === 0) continue;
    const best = bestNamed(good);
    // A second phone column that few rows fill does not compete with the first.
    const most = Math.max(...best.map(({ values }) => level(values)));
    return best.filter(({ values }) => level(values) * 2 >= most).map(({ index }) => index);
  }
  return bestNamed(known.filter(({ rank }) => isPhone(rank))).map(({ index }) => index);
}

const isPhone = (rank: NameRank): boolean => rank === "to_number" || rank === "phone";

function bestNamed(columns: readonly Column[]): readonly Column[] {
  const best = RANKS.find((rank) => columns.some((column) => column.rank === rank));
  return columns.filter(({ rank }) => rank === best);
}

/** The only column with that name; null if there are none or several. */
function onlyNamed(names: readonly string[], isNamed: (name: string) => boolean): number | null {
  const found = names.flatMap((name, index) => (isNamed(name) ? [index] : []));
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** `country`: for numbers without a country code. */
export function guessOf(rows: readonly Row[], country: CountryCode | null): Guess {
  const header = headerOf(rows);
  const names = header === null ? [] : (rows[header]?.cells ?? []);
  const people = rows.slice(header === null ? 0 : header + 1, ROWS_LOOKED_AT);
  const width = Math.max(names.length, ...people.map(widthOf), 0);
  const sample = people.slice(0, Math.max(5, Math.floor(CELLS_LOOKED_AT / Math.max(1, width))));
  const columns = Array.from(
    { length: width },
    (_, index): Column => ({
      index,
      rank: rankOf(names[index] ?? ""),
      values: valuesOf(
        sample.map(({ cells }) => cells[index] ?? ""),
        country,
      ),
    }),
  );
  const candidates = candidatesOf(columns);
  return {
    header,
    number: candidates.length === 1 ? (candidates[0] ?? null) : null,
    candidates: candidates.length > 1 ? candidates : [],
    timezone: onlyNamed(names, isTimezoneName),
    externalId: onlyNamed(names, isExternalIdName),
  };
}

/** A unique name for each column: it may become the name of a metadata key. */
export function namesOf(rows: readonly Row[], header: number | null): string[] {
  const given = header === null ? [] : (rows[header]?.cells ?? []);
  const width = Math.max(given.length, ...rows.slice(0, ROWS_LOOKED_AT).map(({ cells }) => cells.length));
  const seen = new Set<string>();
  return Array.from({ length: width }, (_, column) => {
    const named = (given[column] ?? "").trim();
    let name = named === "" ? `column_${column + 1}` : named;
    while (seen.has(name)) name = `${name}_${column + 1}`;
    seen.add(name);
    return name;
  });
}
