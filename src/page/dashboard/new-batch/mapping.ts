/** Which column is what, guessed from its name and from what stands in it. Pure. */

import { exportedKey, isExportOf } from "../../../api/csv/columns.ts";
import type { Row } from "./table.ts";

export type Mapping = {
  /** The first row has names. */
  readonly hasNames: boolean;
  readonly numberColumn: number;
  readonly timezoneColumn: number | null;
  /** Your own names for the people: who is appended again under one is skipped. */
  readonly externalIdColumn: number | null;
  /** It was exported from a batch: results are not told to the agent again. */
  readonly isExport: boolean;
};

const NUMBER_NAMES = ["tonumber", "phonenumber", "phone", "number", "mobile", "cell", "telephone", "tel", "msisdn"];
const TIMEZONE_NAMES = ["timezone", "tz", "zone"];
const EXTERNAL_ID_NAMES = ["externalid"];
const LOOKED_AT = 50;

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, "");
const isLikeNumber = (cell: string): boolean =>
  /^[+\d][\d\s()./-]{5,22}$/.test(cell.trim()) && cell.replace(/\D/g, "").length >= 7;

function columnNamed(names: readonly string[], wanted: readonly string[]): number | null {
  for (const name of wanted) {
    const exact = names.findIndex((one) => plain(one) === name);
    if (exact >= 0) return exact;
  }
  const part = names.findIndex((one) => wanted.some((name) => name.length > 3 && plain(one).includes(name)));
  return part < 0 ? null : part;
}

/** Where most cells look like numbers. */
function columnLikeNumbers(rows: readonly Row[]): number {
  const width = Math.max(1, ...rows.map(({ cells }) => cells.length));
  const like = (column: number) => rows.filter(({ cells }) => isLikeNumber(cells[column] ?? "")).length;
  return Array.from({ length: width }, (_, column) => column).reduce(
    (best, one) => (like(one) > like(best) ? one : best),
    0,
  );
}

export function guessMapping(rows: readonly Row[]): Mapping {
  const names = rows[0]?.cells ?? [];
  const hasNames = !names.some(isLikeNumber) && names.some((cell) => /\p{L}/u.test(cell));
  const named = hasNames ? columnNamed(names, NUMBER_NAMES) : null;
  return {
    hasNames,
    numberColumn: named ?? columnLikeNumbers(rows.slice(hasNames ? 1 : 0, LOOKED_AT)),
    timezoneColumn: hasNames ? columnNamed(names, TIMEZONE_NAMES) : null,
    externalIdColumn: hasNames ? columnNamed(names, EXTERNAL_ID_NAMES) : null,
    isExport: hasNames && isExportOf(names, rows[1]?.cells ?? []),
  };
}

/** A name for each column, each another one: they become names of metadata. */
export function columnNames(rows: readonly Row[], { hasNames }: Mapping): string[] {
  const width = Math.max(0, ...rows.slice(0, LOOKED_AT).map(({ cells }) => cells.length));
  const seen = new Set<string>();
  return Array.from({ length: width }, (_, column) => {
    const given = hasNames ? (rows[0]?.cells[column]?.trim() ?? "") : "";
    let name = given === "" ? `column_${column + 1}` : given;
    while (seen.has(name)) name = `${name}_${column + 1}`;
    seen.add(name);
    return name;
  });
}

/** By column: the name under which the agent gets its cells; null where it gets none of them. */
export function metadataKeys(rows: readonly Row[], mapping: Mapping): (string | null)[] {
  const { numberColumn, timezoneColumn, externalIdColumn, isExport } = mapping;
  const told = [numberColumn, timezoneColumn, externalIdColumn];
  return columnNames(rows, mapping).map((name, column) =>
    told.includes(column) ? null : isExport ? exportedKey(name) : name,
  );
}
