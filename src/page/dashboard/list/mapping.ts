/** The meaning of each column, as guessed by the API or chosen by the user. Pure. */

import type { CountryCode } from "libphonenumber-js/max";
import { exportedKey, isExportOf } from "../../../api/csv/columns.ts";
import { guessOf, namesOf } from "../../../api/list/guess.ts";
import type { Row } from "../../../api/list/rows.ts";

export type Mapping = {
  /** The index of the row with the columns' names; null without one. Rows above it are titles. */
  readonly header: number | null;
  /** Null until the user chooses the column of numbers. */
  readonly numberColumn: number | null;
  readonly timezoneColumn: number | null;
  /** Your own ids for the people: a person who is appended again with the same id is skipped. */
  readonly externalIdColumn: number | null;
  /** Columns that the agent does not get: they are not sent at all. */
  readonly withheld: readonly number[];
  /** An export of a batch: its results are not sent to the agent again. */
  readonly isExport: boolean;
};

export type Guessed = { readonly mapping: Mapping; readonly candidates: readonly number[] };

export function guessMapping(rows: readonly Row[], country: string | null): Guessed {
  const { header, number, candidates, timezone, externalId } = guessOf(rows, country as CountryCode | null);
  const names = header === null ? [] : (rows[header]?.cells ?? []);
  const first = rows[header === null ? 0 : header + 1]?.cells ?? [];
  return {
    candidates,
    mapping: {
      header,
      numberColumn: number,
      timezoneColumn: timezone,
      externalIdColumn: externalId,
      withheld: [],
      isExport: isExportOf(names, first),
    },
  };
}

/** By column: the name under which the agent would get its cells; null for a column of another kind, or a result. */
export function agentNames(names: readonly string[], mapping: Mapping): (string | null)[] {
  const { numberColumn, timezoneColumn, externalIdColumn, isExport } = mapping;
  const told = [numberColumn, timezoneColumn, externalIdColumn];
  return names.map((name, column) => (told.includes(column) ? null : isExport ? exportedKey(name) : name));
}

/** The same without withheld columns. */
export const metadataKeys = (names: readonly string[], mapping: Mapping): (string | null)[] =>
  agentNames(names, mapping).map((name, column) => (mapping.withheld.includes(column) ? null : name));

export { namesOf };
