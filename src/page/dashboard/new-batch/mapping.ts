/** Which column is what: as the API guesses it, or as somebody chose it. Pure. */

import type { CountryCode } from "libphonenumber-js/max";
import { exportedKey, isExportOf } from "../../../api/csv/columns.ts";
import { guessOf, namesOf } from "../../../api/list/guess.ts";
import type { Row } from "../../../api/list/rows.ts";

export type Mapping = {
  /** The index of the row that names the columns; null where none does. What is above it are titles. */
  readonly header: number | null;
  /** Null until somebody says where the numbers are. */
  readonly numberColumn: number | null;
  readonly timezoneColumn: number | null;
  /** Your own names for the people: who is appended again under one is skipped. */
  readonly externalIdColumn: number | null;
  /** Columns that are kept from the agent: they are not sent at all. */
  readonly withheld: readonly number[];
  /** It was exported from a batch: results are not told to the agent again. */
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

/** By column: the name under which the agent would get its cells; null where it is something else, or a result. */
export function agentNames(names: readonly string[], mapping: Mapping): (string | null)[] {
  const { numberColumn, timezoneColumn, externalIdColumn, isExport } = mapping;
  const told = [numberColumn, timezoneColumn, externalIdColumn];
  return names.map((name, column) => (told.includes(column) ? null : isExport ? exportedKey(name) : name));
}

/** The same without what is withheld. */
export const metadataKeys = (names: readonly string[], mapping: Mapping): (string | null)[] =>
  agentNames(names, mapping).map((name, column) => (mapping.withheld.includes(column) ? null : name));

export { namesOf };
